// The people behind the marks of a large drawing, painted where one has come close: in the browser, from `net-bytes.ts`.
import type { Net } from './net-bytes.ts'
import type { View } from './view.ts'

interface Held {
  /** The kinds of people who hang together, and the places of the employees who are there. */
  kinds: ReadonlySet<number>
  there: readonly number[]
}

/** Some milliseconds at 20,000 people and 80,000 ties. */
export function paint(
  canvas: HTMLCanvasElement,
  { at, kindOf, markOf, ends, me, staff }: Net,
  view: View,
  held: Held,
): void {
  const { clientWidth, clientHeight } = canvas
  const dots = Math.min(2, devicePixelRatio || 1)
  const [width, height] = [Math.round(clientWidth * dots), Math.round(clientHeight * dots)]
  const pen = canvas.getContext('2d')
  if (!pen) return
  if (canvas.width !== width) canvas.width = width
  if (canvas.height !== height) canvas.height = height
  pen.setTransform(1, 0, 0, 1, 0, 0)
  pen.clearRect(0, 0, width, height)
  const scale = clientWidth / view.w
  pen.setTransform(dots * scale, 0, 0, dots * scale, -view.x * dots * scale, -view.y * dots * scale)
  const style = getComputedStyle(canvas)
  const colour = (name: string) => style.getPropertyValue(name).trim()
  const seen = (person: number, room: number) => {
    const [x, y] = [at[2 * person] as number, at[2 * person + 1] as number]
    return x > view.x - room && x < view.x + view.w + room && y > view.y - room && y < view.y + view.h + room
  }
  /** No further than the view: dashes that nobody sees take long to paint. */
  const line = (a: number, b: number) => {
    const [x, y] = [at[2 * a] as number, at[2 * a + 1] as number]
    const part = within(view, x, y, (at[2 * b] as number) - x, (at[2 * b + 1] as number) - y)
    if (!part) return
    pen.moveTo(part[0], part[1])
    pen.lineTo(part[2], part[3])
  }
  const goes = new Set(staff.filter((_, place) => !held.there.includes(place)))

  // Ties inside a village; those from one to another, faint where they are many; and those of employees.
  const lines: Record<'inside' | 'across' | 'staff', number[]> = { inside: [], across: [], staff: [] }
  for (let i = 0; i < ends.length; i += 2) {
    const [a, b] = [ends[i] as number, ends[i + 1] as number]
    if ((!seen(a, 0) && !seen(b, 0)) || goes.has(a) || goes.has(b)) continue
    const ofStaff = (kindOf[a] as number) < 0 || (kindOf[b] as number) < 0
    lines[ofStaff ? 'staff' : markOf[a] === markOf[b] ? 'inside' : 'across'].push(a, b)
  }
  for (const kind of ['across', 'inside', 'staff'] as const) {
    const some = kind === 'inside' ? lines.inside : thinned(lines[kind])
    const most = kind === 'inside' ? 0.6 : 0.5
    pen.strokeStyle = colour(kind === 'staff' ? '--strait' : '--ink-soft')
    pen.globalAlpha = Math.min(most, Math.max(0.04, (kind === 'inside' ? 1200 : 200) / (some.length + 1)))
    // Less than a dot of the screen: painted as a hair, which takes a quarter of the time.
    pen.lineWidth = 0.98 / scale / dots
    pen.setLineDash(kind === 'staff' ? [4 / scale, 5 / scale] : [])
    // Many short paths are painted much faster than one that is very long.
    for (let from = 0; from < some.length; from += 128) {
      pen.beginPath()
      for (let i = from; i < Math.min(from + 128, some.length); i += 2) {
        const [a, b] = [some[i] as number, some[i + 1] as number]
        line(a, b)
      }
      pen.stroke()
    }
  }
  pen.globalAlpha = 1
  pen.setLineDash([])

  const room = Math.sqrt(
    (view.w * view.h) /
      Math.max(
        1,
        kindOf.reduce((sum, _, person) => sum + (seen(person, 0) ? 1 : 0), 0),
      ),
  )
  const r = Math.min(9 / scale, Math.max(1.6 / scale, room / 5))
  for (const holds of [true, false]) {
    pen.beginPath()
    kindOf.forEach((kind, person) => {
      if (kind < 0 || !seen(person, r) || held.kinds.has(kind) !== holds) return
      const [x, y] = [at[2 * person] as number, at[2 * person + 1] as number]
      pen.moveTo(x + r, y)
      pen.arc(x, y, r, 0, 7)
    })
    pen.fillStyle = colour(holds ? '--ember' : '--sheet')
    pen.fill()
    pen.strokeStyle = colour(holds ? '--sheet' : '--ember')
    pen.lineWidth = Math.min(r / 2.5, (holds ? 1 : 1.8) / scale)
    pen.stroke()
  }
  if (me === null) return
  pen.beginPath()
  pen.arc(at[2 * me] as number, at[2 * me + 1] as number, 1.6 * r, 0, 7)
  pen.fillStyle = colour('--glow')
  pen.strokeStyle = colour('--ink')
  pen.lineWidth = r / 2
  pen.fill()
  pen.stroke()
}

/** Of very many lines through a view nobody follows one: an even part of them is painted, and fast. */
const mostAcross = 1200
function thinned(pairs: number[]): number[] {
  const each = Math.ceil(pairs.length / 2 / mostAcross)
  return each <= 1 ? pairs : pairs.filter((_, at) => (at >> 1) % each === 0)
}

/** The part of a line from (x, y) by (dx, dy) that lies in the view: its two ends, or null (Liang and Barsky 1984). */
function within({ x: left, y: top, w, h }: View, x: number, y: number, dx: number, dy: number) {
  let [from, to] = [0, 1]
  for (const [step, room] of [
    [-dx, x - left],
    [dx, left + w - x],
    [-dy, y - top],
    [dy, top + h - y],
  ] as const) {
    if (step === 0 && room < 0) return null
    if (step < 0) from = Math.max(from, room / step)
    if (step > 0) to = Math.min(to, room / step)
  }
  return from < to ? ([x + from * dx, y + from * dy, x + to * dx, y + to * dy] as const) : null
}
