// The hall screen, calmer: pages turn slowly, new words fade in, and somebody at the keyboard can stop it.

const region = document.querySelector<HTMLElement>('[data-live]')
if (region) begin(region)

function begin(region: HTMLElement): void {
  /** How long a page stands: long enough to be read aloud. */
  const turnEvery = 16_000
  let at = 0
  let stopped = false
  let known: Set<string> | null = null
  let about = ''

  const pages = () => [...region.querySelectorAll<HTMLElement>('.hall-page')]

  function show(): void {
    const all = pages()
    at = all.length === 0 ? 0 : ((at % all.length) + all.length) % all.length
    for (const [index, page] of all.entries()) page.classList.toggle('on', index === at)
    const turn = region.querySelector<HTMLElement>('[data-turn]')
    if (turn && turn.dataset.held === undefined)
      turn.textContent = (turn.dataset.turn ?? '').replace('{a}', String(at + 1))
  }

  /** The whole state is new: what stood there before stands there still, and only what is new fades in. */
  function renewed(): void {
    const said = [...region.querySelectorAll<HTMLElement>('[data-said]')]
    const ids = new Set(said.map((node) => node.dataset.said ?? ''))
    const subject = region.querySelector<HTMLElement>('[data-pages]')?.dataset.pages ?? ''
    const first = pages().findIndex((page) => page.classList.contains('on'))
    if (subject !== about || !known) at = Math.max(0, first)
    else if (ids.size > 0) {
      const fresh = said.filter((node) => !known?.has(node.dataset.said ?? ''))
      for (const node of fresh) node.classList.add('new')
      if (fresh.length > 0 && !stopped && !fresh.some((node) => node.closest('.hall-page') === pages()[at]))
        at = Math.max(0, first)
    }
    known = ids
    about = subject
    show()
  }

  const watch = new MutationObserver((changes) => {
    if (changes.some(({ target }) => target === region)) renewed()
  })
  watch.observe(region, { childList: true })
  renewed()

  setInterval(() => {
    if (stopped || pages().length < 2) return
    at += 1
    show()
  }, turnEvery)

  // Nothing happens when somebody goes on talking, and yet the bar grows.
  setInterval(() => {
    if (!region.querySelector('[data-grows]')) return
    fetch(location.href)
      .then(async (answer) => {
        if (!answer.ok) return
        const page = new DOMParser().parseFromString(await answer.text(), 'text/html')
        const fresh = page.querySelector('[data-live]')
        if (fresh && fresh.innerHTML !== region.innerHTML) region.innerHTML = fresh.innerHTML
      })
      // Without a connection the screen says so by itself.
      .catch(() => undefined)
  }, 30_000)

  addEventListener('keydown', ({ key }) => {
    if (key === ' ') stopped = !stopped
    else if (key === 'ArrowRight' || key === 'PageDown') at += 1
    else if (key === 'ArrowLeft' || key === 'PageUp') at -= 1
    else return
    if (key !== ' ') stopped = true
    show()
  })
}
