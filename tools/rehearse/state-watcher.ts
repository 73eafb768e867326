// Somebody who watches a stream of states, and comes back when it breaks: the hall screen, a phone, the page of the one who leads.
import { type ClientRequest, get } from 'node:http'

export interface StateWatcher {
  /** The newest state, as markup. */
  last(): string
  states(): number
  end(): void
}

export function watchStates(origin: string, path: string, cookie = ''): StateWatcher {
  let last = ''
  let states = 0
  let over = false
  let asking: ClientRequest | undefined

  function listen() {
    let text = ''
    asking = get(origin + path, { agent: false, headers: cookie ? { cookie } : {} }, (answer) => {
      if (answer.statusCode !== 200) return answer.destroy()
      answer.setEncoding('utf8')
      answer.on('data', (part: string) => {
        text += part
        const events = text.split('\n\n')
        text = events.pop() ?? ''
        for (const event of events) {
          const lines = event.split('\n').flatMap((line) => (line.startsWith('data: ') ? line.slice(6) : []))
          if (lines.length === 0) continue
          last = lines.join('\n')
          states++
        }
      })
      answer.on('error', () => {})
    })
    asking.on('error', () => {})
    asking.once('close', () => {
      if (!over) setTimeout(listen, 500).unref()
    })
  }

  listen()
  return {
    last: () => last,
    states: () => states,
    end() {
      over = true
      asking?.destroy()
    },
  }
}
