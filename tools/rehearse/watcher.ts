// A phone that waits for the result: holds the stream of states open, and comes back by itself when it breaks.
import { type ClientRequest, get } from 'node:http'
import type { Chance } from './chance.ts'

export interface Watcher {
  /** When the result stood on the phone, and what it says. */
  result(): { at: number; html: string } | null
  /** Waits for it, no longer than this. */
  until(ms: number): Promise<void>
  end(): void
}

export function watchResult(origin: string, code: string, chance: Chance): Watcher {
  const came = Promise.withResolvers<void>()
  let result: { at: number; html: string } | null = null
  let asking: ClientRequest | undefined
  let over = false

  function listen() {
    let text = ''
    const again = () => {
      text = ''
      if (!over && !result) setTimeout(listen, 500 + chance.next() * 1000).unref()
    }
    asking = get(`${origin}/m/${code}/stream?for=phone&lang=da`, { agent: false }, (answer) => {
      if (answer.statusCode !== 200) return answer.destroy()
      answer.setEncoding('utf8')
      answer.on('data', (part: string) => {
        text += part
        const events = text.split('\n\n')
        text = events.pop() ?? ''
        for (const event of events) hear(event)
      })
      answer.on('error', () => {})
    })
    asking.on('error', () => {})
    asking.once('close', again)
  }

  function hear(event: string) {
    const html = event
      .split('\n')
      .flatMap((line) => (line.startsWith('data: ') ? line.slice(6) : []))
      .join('\n')
    if (!html.includes('class="result"') || result) return
    result = { at: performance.now(), html }
    came.resolve()
    asking?.destroy()
  }

  listen()
  return {
    result: () => result,
    async until(ms) {
      const late = Promise.withResolvers<void>()
      const timer = setTimeout(late.resolve, ms)
      await Promise.race([came.promise, late.promise])
      clearTimeout(timer)
    },
    end() {
      over = true
      asking?.destroy()
    },
  }
}
