// The pages on the way in and out: which way, which role, and out at the municipality as well.
import type { Lang } from '../../i18n/catalogue.ts'
import { Actions, Button, ButtonLink, Choice } from '../../ui/forms.tsx'
import { Page, renderPage } from '../../ui/page.tsx'
import { doorstep, ownRoom } from '../../ui/whose-room.tsx'
import { staffHours } from '../sign-in.ts'
import { withWay } from '../way.ts'
import type { StaffRole } from './staff-identity.ts'
import { words } from './words.ts'

interface Ways {
  lang: Lang
  oidc: boolean
  saml: boolean
  /** Where they were on their way to. */
  way: string
}

export function waysPage({ lang, oidc, saml, way }: Ways): string {
  const say = words(lang)
  const other = lang === 'da' ? 'en' : 'da'
  const path = withWay('/staff', way)
  return renderPage(
    <Page
      room={doorstep}
      lang={lang}
      kind="phone"
      title={say('in.title')}
      lead={say('in.lead')}
      languages={{ [other]: `${path}${way === '/' ? '?' : '&'}lang=${other}` }}
      robots="noindex"
    >
      {oidc && (
        <p>
          <ButtonLink href={withWay('/oidc/start', way)} wide>
            {say('in.oidc')}
          </ButtonLink>
        </p>
      )}
      {saml && (
        <p>
          <ButtonLink href={withWay('/saml/start', way)} kind={oidc ? 'quiet' : undefined} wide>
            {say(oidc ? 'in.samlToo' : 'in.saml')}
          </ButtonLink>
        </p>
      )}
      {(oidc || saml) && <p class="soft small">{say('in.what', { hours: staffHours })}</p>}
      {!oidc && !saml && (
        <>
          <p>{say('in.ownOnly')}</p>
          <p>
            <ButtonLink href={withWay('/passkey', way)} wide>
              {say('in.ownDo')}
            </ButtonLink>
          </p>
        </>
      )}
      <p>
        <a href={withWay('/in', way)}>{say('in.resident')}</a>
      </p>
    </Page>,
  )
}

export function rolePage(lang: Lang, roles: readonly StaffRole[], missing: boolean): string {
  const say = words(lang)
  const problems = missing ? [{ field: 'role', message: say('role.missing') }] : []
  return renderPage(
    <Page
      room={ownRoom}
      lang={lang}
      kind="phone"
      title={say('role.title')}
      lead={say('role.lead')}
      problems={problems}
      robots="noindex"
    >
      <form method="post" action={`/staff/role?lang=${lang}`} novalidate>
        <Choice
          lang={lang}
          name="role"
          legend={say('role.asked')}
          options={roles.map((role) => ({ value: role, label: say(`role.${role}`), hint: say(`role.${role}What`) }))}
          error={problems[0]?.message}
        />
        <Button wide>{say('role.send')}</Button>
      </form>
      <p class="soft small">{say('role.what')}</p>
    </Page>,
  )
}

/** `there`: they can be signed out at the municipality as well. */
export function outPage(lang: Lang, there: boolean): string {
  const say = words(lang)
  return renderPage(
    <Page room={doorstep} lang={lang} kind="phone" title={say('out.title')} robots="noindex">
      {there && <p>{say('out.there')}</p>}
      <Actions>
        {there && <ButtonLink href="/staff/out/there">{say('out.thereDo')}</ButtonLink>}
        <ButtonLink href="/" kind={there ? 'quiet' : undefined}>
          {say('out.home')}
        </ButtonLink>
      </Actions>
    </Page>,
  )
}
