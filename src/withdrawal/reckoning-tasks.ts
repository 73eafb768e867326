// What a large place has reckoned apart, in pieces that two processors share: plain functions of numbers.
import { picture } from './drawing.ts'
import { outlineOf } from './outline.ts'
import { holdsOf, waysOf } from './reckoning.ts'

export const tasks = { waysOf, holdsOf, picture, outlineOf, warmUp }

/**
 * What has run once runs faster: on a made-up ring of a thousand, some 70 ms, the same work is done before it is asked for. Answers nothing.
 * `draws`: the picture, or what is reckoned.
 */
function warmUp({ draws }: { draws: boolean }): null {
  const people = 1000
  const staff = [0, 1, 2]
  const pairs = Array.from({ length: people }, (_, at) => [1, 3, 7, 411].map((far) => [at, (at + far) % people]))
  const ends = Int32Array.from(pairs.flat(2))
  const hidden = new Uint8Array(ends.length / 2)
  if (draws) picture({ people, ends, hidden, staff, me: 5 })
  else {
    waysOf({ people, ends, staff })
    holdsOf({ people, ends, staff, away: staff, me: 5 })
  }
  return null
}

export type TaskName = keyof typeof tasks
export type Given<Name extends TaskName> = Parameters<(typeof tasks)[Name]>[0]
export type Found<Name extends TaskName> = ReturnType<(typeof tasks)[Name]>
