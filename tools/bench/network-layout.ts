// The picture of 100,000 people beside ForceAtlas2 with 50 iterations: how long each takes, and whether neighbours lie near.
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import type { NetworkAnchors } from './network-anchors.ts'
import type { Built } from './network-built.ts'
import type { Row } from './row.ts'

export interface Drawn {
  /** Milliseconds of processor time. */
  cpu: number
  /** Of the people looked at, the mean share of those they know who are among as many nearest. */
  near: number
}

/** Only where OPLIVE_FORCEATLAS2 names a folder with graphology and graphology-layout-forceatlas2: they are no part of Oplive. */
export async function layoutRows(anchors: NetworkAnchors & { built: Built }): Promise<Row[]> {
  const file = anchors.network(100_000)
  const draw = (by: string) => anchors.built.run<Drawn>('network-drawing', file, by)
  const mine = await draw('ours')
  const seconds = ({ cpu }: Drawn) => `${(cpu / 1000).toFixed(1)} s`
  const near = ({ near }: Drawn) => `${(100 * near).toFixed(1)} % of neighbours near`
  const row = {
    what: 'layout of 100,000, against ForceAtlas2 with 50 iterations',
    goal: '0.06 of its time, neighbours kept near at least as well',
  }
  const folder = process.env.OPLIVE_FORCEATLAS2
  if (!folder || !existsSync(join(folder, 'node_modules/graphology-layout-forceatlas2')))
    return [
      {
        ...row,
        measured: `${seconds(mine)}, ${near(mine)}`,
        anchor: 'not measured: OPLIVE_FORCEATLAS2 names no folder with it',
        reached: false,
      },
    ]
  const theirs = await draw(folder)
  return [
    {
      ...row,
      measured: `${seconds(mine)} (${(mine.cpu / theirs.cpu).toFixed(3)}), ${near(mine)}`,
      anchor: `ForceAtlas2 ${seconds(theirs)}, ${near(theirs)}`,
      reached: mine.cpu <= 0.06 * theirs.cpu && mine.near >= theirs.near,
    },
  ]
}
