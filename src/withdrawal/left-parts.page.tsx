// What stands under the picture of Hvis vi gik i morgen: how sure it is, who can do what, the groups, the quarters, and the net to take away.
import type { Visit } from '../access/visit.ts'
import { sayDate } from '../communities/times.ts'
import { Carrier, Part, Table } from '../ui/parts.tsx'
import type { IfWeLeft } from './if-we-left.deeds.ts'
import { fileNames, kindOfFile } from './net-files.ts'
import { sayQuarter } from './outline.page.tsx'
import { words } from './words.ts'

export interface Props {
  visit: Visit
  seen: IfWeLeft
}

const percent = (share: number) => Math.round(share * 100)

/** The band of the figure, and how much is recorded at all. */
export function HowSure({ visit, seen: { reckoned, recorded, on } }: Props) {
  const { lang } = visit
  const say = words(lang)
  const { band, retention, ties, together } = reckoned
  return (
    <Part id="sure" title={say('left.sureTitle')}>
      <p>
        {say('left.basis', { count: ties, day: sayDate(on, lang) })} {say('left.whatIsATie')}
      </p>
      {band && retention !== null && (
        <p>
          {say('left.band', {
            ...together,
            now: percent(retention),
            low: percent(band.low),
            high: percent(band.high),
          })}
        </p>
      )}
      <p>{recorded.active > 0 ? say('left.recorded', { ...recorded }) : say('left.notRecorded')}</p>
    </Part>
  )
}

/** What rests on one, or on the municipality: the tasks of a place, and how many can do each. */
export function Tasks({ visit, seen: { tasks, meetings } }: Props) {
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
          // Only of what is done at meetings is it known how often.
          task === 'keys' || task === 'contact' || task === 'coach' ? '' : say('left.times', { count: staff }),
        ])}
      />
      <p class="soft">{say('left.tasksWhy')}</p>
      <p>
        {meetings.all === 0
          ? say('left.noMeetings')
          : say('left.ownMeetings', { count: meetings.all, own: meetings.own })}
      </p>
    </Part>
  )
}

/** In which groups the place would be. */
export function Parts({ visit, seen: { reckoned } }: Props) {
  const say = words(visit.lang)
  return (
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
  )
}

/** How it went, quarter by quarter, each with its band. */
export function Trend({ visit, seen: { quarters } }: Props) {
  const { lang } = visit
  const say = words(lang)
  const told = quarters.flatMap(({ first, measured }) => {
    const of = (criterion: string) => measured.find((one) => one.criterion === criterion)
    const retention = of('retention')
    if (retention?.value == null) return []
    const [low, high] = [of('retention-low')?.value ?? null, of('retention-high')?.value ?? null]
    return [{ first, value: retention.value, base: retention.base, low, high }]
  })
  if (told.length === 0) return null
  return (
    <Part id="trend" title={say('left.trend')}>
      <Table
        caption={say('left.trend')}
        quiet
        columns={[say('left.quarter'), say('left.held'), say('left.share'), say('left.bandShort')]}
        numbers={[1, 2, 3]}
        rows={told.map(({ first, value, base, low, high }) => [
          sayQuarter(first, lang),
          say('left.heldOf', { after: Math.round(value * base), before: base }),
          `${percent(value)} %`,
          low === null || high === null ? '' : `${percent(low)}–${percent(high)} %`,
        ])}
      />
      <p class="soft">{say('left.bandWhy')}</p>
    </Part>
  )
}

/** For those who would look at the net in a program of their own. */
export function TakeAway({ visit, path }: { visit: Visit; path: string }) {
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
