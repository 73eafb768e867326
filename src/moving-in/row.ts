// One row of a file as somebody to be asked: what of it comes along by the mapping, or why nobody can be asked by it.
import { readMail, readPersonName, readTelephone } from '../people/person.ts'
import { readAddress } from '../post/letter.ts'
import { isUnder15, readBorn } from './born.ts'
import type { ColumnField } from './headings.ts'
import { cprMark, type TableRow } from './table.ts'

/** All that comes along of a person: what they are called, and how they can be asked. */
export interface Asked {
  name: string
  mail: string | null
  telephone: string | null
  /** Where a letter is carried to; for nothing else. */
  address: string | null
}

/** Why nobody is asked by a row. `here`: they are in the place already. `asked`: they have been asked. `again`: they stand in the file twice. */
export const rowFaults = [
  'name',
  'name-long',
  'name-address',
  'cpr',
  'mail',
  'telephone',
  'under15',
  'born',
  'nobody',
  'here',
  'asked',
  'again',
] as const
export type RowFault = (typeof rowFaults)[number]
export const isDouble = (fault: RowFault): boolean => fault === 'here' || fault === 'asked' || fault === 'again'

export type Verdict = { asked: Asked } | { fault: RowFault }

/** What a map calls a person; who is something else is nobody to ask. */
const personWords =
  /^(person|people|persons|individual|member|human|neighbou?r|resident|medlem|menneske|beboer|nabo|frivillig)s?$/i

const longestAddress = 120

export function readRow(row: TableRow, mapping: readonly ColumnField[], today: string): Verdict {
  const all = (field: ColumnField): string[] =>
    row.cells.filter((cell, column) => mapping[column] === field && cell !== '')
  const first = (field: ColumnField): string => all(field)[0] ?? ''
  if (row.cells.some((cell, column) => cell === cprMark && mapping[column] !== 'skip' && mapping[column] !== 'born'))
    return { fault: 'cpr' }
  const kind = first('kind')
  if (kind && !personWords.test(kind)) return { fault: 'nobody' }

  const told = first('born')
  if (told && told !== cprMark) {
    const born = readBorn(told, Number(today.slice(0, 4)))
    // Whose age is not understood may be a child.
    if (!born) return { fault: 'born' }
    if (isUnder15(born, today)) return { fault: 'under15' }
  }
  // A CPR number tells the age; but it is gone, and so nobody knows.
  if (told === cprMark) return { fault: 'born' }

  const parts = [first('first'), first('middle'), first('last')].filter(Boolean).join(' ')
  const name = readPersonName(turned(first('name')) || parts)
  if ('code' in name) return { fault: nameFault(name.code) }
  const mail = readMail(first('mail').replace(/^mailto:/i, ''))
  if ('code' in mail) return { fault: mail.code === 'cpr' ? 'cpr' : 'mail' }
  if (mail.value && readAddress(mail.value) === null) return { fault: 'mail' }
  const telephone = readTelephone(first('telephone').replace(/^tel:/i, ''))
  if ('code' in telephone) return { fault: telephone.code === 'cpr' ? 'cpr' : 'telephone' }
  const town = [first('postcode'), first('town')].filter(Boolean).join(' ')
  const address = [all('road').join(' '), town].filter(Boolean).join(', ').slice(0, longestAddress)
  return { asked: { name: name.value, mail: mail.value, telephone: telephone.value, address: address || null } }
}

/** "Sørensen, Åse" is Åse Sørensen. */
const turned = (name: string): string => {
  const [last, first, ...more] = name.split(',').map((part) => part.trim())
  return last && first && more.length === 0 ? `${first} ${last}` : name
}

const nameFault = (code: string): RowFault => {
  if (code === 'cpr') return 'cpr'
  if (code === 'address') return 'name-address'
  return code === 'missing' ? 'name' : 'name-long'
}

/** By what two rows are one and the same: the name together with each way to reach them, or the name alone when there is none. */
export function sameKeys({ name, mail, telephone }: Asked): string[] {
  const called = name.toLowerCase()
  const ways = [mail?.toLowerCase(), telephone?.replace(/\D/g, '').slice(-8)].filter(Boolean)
  return ways.length > 0 ? ways.map((way) => `${called}|${way}`) : [called]
}
