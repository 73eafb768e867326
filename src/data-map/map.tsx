// The map as a page: every table once for each use of it, by the names a neighbour reads; by room and by use, without a script.
import type { Visit } from '../access/visit.ts'
import { frame } from '../communities/place-frame.ts'
import { Actions, Button, ButtonLink } from '../ui/forms.tsx'
import { Page, renderPage } from '../ui/page.tsx'
import { Table } from '../ui/parts.tsx'
import { municipalRoom } from '../ui/whose-room.tsx'
import { dataMap, type MappedColumn } from './data-map.ts'
import { groundOf, purposeKeys } from './purposes.ts'
import { sayData } from './record.ts'
import { sayAfter, sayRule, words } from './words.ts'

const rooms = ['book', 'community', 'entry', 'municipal'] as const

interface FilterProps {
  name: string
  label: string
  all: string
  chosen: string | undefined
  options: readonly (readonly [value: string, said: string])[]
}

function Filter({ name, label, all, chosen, options }: FilterProps) {
  return (
    <div class="field">
      <label for={name}>{label}</label>
      <select id={name} name={name}>
        <option value="">{all}</option>
        {options.map(([value, said]) => (
          <option value={value} selected={value === chosen}>
            {said}
          </option>
        ))}
      </select>
    </div>
  )
}

export function mapPage(visit: Visit, room?: string, purpose?: string): string {
  const { lang } = visit
  const say = words(lang)
  const shown = dataMap.filter((one) => (!room || one.room === room) && (!purpose || one.purpose === purpose))
  const rows = new Map<string, MappedColumn[]>()
  for (const one of shown) {
    const key = `${one.table} ${one.purpose} ${one.keep}`
    rows.set(key, [...(rows.get(key) ?? []), one])
  }
  return renderPage(
    <Page
      {...frame(visit, '/data-map', municipalRoom('officer'))}
      title={say('map.title')}
      lead={say('map.lead')}
      robots="noindex"
    >
      <p>{say('map.how')}</p>
      <Actions>
        <ButtonLink kind="quiet" href="/data-map/record">
          {say('map.record')}
        </ButtonLink>
        <ButtonLink kind="quiet" href="/data-map/dpia">
          {say('map.dpia')}
        </ButtonLink>
      </Actions>
      <form method="get" action="/data-map">
        <Filter
          name="room"
          label={`${say('map.filter')}: ${say('map.room')}`}
          all={say('map.all')}
          chosen={room}
          options={rooms.map((one) => [one, say(`room.${one}`)])}
        />
        <Filter
          name="purpose"
          label={`${say('map.filter')}: ${say('map.purpose')}`}
          all={say('map.all')}
          chosen={purpose}
          options={purposeKeys.map((one) => [one, say(`purpose.${one}.title`)])}
        />
        <Actions>
          <Button kind="quiet">{say('map.show')}</Button>
        </Actions>
      </form>
      <Table
        caption={say('map.title')}
        quiet
        columns={[
          say('map.what'),
          say('map.purpose'),
          say('map.law'),
          say('map.long'),
          say('map.then'),
          say('map.room'),
        ]}
        rows={[...rows.values()].flatMap((columns) => {
          const [one] = columns
          if (!one) return []
          return [
            [
              <>
                {sayData(lang, columns).join('. ')}
                <br />
                <small>{`${one.table}: ${columns.map(({ column }) => column).join(', ')}`}</small>
              </>,
              say(`purpose.${one.purpose}.title`),
              say(`basis.${groundOf(one.purpose).municipality}.law`),
              sayRule(lang, one.keep, one.purpose),
              sayAfter(lang, one.keep, one.purpose),
              say(`room.${one.room}`),
            ],
          ]
        })}
      />
    </Page>,
  )
}
