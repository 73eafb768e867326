// What is done about coming: somebody says "Jeg kommer" and takes it back, a neighbour invites, a host keeps the list.
import { RateLimiterMemory } from 'rate-limiter-flexible'
import { sayDay, sayDayAndTime } from '../../communities/times.ts'
import { type Actor, asActor, asSystem, guestIn, type House, type Tx } from '../../db/as-actor.ts'
import type { Lang } from '../../i18n/catalogue.ts'
import { readAddress } from '../../post/letter.ts'
import { writeLetter } from '../../post/post.ts'
import { refuse } from '../../refusal.ts'
import { minutesOf } from '../evening.ts'
import { meetingToHost } from '../exit-card.deeds.ts'
import type { Hall, MeetingInHall } from '../hall.ts'
import type { MeetingHere } from '../meetings.queries.ts'
import { words as meetingWords } from '../words.ts'
import { calendarOf } from './calendar.ts'
import * as ask from './coming.queries.ts'
import {
  type ComingSaid,
  cardSecrets,
  comingSecret,
  hashOf,
  type Invited,
  invitationSecret,
  isSecret,
  writtenId,
} from './coming.ts'
import type { TakenBack } from './taken-back.ts'
import { words } from './words.ts'

/** Only against a program that would write for ever. */
const mostComing = 2000
const mostInvitations = 5000
const mostWishes = 5000

/** One can say so until the evening begins; then one is there. */
export const mayStillSay = (meeting: Pick<MeetingInHall, 'life' | 'stage'>): boolean =>
  meeting.life.phase === 'planned' && meeting.stage === null

export type ComingDone = { secret: string } | { fault: 'many' | 'full' }

/** "Jeg kommer": a name. Answers the secret of the link that shows it and takes it back. Said twice (same key and name), it is said once. */
export async function sayComing(
  hall: Hall,
  meeting: MeetingInHall,
  { invitation, ...said }: ComingSaid & { invitation?: Invited | undefined },
): Promise<ComingDone> {
  const { house } = hall
  if (!mayStillSay(meeting)) refuse('meeting.not-planned')
  return asSystem(house, 'a guest says that they come', async (tx) => {
    const invited = invitation ? await ask.findInvitation(tx, hashOf(invitation.secret)) : null
    const here = {
      meeting: meeting.id,
      name: said.name,
      invitation: invited?.meeting === meeting.id ? invited.id : null,
    }
    if (invitation?.card && here.invitation)
      return sayByCard(tx, house, invitation, { ...here, invitation: here.invitation })
    const secret = comingSecret(house, meeting.id, said)
    const secretHash = hashOf(secret)
    if (await ask.findComing(tx, secretHash)) return { secret }
    if ((await ask.countComing(tx, meeting.id)) >= mostComing) return { fault: 'many' as const }
    await ask.addComing(tx, { ...here, secretHash })
    return { secret }
  })
}

/** The first free place of a paper card. The same name on the same card is the same person. */
async function sayByCard(
  tx: Tx,
  house: House,
  invitation: Invited,
  here: { meeting: string; name: string; invitation: string },
): Promise<ComingDone> {
  if ((await ask.countComing(tx, here.meeting)) >= mostComing) return { fault: 'many' }
  for (const secret of cardSecrets(house, invitation)) {
    const secretHash = hashOf(secret)
    const there = await ask.findComing(tx, secretHash)
    if (there?.name === here.name || (!there && (await ask.addComing(tx, { ...here, secretHash })))) return { secret }
    // Somebody else was quicker: perhaps the same press, twice.
    if (!there && (await ask.findComing(tx, secretHash))?.name === here.name) return { secret }
  }
  return { fault: 'full' }
}

export interface Mine {
  name: string
  meeting: MeetingInHall
}

/** Whose link this is. Null for one that nobody was given, and for one that was taken back. */
export async function findMine(hall: Hall, secret: string): Promise<Mine | null> {
  if (!isSecret(secret)) return null
  const comes = await asSystem(hall.house, 'find who comes by their own link', (tx) =>
    ask.findComing(tx, hashOf(secret)),
  )
  const meeting = comes && (await hall.find(comes.code))
  return meeting ? { name: comes.name, meeting } : null
}

/** Those of these links that still stand, in the order they were given. */
export async function stillComing(
  house: House,
  secrets: readonly string[],
): Promise<{ secret: string; name: string }[]> {
  const asked = secrets.filter(isSecret)
  const found = await asSystem(house, 'find who has said yes on this device or card', (tx) =>
    ask.findAllComing(tx, asked.map(hashOf)),
  )
  return asked.flatMap((secret) => {
    const comes = found.find(({ secretHash }) => secretHash.equals(hashOf(secret)))
    return comes ? { secret, name: comes.name } : []
  })
}

/** Takes it back: the row is gone. Answers what would bring it back, for the one who took it. Null when nothing was there. */
export async function takeBack(house: House, secret: string): Promise<TakenBack | null> {
  if (!isSecret(secret)) return null
  const secretHash = hashOf(secret)
  return asSystem(house, 'somebody takes back that they come', async (tx) => {
    const comes = await ask.findComing(tx, secretHash)
    if (!comes) return null
    await ask.dropComing(tx, secretHash)
    const { id, meeting, name, invitation, person } = comes
    return { id, meeting, name, invitation, person, secretHash: secretHash.toString('base64url') }
  })
}

/** Brings it back as it was. Done twice, it is done once. */
export async function bringBack(house: House, taken: TakenBack): Promise<void> {
  const { secretHash, ...row } = taken
  await asSystem(house, 'somebody comes after all', (tx) =>
    ask.addComing(tx, { ...row, secretHash: secretHash === null ? null : Buffer.from(secretHash, 'base64url') }),
  )
}

// --- "Tag en nabo med"

/** Who else it is that invites, beside the name they say. */
interface Inviter {
  /** A neighbour who is signed in: whoever comes by it was brought by them. */
  account?: string | null
  /** The link of their own yes: by whose invitation they come themselves. */
  comes?: string | undefined
}

/** An invitation that a neighbour hands on. It sends nothing and creates nobody: it remembers who asks. */
export async function invite(
  hall: Hall,
  meeting: MeetingInHall,
  said: ComingSaid,
  { account = null, comes }: Inviter = {},
): Promise<{ secret: string } | null> {
  const secret = invitationSecret(hall.house, meeting.id, said)
  return asSystem(hall.house, 'a neighbour makes an invitation', async (tx) => {
    if ((await ask.countInvitations(tx, meeting.id)) >= mostInvitations) return null
    const own = comes && isSecret(comes) ? await ask.findComing(tx, hashOf(comes)) : null
    await ask.addInvitation(tx, {
      meeting: meeting.id,
      inviter: said.name,
      secretHash: hashOf(secret),
      parent: own?.meeting === meeting.id ? own.invitation : null,
      person: account === null ? null : await ask.selfAt(tx, meeting.id, account),
    })
    return { secret }
  })
}

export interface InvitedHere {
  inviter: string
  meeting: MeetingInHall
}

/** Who asks, and to what. Null for a link that nobody made. */
export async function findInvited(hall: Hall, invited: Invited | null): Promise<InvitedHere | null> {
  if (!invited) return null
  const invitation = await asSystem(hall.house, 'find an invitation by its link', (tx) =>
    ask.findInvitation(tx, hashOf(invited.secret)),
  )
  const meeting = invitation && (await hall.find(invitation.code))
  return meeting ? { inviter: invitation.inviter, meeting } : null
}

// --- The host's list

export async function seeComing(actor: Actor, code: string): Promise<{ meeting: MeetingHere; comes: ask.Comes[] }> {
  const meeting = await meetingToHost(actor, code)
  return { meeting, comes: await asActor(actor, (tx) => ask.whoComes(tx, meeting.id)) }
}

/** Somebody has rung, or said so over the hedge. */
export async function writeDown(actor: Actor, code: string, said: ComingSaid): Promise<void> {
  const meeting = await meetingToHost(actor, code)
  await asActor(actor, (tx) => ask.writeComing(tx, writtenId(actor.house, meeting.id, said), meeting.id, said.name))
}

/** Answers what would bring the name back; null when another host was quicker. */
export async function strike(actor: Actor, code: string, id: string): Promise<TakenBack | null> {
  const meeting = await meetingToHost(actor, code)
  const whole = await asSystem(actor.house, 'keep the way back of what a host strikes out', (tx) =>
    ask.wholeComing(tx, meeting.id, id),
  )
  const struck = await asActor(actor, (tx) => ask.strikeComing(tx, meeting.id, id))
  if (!whole || !struck) return null
  return { ...whole, meeting: meeting.id, secretHash: whole.secretHash?.toString('base64url') ?? null }
}

/** Brings back what this host struck out of this list. */
export async function unstrike(actor: Actor, code: string, taken: TakenBack): Promise<void> {
  const meeting = await meetingToHost(actor, code)
  if (taken.meeting !== meeting.id) refuse('not-yours')
  await bringBack(actor.house, taken)
}

// --- Calendars

/** A feed holds what is to come, and what was not long ago. */
const feedDays = 92
const dayMs = 86_400_000

/** The calendar file of one meeting, which leads to its page. */
export async function calendarFile(house: House, meeting: string, lang: Lang, origin: string): Promise<string> {
  const row = await asActor(guestIn(house), (tx) => ask.meetingForCalendar(tx, meeting))
  const { minutes, code, ...said } = row ?? refuse('code.unknown')
  return calendarOf({
    lang,
    now: house.clock.now(),
    meetings: [{ ...said, minutes: minutesOf(minutes === null ? [] : [{ minutes }]), url: `${origin}/m/${code}` }],
  })
}

/** The feed of a community. It is public, and so it leads to the community's page: the code is in the hall, with those who are there. */
export async function calendarFeed(
  house: House,
  community: { slug: string; name: string },
  lang: Lang,
  origin: string,
) {
  const now = house.clock.now()
  const rows = await asActor(guestIn(house), (tx) =>
    ask.meetingsForFeed(tx, community.slug, new Date(now.getTime() - feedDays * dayMs)),
  )
  return calendarOf({
    lang,
    now,
    name: words(lang)('calendar.feed', { community: community.name }),
    meetings: rows.map(({ minutes, code: _, ...said }) => ({
      ...said,
      minutes: minutesOf(minutes === null ? [] : [{ minutes }]),
      url: `${origin}/c/${community.slug}`,
    })),
  })
}

// --- By mail: an address is used for one letter

/** So many letters may one link ask for in a day, and one meeting in an hour: nobody's letterbox is filled from here. */
const forLink = new RateLimiterMemory({ points: 3, duration: 86_400 })
const forMeeting = new RateLimiterMemory({ points: 300, duration: 3600 })

const isWithin = (limiter: RateLimiterMemory, key: string) =>
  limiter.consume(key).then(
    () => true,
    () => false,
  )

/** Sends the calendar file and the link to whoever asks for it. The address lies in the letter and nowhere else. */
export async function sendCalendar(
  hall: Hall,
  { meeting }: Mine,
  { secret, address, lang, origin }: { secret: string; address: string; lang: Lang; origin: string },
): Promise<'sent' | 'mailAddress' | 'mailMany'> {
  const { house } = hall
  const to = readAddress(address)
  if (to === null) return 'mailAddress'
  if (!(await isWithin(forLink, hashOf(secret).toString('base64')))) return 'mailMany'
  if (!(await isWithin(forMeeting, meeting.id))) return 'mailMany'
  const calendar = await calendarFile(house, meeting.id, lang, origin)
  await asSystem(house, 'send the calendar file to the one who asks', (tx) =>
    writeLetter(tx, { to, ...calendarLetter(meeting, { secret, lang, origin, now: house.clock.now() }), calendar }),
  )
  return 'sent'
}

/** Everything somebody who comes must be able to do, they can do from here without signing in. */
function calendarLetter(
  meeting: MeetingHere,
  { secret, lang, origin, now }: { secret: string; lang: Lang; origin: string; now: Date },
) {
  const say = words(lang)
  const kind = meetingWords(lang)(`kind.${meeting.kind}`)
  const { name: community, timeZone } = meeting.community
  const day = sayDay(meeting.startsAt, timeZone, lang, now)
  const body = [
    say('letter.hello'),
    say('letter.comes'),
    [
      say('letter.what', { kind, community, purpose: meeting.purpose }),
      say('letter.when', { when: sayDayAndTime(meeting.startsAt, timeZone, lang, now) }),
      say('letter.where', { place: meeting.place }),
      say('letter.host', { host: meeting.hostName }),
    ].join('\n'),
    `${say('letter.mine')}\n${origin}/k/${secret}?lang=${lang}`,
    `${say('letter.meeting')}\n${origin}/m/${meeting.code}?lang=${lang}`,
    say('letter.once'),
  ]
  return { subject: say('letter.subject', { kind, community, day }), body: `${body.join('\n\n')}\n` }
}

/** Keeps an address until the result is sent to it, the next morning. Answers whether it is one address. */
export async function wishForResult(hall: Hall, meeting: MeetingHere, address: string, lang: Lang): Promise<boolean> {
  const to = readAddress(address)
  if (to === null) return false
  await asSystem(hall.house, 'somebody asks for the result by mail', async (tx) => {
    if ((await ask.countWishes(tx, meeting.id)) >= mostWishes) refuse('busy')
    await ask.addWish(tx, meeting.id, to, lang)
  })
  return true
}
