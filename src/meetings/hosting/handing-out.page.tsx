// Who does what at a meeting, as a page: six names, each with a tick for somebody of the municipality.
import { OwnWords } from '../../communities/own-words.tsx'
import type { Lang } from '../../i18n/catalogue.ts'
import { Actions, Button, ButtonLink, Field, Tick } from '../../ui/forms.tsx'
import { Notice } from '../../ui/notices.tsx'
import { Page, renderPage } from '../../ui/page.tsx'
import { roomOf } from '../../ui/whose-room.tsx'
import { eyebrowOf } from '../exit-card.page.tsx'
import { WhoLeads } from '../roles.page.tsx'
import { leads, longestReason, longestRoleName, type MeetingRole, meetingsToLearn, roles } from '../roles.ts'
import { words as meetingWords } from '../words.ts'
import type { RoleProblem, RolesSaid } from './handing-out.ts'
import type { PlanSeen } from './hosting.deeds.ts'
import { words } from './words.ts'

export interface RolesPageProps {
  lang: Lang
  plan: PlanSeen
  said: RolesSaid
  /** The mark of what stands now. */
  seen: string
  problems?: readonly RoleProblem[] | undefined
  /** Another host has changed them since: this is what stands now. */
  changed?: readonly MeetingRole[] | undefined
}

export function rolesPage({ lang, plan, said, seen, problems, changed }: RolesPageProps): string {
  const say = words(lang)
  const { meeting, held } = plan
  const path = `/m/${meeting.code}/roles`
  const mend = problems?.map(({ field, code }) => ({ field, message: say(`roles.problem.${code}`) }))
  const error = (field: string) => mend?.find((one) => one.field === field)?.message
  return renderPage(
    <Page
      room={roomOf(meeting.community, 'hosts')}
      lang={lang}
      kind="page"
      title={say('roles.title')}
      eyebrow={eyebrowOf(meeting, lang)}
      lead={say('roles.lead')}
      problems={mend}
      languages={{ da: `${path}?lang=da`, en: `${path}?lang=en` }}
      robots="noindex"
    >
      {changed && (
        <Notice lang={lang} kind="warn" title={say('changed.title')} live>
          <p>{say('changed.what')}</p>
          <WhoLeads lang={lang} roles={changed} />
        </Notice>
      )}
      {held >= meetingsToLearn && <p>{say('roles.learned', { count: held })}</p>}
      <form method="post" action={path} novalidate>
        <input type="hidden" name="seen" value={seen} />
        {roles.map((role) => (
          <fieldset class="stack role">
            <legend class="away">{meetingWords(lang)(`role.${role}`)}</legend>
            <Field
              lang={lang}
              name={role}
              label={meetingWords(lang)(`role.${role}`)}
              hint={say(`roles.hint.${role}`)}
              maxlength={longestRoleName}
              optional={role !== 'host'}
              value={said[role].name}
              error={error(role)}
            />
            <Municipal
              lang={lang}
              name={role}
              said={said[role]}
              asks={leads(role) && held >= meetingsToLearn}
              error={error}
            />
          </fieldset>
        ))}
        <Actions>
          <Button>{say('roles.keep')}</Button>
          <ButtonLink kind="quiet" href={`/m/${meeting.code}/lead`}>
            {say('agenda.back')}
          </ButtonLink>
        </Actions>
      </form>
      <p class="soft">
        {say('roles.who')} <OwnWords text={meeting.community.name} />.
      </p>
    </Page>,
  )
}

interface MunicipalProps {
  lang: Lang
  /** The name of the role, and the beginning of its fields' names. */
  name: string
  said: { municipal: boolean; reason: string }
  /** The place has held meetings enough: it is asked why. */
  asks: boolean
  error: (field: string) => string | undefined
}

/** The tick for somebody of the municipality; when the place can hold its meetings by itself, with a line for the reason. */
export function Municipal({ lang, name, said, asks, error }: MunicipalProps) {
  const say = words(lang)
  return (
    <>
      <Tick
        lang={lang}
        name={`${name}-municipal`}
        label={say('roles.municipal')}
        checked={said.municipal}
        error={error(`${name}-municipal`)}
      />
      {(asks || said.reason !== '') && (
        <Field
          lang={lang}
          name={`${name}-reason`}
          label={say('roles.why')}
          hint={say('roles.whyHint')}
          maxlength={longestReason}
          value={said.reason}
          error={error(`${name}-reason`)}
        />
      )}
    </>
  )
}
