// What a large place has reckoned apart, in pieces that two processors share: plain functions of numbers.
import { picture } from './drawing.ts'
import { outlineOf } from './outline.ts'
import { holdsOf, waysOf } from './reckoning.ts'

export const tasks = { waysOf, holdsOf, picture, outlineOf }

export type TaskName = keyof typeof tasks
export type Given<Name extends TaskName> = Parameters<(typeof tasks)[Name]>[0]
export type Found<Name extends TaskName> = ReturnType<(typeof tasks)[Name]>
