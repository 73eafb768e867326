// The outbox: what is sent is put down on the phone first, waits there without coverage, and arrives once, in order. Half-typed words
// survive a reload.
//
// A form says with attributes how it is sent: `data-outbox` where to go when it has arrived; `data-toggle` the field that a button turns;
// `data-rev` that corrections are counted; `data-free` that nothing has to be chosen; `data-draft` that what is typed is kept;
// `data-says` the words it is about and `data-refused` what is told if it cannot be taken. A field `key` makes it the same when sent again.

interface Item {
  id?: number
  /** Where the form posts to. */
  to: string
  body: string
  /** By the phone's clock, only to throw it away after a week. */
  at: number
  /** The server said no for good: shown to the person, not dropped. */
  refused?: boolean
  /** What to tell then, and what was typed, to be copied. */
  why?: string
  text?: string
}

/** What became of the item in hand: the server's status (0 when nothing came through), and where to go. */
interface Became {
  status: number
  to: string | null
}

const week = 7 * 24 * 3600 * 1000
const box = document.getElementById('outbox')
let retry = 0
let wait = 2000
/** Something that had waited has arrived since the page was opened. */
let arrived = false

/** One step in the phone's own small database. */
function store<T>(mode: IDBTransactionMode, work: (items: IDBObjectStore) => IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    const opening = indexedDB.open('oplive', 1)
    opening.onupgradeneeded = () => opening.result.createObjectStore('outbox', { keyPath: 'id', autoIncrement: true })
    opening.onerror = () => reject(opening.error)
    opening.onsuccess = () => {
      const db = opening.result
      const tx = db.transaction('outbox', mode, { durability: 'strict' })
      const request = work(tx.objectStore('outbox'))
      tx.oncomplete = () => {
        db.close()
        resolve(request.result)
      }
      tx.onabort = tx.onerror = () => {
        db.close()
        reject(tx.error)
      }
    }
  })
}

const items = () => store<Item[]>('readonly', (all) => all.getAll())
const remove = (id: number) => store('readwrite', (all) => all.delete(id))

function post(item: Item): Promise<Became> {
  const patience = 'AbortController' in window ? new AbortController() : null
  const timer = setTimeout(() => patience?.abort(), 15_000)
  return fetch(item.to, {
    signal: patience?.signal ?? null,
    method: 'POST',
    body: item.body,
    credentials: 'same-origin',
    headers: { 'content-type': 'application/x-www-form-urlencoded', 'x-oplive-outbox': '1' },
  })
    .then(
      (answer) => ({ status: answer.status, to: answer.headers.get('x-oplive-to') }),
      () => ({ status: 0, to: null }),
    )
    .finally(() => clearTimeout(timer))
}

/** Sends what waits, in order, one tab at a time. Answers what became of the item asked about. */
async function flush(about?: number): Promise<Became> {
  let became: Became = { status: 0, to: null }
  const work = async () => {
    const all = await items()
    // Another tab, or a try a moment ago, has sent it already.
    if (about !== undefined && !all.some((item) => item.id === about)) became = { status: 204, to: null }
    for (const item of all) {
      const id = item.id as number
      if (item.refused) continue
      if (Date.now() - item.at > week) {
        await remove(id)
        continue
      }
      const answer = await post(item)
      const { status } = answer
      if (id === about) became = answer
      if (status === 204) {
        await remove(id)
        if (id !== about) arrived = true
      }
      // What the form has to mend is mended in the form.
      else if (id === about && (status === 400 || status === 413)) await remove(id)
      else if (status === 0 || status === 429 || status >= 500) break
      else await store('readwrite', (all) => all.put({ ...item, refused: true }))
    }
    await show()
  }
  await oneAtATime(work)
  return became
}

/** Where a browser knows no locks, at least this page sends one thing at a time. */
let before: Promise<unknown> = Promise.resolve()
function oneAtATime(work: () => Promise<void>): Promise<unknown> {
  if (navigator.locks) return navigator.locks.request('oplive-outbox', work)
  before = before.then(work, work)
  return before
}

/** Says how many things wait, what has arrived, and what was refused with its words; with a button that deletes. */
async function show() {
  const all = await items()
  const refused = all.filter((item) => item.refused)
  const waiting = all.length - refused.length
  clearTimeout(retry)
  if (waiting > 0) {
    retry = window.setTimeout(() => void flush(), wait + Math.random() * 1000)
    wait = Math.min(wait * 2, 60_000)
  } else wait = 2000
  if (!box) return
  const say = (name: string) => box.dataset[name] ?? ''
  const tell = arrived && waiting === 0 && say('arrived') !== ''
  box.hidden = all.length === 0 && !tell
  box.textContent = ''
  const add = (kind: string, text: string, tag = 'p') => {
    const line = document.createElement(tag)
    line.className = kind
    line.textContent = text
    box.append(line)
    return line
  }
  const drop = (kind: boolean) => {
    const button = add('button quiet', say('delete'), 'button') as HTMLButtonElement
    button.type = 'button'
    button.onclick = async () => {
      for (const item of await items()) if (Boolean(item.refused) === kind) await remove(item.id as number)
      await show()
    }
  }
  if (waiting > 0) {
    add('notice-title', (waiting === 1 ? say('one') : say('other')).replace('#', String(waiting)))
    add('notice-text', say('how'))
    drop(false)
  } else if (tell) {
    add('notice-title', say('arrived'))
    const link = add('', say('mine'), 'a') as HTMLAnchorElement
    link.href = say('mineAt')
  }
  if (refused.length === 0) return
  add('notice-title', say('refused'))
  add('notice-text', say('refusedHow'))
  for (const { why, text } of refused) {
    if (why) add('', why)
    if (text) {
      const words = add('said change', text, 'blockquote')
      words.dir = 'auto'
    }
  }
  drop(true)
}

/** A count of corrections on this phone, so that an older answer that arrives late does not win. */
function nextRev(to: string): number {
  try {
    const rev = Number(localStorage.getItem(`rev ${to}`)) + 1
    localStorage.setItem(`rev ${to}`, String(rev))
    return rev
  } catch {
    return 1
  }
}

/** The step whose question has no answer yet. The promise and the number may be left out. */
function openStep(form: HTMLFormElement): Element | undefined {
  if (form.dataset.free !== undefined) return undefined
  return [...form.querySelectorAll('.step')].find(
    (step) => step.querySelector('input[type=radio]') && !step.querySelector('input:checked'),
  )
}

const fieldOf = (form: HTMLFormElement, name: string) => form.querySelector<HTMLInputElement>(`[name="${name}"]`)

/** What somebody would miss if it did not arrive. */
const wordsIn = (form: HTMLFormElement): string =>
  form.dataset.says ??
  [...form.querySelectorAll<HTMLInputElement>('textarea,input[type=text]')]
    .map((field) => field.value.trim())
    .filter(Boolean)
    .join('\n')

async function send(form: HTMLFormElement) {
  const open = openStep(form)
  if (open) {
    // With a net the server says in words what is missing; without one, the question itself comes forward.
    if (navigator.onLine) form.submit()
    else location.hash = open.id
    return
  }
  newKey(form, false)
  const said = new URLSearchParams()
  new FormData(form).forEach((value, name) => {
    said.append(name, String(value))
  })
  const to = new URL(form.action).pathname
  const { rev, refused, toggle, outbox } = form.dataset
  if (rev !== undefined) said.set('rev', String(nextRev(to)))
  const item: Item = { to, body: String(said), at: Date.now(), text: wordsIn(form) }
  if (refused) item.why = refused
  const id = Number(await store('readwrite', (all) => all.add(item)))
  forgetDraft(form)
  const turn = toggle !== undefined ? fieldOf(form, toggle) : null
  const turned = turn?.value
  if (turn) turnTo(form, turn, turned === '1')
  const became = await flush(id)
  const { status } = became
  const waits = status === 0 || status === 429 || status >= 500
  if (status === 204) {
    if (!turn) location.assign(became.to ?? outbox ?? '/')
  } else if (status === 400 || status === 413) {
    if (turn) turn.value = turned ?? ''
    form.submit()
  } else if (waits && turn) return
  else if (waits && fieldOf(form, 'key')) {
    // It lies safe on the phone: there is room for the next thing.
    form.reset()
    newKey(form, true)
    begin(form)
    box?.scrollIntoView({ block: 'center' })
  } else {
    if (turn) turnTo(form, turn, turned !== '1')
    form.hidden = status === 0 || status >= 500
    box?.scrollIntoView({ block: 'center' })
  }
}

/** A button that is pressed in, or not any more; what it sends next is the other. */
function turnTo(form: HTMLFormElement, field: HTMLInputElement, yes: boolean) {
  field.value = yes ? '0' : '1'
  form.querySelector('button')?.setAttribute('aria-pressed', String(yes))
}

/** A page that was kept for everybody has no key of its own; and the next thing from the same page is another. */
function newKey(form: HTMLFormElement, another: boolean) {
  const field = fieldOf(form, 'key')
  if (!field || (field.value && !another)) return
  const random = crypto.getRandomValues(new Uint8Array(16))
  field.value = [...random].map((one) => (one + 256).toString(16).slice(1)).join('')
}

document.addEventListener('submit', (event) => {
  const form = event.target as HTMLFormElement
  if (form.dataset.outbox === undefined || !('indexedDB' in window)) return forgetDraft(form)
  event.preventDefault()
  const button = form.querySelector<HTMLButtonElement>('button:not([type=button])')
  const busy = form.dataset.toggle === undefined
  if (button && busy) button.disabled = true
  send(form)
    // A browser that gives no room on the phone: the form sends itself.
    .catch(() => form.submit())
    .finally(() => {
      if (button) button.disabled = false
    })
})

// --- What is being typed

type Kept = [name: string, value: string, chosen: boolean][]
const kindOf = ({ dataset }: HTMLFormElement) => dataset.draft
const nameFor = (form: HTMLFormElement) => `draft ${new URL(form.action).pathname} ${kindOf(form)}`
const fieldsIn = (form: HTMLFormElement) =>
  [...form.querySelectorAll<HTMLInputElement>('input,textarea')].filter(
    (field) => field.type !== 'hidden' || field.name === 'key',
  )

function keepDraft(form: HTMLFormElement) {
  if (kindOf(form) === undefined) return
  const typed = fieldsIn(form).some(
    (field) =>
      field.type !== 'hidden' && (field.value !== field.defaultValue || field.checked !== field.defaultChecked),
  )
  const kept: Kept = fieldsIn(form).map((field) => [field.name, field.value, field.checked])
  try {
    if (typed) sessionStorage.setItem(nameFor(form), JSON.stringify(kept))
    else sessionStorage.removeItem(nameFor(form))
  } catch {
    // No room, or not allowed: it is typed without a safety net, as it is without a script.
  }
}

function forgetDraft(form: HTMLFormElement) {
  try {
    if (kindOf(form) !== undefined) sessionStorage.removeItem(nameFor(form))
  } catch {
    // Nothing was kept.
  }
}

/** Brings back what was half typed, unless the page itself comes with what is to be mended. */
function bringBack(form: HTMLFormElement) {
  if (kindOf(form) === undefined || form.querySelector('.mend')) return
  try {
    const kept = JSON.parse(sessionStorage.getItem(nameFor(form)) ?? '[]') as Kept
    for (const field of fieldsIn(form))
      for (const [name, value, chosen] of kept) {
        if (name !== field.name) continue
        if (field.type !== 'radio' && field.type !== 'checkbox') field.value = value
        else if (field.value === value) field.checked = chosen
      }
    const details = form.closest('details')
    if (kept.length > 0 && details) details.open = true
  } catch {
    // What was kept cannot be read: the form is empty.
  }
}

/** How much is left of what there is room for: dots, and characters when it is too many. */
function count(form: HTMLFormElement) {
  const tell = (line: HTMLElement | null, left: number, quietly: boolean) => {
    if (!line) return
    const text = (left < 0 ? line.dataset.over : line.dataset.left) ?? ''
    line.hidden = text === '' || quietly
    line.className = left < 0 ? 'wrong' : 'base'
    line.textContent = text.replace('#', String(Math.abs(left)))
  }
  const { dots } = form.dataset
  if (dots !== undefined) {
    const put = [...form.querySelectorAll<HTMLInputElement>('input:checked,input[type=text]')]
    const used = put.reduce((sum, field) => sum + (Number(field.value) || 0), 0)
    tell(form.querySelector('[data-left]'), Number(dots) - used, false)
  }
  for (const part of form.querySelectorAll<HTMLElement>('[data-most]')) {
    const text = part.querySelector('textarea')?.value.normalize('NFC').trim() ?? ''
    const left = Number(part.dataset.most) - [...text].length
    let line = part.querySelector<HTMLElement>('[role=status]')
    if (!line && left < 0) {
      line = document.createElement('p')
      line.setAttribute('role', 'status')
      line.dataset.over = part.dataset.over
      part.append(line)
    }
    tell(line, left, left >= 0)
  }
}

const begin = (form: HTMLFormElement) => {
  bringBack(form)
  count(form)
}
document.addEventListener('input', ({ target }) => {
  const { form } = target as HTMLInputElement
  if (!form) return
  keepDraft(form)
  count(form)
})
document.querySelectorAll('form').forEach(begin)
// Back to a page as it was left: the key on it is used.
addEventListener('pageshow', ({ persisted }) => {
  if (persisted) for (const form of document.querySelectorAll('form')) newKey(form, true)
})

const look = () => void flush().catch(() => {})
addEventListener('online', look)
document.addEventListener('visibilitychange', () => {
  if (document.visibilityState === 'visible') look()
})
look()

if ('serviceWorker' in navigator)
  addEventListener('load', () => void navigator.serviceWorker.register('/sw.js', { scope: '/' }).catch(() => {}))
