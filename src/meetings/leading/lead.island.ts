// The page of the one who leads, quicker: minutes tick, buttons answer in place, and what others do comes by itself.

const all = document.querySelector<HTMLElement>('[data-leading]')
const live = document.querySelector<HTMLElement>('[data-live]')

const minute = 60_000
/** The server's clock beside this machine's, which may be wrong. */
const ahead = all ? Number(all.dataset.now) - Date.now() : 0
const now = () => Date.now() + ahead

// --- Minutes

function put(node: Element, text: string): void {
  if (node.textContent !== text) node.textContent = text
}

function tick(): void {
  for (const node of document.querySelectorAll<HTMLElement>('[data-until]')) {
    const left = (Number(node.dataset.until) - now()) / minute
    const count = left >= 0 ? Math.floor(left) : Math.max(1, Math.floor(-left))
    const { leftOne = '', leftOther = '', overOne = '', overOther = '', last = '' } = node.dataset
    const [one, other] = left >= 0 ? [leftOne, leftOther] : [overOne, overOther]
    put(node, count === 0 ? last : count === 1 ? one : other.replace('22', String(count)))
  }
  for (const node of document.querySelectorAll<HTMLElement>('[data-talk]')) {
    const { talk, since, of = '' } = node.dataset
    const running = talk ? Math.max(0, now() - Number(since)) : 0
    const minutesOf = (who: string) => Math.round((Number(node.dataset[who]) + (talk === who ? running : 0)) / minute)
    const sum = minutesOf('residents') + minutesOf('municipality')
    for (const part of node.querySelectorAll<HTMLElement>('[data-minutes]'))
      put(part, of.replace('##', String(sum)).replace('#', String(minutesOf(part.dataset.minutes ?? ''))))
  }
}
tick()
setInterval(tick, 5000)

// --- Parts of the page, anew

const fieldsIn = (part: Element) =>
  part.querySelectorAll<HTMLInputElement | HTMLTextAreaElement>('textarea, input[type="text"], input[type="radio"]')

/** Somebody is typing here. */
function isUnderHand(part: Element): boolean {
  for (const field of fieldsIn(part)) {
    if (field.type === 'radio') {
      if ((field as HTMLInputElement).checked) return true
    } else if (field instanceof HTMLTextAreaElement ? field.value.trim() !== '' : field.value !== field.defaultValue)
      return true
  }
  return false
}

/** Finds the same button again after its part was made anew. */
function placeOf(node: Element | null): string | null {
  if (!node || node === document.body) return null
  if (node.id) return `#${CSS.escape(node.id)}`
  const part = node.closest('[data-part]')
  if (!part) return null
  const kin = [...part.querySelectorAll('button, input, summary, a, textarea, select')]
  return `${part.id} ${kin.indexOf(node)}`
}

function focusAgain(place: string | null): void {
  if (!place || document.activeElement !== document.body) return
  if (place.startsWith('#')) {
    document.querySelector<HTMLElement>(place)?.focus()
    return
  }
  const [id = '', at] = place.split(' ')
  const kin = document.getElementById(id)?.querySelectorAll<HTMLElement>('button, input, summary, a, textarea, select')
  kin?.[Math.min(Number(at), kin.length - 1)]?.focus()
}

/** Puts in what has changed. `sent`: the part whose form was just taken, so that what was typed in it is safe. `mine`: it answers what was pressed here. */
function swap(html: string, sent: Element | null, mine: boolean): void {
  const page = new DOMParser().parseFromString(html, 'text/html')
  const parts = document.querySelectorAll<HTMLElement>('[data-part]')
  if (!page.querySelector('[data-leading]')) {
    // Another page by now: the exit card has opened. What is half typed stays where it is.
    if (![...parts].some((part) => part !== sent && isUnderHand(part))) location.reload()
    return
  }
  const place = placeOf(document.activeElement)
  for (const part of parts) {
    const fresh = page.querySelector<HTMLElement>(`[data-part="${part.dataset.part}"]`)
    if (!fresh || fresh.innerHTML === part.innerHTML) continue
    if (part !== sent && isUnderHand(part)) continue
    // What was told of one's own deed stays until the next.
    if (part.id === 'told' && !mine) continue
    const open = [...part.querySelectorAll<HTMLDetailsElement>('details[open]')].map(({ id }) => id)
    part.innerHTML = fresh.innerHTML
    for (const id of open) part.querySelector(`#${id}`)?.setAttribute('open', '')
  }
  focusAgain(place)
  tick()
}

async function refresh(): Promise<void> {
  const answer = await fetch(location.pathname + location.search.replace(/[?&](undone|written)=[^&]*/g, ''))
  if (answer.ok) swap(await answer.text(), null, false)
}

// --- Buttons that answer in place

document.addEventListener('submit', (event) => {
  const form = event.target as HTMLFormElement
  const button = (event as SubmitEvent).submitter as HTMLButtonElement | null
  if (form.dataset.quick === undefined || !button) return
  event.preventDefault()
  if (form.dataset.busy) return
  form.dataset.busy = '1'
  const said = new URLSearchParams()
  for (const [name, value] of new FormData(form)) said.append(name, String(value))
  if (button.name) said.append(button.name, button.value)
  fetch(form.action, { method: 'POST', body: said })
    .then(async (answer) => {
      if (answer.status >= 500) throw new Error('busy')
      const sent = form.closest('[data-part]')
      swap(await answer.text(), sent, true)
      if (answer.status === 400) document.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus()
    })
    .catch(() => {
      const told = document.getElementById('told')
      if (told) told.textContent = all?.dataset.lost ?? ''
    })
    .finally(() => delete form.dataset.busy)
})

// --- What others do

if (live) {
  const revOf = () => live.querySelector<HTMLElement>('[data-rev]')?.dataset.rev ?? ''
  let known = revOf()
  new MutationObserver(() => {
    const rev = revOf()
    if (rev === known) return
    known = rev
    refresh().catch(() => {
      known = ''
    })
  }).observe(live, { childList: true, subtree: true })
}
