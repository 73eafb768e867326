// Training in the demo: Holmetofte and Tornehuse, each with evenings to come and one that was held. Through the same deeds as in earnest.
import { v7 as uuid } from 'uuid'
import type { SignedIn } from '../access/session.deeds.ts'
import { wallTimeIn } from '../clock.ts'
import { announce, sayWasThere, signUp, writeDown } from '../leadership/training/training.deeds.ts'
import type { Module } from '../leadership/training/training.ts'

const timeZone = 'Europe/Copenhagen'

/** `as`: somebody of the demo, so many days ago. */
export async function holdTrainings(as: (name: string, daysAgo: number) => SignedIn): Promise<void> {
  const announced = (
    who: SignedIn,
    slug: string,
    { module, inDays, place, room = null }: { module: Module; inDays: number; place: string; room?: number | null },
  ): Promise<string> => {
    const { date } = wallTimeIn(timeZone, new Date(who.house.clock.now().getTime() + inDays * 86_400_000))
    return announce(who, slug, { module, date, time: '19:00', place, room }, uuid())
  }
  const onPaper = async (who: SignedIn, slug: string, id: string, names: readonly string[]) => {
    for (const name of names) await writeDown(who, slug, id, { name, key: uuid() })
  }

  // Holmetofte: Amira led the first; Karsten leads the next one himself.
  const first = await announced(as('Amira Haddad', 60), 'holmetofte', {
    module: 1,
    inDays: 20,
    place: 'Forsamlingshuset, det lille lokale',
    room: 12,
  })
  for (const name of ['Freja', 'Jens']) {
    await signUp(as(name, 50), 'holmetofte', first)
    await sayWasThere(as(name, 38), 'holmetofte', first, true)
  }
  await onPaper(as('Karsten', 38), 'holmetofte', first, ['Birthe', 'Lis', 'Sofus', 'Tove'])
  const second = await announced(as('Karsten', 5), 'holmetofte', {
    module: 2,
    inDays: 14,
    place: 'Forsamlingshuset, det lille lokale',
    room: 12,
  })
  await signUp(as('Jens', 3), 'holmetofte', second)
  await onPaper(as('Karsten', 2), 'holmetofte', second, ['Birthe', 'Lis'])
  await announced(as('Amira Haddad', 4), 'holmetofte', { module: 3, inDays: 27, place: 'Hallens cafeteria' })

  // Tornehuse: its key holders lead.
  const held = await announced(as('Poul', 40), 'tornehuse', { module: 2, inDays: 15, place: 'Den gamle skole' })
  await signUp(as('Inger', 30), 'tornehuse', held)
  await sayWasThere(as('Inger', 24), 'tornehuse', held, true)
  await onPaper(as('Poul', 24), 'tornehuse', held, ['Else', 'Bent', 'Kirsten', 'Ole'])
  await announced(as('Inger', 6), 'tornehuse', { module: 5, inDays: 17, place: 'Den gamle skole', room: 10 })
}
