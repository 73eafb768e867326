// For pages before an important deed: leads to the page where one shows anew who one is, and back.
import type { Context } from 'hono'
import type { Visited } from './visit.ts'
import { ownWay } from './way.ts'

/**
 * Answers a redirect to `/prove`, which leads back to `next` when they have shown who they are. For a page that is only looked at:
 * `if (!hasProved(person)) return proveFirst(c, c.req.path)`. What was posted and refused with `proof.needed` is kept by the site itself.
 */
export const proveFirst = (c: Context<Visited>, next: string): Response =>
  c.redirect(`/prove?next=${encodeURIComponent(ownWay(next))}`, 303)
