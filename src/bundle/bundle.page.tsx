// The doors of a move: for key holders who take their community home, and for the one who keeps the server that it comes to.
import { type Context, Hono } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import { personOf, type Visited } from '../access/visit.ts'
import { largestForm, notKept, postedForm } from '../door.ts'
import { refuse } from '../refusal.ts'
import type { Problem } from '../ui/forms.tsx'
import { bringBundle, fetchReceipt, forgetArrival, seeArrival, seeArrivalDoor, takeBundleIn } from './arrival.deeds.ts'
import { arrivalDoorPage, arrivalPage, arrivalPath, type DoorAgain, mostMegabytes } from './arrival.page.tsx'
import { openArrivals } from './arrivals.ts'
import {
  agreeToMove,
  askToMove,
  bringReceipt,
  fetchBundle,
  letMoveGo,
  seeMove,
  stopMove,
  takeReceiptBack,
} from './move.deeds.ts'
import { type MoveAgain, movePage } from './move.page.tsx'
import { isSlug, longestPassphrase, readPassphrase, shortestPassphrase } from './move.ts'
import { BundleProblem } from './problem.ts'
import { words } from './words.ts'

const fits = bodyLimit({ maxSize: largestForm, onError: () => refuse('too-large') })
const formOf = async (c: Context<Visited>): Promise<URLSearchParams> => new URLSearchParams(await c.req.text())

/** `folder`: on which disk a bundle lies while it is packed or looked through, without a name; null where none may. */
export function bundlePages(folder: string | null): Hono<Visited> {
  const pages = new Hono<Visited>()
  const slugOf = (c: Context<Visited>): string => c.req.param('slug') ?? ''
  const idOf = (c: Context<Visited>): string => c.req.param('id') ?? ''

  // --- From here

  const again = async (c: Context<Visited>, what: MoveAgain) =>
    c.html(movePage(c.get('visit'), await seeMove(personOf(c), slugOf(c)), what), what.refused ? 409 : 400, notKept)
  /** What is wrong with a bundle, a receipt or the moment comes back on the page itself. */
  const orAgain = async (c: Context<Visited>, work: () => Promise<Response>): Promise<Response> => {
    try {
      return await work()
    } catch (error) {
      if (error instanceof BundleProblem) return again(c, { refused: error })
      throw error
    }
  }
  const back = (c: Context<Visited>) => c.redirect(`/c/${slugOf(c)}/move`, 303)

  pages.use('/c/:slug/move', fits)
  pages.use('/c/:slug/move/*', fits)
  pages.get('/c/:slug/move', async (c) =>
    c.html(movePage(c.get('visit'), await seeMove(personOf(c), slugOf(c))), 200, notKept),
  )
  pages.post('/c/:slug/move', async (c) => {
    await askToMove(personOf(c), slugOf(c))
    return back(c)
  })
  pages.post('/c/:slug/move/:id/:deed{yes|stop|back}', async (c) => {
    const deeds = { yes: agreeToMove, stop: stopMove, back: takeReceiptBack }
    await deeds[c.req.param('deed') as keyof typeof deeds](personOf(c), slugOf(c), idOf(c))
    return back(c)
  })
  pages.post('/c/:slug/move/:id/file', async (c) => {
    const person = personOf(c)
    const typed = (await formOf(c)).get('passphrase') ?? ''
    const read = readPassphrase(typed)
    if ('fault' in read) {
      const say = words(c.get('visit').lang)
      const message =
        read.fault === 'short'
          ? say('move.passphraseShort', { least: shortestPassphrase })
          : say('move.passphraseLong', { most: longestPassphrase })
      return again(c, { passphrase: typed, problems: [{ field: 'passphrase', message }] })
    }
    return orAgain(c, async () => {
      const file = await fetchBundle(person, slugOf(c), {
        id: idOf(c),
        passphrase: read.passphrase,
        folder: folder ?? refuse('not-found'),
      })
      const day = person.house.clock.now().toISOString().slice(0, 10)
      return c.body(file, 200, {
        ...notKept,
        'content-type': 'application/octet-stream',
        'content-disposition': `attachment; filename="${slugOf(c)}-${day}.tar.age"`,
      })
    })
  })
  pages.post('/c/:slug/move/:id/receipt', async (c) => {
    const person = personOf(c)
    const form = await postedForm(c.req)
    const file = form.get('file')
    if (!(file instanceof File) || file.size === 0 || file.size > 4000) {
      const say = words(c.get('visit').lang)
      const large = file instanceof File && file.size > 4000
      return again(c, {
        problems: [{ field: 'file', message: say(large ? 'move.receiptLarge' : 'move.receiptMissing') }],
      })
    }
    return orAgain(c, async () => {
      const although = form.get('although') === 'yes'
      await bringReceipt(person, slugOf(c), { id: idOf(c), text: await file.text(), although })
      return back(c)
    })
  })
  pages.post('/c/:slug/move/:id/let-go', async (c) => {
    const person = personOf(c)
    const form = await formOf(c)
    if (form.get('same') !== 'yes')
      return again(c, {
        problems: [{ field: 'same', message: words(c.get('visit').lang)('move.sameMissing') }],
      })
    return orAgain(c, async () => {
      await letMoveGo(person, slugOf(c), { id: idOf(c), signer: form.get('signer') ?? '' })
      // There it is said where the place lives now.
      return c.redirect(`/c/${slugOf(c)}`, 303)
    })
  })

  // --- To here

  if (folder !== null) pages.route('/', arrivalPages(folder))
  return pages
}

function arrivalPages(folder: string): Hono<Visited> {
  const pages = new Hono<Visited>()
  const arrivals = openArrivals()
  const idOf = (c: Context<Visited>): string => c.req.param('id') ?? ''

  pages.get(arrivalPath, async (c) => {
    const seen = await seeArrivalDoor(personOf(c))
    return c.html(arrivalDoorPage(c.get('visit'), seen, c.req.query('came') ?? null), 200, notKept)
  })
  pages.post(arrivalPath, async (c) => {
    const person = personOf(c)
    // Who may not is refused before a byte of theirs is read.
    const seen = await seeArrivalDoor(person)
    const brought = await bringBundle(person, { arrivals, folder, request: c.req.raw })
    if ('id' in brought) return c.redirect(`${arrivalPath}/${brought.id}`, 303)
    const doorAgain = (what: DoorAgain, status: 400 | 413) =>
      c.html(arrivalDoorPage(c.get('visit'), seen, null, what), status, notKept)
    if ('problem' in brought) return doorAgain({ refused: brought.problem, passphrase: brought.passphrase }, 400)
    const message = words(c.get('visit').lang)(`arrive.${brought.fault}`, { most: mostMegabytes })
    return doorAgain({ problems: [{ field: 'file', message }] }, brought.fault === 'large' ? 413 : 400)
  })
  pages.get(`${arrivalPath}/receipt/:slug`, async (c) => {
    const slug = c.req.param('slug')
    const { origin, lang } = c.get('visit')
    const line = await fetchReceipt(personOf(c), slug, origin)
    return c.body(`${line}\n`, 200, {
      ...notKept,
      'content-type': 'text/plain; charset=utf-8',
      'content-disposition': `attachment; filename="${words(lang)('arrive.receiptFile')}-${slug}.txt"`,
    })
  })
  pages.get(`${arrivalPath}/:id`, async (c) =>
    c.html(arrivalPage(c.get('visit'), seeArrival(personOf(c), arrivals, idOf(c))), 200, notKept),
  )
  pages.use(`${arrivalPath}/*`, fits)
  pages.post(`${arrivalPath}/:id`, async (c) => {
    const person = personOf(c)
    const waiting = seeArrival(person, arrivals, idOf(c))
    const form = await formOf(c)
    const say = words(c.get('visit').lang)
    const slug = (form.get('slug') ?? '').trim()
    const problems: Problem[] = [
      ...(isSlug(slug) ? [] : [{ field: 'slug', message: say('arrive.slugWrong', { slug: waiting.slug }) }]),
      ...(form.get('same') === 'yes' ? [] : [{ field: 'same', message: say('arrive.sameMissing') }]),
    ]
    if (problems.length > 0) return c.html(arrivalPage(c.get('visit'), waiting, { problems, slug }), 400, notKept)
    try {
      await takeBundleIn(person, arrivals, waiting.id, slug)
    } catch (error) {
      if (!(error instanceof BundleProblem)) throw error
      return c.html(arrivalPage(c.get('visit'), waiting, { slug, fault: error }), 409, notKept)
    }
    return c.redirect(`${arrivalPath}?came=${slug}`, 303)
  })
  pages.post(`${arrivalPath}/:id/forget`, (c) => {
    forgetArrival(personOf(c), arrivals, idOf(c))
    return c.redirect(arrivalPath, 303)
  })
  return pages
}
