// What becomes of a wording that only one of two has said yes to: after a day nobody can open it, and soon after it is gone.
import { asSystem, type House } from '../db/as-actor.ts'
import { dropExpired } from './unapproved.queries.ts'

/** Done every few minutes. */
export const forgetUnapproved = (house: House): Promise<number> =>
  asSystem(house, 'a wording that was not agreed to in time goes', dropExpired)
