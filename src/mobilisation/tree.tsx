// The tree as a picture (SVG made on the server) and the same as text: marks for neighbours, a name only for who has said yes to it.
import type { Lang } from '../i18n/catalogue.ts'
import { type Beginning, type Branch, chainsOf, type Tree } from './brought.ts'
import type { Band, TreeDrawing } from './tree-drawing.ts'
import { words } from './words.ts'

const headings = {
  municipality: 'tree.fromMunicipality',
  association: 'tree.fromAssociation',
  self: 'tree.fromSelf',
  unknown: 'tree.fromUnknown',
  before: 'tree.fromBefore',
  neighbour: 'tree.fromNeighbour',
  closed: 'tree.closed',
} as const
const sayBand = (lang: Lang, beginning: Band['beginning']): string => words(lang)(headings[beginning])

interface TreeProps {
  lang: Lang
  tree: Tree
}

const radius = 7
/** The first name, where it fits between two marks. */
const short = (name: string): string => {
  const first = name.trim().split(/\s+/)[0] ?? ''
  return [...first].length > 9 ? `${[...first].slice(0, 8).join('')}…` : first
}

export function DrawnTree({ lang, tree, drawing }: TreeProps & { drawing: TreeDrawing }) {
  const say = words(lang)
  const { width, height, staff } = drawing
  return (
    <figure class="net brought-tree">
      <svg viewBox={`0 0 ${width} ${height}`} role="img" aria-label={say('tree.says', { count: drawing.spots.length })}>
        {drawing.twigs.map(({ from, to, staff }) => {
          const middle = (from.x + to.x) / 2
          return (
            <path
              class={staff ? 'twig to-staff' : 'twig'}
              d={`M${from.x} ${from.y}C${middle} ${from.y} ${middle} ${to.y} ${to.x} ${to.y}`}
            />
          )
        })}
        {drawing.bands.map(({ beginning, y, count }) => (
          <text class="band" x="2" y={y}>
            {`${sayBand(lang, beginning)}: ${count}`}
          </text>
        ))}
        {staff && <rect x={staff.x - radius} y={staff.y - radius} width={2 * radius} height={2 * radius} rx="3" />}
        {drawing.spots.map(({ person, x, y }) => {
          const name = tree.names[person]
          const handed = tree.counted[person] === 0
          return (
            <>
              <circle cx={x} cy={y} r={radius} class={person === tree.me ? 'me' : handed ? 'loose' : 'neighbour'} />
              {name && (
                <text class="named" x={x} y={y - radius - 2}>
                  {short(name)}
                </text>
              )}
            </>
          )
        })}
      </svg>
      <figcaption class="net-legend">
        <span class="key neighbour">{say('tree.neighbour')}</span>{' '}
        {tree.me !== null && <span class="key me">{say('tree.me')}</span>}{' '}
        {tree.counted.includes(0) && <span class="key loose">{say('tree.handed')}</span>}{' '}
        {staff && <span class="key staff">{say('tree.staff')}</span>}
      </figcaption>
    </figure>
  )
}

/** The same in words: who hangs on whom, those without a name counted where they brought nobody. */
export function TreeAsText({ lang, tree, generation }: TreeProps & { generation: ArrayLike<number> }) {
  const say = words(lang)
  const { chains, closed } = chainsOf(tree, generation)
  return (
    <details class="brought-text">
      <summary>{say('tree.asText')}</summary>
      {(Object.entries(chains) as [Beginning, Branch[]][])
        .filter(([, all]) => all.length > 0)
        .map(([beginning, all]) => (
          <>
            <h3>{`${sayBand(lang, beginning)}: ${all.length}`}</h3>
            <Branches lang={lang} tree={tree} all={all} />
          </>
        ))}
      {closed.length > 0 && <p>{`${sayBand(lang, 'closed')}: ${closed.length}`}</p>}
    </details>
  )
}

function Branches({ lang, tree, all }: TreeProps & { all: readonly Branch[] }) {
  const say = words(lang)
  const nameOf = (person: number): string | null =>
    tree.names[person] ?? (person === tree.me ? say('tree.me') : tree.counted[person] === 0 ? say('tree.handed') : null)
  const told = all.filter(({ person, brought }) => brought.length > 0 || nameOf(person) !== null)
  const others = all.length - told.length
  return (
    <ul>
      {told.map(({ person, brought }) => (
        <li>
          <bdi>{nameOf(person) ?? say('tree.neighbour')}</bdi>
          {brought.length > 0 && <Branches lang={lang} tree={tree} all={brought} />}
        </li>
      ))}
      {others > 0 && (
        <li>{told.length === 0 ? say('tree.count', { count: others }) : say('tree.more', { count: others })}</li>
      )}
    </ul>
  )
}
