// Starts the house: settings, database, migrations, later work, the hall and the site. The only file that knows them all.
import { mkdirSync, readFileSync } from 'node:fs'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { getRequestListener } from '@hono/node-server'
import about from '../package.json' with { type: 'json' }
import { allAnswered } from './access/after-answer.ts'
import { sweepDoors } from './access/session.deeds.ts'
import { makeLink } from './access/sign-in.deeds.ts'
import { openStaffDoor } from './access/staff/staff-door.ts'
import { forgetOldKeys } from './api/api-key.deeds.ts'
import { tellAll } from './api/webhook.deeds.ts'
import { finishAside } from './backup/aside.deeds.ts'
import { backupState } from './backup/backup-state.ts'
import { startNightly } from './backup/nightly.ts'
import { recipientOf } from './backup/recipient.ts'
import {
  condemn,
  goBack,
  isPending,
  lookAfterUpgrade,
  lookAtPages,
  NotStanding,
  noteStart,
  prepareUpgrade,
  settleUpgrade,
  UpgradeWentBack,
} from './backup/upgrade.deeds.ts'
import { restoringSite } from './backup/welcome-restore.page.tsx'
import { welcomeRestore } from './backup/welcome-restore.ts'
import { forgetOldTries } from './book/book.deeds.ts'
import { wallClock } from './clock.ts'
import { runCommand } from './commands/commands.ts'
import { type Config, ConfigProblem, readConfig } from './config.ts'
import { forgetRested } from './conversations/talk-letters.deeds.ts'
import { forgetUnapproved } from './conversations/unapproved.deeds.ts'
import type { House } from './db/as-actor.ts'
import { connect, DatabaseProblem, ownLogin } from './db/connect.ts'
import { EmbeddedProblem, type EmbeddedServer, startEmbedded } from './db/embedded.ts'
import { migrate } from './db/migrate.ts'
import { loadDemo, noDemo } from './demo/demo.ts'
import { watchHealth } from './health/health.ts'
import { makeMetrics, serveMetrics } from './health/metrics.ts'
import { remind } from './incidents/incident.deeds.ts'
import { type LaterWork, startJobs } from './jobs/jobs.ts'
import { keyCabinet } from './keys/key-cabinet.ts'
import { forgetAskedAlong } from './leadership/coaching/asking.deeds.ts'
import { countMix } from './leadership/path/path.deeds.ts'
import { forgetOldPost, writeWeek } from './letters/letters.deeds.ts'
import { jsonLog } from './log.ts'
import { exitCardJobs, finishClosings } from './meetings/exit-card.deeds.ts'
import { watchGuessing } from './meetings/guessing.ts'
import { openHall } from './meetings/hall.ts'
import { drawMeeting, hallDoor } from './meetings/hall-door.page.ts'
import { drawEvening } from './meetings/leading/draw-evening.ts'
import { eveningJobs } from './meetings/leading/leading.deeds.ts'
import { goLive } from './meetings/live.ts'
import { recordJobs } from './meetings/record/record.deeds.ts'
import { mailAsked } from './moving-in/asked.deeds.ts'
import { forgetUnanswered, movingJobs } from './moving-in/take-in.deeds.ts'
import { numbersJobs, startCounting } from './numbers/numbers.deeds.ts'
import { startPost } from './post/post.ts'
import { runNight } from './retention/retention.deeds.ts'
import { handOverJobs } from './rooms/hand-over.deeds.ts'
import { keepRooms } from './rooms/trust.deeds.ts'
import { becomeAnew } from './set-up/become-anew.ts'
import { isSetUp } from './set-up/set-up.deeds.ts'
import { openSetUp } from './set-up/set-up.ts'
import { makeSite } from './site.tsx'
import { loadAssets } from './ui/assets.ts'
import { networkOrigin, printWelcome } from './welcome.ts'
import { introduce } from './withdrawal/introducing.deeds.ts'
import { measureQuarters } from './withdrawal/measuring.deeds.ts'

/** A stopping program waits so long for the answers under way. */
const longestAnswer = 10_000
/** A new version is up within this time, or goes back. */
const longestTrial = 60_000

const built = fileURLToPath(new URL('.', import.meta.url))

/** What has to be put away when the start fails half-way: a database of ours would go on without us. */
let embeddedServer: EmbeddedServer | null = null
/** What an upgrade that came up wrong goes back with. */
let upgraded: { place: Parameters<typeof goBack>[0]; secret(): Buffer; working: boolean } | null = null
const tooLong = Promise.withResolvers<never>()
tooLong.promise.catch(() => {})

async function start() {
  const began = performance.now()
  const config = readConfig(process.env)
  // A port that is taken is found out before anything is made.
  await listen(createServer(), config).then((probe) => new Promise((closed) => probe.close(closed)))
  const log = jsonLog()
  makeFolder(config.dataFolder)
  const keys = keyCabinet(join(config.dataFolder, 'keys'), config.bookKeys)
  loadAssets(JSON.parse(readFileSync(join(built, 'assets/.vite/manifest.json'), 'utf8')))

  const embedded = config.databaseUrl ? null : await startEmbedded({ folder: config.dataFolder })
  embeddedServer = embedded
  // What a death of the database cut off is finished as soon as it is back; `house` is there by then.
  let whenBack = () => {}
  embedded?.keepAlive((sign) => {
    log.say(sign.what === 'back' ? 'database.revived' : 'database.lost')
    if (sign.what === 'back') whenBack()
  })
  const ownerUrl = config.databaseUrl ?? embedded?.superuserUrl ?? ''
  if (embedded) log.say(embedded.started ? 'database.started' : 'database.taken-over', { version: embedded.version })
  // A backup that was coming back when the program was cut off: what was there before is there again.
  if (await finishAside(ownerUrl)) log.say('restore.undone')
  const place = { ownerUrl, dataFolder: config.dataFolder, backupFolder: config.backupFolder, now: wallClock.now() }
  upgraded = { place, secret: () => keys.houseSecret(), working: false }
  const news: string[] = []
  let upgrades = false
  const ran = await migrate(ownerUrl, undefined, {
    before: async (names) => {
      upgrades = true
      const { ms, wayBack } = await prepareUpgrade({ ...place, recipient: recipientOf(config) }, names)
      log.say(wayBack || ms > 0 ? 'backup.made' : 'upgrade.without-backup', { ms })
    },
    told: (name, story) => void news.push(`  ${story} (${name})`),
  })
  if (ran > 0) log.say('migrated', { count: ran })
  if (upgrades) process.stderr.write(`\nNew in this version:\n${news.join('\n')}\n\n`)
  // Before any work is done in it: an upgrade that came out wrong goes back.
  const pending = isPending(config.dataFolder)
  if (pending) {
    setTimeout(() => tooLong.reject(new NotStanding('it was not up within a minute')), longestTrial).unref()
    noteStart(config.dataFolder)
    await lookAfterUpgrade(place)
  }
  upgraded.working = true
  const url = await ownLogin(ownerUrl, keys.houseSecret())
  const connections = await connect(url)
  const house: House = {
    db: connections.db,
    cards: connections.cards,
    clock: wallClock,
    keys,
    log,
    mail: config.mail !== null,
  }

  const timers: NodeJS.Timeout[] = []
  const every = (work: () => void, ms: number) => void timers.push(setInterval(work, ms).unref())

  await finishClosings(house)
  // One at a time: a database that hangs is not asked again and again.
  let finishing = false
  whenBack = () => {
    if (finishing) return
    finishing = true
    void finishClosings(house)
      .catch((error) => log.fail('work.failed', error))
      .finally(() => {
        finishing = false
      })
  }
  // A counting that was cut off, or a key that outlived it because nobody heard of the commit, does not lie for months.
  // A hall waits for it; and a database of one's own tells nobody when it is back.
  every(whenBack, 10_000)
  every(() => void sweepDoors(house).catch((error) => log.fail('work.failed', error)), 3_600_000)
  const later: { jobs: LaterWork } = { jobs: { order: () => Promise.reject(new Error('the queue has not started')) } }
  const jobs = await startJobs(url, house, [
    ...exitCardJobs(() => later.jobs),
    ...eveningJobs(),
    ...handOverJobs(),
    ...numbersJobs(() => later.jobs),
    ...movingJobs(),
    ...recordJobs(config.origin ?? networkOrigin(config) ?? `http://localhost:${config.port}`),
  ])
  later.jobs = jobs
  // What the night does with keys and rooms may be done at any hour, and twice: so it is never missed.
  const keepAll = () => void keepRooms(house).catch((error) => log.fail('work.failed', error))
  keepAll()
  every(keepAll, 3_600_000)
  const origin = config.origin ?? networkOrigin(config) ?? `http://localhost:${config.port}`
  const keepLetters = async () => {
    const written = await writeWeek(house, origin)
    if (written > 0) log.say('post.week', { count: written })
    await forgetOldPost(house)
  }
  const lookAtLetters = () => void keepLetters().catch((error) => log.fail('work.failed', error))
  lookAtLetters()
  every(lookAtLetters, 900_000)
  const keepNights = async () => {
    const run = await runNight(house, origin)
    if (run) log.say('retention.run', { count: Object.values(run.counts).reduce((sum, n) => sum + n, 0) })
  }
  const lookAtNights = () => void keepNights().catch((error) => log.fail('work.failed', error))
  every(lookAtNights, 600_000)
  // Of the 72 hours of a breach: also right after a start, for the hour that was missed.
  const lookAtClock = () => void remind(house, origin).catch((error) => log.fail('work.failed', error))
  lookAtClock()
  every(lookAtClock, 3_600_000)
  every(() => void forgetOldTries(house).catch((error) => log.fail('work.failed', error)), 3_600_000)
  every(() => void forgetOldKeys(house).catch((error) => log.fail('work.failed', error)), 3_600_000)
  // One round at a time: an address that is slow to answer is waited for, and the others after it.
  let telling = false
  const tellOthers = async () => {
    if (telling) return
    telling = true
    const { failed } = await tellAll(house, origin).finally(() => {
      telling = false
    })
    if (failed > 0) log.say('webhook.failed', { count: failed })
  }
  every(() => void tellOthers().catch((error) => log.fail('work.failed', error)), 5_000)
  const whoAreAsked = async () => {
    await forgetUnanswered(house)
    await forgetUnapproved(house)
    await forgetAskedAlong(house)
    await forgetRested(house)
    await mailAsked(house, origin)
  }
  every(() => void whoAreAsked().catch((error) => log.fail('work.failed', error)), 300_000)
  const nightly = startNightly(house, ownerUrl, config)
  const demo = config.demo ? await loadDemo(house, jobs) : noDemo
  const door = openSetUp(!(await isSetUp(house)), process.env.OPLIVE_SET_UP_AGAIN)
  await startCounting(house, jobs)
  const measure = () =>
    void measureQuarters(house)
      .then(() => countMix(house))
      .then(() => introduce(house))
      .catch((error) => log.fail('work.failed', error))
  measure()
  every(measure, 3_600_000)

  const hall = openHall(house)
  const draw = drawMeeting(hall, drawEvening(hall))
  const live = await goLive(hall, draw, connections.listener)
  const guessing = watchGuessing(keys.houseSecret())
  const where = { origin: config.origin, onNetwork: networkOrigin(config) }
  const staff = openStaffDoor(house, config.staff, config.origin)
  await staff.samlProvider()
  const health = watchHealth(() => house.db.selectNoFrom((eb) => eb.lit(1).as('one')).execute())
  const metrics = makeMetrics(house, about.version, () => {
    const { lastGood } = backupState(config.backupFolder)
    return lastGood && new Date(lastGood.at)
  })
  const metricsServer =
    config.metrics &&
    (await serveMetrics(metrics, config.metrics).catch((error) => {
      throw listenProblem(error, config.metrics?.port ?? 0, config.metrics?.host ?? '')
    }))
  const quiet = async () => {
    for (const timer of timers) clearInterval(timer)
    await nightly.stop()
    await jobs.stop().catch(() => undefined)
    await post?.stop()
    await live.stop()
    await allAnswered(house)
    await connections.end().catch(() => undefined)
  }
  const restore = welcomeRestore({
    ownerUrl,
    dataFolder: config.dataFolder,
    backupFolder: config.backupFolder,
    secret: () => keys.houseSecret(),
    now: () => wallClock.now(),
    standStill: quiet,
    restart: () => void stop(() => becomeAnew(door.handOver())),
  })
  const staffWay = () => (staff.isOpen() ? 'municipal' : demo.people.length > 0 ? 'demo' : 'passkey')
  const site = makeSite({
    house,
    health,
    setUp: door,
    restore: { by: restore, folder: config.backupFolder },
    installation: {
      dataFolder: config.dataFolder,
      backupFolder: config.backupFolder,
      version: about.version,
      origin: config.origin,
      staff: staffWay,
      began: wallClock.now(),
    },
    hall,
    later: jobs,
    guessing,
    where,
    staff,
    development: config.development,
    securityContact: config.securityContact,
    privacy: config.privacy,
    built,
    // In the demo everybody may try everything by a link alone; where people work in earnest, nobody of the municipality comes in so.
    staffWay,
  })
  if (pending) {
    await lookAtPages(async (path) => (await site.request(path)).status, door.isOpen())
    settleUpgrade(config.dataFolder)
    log.say('upgrade.stands')
  }
  // Letters that are out do not come back: not before it stands.
  const post = config.mail && startPost(house, config.mail)
  const throughSite = getRequestListener(site.fetch)
  const throughRestoring = getRequestListener(restoringSite(door, restore, config.backupFolder, config.origin).fetch)
  /** What needs no database, and stays while a backup comes into it. */
  const stays = /^\/(?:a\/|sw\.js$|health$)/
  const elsewhere = (req: IncomingMessage, res: ServerResponse) =>
    void (restore.isUnderWay() && !stays.test(req.url ?? '') ? throughRestoring(req, res) : throughSite(req, res))
  const throughHall = hallDoor({ hall, live, guessing, where, draw, elsewhere })
  const server = createServer((req, res) => {
    if (config.metrics) {
      const from = performance.now()
      res.once('finish', () =>
        metrics.answered(req.url?.split('?')[0] ?? '', res.statusCode, (performance.now() - from) / 1000),
      )
    }
    if (restore.isUnderWay() || !throughHall(req, res)) elsewhere(req, res)
  })
  server.keepAliveTimeout = 30_000
  await listen(server, config)
  log.say('started', { ms: Math.round(performance.now() - began) })
  if (!config.greeted)
    await printWelcome(config, demo, door.isOpen() ? door.path : null, (account) => makeLink(house, account))

  async function stop(then: () => void) {
    log.say('stopping')
    // A proxy that asks sends nobody more; then the door is closed, and what is under way is finished.
    health.stop()
    // So long that a proxy which asks every second has asked.
    if (config.origin) await new Promise((told) => setTimeout(told, 1_500))
    const closed = new Promise((done) => server.close(done))
    await live.stop()
    const tidy = setInterval(() => server.closeIdleConnections(), 100)
    await Promise.race([closed, new Promise((enough) => setTimeout(enough, longestAnswer))])
    clearInterval(tidy)
    server.closeAllConnections()
    metricsServer?.close()
    if (!restore.isUnderWay()) await quiet()
    await embedded?.stop()
    then()
  }
  return () => stop(() => process.exit(0))
}

function makeFolder(folder: string) {
  try {
    mkdirSync(folder, { recursive: true, mode: 0o755 })
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code
    throw new ConfigProblem(
      `The folder ${folder} cannot be made (${code}). Choose another one with OPLIVE_DATA, or give this user the right to write there.`,
    )
  }
}

function listen(server: Server, { port, host }: Config): Promise<Server> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => reject(listenProblem(error, port, host)))
    // A hall comes all at once: as many as the system lets wait.
    server.listen({ port, host, backlog: 8192 }, () => resolve(server))
  })
}

function listenProblem(error: NodeJS.ErrnoException, port: number, host: string): Error {
  switch (error.code) {
    case 'EADDRINUSE':
      return new ConfigProblem(
        `Port ${port} is taken by another program. Stop that one, or choose another port: PORT=${port === 65535 ? 3000 : port + 1} npm start`,
      )
    case 'EACCES':
      return new ConfigProblem(
        `This user may not listen on port ${port}. Choose one above 1023, for example PORT=3000.`,
      )
    case 'EADDRNOTAVAIL':
    case 'ENOTFOUND':
      return new ConfigProblem(`This machine has no address ${host}. Leave HOST out, or use HOST=127.0.0.1.`)
    default:
      return error
  }
}

/** Serves until it is told to stop. */
function serve() {
  const running = Promise.race([start(), tooLong.promise])
  // A signal that comes while it starts is kept until there is something to stop in order; a closed terminal is one too.
  let stopping = false
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'])
    process.on(signal, () => {
      // Who asks twice does not want to wait. The database that came along is found again at the next start.
      if (stopping) process.exit(1)
      stopping = true
      void running.then((stop) => stop()).catch(() => {})
    })
  running.catch(async (thrown: unknown) => {
    const error = await wayBack(thrown)
    const told = error instanceof ConfigProblem || error instanceof DatabaseProblem || error instanceof EmbeddedProblem
    process.stderr.write(`\n${told ? (error as Error).message : ((error as Error).stack ?? String(error))}\n\n`)
    await embeddedServer?.stop().catch(() => undefined)
    // Who watches over it does not start it again and again: nothing gets better by that.
    process.exit(error instanceof UpgradeWentBack ? 78 : 1)
  })
}

/** What ended an upgrade's first start takes the upgrade back. Answers what is to be said. */
async function wayBack(error: unknown): Promise<unknown> {
  // A port that is taken, or a setting that is wrong, is no fault of the new version.
  if (!upgraded || error instanceof ConfigProblem || error instanceof UpgradeWentBack) return error
  if (upgraded.working && condemn(upgraded.place.dataFolder, error)) {
    await embeddedServer?.stop().catch(() => undefined)
    becomeAnew()
  }
  return (await goBack(upgraded.place, upgraded.secret(), error).catch(() => null)) ?? error
}

const asked = process.argv.slice(2)
// A command does one thing and ends; the program itself is what is started without one.
if (asked.length > 0) void runCommand(asked).then((code) => process.exit(code))
else serve()
