// What is done when an installation is set up: the municipality is there, its first operator is there, and is in.
import { v7 as uuid } from 'uuid'
import { addSession } from '../access/session.deeds.ts'
import { noteAudit } from '../audit/audit.deeds.ts'
import { foundIn } from '../communities/community.deeds.ts'
import { asSystem, type House } from '../db/as-actor.ts'
import { refuse } from '../refusal.ts'
import * as ask from './set-up.queries.ts'
import type { SetUp } from './set-up.ts'

export const isSetUp = (house: House): Promise<boolean> => asSystem(house, 'is it set up?', ask.isSetUp)

/** Sets it up. Answers the token of the operator's session; they add a passkey and six digits before anything else. */
export const setUp = (house: House, said: SetUp, device: string): Promise<string> =>
  asSystem(house, 'set the installation up', async (tx) => {
    if (!(await ask.addMunicipality(tx, said))) return refuse('not-found')
    const account = uuid()
    await ask.addOperator(tx, account, said.operator)
    if (said.first) await foundIn(tx, said.first, house.clock.now())
    await noteAudit(tx, 'set-up.done')
    return addSession(tx, house, { account, via: 'terminal', device })
  })
