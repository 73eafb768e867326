// Tries that failed: counted by the day for whose door it was, and told to them by letter at most once a day.
import { asSystem, type House } from '../db/as-actor.ts'
import { writeLetter } from '../post/post.ts'
import { countFailure, tellOnce } from './card.queries.ts'
import { accountsBy, addressOf } from './mail.queries.ts'
import { warningLetter } from './way-letters.ts'

/** So many in a day are no slip of the finger: then a letter goes to the owner. */
export const triesToTell = 5

type Door = { address: string; via: 'mail' } | { account: string; via: 'card' }

/** Somebody tried this door and failed. */
export const tellOwners = (house: House, door: Door): Promise<void> =>
  asSystem(house, 'count a try that failed, and tell the owner', async (tx) => {
    const day = house.clock.now().toISOString().slice(0, 10)
    const owners = 'account' in door ? [door.account] : (await accountsBy(tx, door.address)).map(({ id }) => id)
    let written = false
    for (const owner of owners) {
      if ((await countFailure(tx, owner, door.via, day)) < triesToTell || !(await tellOnce(tx, owner, day))) continue
      const to = await addressOf(tx, owner)
      // Those who share a mailbox get one letter.
      if (to && house.mail && !written) await writeLetter(tx, { kind: 'warning', to, ...warningLetter() })
      written = true
    }
  })
