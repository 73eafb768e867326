// A phone's own words and what became of each of them: shown, gathered, not shown and why, waiting for its writer.

import { lookOver } from '../../hints.ts'
import { words as peopleWords } from '../../people/words.ts'
import { Actions, Button, ButtonLink } from '../../ui/forms.tsx'
import { EmptyState } from '../../ui/notices.tsx'
import { SayMore } from './evening.page.tsx'
import { type Again, mendings, phonePage, SaidWords, Ways, type Where, WhoSees } from './phone.page.tsx'
import { pictureOf } from './phone-state.page.tsx'
import { SayForm } from './say-form.tsx'
import type { OwnWord } from './saying.deeds.ts'
import { words } from './words.ts'

interface MineProps extends Where {
  own: readonly OwnWord[]
  /** The one that is being changed. */
  change?: string | undefined
  again?: Again | undefined
}

export function minePage(p: MineProps): string {
  const { lang, meeting, evening, own, again } = p
  const say = words(lang)
  const changing = own.find(({ id }) => id === p.change)
  const over = evening?.putAwayAt !== null && evening?.putAwayAt !== undefined
  const problems = again && mendings(lang, again.problems, 'text')
  const lead = over ? say('mine.away') : meeting.life.phase === 'planned' ? say('mine.lead') : say('mine.closing')
  if (changing || again)
    return phonePage({
      seen: 'you',
      ...p,
      title: say('mine.changeTitle'),
      problems,
      here: `/m/${meeting.code}/mine?change=${p.change}`,
      children: (
        <>
          {changing && changing.recognised > 0 && <p>{say('mine.changeKnown', { count: changing.recognised })}</p>}
          <SayForm
            lang={lang}
            code={meeting.code}
            change={p.change}
            said={again?.said ?? (changing && asSaid(changing))}
            problems={problems}
          />
          <p class="ways">
            <a href={`/m/${meeting.code}/mine?lang=${lang}`}>{say('mine.changeNot')}</a>
          </p>
          <WhoSees lang={lang} />
        </>
      ),
    })
  return phonePage({
    seen: 'you',
    ...p,
    title: say('mine.title'),
    lead,
    here: `/m/${meeting.code}/mine`,
    children: (
      <>
        <div id="fates" data-fates={evening ? pictureOf(evening).fate : ''}>
          {own.length === 0 && !over && <EmptyState title={say('mine.none')} />}
          {own.length > 0 && (
            <ol class="words">
              {/* What waits for an answer comes first, then the newest. */}
              {[...own]
                .sort((a, b) => Number(b.state === 'asked') - Number(a.state === 'asked') || b.ordinal - a.ordinal)
                .map((one) => (
                  <OneOfMine {...p} one={one} />
                ))}
            </ol>
          )}
        </div>
        {evening && !over && <SayMore lang={lang} code={meeting.code} open={own.length === 0} mine />}
        <Ways {...p} links={['meeting', 'words']} />
        <p class="ways">
          <a href={`/m/${meeting.code}/keep?lang=${lang}`}>{peopleWords(lang)('join.offer')}</a>
        </p>
      </>
    ),
  })
}

const asSaid = ({ kind, text, openTo }: OwnWord): URLSearchParams =>
  new URLSearchParams({ kind, text, ...(openTo === 'public' && { public: 'yes' }) })

function OneOfMine({ lang, meeting, evening, one }: Where & { one: OwnWord }) {
  const say = words(lang)
  const { id, kind, text, state } = one
  const act = (path: string, label: string, quiet: boolean, more: Record<string, string> = {}) => (
    <form
      method="post"
      action={`/m/${meeting.code}/${path}`}
      data-outbox={`/m/${meeting.code}/mine?lang=${lang}`}
      data-says={text}
    >
      {Object.entries({ lang, id, ...more }).map(([name, value]) => (
        <input type="hidden" name={name} value={value} />
      ))}
      <Button kind={quiet ? 'quiet' : undefined}>{label}</Button>
    </form>
  )
  const change = (label: string, quiet: boolean) => (
    <ButtonLink href={`/m/${meeting.code}/mine?lang=${lang}&change=${id}`} kind={quiet ? 'quiet' : undefined}>
      {label}
    </ButtonLink>
  )
  return (
    <li id={`w-${id}`}>
      <p class="kind">{say(`kind.${kind}`)}</p>
      <SaidWords kind={kind} text={text} lang={one.lang} />
      <Fate lang={lang} one={one} evening={evening} meeting={meeting} />
      <Actions>
        {state === 'asked' && (
          <>
            {change(say('mine.rewrite'), false)}
            {act('show', say('mine.show'), true)}
          </>
        )}
        {state === 'shown' && change(say('mine.change'), true)}
        {state === 'hidden' && change(say('mine.rewrite'), true)}
        {state === 'withdrawn'
          ? act('back', say('mine.bring'), true, { undo: '1' })
          : act('back', say('mine.take'), true)}
      </Actions>
    </li>
  )
}

/** What became of it, in words. */
function Fate({ lang, one, evening }: Where & { one: OwnWord }) {
  const say = words(lang)
  const { state, hiddenWhy, theme, openTo, recognised, kind } = one
  if (state === 'withdrawn') return <p>{say('mine.withdrawn')}</p>
  if (state === 'asked') {
    const { hints } = lookOver(one.text)
    return (
      <div class="notice warn">
        <p class="notice-title">{say('mine.asked')}</p>
        <div class="notice-text">
          {(hints.length > 0 ? hints : (['gone'] as const)).map((hint) => (
            <p>{say(`mine.hint.${hint}`)}</p>
          ))}
          <p>{say('mine.hintWrong')}</p>
        </div>
      </div>
    )
  }
  if (state === 'hidden')
    return (
      <div class="notice">
        <p class="notice-title">{say('mine.hidden')}</p>
        <p>{say(`mine.why.${hiddenWhy ?? 'other'}`)}</p>
      </div>
    )
  const wall = evening && pictureOf(evening).wall
  const where =
    wall?.kind === 'too-few'
      ? say('mine.waitFew')
      : wall?.kind === 'no-hope-yet' && kind === 'unbearable'
        ? say('mine.waitHope')
        : say('mine.shown')
  return (
    <p>
      {theme ? <b>{say('mine.theme', { theme: isolated(theme) })}</b> : where}
      {openTo === 'public' && ` ${say('mine.public')}`}
      {recognised > 0 && ` ${say('mine.known', { count: recognised })}`}
    </p>
  )
}

/** A theme's name may be written from right to left: it turns nothing round it. */
const isolated = (name: string): string => `\u2068${name}\u2069`
