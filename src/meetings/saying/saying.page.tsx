// The phone's page of a meeting that is planned or under way, until its exit card opens.
import { Hono } from 'hono'
import type { Visited } from '../../access/visit.ts'
import { notKept } from '../../door.ts'
import { refuse } from '../../refusal.ts'
import { otherPhasePage } from '../exit-card.page.tsx'
import type { Hall } from '../hall.ts'
import { readCode } from '../meeting-code.ts'

export function sayingPages(hall: Hall): Hono<Visited> {
  return new Hono<Visited>().get('/m/:code', async (c) => {
    const { lang } = c.get('visit')
    const meeting = (await hall.find(readCode(c.req.param('code')) ?? refuse('code.unknown'))) ?? refuse('code.unknown')
    return c.html(otherPhasePage(meeting, lang), 200, notKept)
  })
}
