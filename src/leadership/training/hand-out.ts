// A hand-out: one sheet of paper from which a neighbour leads an evening with no screen. What stands on it, and the clock of its course.

export interface Exercise {
  title: string
  /** What those who are there do. */
  how: string
  /** What the one who leads says, word for word. */
  say: readonly string[]
}

export interface HandOut {
  title: string
  /** What it is for: one sentence. */
  purpose: string
  needs: readonly string[]
  /** The evening in its order; minutes in whole fives. */
  course: readonly { minutes: number; what: string }[]
  /** Three. */
  exercises: readonly Exercise[]
  /** Where one writes oneself. */
  box: { title: string; lines: readonly string[] }
  home: readonly string[]
  helps: string
}

export const shortest = 120
export const longest = 180

const clock = (minutes: number): string => `${Math.floor(minutes / 60)}.${String(minutes % 60).padStart(2, '0')}`

/** The course on the clock, of an evening that begins at seven: "19.00", "19.10". */
export function onTheClock(course: HandOut['course']): { at: string; minutes: number; what: string }[] {
  let from = 19 * 60
  return course.map(({ minutes, what }) => {
    const at = clock(from)
    from += minutes
    return { at, minutes, what }
  })
}

export const lengthOf = ({ course }: Pick<HandOut, 'course'>): number =>
  course.reduce((sum, { minutes }) => sum + minutes, 0)
