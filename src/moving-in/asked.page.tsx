// Who has been asked and has said nothing yet, for key holders: how each is asked, and the answer they gave on paper or aloud.
import type { Visit } from '../access/visit.ts'
import { OwnWords } from '../communities/own-words.tsx'
import { sayDate } from '../communities/times.ts'
import { peopleFrame } from '../people/people-frame.ts'
import { Actions, Button } from '../ui/forms.tsx'
import { EmptyState } from '../ui/notices.tsx'
import { Page, renderPage } from '../ui/page.tsx'
import { Table } from '../ui/parts.tsx'
import { type AskedSeen, lettersAtOnce } from './asked.deeds.ts'
import { askedDays } from './take-in.deeds.ts'
import { words } from './words.ts'

export function askedPage(p: AskedSeen & { visit: Visit; later: boolean }): string {
  const { visit, community, asked, counts, more, later } = p
  const { lang } = visit
  const say = words(lang)
  const here = `/c/${community.slug}/asked`
  const last = asked.at(-1)
  return renderPage(
    <Page
      {...peopleFrame(visit, community, '/asked', 'keyholders')}
      title={counts.all === 0 ? say('asked.titleNone') : say('asked.title', { count: counts.all })}
      lead={say('asked.lead', { days: askedDays })}
    >
      {counts.toMail > 0 && <p>{say('asked.toMail', { count: counts.toMail })}</p>}
      {counts.all > 0 && (
        <form method="post" action={`${here}/letters`}>
          {counts.toPrint === 0 && <input type="hidden" name="again" value="yes" />}
          <p class="hint">{say('letters.hint', { count: counts.toPrint })}</p>
          <Actions>
            <Button kind={counts.toPrint > 0 ? 'primary' : 'quiet'}>
              {counts.toPrint > 0
                ? say('letters.print', { count: Math.min(counts.toPrint, lettersAtOnce) })
                : say('letters.again')}
            </Button>
          </Actions>
        </form>
      )}
      {asked.length > 0 ? (
        <Table
          caption={say('asked.caption')}
          quiet
          columns={[say('asked.name'), say('asked.how'), say('asked.answer')]}
          rows={asked.map((one) => [
            <OwnWords text={one.name} />,
            <>
              {[one.mail, one.telephone, one.address].filter(Boolean).map((way) => (
                <>
                  <OwnWords text={way ?? ''} />
                  <br />
                </>
              ))}
              <small>
                {sayDate(one.askedOn, lang)}
                {one.mailed && ` · ${say('asked.mailed')}`}
                {one.printed && ` · ${say('asked.printed')}`}
              </small>
            </>,
            <form method="post" action={`${here}/${one.id}`}>
              <Actions>
                {(['voice', 'paper', 'no'] as const).map((said) => (
                  <Button kind="quiet" name="said" value={said}>
                    {say(`asked.said.${said}`)}
                  </Button>
                ))}
              </Actions>
            </form>,
          ])}
        />
      ) : (
        <EmptyState title={say('asked.none')}>{say('asked.noneHow')}</EmptyState>
      )}
      <p class="ways">
        {more && last && (
          <a href={`${here}?after=${last.id}`} rel="next">
            {say('asked.next')}
          </a>
        )}
        {later && <a href={here}>{say('asked.first')}</a>}
      </p>
      <p>
        <a href={`/c/${community.slug}/moving-in`}>{say('list.back')}</a>
      </p>
    </Page>,
  )
}
