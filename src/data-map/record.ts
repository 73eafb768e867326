// The record of processing (GDPR 30), for the municipality and for an association that keeps a room: read off the data map, use by use.
import type { PrivacyConfig } from '../config-privacy.ts'
import type { Lang } from '../i18n/catalogue.ts'
import { pieceOf } from '../mine/everything.ts'
import type { SeenBy } from '../mine/piece.ts'
import { isFieldKey, words as mineWords } from '../mine/words.ts'
import { type BesideTable, beside } from './beside-people.ts'
import { dataMap, type MappedColumn } from './data-map.ts'
import type { Fact, Paper } from './paper.ts'
import { paperWords } from './paper-words.ts'
import { groundOf, type Purpose, purposeKeys } from './purposes.ts'
import { sayRule, words } from './words.ts'

/** Whose record it is. */
export interface Answering {
  kind: 'municipality' | 'association'
  name: string
  municipality: string
  privacy: PrivacyConfig
  /** Rooms that the municipality keeps for a time, and those it only runs for an association. */
  interim: readonly string[]
  forOthers: readonly { place: string; keeper: string }[]
}

export const measures = ['sealed', 'rows', 'signIn', 'looks', 'forget', 'backup', 'logs'] as const
type People = 'neighbours' | 'named' | 'asked' | 'staff'

const unique = <T>(list: readonly T[]): T[] => [...new Set(list)]
/** What lies under a use, in this record: of an association, only what lies in its room. */
const columnsFor = ({ kind }: Pick<Answering, 'kind'>, purpose: Purpose): MappedColumn[] =>
  dataMap.filter((one) => one.purpose === purpose && (kind === 'municipality' || one.room === 'community'))

function peopleIn(columns: readonly MappedColumn[]): People[] {
  const of = (one: MappedColumn): People[] => {
    if (one.table === 'community.asked_person' || one.table === 'community.moving_file') return ['asked']
    return one.pieces.length === 0
      ? [one.room === 'municipal' ? 'staff' : 'neighbours']
      : one.pieces.map((key) => {
          const { staff, tie } = pieceOf(key)
          if (staff) return 'staff'
          return tie.by === 'name' ? 'named' : 'neighbours'
        })
  }
  return unique(columns.flatMap(of))
}

const seenIn = (columns: readonly MappedColumn[]): SeenBy[] =>
  unique(
    columns.flatMap(({ pieces, table }) =>
      pieces.length > 0 ? pieces.map((key) => pieceOf(key).seen) : [beside[table as BesideTable].seen],
    ),
  )

/** What a table holds, by the name a neighbour reads. */
export function sayHolds(lang: Lang, { table, pieces }: Pick<MappedColumn, 'table' | 'pieces'>): string {
  const [first] = pieces
  return first
    ? mineWords(lang)(`piece.${first}.title`)
    : paperWords(lang)(`beside.${table.split('.')[1] as 'statement'}`)
}

/** What it holds with its fields: "Hvem du er her: Navn, Telefon". Ids and what is sealed have no name of their own. */
export function sayData(lang: Lang, columns: readonly MappedColumn[]): string[] {
  const kinds = new Map<string, string[]>()
  for (const one of columns) {
    const title = sayHolds(lang, one)
    const fields = kinds.get(title) ?? []
    kinds.set(title, fields)
    const [first] = one.pieces
    const told = first ? pieceOf(first).columns[one.column] : undefined
    if (!told || told === 'id' || told === 'secret' || told === 'room') continue
    const field = told === 'meeting' || told === 'association' ? told : one.column
    if (isFieldKey(field)) fields.push(mineWords(lang)(`field.${field}`))
  }
  return [...kinds].map(([title, fields]) => (fields.length > 0 ? `${title}: ${unique(fields).join(', ')}` : title))
}

export interface Activity {
  purpose: Purpose
  title: string
  facts: readonly Fact[]
}

/** Every use that this controller has. */
export function activitiesOf(lang: Lang, who: Answering): Activity[] {
  const say = words(lang)
  const paper = paperWords(lang)
  return purposeKeys.flatMap((purpose) => {
    const columns = columnsFor(who, purpose)
    const ground = groundOf(purpose)[who.kind]
    if (columns.length === 0 || ground === null) return []
    const run = who.privacy.processor
      ? paper('record.supplier', { processor: who.privacy.processor })
      : paper('record.noSupplier')
    const facts: Fact[] = [
      [paper('record.why'), say(`purpose.${purpose}.why`)],
      [paper('record.controller'), who.name],
      [paper('record.law'), say(`basis.${ground}.law`)],
      [paper('record.people'), peopleIn(columns).map((one) => paper(`people.${one}`))],
      [paper('record.data'), sayData(lang, columns)],
      [
        paper('record.recipients'),
        [
          ...seenIn(columns).map((one) => paper(`seen.${one}`)),
          who.kind === 'association' ? paper('record.runs', { municipality: who.municipality }) : run,
        ],
      ],
      [paper('record.abroad'), paper('record.none')],
      [paper('record.long'), unique(columns.map(({ keep }) => keep)).map((keep) => sayRule(lang, keep, purpose))],
      [paper('record.security'), paper('record.below')],
    ]
    return [{ purpose, title: say(`purpose.${purpose}.title`), facts }]
  })
}

/** Where the data protection officer is reached, or that nobody has said. */
export const contactOf = (lang: Lang, { dpoMail, dpoPhone }: PrivacyConfig): string =>
  [dpoMail, dpoPhone].filter(Boolean).join(' · ') || paperWords(lang)('record.noContact')

export function recordPaper(lang: Lang, who: Answering): Paper {
  const say = paperWords(lang)
  const none = say('record.nobody')
  return {
    title: say('record.title', { name: who.name }),
    lead: say('record.lead'),
    sections: [
      {
        id: 'who',
        title: say('record.who'),
        blocks: [
          {
            kind: 'facts',
            facts: [
              [say('record.controller'), who.name],
              ...(who.kind === 'municipality'
                ? ([
                    [say('record.dpo'), contactOf(lang, who.privacy)],
                    [say('record.interim'), who.interim.length > 0 ? who.interim : none],
                    [
                      say('record.forOthers'),
                      who.forOthers.length > 0 ? who.forOthers.map(({ place, keeper }) => `${place}: ${keeper}`) : none,
                    ],
                    [say('record.hired'), who.privacy.processor ?? say('record.noSupplier')],
                  ] satisfies Fact[])
                : ([[say('record.hired'), say('record.runs', { municipality: who.municipality })]] satisfies Fact[])),
            ],
          },
          { kind: 'blank', asks: [say('record.address'), say('record.further')] },
        ],
      },
      ...activitiesOf(lang, who).map(({ purpose, title, facts }) => ({
        id: purpose,
        title,
        blocks: [{ kind: 'facts' as const, facts }],
      })),
      {
        id: 'security',
        title: say('record.security'),
        blocks: [{ kind: 'list', items: measures.map((one) => say(`measure.${one}`)) }],
      },
    ],
  }
}

/** One use a line; several sentences in a cell stand on lines of their own. */
export function recordRows(lang: Lang, who: Answering): string[][] {
  const say = paperWords(lang)
  const activities = activitiesOf(lang, who)
  const security = measures.map((one) => say(`measure.${one}`)).join('\n')
  return [
    [say('record.use'), ...(activities[0]?.facts ?? []).map(([term]) => term)],
    ...activities.map(({ title, facts }) => [
      title,
      ...facts.map(([term, said]) =>
        term === say('record.security') ? security : typeof said === 'string' ? said : said.join('\n'),
      ),
    ]),
  ]
}
