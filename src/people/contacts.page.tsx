// The contact list: the neighbours who chose to be found, for neighbours; as a page that prints, and as a file for the telephone.
import type { Visit } from '../access/visit.ts'
import { OwnWords } from '../communities/own-words.tsx'
import { Actions, ButtonLink } from '../ui/forms.tsx'
import { EmptyState } from '../ui/notices.tsx'
import { Page, renderPage } from '../ui/page.tsx'
import { Table } from '../ui/parts.tsx'
import type { ContactsSeen } from './me.deeds.ts'
import type { Contact } from './people.queries.ts'
import { peopleFrame } from './people-frame.ts'
import { words } from './words.ts'

export function contactsPage(visit: Visit, { community, contacts }: ContactsSeen): string {
  const { lang } = visit
  const say = words(lang)
  const here = `/c/${community.slug}`
  const frame = peopleFrame(visit, community, '/contacts', 'residents')
  if (!contacts)
    return renderPage(
      <Page {...frame} title={say('contacts.title', { place: community.name })}>
        <EmptyState
          title={say('contacts.closed')}
          action={<ButtonLink href={`${here}/me`}>{say('join.toMe')}</ButtonLink>}
        >
          {say('contacts.closedHow')}
        </EmptyState>
      </Page>,
    )
  return renderPage(
    <Page {...frame} title={say('contacts.title', { place: community.name })} lead={say('contacts.lead')}>
      {contacts.length === 0 ? (
        <EmptyState title={say('contacts.none')}>{say('contacts.noneHow')}</EmptyState>
      ) : (
        <>
          <p class="base">{say('contacts.count', { count: contacts.length })}</p>
          <Table
            caption={say('nav.contacts')}
            quiet
            columns={[say('contacts.name'), say('contacts.how'), say('contacts.ask')]}
            rows={contacts.map((one) => [
              <OwnWords text={one.name} />,
              <Way visit={visit} contact={one} />,
              one.askedAbout ? <OwnWords text={one.askedAbout} /> : '–',
            ])}
          />
        </>
      )}
      <div class="not-printed">
        <Actions>
          {contacts.length > 0 && (
            <ButtonLink kind="quiet" href={`${here}/contacts.vcf`} download={`${community.slug}.vcf`}>
              {say('contacts.file')}
            </ButtonLink>
          )}
          <ButtonLink kind="quiet" href={`${here}/me#contactList`}>
            {say('contacts.mine')}
          </ButtonLink>
        </Actions>
        <p class="soft small">{say('contacts.print')}</p>
      </div>
    </Page>,
  )
}

/** The way they chose, to press. */
function Way({ visit: { lang }, contact: { contactWish, contact } }: { visit: Visit; contact: Contact }) {
  if (contactWish === 'phone' && contact) return <a href={`tel:${contact.replace(/[^\d+]/g, '')}`}>{contact}</a>
  if (contactWish === 'mail' && contact) return <a href={`mailto:${encodeURI(contact)}`}>{contact}</a>
  return <>{words(lang)(`wish.short.${contactWish}`)}</>
}
