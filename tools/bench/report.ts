// The table of the bench, for the terminal and for docs/bench.md.
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import type { Machine } from './machine.ts'
import type { Row } from './row.ts'

export function inTerminal(rows: readonly Row[]): string {
  return rows
    .map(({ what, goal, measured, anchor, reached, remarks = [] }) =>
      [
        `${reached ? ' reached' : '   SHORT'}  ${what}`,
        `           measured  ${measured}`,
        `           goal      ${goal}`,
        ...(anchor ? [`           anchor    ${anchor}`] : []),
        ...remarks.map((remark) => `           ${remark}`),
      ].join('\n'),
    )
    .join('\n')
}

export interface Run {
  machine: Machine
  command: string
  date: string
  busyBefore: number
  busyAfter: number
  rows: readonly Row[]
}

const byHand = '<!-- What stands below is written by hand, and kept. -->'

/** Writes the page anew, and leaves what people wrote at its end. */
export function writeReport(file: string, run: Run): void {
  const before = existsSync(file) ? readFileSync(file, 'utf8') : ''
  const kept = before.includes(byHand) ? before.slice(before.indexOf(byHand)) : `${byHand}\n`
  writeFileSync(file, `${pageOf(run)}\n${kept}`)
}

/** Writes one section anew, where it stood or at the end of what people wrote, and leaves all else of the page. */
export function writeSection(
  file: string,
  name: string,
  run: Omit<Run, 'machine'> & { machine: Omit<Machine, 'postgres'>; title?: string },
) {
  const before = existsSync(file) ? readFileSync(file, 'utf8') : `${byHand}\n`
  const [opens, closes] = [`<!-- Written by npm run bench -- ${name}. -->`, `<!-- End of ${name}. -->`]
  const { processor, memory, system, node } = run.machine
  const written = [
    opens,
    '',
    `## ${run.title ?? `The ${name}`}`,
    '',
    `Written by \`${run.command}\` on ${run.date}: ${processor}, ${memory}, ${system}, Node ${node}, while ${run.busyBefore.toFixed(1)} other`,
    `processes waited for the processor when it began and ${run.busyAfter.toFixed(1)} when it ended.${run.rows.some(({ anchor }) => anchor) ? ' In brackets the ratio to the anchor of the same run.' : ''}`,
    '',
    ...tableOf(run.rows),
    '',
    closes,
  ].join('\n')
  const [from, to] = [before.indexOf(opens), before.indexOf(closes)]
  const placed =
    from < 0 || to < from
      ? `${before.trimEnd()}\n\n${written}\n`
      : before.slice(0, from) + written + before.slice(to + closes.length)
  writeFileSync(file, placed)
}

const cells = (row: readonly string[]) => `| ${row.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`

function tableOf(rows: readonly Row[]): string[] {
  const short = rows.filter(({ reached }) => !reached)
  return [
    cells(['what', 'goal', 'measured', 'anchor, same run', 'reached']),
    '|---|---|---|---|---|',
    ...rows.map(({ what, goal, measured, anchor, reached }) =>
      cells([what, goal, measured, anchor, reached ? 'yes' : '**no**']),
    ),
    '',
    short.length === 0
      ? 'Every goal is reached.'
      : `${short.length} of ${rows.length} fall short: ${short.map(({ what }) => what).join('; ')}.`,
    '',
    ...rows.flatMap(({ remarks = [] }) => remarks).map((remark) => `- ${remark}`),
  ]
}

function pageOf({ machine, command, date, busyBefore, busyAfter, rows }: Run): string {
  return [
    '# Bench: what Oplive reaches, beside what it is compared with',
    '',
    `Written by \`${command}\` on ${date}. Absolute figures are of this machine; the ratios travel.`,
    '',
    '| machine | |',
    '|---|---|',
    ...Object.entries({
      processor: machine.processor,
      memory: machine.memory,
      system: machine.system,
      Node: machine.node,
      PostgreSQL: machine.postgres,
      'also waiting for the processor': `${busyBefore.toFixed(1)} processes in the minute before, ${busyAfter.toFixed(1)} in the last`,
    }).map(cells),
    '',
    ...tableOf(rows),
    '',
    'The load generator, the bare servers and the crowd of phones run on the same cores as the program and its database, as processes of their own (`tools/bench/`).',
    '',
  ].join('\n')
}
