// The moments at which a program is looked at: as the demo left it, and at each stage of an evening that is held for it.
import type { Agent } from 'node:http'
import { chanceOf } from '../rehearse/chance.ts'
import { demoHost } from '../rehearse/demo-host.ts'
import { newKey, openHallPhone } from '../rehearse/hall-phone.ts'
import { signIn } from '../rehearse/host.ts'
import { askOwner } from '../rehearse/keyboard.ts'
import { facilitator, stage } from '../rehearse/leading.ts'
import type { OwnProgram } from '../rehearse/own-program.ts'
import { typeOnPaper } from '../rehearse/scribe.ts'
import { comeAndInvite, promise, speak, writeDown } from './behind-forms.ts'
import { type Person, unusedLink } from './people.ts'

export interface Moment {
  name: string
  /** Where this person begins to follow links. */
  starts(who: string): string[]
}

/** Pages of a meeting that a QR code, a letter or a bookmark leads to, besides what is linked. Who may not see them sees that. */
const ofMeeting = [
  ...['', '/screen', '/words', '/mine', '/empty', '/commit', '/promised', '/come', '/invite', '/thanks', '/result'],
  ...['/begin', '/lead', '/board', '/scribe', '/list', '/list/new', '/doorlist', '/debrief', '/minutes', '/coming'],
  ...['/plan', '/agenda', '/roles', '/open', '/close', '/poster', '/paper', '/pile', '/pile/kept', '/voice', '/hear'],
  ...['/paper/cards', '/paper/door', '/paper/words', '/paper/dots', '/paper/promises', '/debrief/paper'],
  ...['/hear?number=12', '/hear?saved=1'],
]

export const pagesOf = (code: string): string[] => [...ofMeeting.map((path) => `/m/${code}${path}`), `/n/${code}`]

export async function moments(
  program: OwnProgram,
  people: readonly Person[],
  agent: Agent,
  look: (moment: Moment) => Promise<void>,
  demoOnly = false,
): Promise<void> {
  const meetings = await askOwner<{ code: string }>(program.place, 'select code from community.meeting order by code')
  const link = await unusedLink(program.place)
  const starts = ['/', '/me', '/promise', '/was', '/source', '/code', '/code?code=ZZZZZZ', '/nowhere', '/in/none', link]
  await look({
    name: 'the demo as it is',
    starts: () => [...starts, ...meetings.flatMap(({ code }) => pagesOf(code))],
  })

  if (demoOnly) return

  const { link: forHost, community } = await demoHost(program.place, program.url)
  const host = await signIn(program.url, agent, forHost)
  const code = await host.plan(community)
  const seen = (name: string, ...more: string[]) => look({ name, starts: () => [...pagesOf(code), ...more] })
  const own = people.find(({ who }) => who === 'a guest')?.browser
  if (!own) throw new Error('No guest looks.')
  const invited = await comeAndInvite(own, code)
  await seen('an evening that is planned', ...invited, `/c/${community}/trend`)
  await host.begin(code)
  await seen('an evening that has begun', ...invited)
  const lead = facilitator(host, code)
  await stage(lead, 'say')
  // The guest who looks has said something, too: shown, waiting for its writer, and taken back.
  const notes = { took: () => {}, again: () => {} }
  const phones = Array.from({ length: 6 }, (_, number) =>
    openHallPhone(program.url, agent, code, chanceOf(1, number), notes, number === 0 ? own : undefined),
  )
  const kinds = ['unbearable', 'change', 'resource', 'hope'] as const
  for (const [number, phone] of phones.entries()) {
    await phone.look()
    await phone.say({ kind: kinds[number % 4] ?? 'hope', text: `Jeg vil have lys ved nummer ${number}`, key: newKey() })
  }
  await phones[0]?.say({ kind: 'hope', text: 'Min mor har fået kræft, og naboen går tur med hunden', key: newKey() })
  await phones[0]?.say({ kind: 'change', text: 'Det her tager jeg tilbage', key: newKey() })
  const back = (await phones[0]?.mine())?.find(({ text }) => text.startsWith('Det her'))
  if (back) await phones[0]?.send('back', { id: back.id })
  await typeOnPaper(host, code, 4, chanceOf(1))
  await seen('while words are said', ...(await speak(own, code)))
  await writeDown(own, host, code)
  for (const name of ['Lyset på stien', 'Hvem har nøglen']) await lead.press('theme', [['name', name]])
  const rows = (await lead.board()).rows
  const [first, second] = (await lead.board()).themes
  if (rows[0] && first)
    await lead.press('move', [
      ['pick', `${rows[0].id} -`],
      ['to', first.id],
    ])
  if (rows[1])
    await lead.press('hide', [
      ['pick', `${rows[1].id} -`],
      ['why', 'name'],
    ])
  await stage(lead, 'recognise')
  for (const phone of phones)
    for (const { id } of (await phone.words(0)).shown.slice(0, 3)) await phone.send('know', { statement: id, yes: '1' })
  await seen('while words are recognised')
  await stage(lead, 'choose')
  for (const phone of phones)
    if (first && second) await phone.send('dots', { [`dot-${first.id}`]: '2', [`dot-${second.id}`]: '1' })
  await lead.press('priority', [
    ['theme', first?.id ?? ''],
    ['on', '1'],
  ])
  await seen('while dots are put')
  await stage(lead, 'promise')
  for (const [number, phone] of phones.entries())
    await phone.send('commit', {
      key: newKey(),
      name: `Gæst ${number}`,
      what: 'Jeg låner min stige ud',
      'when-day': '',
    })
  const promised = await promise(own, code)
  for (const show of ['code', 'words', 'themes', 'dots', 'talk', 'promises']) {
    await lead.press('screen', [['show', show]])
    await look({ name: `the hall screen with ${show}`, starts: () => [`/m/${code}/screen`] })
  }
  await seen('while promises are made', ...promised)
  await stage(lead, 'rest')
  await seen('while people talk')
  await host.open(code)
  await seen('while the exit card is open')
  await host.attended(code, 12)
  await host.close(code)
  await seen('afterwards', ...promised, ...invited, `/c/${community}/trend`)
}
