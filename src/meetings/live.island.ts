// Live: puts the meeting's whole state into the page whenever the server sends it, and comes back by itself after sleep.

const region = document.querySelector<HTMLElement>('[data-live]')

if (region) {
  let source: EventSource | null = null
  let lastTick = Date.now()
  const lost = document.createElement('p')
  lost.className = 'lost'
  lost.setAttribute('role', 'status')
  lost.textContent = region.dataset.lost ?? ''

  const listen = () => {
    source?.close()
    source = new EventSource(region.dataset.live ?? '')
    source.addEventListener('state', (event) => {
      lost.remove()
      // The same server made the page: what it sends is what it would have rendered.
      if (region.innerHTML !== event.data) region.innerHTML = event.data
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
