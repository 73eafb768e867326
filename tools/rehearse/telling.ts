// A rehearsal in words and numbers, for the terminal.
import type { EveningTold } from './evening.ts'
import type { Rehearsed, Wish } from './rehearsal.ts'

export function tellOf(wish: Wish, done: Rehearsed, killed: string | null): string {
  const { times, cards } = done
  const what = killed ? `, kill -9 of ${killed === 'both' ? 'app and db' : killed} while ${wish.kill?.when}` : ''
  const ways = [...done.ways].map(([way, n]) => `${n} ${way}`).join(' · ')
  const rows = done.lines.map(({ question, answer, least, most, counted }) => [
    question,
    String(answer),
    least === most ? String(least) : `${least}-${most}`,
    wish.place ? String(counted) : '?',
  ])
  const lines = [
    `Rehearsal of ${wish.phones} phones, seed ${wish.seed}, at ${wish.origin}/m/${done.code}${what}`,
    `  ${ways}`,
    ...(done.evening ? eveningLines(done.evening) : []),
    '',
    ...tableOf([['question', 'answer', 'thanked for', 'counted'], ...rows]),
    '',
    wish.place
      ? `  The system's own counts: ${cards.counted} cards counted, ${cards.waiting} late ones wait, of ${cards.given} given.`
      : '  The database is out of reach: only what everybody sees was compared.',
    `  Sent again ${done.sentAgain} times.${times.away === null ? '' : ` First thanks ${seconds(times.away)} after the kill.`}`,
    `  Page ${spread(times.page)} · answer on disk ${spread(times.answer)} · closing ${seconds(times.close)} · result on ${times.result.length} phones ${spread(times.result)} after the button`,
    '',
    ...(done.faults.length > 0
      ? ['  IT DOES NOT AGREE', ...shortened(done.faults).map((fault) => `  - ${fault}`)]
      : [
          done.evening
            ? '  It agrees to the last recognition, dot, promise and card.'
            : '  It agrees to the last answer.',
        ]),
    '',
  ]
  return lines.join('\n')
}

function eveningLines(evening: EveningTold): string[] {
  const sum = (counts: ReadonlyMap<string, number>) => [...counts.values()].reduce((all, n) => all + n, 0)
  const { arrived, words, known, dots, dotPhones, paperDots, promises, paper, gathered, talked } = evening
  const of = (state: string) => words.filter((word) => word.state === state).length
  const took = [...evening.took].sort((a, b) => a - b)
  return [
    `  The evening: ${arrived.people} phones and ${paper.people} on paper came in · ${of('shown')} statements (${of('asked')} wait for their writer, ${of('withdrawn')} were taken back) · ${sum(known)} recognitions`,
    `  ${sum(dots)} dots of ${dotPhones} phones and ${sum(paperDots)} on paper · ${promises.length + paper.promises.length} promises · ${gathered.themes.size} themes · ${gathered.quarrels} times two wanted the same words · ${gathered.undone} undone`,
    `  ${evening.late} phones were away and came back · ${evening.refused.cpr} numbers refused, ${evening.refused.lateDots} dots came too late · talk time ${Math.round(talked.residents[1])} and ${Math.round(talked.municipality[1])} ms at the most · the screen was drawn ${evening.screenStates} times · sent again ${evening.again} times · posts ${spread(took)}`,
  ]
}

/** The first ten, and how many more. */
export const shortened = (faults: readonly string[]): string[] =>
  faults.length > 10 ? [...faults.slice(0, 10), `and ${faults.length - 10} more`] : [...faults]

/** Of sorted milliseconds: the middle, and what ninety-nine of a hundred did not exceed. */
function spread(sorted: readonly number[]): string {
  const at = (part: number) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? 0
  return sorted.length === 0 ? 'none' : `p50 ${at(0.5).toFixed(1)} ms, p99 ${at(0.99).toFixed(1)} ms`
}

const seconds = (ms: number): string => `${(ms / 1000).toFixed(2)} s`

/** Columns of one width each, numbers to the right. */
function tableOf(rows: string[][]): string[] {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)))
  return rows.map(
    (row) =>
      `  ${row.map((cell, column) => (column === 0 ? cell.padEnd(widths[0] ?? 0) : cell.padStart(widths[column] ?? 0))).join('  ')}`,
  )
}
