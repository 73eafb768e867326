// The switches answer at once: who hangs together with these employees there is reckoned from what came with the page.
import { holdingOf, readSwitches, type Switches, tiedIn } from './switching.ts'

const form = document.querySelector<HTMLFormElement>('[data-switches]')
if (form) listen(form, readSwitches(form.dataset.switches ?? '[[],[]]'))

function listen(form: HTMLFormElement, switches: Switches): void {
  const boxes = [...form.querySelectorAll<HTMLInputElement>('[name=there]')]
  const headline = document.querySelector<HTMLElement>('[data-headline]')
  const before = holdingOf(
    switches,
    boxes.map(() => true),
  ).people
  form.querySelector('button')?.remove()
  form.addEventListener('submit', (event) => event.preventDefault())
  form.addEventListener('change', show)
  // The browser may have kept ticks from before.
  show()

  function show(): void {
    const there = boxes.map((box) => box.checked)
    const { kinds, people } = holdingOf(switches, there)
    const gone = there.every((one) => !one)
    if (headline)
      headline.textContent = ((gone ? headline.dataset.headline : headline.dataset.some) ?? '')
        .replace('{after}', String(people))
        .replace('{before}', String(before))
    for (const [where, count] of [
      ['[data-held]', people],
      ['[data-outside]', tiedIn(switches) - people],
    ] as const) {
      const figure = document.querySelector(where)
      if (figure) figure.textContent = String(count)
    }
    for (const mark of document.querySelectorAll<SVGElement>('[data-net] [data-kind]'))
      mark.classList.toggle('loose', !kinds.has(Number(mark.dataset.kind)))
    for (const mark of document.querySelectorAll<SVGElement>('[data-net] [data-staff]'))
      mark.classList.toggle('away-now', !there[Number(mark.dataset.staff)])
    for (const line of document.querySelectorAll<SVGElement>('[data-net] [data-ends]'))
      line.classList.toggle(
        'away-now',
        (line.dataset.ends ?? '').split(' ').some((at) => !there[Number(at)]),
      )
    const frame = document.querySelector<HTMLElement>('.net-window')
    if (frame) {
      frame.dataset.holding = [...kinds].join(' ')
      frame.dataset.there = boxes.flatMap((box, place) => (box.checked ? place : [])).join(' ')
    }
    document.dispatchEvent(new Event('holding'))
    const query = boxes.filter((box) => box.checked).map((box) => `there=${box.value}`)
    history.replaceState(null, '', query.length > 0 ? `?${query.join('&')}` : location.pathname)
  }
}
