// The report: one table for each size of meeting, a line for each control and for the watcher, and the verdict.
import type { Meetings, Read, Scored, SizeResult } from './administrator.ts'
import { alone } from './linking/rows.ts'
import { above, isCertain, leeway, links } from './score.ts'
import type { Watching, WatchingHeld } from './watching.ts'

const columns = ['method', 'right', 'chance', 'above', 'certain', 'what it found in the last meeting']
const widths = [38, 6, 7, 7, 10, 0]
const line = (cells: readonly string[]) =>
  cells
    .map((cell, nth) =>
      nth === 0 ? cell.padEnd(widths[0] ?? 0) : nth < 5 ? cell.padStart(widths[nth] ?? 0) : `  ${cell}`,
    )
    .join(' ')

const titles = { card: 'the three answers', next: 'what they will do now', who: 'with how many they will talk' }

const nameOf = ({ residents, meetings, cutOff }: Meetings): string =>
  `${residents} ${residents === 1 ? 'resident' : 'residents'}, ${meetings} meetings${cutOff ? ' with a closing that was cut off' : ''}`

export function sizeTable(result: SizeResult): string {
  const { residents, scored, withKey, lateWithKey, seconds } = result
  const time = `held in ${seconds.holding.toFixed(0)} s, linked in ${seconds.linking.toFixed(0)} s`
  const out = [`${nameOf(result)} (${time})`]
  for (const about of ['card', 'next', 'who'] as const) {
    // Where one person answers there is nothing to link: what is stored is that person's, or nothing is.
    const rows = scored.filter((one) => one.about === about && one.score.found && (residents > 1 || one.name === alone))
    out.push('', rows.length > 0 ? line([titles[about], ...columns.slice(1)]) : `${titles[about]}: nothing is stored`)
    for (const { name, score } of rows) {
      const per = (n: number) => (n / Math.max(1, score.meetings)).toFixed(2)
      const diff = above(score)
      const more = `${diff >= 0 ? '+' : '-'}${Math.abs(diff).toFixed(2)}`
      const certain = score.claims > 0 ? `${score.rightClaims}/${score.claims}` : '0'
      const found = `${score.found}${links(score) ? '   <-- LINKS' : ''}`
      out.push(line([name, per(score.right), per(score.chance), more, certain, found]))
    }
  }
  const read = ({ right, of }: Read) => `${right} of ${of} cards are read`
  if (withKey.of > 0) out.push('', `known limit: with the key file copied while the card is open, ${read(withKey)}`)
  if (lateWithKey.of > 0)
    out.push(`known limit: with the key file that lies there until late cards are counted, ${read(lateWithKey)}`)
  return out.join('\n')
}

export function controlTable({ people, scored }: { people: number; scored: readonly Scored[] }): string {
  const rows = scored.map(({ name, about, score }) =>
    line([
      `${name}${about === 'next' ? ' (words)' : ''}`,
      score.right.toFixed(0),
      score.chance.toFixed(2),
      '',
      '',
      score.found,
    ]),
  )
  return [
    `the control: the same methods against rows without a seal, one meeting of ${people}`,
    line(['method', 'right', 'chance', '', '', 'what it found']),
    ...rows,
  ].join('\n')
}

const number = (n: number) => n.toLocaleString('en')

export function watchLines(control: Watching, told: Watching, held: WatchingHeld): string {
  const out = [
    `T2 control: ${number(control.stories)} orders in which every late card joins as it comes: ${number(control.recovered.length)} answers recovered`,
    `T2: ${number(told.stories)} random orders of events, ${number(told.observations)} observations, ${number(told.differences)} differences: ${told.recovered.length} answers recovered`,
    `T2: ${held.stories} meetings held through the deeds and the database, ${number(held.observations)} observations: ${held.recovered.length} answers recovered;`,
    `    ${held.unlike.length} observations unlike the rules without a database; ${held.twins.length} of ${held.stories / 2} screens moved with the answers before closing`,
  ]
  const examples = [...told.recovered, ...held.recovered, ...held.unlike, ...held.twins].slice(0, 8)
  return [...out, ...examples.map((one) => `    ${one}`)].join('\n')
}

export interface Everything {
  control: { people: number; scored: readonly Scored[] }
  sizes: readonly SizeResult[]
  watchControl: Watching
  told: Watching
  held: WatchingHeld
}

/** Every reason why the promise does not hold, or why the attack proves nothing. Empty when all is well. */
export function faults({ control, sizes, watchControl, told, held }: Everything): string[] {
  return [
    ...control.scored
      .filter(({ score }) => Math.round(score.right) < control.people)
      .map(
        ({ name, score }) =>
          `the attack is worthless: "${name}" reads ${score.right.toFixed(0)} of ${control.people} rows that have no seal`,
      ),
    ...(watchControl.recovered.length > 0
      ? []
      : ['the attack is worthless: the watcher finds nothing where every late card shows']),
    ...sizes.flatMap(({ scored, withKey, ...which }) => [
      ...scored
        .filter(({ score }) => links(score))
        .map(({ name, about, score }) => {
          const how = isCertain(score)
            ? `knows ${score.rightClaims} of the ${score.claims} it claims for certain`
            : `is right about ${above(score).toFixed(2)} more a meeting than chance (allowed ${leeway(score).toFixed(2)})`
          return `T1, ${nameOf(which)}, ${titles[about]}: "${name}" ${how}`
        }),
      ...(withKey.right === withKey.of
        ? []
        : ['the attack is worthless: with the key itself it cannot read the cards']),
    ]),
    ...(told.recovered.length + held.recovered.length > 0
      ? [`T2: ${told.recovered.length + held.recovered.length} answers recovered by watching`]
      : []),
    ...(held.unlike.length > 0
      ? [`T2: the database showed something else than the rules ${held.unlike.length} times`]
      : []),
    ...(held.twins.length > 0
      ? [`T2: the screen moved with the answers in ${held.twins.length} meetings before closing`]
      : []),
  ]
}
