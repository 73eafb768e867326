// Live: puts the meeting's whole state into the page whenever the server sends it, and comes back by itself after sleep. On the pages
// of an evening it also leads on when the meeting has moved, and never takes anything out of the hands of somebody who is typing.

const region = document.querySelector<HTMLElement>('[data-live]')

/** Somebody is in the middle of something here. */
function isTyping(within: ParentNode): boolean {
  const changed = [...within.querySelectorAll<HTMLInputElement>('input,textarea')].some(
    (field) => field.value !== field.defaultValue || field.checked !== field.defaultChecked,
  )
  const on = document.activeElement
  return changed || (on !== null && within.contains(on) && /^(TEXTAREA|INPUT|SELECT)$/.test(on.tagName))
}

/** Follows an evening: each state says what is on (`data-now`), how much there is to see, and whether own words have fared anew. */
function follow(region: HTMLElement) {
  const moved = document.querySelector<HTMLElement>('[data-moved]')
  const news = document.querySelector<HTMLElement>('[data-new]')
  const fates = document.querySelector<HTMLElement>('[data-fates]')
  let now = region.dataset.stage
  let leaving = 0
  let asking = 0

  /** The meeting has moved on: along with it, or, when somebody is typing here, as soon as they want. */
  const lead = () => {
    leaving = 0
    const here = now === region.dataset.stage
    if (!here && region.dataset.follows && !isTyping(document)) return location.replace(region.dataset.follows)
    if (moved) moved.hidden = here
    const typed = moved?.querySelector<HTMLElement>('[data-typed]')
    if (typed) typed.hidden = !isTyping(document)
  }

  /** What became of own words, fetched anew without touching what somebody is writing. */
  const lookAgain = () => {
    asking = 0
    fetch(location.href)
      .then((answer) => answer.text())
      .then((text) => {
        const fresh = new DOMParser().parseFromString(text, 'text/html').querySelector<HTMLElement>('[data-fates]')
        if (!fresh || !fates || isTyping(fates)) return
        fates.innerHTML = fresh.innerHTML
        fates.dataset.fates = fresh.dataset.fates
      })
      .catch(() => {})
  }

  return (state: string) => {
    const said = new DOMParser().parseFromString(state, 'text/html').querySelector<HTMLElement>('[data-now]')
    // What has no stage is the exit card, or its result.
    now = said?.dataset.now ?? 'card'
    if (said) region.innerHTML = state
    // Not a whole hall in the same moment, and not at once on a page that has just come.
    if (now === region.dataset.stage) lead()
    else leaving = leaving || window.setTimeout(lead, Math.max(0, 3000 - performance.now()) + Math.random() * 1500)
    const more = Number(said?.dataset.words) - Number(news?.dataset.new)
    if (news && more > 0)
      news.textContent = ((more === 1 ? news.dataset.one : news.dataset.other) ?? '').replace('#', String(more))
    if (fates && said?.dataset.fate && said.dataset.fate !== fates.dataset.fates)
      asking = asking || window.setTimeout(lookAgain, Math.random() * 2000)
  }
}

if (region) {
  let source: EventSource | null = null
  let lastTick = Date.now()
  const evening = region.dataset.stage === undefined ? null : follow(region)
  const lost = document.createElement('p')
  lost.className = 'lost'
  lost.setAttribute('role', 'status')
  lost.textContent = region.dataset.lost ?? ''

  const listen = () => {
    source?.close()
    source = new EventSource(region.dataset.live ?? '')
    source.addEventListener('state', (event) => {
      lost.remove()
      if (evening) evening(event.data)
      // The same server made the page: what it sends is what it would have rendered.
      else if (region.innerHTML !== event.data) region.innerHTML = event.data
    })
    source.onerror = () => {
      if (lost.textContent) region.after(lost)
    }
  }
  listen()
  // A phone in a pocket or a laptop that slept: the whole state again.
  document.addEventListener('visibilitychange', () => {
    if (document.visibilityState === 'visible') listen()
  })
  setInterval(() => {
    const slept = Date.now() - lastTick > 30_000
    lastTick = Date.now()
    if (slept || source?.readyState === 2) listen()
  }, 5000)
}
