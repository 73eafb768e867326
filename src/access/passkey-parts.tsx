// What other pages show of passkeys: the button to come in, the button to prove it, one's own passkeys, and what one must be told of them.
import type { Context } from 'hono'
import type { Child } from 'hono/jsx'
import { catalogue, type Lang } from '../i18n/catalogue.ts'
import { Button } from '../ui/forms.tsx'
import { Notice } from '../ui/notices.tsx'
import { Part } from '../ui/parts.tsx'
import da from './passkey.da.json' with { type: 'json' }
import type { passkeysOf } from './passkey.deeds.ts'
import en from './passkey.en.json' with { type: 'json' }
import { type Ceremony, type Party, partyAt } from './passkey.ts'
import type { Visited } from './visit.ts'
import { sayDay } from './way-days.ts'

export const words = catalogue(da, en)

/** To be named in the `scripts` of a page that shows any of these. */
export const passkeyScript = 'src/access/passkey.island.ts'

/** Where passkeys work for whoever asks for this page; null where their browser has none. */
export const partyIn = (c: Context<Visited>): Party | null => partyAt(c.get('visit').origin, c.req.header('host'))

interface CeremonyProps {
  lang: Lang
  ceremony: Ceremony
  /** Where to go on to afterwards. */
  next?: string | undefined
  /** The device must be unlocked for it: for those of the municipality. */
  staff?: boolean | undefined
  quiet?: boolean | undefined
  children: Child
}

/** Stays away until the script has seen that the browser has passkeys. */
export function CeremonyForm({ lang, ceremony, next, staff, quiet, children }: CeremonyProps) {
  const say = words(lang)
  return (
    <form
      method="post"
      action={`/passkey/${ceremony}`}
      data-passkey={ceremony}
      data-uv={staff ? 'required' : undefined}
      data-again={say('again')}
      data-known={say('known')}
      hidden
    >
      <input type="hidden" name="answer" />
      {next && next !== '/' && <input type="hidden" name="next" value={next} />}
      <Button wide={ceremony !== 'add'} kind={quiet ? 'quiet' : undefined}>
        {children}
      </Button>
      <p class="soft small" role="status"></p>
    </form>
  )
}

interface ButtonProps {
  lang: Lang
  party: Party | null
  next?: string | undefined
  staff?: boolean | undefined
  quiet?: boolean | undefined
}

/** For the pages where one comes in. Nothing where there are no passkeys. */
export const PasskeyButton = ({ party, ...rest }: ButtonProps) =>
  party && (
    <CeremonyForm ceremony="in" {...rest}>
      {words(rest.lang)('come')}
    </CeremonyForm>
  )

/** For the page where one shows anew who one is. */
export const ProveByPasskey = ({ party, ...rest }: ButtonProps) =>
  party && (
    <CeremonyForm ceremony="prove" {...rest}>
      {words(rest.lang)('prove')}
    </CeremonyForm>
  )

interface OwnProps {
  lang: Lang
  now: Date
  party: Party | null
  own: Awaited<ReturnType<typeof passkeysOf>>
  staff: boolean
  /** The page this stands on. */
  here: string
}

/** One's own passkeys: each with its days, and a page to name or remove it; and how to add one. */
export function OwnPasskeys({ lang, now, party, own, staff, here }: OwnProps) {
  const say = words(lang)
  const day = (date: string) => sayDay(date, lang, now)
  return (
    <Part id="passkeys" title={say('mine')}>
      <p>{say('why')}</p>
      {own.passkeys.length > 0 && (
        <ul class="devices">
          {own.passkeys.map(({ id, name, madeOn, usedOn }) => (
            <li>
              <p>
                <strong>
                  <bdi>{name}</bdi>
                </strong>
                <br />
                <span class="soft">
                  {say('madeOn', { day: day(madeOn) })},{' '}
                  {usedOn ? say('usedOn', { day: day(usedOn) }) : say('neverUsed')}
                  {own.inHand === id && <>. {say('inHand')}</>}
                </span>
              </p>
              <p>
                <a href={`/passkey/${id}`}>
                  {say('change')}
                  <span class="away">: {name}</span>
                </a>
              </p>
            </li>
          ))}
        </ul>
      )}
      <AddPasskey lang={lang} party={party} staff={staff} here={here} />
    </Part>
  )
}

export function AddPasskey({ lang, party, staff, here }: Pick<OwnProps, 'lang' | 'party' | 'staff' | 'here'>) {
  const say = words(lang)
  if (!party) return <p class="soft">{say('notHere')}</p>
  return (
    <>
      <CeremonyForm lang={lang} ceremony="add" next={here} staff={staff}>
        {say('add')}
      </CeremonyForm>
      <p class="soft" data-no-passkey>
        {say('noneHere')}
      </p>
    </>
  )
}

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1)

/** What the owner must know: calm, for nobody got in by it, or they did it themselves. Stands until they have read it. */
export function PasskeyWarnings({ lang, now, own, here }: Pick<OwnProps, 'lang' | 'now' | 'own' | 'here'>) {
  const say = words(lang)
  const [latest] = own.warnings
  if (!latest) return null
  return (
    <Notice lang={lang} kind="warn" title={say('told.title')}>
      {own.warnings.map(({ what, lastAt }) => (
        <p>{capital(say(`told.${what}`, { day: sayDay(lastAt.toISOString().slice(0, 10), lang, now) }))}</p>
      ))}
      <form method="post" action="/passkey/told">
        <input type="hidden" name="until" value={latest.lastAt.toISOString()} />
        <input type="hidden" name="next" value={here} />
        <Button kind="quiet">{say('told.read')}</Button>
      </form>
    </Notice>
  )
}
