// Who descends from a process, as Linux knows it.
import { readdirSync, readFileSync } from 'node:fs'

export function childrenOf(pid: number): number[] {
  const parents = new Map<number, number>()
  for (const name of readdirSync('/proc')) {
    if (!/^\d+$/.test(name)) continue
    try {
      const stat = readFileSync(`/proc/${name}/stat`, 'utf8')
      parents.set(Number(name), Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]))
    } catch {
      // It ended while we looked.
    }
  }
  const found: number[] = []
  for (let next = [pid]; next.length > 0; ) {
    next = [...parents].flatMap(([child, parent]) => (next.includes(parent) ? child : []))
    found.push(...next)
  }
  return found
}
