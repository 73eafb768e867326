// Hvis vi gik i morgen: one sentence, one picture with a switch for each employee, the talk that would help most, and how sure it all is.
import type { Visit } from '../access/visit.ts'
import { OwnWords } from '../communities/own-words.tsx'
import { placeFrame } from '../communities/place-frame.ts'
import { sayDate } from '../communities/times.ts'
import type { Lang } from '../i18n/catalogue.ts'
import { rounded } from '../shares/breakdown.ts'
import { Actions, Button } from '../ui/forms.tsx'
import { EmptyState } from '../ui/notices.tsx'
import { Page, renderPage } from '../ui/page.tsx'
import { Carrier, Columns, Part, Sheet, Table } from '../ui/parts.tsx'
import { Drawn } from './drawing.page.tsx'
import type { IfWeLeft } from './if-we-left.deeds.ts'
import { fewestForMunicipality } from './if-we-left.ts'
import { fileNames, kindOfFile } from './net-files.ts'
import { holdingOf, switchesText } from './switching.ts'
import { words } from './words.ts'

/** Loaded here and nowhere else: the switches, and the drawing that one can go into. */
const scripts = ['src/withdrawal/if-we-left.island.ts', 'src/withdrawal/going-in.island.ts']

interface Props {
  visit: Visit
  seen: IfWeLeft
}

export function ifWeLeftPage(visit: Visit, seen: IfWeLeft): string {
  const { lang } = visit
  const say = words(lang)
  const { community, reckoned, municipal } = seen
  const path = `/c/${community.slug}/if-we-left`
  const enough = municipal ? reckoned.together.before >= fewestForMunicipality : reckoned.together.before >= 2
  return renderPage(
    <Page
      {...placeFrame(visit, community, path, municipal ? 'municipal' : 'residents')}
      title={`${say('left.title')} · ${community.name}`}
      heading={<Headline visit={visit} seen={seen} enough={enough} />}
      eyebrow={<OwnWords text={community.name} />}
      scripts={municipal ? undefined : scripts}
    >
      {enough ? (
        <>
          <Basis visit={visit} seen={seen} />
          {municipal ? <ForTheMunicipality visit={visit} seen={seen} /> : <ForThePlace visit={visit} seen={seen} />}
        </>
      ) : (
        <EmptyState title={say(municipal ? 'left.tooFew' : 'left.noTies')}>
          <p>{say('left.whatIsATie')}</p>
        </EmptyState>
      )}
      <p>
        <a href={`/c/${community.slug}/withdrawal`}>{say('left.back')}</a>
      </p>
    </Page>,
  )
}

function Headline({ visit, seen: { reckoned, municipal, employees }, enough }: Props & { enough: boolean }) {
  const say = words(visit.lang)
  if (!enough) return <>{say('left.title')}</>
  if (employees.length === 0) return <>{say('left.nobodyToGo')}</>
  const { after, before } = reckoned.together
  if (municipal) return <>{say('left.headlineRounded', { after: rounded(after), before: rounded(before) })}</>
  const all = employees.every(({ there }) => !there)
  return (
    <span
      data-headline={say('left.headline', { after: '{after}', before: '{before}' })}
      data-some={say('left.headlineSome', { after: '{after}', before: '{before}' })}
    >
      {say(all ? 'left.headline' : 'left.headlineSome', { after, before })}
    </span>
  )
}

/** "Amira Haddad og Lone Friis". */
const listed = (employees: readonly { name: string }[], lang: Lang): string =>
  new Intl.ListFormat(lang).format(employees.map(({ name }) => name))

/** What it rests on, and how sure it is. */
function Basis({ visit, seen: { reckoned, recorded, on, municipal, employees } }: Props) {
  const { lang } = visit
  const say = words(lang)
  const { band, retention } = reckoned
  const percent = (share: number) => Math.round(share * 100)
  return (
    <div class="stack">
      {!municipal && employees.length > 0 && <p>{say('left.we', { names: listed(employees, lang) })}</p>}
      <p>
        {say(municipal ? 'left.basisMunicipal' : 'left.basis', {
          count: municipal ? rounded(reckoned.ties) : reckoned.ties,
          day: sayDate(on, lang),
        })}{' '}
        {!municipal &&
          band &&
          retention !== null &&
          say('left.band', { now: percent(retention), low: percent(band.low), high: percent(band.high) })}
      </p>
      <p class="soft">
        {recorded.active >= (municipal ? fewestForMunicipality : 1)
          ? say('left.recorded', {
              confirmed: municipal ? rounded(recorded.confirmed) : recorded.confirmed,
              active: municipal ? rounded(recorded.active) : recorded.active,
            })
          : say('left.notRecorded')}
      </p>
    </div>
  )
}

function ForThePlace({ visit, seen }: Props) {
  const { lang } = visit
  const say = words(lang)
  const { employees, reckoned, ties, community, picture, net } = seen
  if (!picture) return null
  const path = `/c/${community.slug}/if-we-left`
  const there = employees.map((one) => one.there)
  return (
    <>
      <Columns>
        <div class="stack">
          <Drawn
            lang={lang}
            picture={picture}
            holding={holdingOf(picture.switches, there)}
            net={net && `${path}/net/${net}`}
            there={there}
            me={ties.me}
          />
          {employees.length > 0 && (
            <form method="get" action={path} data-switches={switchesText(picture.switches)}>
              <fieldset class="choice">
                <legend>{say('left.switches')}</legend>
                {employees.map((employee, place) => (
                  <label class="option">
                    <input type="checkbox" name="there" value={String(place)} checked={employee.there || undefined} />
                    <span>
                      {say('left.there', { name: employee.name })}
                      <small>{say('left.reach', { count: employee.reach ?? 0 })}</small>
                    </span>
                  </label>
                ))}
              </fieldset>
              <Button kind="quiet">{say('left.switch')}</Button>
            </form>
          )}
        </div>
        <div class="stack">
          <Talk visit={visit} seen={seen} />
          <AskedToMeet visit={visit} seen={seen} />
          <ForYou visit={visit} seen={seen} />
          <Signs visit={visit} seen={seen} />
        </div>
      </Columns>
      <Tasks visit={visit} seen={seen} />
      <Part id="parts" title={say('left.partsTitle')}>
        <Table
          caption={say('left.partsCaption')}
          quiet
          columns={[say('left.part'), say('left.people')]}
          numbers={[1]}
          rows={[
            ...reckoned.parts
              .slice(0, 12)
              .map((size, at) => [say(at === 0 ? 'left.largest' : 'left.another'), String(size)]),
            [say('left.alone'), String(reckoned.orphans)],
          ]}
        />
      </Part>
      <Trend visit={visit} seen={seen} />
      <TakeAway visit={visit} path={path} />
    </>
  )
}

/** The one talk that would help most. Who the two are is asked of themselves, not told here. */
function Talk({ visit, seen: { reckoned } }: Props) {
  const say = words(visit.lang)
  if (!reckoned.talk) return null
  const [more, fewer] = reckoned.talk.joins.toSorted((a, b) => b - a) as [number, number]
  return (
    <Sheet eyebrow={say('left.talkEyebrow')} title={say('left.talkTitle')}>
      <p>{say(fewer === 1 ? 'left.talkOne' : 'left.talk', { more, all: more + fewer })}</p>
      <p class="soft">{say('left.talkHow')}</p>
    </Sheet>
  )
}

/** Would you meet somebody? Asked of each alone; the name is told when both have said yes. */
function AskedToMeet({ visit, seen: { asked, community } }: Props) {
  const say = words(visit.lang)
  return (
    <>
      {asked.map(({ id, theirs, said, name }) => (
        <Sheet eyebrow={say('left.youOnly')} title={name ? say('left.bothYes') : say('left.meetTitle')}>
          {name ? (
            <p>
              <b>
                <OwnWords text={name} />
              </b>{' '}
              {say('left.bothYesHow')}
            </p>
          ) : said ? (
            <p>{say('left.youSaidYes')}</p>
          ) : (
            <>
              <p>{say('left.meet', { count: theirs })}</p>
              <form method="post">
                <Actions>
                  <Button formaction={`/c/${community.slug}/if-we-left/${id}/yes`}>{say('left.meetYes')}</Button>
                  <Button kind="quiet" formaction={`/c/${community.slug}/if-we-left/${id}/no`}>
                    {say('left.meetNo')}
                  </Button>
                </Actions>
              </form>
            </>
          )}
        </Sheet>
      ))}
    </>
  )
}

/** What only the one who looks is told about themselves. */
function ForYou({ visit, seen: { reckoned, community } }: Props) {
  const say = words(visit.lang)
  const { meOrphan, onMe } = reckoned
  if (!meOrphan && onMe === 0) return null
  return (
    <Sheet title={say('left.youTitle')}>
      {meOrphan && <p>{say('left.youAlone')}</p>}
      {onMe > 0 && <p>{say('left.onYou', { count: onMe })}</p>}
      <p>
        <a href={`/c/${community.slug}/circle`}>{say('left.yourCircle')}</a>
      </p>
      <p class="soft">{say('left.youOnly')}</p>
    </Sheet>
  )
}

/** The phase in words, with the rule that it comes from, and what hangs on single people. */
function Signs({ visit, seen: { reckoned, municipal } }: Props) {
  const say = words(visit.lang)
  const { phase, because, topShare, topIsStaff } = reckoned.phase
  const percent = (share: number) => Math.round(share * 100)
  return (
    <div class="stack">
      {phase && (
        <p>
          <b>{say(`left.phase.${phase}`)}</b> {say(`left.phaseMeans.${phase}`)}{' '}
          <span class="soft">
            {say(`left.because.${because}`, { percent: percent(topShare) })}
            {topShare >= 0.15 && topIsStaff && ` ${say('left.topIsStaff')}`}
          </span>
        </p>
      )}
      {!municipal && reckoned.cutPeople > 0 && <p>{say('left.cutPeople', { count: reckoned.cutPeople })}</p>}
      {reckoned.brokerage !== null && (
        <p>
          {say('left.brokerage', {
            percent: municipal ? rounded(percent(reckoned.brokerage)) : percent(reckoned.brokerage),
          })}
        </p>
      )}
    </div>
  )
}

/** What rests on one, or on the municipality: the tasks of a place, and how many can do each. */
function Tasks({ visit, seen: { tasks } }: Props) {
  const say = words(visit.lang)
  const carried = (neighbours: number) => (neighbours === 0 ? 'none' : neighbours === 1 ? 'one' : 'several')
  const weak = tasks.filter(({ neighbours }) => neighbours < 2).length
  return (
    <Part id="tasks" title={say('left.tasksTitle')}>
      <p>{weak === 0 ? say('left.tasksHold') : say('left.tasksRest', { count: weak, all: tasks.length })}</p>
      <Table
        caption={say('left.tasksTitle')}
        quiet
        columns={[say('left.task'), say('left.neighboursCan'), say('left.staffDid')]}
        rows={tasks.map(({ task, neighbours, staff }) => [
          say(`left.tasks.${task}`),
          neighbours > 0 || staff > 0 ? (
            <Carrier who={neighbours > 0 ? 'residents' : 'municipality'}>
              {say(`left.carried.${carried(neighbours)}`, { count: neighbours })}
            </Carrier>
          ) : (
            say('left.carried.none')
          ),
          task === 'keys' ? '' : say('left.times', { count: staff }),
        ])}
      />
      <p class="soft">{say('left.tasksWhy')}</p>
    </Part>
  )
}

/** How it went, quarter by quarter. */
function Trend({ visit, seen: { quarters } }: Props) {
  const { lang } = visit
  const say = words(lang)
  const told = quarters.flatMap(({ first, measured }) => {
    const retention = measured.find(({ criterion }) => criterion === 'retention')
    return retention && retention.value !== null ? [{ first, value: retention.value, base: retention.base }] : []
  })
  if (told.length === 0) return null
  return (
    <Part id="trend" title={say('left.trend')}>
      <Table
        caption={say('left.trend')}
        quiet
        columns={[say('left.quarter'), say('left.held'), say('left.of')]}
        numbers={[1, 2]}
        rows={told.map(({ first, value, base }) => [
          say('left.quarterIs', {
            quarter: String(Math.floor(Number(first.slice(5, 7)) / 3) + 1),
            year: first.slice(0, 4),
          }),
          `${Math.round(value * 100)} %`,
          String(base),
        ])}
      />
    </Part>
  )
}

/** For those who would look at the net in a program of their own. */
function TakeAway({ visit, path }: { visit: Visit; path: string }) {
  const say = words(visit.lang)
  return (
    <Part id="files" title={say('left.files')}>
      <p>{say('left.filesLead')}</p>
      <ul>
        {fileNames.map((name) => (
          <li>
            <a href={`${path}/out/${name}`} download="">
              {say(`left.file.${kindOfFile[name]}`)}
            </a>
          </li>
        ))}
      </ul>
      <p class="soft">{say('left.filesWarn')}</p>
    </Part>
  )
}

/** Coarse figures, a quarter old, and no marks: a picture of a small place has names for those who know it. */
function ForTheMunicipality({ visit, seen }: Props) {
  const say = words(visit.lang)
  return (
    <>
      <Signs visit={visit} seen={seen} />
      <p class="soft">{say('left.municipalWhy')}</p>
    </>
  )
}
