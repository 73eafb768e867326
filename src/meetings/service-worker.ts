// The service worker: the empty card, and a page to say something on, open without coverage. It keeps pages nobody has written on,
// never an answer, and never somebody's own words: a page with those names the empty one that is kept in its place.

/** What is used of the worker's own world; TypeScript's page types do not know it. */
interface WorkerEvent extends Event {
  waitUntil(work: Promise<unknown>): void
}
interface FetchEvent extends WorkerEvent {
  readonly request: Request
  respondWith(answer: Promise<Response>): void
}
interface WorkerScope {
  addEventListener(name: 'install' | 'activate', listener: (event: WorkerEvent) => void): void
  addEventListener(name: 'fetch', listener: (event: FetchEvent) => void): void
  skipWaiting(): Promise<void>
  clients: { claim(): Promise<void> }
}
const worker = self as unknown as WorkerScope

const shelf = 'oplive-1'
const patience = 4000
/** The empty forms of the card; not the thanks, the results or anybody's desk. */
const emptyForm = /^\/[mn]\/[^/]+$/

worker.addEventListener('install', (event) => event.waitUntil(worker.skipWaiting()))

worker.addEventListener('activate', (event) =>
  event.waitUntil(
    caches
      .keys()
      .then((names) => Promise.all(names.filter((name) => name !== shelf).map((name) => caches.delete(name))))
      .then(() => worker.clients.claim())
      .then(keepOpenPages),
  ),
)

worker.addEventListener('fetch', (event) => {
  const { request } = event
  const { origin, pathname } = new URL(request.url)
  if (request.method !== 'GET' || origin !== location.origin) return
  if (pathname.startsWith('/a/')) event.respondWith(fromShelf(request))
  else if (request.mode === 'navigate' && emptyForm.test(pathname)) event.respondWith(fresh(request))
})

/** The first visit was before the worker: what the page needed is fetched once more, for the next time. */
async function keepOpenPages(): Promise<void> {
  const scope = worker as unknown as { clients: { matchAll(): Promise<{ url: string }[]> } }
  for (const { url } of await scope.clients.matchAll()) {
    if (!emptyForm.test(new URL(url).pathname)) continue
    const page = await fetch(url).catch(() => null)
    if (page?.status !== 200) continue
    const text = await page.clone().text()
    await keepPage(new Request(url), page)
    for (const [, path] of text.matchAll(/(?:href|src)="(\/a\/[^"]+)"/g))
      if (path) await fromShelf(new Request(path)).catch(() => null)
  }
}

/** A phone without room keeps nothing, and still gets its page. */
async function keep(request: Request, answer: Response): Promise<void> {
  if (answer.status === 200) await (await caches.open(shelf)).put(request, answer).catch(() => undefined)
}

/** The page itself, or the one it names: the same for everybody, without anybody's words. */
async function keepPage(request: Request, answer: Response): Promise<void> {
  const empty = answer.headers.get('x-oplive-keep')
  if (!empty) return keep(request, answer)
  if ((await caches.match(request, { ignoreVary: true }))?.url.endsWith(empty)) return
  const instead = await fetch(empty).catch(() => null)
  if (instead) await keep(request, instead)
}

/** Styles, scripts and fonts carry their content in their name: what is kept never grows old. */
async function fromShelf(request: Request): Promise<Response> {
  const kept = await caches.match(request)
  if (kept) return kept
  const answer = await fetch(request)
  void keep(request, answer.clone())
  return answer
}

/** The net first; after four seconds, or without a net, the page as it was. */
async function fresh(request: Request): Promise<Response> {
  const net = fetch(request).then((answer) => {
    void keepPage(request, answer.clone())
    return answer
  })
  const late = new Promise<undefined>((resolve) => setTimeout(() => resolve(undefined), patience))
  const answer = await Promise.race([net, late]).catch(() => undefined)
  return (
    answer ??
    (await caches.match(request, { ignoreVary: true })) ??
    (await caches.match(request, { ignoreVary: true, ignoreSearch: true })) ??
    net
  )
}
