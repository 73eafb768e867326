// The doors of moving in: a list is brought, looked through, confirmed and taken back; who was asked is seen, and answers.
import { type Context, Hono } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import { deviceOf } from '../access/sign-in.ts'
import { personOf, sessionCookieText, type Visited } from '../access/visit.ts'
import { largestForm, notKept } from '../door.ts'
import type { LaterWork } from '../jobs/jobs.ts'
import { oneLine } from '../line.ts'
import { csvText } from '../meetings/record/csv.ts'
import { type PersonProblem, readPersonName, readToldBy, wishOf } from '../people/person.ts'
import { refuse } from '../refusal.ts'
import { sayNo, sayYes, seeQuestion } from './answer.deeds.ts'
import { type AnswerAgain, answerPage, codePage, forgottenPage, noPage } from './answer.page.tsx'
import { hear, printLetters, seeAsked } from './asked.deeds.ts'
import { askedPage } from './asked.page.tsx'
import { beginPage } from './begin.page.tsx'
import { type ColumnField, readField } from './headings.ts'
import { lettersPage } from './letters.page.tsx'
import { mostColumns } from './limits.ts'
import { type GroundFault, listPage } from './list.page.tsx'
import { bring, confirm, remap, seeFailed, seeMoving, seeMovings, takeBack } from './moving-in.deeds.ts'
import { readAskedCode } from './secrets.ts'
import { readTable } from './table.ts'
import { withUpload } from './upload.ts'
import { words } from './words.ts'

const small = bodyLimit({ maxSize: largestForm, onError: () => refuse('too-large') })
const formOf = async (c: Context<Visited>): Promise<URLSearchParams> => new URLSearchParams(await c.req.text())
const longestWords = 280
export const bases = ['members', 'signed_up', 'said_yes'] as const

export function movingInPages(later: LaterWork): Hono<Visited> {
  const pages = new Hono<Visited>()
  const slugOf = (c: Context<Visited>): string => c.req.param('slug') ?? ''
  const idOf = (c: Context<Visited>): string => c.req.param('id') ?? ''
  const listOf = (c: Context<Visited>): string => `/c/${slugOf(c)}/moving-in/${idOf(c)}`

  pages.get('/c/:slug/moving-in', async (c) => {
    const visit = c.get('visit')
    return c.html(beginPage({ visit, ...(await seeMovings(visit.actor, slugOf(c))) }), 200, notKept)
  })

  pages.post('/c/:slug/moving-in', async (c) => {
    const visit = c.get('visit')
    // Who may not is refused before a byte of theirs is read.
    const here = await seeMovings(visit.actor, slugOf(c))
    const me = personOf(c)
    return withUpload(c.req.raw, async (upload) => {
      const read = 'bytes' in upload ? await readTable(upload.bytes) : upload
      if ('fault' in read) {
        // The line stays open: closed with bytes unread, it would be cut before the answer is heard.
        return c.html(beginPage({ visit, ...here, fault: read.fault }), read.fault === 'large' ? 413 : 400, notKept)
      }
      const id = await bring(me, slugOf(c), read.table)
      return c.redirect(`/c/${slugOf(c)}/moving-in/${id}`, 303)
    })
  })

  pages.get('/c/:slug/moving-in/:id', async (c) => {
    const visit = c.get('visit')
    return c.html(listPage({ visit, here: await seeMoving(visit.actor, slugOf(c), idOf(c)) }), 200, notKept)
  })

  pages.post('/c/:slug/moving-in/:id/map', small, async (c) => {
    const { actor } = c.get('visit')
    await seeMoving(actor, slugOf(c), idOf(c))
    const form = await formOf(c)
    const mapping: ColumnField[] = []
    for (let column = 0; column < mostColumns && form.has(`column-${column}`); column++)
      mapping.push(readField(form.get(`column-${column}`)) ?? 'skip')
    await remap(actor, slugOf(c), idOf(c), mapping)
    return c.redirect(`${listOf(c)}#seen`, 303)
  })

  pages.post('/c/:slug/moving-in/:id/confirm', small, async (c) => {
    const visit = c.get('visit')
    const here = await seeMoving(visit.actor, slugOf(c), idOf(c))
    const said = await formOf(c)
    const [source, saidBy] = [oneLine(said.get('source')), oneLine(said.get('saidBy'))]
    const basis = bases.find((one) => one === said.get('basis'))
    const how = said.get('how')
    const faults: GroundFault[] = [
      ...(
        [
          ['source', source],
          ['saidBy', saidBy],
        ] as const
      ).flatMap(([field, text]): GroundFault[] => {
        if ([...text].length < 3) return [{ field, code: 'missing' }]
        return text.length > longestWords ? [{ field, code: 'long' }] : []
      }),
      ...(basis ? [] : [{ field: 'basis', code: 'missing' } as const]),
      ...(how === 'mail' || how === 'paper' ? [] : [{ field: 'how', code: 'missing' } as const]),
    ]
    if (faults.length > 0 || !basis) return c.html(listPage({ visit, here, again: { said, faults } }), 400, notKept)
    await confirm(visit.actor, later, slugOf(c), idOf(c), { source, saidBy, basis, byMail: how === 'mail' })
    return c.redirect(listOf(c), 303)
  })

  pages.post('/c/:slug/moving-in/:id/undo', small, async (c) => {
    await takeBack(c.get('visit').actor, slugOf(c), idOf(c))
    return c.redirect(`/c/${slugOf(c)}/moving-in`, 303)
  })

  pages.get('/c/:slug/moving-in/:id/failed.csv', async (c) => {
    const { actor, lang } = c.get('visit')
    const say = words(lang)
    const { headings, rows } = await seeFailed(actor, slugOf(c), idOf(c))
    const lines = rows.map(({ number, cells, fault }) => [number, say(`fault.${fault}`), ...cells])
    return c.body(csvText([[say('failed.row'), say('failed.why'), ...headings], ...lines]), 200, {
      ...notKept,
      'content-type': 'text/csv; charset=utf-8',
      'content-disposition': `attachment; filename="${say('failed.file')}.csv"`,
    })
  })

  // --- Who has been asked

  pages.get('/c/:slug/asked', async (c) => {
    const visit = c.get('visit')
    const after = c.req.query('after') ?? null
    return c.html(
      askedPage({ visit, ...(await seeAsked(visit.actor, slugOf(c), after)), later: after !== null }),
      200,
      notKept,
    )
  })

  pages.post('/c/:slug/asked/letters', small, async (c) => {
    const visit = c.get('visit')
    const again = (await formOf(c)).get('again') === 'yes'
    return c.html(lettersPage({ visit, ...(await printLetters(visit.actor, slugOf(c), again)) }), 200, notKept)
  })

  pages.post('/c/:slug/asked/:id', small, async (c) => {
    const { actor } = c.get('visit')
    await seeAsked(actor, slugOf(c), null)
    const form = await formOf(c)
    const said = form.get('said') === 'no' ? 'no' : (readToldBy(form.get('said')) ?? refuse('not-found'))
    const person = await hear(actor, slugOf(c), idOf(c), said)
    return c.redirect(person ? `/c/${slugOf(c)}/people/${person}` : `/c/${slugOf(c)}/asked`, 303)
  })

  // --- Who is asked

  pages.get('/asked', (c) => c.html(codePage(c.get('visit').lang), 200, notKept))

  pages.post('/asked', small, async (c) => {
    const typed = (await formOf(c)).get('code') ?? ''
    const code = readAskedCode(typed)
    if (!code) return c.html(codePage(c.get('visit').lang, typed), 400, notKept)
    await seeQuestion(c.get('visit').house, code)
    return c.redirect(`/asked/${code}`, 303)
  })

  pages.get('/asked/forgotten', (c) => c.html(forgottenPage(c.get('visit').lang), 200, notKept))

  pages.get('/asked/:secret', async (c) => {
    const visit = c.get('visit')
    const secret = c.req.param('secret')
    return c.html(answerPage({ visit, secret, question: await seeQuestion(visit.house, secret) }), 200, notKept)
  })

  pages.get('/asked/:secret/no', async (c) => {
    const visit = c.get('visit')
    const secret = c.req.param('secret')
    return c.html(noPage({ visit, secret, question: await seeQuestion(visit.house, secret) }), 200, notKept)
  })

  pages.post('/asked/:secret/no', small, async (c) => {
    await sayNo(c.get('visit').house, c.req.param('secret'))
    return c.redirect('/asked/forgotten', 303)
  })

  pages.post('/asked/:secret/yes', small, async (c) => {
    const visit = c.get('visit')
    const secret = c.req.param('secret')
    const question = await seeQuestion(visit.house, secret)
    const said = await formOf(c)
    const name = visit.person ? { value: visit.person.name } : readPersonName(said.get('name'))
    const problems: PersonProblem[] = [
      ...('code' in name ? [{ field: 'name' as const, code: name.code }] : []),
      ...(said.get('of15') === 'yes' || visit.person ? [] : [{ field: 'of15' as const, code: 'missing' as const }]),
    ]
    const again = (more: Partial<AnswerAgain>) =>
      c.html(answerPage({ visit, secret, question, again: { said, problems, ...more } }), 400, notKept)
    if ('code' in name || problems.length > 0) return again({})
    const done = await sayYes(visit.house, secret, {
      name: name.value,
      wish: wishOf(said.get('wish') ?? 'none'),
      digits: said.get('digits') ?? '',
      device: deviceOf(c.req.header('user-agent')),
      me: visit.person,
    })
    if (done === 'wrong') return again({ wrongDigits: true })
    if (done.token) c.header('set-cookie', sessionCookieText(done.token, visit.origin), { append: true })
    return c.redirect(`/c/${done.slug}/me?told=new`, 303)
  })

  return pages
}
