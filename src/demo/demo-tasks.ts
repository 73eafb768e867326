// The tasks of the demo: Karsten in Holmetofte, who a year ago stood alone with four and today shares three; who lets themselves be asked, and who
// leans on whom. Through the same deeds as in earnest.
import type { SignedIn } from '../access/session.deeds.ts'
import { seeSupport, showSupport } from '../leadership/coaching/support.deeds.ts'
import {
  answerNeighbour,
  askNeighbour,
  sayHelped,
  seeFind,
  seeHelpers,
  seeTasks,
  tellTask,
  typeSlip,
} from '../leadership/coaching/tasks.deeds.ts'
import { consent } from '../people/me.deeds.ts'
import { keepConsent, seePeople } from '../people/people.deeds.ts'

const slug = 'holmetofte'
const own = (ownWords: string) => ({ kind: 'own', ownWords }) as const

/** `as`: somebody of the demo, so many days ago. */
export async function shareTasks(as: (name: string, daysAgo: number) => SignedIn): Promise<void> {
  // A year ago: four tasks, and one has a second name, from a slip.
  const keys = { kind: 'keys', ownWords: null } as const
  const football = own('Fodbold om onsdagen')
  const paper = own('Bladet')
  for (const task of [keys, football, paper, { kind: 'convene', ownWords: null } as const])
    await tellTask(as('Karsten', 390), slug, task)
  const { people } = await seePeople(as('Karsten', 3), slug, '', null)
  const onPaper = people.filter(({ hasAccount }) => !hasAccount)
  // A name that two have means nobody: then the next one.
  for (const { name } of onPaper)
    if ((await typeSlip(as('Karsten', 380), slug, { ...paper, one: 'Karsten', two: name })) === 'done') break

  // Those who let themselves be asked, and who said that they helped.
  for (const name of ['Freja', 'Jens']) await consent(as(name, 60), slug, 'shareTask', true)
  const helper = onPaper.at(-1)
  if (helper) await keepConsent(as('Karsten', 60), slug, helper.id, 'shareTask', 'paper')
  const helped = async (by: SignedIn, name: string) => {
    const one = (await seeHelpers(by, slug)).open.find((open) => open.name === name)
    if (one) await sayHelped(by, slug, one.id, true)
  }
  await helped(as('Karsten', 50), 'Freja')
  await helped(as('Jens', 45), 'Freja')
  await helped(as('Freja', 40), 'Jens')

  // After the talks two say yes.
  const share = async (name: string, daysAgo: number, wanted: string) => {
    const asker = as('Karsten', daysAgo)
    const { three, tasks } = await seeFind(asker, slug)
    const whom = three.find((one) => one.name === name)
    const task = tasks.find(({ kind, ownWords }) => (ownWords ?? kind) === wanted)
    if (!whom || !task) throw new Error('whom Karsten asks lets themselves be asked')
    await askNeighbour(asker, slug, whom.id, task.task)
    const asked = as(name, daysAgo)
    for (const { id, mine } of (await seeTasks(asked, slug)).questions)
      if (!mine) await answerNeighbour(asked, slug, id, true)
  }
  await share('Freja', 12, 'keys')
  await share('Jens', 7, 'Fodbold om onsdagen')

  // Freja leans on Karsten, and lets him see how she stands.
  const freja = as('Freja', 100)
  const karsten = (await seeSupport(freja, slug)).others.find(({ name }) => name === 'Karsten')
  if (!karsten) throw new Error('everybody may know who holds a key')
  await askNeighbour(freja, slug, karsten.id, null)
  for (const { id, mine } of (await seeSupport(as('Karsten', 98), slug)).questions)
    if (!mine) await answerNeighbour(as('Karsten', 98), slug, id, true)
  for (const { id } of (await seeSupport(as('Freja', 97), slug)).leansOn)
    await showSupport(as('Freja', 97), slug, id, { tasks: true, contact: false })
}
