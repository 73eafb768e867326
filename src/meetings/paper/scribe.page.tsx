// The doors of the scribe's desk: one page, keyboard only, for everything on paper but the exit cards.

import { randomUUID } from 'node:crypto'
import { type Context, Hono } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import type { Visited } from '../../access/visit.ts'
import { notKept } from '../../door.ts'
import { isLang, type Lang } from '../../i18n/catalogue.ts'
import { refuse } from '../../refusal.ts'
import { meetingToHost } from '../exit-card.deeds.ts'
import type { Hall } from '../hall.ts'
import { readCode } from '../meeting-code.ts'
import { isId } from '../saying/saying.ts'
import { countDots, keepRows, lookAtScribesDesk, takeRowBack } from './scribe.deeds.ts'
import { columnsOf, isSection, readDotTotals, readRows, type Section } from './scribe.ts'
import { messageOf, scribePage } from './scribe-rows.page.tsx'
import { words } from './words.ts'

/** What a script sends along: it wants a status, not a page. */
const scriptHead = 'x-oplive-outbox'
/** Sixty rows with 280 characters that take twelve bytes each in a form. */
const largestRows = 512 * 1024

const codeOf = (c: Context<Visited>): string => readCode(c.req.param('code') ?? '') ?? refuse('code.unknown')
const formOf = async (c: Context<Visited>): Promise<URLSearchParams> => new URLSearchParams(await c.req.text())
const isForScript = (c: Context<Visited>): boolean => c.req.header(scriptHead) !== undefined
const langIn = (c: Context<Visited>, form: URLSearchParams): Lang => {
  const said = form.get('lang')
  return isLang(said) ? said : c.get('visit').lang
}
const idsIn = (text: string | null | undefined): string[] => (text ?? '').split(',').filter(isId)

export function scribePages(hall: Hall): Hono<Visited> {
  const pages = new Hono<Visited>()
  pages.use('/m/:code/scribe/*', bodyLimit({ maxSize: largestRows, onError: () => refuse('too-large') }))

  pages.get('/m/:code/scribe', async (c) => {
    const { actor, lang } = c.get('visit')
    const desk = await lookAtScribesDesk(actor, hall, codeOf(c))
    const section = c.req.query('saved')
    const saved = isSection(section) ? { section, ids: idsIn(c.req.query('ids')) } : undefined
    return c.html(scribePage({ lang, desk, saved, dotsSaved: section === 'dots' }), 200, notKept)
  })

  pages.post('/m/:code/scribe/dots', async (c) => {
    const { actor, lang } = c.get('visit')
    const code = codeOf(c)
    const desk = await lookAtScribesDesk(actor, hall, code)
    const { totals, said, problems } = readDotTotals(await formOf(c))
    if (problems.length > 0)
      return c.html(scribePage({ lang, desk, dotsAgain: { said, problems, elsewhere: [] } }), 400, notKept)
    const elsewhere = await countDots(actor, hall, code, totals)
    if (elsewhere.length === 0) return c.redirect(`/m/${code}/scribe?saved=dots#dots`, 303)
    const now = await lookAtScribesDesk(actor, hall, code)
    return c.html(scribePage({ lang, desk: now, dotsAgain: { said, problems, elsewhere } }), 409, notKept)
  })

  pages.post('/m/:code/scribe/undo', async (c) => {
    const { actor } = c.get('visit')
    const code = codeOf(c)
    await meetingToHost(actor, code)
    const form = await formOf(c)
    const lang = langIn(c, form)
    const section = form.get('section')
    const ids = idsIn(form.get('ids'))
    const last = ids.pop()
    if (!isSection(section) || last === undefined) refuse('not-found')
    const kind = words(lang)
    const said = await takeRowBack(actor, hall, code, section, last, (of) => kind(`door.kind.${of}`))
    if (isForScript(c)) return c.body(null, 204)
    const desk = await lookAtScribesDesk(actor, hall, code)
    // It stands in the first row again as it was, as a new row.
    const typed = said ? [{ row: 1, id: randomUUID(), said }] : []
    const page = scribePage({
      lang,
      desk,
      saved: { section, ids },
      again: { section, typed, problems: [] },
      takenBack: true,
    })
    return c.html(page, 200, notKept)
  })

  pages.post('/m/:code/scribe/:section', async (c) => {
    const section = c.req.param('section')
    return isSection(section) ? takeRows(c, section) : c.notFound()
  })

  async function takeRows<S extends Section>(c: Context<Visited>, section: S) {
    const { actor } = c.get('visit')
    const code = codeOf(c)
    const desk = await lookAtScribesDesk(actor, hall, code)
    const form = await formOf(c)
    const lang = langIn(c, form)
    const { typed, rows, problems } = readRows(section, form, { today: desk.today, lang })
    if (typed.length === 0) problems.push({ row: 1, column: columnsOf[section][0], code: 'empty' })
    if (problems.length > 0) {
      if (isForScript(c)) {
        const told = problems.map((one) => ({ column: one.column, message: messageOf(lang, section, one) }))
        return c.json(told, 400, notKept)
      }
      return c.html(scribePage({ lang, desk, again: { section, typed, problems } }), 400, notKept)
    }
    await keepRows(actor, hall, code, section, rows)
    if (isForScript(c)) return c.body(null, 204)
    const ids = rows.slice(-10).map(({ id }) => id)
    return c.redirect(`/m/${code}/scribe?saved=${section}&ids=${ids.join(',')}#${section}`, 303)
  }

  return pages
}
