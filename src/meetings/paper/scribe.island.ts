// The scribe's desk, quicker: Enter saves a row and begins the next, what is typed survives a reload, and the last row can be had back.

type State = 'new' | 'sending' | 'waits' | 'kept' | 'mend'

interface Kept {
  id: string
  /** It was on its way when the page went: it is sent again, and is the same row. */
  sent: boolean
  values: Record<string, string>
}

type Control = HTMLInputElement | HTMLSelectElement
type Row = HTMLTableRowElement

/** The server's no, for each field. */
interface Fault {
  column: string
  message: string
}

const forms = [...document.querySelectorAll<HTMLFormElement>('form[data-scribe]')]
const firstWait = 1500
const longestWait = 20_000

for (const hint of document.querySelectorAll<HTMLElement>('[data-scripted]')) hint.hidden = false

/** Everything about the rows of one pile. */
function begin(form: HTMLFormElement): void {
  const section = form.dataset.scribe ?? ''
  const name = `oplive-scribe-${form.dataset.code}-${section}`
  const body = form.querySelector('tbody') as HTMLTableSectionElement
  const states = new WeakMap<Row, State>()
  /** Saved rows, the newest last. */
  const done: Row[] = []
  let queue: Row[] = []
  let busy = false
  let wait = firstWait
  let timer = 0

  const rows = () => [...body.rows]
  const stateOf = (row: Row): State => states.get(row) ?? 'new'
  const controls = (row: Row) => [...row.querySelectorAll<Control>('[data-field]')]
  const idOf = (row: Row) => row.querySelector<HTMLInputElement>('input[type="hidden"]') as HTMLInputElement
  const control = (row: Row, column: string) => controls(row).find((one) => one.dataset.field === column)
  /** A kind alone makes no slip. */
  const isEmpty = (row: Row) => controls(row).every((one) => one.dataset.field === 'kind' || one.value.trim() === '')
  const say = (what: string) => form.dataset[what] ?? ''

  function setState(row: Row, state: State, words = ''): void {
    states.set(row, state)
    const locked = state === 'kept' || state === 'sending' || state === 'waits'
    for (const one of controls(row)) {
      if (one instanceof HTMLInputElement) one.readOnly = locked
      else one.disabled = locked
    }
    row.dataset.row = state
    const cell = row.querySelector<HTMLElement>('[data-state]')
    if (cell) cell.textContent = words
    keep()
  }

  // --- Rows

  /** A row like the last one, empty, with the next number and an id of its own. */
  function addRow(): Row {
    const last = body.rows[body.rows.length - 1] as Row
    const number = String(body.rows.length + 1)
    const row = last.cloneNode(true) as Row
    delete row.dataset.row
    for (const message of row.querySelectorAll('.wrong')) message.remove()
    for (const cell of row.querySelectorAll('.mend')) cell.classList.remove('mend')
    const head = row.cells[0]?.firstChild
    if (head) head.textContent = number
    for (const one of row.querySelectorAll<Control>('input, select')) {
      one.name = one.name.replace(/\d+/, number)
      if (one.id) one.id = one.name
      one.setAttribute('aria-label', (one.getAttribute('aria-label') ?? '').replace(/\d+/, number))
      one.removeAttribute('aria-invalid')
      one.removeAttribute('aria-describedby')
      if (one.dataset.field) one.value = ''
    }
    idOf(row).value = newId()
    body.append(row)
    setState(row, 'new')
    return row
  }

  /** The first row below (or anywhere) that nothing stands in. */
  function nextEmpty(after: Row | null): Row {
    const all = rows()
    const below = after ? all.slice(all.indexOf(after) + 1) : all
    return below.find((row) => stateOf(row) === 'new' && isEmpty(row)) ?? addRow()
  }

  function focusRow(row: Row): void {
    const first = controls(row).find((one) => one.dataset.field !== 'kind') ?? controls(row)[0]
    first?.focus()
  }

  /** From an empty row on to the next pile. */
  function nextPile(): void {
    const next = forms[forms.indexOf(form) + 1]
    const dots = document.querySelector<HTMLInputElement>('form[data-dots] input[type="text"]')
    const to = section === 'words' && dots ? dots : next && (begun.get(next)?.() ?? null)
    ;(to ?? document.querySelector<HTMLElement>('#cards a'))?.focus()
  }

  // --- Sending

  function bodyOf(row: Row): string {
    const said = new URLSearchParams({ lang: document.documentElement.lang })
    said.set(`${section}-1-id`, idOf(row).value)
    for (const one of controls(row)) said.set(`${section}-1-${one.dataset.field}`, one.value)
    return String(said)
  }

  /** Enter: what is meant by "as above" is put in, and the row is on its way while the next one is typed. */
  function save(row: Row): void {
    const above = rows()[rows().indexOf(row) - 1]
    for (const one of controls(row)) {
      const over = above && control(above, one.dataset.field ?? '')
      const meant = one.dataset.field === 'kind' ? one.value === '' : /^\s*(?:["”„″]+|''|do\.?)\s*$/.test(one.value)
      if (over && meant && (one.dataset.field === 'kind' || one.dataset.field === 'bringer')) one.value = over.value
    }
    clearFaults(row)
    setState(row, 'sending', say('sending'))
    queue.push(row)
    void send()
  }

  async function send(): Promise<void> {
    if (busy) return
    busy = true
    clearTimeout(timer)
    while (queue[0]) {
      const row = queue[0]
      const answer = await post(form.action, bodyOf(row))
      if (answer === null || answer.status === 429 || answer.status >= 500) {
        for (const one of queue) setState(one, 'waits', say('waits'))
        timer = window.setTimeout(() => void send(), wait)
        wait = Math.min(wait * 2, longestWait)
        break
      }
      wait = firstWait
      queue = queue.slice(1)
      if (answer.status === 204) {
        done.push(row)
        setState(row, 'kept', say('kept'))
        count(1)
      } else await mend(row, answer)
    }
    busy = false
  }

  /** What the server wants mended stands beside the field, and is read aloud; whoever types on is not moved. */
  async function mend(row: Row, answer: Response): Promise<void> {
    const faults: Fault[] = answer.status === 400 ? await answer.json().catch(() => []) : []
    setState(row, 'mend', faults.length > 0 ? '' : say('busy'))
    for (const { column, message } of faults) {
      const one = control(row, column)
      if (!one) continue
      one.setAttribute('aria-invalid', 'true')
      const p = document.createElement('p')
      p.className = 'wrong'
      p.id = `${one.name}-error`
      p.textContent = message
      one.setAttribute('aria-describedby', p.id)
      one.parentElement?.classList.add('mend')
      one.parentElement?.append(p)
    }
    tell(`${row.cells[0]?.textContent ?? ''}: ${faults.map(({ message }) => message).join('. ') || say('busy')}`)
  }

  function clearFaults(row: Row): void {
    for (const message of row.querySelectorAll('.wrong')) message.remove()
    for (const cell of row.querySelectorAll('.mend')) cell.classList.remove('mend')
    for (const one of controls(row)) {
      one.removeAttribute('aria-invalid')
      one.removeAttribute('aria-describedby')
    }
  }

  function tell(words: string): void {
    const told = form.querySelector<HTMLElement>('[data-told]')
    if (told) told.textContent = words
  }

  /** The last row is taken back from the server, and stands open again as another row. */
  async function undo(): Promise<void> {
    const row = done.pop()
    if (!row) return
    const said = new URLSearchParams({ section, ids: idOf(row).value })
    const answer = await post(form.action.replace(/\/\w+(?:#.*)?$/, '/undo'), String(said))
    if (answer?.status !== 204) {
      done.push(row)
      const words = answer?.status === 409 ? say('moved') : say('waits')
      setState(row, 'kept', words)
      tell(words)
      return
    }
    idOf(row).value = newId()
    setState(row, 'new')
    count(-1)
    focusRow(row)
  }

  function count(by: 1 | -1): void {
    const line = document.querySelector<HTMLElement>(`[data-written="${section}"]`)
    if (!line) return
    line.dataset.of = String(Number(line.dataset.of) + by)
    line.textContent = (line.dataset.words ?? '').replace('0', line.dataset.of)
  }

  // --- Keys

  form.addEventListener('keydown', (event) => {
    const one = event.target as Control
    const row = one.closest('tr')
    if (!row || !one.dataset?.field || event.altKey || event.isComposing) return
    if (event.ctrlKey || event.metaKey) {
      if (event.key !== 'z' || !isEmpty(row)) return
      event.preventDefault()
      void undo()
    } else if (event.key === 'Enter') {
      event.preventDefault()
      enter(row)
    } else if (event.key === 'ArrowUp' || event.key === 'ArrowDown') {
      event.preventDefault()
      const by = event.key === 'ArrowUp' ? -1 : 1
      const kind = control(row, 'kind')
      if (kind instanceof HTMLSelectElement) choose(row, kind, by)
      else control(rows()[rows().indexOf(row) + by] ?? row, one.dataset.field)?.focus()
    }
  })

  function enter(row: Row): void {
    const state = stateOf(row)
    if (isEmpty(row)) nextPile()
    else {
      if (state === 'new' || state === 'mend') save(row)
      const next = nextEmpty(row)
      const kind = control(next, 'kind')
      if (kind && kind.value === '') kind.value = control(row, 'kind')?.value ?? ''
      focusRow(next)
    }
  }

  /** The arrows choose what the slip is, from the words too. */
  function choose(row: Row, kind: HTMLSelectElement, by: number): void {
    if (kind.disabled) return
    const most = kind.options.length - 1
    kind.selectedIndex = Math.min(most, Math.max(1, (kind.selectedIndex || (by > 0 ? 0 : 2)) + by))
    tell(kind.options[kind.selectedIndex]?.textContent ?? '')
    keep()
    if (stateOf(row) === 'mend') clearFaults(row)
  }

  form.addEventListener('input', ({ target }) => {
    const one = target as Control
    const row = one.closest('tr')
    if (!row) return
    // One letter is the whole answer.
    if (one.dataset.field === 'first' && /^[fnj10x-]$/i.test(one.value)) control(row, 'bringer')?.focus()
    keep()
  })
  form.addEventListener('submit', (event) => {
    event.preventDefault()
    for (const row of rows()) if (!isEmpty(row) && (stateOf(row) === 'new' || stateOf(row) === 'mend')) save(row)
    focusRow(nextEmpty(null))
  })
  form.querySelector('button[name="back"]')?.addEventListener('click', () => void undo())
  addEventListener('online', () => void send())
  // Rows that wait lie in this tab alone.
  addEventListener('beforeunload', (event) => {
    if (queue.length > 0) event.preventDefault()
  })

  // --- What is typed and not saved yet survives a reload

  function keep(): void {
    const open = rows().flatMap((row): Kept[] => {
      const state = stateOf(row)
      if (state === 'kept' || isEmpty(row)) return []
      const values = Object.fromEntries(controls(row).map((one) => [one.dataset.field ?? '', one.value]))
      return [{ id: idOf(row).value, sent: state === 'sending' || state === 'waits', values }]
    })
    try {
      if (open.length > 0) sessionStorage.setItem(name, JSON.stringify(open))
      else sessionStorage.removeItem(name)
    } catch {
      // No room, or not allowed: rows are typed without a safety net, as they are without a script.
    }
  }

  function bringBack(): void {
    let kept: Kept[] = []
    try {
      kept = JSON.parse(sessionStorage.getItem(name) ?? '[]') as Kept[]
    } catch {
      // Nothing was kept.
    }
    const here = new Set(rows().map((row) => idOf(row).value))
    for (const { id, sent, values } of kept) {
      if (here.has(id)) continue
      const row = nextEmpty(null)
      idOf(row).value = id
      for (const one of controls(row)) one.value = values[one.dataset.field ?? ''] ?? ''
      if (sent) save(row)
    }
    keep()
  }

  begun.set(form, () => {
    const row = nextEmpty(null)
    return controls(row).find((one) => one.dataset.field !== 'kind') ?? null
  })
  bringBack()
}

/** Where each pile begins: its first empty row. */
const begun = new Map<HTMLFormElement, () => HTMLElement | null>()

/** The server's answer; null when nothing came through. */
function post(to: string, body: string): Promise<Response | null> {
  const patience = new AbortController()
  const timer = setTimeout(() => patience.abort(), 15_000)
  return fetch(to, {
    method: 'POST',
    body,
    signal: patience.signal,
    credentials: 'same-origin',
    headers: { 'content-type': 'application/x-www-form-urlencoded', 'x-oplive-outbox': '1' },
  })
    .catch(() => null)
    .finally(() => clearTimeout(timer))
}

/** A random UUID, also where the page came over a plain connection in the hall. */
function newId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16))
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x40
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('')
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-')
}

// Enter goes down the themes; on the last one it saves.
document.querySelector('form[data-dots]')?.addEventListener('keydown', (event) => {
  const { key, target } = event as KeyboardEvent
  const fields = [...document.querySelectorAll<HTMLInputElement>('form[data-dots] input[type="text"]')]
  const at = fields.indexOf(target as HTMLInputElement)
  if (at < 0 || (key !== 'Enter' && key !== 'ArrowUp' && key !== 'ArrowDown')) return
  const next = fields[at + (key === 'ArrowUp' ? -1 : 1)]
  if (!next) return
  event.preventDefault()
  next.focus()
  next.select()
})

for (const form of forms) begin(form)
// Whoever comes to the page begins to type at once, at the pile the address names; after the dots come the promises.
const named = location.hash === '#dots' ? 'promises' : location.hash.slice(1)
const first = forms.find((form) => form.dataset.scribe === named) ?? forms[0]
// After the browser has gone where the address says.
if (first && !document.querySelector('.summary'))
  requestAnimationFrame(() => setTimeout(() => begun.get(first)?.()?.focus()))
