// Whether a restored database is one moment of the one that was written in: what is in it, what is not, and what that says about each other.
import pg from 'pg'
import type { Done } from './writing.ts'

/** Everything by which the deeds of the writers are found again. */
interface Found {
  people: Set<string>
  promises: Set<string>
  cards: Set<string>
  entries: Set<string>
  /** Rows that only half a transaction leaves. */
  halves: number
}

async function look(url: string): Promise<Found> {
  const owner = new pg.Client({ connectionString: url })
  await owner.connect()
  const setOf = async (text: string) => new Set((await owner.query<{ v: string }>(text)).rows.map(({ v }) => v))
  try {
    return {
      people: await setOf('select id::text as v from community.person'),
      promises: await setOf('select what as v from community.commitment'),
      cards: await setOf(`select encode(tag, 'hex') as v from community.sealed_shares`),
      entries: await setOf(`select facts->>'day' as v from access.audit`),
      // The person, and both that they said yes to, were written in one transaction.
      halves: (
        await owner.query(
          `select from community.person p where p.name like 'Beboer %'
             and (select count(*) from community.consent c where c.person_id = p.id) <> 2`,
        )
      ).rowCount as number,
    }
  } finally {
    await owner.end()
  }
}

/**
 * What is not as in one moment, in words; empty when all is. Of any two deeds of which one was thanked for before the other was begun, whoever
 * sees the later sees the earlier. `from` and `to`: when the backup was begun and when it was whole. `leftSince`: who left is taken out again.
 */
export async function notOneMoment(
  url: string,
  done: readonly Done[],
  { from, to, leftSince }: { from: number; to: number; leftSince: boolean },
): Promise<{ faults: string[]; seen: number }> {
  const found = await look(url)
  const faults: string[] = []
  if (found.halves > 0) faults.push(`${found.halves} people came back with half of what they said yes to`)
  const left = new Map(done.filter(({ kind }) => kind === 'left').map((one) => [one.mark, one]))
  const takenBack = new Map(done.filter(({ kind }) => kind === 'taken-back').map((one) => [one.mark, one]))
  /** Null: it cannot be told from what is there. */
  const isIn = ({ kind, mark }: Done): boolean | null => {
    switch (kind) {
      case 'yes':
        return found.people.has(mark) || (left.has(mark) ? null : false)
      case 'promise':
        return found.promises.has(mark) || (takenBack.has(mark) ? null : false)
      case 'card':
        return found.cards.has(mark)
      case 'audit':
        return found.entries.has(mark)
      case 'left':
        // Of one who is not there it is not known whether they had come already; the thanks decides.
        return leftSince ? null : found.people.has(mark) ? false : null
      case 'taken-back':
        return found.promises.has(mark) ? false : null
    }
  }
  let latestIn: Done | undefined
  let earliestOut: Done | undefined
  let seen = 0
  for (const one of done) {
    const there = isIn(one)
    if (there === null) continue
    if (there) {
      seen++
      if (!latestIn || one.began > latestIn.began) latestIn = one
      if (one.began > to) faults.push(`${one.kind} ${one.mark} is in it, and was begun after it was whole`)
    } else {
      if (!earliestOut || one.thanked < earliestOut.thanked) earliestOut = one
      if (one.thanked < from)
        faults.push(`${one.kind} ${one.mark} is not in it, and was thanked for before it was begun`)
    }
  }
  if (latestIn && earliestOut && earliestOut.thanked < latestIn.began)
    faults.push(
      `${latestIn.kind} ${latestIn.mark} is in it, and ${earliestOut.kind} ${earliestOut.mark}, thanked for before that was begun, is not`,
    )
  if (leftSince)
    for (const [person, { thanked }] of left)
      if (Number.isFinite(thanked) && found.people.has(person)) faults.push(`${person} left, and came back`)
  return { faults, seen }
}
