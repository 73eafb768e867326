// One list: what was seen on looking through and the words to say before anybody is asked; how far it has come; and that it can be taken back.
import type { Visit } from '../access/visit.ts'
import { OwnWords } from '../communities/own-words.tsx'
import { peopleFrame } from '../people/people-frame.ts'
import { Actions, Button, ButtonLink, Choice, type Problem, problemOf, TextArea } from '../ui/forms.tsx'
import { EmptyState, Notice } from '../ui/notices.tsx'
import { Page, renderPage } from '../ui/page.tsx'
import { Facts, Part, Table } from '../ui/parts.tsx'
import { mailsAnHour } from './asked.deeds.ts'
import { ColumnsForm } from './columns-form.tsx'
import { namesSomebody, readField } from './headings.ts'
import { type MovingHere, undoDays } from './moving-in.deeds.ts'
import { isDouble, type RowFault, rowFaults } from './row.ts'
import { words } from './words.ts'

export interface GroundFault {
  field: 'source' | 'saidBy' | 'basis' | 'how'
  code: 'missing' | 'long'
}

interface ListProps {
  visit: Visit
  here: MovingHere
  again?: { said: URLSearchParams; faults: readonly GroundFault[] } | undefined
}

export function listPage({ visit, here, again }: ListProps): string {
  const { lang } = visit
  const say = words(lang) as (key: string, values?: Record<string, string | number>) => string
  const { community, moving } = here
  const path = `/moving-in/${moving.id}`
  const problems: Problem[] | undefined = again?.faults.map(({ field, code }) => ({
    field,
    message: say(`ground.${field}.${code}`),
  }))
  const going = moving.state === 'going'
  return renderPage(
    <Page
      {...peopleFrame(visit, community, path, 'keyholders')}
      title={say(`list.title.${moving.state}`, { count: moving.asked })}
      lead={say(`list.lead.${moving.state}`, { count: moving.people })}
      problems={problems}
      // Without a script, too, it goes on by itself.
      head={going && <meta http-equiv="refresh" content="3" />}
    >
      {moving.state === 'looked' ? (
        <LookedAt visit={visit} here={here} again={again} problems={problems} />
      ) : (
        <Brought visit={visit} here={here} />
      )}
      <p>
        <a href={`/c/${community.slug}/moving-in`}>{say('list.back')}</a>
      </p>
    </Page>,
  )
}

function LookedAt({ visit: { lang, house }, here, again, problems }: ListProps & { problems: Problem[] | undefined }) {
  const say = words(lang)
  const { community, moving, seen, hasRows } = here
  const path = `/c/${community.slug}/moving-in/${moving.id}`
  const { said } = again ?? {}
  const drop = (
    <form method="post" action={`${path}/undo`}>
      <Actions>
        <Button kind="quiet">{say('list.drop')}</Button>
      </Actions>
    </form>
  )
  const named = namesSomebody(moving.mapping.map((one) => readField(one) ?? 'skip'))
  if (!hasRows) return <EmptyState title={say('list.gone')}>{say('list.goneHow')}</EmptyState>
  return (
    <>
      <Part id="seen" title={say('seen.title')}>
        {!named && (
          <Notice lang={lang} kind="warn" title={say('seen.noName')}>
            {say('seen.noNameHow')}
          </Notice>
        )}
        <Facts
          facts={[
            [say('seen.rows'), String(seen.rows)],
            [say('seen.people'), String(moving.people)],
            [say('seen.mail'), say('seen.of', { count: seen.withMail, all: moving.people })],
            [say('seen.telephone'), say('seen.of', { count: seen.withTelephone, all: moving.people })],
          ]}
        />
        <Faults lang={lang} here={here} path={path} />
      </Part>
      <Part id="columns" title={say('columns.title')}>
        <ColumnsForm lang={lang} action={`${path}/map`} headings={seen.headings} mapping={moving.mapping} />
      </Part>
      {moving.people > 0 && (
        <Part id="ask" title={say('ground.title', { count: moving.people })}>
          <form method="post" action={`${path}/confirm`} novalidate>
            <TextArea
              lang={lang}
              name="source"
              label={say('ground.source.ask')}
              hint={say('ground.source.hint')}
              maxlength={280}
              value={said?.get('source') ?? undefined}
              error={problemOf(problems, 'source')}
            />
            <TextArea
              lang={lang}
              name="saidBy"
              label={say('ground.saidBy.ask')}
              hint={say('ground.saidBy.hint')}
              maxlength={280}
              value={said?.get('saidBy') ?? undefined}
              error={problemOf(problems, 'saidBy')}
            />
            <Choice
              lang={lang}
              plain
              name="basis"
              legend={say('ground.basis.ask')}
              options={(['members', 'signed_up', 'said_yes'] as const).map((value) => ({
                value,
                label: say(`ground.basis.${value}`),
              }))}
              value={said?.get('basis') ?? undefined}
              error={problemOf(problems, 'basis')}
            />
            <Choice
              lang={lang}
              plain
              name="how"
              legend={say('ground.how.ask')}
              options={[
                ...(house.mail && seen.withMail > 0
                  ? [
                      {
                        value: 'mail',
                        label: say('ground.how.mail', { count: seen.withMail }),
                        hint: say('ground.how.mailHint', { count: mailsAnHour }),
                      },
                    ]
                  : []),
                { value: 'paper', label: say('ground.how.paper'), hint: say('ground.how.paperHint') },
              ]}
              value={said?.get('how') ?? undefined}
              error={problemOf(problems, 'how')}
            />
            <Actions>
              <Button>{say('ground.send', { count: moving.people })}</Button>
            </Actions>
          </form>
        </Part>
      )}
      {drop}
    </>
  )
}

/** Why some are not asked: those who are there already first, then what failed, with the rows. */
function Faults({ lang, here, path }: { lang: Visit['lang']; here: MovingHere; path: string }) {
  const say = words(lang)
  const { seen, hasRows } = here
  const of = (wanted: (fault: RowFault) => boolean) => rowFaults.filter((fault) => wanted(fault) && seen.faults[fault])
  const rows = [...of(isDouble), ...of((fault) => !isDouble(fault))].map((fault) => {
    const { count, rows } = seen.faults[fault] ?? { count: 0, rows: [] }
    return [say(`fault.${fault}`), String(count), `${rows.join(', ')}${count > rows.length ? ' …' : ''}`]
  })
  return (
    <>
      {seen.cpr.count > 0 && (
        <Notice lang={lang} kind="warn" title={say('seen.cpr', { count: seen.cpr.count })}>
          {say('seen.cprRows', {
            rows: `${seen.cpr.rows.join(', ')}${seen.cpr.count > seen.cpr.rows.length ? ' …' : ''}`,
          })}
        </Notice>
      )}
      {rows.length > 0 && (
        <>
          <Table
            caption={say('seen.not')}
            columns={[say('seen.why'), say('seen.howMany'), say('seen.which')]}
            rows={rows}
          />
          {hasRows && (
            <p>
              <ButtonLink kind="quiet" href={`${path}/failed.csv`} download="">
                {say('failed.take')}
              </ButtonLink>
            </p>
          )}
        </>
      )}
    </>
  )
}

function Brought({ visit: { lang }, here }: ListProps) {
  const say = words(lang)
  const { community, moving, mayUndo } = here
  const path = `/c/${community.slug}/moving-in/${moving.id}`
  return (
    <>
      {moving.state === 'going' && (
        <div class="field">
          <label for="far">{say('going.far', { done: moving.asked, all: moving.people })}</label>
          <progress class="wide" id="far" max={moving.people} value={moving.asked} />
          <p>
            <a href={path}>{say('going.look')}</a>
          </p>
        </div>
      )}
      <Facts
        facts={[
          [say('brought.by'), <OwnWords text={moving.asker} />],
          [say('brought.source'), <OwnWords text={moving.source ?? ''} />],
          [say('brought.saidBy'), <OwnWords text={moving.saidBy ?? ''} />],
          [say('brought.yes'), String(moving.yes)],
          [say('brought.no'), String(moving.no)],
        ]}
      />
      {moving.state === 'done' && (
        <Actions>
          <ButtonLink href={`/c/${community.slug}/asked`}>{say('brought.who')}</ButtonLink>
        </Actions>
      )}
      {moving.state !== 'undone' && <Faults lang={lang} here={here} path={path} />}
      {mayUndo && (
        <Part id="undo" title={say('undo.title')}>
          <p>{say('undo.what', { days: undoDays })}</p>
          <form method="post" action={`${path}/undo`}>
            <Actions>
              <Button kind="danger">{say('undo.send')}</Button>
            </Actions>
          </form>
        </Part>
      )}
    </>
  )
}
