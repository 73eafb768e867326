// The audit as a page and a file, for the officer and the operator.
import { Hono } from 'hono'
import { personOf, type Visit, type Visited } from '../access/visit.ts'
import { frame } from '../communities/place-frame.ts'
import { sayDate, sayDayAndTime } from '../communities/times.ts'
import type { Lang } from '../i18n/catalogue.ts'
import { refuse } from '../refusal.ts'
import { Actions, ButtonLink } from '../ui/forms.tsx'
import { EmptyState, Notice } from '../ui/notices.tsx'
import { Page, renderPage } from '../ui/page.tsx'
import { Part, Table } from '../ui/parts.tsx'
import { municipalRoom } from '../ui/whose-room.tsx'
import { type AuditSeen, allEntries, seeAudit } from './audit.deeds.ts'
import { type Entry, type Facts, isAuditEvent } from './audit.ts'
import da from './da.json' with { type: 'json' }
import { words } from './words.ts'

const path = '/audit'
const timeZone = 'Europe/Copenhagen'

export function auditPages(csvText: (rows: readonly (readonly (string | number | null)[])[]) => string): Hono<Visited> {
  return new Hono<Visited>()
    .get(path, async (c) => {
      const before = /^\d{1,15}$/.exec(c.req.query('before') ?? '')
      const seen = await seeAudit(personOf(c), before ? Number(before[0]) : null)
      c.header('cache-control', 'no-store')
      return c.html(auditPage(c.get('visit'), seen, before !== null))
    })
    .get(`${path}.csv`, async (c) => {
      const entries = await allEntries(personOf(c))
      if (entries.length === 0) return refuse('not-found')
      const rows = entries.map((one) => [
        one.id,
        one.at.toISOString(),
        one.what,
        one.role,
        one.name,
        one.place,
        JSON.stringify(one.facts),
        one.hash,
      ])
      return c.body(csvText([['id', 'at', 'what', 'role', 'name', 'place', 'facts', 'hash'], ...rows]), 200, {
        'cache-control': 'no-store',
        'content-type': 'text/csv; charset=utf-8',
        'content-disposition': 'attachment; filename="oplive-audit.csv"',
      })
    })
}

function auditPage(visit: Visit, { entries, more, brokenAt }: AuditSeen, later: boolean): string {
  const { lang } = visit
  const say = words(lang)
  const newest = entries[0]
  const oldest = entries.at(-1)
  return renderPage(
    <Page {...frame(visit, path, municipalRoom('watch'))} title={say('title')} lead={say('lead')} robots="noindex">
      {brokenAt !== null ? (
        <Notice lang={lang} kind="error" title={say('broken', { at: brokenAt })}>
          <p>{say('brokenWhat')}</p>
        </Notice>
      ) : (
        entries.length > 0 && (
          <Notice lang={lang} kind="ok" title={say('whole')}>
            <p>{say('wholeWhat')}</p>
          </Notice>
        )
      )}
      {entries.length === 0 ? (
        <EmptyState title={say('none')}>{say('noneWhat')}</EmptyState>
      ) : (
        <Part id="list" title={say('what')}>
          <Table
            caption={say('title')}
            quiet
            columns={[say('number'), say('when'), say('what'), say('who'), say('place'), say('facts')]}
            numbers={[0]}
            rows={entries.map((one) => [
              one.id,
              sayDayAndTime(one.at, timeZone, lang),
              sayEvent(visit, one),
              sayWho(visit, one),
              one.place ? <a href={`/c/${one.place}`}>{one.place}</a> : '–',
              sayFacts(lang, one.facts),
            ])}
          />
          {!later && newest && (
            <p>
              {say('print')} <code class="token">{`${newest.id} · ${newest.hash.slice(0, 16)}`}</code>
            </p>
          )}
          <Actions>
            {more && oldest && (
              <ButtonLink kind="quiet" href={`${path}?before=${oldest.id}`}>
                {say('older')}
              </ButtonLink>
            )}
            <ButtonLink kind="quiet" href={`${path}.csv`} download="oplive-audit.csv">
              {say('file')}
            </ButtonLink>
          </Actions>
        </Part>
      )}
    </Page>,
  )
}

const sayEvent = (visit: Visit, { what }: Entry): string =>
  isAuditEvent(what) ? words(visit.lang)(`event.${what}`) : what

const roles = ['guest', 'resident', 'host', 'keyholder', 'employee', 'leader', 'officer', 'operator', 'system'] as const

function sayWho(visit: Visit, { role, name }: Entry): string {
  const known = roles.find((one) => one === role)
  const as = known ? words(visit.lang)(`role.${known}`) : role
  return name ? `${name}, ${as}` : as
}

const factKeys = Object.keys(da.fact) as (keyof typeof da.fact)[]

/** "Kom: 1. marts 2027 · i tide: ja". What has no word of its own stands as it is written. */
function sayFacts(lang: Lang, facts: Facts): string {
  const say = words(lang)
  const sayValue = (value: Facts[string]): string => {
    if (typeof value === 'boolean') return say(value ? 'yes' : 'no')
    const text = String(value ?? '–')
    const role = roles.find((one) => one === text)
    return role ? say(`role.${role}`) : /^\d{4}-\d\d-\d\d$/.test(text) ? sayDate(text, lang) : text
  }
  const said = Object.entries(facts).map(([key, value]) => {
    const known = factKeys.find((one) => one === key)
    return `${known ? say(`fact.${known}`) : key}: ${sayValue(value)}`
  })
  return said.join(' · ') || '–'
}
