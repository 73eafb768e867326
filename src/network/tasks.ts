// What a worker can be asked to do. Plain functions of what all jobs share and of one job.
import { stepsAround } from './closeness-steps.ts'
import { passingOf } from './dependencies.ts'

export const tasks = { passingOf, stepsAround }

export type Tasks = typeof tasks
export type TaskName = keyof Tasks
export type Common<Name extends TaskName> = Parameters<Tasks[Name]>[0]
export type Job<Name extends TaskName> = Parameters<Tasks[Name]>[1]
export type Result<Name extends TaskName> = ReturnType<Tasks[Name]>
