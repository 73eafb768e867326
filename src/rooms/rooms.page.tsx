// The doors of the rooms: whose each is, and who can come in.
import { Hono } from 'hono'
import type { Visited } from '../access/visit.ts'
import { seeCommunities } from '../communities/community.deeds.ts'
import { threeRoomsPage } from './three-rooms.page.tsx'

export function roomPages(): Hono<Visited> {
  return new Hono<Visited>().get('/rooms', async (c) => {
    const visit = c.get('visit')
    return c.html(threeRoomsPage(visit, await seeCommunities(visit.actor)))
  })
}
