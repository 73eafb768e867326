// The result as everybody sees it, in the file that can be downloaded, beside what the phones said.
import type { Host } from './host.ts'
import type { Said } from './phone.ts'
import { type Counted, linesOf } from './tally.ts'

const order = ['INF', 'ABLE', 'COUR'] as const

/** Answers what does not agree. `counted` null: the phones' own cards are the measure, where either of two is right. */
export async function publicResult(host: Host, code: string, phones: readonly Said[], counted: Counted | null) {
  const answer = await host.ask('GET', `/m/${code}/result.csv?lang=en`)
  if (answer.status !== 200) return [`the public result got ${answer.status}`]
  const [head = [], ...rows] = answer.text
    .replace(/^\uFEFF/, '')
    .trim()
    .split('\r\n')
    .map((line) => line.match(/("([^"]|"")*"|[^;]*)(;|$)/g)?.map((cell) => cell.replace(/;$/, '')) ?? [])
  // question; shown; yes; answered; ...
  if (head.length < 4 || rows.length !== order.length) return ['the public result is not a table of three questions']
  return order.flatMap((question, place) => {
    const [, shown, yes, answered] = rows[place] ?? []
    if (yes === '' || yes === undefined)
      return phones.length < 40 ? [] : [`the public result hides ${question} (${shown})`]
    const agreeing = sumOf(question, phones, counted, (option) => option === 1 || option === 2)
    const all = sumOf(question, phones, counted, () => true)
    const fits = (text: string | undefined, { least, most }: typeof all) =>
      Number(text) >= least && Number(text) <= most
    return fits(yes, agreeing) && fits(answered, all)
      ? []
      : [`the public result says ${yes} of ${answered} for ${question}`]
  })
}

function sumOf(
  question: string,
  phones: readonly Said[],
  counted: Counted | null,
  wanted: (answer: number) => boolean,
) {
  const lines = linesOf(phones, counted ?? new Map()).filter(
    (line) => line.question === question && wanted(line.answer),
  )
  const sum = (of: (line: (typeof lines)[number]) => number) => lines.reduce((total, line) => total + of(line), 0)
  return counted
    ? { least: sum((line) => line.counted), most: sum((line) => line.counted) }
    : { least: sum((line) => line.least), most: sum((line) => line.most) }
}
