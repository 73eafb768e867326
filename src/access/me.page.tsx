// One's own page: who one is here, where one is in and by what, and who tried to get in. Signing out, one device or all the others.
import { Hono } from 'hono'
import type { Child } from 'hono/jsx'
import type { Lang } from '../i18n/catalogue.ts'
import { Actions, Button, ButtonLink } from '../ui/forms.tsx'
import { Notice } from '../ui/notices.tsx'
import { Page, renderPage } from '../ui/page.tsx'
import { Facts, Part } from '../ui/parts.tsx'
import { ownRoom } from '../ui/whose-room.tsx'
import type { Device } from './access.queries.ts'
import type { OwnDoors } from './card.queries.ts'
import { fits, formOf } from './mail.page.tsx'
import { seeOwnDoors } from './own-doors.deeds.ts'
import { passkeysOf } from './passkey.deeds.ts'
import { OwnPasskeys, PasskeyWarnings, partyIn, passkeyScript } from './passkey-parts.tsx'
import { devicesOf, endDevices, type SignedIn, signOut } from './session.deeds.ts'
import { words as roleWords } from './sign-in.words.ts'
import { personOf, sessionCookieText, sessionIn, type Visit, type Visited } from './visit.ts'
import { sayDay } from './way-days.ts'
import { words } from './ways.ts'

const isId = (text: string): boolean => /^[0-9a-f-]{36}$/.test(text)

export function mePages(): Hono<Visited> {
  return new Hono<Visited>()
    .get('/me', async (c) => {
      const person = personOf(c)
      const [devices, doors] = [await devicesOf(person), await seeOwnDoors(person)]
      c.header('cache-control', 'no-store')
      const own = await passkeysOf(person)
      const here = { lang: c.get('visit').lang, now: person.house.clock.now(), own, here: '/me' }
      const staff = person.municipalRole !== null
      const passkeys = {
        warnings: <PasskeyWarnings {...here} />,
        own: <OwnPasskeys {...here} party={partyIn(c)} staff={staff} />,
      }
      return c.html(mePage(c.get('visit'), { person, devices, doors, passkeys }, c.req.query('done')))
    })
    .use('/me/out', fits)
    .post('/me/out', async (c) => {
      const person = personOf(c)
      const which = (await formOf(c)).get('which') ?? ''
      if (which === 'others' || isId(which)) await endDevices(person, which)
      return c.redirect('/me?done=out', 303)
    })
    .post('/out', async (c) => {
      const { house, origin, person } = c.get('visit')
      await signOut(house, sessionIn(c.req.header('cookie'), origin))
      c.header('set-cookie', sessionCookieText('', origin))
      // What was read is not behind the back button; browsers want https for it. What waits to be sent stays: nobody loses what they typed.
      if (origin.startsWith('https:')) c.header('clear-site-data', '"cache"')
      // Who came in through the municipality may want to be out there as well.
      const via = person?.session.via
      return c.redirect(via === 'oidc' || via === 'saml' ? '/staff/out' : '/', 303)
    })
}

/** What has just been done, by the word in the address. */
const saidAfter = {
  out: 'me.ended',
  mail: 'address.set',
  removed: 'address.removed',
  card: 'card.closed',
} as const

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1)

interface Mine {
  person: SignedIn
  devices: Device[]
  doors: OwnDoors
  passkeys: { warnings: Child; own: Child }
}

function mePage(visit: Visit, { person, devices, doors, passkeys }: Mine, done: string | undefined): string {
  const { lang, house } = visit
  const say = words(lang)
  const now = house.clock.now()
  const here = devices.find(({ id }) => id === person.session.id)
  const others = devices.filter(({ id }) => id !== person.session.id)
  const role = person.role === 'guest' ? 'resident' : person.role
  const said = done && Object.hasOwn(saidAfter, done) ? saidAfter[done as keyof typeof saidAfter] : null
  return renderPage(
    <Page
      room={ownRoom}
      lang={lang}
      kind="page"
      title={say('me.title')}
      lead={say('me.lead', { name: person.name })}
      path="/me"
      languages={{ da: '/me?lang=da', en: '/me?lang=en' }}
      scripts={[passkeyScript]}
      robots="noindex"
    >
      {said && <Notice lang={lang} kind="ok" title={say(said)} />}
      <p>{roleWords(lang)(`role.${role}`)}</p>
      <p>
        <a href="/mine">{say('me.data')}</a> <span class="soft">{say('me.dataWhat')}</span>
      </p>
      <p>
        <a href="/me/api">{say('me.programs')}</a> <span class="soft">{say('me.programsWhat')}</span>
      </p>
      {(person.role === 'leader' || person.role === 'operator') && (
        <p>
          <a href="/staff/people">{say('me.staffPeople')}</a>
        </p>
      )}
      {person.role === 'operator' && (
        <p>
          <a href="/staff/provider">{say('me.staffProvider')}</a>
        </p>
      )}
      {passkeys.warnings}
      {doors.failures.length > 0 && <Failures doors={doors} lang={lang} now={now} />}
      <Part id="devices" title={say('me.devices')}>
        <ul class="devices">
          {here && (
            <li>
              <DeviceSaid device={here} lang={lang} now={now} mine />
              <form method="post" action="/out">
                <Button kind="quiet">{say('me.outHere')}</Button>
              </form>
            </li>
          )}
          {others.map((device) => (
            <li>
              <DeviceSaid device={device} lang={lang} now={now} />
              <form method="post" action="/me/out">
                <Button kind="quiet" name="which" value={device.id}>
                  {say('me.out')}
                  <span class="away">: {device.device || say('me.unnamed')}</span>
                </Button>
              </form>
            </li>
          ))}
        </ul>
        {others.length > 0 && (
          <form method="post" action="/me/out">
            <Button kind="quiet" name="which" value="others">
              {say('me.outOthers')}
            </Button>
          </form>
        )}
      </Part>
      {!person.municipalRole && <WaysIn doors={doors} lang={lang} now={now} mail={house.mail} />}
      {passkeys.own}
      {doors.places.length > 0 && (
        <Part id="places" title={say('me.places')}>
          <ul>
            {doors.places.map(({ slug, name, role: as }) => (
              <li>
                <a href={`/c/${slug}`}>
                  <bdi>{name}</bdi>
                </a>
                : {say(`me.role.${as as 'resident' | 'host' | 'keyholder'}`)}
              </li>
            ))}
          </ul>
        </Part>
      )}
    </Page>,
  )
}

interface Seen {
  lang: Lang
  now: Date
}

function DeviceSaid({ device, lang, now, mine }: Seen & { device: Device; mine?: boolean }) {
  const say = words(lang)
  return (
    <p>
      <strong>{device.device || say('me.unnamed')}</strong>
      {mine && <> ({say('me.this')})</>}
      <br />
      <span class="soft">
        {capital(say('me.seen', { day: sayDay(device.seenOn, lang, now) }))}, {say(`me.via.${device.via}`)}
      </span>
    </p>
  )
}

/** Tries that failed, by the day; calm, for nobody got in. */
function Failures({ doors, lang, now }: Seen & { doors: OwnDoors }) {
  const say = words(lang)
  return (
    <Notice lang={lang} kind="warn" title={say('me.failures')}>
      <ul class="failures">
        {doors.failures.map(({ day, via, times }) => (
          <li>{capital(say(`me.failed.${via}`, { day: sayDay(day, lang, now), count: times }))}</li>
        ))}
      </ul>
      <p>{say('me.failedWhat')}</p>
    </Notice>
  )
}

/** By what one gets in. */
function WaysIn({ doors, lang, now, mail }: Seen & { doors: OwnDoors; mail: boolean }) {
  const say = words(lang)
  const { address, card } = doors
  const day = (date: string) => sayDay(date, lang, now)
  return (
    <Part id="ways" title={say('me.ways')}>
      <Facts
        facts={[
          [say('me.mail'), address ?? say('me.mailNone')],
          [
            say('me.card'),
            card ? (
              <>
                {capital(say('me.cardFrom', { giver: card.giver, place: card.community, day: day(card.given_on) }))}
                <br />
                <span class="soft">
                  {capital(card.used_on ? say('me.cardUsed', { day: day(card.used_on) }) : say('me.cardUnused'))}
                </span>
              </>
            ) : (
              say('me.cardNone')
            ),
          ],
        ]}
      />
      {(mail || card) && (
        <Actions>
          {mail && (
            <ButtonLink kind="quiet" href="/me/mail">
              {say(address ? 'me.mailChange' : 'me.mailAdd')}
            </ButtonLink>
          )}
          {card && (
            <ButtonLink kind="quiet" href="/me/card">
              {say('me.cardLost')}
            </ButtonLink>
          )}
        </Actions>
      )}
    </Part>
  )
}
