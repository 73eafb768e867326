// The map of somebody's own circle, drawn on the server: oneself in the middle, the nearest next to it. Only geometry; the list beside it says the same.
import type { Lang } from '../i18n/catalogue.ts'
import { type Introduction, mostOnMap, type Neighbour, spotsOf } from './circle.ts'
import { words } from './words.ts'

interface CircleMapProps {
  lang: Lang
  /** Those that are drawn, in the order of the list. */
  people: readonly Neighbour[]
  introductions: readonly Introduction[]
  /** Whose circle it is: an employee stands in the middle in the colour of the municipality. */
  atWork: boolean
}

/** From the middle to the outermost mark. */
const reach = 142
const radius = 15
const edge = reach + radius + 4
/** Above and below there is room for a name as well. */
const height = edge + 12
const round = (n: number) => Math.round(n * 10) / 10
/** A name beside its mark, where there is room for names: the first word of it. */
const short = (name: string) => {
  const [first = ''] = name.split(' ')
  return [...first].length > 12 ? `${[...first].slice(0, 11).join('')}…` : first
}

export function CircleMap({ lang, people, introductions, atWork }: CircleMapProps) {
  const say = words(lang)
  const spots = spotsOf(people.length).map(({ x, y }) => ({ x: round(x * reach), y: round(y * reach) }))
  const shown = people.slice(0, mostOnMap)
  const spotOf = (one: Neighbour) => spots[shown.indexOf(one)]
  const pairs = introductions.flatMap(({ one, two }) => {
    const [a, b] = [spotOf(one), spotOf(two)]
    return a && b ? [[a, b] as const] : []
  })
  const alt = say('map.alt', { count: people.length })
  return (
    <svg class="circle-map" viewBox={`${-edge} ${-height} ${2 * edge} ${2 * height}`} role="img" aria-label={alt}>
      <title>{alt}</title>
      {spots.map(({ x, y }, at) => (
        <line
          class={`tie ${shown[at]?.ring} ${shown[at]?.staff || atWork ? 'staff' : ''}`}
          x1="0"
          y1="0"
          x2={x}
          y2={y}
        />
      ))}
      {pairs.map(([a, b]) => (
        <line class="could-meet" x1={a.x} y1={a.y} x2={b.x} y2={b.y} />
      ))}
      <circle class={atWork ? 'me at-work' : 'me'} cx="0" cy="0" r={radius + 3} />
      <text class="me-word" x="0" y="4.5">
        {say('map.you')}
      </text>
      {shown.map((one, at) => {
        const { x, y } = spots[at] ?? { x: 0, y: 0 }
        return (
          <g class={`mark ${one.staff ? 'staff' : 'neighbour'} ${one.lost ? 'long-ago' : ''}`}>
            <circle cx={x} cy={y} r={radius} />
            <text x={x} y={y + 5.5}>
              {at + 1}
            </text>
            <text class="mark-name" x={x} y={y < 0 ? y - radius - 4 : y + radius + 11}>
              {short(one.name)}
            </text>
          </g>
        )
      })}
    </svg>
  )
}
