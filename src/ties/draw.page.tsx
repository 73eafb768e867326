// Two draw together on one phone; and, when both want to keep it, each takes it into their own book. Without scripts it is a sheet to print.
import type { Visit } from '../access/visit.ts'
import { OwnWords } from '../communities/own-words.tsx'
import { frame } from '../communities/place-frame.ts'
import { Actions, Button, ButtonLink, Field, Tick } from '../ui/forms.tsx'
import { Notice } from '../ui/notices.tsx'
import { Page, renderPage } from '../ui/page.tsx'
import { Columns, Part } from '../ui/parts.tsx'
import { Qr } from '../ui/qr.tsx'
import type { Ring } from './circle.ts'
import { longestName, type Mark, marksText, rings } from './drawing.ts'
import { words } from './words.ts'

const island = ['src/ties/draw.island.ts']
const own = { whose: 'person', seen: 'you' } as const

/** Three rings to write names in, or to drag them into. */
function Rings({ visit }: { visit: Visit }) {
  const say = words(visit.lang)
  const at: [Ring, number][] = [
    ['far', 130],
    ['middle', 90],
    ['near', 50],
  ]
  return (
    <svg class="draw-rings" viewBox="-134 -134 268 268" aria-hidden="true">
      {at.map(([ring, radius]) => (
        <>
          <circle class={ring} cx="0" cy="0" r={radius} />
          <text class="ring-word" x="0" y={13 - radius}>
            {say(`draw.ring.${ring}`)}
          </text>
        </>
      ))}
    </svg>
  )
}

export function drawPage(visit: Visit, bothFirst?: boolean): string {
  const { lang } = visit
  const say = words(lang)
  const named = (what: 'draw.where' | 'draw.takeOff') => say(what, { name: '{}' })
  return renderPage(
    <Page
      {...frame(visit, '/circle/draw', own)}
      robots="noindex"
      scripts={island}
      title={say('draw.title')}
      lead={say('draw.lead')}
    >
      {bothFirst && (
        <Notice lang={lang} kind="warn">
          {say('draw.bothFirst')}
        </Notice>
      )}
      <div
        class="draw"
        data-draw=""
        data-twice={say('draw.twice')}
        data-full={say('draw.full')}
        data-nothing={say('draw.nothing')}
        data-both={say('draw.bothFirst')}
        data-where={named('draw.where')}
        data-off={named('draw.takeOff')}
      >
        <p class="not-printed">{say('draw.stays')}</p>
        <form class="inline not-printed" data-add="" data-scripted="" hidden>
          <Field lang={lang} name="name" label={say('draw.name')} maxlength={longestName} autocomplete="off" />
          <Button kind="quiet">{say('draw.add')}</Button>
        </form>
        <p class="soft" data-said="" role="status" />
        <Columns>
          <Rings visit={visit} />
          <div class="not-printed" data-scripted="" hidden>
            <Part title={say('draw.marks')}>
              <p class="soft">{say('draw.empty')}</p>
              <ul class="draw-marks" data-marks="" />
              <template>
                <li>
                  <b />
                  <select>
                    {rings.map((ring) => (
                      <option value={ring}>{say(`draw.ring.${ring}`)}</option>
                    ))}
                  </select>
                  <button type="button" class="button quiet">
                    ×
                  </button>
                </li>
              </template>
            </Part>
          </div>
        </Columns>
        <p class="soft not-printed">{say('draw.paperHow')}</p>
        <form method="post" action="/circle/draw" class="not-printed" data-keep="" data-scripted="" hidden novalidate>
          <Part title={say('draw.keep')}>
            <p>{say('draw.keepWhat')}</p>
            <input type="hidden" name="marks" value="" />
            <Tick lang={lang} name="me" label={say('draw.me')} />
            <Tick lang={lang} name="you" label={say('draw.you')} />
            <Button>{say('draw.button')}</Button>
          </Part>
        </form>
      </div>
    </Page>,
  )
}

/** `taken`: it stands in the book. Otherwise it stands on this page, and nowhere else. */
export type Kept = 'taken' | 'closed' | 'none'

export interface KeptProps {
  visit: Visit
  marks: readonly Mark[]
  kept: Kept
  /** The id of the note: sent twice, it is one. */
  id: string
  /** The code for the other; null when it came by one. */
  link: string | null
}

function AsWords({ visit, marks }: { visit: Visit; marks: readonly Mark[] }) {
  const say = words(visit.lang)
  return (
    <ul class="tie-sources">
      {rings.map((ring) => {
        const names = marks.filter((mark) => mark.ring === ring).map(({ name }) => name)
        return (
          names.length > 0 && (
            <li>
              {say(`draw.ring.${ring}`)}: <OwnWords text={names.join(', ')} />
            </li>
          )
        )
      })}
    </ul>
  )
}

/** So much goes into a code that a phone reads from another phone. */
const longestLink = 900

export function keptPage({ visit, marks, kept, id, link }: KeptProps): string {
  const { lang } = visit
  const say = words(lang)
  return renderPage(
    <Page {...frame(visit, '/circle/draw', own)} robots="noindex" title={say('drawn.title')}>
      <Notice lang={lang} kind={kept === 'taken' ? 'ok' : 'warn'}>
        {say(`drawn.${kept}`)}
      </Notice>
      {kept !== 'taken' && (
        <form method="post" action="/circle/draw">
          <input type="hidden" name="marks" value={marksText(marks)} />
          <input type="hidden" name="id" value={id} />
          <input type="hidden" name="me" value="yes" />
          <input type="hidden" name="you" value="yes" />
          {link === null && <input type="hidden" name="from" value="other" />}
          <p>
            <a href="/book" target="_blank" rel="noopener">
              {say(kept === 'none' ? 'drawn.begin' : 'drawn.open')}
            </a>
          </p>
          <Button>{say('drawn.again')}</Button>
        </form>
      )}
      <Part title={say('drawn.text')}>
        <AsWords visit={visit} marks={marks} />
      </Part>
      {link !== null && (
        <Part title={say('drawn.other')}>
          {link.length > longestLink ? (
            <p>{say('drawn.tooLong')}</p>
          ) : (
            <>
              <p>{say('drawn.otherHow')}</p>
              <Qr lang={lang} text={link} ecc="L" address={say('drawn.received')} />
              <p class="soft">{say('drawn.otherStays')}</p>
            </>
          )}
        </Part>
      )}
      <Actions>
        <ButtonLink kind="quiet" href="/circle/draw">
          {say('draw.title')}
        </ButtonLink>
      </Actions>
    </Page>,
  )
}

/** On the other's phone: what stands behind the # of the address, which is not sent, until they press. */
export function receivedPage(visit: Visit, id: string): string {
  const { lang } = visit
  const say = words(lang)
  return renderPage(
    <Page {...frame(visit, '/circle/drawn', own)} robots="noindex" scripts={island} title={say('drawn.received')}>
      <noscript>
        <p>{say('drawn.noScript')}</p>
      </noscript>
      <p data-nothing="" hidden>
        {say('drawn.nothing')}
      </p>
      <form method="post" action="/circle/draw" data-received="" hidden>
        <p>{say('drawn.receivedHow')}</p>
        <input type="hidden" name="marks" value="" />
        <input type="hidden" name="id" value={id} />
        <input type="hidden" name="from" value="other" />
        <input type="hidden" name="me" value="yes" />
        <input type="hidden" name="you" value="yes" />
        <ul class="tie-sources" data-shown="">
          {rings.map((ring) => (
            <li data-ring={ring} hidden>
              {say(`draw.ring.${ring}`)}: <span />
            </li>
          ))}
        </ul>
        <Button>{say('drawn.again')}</Button>
      </form>
    </Page>,
  )
}
