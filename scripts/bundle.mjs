// The build itself, on Node 24: styles, fonts, islands, the service worker, the server and its worker, into the folder that is named.
import { cpSync, existsSync, globSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { stripVTControlCharacters } from 'node:util'
import { brotliCompressSync, constants, gzipSync } from 'node:zlib'
import { build } from 'vite'
import { writeInventory } from './inventory.mjs'

process.env.NODE_ENV = 'production'
const root = join(import.meta.dirname, '..')
const [folder, mode] = process.argv.slice(2)
if (!folder) throw new Error('Usage: bundle.mjs FOLDER [--development]')
const assets = join(folder, 'assets')

const base = { root, base: '/a/', configFile: false, envDir: false, publicDir: false, logLevel: 'warn' }

/** Android 8 and iOS 12 are in the hall too: syntax is brought down to what they read; nothing is polyfilled. */
const forPhones = {
  target: 'es2018',
  // With a target of its own the minifier keeps the plain value that stands before the new one.
  cssTarget: ['chrome68', 'ios12'],
  assetsDir: '',
  assetsInlineLimit: 0,
  emptyOutDir: false,
  modulePreload: false,
  reportCompressedSize: false,
}

/** As lightningcss numbers what it must leave as it was written: logical properties (lowered, each becomes four rules) and light-dark(). */
const leaveAlone = (1 << 19) | (1 << 20)

/** One file that needs no other: a phone asks once for each script. */
const whole = (output) => ({ ...output, codeSplitting: false })

async function styles() {
  const input = ['src/ui/phone.css', 'src/ui/oplive.css']
  return build({
    ...base,
    css: { lightningcss: { exclude: leaveAlone } },
    build: { ...forPhones, outDir: assets, rollupOptions: { input } },
  })
}

async function island(path) {
  const output = whole({ entryFileNames: '[name]-[hash].js' })
  return build({ ...base, build: { ...forPhones, outDir: assets, rollupOptions: { input: path, output } } })
}

/** At the root of the site under a name that stays: a worker serves what lies below it and is asked for by that name for ever. */
async function serviceWorker(path) {
  const output = whole({ format: 'iife', entryFileNames: 'sw.js' })
  return build({ ...base, build: { ...forPhones, outDir: folder, rollupOptions: { input: path, output } } })
}

/** Packages stay in node_modules; our own files become one, beside the migrations it reads. */
async function server() {
  cpSync(join(root, 'src/db/migrations'), join(folder, 'migrations'), { recursive: true })
  return onNode('src/main.ts', 'main.js')
}

/** Beside main.js, under the name by which `src/network/workers.ts` starts it. */
const networkWorker = () => onNode('src/network/worker.ts', 'network-worker.js')
/** The same for `src/withdrawal/reckoning-apart.ts` and `src/mobilisation/brought-apart.ts`. */
const reckoningWorker = () => onNode('src/withdrawal/reckoning-worker.ts', 'reckoning-worker.js')
const broughtWorker = () => onNode('src/mobilisation/brought-worker.ts', 'brought-worker.js')

async function onNode(input, name) {
  return build({
    ...base,
    oxc: { jsx: { runtime: 'automatic', importSource: 'hono/jsx' } },
    ssr: { external: true },
    build: {
      ssr: true,
      target: 'node24',
      outDir: folder,
      emptyOutDir: false,
      rollupOptions: { input, output: whole({ entryFileNames: name }) },
    },
  })
}

/** Where each source went: what `src/ui/assets.ts` asks, by the path in the tree. */
function manifestOf(results) {
  const manifest = {}
  for (const file of results.flat().flatMap((result) => result.output)) {
    const sources = file.type === 'chunk' ? [relative(root, file.facadeModuleId)] : file.originalFileNames
    for (const source of sources) manifest[source] = { file: file.fileName }
  }
  return manifest
}

/** Beside each text its two packed forms, made once and as small as they get. Fonts are packed already. */
function pack() {
  for (const name of readdirSync(assets)) {
    if (!/\.(css|js|svg|json)$/.test(name)) continue
    const content = readFileSync(join(assets, name))
    if (content.length <= 500) continue
    const params = { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: content.length }
    writeFileSync(join(assets, `${name}.br`), brotliCompressSync(content, { params }))
    writeFileSync(join(assets, `${name}.gz`), gzipSync(content, { level: 9 }))
  }
}

async function main() {
  mkdirSync(join(assets, '.vite'), { recursive: true })
  const islands = globSync('src/**/*.island.ts', { cwd: root }).sort()
  const worker = 'src/meetings/service-worker.ts'
  const [results] = await Promise.all([
    Promise.all([styles(), ...islands.map(island)]),
    existsSync(join(root, worker)) ? serviceWorker(worker) : undefined,
    server(),
    networkWorker(),
    reckoningWorker(),
    broughtWorker(),
  ])

  const manifest = manifestOf(results)
  const { fonts } = await import('../src/ui/assets.ts')
  const missing = [...Object.values(fonts), ...islands].filter((source) => !manifest[source])
  if (missing.length > 0) throw new Error(`The build made no file of ${missing.join(', ')}.`)
  writeFileSync(join(assets, '.vite/manifest.json'), JSON.stringify(manifest, null, 2))
  if (mode === '--development') return
  pack()
  writeInventory(root, folder)
}

main().catch((error) => {
  // With its colours in a terminal, readable in a file.
  console.error(process.stderr.isTTY ? error.message : stripVTControlCharacters(error.message))
  process.exit(1)
})
