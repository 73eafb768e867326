// The pages on which the first operator brings a backup back: which one and its key, what is in it, how far it is, and how it ended.
import { type Context, Hono } from 'hono'
import type { Visited } from '../access/visit.ts'
import { langOf } from '../access/visit.ts'
import { wallTimeIn } from '../clock.ts'
import { sayDate } from '../communities/times.ts'
import { notKept, protectingHeaders } from '../door.ts'
import type { Lang } from '../i18n/catalogue.ts'
import { refuse } from '../refusal.ts'
import { enterBy, type SetUpDoor } from '../set-up/set-up.ts'
import { Actions, Button, ButtonLink, Choice, Field, problemOf } from '../ui/forms.tsx'
import { Page, renderPage } from '../ui/page.tsx'
import { Facts } from '../ui/parts.tsx'
import { doorstep } from '../ui/whose-room.tsx'
import { FormDamaged, readFormParts } from './form-parts.ts'
import type { Fault, Looked, Told, WelcomeRestore } from './welcome-restore.ts'
import { words } from './words.ts'

/** Where no municipality is yet, the time is told as here. */
const zone = 'Europe/Copenhagen'
function sayWhen(at: Date, lang: Lang): string {
  const { date, time } = wallTimeIn(zone, at)
  return `${sayDate(date, lang)}, ${time}`
}
const uploadedName = 'upload'
const megabytes = (bytes: number) => Math.max(1, Math.round(bytes / 1e6))

/** In the browser that opened the set-up link, and in no other. */
export function restorePages(door: SetUpDoor, restore: WelcomeRestore, folder: string): Hono<Visited> {
  const pages = new Hono<Visited>()
  const path = '/set-up/:token/restore'
  const mine = (c: Context<Visited>) => {
    const { origin } = c.get('visit')
    const cookie = enterBy(door, c.req.param('token') ?? '', c.req.header('cookie'), origin.startsWith('https:'))
    if (!cookie) return refuse('not-found')
    c.header('set-cookie', cookie)
  }
  pages.get(path, (c) => {
    mine(c)
    return c.html(pageOf(restore, c.get('visit').lang, c.req.path, folder), 200, headsOf(restore))
  })
  pages.post(path, async (c) => {
    mine(c)
    const type = c.req.header('content-type') ?? ''
    if (!type.startsWith('multipart/')) {
      const form = new URLSearchParams(await c.req.text())
      if (form.get('do') === 'begin') restore.begin()
      else restore.again()
      return c.redirect(c.req.path, 303)
    }
    const { body } = c.req.raw
    if (!body || restore.step().at === 'looking') return c.redirect(c.req.path, 303)
    const fault = await read(restore, body, type)
    return fault === null
      ? c.redirect(c.req.path, 303)
      : c.html(pageOf(restore, c.get('visit').lang, c.req.path, folder, fault), 400, notKept)
  })
  return pages
}

async function read(restore: WelcomeRestore, body: AsyncIterable<Uint8Array>, type: string): Promise<Fault | null> {
  try {
    const { fields, file } = await readFormParts(body, type, { large: 'backup', file: restore.upload() })
    const which = fields.get('which')
    const key = fields.get('key')?.trim() || fields.get('keyFile') || ''
    if (file) restore.look(null, key)
    else restore.look(which && which !== uploadedName ? which : '', key)
    const step = restore.step()
    return step.at === 'choose' ? (step.fault ?? null) : null
  } catch (error) {
    const { code } = error as { code?: string }
    if (code === 'ENOSPC' || code === 'EDQUOT') return 'full'
    if (error instanceof FormDamaged) return 'choose'
    throw error
  }
}

/** The whole site while a backup is being brought back: how far it is, for whoever began it; a kind word for everybody else. Asks no database. */
export function restoringSite(door: SetUpDoor, restore: WelcomeRestore, folder: string, origin: string | null): Hono {
  const site = new Hono()
  site.all('*', (c) => {
    for (const [name, value] of Object.entries(protectingHeaders)) c.header(name, value)
    const cookies = c.req.header('cookie')
    const lang = langOf(c.req.query('lang') ?? null, cookies)
    const [, token] = /^\/set-up\/([^/]+)\/restore$/.exec(c.req.path) ?? []
    if (token && enterBy(door, token, cookies, origin?.startsWith('https:') ?? false)) {
      restore.seen()
      return c.html(pageOf(restore, lang, c.req.path, folder), 200, headsOf(restore))
    }
    const say = words(lang)
    const page = (
      <Page
        room={doorstep}
        lang={lang}
        kind="phone"
        title={say('notReady')}
        lead={say('notReadyWhat')}
        robots="noindex"
      />
    )
    return c.html(renderPage(page), 503, { ...notKept, 'retry-after': '60' })
  })
  return site
}

const headsOf = (restore: WelcomeRestore): Record<string, string> =>
  ['looking', 'restoring'].includes(restore.step().at) ? { ...notKept, refresh: '2' } : notKept

function pageOf(restore: WelcomeRestore, lang: Lang, here: string, folder: string, said?: Fault): string {
  const step = restore.step()
  switch (step.at) {
    case 'choose':
      return choosePage(restore, lang, here, folder, said ?? step.fault)
    case 'looked':
      return lookedPage(step.looked, lang, here)
    case 'looking':
    case 'restoring':
      return waitingPage(step, lang)
    case 'done':
      return donePage(step.told, lang)
    case 'failed':
      return failedPage(step.fault, lang, here)
  }
}

const frame = (lang: Lang) => ({
  room: { whose: 'nobody', seen: 'link' } as const,
  lang,
  kind: 'page' as const,
  robots: 'noindex',
})
const ofKey: readonly Fault[] = ['no-key', 'other-key']

function choosePage(restore: WelcomeRestore, lang: Lang, here: string, folder: string, fault?: Fault): string {
  const say = words(lang)
  const backups = restore.backups()
  const where = fault && (ofKey.includes(fault) ? 'key' : backups.length > 0 ? 'which' : 'backup')
  const problems = fault && where ? [{ field: where, message: say(`fault.${fault}`) }] : undefined
  return renderPage(
    <Page {...frame(lang)} title={say('choose.title')} lead={say('choose.lead')} problems={problems}>
      <form method="post" action={here} enctype="multipart/form-data" novalidate>
        {backups.length > 0 && (
          <Choice
            lang={lang}
            name="which"
            plain
            legend={say('choose.which')}
            hint={say('choose.whichHint')}
            value={backups[0]?.name}
            options={backups.map(({ name, at, bytes }) => ({
              value: name,
              label: sayWhen(at, lang),
              hint: say('looked.megabytes', { count: megabytes(bytes) }),
            }))}
            last={{ value: uploadedName, label: say('choose.other') }}
            error={problemOf(problems, 'which')}
          />
        )}
        <FileField
          name="backup"
          label={say('choose.file')}
          hint={say('choose.fileHint', { folder })}
          error={problemOf(problems, 'backup')}
        />
        <Field
          lang={lang}
          name="key"
          label={say('choose.key')}
          hint={say('choose.keyHint')}
          maxlength={4000}
          error={problemOf(problems, 'key')}
        />
        <FileField name="keyFile" label={say('choose.keyFile')} />
        <Actions>
          <Button>{say('choose.do')}</Button>
          <ButtonLink kind="quiet" href={here.replace(/\/restore$/, '')}>
            {say('choose.afresh')}
          </ButtonLink>
        </Actions>
      </form>
    </Page>,
  )
}

function FileField({
  name,
  label,
  hint,
  error,
}: {
  name: string
  label: string
  hint?: string
  error?: string | undefined
}) {
  const ids = [hint && `${name}-hint`, error && `${name}-error`].filter(Boolean).join(' ')
  return (
    <div class={error ? 'field mend' : 'field'}>
      <label for={name}>{label}</label>
      {hint && (
        <p class="hint" id={`${name}-hint`}>
          {hint}
        </p>
      )}
      {error && (
        <p class="wrong" id={`${name}-error`}>
          {error}
        </p>
      )}
      <input class="wide" type="file" id={name} name={name} aria-describedby={ids || undefined} />
    </div>
  )
}

function lookedPage({ madeAt, bytes, communities, rows }: Looked, lang: Lang, here: string): string {
  const say = words(lang)
  return renderPage(
    <Page {...frame(lang)} title={say('looked.title')} lead={say('looked.lead')}>
      <Facts
        facts={[
          [say('looked.madeAt'), sayWhen(new Date(madeAt), lang)],
          [say('looked.size'), say('looked.megabytes', { count: megabytes(bytes) })],
          [say('looked.communities'), String(communities)],
          [say('looked.rows'), rows.toLocaleString(lang)],
        ]}
      />
      <p>{say('looked.whatThen')}</p>
      <form method="post" action={here}>
        <Actions>
          <Button name="do" value="begin">
            {say('looked.do')}
          </Button>
          <Button kind="quiet" name="do" value="again">
            {say('looked.again')}
          </Button>
        </Actions>
      </form>
    </Page>,
  )
}

function waitingPage({ at, part }: { at: 'looking' | 'restoring'; part: number }, lang: Lang): string {
  const say = words(lang)
  const percent = Math.floor(part * 100)
  return renderPage(
    <Page {...frame(lang)} title={say(`${at}.title`)} lead={say(`${at}.lead`)}>
      <div class="field">
        <label for="far">{say('restoring.far', { percent })}</label>
        <progress class="wide" id="far" max={100} value={percent} />
      </div>
    </Page>,
  )
}

function donePage({ madeAt, sessionsEnded, openCards, forgotten }: Told, lang: Lang): string {
  const say = words(lang)
  const day = sayWhen(new Date(madeAt), lang)
  return renderPage(
    <Page {...frame(lang)} title={say('done.title')} lead={say('done.lead', { day })}>
      <ul>
        {sessionsEnded > 0 && <li>{say('done.sessions', { count: sessionsEnded })}</li>}
        {openCards > 0 && <li>{say('done.cards', { count: openCards })}</li>}
        <li>{forgotten === null ? say('done.unknown') : say('done.forgotten', { count: forgotten })}</li>
      </ul>
      <Actions>
        <ButtonLink href="/">{say('done.go')}</ButtonLink>
      </Actions>
    </Page>,
  )
}

function failedPage(fault: Fault, lang: Lang, here: string): string {
  const say = words(lang)
  return renderPage(
    <Page {...frame(lang)} title={say('failed.title')} lead={`${say(`fault.${fault}`)}. ${say('failed.lead')}`}>
      <Actions>
        <ButtonLink href={here}>{say('failed.go')}</ButtonLink>
      </Actions>
    </Page>,
  )
}
