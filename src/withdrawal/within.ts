// The people behind the marks of a large drawing, painted where one has come close: in the browser, from `net-bytes.ts`.
import type { Net } from './net-bytes.ts'
import type { View } from './view.ts'

interface Held {
  /** The kinds of people who hang together, and the places of the employees who are there. */
  kinds: ReadonlySet<number>
  there: readonly number[]
}

/** Some milliseconds at 20,000 people and 80,000 ties. */
export function paint(canvas: HTMLCanvasElement, { at, kindOf, ends, me, staff }: Net, view: View, held: Held): void {
  const { clientWidth, clientHeight } = canvas
  const dots = Math.min(3, devicePixelRatio || 1)
  canvas.width = clientWidth * dots
  canvas.height = clientHeight * dots
  const pen = canvas.getContext('2d')
  if (!pen) return
  const scale = clientWidth / view.w
  pen.setTransform(dots * scale, 0, 0, dots * scale, -view.x * dots * scale, -view.y * dots * scale)
  const style = getComputedStyle(canvas)
  const colour = (name: string) => style.getPropertyValue(name).trim()
  const seen = (person: number, room: number) => {
    const [x, y] = [at[2 * person] as number, at[2 * person + 1] as number]
    return x > view.x - room && x < view.x + view.w + room && y > view.y - room && y < view.y + view.h + room
  }
  const goes = new Set(staff.filter((_, place) => !held.there.includes(place)))

  for (const ofStaff of [false, true]) {
    pen.beginPath()
    for (let i = 0; i < ends.length; i += 2) {
      const [a, b] = [ends[i] as number, ends[i + 1] as number]
      if ((kindOf[a] as number) < 0 || (kindOf[b] as number) < 0 ? !ofStaff || goes.has(a) || goes.has(b) : ofStaff)
        continue
      if (!seen(a, 0) && !seen(b, 0)) continue
      pen.moveTo(at[2 * a] as number, at[2 * a + 1] as number)
      pen.lineTo(at[2 * b] as number, at[2 * b + 1] as number)
    }
    pen.strokeStyle = colour(ofStaff ? '--strait' : '--ink-soft')
    pen.globalAlpha = ofStaff ? 0.5 : 0.3
    pen.lineWidth = 1 / scale
    pen.setLineDash(ofStaff ? [4 / scale, 5 / scale] : [])
    pen.stroke()
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
      if (kind < 0 || held.kinds.has(kind) !== holds || !seen(person, r)) return
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
  pen.strokeStyle = colour('--glow-deep')
  pen.lineWidth = r / 2
  pen.fill()
  pen.stroke()
}
