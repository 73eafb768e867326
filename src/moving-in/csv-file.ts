// The rows of a CSV file: semicolons, commas, tabs or bars between the cells, whatever the spreadsheet was set to.
import papaparse from 'papaparse'
import { mostRows } from './limits.ts'

const separators = [';', ',', '\t', '|'] as const

/** Excel's own first line, `sep=;`. */
const toldSeparator = /^sep=(.)\r?\n/i

/** What stands between the cells: the sign that comes most often, outside quotes, in the first lines. Of two that come as often, the first. */
export function separatorOf(text: string): string {
  const counts = new Map<string, number>(separators.map((one) => [one, 0]))
  let quoted = false
  let lines = 0
  for (let at = 0; at < text.length && at < 20_000 && lines < 5; at++) {
    const sign = text[at] ?? ''
    if (sign === '"') quoted = !quoted
    else if (quoted) continue
    else if (sign === '\n') lines++
    else if (counts.has(sign)) counts.set(sign, (counts.get(sign) ?? 0) + 1)
  }
  return [...counts].reduce((most, one) => (one[1] > most[1] ? one : most))[0]
}

/** One more than may be, so that whoever asks sees that there are too many. */
export function rowsOfCsv(text: string): string[][] {
  const told = toldSeparator.exec(text)
  const body = told ? text.slice(told[0].length) : text
  const { data } = papaparse.parse<string[]>(body, {
    delimiter: told?.[1] ?? separatorOf(body),
    preview: mostRows + 200,
    skipEmptyLines: false,
  })
  return data
}
