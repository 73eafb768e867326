// Two draw on one phone: a name is put on, dragged into a ring, or moved by the list. Nothing leaves the page before both have ticked.
import { cleanName, type Mark, marksText, mostMarks, readMarks, rings } from './drawing.ts'

const room = document.querySelector<HTMLElement>('[data-draw]')
const svgName = 'http://www.w3.org/2000/svg'
/** As wide as the rings of the page: 0 to 50 near, to 90 middle, to 130 far. */
const ringEnd = [50, 90, 130] as const

interface Drawn extends Mark {
  x: number
  y: number
  at: SVGGElement
  row: HTMLLIElement
}

function begin(room: HTMLElement): void {
  const one = <T extends Element>(what: string) => room.querySelector<T>(what) as T
  const map = one<SVGSVGElement>('svg')
  const add = one<HTMLFormElement>('[data-add]')
  const name = one<HTMLInputElement>('[data-add] input')
  const list = one<HTMLUListElement>('[data-marks]')
  const said = one<HTMLElement>('[data-said]')
  const keep = one<HTMLFormElement>('[data-keep]')
  const words = room.dataset
  const drawn: Drawn[] = []
  let held: Drawn | undefined

  for (const hidden of room.querySelectorAll<HTMLElement>('[data-scripted]')) hidden.hidden = false

  const tell = (text = '') => {
    said.textContent = text
  }
  const ringOf = (x: number, y: number) => rings[ringEnd.findIndex((end) => Math.hypot(x, y) <= end)] ?? 'far'

  function place(mark: Drawn, x: number, y: number) {
    const far = Math.hypot(x, y)
    const shrink = far > 126 ? 126 / far : 1
    mark.x = x * shrink
    mark.y = y * shrink
    mark.ring = ringOf(mark.x, mark.y)
    mark.at.setAttribute('transform', `translate(${mark.x.toFixed(1)} ${mark.y.toFixed(1)})`)
    const chosen = mark.row.querySelector<HTMLSelectElement>('select')
    if (chosen) chosen.value = mark.ring
  }

  /** Where the next one of a ring stands: round as the clock goes, a golden angle further each time. */
  function intoRing(mark: Drawn, ring: Mark['ring']) {
    const turn = drawn.indexOf(mark) * 2.4 + 0.9
    const away = [32, 70, 110][rings.indexOf(ring)] ?? 110
    place(mark, Math.sin(turn) * away, -Math.cos(turn) * away)
  }

  function put(text: string, ring: Mark['ring']) {
    const at = document.createElementNS(svgName, 'g')
    const dot = document.createElementNS(svgName, 'circle')
    dot.setAttribute('r', '9')
    const label = document.createElementNS(svgName, 'text')
    label.setAttribute('y', '21')
    label.textContent = text
    at.append(dot, label)
    map.append(at)
    const row = (one<HTMLTemplateElement>('template').content.firstElementChild as HTMLLIElement).cloneNode(
      true,
    ) as HTMLLIElement
    const [called, chosen, off] = [row.querySelector('b'), row.querySelector('select'), row.querySelector('button')]
    if (called) called.textContent = text
    chosen?.setAttribute('aria-label', (words.where ?? '').replace('{}', text))
    off?.setAttribute('aria-label', (words.off ?? '').replace('{}', text))
    list.append(row)
    const mark: Drawn = { name: text, ring, x: 0, y: 0, at, row }
    drawn.push(mark)
    intoRing(mark, ring)
    chosen?.addEventListener('change', () => intoRing(mark, chosen.value as Mark['ring']))
    off?.addEventListener('click', () => {
      drawn.splice(drawn.indexOf(mark), 1)
      at.remove()
      row.remove()
      name.focus()
    })
    at.addEventListener('pointerdown', (event) => {
      held = mark
      map.setPointerCapture(event.pointerId)
      event.preventDefault()
    })
  }

  map.addEventListener('pointermove', (event) => {
    const matrix = map.getScreenCTM()?.inverse()
    if (!held || !matrix) return
    const { x, y } = new DOMPoint(event.clientX, event.clientY).matrixTransform(matrix)
    place(held, x, y)
  })
  const letGo = () => {
    held = undefined
  }
  map.addEventListener('pointerup', letGo)
  map.addEventListener('pointercancel', letGo)

  add.addEventListener('submit', (event) => {
    event.preventDefault()
    const text = cleanName(name.value)
    if (text === '') return
    if (drawn.some((mark) => mark.name.toLowerCase() === text.toLowerCase())) return tell(words.twice)
    if (drawn.length >= mostMarks) return tell(words.full)
    tell()
    put(text, 'middle')
    name.value = ''
    name.focus()
  })

  keep.addEventListener('submit', (event) => {
    const both = [...keep.querySelectorAll<HTMLInputElement>('[type=checkbox]')].every(({ checked }) => checked)
    const why = drawn.length === 0 ? words.nothing : both ? undefined : words.both
    const box = keep.querySelector<HTMLInputElement>('[name=marks]')
    if (why !== undefined || !box) {
      event.preventDefault()
      return tell(why)
    }
    box.value = marksText(drawn)
  })
  // A page that is left is left: the names are not on it when somebody else goes back.
  addEventListener('pagehide', () => {
    const box = keep.querySelector<HTMLInputElement>('[name=marks]')
    if (box) box.value = ''
  })
}

/** The other's phone: the names stand behind the # of the address, which no browser sends. */
function receive(form: HTMLFormElement): void {
  const box = form.querySelector<HTMLInputElement>('[name=marks]')
  const shown = document.querySelector<HTMLElement>('[data-shown]')
  const nothing = document.querySelector<HTMLElement>('[data-nothing]')
  let text = ''
  try {
    text = decodeURIComponent(location.hash.slice(1))
  } catch {
    // Half a code is no drawing.
  }
  // The names stay in no history of the browser.
  history.replaceState(null, '', location.pathname)
  const marks = readMarks(text)
  if (nothing) nothing.hidden = marks.length > 0
  form.hidden = marks.length === 0
  if (!box || !shown) return
  box.value = marksText(marks)
  for (const ring of rings) {
    const names = marks.filter((mark) => mark.ring === ring).map((mark) => mark.name)
    const row = shown.querySelector<HTMLElement>(`[data-ring=${ring}]`)
    if (row) {
      row.hidden = names.length === 0
      const said = row.querySelector('span')
      if (said) said.textContent = names.join(', ')
    }
  }
}

if (room) begin(room)
const received = document.querySelector<HTMLFormElement>('[data-received]')
if (received) receive(received)
