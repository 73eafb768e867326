// What every visitor may want to know about the site: what is promised and where it ends, who can use it, and where its source is.
import type { Child } from 'hono/jsx'
import type { Visit } from '../access/visit.ts'
import type { Municipality } from '../communities/municipality.ts'
import { frame } from '../communities/place-frame.ts'
import { sayDate } from '../communities/times.ts'
import { Page, renderPage } from '../ui/page.tsx'
import { Part, Table } from '../ui/parts.tsx'
import { doorstep } from '../ui/whose-room.tsx'
import { words } from './words.ts'

/** When somebody last went through the accessibility page and found it true. */
const lastLookedThrough = '2026-11-23'

const licence = 'https://www.mozilla.org/MPL/2.0/'

/** Whatever is taken: what it gives away, and what it must not (`trust.md`, "who can hand over what"). */
const taken = [
  'phone',
  'poster',
  'mailbox',
  'loginCard',
  'host',
  'keyholder',
  'employee',
  'after',
  'during',
  'backup',
] as const

const Sentences = ({ children }: { children: Child[] }) => (
  <div class="stack">
    {children.map((sentence) => (
      <p>{sentence}</p>
    ))}
  </div>
)

const Lines = ({ lines }: { lines: Child[] }) => (
  <ul>
    {lines.map((line) => (
      <li>{line}</li>
    ))}
  </ul>
)

export function promisePage(visit: Visit): string {
  const say = words(visit.lang)
  return renderPage(
    <Page {...frame(visit, '/promise', doorstep)} title={say('promise.title')} lead={say('promise.lead')}>
      <Part id="card" title={say('promise.card.title')}>
        <Sentences>{[say('promise.card.who'), say('promise.card.how'), say('promise.card.nothingElse')]}</Sentences>
      </Part>
      <Part id="end" title={say('promise.end.title')}>
        <Sentences>{[say('promise.end.during'), say('promise.end.before')]}</Sentences>
      </Part>
      <Part id="result" title={say('promise.result.title')}>
        <Lines
          lines={[
            say('promise.result.few'),
            say('promise.result.small'),
            say('promise.result.late'),
            say('promise.result.first'),
          ]}
        />
      </Part>
      <Part id="words" title={say('promise.words.title')}>
        <Sentences>{[say('promise.words.apart'), say('promise.words.who')]}</Sentences>
      </Part>
      <Part id="taken" title={say('promise.taken.title')}>
        <Table
          caption={say('promise.taken.title')}
          quiet
          columns={[say('promise.taken.what'), say('promise.taken.gives'), say('promise.taken.not')]}
          rows={taken.map((what) => [
            say(`promise.${what}.what`),
            say(`promise.${what}.gives`),
            say(`promise.${what}.not`),
          ])}
        />
      </Part>
      <Part id="you" title={say('promise.you.title')}>
        <Lines lines={[say('promise.you.account'), say('promise.you.cookies'), say('promise.you.others')]} />
      </Part>
    </Page>,
  )
}

/** The page's own statement, for as long as the municipality has not written one in Digitaliseringsstyrelsen's tool. */
export function accessibilityPage(visit: Visit, municipality: Municipality | null): string {
  const say = words(visit.lang)
  const name = municipality?.name ?? say('was.municipality')
  return renderPage(
    <Page {...frame(visit, '/was', doorstep)} title={say('was.title')} lead={say('was.lead')}>
      <Part id="tested" title={say('was.tested')}>
        <Lines
          lines={[say('was.axe'), say('was.keyboard'), say('was.narrow'), say('was.noScript'), say('was.language')]}
        />
      </Part>
      <Part id="untested" title={say('was.untested')}>
        <Lines lines={[say('was.people'), say('was.readers'), say('was.oldPhones'), say('was.round')]} />
      </Part>
      <Part id="complain" title={say('was.complain')}>
        <Sentences>
          {[
            say('was.write', { name }),
            municipality?.contactMail
              ? say('was.contact', {
                  ways: [municipality.contactMail, municipality.contactPhone].filter(Boolean).join(' · '),
                })
              : say('was.noContact', { name }),
            say('was.otherwise'),
            say('was.authority'),
          ]}
        </Sentences>
      </Part>
      <p class="small soft">{say('was.looked', { day: sayDate(lastLookedThrough, visit.lang) })}</p>
    </Page>,
  )
}

export function sourcePage(visit: Visit, municipality: Municipality | null): string {
  const say = words(visit.lang)
  const name = municipality?.name ?? say('source.municipality')
  return renderPage(
    <Page {...frame(visit, '/source', doorstep)} title={say('source.title')} lead={say('source.lead')}>
      <Part id="licence" title={say('source.licence')}>
        <p>
          {say('source.mpl')}{' '}
          <a href={licence} hreflang="en" rel="license">
            {say('source.readLicence')}
          </a>
        </p>
      </Part>
      <Part id="where" title={say('source.where')}>
        <Sentences>{[say('source.notHere'), say('source.ask', { name })]}</Sentences>
      </Part>
      <Part id="others" title={say('source.others')}>
        <p>{say('source.fonts')}</p>
      </Part>
    </Page>,
  )
}
