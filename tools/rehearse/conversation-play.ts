// Plays a real public conversation: its comments as statements, its agrees as recognitions, each participant one phone.
import { Agent } from 'node:http'
import { longestStatement } from '../../src/meetings/evening.ts'
import { mostStatements } from '../../src/meetings/saying/saying.ts'
import { chanceOf } from './chance.ts'
import type { Comment, Conversation } from './conversation.ts'
import { type HallPhone, newKey, openHallPhone } from './hall-phone.ts'
import { signIn } from './host.ts'
import { askOwner, type Place } from './keyboard.ts'
import { facilitator, stage } from './leading.ts'
import { shortened } from './telling.ts'

export interface Play {
  origin: string
  conversation: Conversation
  link: string
  community: string | null
  /** Null: only what the pages say is compared. */
  place: Place | null
}

export interface Played {
  code: string
  statements: number
  /** Agrees that were sent, and of them those with one's own words. */
  recognitions: number
  ofOwn: number
  /** Comments the local check held back, decided by their phone; and those it refused. */
  asked: number
  refused: string[]
  /** Phones that a single participant needed more, because a phone says no more than so much. */
  morePhones: number
  /** Statements whose count on the pages and in the tables was compared with the true number. */
  compared: number
  seconds: number
  faults: string[]
}

const kinds = ['hope', 'change', 'resource', 'unbearable'] as const

const sayable = (comments: readonly Comment[], refused: ReadonlySet<string>) =>
  comments.filter(({ id, words }) => words !== '' && !refused.has(id))

export async function playConversation({ origin, conversation, link, community, place }: Play): Promise<Played> {
  const { comments, people, agreeing } = conversation
  const began = performance.now()
  const agent = new Agent({ keepAlive: true, maxSockets: 32 })
  const host = await signIn(origin, agent, link)
  const code = await host.plan(community)
  await host.begin(code)
  const lead = facilitator(host, code)
  await stage(lead, 'say')
  const played: Played = {
    code,
    statements: 0,
    recognitions: 0,
    ofOwn: 0,
    asked: 0,
    refused: [],
    morePhones: 0,
    compared: 0,
    seconds: 0,
    faults: [],
  }
  const notes = { took: () => {}, again: () => {} }
  const open = (number: number) => openHallPhone(origin, agent, code, chanceOf(1, number), notes)
  const phones = new Map(people.map(({ id }, number) => [id, open(number)]))
  const kindOf = new Map(comments.map(({ id }, place) => [id, kinds[place % kinds.length] ?? 'hope']))
  const wanted = (status: number, what: string) => {
    if (status !== 204) played.faults.push(`${what} got ${status}`)
  }

  // Whoever wrote something says it, one thing after the other; all writers at once.
  const authors = [...Map.groupBy(comments, ({ author }) => author)]
  await Promise.all(
    authors.map(async ([author, own], number) => {
      let phone = phones.get(author) ?? open(people.length + number)
      await phone.look()
      let saidByPhone = 0
      for (const { id, words } of own) {
        if (words === '') continue
        if (saidByPhone === mostStatements) {
          phone = open(2 * people.length + played.morePhones++)
          await phone.look()
          saidByPhone = 0
        }
        const status = await phone.say({ kind: kindOf.get(id) ?? 'hope', text: words, key: newKey() })
        if (status === 400) played.refused.push(id)
        else {
          wanted(status, `comment ${id}`)
          played.statements++
          saidByPhone++
        }
      }
      played.asked += await decideAll(phone, wanted)
    }),
  )

  await stage(lead, 'recognise')
  const refused = new Set(played.refused)
  const shown = await allWords(open(3 * people.length))
  const idOf = new Map<string, string>()
  for (const comment of sayable(comments, refused)) {
    const id = shown.get(comment.words)
    if (id) idOf.set(comment.id, id)
    else played.faults.push(`comment ${comment.id} is not on the wall`)
  }
  const authorOf = new Map(comments.map(({ id, author }) => [id, author]))
  await Promise.all(
    people.map(async ({ id: person, agrees }) => {
      const phone = phones.get(person)
      if (!phone) return
      await phone.look()
      for (const comment of agrees) {
        const statement = idOf.get(comment)
        if (!statement) continue
        wanted(await phone.send('know', { statement, yes: '1' }), `a recognition of ${comment}`)
        played.recognitions++
        if (authorOf.get(comment) === person) played.ofOwn++
      }
    }),
  )

  // The board of those who lead says it, and so do the tables.
  const agreed = new Map<string, number>()
  for (const [words, same] of Map.groupBy(sayable(comments, refused), ({ words }) => words))
    agreed.set(words, peopleAgreeing(conversation, same, agreeing))
  const counted = place ? await inTables(place, code) : null
  const onBoard = await boardCounts(lead)
  for (const [words, n] of agreed) {
    played.compared++
    const id = shown.get(words) ?? ''
    const seen = [
      ...(counted ? [['the database', counted.get(words)] as const] : []),
      ['the board', onBoard.get(id)] as const,
    ]
    for (const [where, is] of seen)
      if (is !== n) played.faults.push(`»${words}«: ${n} people agreed, and ${where} has ${is ?? 'nothing'}`)
  }
  agent.destroy()
  played.seconds = (performance.now() - began) / 1000
  return played
}

/** Words that several wrote alike are one: whoever agreed with any of them knows it. */
function peopleAgreeing(
  { people }: Conversation,
  same: readonly Comment[],
  agreeing: ReadonlyMap<string, number>,
): number {
  if (same.length === 1) return agreeing.get(same[0]?.id ?? '') ?? 0
  const ids = new Set(same.map(({ id }) => id))
  return people.filter(({ agrees }) => agrees.some((id) => ids.has(id))).length
}

/** What the local check has held back is shown, because its writer says so. */
async function decideAll(phone: HallPhone, wanted: (status: number, what: string) => void): Promise<number> {
  let decided = 0
  for (const id of await phone.asked()) {
    wanted(await phone.send('show', { id }), 'what its writer wants shown')
    decided++
  }
  return decided
}

/** Everything on the wall, part by part, as somebody reads it who has said nothing. */
async function allWords(reader: HallPhone): Promise<Map<string, string>> {
  const found = new Map<string, string>()
  await reader.look()
  for (let part = 0, of = 1; part < of; part++) {
    const { shown, parts } = await reader.words(part)
    of = Math.max(of, parts)
    for (const { id, text } of shown) found.set(text, id)
  }
  return found
}

async function inTables(place: Place, code: string): Promise<Map<string, number>> {
  const rows = await askOwner<{ text: string; n: number }>(
    place,
    `select s.text, count(r.tag)::int as n from community.statement s join community.meeting m on m.id = s.meeting_id
     left join community.recognition r on r.statement_id = s.id where m.code = $1 group by s.text`,
    [code],
  )
  return new Map(rows.map(({ text, n }) => [text, n]))
}

/** How many know each row also, as it stands under the words. */
async function boardCounts(lead: ReturnType<typeof facilitator>): Promise<Map<string, number>> {
  const { rows } = await lead.board()
  return new Map(
    rows.map(({ id, html }) => [
      id,
      Number(/(\d+) kender det også/.exec(html.split('board-meta').at(-1) ?? '')?.[1] ?? 0),
    ]),
  )
}

export function tellConversation(conversation: Conversation, played: Played): string {
  const { comments, people, topic, attribution } = conversation
  const cut = comments.filter((comment) => comment.shortened).length
  const none = comments.filter(({ words }) => words === '').length
  const n = (count: number) => count.toLocaleString('en-GB')
  return [
    `»${topic}«: ${comments.length} comments and ${people.length} participants, played at /m/${played.code} in ${played.seconds.toFixed(0)} s`,
    `  ${n(played.statements)} statements · ${n(played.recognitions)} recognitions, ${n(played.ofOwn)} of them of one's own words`,
    '    (the page has no button for one’s own words; the program cannot tell, since words and recognitions of a phone have tags that cannot be tied)',
    `  ${cut} comments were longer than ${longestStatement} and end at a word${none > 0 ? `, ${none} were empty and were not said` : ''}`,
    `  ${played.asked} were held back by the local check, and shown because their phone said so · ${played.refused.length} were refused as numbers of a person${played.refused.length > 0 ? ` (comments ${played.refused.join(', ')})` : ''}`,
    ...(played.morePhones > 0
      ? [`  ${played.morePhones} more phones: one says no more than ${mostStatements} things`]
      : []),
    '',
    ...(played.faults.length > 0
      ? ['  IT DOES NOT AGREE', ...shortened(played.faults).map((fault) => `  - ${fault}`)]
      : [`  Each of ${played.compared} statements is known by as many as agreed with it.`]),
    '',
    attribution,
    '',
  ].join('\n')
}
