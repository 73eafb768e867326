// What a worker can be asked to do. Plain functions of what all jobs share and of one job.
import { stepsAround } from './closeness-steps.ts'
import { clustering } from './clustering.ts'
import { componentsOf } from './components.ts'
import { coresOf } from './cores.ts'
import { cutsOf } from './cuts.ts'
import { passingOf } from './dependencies.ts'
import { layout } from './layout.ts'
import { leiden } from './leiden.ts'
import { pagerank } from './pagerank.ts'

/** Measures that one worker takes as a whole: functions of a network and, perhaps, of how. */
export const wholes = { clustering, componentsOf, coresOf, cutsOf, layout, leiden, pagerank }

/** Measures that are cut into jobs. */
const parts = { passingOf, stepsAround }

export const tasks = { ...wholes, ...parts }

export type Whole = keyof typeof wholes
export type Tasks = typeof tasks
export type TaskName = keyof Tasks
export type Common<Name extends TaskName> = Parameters<Tasks[Name]>[0]
export type Job<Name extends TaskName> = Parameters<Tasks[Name]>[1]
export type Result<Name extends TaskName> = ReturnType<Tasks[Name]>
