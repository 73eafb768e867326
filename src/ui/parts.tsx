// The small parts of a page: people's own words, who carries what, the one sheet, rows and facts.
import type { Child } from 'hono/jsx'

/** What a statement is: unbearable (ember), a hope (glow), an asset (beech). */
type Tone = 'unbearable' | 'hope' | 'asset'

interface VoiceProps {
  tone?: Tone | undefined
  /** Who or what it comes from, in small: "håb · 29 kender det også". Says the tone in a word. */
  source?: Child | undefined
  children: Child
}

/** Somebody's own words: large, in Fraunces, without a box, with a bar at the left. */
export function Voice({ tone, source, children }: VoiceProps) {
  return (
    <figure class={tone ? `voice ${tone}` : 'voice'}>
      <blockquote>{children}</blockquote>
      {source !== undefined && <figcaption>{source}</figcaption>}
    </figure>
  )
}

/** Who: residents warm and round, leaders glow, the municipality cool and square, so that the shape says it too. */
type Who = 'residents' | 'leaders' | 'municipality'

/** The sign of who carries something, before their name. */
export function Carrier({ who, children }: { who: Who; children: Child }) {
  return <span class={`who ${who}`}>{children}</span>
}

/** A word about a state. `glow` care and co-creation, `beech` holds, `strait` the municipality, `ember` residents. */
export function Chip({ tone, children }: { tone: 'glow' | 'beech' | 'strait' | 'ember'; children: Child }) {
  return <span class={`chip ${tone}`}>{children}</span>
}

/** The one thing to do now, on a sheet of its own. Not for lists. */
export function Sheet({
  id,
  eyebrow,
  title,
  children,
}: {
  id?: string
  eyebrow?: Child
  title?: Child
  children?: Child
}) {
  return (
    <section id={id} class="sheet-box">
      {eyebrow !== undefined && <p class="eyebrow">{eyebrow}</p>}
      {title !== undefined && <h2>{title}</h2>}
      {children}
    </section>
  )
}

/** A part of a page with its heading. */
export function Part({ id, title, children }: { id?: string; title: Child; children?: Child }) {
  return (
    <section class="part-of-page" id={id}>
      <h2>{title}</h2>
      {children}
    </section>
  )
}

/** Parts side by side where there is room. */
export function Columns({ children }: { children?: Child }) {
  return <div class="columns">{children}</div>
}

/** Facts as pairs: "Tid · torsdag 21. marts kl. 19". */
export function Facts({ facts }: { facts: readonly (readonly [term: Child, said: Child])[] }) {
  return (
    <dl class="facts">
      {facts.map(([term, said]) => (
        <div>
          <dt>{term}</dt>
          <dd>{said}</dd>
        </div>
      ))}
    </dl>
  )
}

interface TableProps {
  /** What the table tells; read aloud, and shown unless `quiet`. */
  caption: Child
  quiet?: boolean | undefined
  columns: readonly string[]
  /** The first cell of a row names the row. */
  rows: readonly (readonly Child[])[]
  /** Columns of numbers, set to the right. */
  numbers?: readonly number[] | undefined
}

/** Said outright: Safari forgets that a table is one when it is laid out as a list. */
const role = Object.fromEntries(
  ['table', 'rowgroup', 'row', 'columnheader', 'rowheader', 'cell'].map((one) => [one, { role: one }]),
)

/** A table that becomes a list of rows on a phone, each cell with its column's name; one number for each row stays beside it. The roles keep it a table when read aloud. */
export function Table({ caption, quiet, columns, rows, numbers }: TableProps) {
  const side = (index: number) => (numbers?.includes(index) ? 'number' : undefined)
  const figures = numbers?.length === columns.length - 1
  return (
    <table class={figures ? (columns.length === 2 ? 'rows figures pair' : 'rows figures') : 'rows'} {...role.table}>
      <caption class={quiet ? 'away' : undefined}>{caption}</caption>
      <thead {...role.rowgroup}>
        <tr {...role.row}>
          {columns.map((column, index) => (
            <th scope="col" {...role.columnheader} class={side(index)}>
              {column}
            </th>
          ))}
        </tr>
      </thead>
      <tbody {...role.rowgroup}>
        {rows.map((row) => (
          <tr {...role.row}>
            {row.map((cell, index) =>
              index === 0 ? (
                <th scope="row" {...role.rowheader}>
                  {cell}
                </th>
              ) : (
                <td {...role.cell} class={side(index)} data-column={columns[index]}>
                  <div>{cell}</div>
                </td>
              ),
            )}
          </tr>
        ))}
      </tbody>
    </table>
  )
}
