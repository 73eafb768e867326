// The PostgreSQL that comes along: started in a folder, taken over when it outlived its program, brought back when it dies.
import { findBinaries } from './embedded/binaries.ts'
import { openCluster, resetPassword } from './embedded/cluster.ts'
import { findHome } from './embedded/home.ts'
import { trimLog } from './embedded/log-file.ts'
import { claimFolder, type Ownership } from './embedded/owner.ts'
import { bringUp, type Postmaster, stopPostmaster, type Wish } from './embedded/postmaster.ts'
import { EmbeddedProblem, fileProblem } from './embedded/problem.ts'
import { stillLives } from './embedded/processes.ts'
import { openSession, ServerGone, type Session, superuserUrl, WrongPassword } from './embedded/session.ts'
import { type Settings, settings as usual } from './embedded/settings.ts'
import { finishSwap } from './embedded/swap.ts'
import { type LifeSign, watchOver } from './embedded/watch.ts'

export { readLock } from './embedded/lock-file.ts'
export { claimFolder } from './embedded/owner.ts'
export { EmbeddedProblem, type ProblemCode } from './embedded/problem.ts'
export { postgresIn } from './embedded/processes.ts'
export { finishSwap, type Move, swap } from './embedded/swap.ts'
export type { LifeSign } from './embedded/watch.ts'

export interface EmbeddedServer {
  host: string
  /** Stays the same as long as the program lives. */
  port: number
  superuserUrl: string
  /** True when this call started the process, false when it took over one that had outlived its program. */
  started: boolean
  /** Of PostgreSQL: `18.4`. */
  version: string
  /** PostgreSQL's own folder; a backup copies this one. */
  dataFolder: string
  /** The head of the server as it is now; another one after it was brought back. */
  pid(): number
  /** From now on a server that dies is started again on the same port, and `tell` hears of it. */
  keepAlive(tell?: (sign: LifeSign) => void): void
  /** Cuts all sessions, waits until the server has ended, and gives the folder free. May be called twice. */
  stop(): Promise<void>
}

export interface EmbeddedOptions {
  /** The home of the data; made when it is missing. */
  folder: string
  log?: (line: string) => void
  /** Settings of PostgreSQL that go before ours. */
  settings?: Settings
}

/** Throws an EmbeddedProblem, whose message is one sentence for whoever runs the program. */
export async function startEmbedded(options: EmbeddedOptions): Promise<EmbeddedServer> {
  if (process.platform !== 'linux' && process.platform !== 'darwin') {
    throw new EmbeddedProblem(
      'system-not-supported',
      `The PostgreSQL that comes along runs on Linux and macOS, not on ${process.platform}; nothing was changed; set DATABASE_URL to a PostgreSQL of your own.`,
    )
  }
  const log = options.log ?? (() => undefined)
  try {
    let home = await findHome(options.folder, log)
    const ownership = await claimFolder(home.path)
    try {
      // A restore that was cut off between its renames: without this, an empty database would be made here.
      if (finishSwap(home.path)) home = await findHome(options.folder, log)
      const cluster = await openCluster(home, await findBinaries(home.user, log), log)
      const wish: Wish = { cluster, settings: { ...usual, ...options.settings }, port: undefined, log }
      return serve(wish, ownership, await comeUp(wish))
    } catch (error) {
      await ownership.release()
      throw error
    }
  } catch (error) {
    throw await fileProblem(error, options.folder)
  }
}

interface Running {
  postmaster: Postmaster
  session: Session
}

/** A server that answers, with our session in it. One that lives but does not fit is mended by starting it again, once. */
async function comeUp(wish: Wish): Promise<Running> {
  const { cluster, log } = wish
  for (let mended = false; ; mended = true) {
    const postmaster = await bringUp(wish)
    try {
      const session = await openSession(cluster, postmaster)
      const fits = postmaster.fits && session.version === cluster.binaries.version
      if (fits || mended) return { postmaster, session }
      log(
        `A PostgreSQL ${session.version} still runs on ${cluster.home.data} with other settings; it is started again.`,
      )
      await session.close()
      await stopPostmaster(wish, postmaster)
    } catch (error) {
      if (error instanceof ServerGone && !mended) continue
      const wrongPassword = error instanceof WrongPassword && !mended
      // One that we found alive and that answers to somebody else is left alone.
      if (postmaster.started || wrongPassword) await stopPostmaster(wish, postmaster)
      if (!wrongPassword) throw error
      log(`The password beside ${cluster.home.data} is not the one inside; it is set anew.`)
      await resetPassword(cluster)
    }
  }
}

function serve(wish: Wish, ownership: Ownership, first: Running): EmbeddedServer {
  const { cluster, log } = wish
  const { port, started } = first.postmaster
  let running = first
  let ending: Promise<void> | undefined
  let lastWords = ''
  let watch: ReturnType<typeof watchOver> | undefined
  const trimming = setInterval(() => trimLog(cluster.home).catch(() => undefined), 60_000).unref()

  /** A server may live and yet have cut us off: when one backend crashes, all sessions end. Then both are looked after. */
  const lives = () => running.session.lives() && stillLives(running.postmaster.pid, running.postmaster.birth)
  const again: Wish = { ...wish, port, calledOff: () => ending !== undefined }

  const end = async () => {
    clearInterval(trimming)
    await watch?.end()
    const how = (await running.session.answers()) ? 'fast' : 'at once'
    await running.session.close()
    await stopPostmaster(wish, running.postmaster, how)
    await ownership.release()
  }

  return {
    host: '127.0.0.1',
    port,
    superuserUrl: superuserUrl(cluster, first.postmaster),
    started,
    version: first.session.version,
    dataFolder: cluster.home.data,
    pid: () => running.postmaster.pid,
    keepAlive(tell = () => undefined) {
      watch ??= watchOver(
        {
          lives,
          onSuspicion: (look) => running.session.onEnd(look),
          async revive() {
            running = await comeUp(again)
          },
        },
        (sign) => {
          // The same trouble at each attempt is worth one line.
          if (inWords(sign) !== lastWords) log(inWords(sign))
          lastWords = inWords(sign)
          tell(sign)
        },
      )
    },
    stop: () => {
      ending ??= end()
      return ending
    },
  }
}

function inWords(sign: LifeSign): string {
  if (sign.what === 'lost') return 'The connection to PostgreSQL was lost; it is looked after.'
  if (sign.what === 'back') return `PostgreSQL answers again after ${sign.afterMs} ms.`
  return sign.problem.message
}
