// One database put in the place of another, by renames: what is to be moved stands in a note first, so that a start after a cut finishes it.
import { closeSync, existsSync, fsyncSync, openSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'

/** From where, to where; in this order. Paths inside the home. */
export type Move = readonly [from: string, to: string]

const note = 'swap-under-way'

/** Only whoever holds the claim on the home. Throws with everything where it was, when a rename is not possible. */
export function swap(home: string, moves: readonly Move[]): void {
  writeFileSync(join(home, note), JSON.stringify(moves), { flag: 'wx', mode: 0o600 })
  onDisk(join(home, note))
  onDisk(home)
  const done: Move[] = []
  try {
    for (const move of moves) {
      rename(home, move)
      done.push(move)
    }
  } catch (error) {
    for (const [from, to] of done.reverse()) rename(home, [to, from])
    rmSync(join(home, note), { force: true })
    throw error
  }
  ended(home, moves)
}

/** Finishes what a cut left half-done: each move that has not been made. Answers whether there was one. */
export function finishSwap(home: string): boolean {
  let moves: Move[]
  try {
    moves = JSON.parse(readFileSync(join(home, note), 'utf8'))
  } catch (error) {
    if ((error as { code?: string }).code === 'ENOENT') return false
    // Cut while the note was written: nothing was moved yet.
    rmSync(join(home, note), { force: true })
    return false
  }
  for (const move of moves) if (existsSync(join(home, move[0])) && !existsSync(join(home, move[1]))) rename(home, move)
  ended(home, moves)
  return true
}

const rename = (home: string, [from, to]: Move) => renameSync(join(home, from), join(home, to))

function ended(home: string, moves: readonly Move[]): void {
  for (const folder of new Set(moves.flat().map((path) => dirname(join(home, path))))) onDisk(folder)
  rmSync(join(home, note), { force: true })
  onDisk(home)
}

function onDisk(path: string): void {
  if (!existsSync(path)) return
  const open = openSync(path, 'r')
  try {
    fsyncSync(open)
  } finally {
    closeSync(open)
  }
}
