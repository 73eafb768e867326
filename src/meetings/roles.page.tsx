// Who hosts and leads a meeting, as everybody may know it; when that is somebody of the municipality, why.
import type { Lang } from '../i18n/catalogue.ts'
import { Carrier, Facts } from '../ui/parts.tsx'
import type { MeetingRole } from './roles.ts'
import { words } from './words.ts'

/** "Mødeleder · Amira, arbejder i kommunen. Hvorfor det er en fra kommunen: …" Nothing when nobody has a role. */
export function WhoLeads({ lang, roles }: { lang: Lang; roles: readonly MeetingRole[] }) {
  const say = words(lang)
  if (roles.length === 0) return null
  return (
    <Facts
      facts={roles.map(({ role, name, municipal, reason }) => [
        say(`role.${role}`),
        <>
          {municipal ? (
            <Carrier who="municipality">
              <bdi>{name}</bdi>, {say('role.municipal')}
            </Carrier>
          ) : (
            <bdi>{name}</bdi>
          )}
          {reason !== null && (
            <small>
              {say('role.why')} »<bdi>{reason}</bdi>«
            </small>
          )}
        </>,
      ])}
    />
  )
}
