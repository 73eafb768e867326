// The evening: scripts on a guest's page, a thousand phones that speak and recognise, and five hundred statements under a hand.

import { Agent } from 'node:http'
import { setTimeout as sleep } from 'node:timers/promises'
import { chanceOf } from '../rehearse/chance.ts'
import { newKey, openHallPhone } from '../rehearse/hall-phone.ts'
import { askOwner } from '../rehearse/keyboard.ts'
import { facilitator, stage as setStage } from '../rehearse/leading.ts'
import { boardUnderHand } from './board.ts'
import type { HallCrowd, HallCrowded, Spread } from './hall-crowd.ts'
import { runHelper } from './loading.ts'
import { memoryOf } from './machine.ts'
import { type Figure, kilobytes, type Row, thousands } from './row.ts'
import { scriptsOfGuests } from './scripts.ts'
import type { Stage } from './stage.ts'

const phones = 1000
const recognitions = 10
const seconds = 110
const statementsOnBoard = 500

export const eveningFigure: Figure = {
  name: 'evening',
  measure: async (stage) => [...(await scripts(stage)), ...(await hall(stage)), ...(await board(stage))],
}

async function scripts(stage: Stage): Promise<Row[]> {
  const { pages, withScripts, most, worker } = await scriptsOfGuests(stage)
  return [
    {
      what: `scripts on a guest's page, packed, over the wire: the most of ${pages} pages`,
      goal: '10 kB',
      measured: `${kilobytes(most.bytes)} in ${most.files} files (${most.path.replace(/^\/([mn])\/[^/]+/, '/$1/CODE')})`,
      anchor: '',
      reached: most.bytes <= 10_000,
      remarks: [
        `${withScripts} of ${pages} pages that a guest can reach ask for any script at all. The service worker, fetched once and in the background, is ${kilobytes(worker)} more.`,
      ],
    },
  ]
}

const inWords = ({ p50, p99, most }: Spread): string =>
  `p50 ${Math.round(p50)} ms, p99 ${Math.round(p99)} ms, at most ${Math.round(most)} ms`

async function hall(stage: Stage): Promise<Row[]> {
  // As it is on an evening: whatever other figures left in the memory of the program is gone.
  await stage.program.end()
  await stage.program.start()
  const code = await stage.host.plan(stage.community)
  await stage.host.begin(code)
  await setStage(facilitator(stage.host, code), 'say')
  let memory = 0
  const looking = setInterval(() => {
    memory = Math.max(memory, memoryOf(stage.program.pid()))
  }, 500)
  const job: HallCrowd = { port: stage.port, code, phones, recognitions, seconds }
  const crowded = await runHelper<HallCrowded>('hall-crowd.ts', stage.file('hall.json', JSON.stringify(job))).finally(
    () => clearInterval(looking),
  )
  const [kept] = await askOwner<{ said: number; known: number }>(
    stage.program.place,
    `select (select count(*)::int from community.statement s where s.meeting_id = m.id) as said,
       (select count(*)::int from community.recognition r where r.meeting_id = m.id) as known
     from community.meeting m where m.code = $1`,
    [code],
  )
  const lost = phones - (kept?.said ?? 0) + phones * recognitions - (kept?.known ?? 0)
  const differing = await unlikeFresh(stage, code, crowded)
  const whole = Math.max(crowded.phones.most, crowded.screen.most)
  return [
    {
      what: `${thousands(phones)} phones in one meeting, each says something and recognises ${recognitions}, each with its stream open`,
      goal: 'within 120 s, nothing lost',
      measured: `${crowded.seconds.toFixed(0)} s, ${lost === 0 ? 'nothing lost' : `${lost} lost`}, posts ${inWords(crowded.posts)}`,
      anchor: '',
      reached: lost === 0 && crowded.seconds <= 120 && crowded.faults.length === 0,
      remarks: [
        `${thousands(kept?.said ?? 0)} statements and ${thousands(kept?.known ?? 0)} recognitions in the tables; ${kilobytes(crowded.streamed / phones)} of pictures for each phone.${crowded.faults.length > 0 ? ` Faults: ${crowded.faults.slice(0, 5).join('; ')}.` : ''}`,
      ],
    },
    {
      what: "the same: from when a statement was answered until every phone's picture counts it, and the hall's",
      goal: '1 s',
      measured: `phones ${inWords(crowded.phones)}; hall ${inWords(crowded.screen)}`,
      anchor: '',
      reached: whole <= 1000 && differing === 0 && crowded.last <= 1000,
      remarks: [
        `Whole means: the picture counts every statement answered so far, for each of ${thousands(phones)} streams and each statement; and after the last recognition every stream ends with the very bytes that a fresh look draws (${differing === 0 ? 'it does' : `${differing} do not`}; the last picture came ${Math.round(crowded.last)} ms after the last answer).`,
      ],
    },
    {
      what: 'the same: memory of the program at its largest, PostgreSQL apart',
      goal: '250 MB',
      measured: `${(memory / 1e6).toFixed(0)} MB`,
      anchor: '',
      reached: memory <= 250e6,
    },
  ]
}

/** How many of the last pictures are not what somebody who comes now is shown. */
async function unlikeFresh(stage: Stage, code: string, { screenState, phoneStates }: HallCrowded): Promise<number> {
  const fresh = async (kind: string): Promise<string> => {
    const stop = new AbortController()
    const answer = await fetch(`${stage.program.url}/m/${code}/stream?for=${kind}&lang=da`, { signal: stop.signal })
    let text = ''
    for await (const part of answer.body?.pipeThrough(new TextDecoderStream()) ?? []) {
      text += part
      if (text.includes('\n\n')) break
    }
    stop.abort()
    return text.slice(0, text.indexOf('\n\n'))
  }
  const [screen, phone] = [await fresh('screen'), await fresh('phone')]
  return (screenState === screen ? 0 : 1) + phoneStates.filter((state) => state !== phone).length
}

async function board(stage: Stage): Promise<Row[]> {
  const code = await stage.host.plan(stage.community)
  await stage.host.begin(code)
  const lead = facilitator(stage.host, code)
  await setStage(lead, 'say')
  const agent = new Agent({ keepAlive: true, maxSockets: 16 })
  const notes = { took: () => {}, again: () => {} }
  const kinds = ['unbearable', 'change', 'resource', 'hope'] as const
  await Promise.all(
    Array.from({ length: statementsOnBoard / 10 }, async (_, number) => {
      const phone = openHallPhone(stage.program.url, agent, code, chanceOf(9, number), notes)
      await phone.look()
      for (let nth = 0; nth < 10; nth++) {
        const text = `Vi mangler lys på stien ved hus nummer ${number * 10 + nth}, og børnene tør ikke gå den vej om vinteren`
        await phone.say({ kind: kinds[nth % 4] ?? 'hope', text, key: newKey() })
      }
    }),
  )
  agent.destroy()
  for (const name of ['Lyset', 'Vejen', 'Nøglen', 'Aftenerne']) await lead.press('theme', [['name', name]])
  await sleep(1000)
  const { quick, statements, opens } = await boardUnderHand(stage, code)
  const longest = Math.max(...quick.map((one) => one.longest))
  return [
    {
      what: `${statements} statements on the facilitator's board, processor 4 times slower: the longest interaction`,
      goal: '100 ms',
      measured: `${Math.round(longest)} ms`,
      anchor: '',
      reached: longest <= 100 && statements >= statementsOnBoard,
      remarks: [
        `On the board: ${quick.map(({ what, longest: most, times }) => `${what} ${most === 0 ? 'under 16' : Math.round(most)} ms (${times} times)`).join(', ')}. From the hand's event to the next picture, as the browser's own event timing has it; the page with ${statements} statements opens in ${(opens / 1000).toFixed(1)} s on that processor.`,
      ],
    },
  ]
}
