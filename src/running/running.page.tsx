// How the installation stands, for the one who keeps it: one page, what is urgent first, each with what to do.
import { Hono } from 'hono'
import { personOf, type Visit, type Visited } from '../access/visit.ts'
import { frame } from '../communities/place-frame.ts'
import type { Lang } from '../i18n/catalogue.ts'
import { Actions, ButtonLink } from '../ui/forms.tsx'
import { Notice } from '../ui/notices.tsx'
import { Page, renderPage } from '../ui/page.tsx'
import { Chip, Part, Sheet, Table } from '../ui/parts.tsx'
import { municipalRoom } from '../ui/whose-room.tsx'
import { type Installation, seeRunning } from './running.deeds.ts'
import type { Line } from './running.ts'
import { words } from './words.ts'

const path = '/operator'
const tones = { red: 'ember', yellow: 'glow', well: 'beech' } as const

export const runningPages = (here: Installation): Hono<Visited> =>
  new Hono<Visited>().get(path, async (c) => {
    const lines = await seeRunning(personOf(c), here)
    return c.html(runningPage(c.get('visit'), lines), 200, { 'cache-control': 'no-store' })
  })

function runningPage(visit: Visit, lines: readonly Line[]): string {
  const { lang } = visit
  const say = words(lang)
  const [first] = lines
  return renderPage(
    <Page {...frame(visit, path, municipalRoom('operators'))} title={say('title')} lead={say('lead')} robots="noindex">
      {first && first.state === 'red' ? (
        <Sheet eyebrow={say('next')} title={sayMatter(lang, first)}>
          <p>{sayLine(lang, first)}</p>
          {first.href && (
            <Actions>
              <ButtonLink href={first.href}>{say('more')}</ButtonLink>
            </Actions>
          )}
        </Sheet>
      ) : (
        <Notice lang={lang} kind="ok" title={say(first?.state === 'yellow' ? 'nothingUrgent' : 'allWell')} />
      )}
      <Part id="all" title={say('all')}>
        <Table
          caption={say('title')}
          quiet
          columns={[say('what'), say('how'), say('why')]}
          rows={lines.map((line) => [
            line.href ? <a href={line.href}>{say(`${line.matter}.name`)}</a> : say(`${line.matter}.name`),
            <Chip tone={tones[line.state]}>{say(`state.${line.state}`)}</Chip>,
            sayLine(lang, line),
          ])}
        />
      </Part>
      <p>
        <a href="/operator/move-in">{say('moveIn')}</a>
      </p>
    </Page>,
  )
}

export const sayMatter = (lang: Lang, { matter }: Line): string => words(lang)(`${matter}.name`)

/** Each line names its sentence; the words of the matter hold it. */
export const sayLine = (lang: Lang, { matter, said, values }: Line): string =>
  words(lang)(`${matter}.${said}` as 'backup.none', values)
