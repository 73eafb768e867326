// The host's list: who comes, with room to write down who has rung and to strike out who cannot after all.
import type { Lang } from '../../i18n/catalogue.ts'
import { Actions, Button, ButtonLink } from '../../ui/forms.tsx'
import { EmptyState, Notice } from '../../ui/notices.tsx'
import { Page, renderPage } from '../../ui/page.tsx'
import { Part } from '../../ui/parts.tsx'
import { roomOf } from '../../ui/whose-room.tsx'
import { eyebrowOf } from '../exit-card.page.tsx'
import type { MeetingHere } from '../meetings.queries.ts'
import type { Comes } from './coming.queries.ts'
import { mendName, type TypedName } from './mine.page.tsx'
import { NameForm } from './name-form.tsx'
import { words } from './words.ts'

interface ListPageProps {
  lang: Lang
  meeting: MeetingHere
  comes: readonly Comes[]
  formKey: string
  notice?: { struck: string } | undefined
  typed?: TypedName | undefined
}

export function listPage({ lang, meeting, comes, formKey, notice, typed }: ListPageProps): string {
  const say = words(lang)
  const path = `/m/${meeting.code}/coming`
  const problems = mendName(lang, typed, 'other')
  return renderPage(
    <Page
      room={roomOf(meeting.community, 'hosts')}
      lang={lang}
      kind="page"
      title={say('list.title')}
      eyebrow={eyebrowOf(meeting, lang)}
      lead={
        comes.length > 0 ? (
          <>
            <b>{say('list.count', { count: comes.length })}.</b> {say('list.base')}
          </>
        ) : undefined
      }
      problems={problems}
      languages={{ da: `${path}?lang=da`, en: `${path}?lang=en` }}
      robots="noindex"
    >
      {notice && (
        <Notice lang={lang} kind="info" title={<bdi>{say('list.struck', { name: notice.struck })}</bdi>}>
          <form method="post" action={path}>
            <input type="hidden" name="lang" value={lang} />
            <Button kind="quiet" name="undo" value="1">
              {say('list.undo')}
            </Button>
          </form>
        </Notice>
      )}
      {comes.length === 0 ? (
        <EmptyState title={say('list.none')}>{say('list.noneWhat')}</EmptyState>
      ) : (
        <Part id="names" title={say('list.names')}>
          <form method="post" action={path}>
            <input type="hidden" name="lang" value={lang} />
            <ul class="names">
              {comes.map(({ id, name }) => (
                <li>
                  <span>
                    <bdi>{name}</bdi>
                  </span>
                  <Button kind="quiet" name="strike" value={id}>
                    {say('list.strike')}
                    <span class="away">
                      : <bdi>{name}</bdi>
                    </span>
                  </Button>
                </li>
              ))}
            </ul>
          </form>
          <p class="soft small">{say('list.twice')}</p>
        </Part>
      )}
      <Part id="add" title={say('list.add')}>
        <NameForm
          lang={lang}
          action={path}
          formKey={formKey}
          label={say('list.addName')}
          hint={say('list.addHint')}
          send={say('list.addSend')}
          value={typed?.name}
          error={problems?.[0]?.message}
        />
      </Part>
      <Actions>
        <ButtonLink kind="quiet" href={`/m/${meeting.code}?lang=${lang}`}>
          {say('list.page')}
        </ButtonLink>
        <ButtonLink kind="quiet" href={`/m/${meeting.code}/lead?lang=${lang}`}>
          {say('list.desk')}
        </ButtonLink>
      </Actions>
    </Page>,
  )
}
