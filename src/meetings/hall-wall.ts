// The wall's pages: large letters, a few at a time, and what is unbearable never without a hope or a strength beside it.
import type { Evening, Said, Wall } from './evening.ts'

/** How large the letters can be. */
export type Size = 'short' | 'middle' | 'long'

export interface OnWall {
  said: Said
  size: Size
}

/** One screenful: what weighs at the left, what carries at the right. */
export interface WallPage {
  hard: OnWall[]
  good: OnWall[]
}

export const sizeOf = (text: string): Size => {
  const length = [...text].length
  return length <= 70 ? 'short' : length <= 150 ? 'middle' : 'long'
}

/** How much of a column something takes. */
const room: Record<Size, number> = { short: 1, middle: 1.45, long: 1.75 }
const column = 3.7

/** More pages than this nobody waits for. */
export const mostTurned = 8

/**
 * As they came: the page that is being filled is the last, and nothing that stands there is moved. Or by how many know it, in steps of
 * twice as many, so that one more recognition does not throw the wall about.
 */
export type WallOrder = 'came' | 'known'

function columnsOf(all: readonly Said[]): OnWall[][] {
  const columns: OnWall[][] = []
  let left = 0
  for (const said of all) {
    const size = sizeOf(said.first.text)
    if (room[size] > left) {
      columns.push([])
      left = column
    }
    columns.at(-1)?.push({ said, size })
    left -= room[size]
  }
  return columns
}

const inOrder = (all: readonly Said[], order: WallOrder): Said[] =>
  [...all].sort((a, b) => {
    const byKnown = order === 'known' ? stepOf(b) - stepOf(a) : 0
    return byKnown || a.first.ordinal - b.first.ordinal
  })

const stepOf = ({ times, recognised }: Said): number => Math.floor(Math.log2(Math.max(1, times + recognised)))

const isHard = ({ first }: Said) => first.kind === 'unbearable' || first.kind === 'change'

/**
 * All pages of what may stand on the wall. Where there is less that carries than what weighs, it comes again: no page has something
 * unbearable alone.
 */
export function wallPages(wall: Wall, order: WallOrder): WallPage[] {
  if (wall.kind === 'too-few') return []
  const all = inOrder(wall.said, order)
  const hard = columnsOf(all.filter(isHard))
  const good = columnsOf(all.filter((said) => !isHard(said)))
  const count = Math.max(hard.length, good.length)
  return Array.from({ length: count }, (_, at) => ({
    hard: hard[at] ?? [],
    good: good[at] ?? (hard[at] && good.length > 0 ? (good[at % good.length] ?? []) : []),
  }))
}

/** What the screen shows now. `follow` is what belongs to the stage. */
export type Showing = 'code' | 'words' | 'themes' | 'dots' | 'talk' | 'promises' | 'rest'

type Follows = Pick<Evening, 'stage' | 'screen' | 'dotPhones' | 'themes'>

export function showingOf({ stage, screen, dotPhones, themes }: Follows): Showing {
  if (screen.show !== 'follow') return screen.show
  switch (stage) {
    case 'welcome':
      return 'code'
    case 'say':
    case 'recognise':
      return 'words'
    case 'choose':
      return 'themes'
    case 'promise':
      return 'promises'
    case 'rest': {
      const chosen = dotPhones > 0 || themes.some((theme) => theme.paperDots > 0 || (theme.phoneDots ?? 0) > 0)
      return chosen ? 'dots' : 'rest'
    }
  }
}
