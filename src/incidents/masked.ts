// What somebody is given of themselves names no other: the names of neighbours are taken out, their own stays.

import { pieceOf } from '../mine/everything.ts'
import type { RowFound } from '../mine/mine.deeds.ts'
import { taken } from './others.ts'

/** Columns in which the name of a neighbour stands. */
export const holdsName: ReadonlySet<string> = new Set([
  'name',
  'host_name',
  'bringer',
  'to_whom',
  'inviter',
  'next_owner',
  'giver',
  'asker',
  'said_by',
])
/** What somebody has called a thing of their own is no name of another. */
const ownNames = new Set(['access.account', 'access.passkey', 'access.api_key', 'community.person'])
export const maskedName = taken

const plain = (text: string): string => text.trim().toLocaleLowerCase('da')

/** The rows, with the names of all others taken out. `own`: what they themselves are called. */
export const masked = (rows: readonly RowFound[], own: readonly string[]): RowFound[] =>
  rows.map((row) => {
    const { table, columns } = pieceOf(row.piece)
    const data = Object.fromEntries(
      Object.entries(row.data).map(([column, value]) => {
        const named = columns[column] === 'neighbour' || (holdsName.has(column) && !ownNames.has(table))
        return [
          column,
          named && typeof value === 'string' && !own.some((name) => plain(value) === plain(name)) ? maskedName : value,
        ]
      }),
    )
    return { ...row, data }
  })
