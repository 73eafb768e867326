// Two quarters of a place beside each other, what has changed between them, and the place's own choice of which pictures it keeps.
import type { Visit } from '../access/visit.ts'
import { sayDate } from '../communities/times.ts'
import { Actions, Button } from '../ui/forms.tsx'
import { Part, Table } from '../ui/parts.tsx'
import { Outlined, OutlineTable, sayPhase, sayQuarter, sayTogether } from './outline.page.tsx'
import { eachOf } from './outline-drawing.ts'
import type { KeptOutline } from './outlines.deeds.ts'
import { words } from './words.ts'

interface Props {
  visit: Visit
  slug: string
  /** The newest first. */
  outlines: readonly KeptOutline[]
  /** The first day of the quarter that the newest is laid beside; null: the oldest there is. */
  then: string | null
  /** The one who looks keeps the place's keys. */
  keeps: boolean
}

/** The newest, and the one to lay beside it. */
export function momentsOf(outlines: readonly KeptOutline[], then: string | null): [KeptOutline, KeptOutline] | null {
  const [newest, ...earlier] = outlines
  const other = earlier.find(({ first }) => first === then) ?? earlier.at(-1)
  return newest && other ? [other, newest] : null
}

export function Moments({ visit: { lang }, slug, outlines, then, keeps }: Props) {
  const say = words(lang)
  const moments = momentsOf(outlines, then)
  if (!moments) return null
  const [before, now] = moments
  const each = Math.max(...moments.map(({ outline }) => eachOf(outline)))
  const changed = before.outline.phase !== now.outline.phase
  const others = outlines.slice(1).filter(({ first }) => first !== before.first)
  return (
    <Part id="moments" title={say('moments.title')}>
      <p class="question">
        {say(changed ? 'moments.changed' : 'moments.same', {
          before: say(`left.phaseName.${before.outline.phase}`),
          now: say(`left.phaseName.${now.outline.phase}`),
        })}
      </p>
      <p>
        {say('moments.held', {
          before: sayTogether(before.outline, lang),
          now: sayTogether(now.outline, lang),
        })}
      </p>
      <div class="moments">
        {moments.map((one) => (
          <Moment lang={lang} one={one} slug={slug} keeps={keeps} each={each} />
        ))}
      </div>
      <Table
        caption={say('moments.title')}
        quiet
        columns={[say('moments.what'), ...moments.map(({ first }) => sayQuarter(first, lang))]}
        rows={[
          [say('moments.together'), ...moments.map(({ outline }) => sayTogether(outline, lang))],
          [say('moments.shape'), ...moments.map(({ outline }) => say(`left.phase.${outline.phase}`))],
          [say('moments.why'), ...moments.map(({ outline }) => sayPhase(outline, lang))],
          [
            say('moments.through'),
            ...moments.map(({ outline }) => (outline.brokerage === null ? '' : `${outline.brokerage} %`)),
          ],
          [say('moments.ties'), ...moments.map(({ outline }) => say('outline.about', { count: outline.ties }))],
          [
            say('moments.recorded'),
            ...moments.map(({ outline: { recorded } }) =>
              say('moments.of', { part: recorded.confirmed, all: recorded.active }),
            ),
          ],
        ]}
      />
      {others.length > 0 && (
        <p>
          {say('moments.others')}{' '}
          {others.map(({ first }) => (
            <>
              <a href={`/c/${slug}/if-we-left?then=${first}#moments`}>{sayQuarter(first, lang)}</a>{' '}
            </>
          ))}
        </p>
      )}
      <p class="soft">{say('moments.how')}</p>
    </Part>
  )
}

function Moment({
  lang,
  one: { first, kept, outline },
  slug,
  keeps,
  each,
}: Pick<Props, 'slug' | 'keeps'> & { lang: Visit['lang']; one: KeptOutline; each: number }) {
  const say = words(lang)
  const quarter = sayQuarter(first, lang)
  const path = `/c/${slug}/if-we-left/outline/${first}`
  return (
    <section class="moment">
      <h3>{quarter}</h3>
      <p>
        <b>{say(`left.phase.${outline.phase}`)}</b>
      </p>
      <Outlined lang={lang} outline={outline} label={say('outline.says', { quarter })} each={each} />
      <details>
        <summary>{say('moments.groups')}</summary>
        <OutlineTable lang={lang} outline={outline} label={say('outline.says', { quarter })} />
      </details>
      <p class="soft">{kept ? say('moments.kept') : say('moments.goes', { day: sayDate(goesOn(first), lang) })}</p>
      {keeps && (
        <form method="post">
          <Actions>
            <Button kind="quiet" formaction={`${path}/${kept ? 'let-go' : 'keep'}`}>
              {say(kept ? 'moments.letGo' : 'moments.keep')}
            </Button>
          </Actions>
          <details>
            <summary>{say('moments.throwAway')}</summary>
            <p>{say('moments.gone')}</p>
            <Button kind="quiet" formaction={`${path}/throw-away`}>
              {say('moments.throwAwayNow')}
            </Button>
          </details>
        </form>
      )}
    </section>
  )
}

/** The day when an outline goes that nobody keeps: twelve months after its quarter has ended. */
export const goesOn = (first: string): string => {
  const months = Number(first.slice(0, 4)) * 12 + Number(first.slice(5, 7)) - 1 + 15
  return `${Math.floor(months / 12)}-${String((months % 12) + 1).padStart(2, '0')}-01`
}
