// The scripts that a guest's phone has to fetch: on every page that can be reached, over the wire, packed.
import { Agent } from 'node:http'
import { crawl } from '../inspect/crawl.ts'
import { pagesOf } from '../inspect/moments.ts'
import { openBrowser } from '../rehearse/browser.ts'
import { askOwner } from '../rehearse/keyboard.ts'
import type { Stage } from './stage.ts'

export interface Scripts {
  pages: number
  withScripts: number
  /** The page with the most, and how many bytes that is. */
  most: { path: string; bytes: number; files: number }
  /** What works in the background for pages that were opened, and is fetched once. */
  worker: number
}

export async function scriptsOfGuests(stage: Stage): Promise<Scripts> {
  const origin = stage.program.url
  const agent = new Agent({ keepAlive: true })
  const browser = openBrowser(origin, agent)
  const codes = await askOwner<{ code: string }>(stage.program.place, 'select code from community.meeting')
  const found = await crawl(browser, ['/', '/me', '/nowhere', ...codes.flatMap(({ code }) => pagesOf(code))])
  const files = new Map<string, Promise<{ bytes: number; imports: string[] }>>()
  const file = (path: string) => {
    const known = files.get(path) ?? fetchScript(origin + path)
    files.set(path, known)
    return known
  }
  /** A page's own scripts, and all that they bring along. */
  async function whole(paths: readonly string[], seen = new Set<string>()): Promise<number> {
    let bytes = 0
    for (const path of paths) {
      if (seen.has(path)) continue
      seen.add(path)
      const { bytes: own, imports } = await file(path)
      bytes += own + (await whole(imports, seen))
    }
    return bytes
  }
  const scripts: Scripts = { pages: 0, withScripts: 0, most: { path: '', bytes: 0, files: 0 }, worker: 0 }
  for (const { path } of found) {
    const html = (await browser.ask('GET', path))?.text ?? ''
    const own = [...html.matchAll(/<script[^>]*\ssrc="([^"]+)"/g)].map(([, src = '']) => src)
    scripts.pages++
    if (own.length === 0) continue
    scripts.withScripts++
    const seen = new Set<string>()
    const bytes = await whole(own, seen)
    if (bytes > scripts.most.bytes) scripts.most = { path, bytes, files: seen.size }
  }
  scripts.worker = (await fetchScript(`${origin}/sw.js`)).bytes
  agent.destroy()
  return scripts
}

/** The bytes of a script as they come over the wire, and the scripts it asks for by itself. */
async function fetchScript(url: string): Promise<{ bytes: number; imports: string[] }> {
  const head = { 'accept-encoding': 'br, gzip' }
  const answer = await fetch(url, { headers: head })
  const text = await answer.text()
  if (!answer.ok) throw new Error(`${url} got ${answer.status}`)
  // fetch unpacks; without a length it came in pieces, and as it is.
  const bytes = Number(answer.headers.get('content-length') ?? Buffer.byteLength(text))
  const { pathname } = new URL(url)
  const imports = [...text.matchAll(/(?:\bfrom|\bimport)\s*\(?\s*["'`](\.{0,2}\/[^"'`]+\.js)["'`]/g)].map(
    ([, to = '']) => new URL(to, `http://here${pathname}`).pathname,
  )
  return { bytes, imports }
}
