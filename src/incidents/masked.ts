// What somebody is given of themselves names no other: the names of neighbours are taken out, their own stays.

import { pieceOf } from '../mine/everything.ts'
import type { RowFound } from '../mine/mine.deeds.ts'

/** Columns in which the name of a neighbour stands. */
const holdsName = new Set([
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
export const maskedName = '•••'

const plain = (text: string): string => text.trim().toLocaleLowerCase('da')

/** The rows, with the names of all others taken out. */
export const masked = (rows: readonly RowFound[], own: string): RowFound[] =>
  rows.map((row) => {
    const { table, columns } = pieceOf(row.piece)
    const data = Object.fromEntries(
      Object.entries(row.data).map(([column, value]) => {
        const named = columns[column] === 'neighbour' || (holdsName.has(column) && !ownNames.has(table))
        return [column, named && typeof value === 'string' && plain(value) !== plain(own) ? maskedName : value]
      }),
    )
    return { ...row, data }
  })
