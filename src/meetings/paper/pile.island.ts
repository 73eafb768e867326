// The scribe's page, quicker: a digit moves on, Enter begins the next card, and a half-typed pile survives a reload.

interface Kept {
  stage: string
  pile: string
  fields: [name: string, value: string][]
}

type Key = 'one' | 'mark' | 'number' | 'words'

const form = document.querySelector<HTMLFormElement>('form[data-pile]')
const laidIn = document.querySelector<HTMLElement>('[data-pile-kept]')

/** One half-typed pile for each meeting, in this tab alone. */
const nameFor = (code: string | undefined) => `oplive-pile-${code ?? ''}`

function begin(form: HTMLFormElement, name: string): void {
  for (const hint of document.querySelectorAll<HTMLElement>('[data-scripted]')) hint.hidden = false
  for (const hint of document.querySelectorAll<HTMLElement>('[data-plain]')) hint.hidden = true
  bringBack(form, name)
  count(form)
  document.querySelector('[data-restart]')?.addEventListener('click', () => forget(name))

  form.addEventListener('input', ({ target }) => {
    if (!(target instanceof HTMLInputElement)) return
    typed(target)
    count(form)
    keep(form, name)
  })
  form.addEventListener('focusin', ({ target }) => {
    // What is typed next replaces what stands there, except in words.
    if (target instanceof HTMLInputElement && keyOf(target) !== 'words') target.select()
  })
  form.addEventListener('keydown', (event) => {
    if (event.target instanceof HTMLInputElement && event.target.dataset.key) pressed(form, event, event.target)
  })
  // Back from a page that has left: the pile on it is laid in, and must not be taken for a new one.
  addEventListener('pageshow', (event) => {
    if (event.persisted && !read(name)) location.replace(form.action)
  })
}

// --- Moving between fields

const keyOf = (field: HTMLInputElement): Key => (field.dataset.key ?? 'words') as Key
const rowOf = (field: Element) => field.closest('tr')
const fieldsIn = (row: Element | null | undefined) => [...(row?.querySelectorAll<HTMLInputElement>('input') ?? [])]

function typed(field: HTMLInputElement): void {
  field.removeAttribute('aria-invalid')
  if (keyOf(field) === 'one') {
    // The newest key counts; another key than 1 to 5 is none.
    field.value = /[1-5]/.exec(field.value.slice(-1))?.[0] ?? ''
    if (field.value) step(field, 1)
  } else if (keyOf(field) === 'mark' && /^[x0]$/i.test(field.value)) step(field, 1)
}

function pressed(form: HTMLFormElement, event: KeyboardEvent, field: HTMLInputElement): void {
  if (event.ctrlKey || event.altKey || event.metaKey || event.isComposing) return
  const move = moveFor(form, event.key, field)
  if (!move) return
  event.preventDefault()
  move()
}

/** Where a key leads from this field; null when it is a key like any other here. */
function moveFor(form: HTMLFormElement, key: string, field: HTMLInputElement): (() => void) | null {
  const free = keyOf(field) !== 'words'
  const cursorAt = (place: number) => field.selectionStart === place && field.selectionEnd === place
  switch (key) {
    case 'Enter':
      return () => nextCard(form, field)
    case 'Backspace':
      return field.value === '' ? () => step(field, -1) : null
    case ' ':
      return field.value === '' || keyOf(field) === 'one' ? () => step(field, 1) : null
    case 'ArrowLeft':
      return free || cursorAt(0) ? () => step(field, -1) : null
    case 'ArrowRight':
      return free || cursorAt(field.value.length) ? () => step(field, 1) : null
    case 'ArrowUp':
      return () => upOrDown(field, 'previousElementSibling')
    case 'ArrowDown':
      return () => upOrDown(field, 'nextElementSibling')
    default:
      return null
  }
}

/** To the field before or after, over the edge of the card too. */
function step(field: HTMLInputElement, by: 1 | -1): void {
  const all = fieldsIn(field.closest('[data-pass]'))
  const next = all[all.indexOf(field) + by] ?? (by === 1 ? fieldsIn(addRow(field))[0] : undefined)
  next?.focus()
}

function upOrDown(field: HTMLInputElement, way: 'previousElementSibling' | 'nextElementSibling'): void {
  const row = rowOf(field)
  fieldsIn(row?.[way])[fieldsIn(row).indexOf(field)]?.focus()
}

/** Enter on a card that has nothing ends the pile: on to the button. */
function nextCard(form: HTMLFormElement, field: HTMLInputElement): void {
  const row = rowOf(field)
  const empty = fieldsIn(row).every((one) => one.value.trim() === '')
  const next = empty ? null : (row?.nextElementSibling ?? addRow(field))
  const to = fieldsIn(next)[0] ?? form.querySelector<HTMLElement>('button[value="done"]')
  to?.focus()
}

const mostRows = 60

/** A row like the last one, empty and with the next number. Null when the pile is full. */
function addRow(field: HTMLInputElement): HTMLTableRowElement | null {
  const body = field.closest('tbody')
  const last = body?.rows[body.rows.length - 1]
  if (!body || !last || body.rows.length >= mostRows) return null
  const number = String(body.rows.length + 1)
  const row = last.cloneNode(true) as HTMLTableRowElement
  const head = row.cells[0]
  if (head) head.textContent = number
  for (const one of fieldsIn(row)) {
    one.value = ''
    one.defaultValue = ''
    one.removeAttribute('aria-invalid')
    one.removeAttribute('aria-describedby')
    one.removeAttribute('autofocus')
    one.name = one.name.replace(/\d+/, number)
    one.id = one.name
    one.setAttribute('aria-label', (one.getAttribute('aria-label') ?? '').replace(/\d+/, number))
    one.parentElement?.classList.remove('mend')
    one.parentElement?.querySelector('.away')?.remove()
  }
  body.append(row)
  if (body.rows.length >= mostRows) body.closest('form')?.querySelector('button[value="more"]')?.remove()
  return row
}

/** "23 kort": so that one can count the pile against it. */
function count(form: HTMLFormElement): void {
  const line = form.querySelector<HTMLElement>('[data-count]')
  const passes = [...form.querySelectorAll('[data-pass]')]
  if (!line || passes.length !== 1) return
  const rows = [...(passes[0]?.querySelectorAll('tbody tr') ?? [])]
  const cards = rows.filter((row) => fieldsIn(row).some((field) => field.value.trim() !== '')).length
  line.hidden = false
  line.textContent = cards === 1 ? (line.dataset.one ?? '') : (line.dataset.other ?? '').replace('0', String(cards))
}

// --- Keeping a half-typed pile

const partOf = (form: HTMLFormElement, name: string): string =>
  form.querySelector<HTMLInputElement>(`input[name="${name}"]`)?.value ?? ''

function keep(form: HTMLFormElement, name: string): void {
  const fields = [...new FormData(form)].flatMap(([field, value]): Kept['fields'] =>
    typeof value === 'string' && value !== '' && field !== 'stage' && field !== 'pile' ? [[field, value]] : [],
  )
  const kept: Kept = { stage: partOf(form, 'stage'), pile: partOf(form, 'pile'), fields }
  try {
    sessionStorage.setItem(name, JSON.stringify(kept))
  } catch {
    // No room, or not allowed: the pile is typed without a safety net, as it is without a script.
  }
}

function read(name: string): Kept | null {
  try {
    const kept = JSON.parse(sessionStorage.getItem(name) ?? 'null') as Kept | null
    return kept && Array.isArray(kept.fields) && kept.fields.length > 0 ? kept : null
  } catch {
    return null
  }
}

function forget(name: string): void {
  try {
    sessionStorage.removeItem(name)
  } catch {
    // Nothing was kept.
  }
}

function bringBack(form: HTMLFormElement, name: string): void {
  const kept = read(name)
  const stage = partOf(form, 'stage')
  const samePage = kept?.stage === stage && kept.pile === partOf(form, 'pile')
  const fresh = stage === 'first' && fieldsIn(form).every((field) => field.type === 'hidden' || field.value === '')
  if (!kept || !(samePage || fresh)) keep(form, name)
  else if (kept.stage !== stage) sendAgain(form, kept)
  else fillIn(form, kept, fresh)
}

function fillIn(form: HTMLFormElement, kept: Kept, fresh: boolean): void {
  const pile = form.querySelector<HTMLInputElement>('input[name="pile"]')
  if (pile) pile.value = kept.pile
  for (const [field, value] of kept.fields) {
    const input = fieldNamed(form, field)
    if (input) input.value = value
  }
  const notice = document.querySelector<HTMLElement>('[data-restored]')
  if (notice && fresh) notice.hidden = false
  // After the browser has put the cursor where the page says: on the first card that has nothing.
  if (!document.querySelector('.summary')) requestAnimationFrame(() => setTimeout(() => firstEmpty(form)?.focus()))
}

function firstEmpty(form: HTMLFormElement): HTMLInputElement | undefined {
  const rows = [...form.querySelectorAll('[data-pass] tbody tr')]
  const empty = rows.find((row) => fieldsIn(row).every((field) => field.value === ''))
  const last = form.querySelector<HTMLInputElement>('[data-pass] tbody tr:last-child input')
  return fieldsIn(empty ?? (last && addRow(last)))[0]
}

/** The field of that name, with as many rows before it as it takes. */
function fieldNamed(form: HTMLFormElement, name: string): HTMLInputElement | null {
  const [pass, row] = name.split('-')
  const find = () => form.querySelector<HTMLInputElement>(`input[name="${CSS.escape(name)}"]`)
  const first = form.querySelector<HTMLInputElement>(`[data-pass="${pass}"] input`)
  while (first && !find() && Number(row) <= mostRows && addRow(first)) {
    // One row more.
  }
  return find()
}

/** The pile had come further than this page: the server makes the page it stood on, with everything that was typed. */
function sendAgain(form: HTMLFormElement, kept: Kept): void {
  const again = document.createElement('form')
  again.method = 'post'
  again.action = form.action
  again.hidden = true
  for (const [name, value] of [...kept.fields, ['stage', kept.stage], ['pile', kept.pile], ['do', 'again']]) {
    const input = document.createElement('input')
    input.name = name ?? ''
    input.value = value ?? ''
    again.append(input)
  }
  document.body.append(again)
  again.submit()
}

if (laidIn) forget(nameFor(laidIn.dataset.pileKept))
if (form) begin(form, nameFor(form.dataset.pile))
