// One phone during the evening: it joins, says, recognises, puts dots and promises, over HTTP as the page's own outbox does.
import { randomUUID } from 'node:crypto'
import type { Agent } from 'node:http'
import { setTimeout as sleep } from 'node:timers/promises'
import { type Answered, type Browser, openBrowser } from './browser.ts'
import type { Chance } from './chance.ts'

/** Words that others have said, as the page shows them. */
export interface Shown {
  id: string
  text: string
}

/** How a form is sent. `lost`: the thanks are lost, and the same is sent again. `twice`: two tabs at once. */
export type Sending = 'once' | 'lost' | 'twice'

export interface Saying {
  kind: string
  text: string
  key: string
}

export interface HallPhone {
  /** Opens the page of the meeting as it is now. */
  look(): Promise<Answered>
  /** Answers the status that the outbox got in the end. */
  send(deed: string, fields: Record<string, string>, sending?: Sending): Promise<number>
  say(saying: Saying, sending?: Sending): Promise<number>
  /** Its own words and their ids. */
  mine(): Promise<Shown[]>
  /** Which of its own words wait for it to decide. */
  asked(): Promise<string[]>
  /** One part of what others have said, with a button to recognise it; and how many parts there are. */
  words(part: number): Promise<{ shown: Shown[]; parts: number }>
}

export interface Notes {
  /** Milliseconds of posts that were answered at the first try. */
  took(ms: number): void
  again(): void
}

const patience = 120_000

export function openHallPhone(
  origin: string,
  agent: Agent,
  code: string,
  chance: Chance,
  notes: Notes,
  browser = openBrowser(origin, agent),
): HallPhone {
  const path = `/m/${code}`

  async function page(at: string): Promise<Answered> {
    for (const began = Date.now(); ; await sleep(300)) {
      const answer = await browser.ask('GET', at)
      if (answer && answer.status < 500) return answer
      if (Date.now() - began > patience) throw new Error(`GET ${at} did not come in two minutes`)
    }
  }

  async function untilHeard(browser: Browser, deed: string, form: URLSearchParams): Promise<number> {
    const began = Date.now()
    for (let wait = 200; ; wait = Math.min(wait * 2, 2000)) {
      const answer = await browser.ask('POST', `${path}/${deed}`, { form, headers: { 'x-oplive-outbox': '1' } })
      if (answer && answer.status !== 429 && answer.status < 500) {
        if (wait === 200) notes.took(answer.ms)
        return answer.status
      }
      if (Date.now() - began > patience) throw new Error(`POST ${deed} was not acknowledged in two minutes`)
      notes.again()
      await sleep(wait * (0.5 + chance.next()))
    }
  }

  async function send(deed: string, fields: Record<string, string>, sending: Sending = 'once') {
    const form = new URLSearchParams({ ...fields, lang: 'da' })
    if (sending === 'lost') {
      const breaks = chance.pick(['sent', 'answered'] as const)
      await browser.ask('POST', `${path}/${deed}`, { form, headers: { 'x-oplive-outbox': '1' }, breaks })
    }
    if (sending !== 'twice') return untilHeard(browser, deed, form)
    const [one = 0, other = 0] = await Promise.all([untilHeard(browser, deed, form), untilHeard(browser, deed, form)])
    if (one !== other) throw new Error(`the same ${deed} from two tabs got ${one} and ${other}`)
    return one
  }

  return {
    look: () => page(path),
    send,
    say: ({ kind, text, key }, sending) => send('say', { kind, text, key }, sending),
    mine: async () => shownIn((await page(`${path}/mine`)).text),
    async asked() {
      const { text } = await page(`${path}/mine`)
      return [...text.matchAll(/<form[^>]*action="[^"]*\/show"[\s\S]*?name="id" value="([^"]+)"/g)].map(
        ([, id = '']) => id,
      )
    },
    async words(part) {
      const { text } = await page(`${path}/words?part=${part}`)
      const parts = [...text.matchAll(/[?&](?:amp;)?part=(\d+)/g)].map(([, number]) => Number(number) + 1)
      return {
        shown: shownIn(text).filter(({ id }) => text.includes(`name="statement" value="${id}"`)),
        parts: Math.max(1, ...parts),
      }
    },
  }
}

export const newKey = (): string => randomUUID()

/** The words on a page, each with its id. */
function shownIn(html: string): Shown[] {
  return html
    .split('<li id="w-')
    .slice(1)
    .flatMap((item) => {
      const text = /<blockquote[^>]*>([\s\S]*?)<\/blockquote>/.exec(item)?.[1]
      return text === undefined ? [] : { id: item.slice(0, 36), text: plainText(text) }
    })
}

const entities: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', '#39': "'" }

/** What a reader sees of a piece of a page. */
export const plainText = (html: string): string =>
  html
    .replace(/<[^>]+>/g, '')
    .replace(/&(amp|lt|gt|quot|#39);/g, (_, name: string) => entities[name] ?? '')
    .replaceAll('\u00ad', '')
    .trim()
