// A place's net as files for other programs: GEXF 1.3, GraphML, Kumu's two sheets, and a list of ties. Numbers in place of names, new in each file.
import { strToU8, zipSync } from 'fflate'
import type { Lang } from '../i18n/catalogue.ts'
import { csvText } from '../meetings/record/csv.ts'
import type { Completeness, Ties } from '../ties/tie.ts'
import { words } from './words.ts'

export const kindOfFile = {
  'net.gexf': 'gexf',
  'net.graphml': 'graphml',
  'kumu.zip': 'kumu',
  'ties.csv': 'csv',
} as const

export type FileName = keyof typeof kindOfFile
export const fileNames = Object.keys(kindOfFile) as FileName[]
export const isFileName = (name: string): name is FileName => Object.hasOwn(kindOfFile, name)

export const mimeOf: Record<FileName, string> = {
  'net.gexf': 'application/gexf+xml; charset=utf-8',
  'net.graphml': 'application/graphml+xml; charset=utf-8',
  'kumu.zip': 'application/zip',
  'ties.csv': 'text/csv; charset=utf-8',
}

interface Person {
  id: string
  label: string
  role: 'resident' | 'employee'
}

interface Shown {
  people: Person[]
  ties: { from: Person; to: Person; weight: number }[]
}

interface About {
  lang: Lang
  place: string
  /** How much of it is written down at all: it goes along, for a net that is half known looks like one that is half torn. */
  recorded: Completeness
}

/** What the file is, and how much of the net is in it. */
function saidOf({ lang, place, recorded }: About): string {
  const say = words(lang)
  return `${say('left.file.about', { place })} ${recorded.active > 0 ? say('left.recorded', { ...recorded }) : say('left.notRecorded')}`
}

/**
 * What both ends allow: a tie that one of them has hidden is not in it, nor is anybody who has no other. Employees have a number as neighbours have.
 * Weights to a tenth: a finer one tells on which day two have talked.
 */
export function shownIn({ people, ends, weights, hidden, staff }: Ties, lang: Lang): Shown {
  const say = words(lang)
  const isStaff = new Set(staff.map(({ at }) => at))
  const known: (Person | undefined)[] = new Array(people)
  const pairs: [number, number, number][] = []
  for (let tie = 0; tie < hidden.length; tie++) {
    if (hidden[tie]) continue
    const [a, b] = [ends[2 * tie] as number, ends[2 * tie + 1] as number]
    pairs.push([Math.min(a, b), Math.max(a, b), Math.max(0.1, Math.round(10 * (weights[tie] as number)) / 10)])
  }
  // By their chance numbers: the order in which they were found tells nothing.
  pairs.sort((one, other) => one[0] - other[0] || one[1] - other[1])
  const tied = new Set<number>()
  for (const [a, b] of pairs) tied.add(a).add(b)
  let [residents, employees] = [0, 0]
  for (const number of [...tied].sort((a, b) => a - b))
    known[number] = isStaff.has(number)
      ? { id: `e${++employees}`, label: say('left.file.employee', { number: employees }), role: 'employee' }
      : { id: `n${++residents}`, label: say('left.file.neighbour', { number: residents }), role: 'resident' }
  const who = (number: number) => known[number] as Person
  return {
    people: known.filter((one) => one !== undefined),
    ties: pairs.map(([a, b, weight]) => ({ from: who(a), to: who(b), weight })),
  }
}

export function fileOf(name: FileName, ties: Ties, about: About): string | Uint8Array<ArrayBuffer> {
  const shown = shownIn(ties, about.lang)
  switch (name) {
    case 'net.gexf':
      return gexf(shown, ties.on, about)
    case 'net.graphml':
      return graphml(shown, about)
    case 'kumu.zip':
      return kumu(shown, about)
    case 'ties.csv':
      return tiesCsv(shown, about)
  }
}

/** What XML cannot carry is left out; the rest is written so that it is text wherever it stands. */
const xml = (text: string): string =>
  text
    .replace(/[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu, '')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')

const head = '<?xml version="1.0" encoding="UTF-8"?>'

/** https://gexf.net/schema.html */
function gexf({ people, ties }: Shown, on: string, about: About): string {
  return [
    head,
    '<gexf xmlns="http://gexf.net/1.3" version="1.3">',
    `<meta lastmodifieddate="${on}"><creator>oplive</creator><description>${xml(saidOf(about))}</description></meta>`,
    '<graph mode="static" defaultedgetype="undirected">',
    '<attributes class="node"><attribute id="role" title="role" type="string"/></attributes>',
    '<nodes>',
    ...people.map(
      ({ id, label, role }) =>
        `<node id="${id}" label="${xml(label)}"><attvalues><attvalue for="role" value="${role}"/></attvalues></node>`,
    ),
    '</nodes>',
    '<edges>',
    ...ties.map(
      ({ from, to, weight }, at) => `<edge id="${at}" source="${from.id}" target="${to.id}" weight="${weight}"/>`,
    ),
    '</edges>',
    '</graph>',
    '</gexf>',
    '',
  ].join('\n')
}

/** http://graphml.graphdrawing.org/specification.html */
function graphml({ people, ties }: Shown, about: About): string {
  return [
    head,
    '<graphml xmlns="http://graphml.graphdrawing.org/xmlns">',
    '<key id="label" for="node" attr.name="label" attr.type="string"/>',
    '<key id="role" for="node" attr.name="role" attr.type="string"/>',
    '<key id="weight" for="edge" attr.name="weight" attr.type="double"/>',
    '<graph id="net" edgedefault="undirected">',
    `<desc>${xml(saidOf(about))}</desc>`,
    ...people.map(
      ({ id, label, role }) =>
        `<node id="${id}"><data key="label">${xml(label)}</data><data key="role">${role}</data></node>`,
    ),
    ...ties.map(
      ({ from, to, weight }) =>
        `<edge source="${from.id}" target="${to.id}"><data key="weight">${weight}</data></edge>`,
    ),
    '</graph>',
    '</graphml>',
    '',
  ].join('\n')
}

/** Kumu reads elements by Label and connections by From and To, with commas. Both in one file, so that the numbers are the same. */
function kumu({ people, ties }: Shown, about: About): Uint8Array<ArrayBuffer> {
  const sheet = (rows: (string | number)[][]) => strToU8(`${rows.map((cells) => cells.join(',')).join('\r\n')}\r\n`)
  return zipSync({
    'about.txt': strToU8(`${saidOf(about)}\r\n`),
    'elements.csv': sheet([['Label', 'Type'], ...people.map(({ label, role }) => [label, role])]),
    'connections.csv': sheet([
      ['From', 'To', 'Direction', 'Strength'],
      ...ties.map(({ from, to, weight }) => [from.label, to.label, 'undirected', weight]),
    ]),
  }) as Uint8Array<ArrayBuffer>
}

function tiesCsv({ ties }: Shown, { lang, recorded }: About): string {
  const say = words(lang)
  const half = say('moments.of', { part: recorded.confirmed, all: recorded.active })
  const decimal = (weight: number) => (lang === 'da' ? String(weight).replace('.', ',') : String(weight))
  return csvText([
    (['from', 'fromRole', 'to', 'toRole', 'weight'] as const)
      .map((column) => say(`left.file.column.${column}`))
      .concat(say('moments.recorded')),
    ...ties.map(({ from, to, weight }) => [
      from.label,
      say(`left.file.role.${from.role}`),
      to.label,
      say(`left.file.role.${to.role}`),
      decimal(weight),
      half,
    ]),
  ])
}
