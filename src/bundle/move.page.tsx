// Taking the community home, as a page for those who belong: what comes along, who has said yes, the file, the receipt, and letting go.
import type { Visit } from '../access/visit.ts'
import { placeFrame } from '../communities/place-frame.ts'
import { sayDayAndTime } from '../communities/times.ts'
import { Actions, Button, ButtonLink, Field, type Problem, problemOf, Tick } from '../ui/forms.tsx'
import { Notice } from '../ui/notices.tsx'
import { Page, renderPage } from '../ui/page.tsx'
import { Part, Sheet } from '../ui/parts.tsx'
import type { MoveSeen } from './move.deeds.ts'
import { askDays, askedUntil, newPassphrase } from './move.ts'
import type { BundleProblem } from './problem.ts'
import { FileField, own, Press, Refused, Signs } from './said.tsx'
import { words } from './words.ts'

export interface MoveAgain {
  problems?: Problem[]
  passphrase?: string
  refused?: BundleProblem
}

interface Shown {
  visit: Visit
  seen: MoveSeen
  again: MoveAgain
}

export function movePage(visit: Visit, seen: MoveSeen, again: MoveAgain = {}): string {
  const { lang } = visit
  const say = words(lang)
  const { community, keeps, stage, wait } = seen
  const path = `/c/${community.slug}/move`
  const refused = again.refused ?? (stage === 'agreed' ? wait : null)
  return renderPage(
    <Page
      {...placeFrame(visit, community, path, 'residents')}
      title={`${say('move.title')} · ${community.name}`}
      heading={say('move.title')}
      eyebrow={own(community.name)}
      lead={say('move.lead')}
      problems={again.problems}
      robots="noindex"
    >
      {refused && <Refused lang={lang} fault={refused.fault} where={sayWhere(visit, seen, refused)} />}
      {!keeps && <p>{say('move.notYou')}</p>}
      <Now visit={visit} seen={seen} again={again} />
      <Onward visit={visit} seen={seen} again={again} />
      {keeps && (stage === 'agreed' || stage === 'packed') && <Receipt visit={visit} seen={seen} again={again} />}
      <Part id="comes" title={say('move.comes')}>
        <ul>
          <li>{say('move.comesPeople')}</li>
          <li>{say('move.comesMeetings')}</li>
          <li>{say('move.comesKeys')}</li>
          <li>{say('move.comesPaper')}</li>
        </ul>
      </Part>
      <Part id="stays" title={say('move.stays')}>
        <ul>
          <li>{say('move.staysBook')}</li>
          <li>{say('move.staysPasskey')}</li>
          <li>{say('move.staysMunicipal')}</li>
        </ul>
      </Part>
      <p>
        <a href={`/c/${community.slug}/room`}>{say('move.back')}</a>
      </p>
    </Page>,
  )
}

/** A day is said as a day; a place in a file as it is. */
const sayWhere = ({ lang }: Visit, { community }: MoveSeen, { fault, where }: BundleProblem): string =>
  fault === 'late' ? sayDayAndTime(new Date(where), community.timeZone, lang) : where

const nameOf = ({ lang }: Visit, { people }: MoveSeen, id: string | undefined): string =>
  people.find((one) => one.id === id)?.name ?? words(lang)('move.somebody')

/** The one thing to do now. */
function Now(shown: Shown) {
  const { visit, seen } = shown
  const say = words(visit.lang)
  const { community, stage, keeps, people } = seen
  const room = `/c/${community.slug}`
  if (community.keeper === null)
    return (
      <Sheet title={say('move.interim')}>
        <p>{say('move.interimWhat')}</p>
        <Actions>
          <ButtonLink href={`${room}/room#hand-over`}>{say('move.interimGo')}</ButtonLink>
        </Actions>
      </Sheet>
    )
  // Then the sheet is the last one: to let it go.
  if (keeps && seen.receipt) return null
  if (stage === 'asked') return <Asked {...shown} />
  if (stage === 'agreed') return <Fetch {...shown} />
  if (!keeps) return stage === 'none' ? <p>{say('move.nothing')}</p> : null
  if (people.filter(({ holds }) => holds).length < 2)
    return (
      <Sheet title={say('move.alone')}>
        <p>{say('move.aloneWhat')}</p>
        <Actions>
          <ButtonLink href={`${room}/keys`}>{say('move.aloneGo')}</ButtonLink>
        </Actions>
      </Sheet>
    )
  return (
    <Sheet
      eyebrow={say('move.step', { number: 1 })}
      title={say(stage === 'packed' ? 'move.packedTitle' : 'move.askTitle')}
    >
      {stage === 'packed' && <p>{say('move.packedWhat')}</p>}
      <p>{say('move.askWhat', { days: askDays })}</p>
      {seen.wait && <Refused lang={visit.lang} fault={seen.wait.fault} where={sayWhere(visit, seen, seen.wait)} />}
      <div class="actions">
        <Press action={`${room}/move`} kind={stage === 'packed' ? 'quiet' : 'primary'}>
          {say('move.ask')}
        </Press>
      </div>
    </Sheet>
  )
}

function Asked({ visit, seen }: Shown) {
  const say = words(visit.lang)
  const { community, move, keeps, me } = seen
  if (!move) return null
  const path = `/c/${community.slug}/move/${move.id}`
  const mine = move.packYes.includes(me)
  return (
    <Sheet
      eyebrow={say('move.step', { number: 2 })}
      title={own(say('move.askedTitle', { name: nameOf(visit, seen, move.packYes[0]) }))}
    >
      <p>
        {say('move.askedWhat', { day: sayDayAndTime(askedUntil(move), community.timeZone, visit.lang) })}{' '}
        {mine && say('move.askedYou')}
      </p>
      {keeps && (
        <div class="actions">
          {!mine && <Press action={`${path}/yes`}>{say('move.yes')}</Press>}
          <Press action={`${path}/stop`} kind="quiet">
            {say(mine ? 'move.undo' : 'move.no')}
          </Press>
        </div>
      )}
    </Sheet>
  )
}

function Fetch({ visit, seen, again }: Shown) {
  const say = words(visit.lang)
  const { community, move, keeps, me, until } = seen
  if (!move || !until) return null
  const path = `/c/${community.slug}/move/${move.id}`
  const names = move.packYes.map((id) => nameOf(visit, seen, id)).join(' & ')
  const mine = keeps && move.packYes.includes(me)
  return (
    <Sheet eyebrow={say('move.step', { number: 3 })} title={say('move.fetchTitle')}>
      <p>{own(say('move.fetchWhat', { names, day: sayDayAndTime(until, community.timeZone, visit.lang) }))}</p>
      {!mine && <p>{say('move.fetchNotYou')}</p>}
      {mine && (
        <form method="post" action={`${path}/file`} novalidate>
          <Field
            lang={visit.lang}
            name="passphrase"
            label={say('move.passphrase')}
            hint={say('move.passphraseHint')}
            value={again.passphrase ?? newPassphrase()}
            error={problemOf(again.problems, 'passphrase')}
          />
          <Button>{say('move.fetch')}</Button>
        </form>
      )}
      {keeps && (
        <div class="actions">
          <Press action={`${path}/stop`} kind="quiet">
            {say('move.no')}
          </Press>
        </div>
      )}
    </Sheet>
  )
}

/** What to do with the file when one has it. */
function Onward({ visit, seen }: Shown) {
  const say = words(visit.lang)
  if (!seen.fingerprint || seen.receipt) return null
  return (
    <Part id="onward" title={say('move.aloudTitle')}>
      <ol class="in-turn">
        <li>{say('move.aloudFile')}</li>
        <li>
          {say('move.aloudSign')}
          <Signs title={say('move.aloudSigns')} fingerprint={seen.fingerprint} />
        </li>
        <li>{say('move.aloudDelete')}</li>
      </ol>
    </Part>
  )
}

function Receipt(shown: Shown) {
  const { visit, seen, again } = shown
  const say = words(visit.lang)
  const { community, move, receipt } = seen
  if (!move) return null
  if (receipt) return <LetGo {...shown} />
  return (
    <Part id="receipt" title={say('move.receiptTitle')}>
      <p>{say('move.receiptWhat')}</p>
      <form
        method="post"
        action={`/c/${community.slug}/move/${move.id}/receipt`}
        enctype="multipart/form-data"
        novalidate
      >
        <FileField
          name="file"
          label={say('move.receipt')}
          hint={say('move.receiptHint')}
          accept=".txt,text/plain"
          error={problemOf(again.problems, 'file')}
        />
        {again.refused?.fault === 'written-since' && (
          <Tick lang={visit.lang} name="although" label={say('move.although')} />
        )}
        <Button kind={seen.stage === 'packed' ? 'primary' : 'quiet'}>{say('move.bring')}</Button>
      </form>
    </Part>
  )
}

function LetGo({ visit, seen, again }: Shown) {
  const say = words(visit.lang)
  const { community, move, receipt, me } = seen
  if (!move || !receipt) return null
  const path = `/c/${community.slug}/move/${move.id}`
  const mine = move.goYes.includes(me)
  return (
    <Sheet eyebrow={say('move.step', { number: 4 })} title={say('move.goTitle')}>
      <p>
        {own(say('move.goWhat', { address: receipt.address, name: nameOf(visit, seen, move.goYes[0]) }))}{' '}
        {say('move.goHow')}
      </p>
      {move.although && (
        <Notice lang={visit.lang} kind="warn">
          <p>{say('move.goAlthough')}</p>
        </Notice>
      )}
      <Signs title={say('move.goSigns')} fingerprint={receipt.fingerprint} />
      {mine ? (
        <p>{say('move.goYou')}</p>
      ) : (
        <>
          <p>{say('move.goAsk')}</p>
          <form method="post" action={`${path}/let-go`} novalidate>
            <input type="hidden" name="signer" value={receipt.fingerprint} />
            <Tick lang={visit.lang} name="same" label={say('move.same')} error={problemOf(again.problems, 'same')} />
            <Button kind="danger">{say('move.go')}</Button>
          </form>
        </>
      )}
      <div class="actions">
        <Press action={`${path}/back`} kind="quiet">
          {say('move.goBack')}
        </Press>
      </div>
    </Sheet>
  )
}
