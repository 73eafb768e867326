// The switches answer at once: who hangs together with these employees there is reckoned from the parts that came with the page.

interface Board {
  sizes: number[]
  reach: { parts: number[]; staff: number[] }[]
}

const form = document.querySelector<HTMLFormElement>('[data-switches]')
if (form) listen(form, JSON.parse(form.dataset.switches ?? '{}') as Board)

function listen(form: HTMLFormElement, { sizes, reach }: Board): void {
  const boxes = [...form.querySelectorAll<HTMLInputElement>('[name=there]')]
  const headline = document.querySelector<HTMLElement>('[data-headline]')
  const before = most(boxes.map(() => true)).people
  form.querySelector('button')?.remove()
  form.addEventListener('submit', (event) => event.preventDefault())
  form.addEventListener('change', show)

  /** The parts in the largest group, by union-find over the parts and the employees who are there. */
  function most(there: boolean[]): { parts: Set<number>; people: number } {
    const root = [...sizes, ...reach].map((_, at) => at)
    const find = (at: number): number => {
      while (root[at] !== at) at = root[at] = root[root[at] as number] as number
      return at
    }
    reach.forEach(({ parts, staff }, at) => {
      if (!there[at]) return
      for (const part of parts) root[find(part)] = find(sizes.length + at)
      for (const other of staff) if (there[other]) root[find(sizes.length + other)] = find(sizes.length + at)
    })
    const people = new Map<number, number>()
    let best = -1
    for (const [part, size] of sizes.entries()) people.set(find(part), (people.get(find(part)) ?? 0) + size)
    for (const [group, size] of people) if (size > (people.get(best) ?? 0)) best = group
    return { parts: new Set([...sizes.keys()].filter((part) => find(part) === best)), people: people.get(best) ?? 0 }
  }

  function show(): void {
    const there = boxes.map((box) => box.checked)
    const { parts, people } = most(there)
    const gone = there.every((one) => !one)
    if (headline)
      headline.textContent = ((gone ? headline.dataset.headline : headline.dataset.some) ?? '')
        .replace('{after}', String(people))
        .replace('{before}', String(before))
    for (const mark of document.querySelectorAll<SVGElement>('[data-net] [data-part]'))
      mark.classList.toggle('loose', !parts.has(Number(mark.dataset.part)))
    for (const mark of document.querySelectorAll<SVGElement>('[data-net] [data-staff]'))
      mark.classList.toggle('away-now', !there[Number(mark.dataset.staff)])
    for (const line of document.querySelectorAll<SVGElement>('[data-net] [data-ends]'))
      line.classList.toggle(
        'away-now',
        (line.dataset.ends ?? '').split(' ').some((at) => !there[Number(at)]),
      )
    const query = boxes.filter((box) => box.checked).map((box) => `there=${box.value}`)
    history.replaceState(null, '', query.length > 0 ? `?${query.join('&')}` : location.pathname)
  }
}
