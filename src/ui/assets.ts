// The addresses of styles, scripts and fonts as the build named them.

/** The part of vite's `dist/assets/.vite/manifest.json` that is read here. */
export type ViteManifest = Readonly<Record<string, { readonly file: string }>>

let built: ViteManifest | undefined

/** Called once at start. Without a manifest (unit tests) every address is `/a/` and the source path. */
export function loadAssets(manifest: ViteManifest | undefined): void {
  built = manifest
}

/**
 * The public address of a file, asked for by its path in the source: `asset('src/ui/phone.css')`.
 * Throws when the build has no such file: a page without its style is a fault of the build, not of the visitor.
 */
export function asset(sourcePath: string): string {
  if (!built) return `/a/${sourcePath}`
  const entry = built[sourcePath]
  if (!entry) throw new Error(`The build made no file of ${sourcePath}`)
  return `/a/${entry.file}`
}

/** The two fonts, by their path in the source. */
export const fonts = {
  text: 'node_modules/@fontsource-variable/atkinson-hyperlegible-next/files/atkinson-hyperlegible-next-latin-wght-normal.woff2',
  voice: 'node_modules/@fontsource-variable/fraunces/files/fraunces-latin-wght-normal.woff2',
} as const
