// One goes into the drawing: with two fingers, the wheel, keys or three buttons. Close to a village its people appear, fetched once.
import { type Net, readNet } from './net-bytes.ts'
import { closest, type Point, type View, zoomed } from './view.ts'
import { paint } from './within.ts'

/** So close that people can be told apart. */
const near = 2.5

const frame = document.querySelector<HTMLElement>('.net-window')
const svg = frame?.querySelector<SVGSVGElement>('svg')
if (frame && svg) goInto(frame, svg)

function goInto(frame: HTMLElement, svg: SVGSVGElement): void {
  const whole: View = { x: 0, y: 0, w: svg.viewBox.baseVal.width, h: svg.viewBox.baseVal.height }
  const marks = [...svg.querySelectorAll<SVGElement>('circle, rect')].map((mark) => ({
    mark,
    r: Number(mark.getAttribute('r') ?? Number(mark.getAttribute('width')) / 2),
  }))
  const lines = [...svg.querySelectorAll('line')].map((line) => ({
    line,
    width: Number(line.getAttribute('stroke-width')),
  }))
  let view = whole
  let net: Net | null = null
  let asked = !frame.dataset.netFrom
  let drawn = 0
  const canvas = document.createElement('canvas')
  if (!asked) frame.prepend(canvas)

  const buttons = document.createElement('div')
  buttons.className = 'net-buttons'
  const labels = (frame.dataset.going ?? '').split('|')
  const [closer, away, all] = ['+', '−', '⤢'].map((sign, at) => {
    const button = document.createElement('button')
    button.type = 'button'
    button.textContent = sign
    button.title = labels[at] ?? ''
    button.setAttribute('aria-label', labels[at] ?? '')
    buttons.append(button)
    return button
  }) as [HTMLButtonElement, HTMLButtonElement, HTMLButtonElement]
  frame.after(buttons)
  frame.tabIndex = 0
  frame.setAttribute('role', 'group')
  frame.setAttribute('aria-label', labels[3] ?? '')
  closer.onclick = () => zoom(1.6)
  away.onclick = () => zoom(1 / 1.6)
  all.onclick = () => show(whole)

  const depth = () => whole.w / view.w
  const zoom = (times: number, around?: Point) => show(zoomed(view, whole, times, around))

  function show(next: View): void {
    view = next
    if (drawn === 0) drawn = requestAnimationFrame(draw)
  }

  function draw(): void {
    drawn = 0
    svg.setAttribute('viewBox', `${view.x} ${view.y} ${view.w} ${view.h}`)
    const k = depth()
    frame.classList.toggle('inside', k > 1)
    away.disabled = all.disabled = k <= 1
    closer.disabled = k >= closest
    // What one goes to grows less than the way there: what lay on each other comes apart.
    for (const { mark, r } of marks) {
      const now = r / Math.sqrt(k)
      if (mark instanceof SVGCircleElement) mark.r.baseVal.value = now
      else if (mark instanceof SVGRectElement) {
        const [x, y] = [mark.x.baseVal.value, mark.y.baseVal.value].map((at) => at + mark.width.baseVal.value / 2)
        mark.x.baseVal.value = (x ?? 0) - now
        mark.y.baseVal.value = (y ?? 0) - now
        mark.width.baseVal.value = mark.height.baseVal.value = 2 * now
      }
    }
    for (const { line, width } of lines) line.setAttribute('stroke-width', String(width / Math.sqrt(k)))
    frame.style.setProperty('--closer', String(1 / Math.sqrt(k)))
    if (k >= near) void ask()
    frame.classList.toggle('near', net !== null && k >= near)
    if (net && k >= near) paint(canvas, net, view, holding())
  }

  const holding = () => ({
    kinds: new Set((frame.dataset.holding ?? '').split(' ').filter(Boolean).map(Number)),
    there: (frame.dataset.there ?? '').split(' ').filter(Boolean).map(Number),
  })

  async function ask(): Promise<void> {
    if (asked) return
    asked = true
    try {
      const answer = await fetch(frame.dataset.netFrom ?? '')
      // Somebody is gone since, or it is a while ago: the villages stay.
      if (answer.ok) net = readNet(new Uint8Array(await answer.arrayBuffer()))
    } catch {
      asked = false
    }
    show(view)
  }

  /** Where in the drawing the screen is touched. */
  const at = (x: number, y: number): Point => {
    const box = svg.getBoundingClientRect()
    return { x: view.x + ((x - box.left) / box.width) * view.w, y: view.y + ((y - box.top) / box.height) * view.h }
  }

  const fingers = new Map<number, Point>()
  svg.addEventListener('pointerdown', (event) => {
    if (event.button !== 0) return
    fingers.set(event.pointerId, { x: event.clientX, y: event.clientY })
    if (depth() > 1 || fingers.size > 1) svg.setPointerCapture(event.pointerId)
  })
  svg.addEventListener('pointermove', (event) => {
    const before = fingers.get(event.pointerId)
    if (!before) return
    const now = { x: event.clientX, y: event.clientY }
    const other = [...fingers].find(([id]) => id !== event.pointerId)?.[1]
    fingers.set(event.pointerId, now)
    const [from, to] = other ? [between(before, other), between(now, other)] : [before, now]
    if (other) {
      const apart = (one: Point) => Math.hypot(one.x - other.x, one.y - other.y) || 1
      view = zoomed(view, whole, apart(now) / apart(before), at(from.x, from.y))
    } else if (depth() <= 1) return
    const [start, end] = [at(from.x, from.y), at(to.x, to.y)]
    show(zoomed({ ...view, x: view.x + start.x - end.x, y: view.y + start.y - end.y }, whole, 1))
  })
  for (const end of ['pointerup', 'pointercancel'] as const)
    svg.addEventListener(end, (event) => fingers.delete(event.pointerId))
  svg.addEventListener('dblclick', (event) => zoom(2, at(event.clientX, event.clientY)))
  // The page is rolled as ever, until one has gone into the drawing or holds Ctrl.
  frame.addEventListener(
    'wheel',
    (event) => {
      if (!event.ctrlKey && !event.metaKey && document.activeElement !== frame) return
      event.preventDefault()
      zoom(1.0015 ** -event.deltaY, at(event.clientX, event.clientY))
    },
    { passive: false },
  )
  frame.addEventListener('keydown', (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return
    const step = view.w / 8
    const moves: Record<string, () => void> = {
      '+': () => zoom(1.6),
      '-': () => zoom(1 / 1.6),
      '0': () => show(whole),
      ArrowLeft: () => show(zoomed({ ...view, x: view.x - step }, whole, 1)),
      ArrowRight: () => show(zoomed({ ...view, x: view.x + step }, whole, 1)),
      ArrowUp: () => show(zoomed({ ...view, y: view.y - step }, whole, 1)),
      ArrowDown: () => show(zoomed({ ...view, y: view.y + step }, whole, 1)),
    }
    const move = moves[event.key]
    if (!move || (event.key.startsWith('Arrow') && depth() <= 1)) return
    event.preventDefault()
    move()
  })
  document.addEventListener('holding', () => show(view))
  addEventListener('resize', () => show(view))
  // Paper has all of it.
  addEventListener('beforeprint', () => {
    view = whole
    draw()
  })
  draw()
}

const between = (one: Point, other: Point): Point => ({ x: (one.x + other.x) / 2, y: (one.y + other.y) / 2 })
