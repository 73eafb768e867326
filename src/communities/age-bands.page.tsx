// How many live here by age, as a table whose cells are also its bars: all begin at nothing and share one scale.
import type { Lang } from '../i18n/catalogue.ts'
import { bandRows, type Population, peopleIn } from './age-bands.ts'
import { OwnWords } from './own-words.tsx'
import { words } from './words.ts'

export function AgeBands({ lang, population }: { lang: Lang; population: Population }) {
  const say = words(lang)
  const all = peopleIn(population)
  const percent = say('ages.percent', { count: all })
  return (
    <table class="ages">
      <caption>
        {say('ages.caption', { count: all, year: population.year })} {say('ages.source')}{' '}
        <OwnWords text={population.source} />.
      </caption>
      <thead>
        <tr>
          <th scope="col">{say('ages.age')}</th>
          <th scope="col">{say('ages.people')}</th>
          <th scope="col">{percent}</th>
          <td />
        </tr>
      </thead>
      <tbody>
        {bandRows(population).map((row) => (
          <tr>
            <th scope="row">{say('ages.band', { band: row.band.replace('-', '–') })}</th>
            <td>{row.people}</td>
            <td>{row.percent === null ? '' : `${row.percent} %`}</td>
            <td class="ages-bar">
              <svg aria-hidden="true" width="100%" height="1em">
                <rect x="0" y="0" height="100%" width={`${Math.round(row.length * 10) / 10}%`} rx="2" />
              </svg>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
