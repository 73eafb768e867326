// The roof: mounts every room's pages, and has the pages for "not found" and for a refusal.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { serveStatic } from '@hono/node-server/serve-static'
import { type Context, Hono } from 'hono'
import { compress } from 'hono/compress'
import { againPage } from './access/again.page.tsx'
import { passkeyPages } from './access/passkey.page.tsx'
import type { StaffWay } from './access/passkey.ts'
import { secondFactorPages, staffGate } from './access/second-factor.page.tsx'
import { watchDigits } from './access/second-factor.ts'
import { signInPages } from './access/sign-in.page.tsx'
import { asksOutside, fromElsewhere, staffPages } from './access/staff/staff.page.tsx'
import { noStaffDoor, type StaffDoor } from './access/staff/staff-door.ts'
import { asVisit, langCookie, langOf, type Visited, type Whereabouts } from './access/visit.ts'
import { ownWay, withWay } from './access/way.ts'
import { apiPages } from './api/api.page.tsx'
import { auditPages } from './audit/audit.page.tsx'
import { restorePages } from './backup/welcome-restore.page.tsx'
import type { WelcomeRestore } from './backup/welcome-restore.ts'
import { bookPages } from './book/book.page.tsx'
import { bundlePages } from './bundle/bundle.page.tsx'
import { newHomeOf } from './bundle/let-go.deeds.ts'
import { movedPage } from './bundle/moved.page.tsx'
import { communityPages } from './communities/communities.page.tsx'
import { nothingSaid, type PrivacyConfig } from './config-privacy.ts'
import { conversationPages } from './conversations/talks.page.tsx'
import { dataMapPages } from './data-map/data-map.page.tsx'
import type { House } from './db/as-actor.ts'
import { deskPages } from './desks/desks.page.tsx'
import { cookieOf, cookieText, isForeign, protectingHeaders, strictTransport } from './door.ts'
import { type HealthWatch, watchHealth } from './health/health.ts'
import { isLang } from './i18n/catalogue.ts'
import { accessRequestPages } from './incidents/access-request.page.tsx'
import { incidentPages } from './incidents/incident.page.tsx'
import type { LaterWork } from './jobs/jobs.ts'
import { coachingPages } from './leadership/coaching/coaching.page.tsx'
import { pathPages } from './leadership/path/path.page.tsx'
import { trainingPages } from './leadership/training/training.page.tsx'
import { letterPages } from './letters/letters.page.tsx'
import { comingPages } from './meetings/coming/coming.page.tsx'
import { commitmentPages } from './meetings/commitments/commitments.page.tsx'
import { deviceCookie, type Guessing } from './meetings/guessing.ts'
import type { Hall } from './meetings/hall.ts'
import { hallScreenPages } from './meetings/hall-screen.page.tsx'
import { hostingPages } from './meetings/hosting/hosting.page.tsx'
import { keepingPages } from './meetings/keeping/keeping.page.tsx'
import { leadingPages } from './meetings/leading/leading.page.tsx'
import { paperPages } from './meetings/paper/paper.page.tsx'
import { csvText } from './meetings/record/csv.ts'
import { recordPages } from './meetings/record/record.page.tsx'
import { sayingPages } from './meetings/saying/saying.page.tsx'
import { voicePages } from './meetings/voice/voice.page.tsx'
import { longFiles, minePages } from './mine/mine.page.tsx'
import { mobilisationPages } from './mobilisation/mobilisation.page.tsx'
import { movingInPages } from './moving-in/moving-in.page.tsx'
import { numbersPages } from './numbers/numbers.page.tsx'
import { peoplePages } from './people/people.page.tsx'
import { Refusal, type RefusalCode, refusals, refuse } from './refusal.ts'
import { retentionPages } from './retention/retention.page.tsx'
import { roomPages } from './rooms/rooms.page.tsx'
import type { Installation } from './running/running.deeds.ts'
import { runningPages } from './running/running.page.tsx'
import { notReady, setUpPages } from './set-up/set-up.page.tsx'
import { openSetUp, type SetUpDoor } from './set-up/set-up.ts'
import { tiePages } from './ties/ties.page.tsx'
import { refusalPage } from './ui/refusal.tsx'
import { longPages, withdrawalPages } from './withdrawal/withdrawal.page.tsx'

export interface SiteParts {
  house: House
  hall: Hall
  later: LaterWork
  guessing: Guessing
  where: Whereabouts
  /** How the municipality's own people sign in; left out, they have no way of their own. */
  staff?: StaffDoor
  development: boolean
  /** What the program knows of itself, for the operator's page; left out, there is none. */
  installation?: Installation | undefined
  /** The door of an installation that nobody has set up; left out, it is set up. */
  setUp?: SetUpDoor | undefined
  /** Bringing a backup back, as long as nobody has set it up. */
  restore?: { by: WelcomeRestore; folder: string } | undefined
  /** Whether it may be sent people; left out, as long as its database answers. */
  health?: HealthWatch | undefined
  /** Where somebody writes who has found a hole; left out, there is no security.txt. */
  securityContact?: string | null | undefined
  /** Whom people ask about their data, and who runs the server; left out, nobody has said. */
  privacy?: PrivacyConfig | undefined
  /** The built files: `dist/`. */
  built: string
  /** How those of the municipality come in. Left out, as in tests of other rooms: as in the demo, by their link alone. */
  staffWay?: (() => StaffWay) | undefined
}

const year = 'public, max-age=31536000, immutable'

export function makeSite(parts: SiteParts): Hono<Visited> {
  const { house, hall, later, guessing, where, built } = parts
  const { origin } = where
  const staffWay = parts.staffWay ?? ((): StaffWay => 'demo')
  const digits = watchDigits()
  const app = new Hono<Visited>()

  app.use('/a/*', async (c, next) => {
    for (const [name, value] of Object.entries(protectingHeaders)) c.header(name, value)
    await next()
    if (c.res.status === 200) c.header('cache-control', year)
  })
  app.use(
    '/a/*',
    serveStatic({ root: `${built}/assets`, rewriteRequestPath: (path) => path.slice(2), precompressed: true }),
  )

  app.use(compress())
  app.use(async (c, next) => {
    for (const [name, value] of Object.entries(protectingHeaders)) c.header(name, value)
    if (origin?.startsWith('https:'))
      c.header('strict-transport-security', strictTransport['strict-transport-security'])
    const head = { get: (name: string) => c.req.header(name) }
    const url = new URL(c.req.url)
    const isPost = c.req.method !== 'GET' && c.req.method !== 'HEAD'
    if (isPost && !fromElsewhere.includes(url.pathname) && isForeign(head, origin))
      return refused(c, 'foreign-post', langOf(url.searchParams.get('lang'), c.req.header('cookie')))
    const chosen = url.searchParams.get('lang')
    if (isLang(chosen))
      c.header(
        'set-cookie',
        cookieText({
          name: langCookie,
          value: chosen,
          path: '/',
          seconds: 31_536_000,
          secure: origin?.startsWith('https:') ?? false,
        }),
        { append: true },
      )
    await next()
  })
  app.use(asVisit(house, where, [...asksOutside, ...longFiles, ...longPages]))
  const setUpDoor = parts.setUp ?? openSetUp(false)
  app.use(notReady(setUpDoor))
  app.use(staffGate(staffWay))
  // An invitation that is gone has a page of its own, and no refusal.
  app.use('/:kind{i|k|v}/*', async (c, next) => {
    await next()
    const moved = c.res.status === 404 && (await leadOn(c, house))
    if (moved) c.res = moved
  })

  const inHealth = watchHealth(() => house.db.selectNoFrom((eb) => eb.lit(1).as('one')).execute())
  let worker: string | null = null
  app.get('/sw.js', (c) => {
    worker ??= readFileSync(`${built}/sw.js`, 'utf8')
    c.header('content-type', 'text/javascript; charset=utf-8')
    c.header('cache-control', 'no-cache')
    return c.body(worker)
  })
  // One word for whoever watches: it lives; and it may be sent people. Nothing of anybody.
  app.get('/health', (c) => c.text('ok', 200, { 'cache-control': 'no-store' }))
  app.get('/health/ready', async (c) => {
    const health = await (parts.health ?? inHealth).look()
    return c.text(health, health === 'ready' ? 200 : 503, { 'cache-control': 'no-store' })
  })

  app.get('/.well-known/security.txt', (c) => {
    const { securityContact } = parts
    if (!securityContact) return refuse('not-found')
    c.header('content-type', 'text/plain; charset=utf-8')
    return c.body(securityText(securityContact, c.get('visit').origin, house.clock.now()))
  })

  if (parts.restore) app.route('/', restorePages(setUpDoor, parts.restore.by, parts.restore.folder))
  app.route('/', setUpPages(setUpDoor))
  app.route('/', signInPages())
  app.route('/', passkeyPages(digits, staffWay))
  app.route('/', secondFactorPages(digits, staffWay))
  app.route('/', staffPages(parts.staff ?? noStaffDoor))
  // Before hosting: while the evening is on, the host's desk is the page of the one who leads.
  app.route('/', leadingPages(hall, later))
  app.route('/', hostingPages(hall, later))
  app.route('/', keepingPages(hall))
  app.route('/', comingPages(hall, guessing))
  app.route('/', sayingPages(hall))
  app.route('/', voicePages(hall))
  app.route('/', paperPages(hall))
  app.route('/', commitmentPages(hall))
  app.route('/', hallScreenPages(hall))
  app.route('/', recordPages(hall, later))
  app.route('/', tiePages())
  app.route('/', pathPages())
  app.route('/', coachingPages())
  app.route('/', conversationPages())
  app.route('/', numbersPages())
  app.route('/', bookPages())
  app.route('/', movingInPages(later))
  app.route('/', bundlePages(parts.installation ? join(parts.installation.dataFolder, 'moves') : null))
  app.route('/', dataMapPages(parts.privacy ?? nothingSaid))
  app.route('/', minePages())
  app.route('/', letterPages())
  app.route('/', peoplePages())
  app.route('/', apiPages(hall))
  app.route('/', auditPages(csvText))
  app.route('/', retentionPages())
  app.route('/', accessRequestPages())
  if (parts.installation) app.route('/', runningPages(parts.installation))
  app.route('/', incidentPages())
  app.route('/', communityPages())
  app.route('/', roomPages(later))
  app.route('/', mobilisationPages(house, guessing))
  app.route('/', trainingPages())
  app.route('/', withdrawalPages())
  app.route('/', deskPages(guessing, parts.installation))
  if (parts.development)
    app.get('/ui', async (c) => {
      const { Gallery, shows } = await import('./ui/gallery.page.tsx')
      const { renderPage } = await import('./ui/page.tsx')
      return c.html(
        renderPage(<Gallery lang={c.get('visit').lang} show={shows.find((one) => one === c.req.query('show'))} />),
      )
    })

  app.notFound((c) => refused(c, 'not-found'))
  app.onError(async (error, c) => {
    if (error instanceof Refusal) {
      const { code } = error
      const moved = movedSays.includes(code) && (await leadOn(c, house))
      if (moved) return moved
      if (code === 'sign-in.needed' || code === 'proof.needed') return firstSayWho(c, code)
      return refused(c, isGuess(code) ? await slowed(c, parts, code) : code)
    }
    house.log.fail('request.failed', error, { route: c.req.routePath })
    return refused(c, 'busy')
  })
  return app
}

/** As RFC 9116 has it. It is looked at anew twice a year: so it says itself. */
const securityText = (contact: string, origin: string, now: Date): string =>
  [
    `Contact: ${contact}`,
    `Expires: ${new Date(now.getTime() + 182 * 86_400_000).toISOString().slice(0, 10)}T00:00:00Z`,
    'Preferred-Languages: da, en',
    `Canonical: ${origin}/.well-known/security.txt`,
    `Policy: ${origin}/promise`,
    '',
  ].join('\n')

/** What was typed waits in the page; who only looked is led on, and back. */
async function firstSayWho(c: Context<Visited>, code: 'sign-in.needed' | 'proof.needed'): Promise<Response> {
  c.header('cache-control', 'no-store')
  const again = await againPage(c, code)
  if (again) return c.html(again, refusals[code])
  const { pathname, search } = new URL(c.req.url)
  const reads = c.req.method === 'GET' || c.req.method === 'HEAD'
  return refused(c, code, undefined, reads ? `${pathname}${search}` : '/')
}

const isGuess = (code: RefusalCode) => code === 'code.unknown' || code === 'voice.unknown' || code === 'talk.nothing'

/** What a door says when nothing is there: perhaps it has moved. Nobody is asked to sign in to a place that has gone. */
const movedSays: readonly RefusalCode[] = ['not-found', 'code.unknown', 'commitment.unknown', 'sign-in.needed']

/** The page that says where a place has moved; null when nothing at this path has. */
async function leadOn(c: Context<Visited>, house: House): Promise<Response | null> {
  const home = await newHomeOf(house, new URL(c.req.url).pathname).catch(() => null)
  return home && c.html(movedPage(c.get('visit')?.lang ?? 'da', home), 410, { 'cache-control': 'no-store' })
}

/** Where it goes on, when the front page is not the place. */
const wayOn: Partial<Record<RefusalCode, (back: string) => string>> = {
  'sign-in.needed': (back) => withWay('/in', back),
  'sign-in.used': () => '/in',
  'proof.needed': (back) => withWay('/prove', back),
  'card.wait': () => '/card',
}

/** Whoever guesses codes on any page is slowed as in the hall. */
async function slowed(c: Context<Visited>, { guessing, where }: SiteParts, guess: RefusalCode): Promise<RefusalCode> {
  try {
    const { device } = await guessing.wrong(cookieOf(c.req.header('cookie'), deviceCookie))
    const secure = where.origin?.startsWith('https:') ?? false
    if (device)
      c.header('set-cookie', cookieText({ name: deviceCookie, value: device, path: '/', seconds: 3600, secure }), {
        append: true,
      })
    return guess
  } catch (error) {
    return error instanceof Refusal ? error.code : 'busy'
  }
}

function refused(
  c: Context<Visited>,
  code: RefusalCode,
  lang = c.get('visit')?.lang ?? langOf(null, c.req.header('cookie')),
  back = '/',
) {
  c.header('cache-control', 'no-store')
  const on = wayOn[code]?.(ownWay(back))
  return c.html(refusalPage(lang, code, on === undefined ? undefined : { href: on }), refusals[code])
}
