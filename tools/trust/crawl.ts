// Every address as every other person (T8): what belongs to somebody else answers as what does not exist, and tells nothing.
import { randomBytes, randomUUID } from 'node:crypto'
import { startJobs } from '../../src/jobs/jobs.ts'
import type { Answer, Planted } from './planted.ts'
import { isOfficers, isOwnLook, mark } from './planted.ts'

export interface Crawled {
  routes: number
  tried: number
  /** Somebody from elsewhere was told something. */
  told: string[]
  /** "Not yours" and "not there" could be told apart. */
  apart: string[]
  /** A page broke. */
  broken: string[]
}

/** Whoever has the link of an invitation, a promise or a coming has what it opens: that is what such a link is. */
const opens: Record<string, string> = { i: 'invitation', g: 'commitment', k: 'coming', in: 'link' }
const isOpened = (what: string, address: string): boolean => opens[address.split('/')[1] ?? ''] === what
/** That a meeting exists is public, and so is an association: there "not yours" may be said. */
const isPublic = (what: string): boolean => what === 'meeting' || what === 'association'

/** The address with each name in it filled in: the last one that is an id or a secret is what is tried. */
function* addresses(
  path: string,
  { code, slug, ids, secrets }: Planted['known'],
): Generator<{ real: string; fake: string | null; what: string }> {
  const open = path
    .replace(/:what\{.*\}/, 'words')
    .replace(':code', code)
    .replace(':slug', slug)
    .replace(':deed', 'theme')
    .replace(':section', 'door')
  const hole = /:(\w+)(\{[^}]*\})?(?=[^:]*$)/.exec(open)
  if (!hole) return yield { real: open, fake: null, what: '' }
  const isSecret = /secret|token|code|key/i.test(hole[1] ?? '')
  for (const [what, value] of Object.entries(isSecret ? secrets : ids)) {
    const never = isSecret
      ? randomBytes(Math.ceil((value.length * 3) / 4))
          .toString('base64url')
          .slice(0, value.length)
      : randomUUID()
    const fill = (one: string) =>
      open.slice(0, hole.index).replace(/:\w+(\{[^}]*\})?/g, 'x') + one + open.slice(hole.index + hole[0].length)
    yield { real: fill(value), fake: fill(never), what }
  }
}

const form = 'name=Ukendt&text=Noget&reason=Fordi+det+haster&code=ABC&next=%2F&yes=1&title=Noget'

/** A form that begins a thing has a number thrown anew each time the page is made. */
const thrown = /(name="id" value=")[\da-f-]{36}"/g

/** An answer as it can be told apart from another: without what was asked for, which may stand in it as the way back. */
const plain = ({ status, body, location, cookies }: Answer, path: string): string => {
  const { pathname } = new URL(path, 'http://oplive.invalid')
  const asked = [
    encodeURIComponent(pathname),
    encodeURIComponent(path),
    pathname,
    path,
    encodeURI(path),
    path.split('/').pop() ?? '',
  ]
  return asked
    .filter(Boolean)
    .reduce((text, one) => text.replaceAll(one, '§'), [status, location, cookies, body].join('\n'))
    .replaceAll(/\?lang=\w\w/g, '')
    .replaceAll(thrown, '$1§"')
}

/** Tries up to `most` requests, the same ones again with the same `dice` (a number from 0 up to 1 each time). */
export async function crawl(planted: Planted, most: number, dice: () => number): Promise<Crawled> {
  const { world, known, people, browser, routes } = planted
  // The operator's page counts what waits in the queue.
  await (await startJobs(world.appUrl, world.house, [])).stop()
  const found: Crawled = { routes: routes.length, tried: 0, told: [], apart: [], broken: [] }
  const outside = Object.entries(people).filter(([, { inside }]) => !inside)
  const everything = routes.flatMap(({ method, path }) =>
    [...addresses(path, known)].flatMap((address) =>
      outside.map(([who, { actor }]) => ({ method, path, address, who, actor })),
    ),
  )
  const chance = most / everything.length
  const browsers = new Map<string, Awaited<ReturnType<typeof browser>>>()
  for (const { method, path, address, who, actor } of everything) {
    if (dice() > chance) continue
    const ask = browsers.get(who) ?? (await browser(actor))
    browsers.set(who, ask)
    // What spends a link of one's own, or deletes one's own account, is no stranger's door.
    if (method === 'POST' && (path === '/in/:token' || path === '/mine/delete/all')) continue
    const body = method === 'POST' ? form : undefined
    const real = await ask(method, address.real, body)
    found.tried++
    if (real.status >= 500) found.broken.push(`${real.status} ${who} ${method} ${path}`)
    const open = isOpened(address.what, address.real)
    if (
      real.body.toLowerCase().includes(mark.toLowerCase()) &&
      !open &&
      !isOwnLook(who, path) &&
      !isOfficers(who, path)
    )
      found.told.push(`${who} ${method} ${path} (${address.what})`)
    if (address.fake === null || open || isPublic(address.what) || isOfficers(who, path)) continue
    const fake = await ask(method, address.fake, body)
    found.tried++
    if (plain(real, address.real) !== plain(fake, address.fake))
      found.apart.push(`${who} ${method} ${path} (${address.what}): ${real.status}, ${fake.status} for nothing`)
  }
  return found
}
