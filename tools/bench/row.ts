// One line of the table: a figure, its goal, and its anchor from the same run.

export interface Row {
  what: string
  goal: string
  measured: string
  anchor: string
  reached: boolean
  /** What a reader should know besides, such as where it falls short. */
  remarks?: string[]
}

export interface Figure {
  name: string
  /** Has a section of its own in docs/bench.md under this heading, written anew whenever it is measured; left out, it stands in the table of all. */
  section?: string
  measure(stage: import('./stage.ts').Stage): Promise<Row[]>
}

/** What needs no program and no database to stand on, and has a section of its own in docs/bench.md. */
export interface FigureAlone {
  name: string
  measureAlone(): Promise<Row[]>
}

export const thousands = (n: number): string => Math.round(n).toLocaleString('en-GB')
export const kilobytes = (bytes: number): string => `${(bytes / 1000).toFixed(1)} kB`
/** The smallest number first; of an even count the lower middle. */
export const median = (numbers: readonly number[]): number =>
  [...numbers].sort((a, b) => a - b)[Math.floor((numbers.length - 1) / 2)] ?? Number.NaN
