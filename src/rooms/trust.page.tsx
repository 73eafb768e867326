// Trust as a page: whom one would give a key, said to nobody; and how many say it of oneself.
import type { Visit } from '../access/visit.ts'
import { OwnWords } from '../communities/own-words.tsx'
import { placeFrame } from '../communities/place-frame.ts'
import { ButtonLink } from '../ui/forms.tsx'
import { Notice } from '../ui/notices.tsx'
import { Page, renderPage } from '../ui/page.tsx'
import { Part } from '../ui/parts.tsx'
import type { TrustSeen } from './room.deeds.ts'
import { own, Press } from './said.tsx'
import { words } from './words.ts'

export function trustPage(visit: Visit, { community, rule, inMe, asked, known }: TrustSeen): string {
  const { lang } = visit
  const say = words(lang)
  const path = `/c/${community.slug}/trust`
  return renderPage(
    <Page
      {...placeFrame(visit, community, path, 'you')}
      title={`${say('trust.title')} · ${community.name}`}
      heading={say('trust.title')}
      eyebrow={<OwnWords text={community.name} />}
      lead={say('trust.lead')}
      robots="noindex"
    >
      {asked && (
        <Notice lang={lang} kind="info" title={say('trust.asked')}>
          <p>
            <ButtonLink href={`/c/${community.slug}/keys`}>{say('trust.answer')}</ButtonLink>
          </p>
        </Notice>
      )}
      <Part id="known" title={say('trust.known')}>
        <p>{say('trust.knownHow')}</p>
        {known.length === 0 && <p>{say('trust.nobody')}</p>}
        {known.length > 0 && (
          <ul class="rows-of-deeds">
            {known.map(({ id, name, trusted }) => (
              <li>
                {trusted && <p>{own(say('trust.given', { name }))}</p>}
                <Press action={path} kind="quiet" fields={{ person: id, deed: trusted ? 'back' : 'give' }}>
                  {own(say(trusted ? 'trust.back' : 'trust.give', { name }))}
                </Press>
              </li>
            ))}
          </ul>
        )}
      </Part>
      <Part id="me" title={say('trust.me')}>
        <p>{inMe === 0 ? say('trust.inMeNone') : say('trust.inMe', { count: inMe })}</p>
        <p>
          {say('keys.ruleIs', { trusts: rule.trusts, days: rule.days })} {say('keys.ruleCounts')}
        </p>
      </Part>
    </Page>,
  )
}
