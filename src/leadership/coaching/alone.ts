// The ildsjæl who stands alone: whoever carries much, with too few beside them. Reckoned for the person, and told to nobody they have not chosen.

/** How somebody stands in a place. Whole numbers, none below nought. */
export interface Load {
  /** Standing tasks that they carry, and how many of these somebody else carries with them. */
  tasks: number
  shared: number
  /** Different neighbours who share a task with them. */
  sharers: number
  /** Promises that they kept in six months, and all that were kept in the place. */
  kept: number
  keptHere: number
  /** New people whom they brought in six months. */
  brought: number
}

/** Method 2.5, word for word: three tasks or 40 % of what was kept; and fewer than two who share, or at most one new one brought. */
export const bounds = { tasks: 3, keptShare: 0.4, sharers: 2, brought: 2 } as const
/** Of fewer kept promises than these no share is told or reckoned: two of three would be a "67 %". */
export const fewestKept = 5

export const carriesMany = ({ tasks }: Load): boolean => tasks >= bounds.tasks
export const keepsMost = ({ kept, keptHere }: Load): boolean =>
  keptHere >= fewestKept && kept >= bounds.keptShare * keptHere
export const fewShare = ({ sharers }: Load): boolean => sharers < bounds.sharers
export const bringsFew = ({ brought }: Load): boolean => brought < bounds.brought

/** O(1). Never of nobody: whoever carries nothing and has kept nothing does not stand alone with it. */
export const standsAlone = (load: Load): boolean =>
  (carriesMany(load) || keepsMost(load)) && (fewShare(load) || bringsFew(load))
