// A forest of people put together tie by tie (union-find): who has the same root hangs together.

/** Everybody alone: each is their own root. */
export function aloneAll(root: Int32Array): void {
  for (let u = 0; u < root.length; u++) root[u] = u
}

/**
 * Puts two under one root, the one with the smaller number (Rem's way, in Dijkstra 1976; the fastest of those compared by Patwary,
 * Blair and Manne 2010). Everybody but a root points to a smaller number.
 */
export function join(root: Int32Array, a: number, b: number): void {
  let x = root[a] as number
  let y = root[b] as number
  while (x !== y) {
    if (x < y) {
      const above = root[y] as number
      if (above === y) {
        root[y] = x
        return
      }
      if (x < above) root[y] = x
      y = above
    } else {
      const above = root[x] as number
      if (above === x) {
        root[x] = y
        return
      }
      if (y < above) root[x] = y
      x = above
    }
  }
}

/** Everybody points to their root. One pass: whoever is pointed to has a smaller number and points there already. */
export function flatten(root: Int32Array): void {
  for (let u = 0; u < root.length; u++) root[u] = root[root[u] as number] as number
}
