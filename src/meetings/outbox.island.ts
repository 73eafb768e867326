// The outbox: an answer is put down on the phone before it is sent, waits there without coverage, and arrives once.

interface Item {
  id?: number
  /** Where the form posts to. */
  to: string
  body: string
  /** By the phone's clock, only to throw it away after a week. */
  at: number
  /** The server said no for good: shown to the person, not dropped. */
  refused?: boolean
}

const week = 7 * 24 * 3600 * 1000
const form = document.querySelector<HTMLFormElement>('form[data-outbox]')
const box = document.getElementById('outbox')
let retry = 0
let wait = 2000

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

/** The server's answer as a status; 0 when nothing came through. */
function post(item: Item): Promise<number> {
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
      (answer) => answer.status,
      () => 0,
    )
    .finally(() => clearTimeout(timer))
}

/** Sends what waits, one tab at a time. Answers what became of the item asked about. */
async function flush(about?: number): Promise<number> {
  let became = 0
  const work = async () => {
    const all = await items()
    // Another tab, or a try a moment ago, has sent it already.
    if (about !== undefined && !all.some((item) => item.id === about)) became = 204
    for (const item of all) {
      const id = item.id as number
      if (item.refused) continue
      if (Date.now() - item.at > week) {
        await remove(id)
        continue
      }
      const status = await post(item)
      if (id === about) became = status
      if (status === 204) await remove(id)
      // What the form has to mend is mended in the form.
      else if (id === about && (status === 400 || status === 413)) await remove(id)
      else if (status === 0 || status === 429 || status >= 500) break
      else await store('readwrite', (all) => all.put({ ...item, refused: true }))
    }
    await show()
  }
  await (navigator.locks ? navigator.locks.request('oplive-outbox', work) : work())
  return became
}

/** Says how many answers wait, and gives the button that deletes them. */
async function show() {
  const all = await items()
  const waiting = all.filter((item) => !item.refused).length
  clearTimeout(retry)
  if (waiting > 0) {
    retry = window.setTimeout(() => void flush(), wait + Math.random() * 1000)
    wait = Math.min(wait * 2, 60_000)
  } else wait = 2000
  if (!box) return
  const say = (name: string) => box.dataset[name] ?? ''
  box.hidden = all.length === 0
  box.textContent = ''
  if (all.length === 0) return
  const add = (kind: string, text: string) => {
    const p = document.createElement('p')
    p.className = kind
    p.textContent = text
    box.append(p)
  }
  if (waiting > 0) {
    add('notice-title', (waiting === 1 ? say('one') : say('other')).replace('#', String(waiting)))
    add('notice-text', say('how'))
  } else {
    add('notice-title', say('refused'))
    add('notice-text', say('refusedHow'))
  }
  const button = document.createElement('button')
  button.type = 'button'
  button.className = 'button quiet'
  button.textContent = say('delete')
  button.onclick = async () => {
    await store('readwrite', (stored) => stored.clear())
    await show()
  }
  box.append(button)
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
function openStep(theForm: HTMLFormElement): Element | undefined {
  return [...theForm.querySelectorAll('.step')].find(
    (step) => step.querySelector('input[type=radio]') && !step.querySelector('input:checked'),
  )
}

async function answer(theForm: HTMLFormElement) {
  const open = openStep(theForm)
  if (open) {
    // With a net the server says in words what is missing; without one, the question itself comes forward.
    if (navigator.onLine) theForm.submit()
    else location.hash = open.id
    return
  }
  const said = new URLSearchParams()
  new FormData(theForm).forEach((value, name) => {
    said.append(name, String(value))
  })
  const to = new URL(theForm.action).pathname
  said.set('rev', String(nextRev(to)))
  const id = Number(await store('readwrite', (all) => all.add({ to, body: String(said), at: Date.now() })))
  const status = await flush(id)
  if (status === 204) location.assign(theForm.dataset.outbox ?? '/')
  else if (status === 400 || status === 413) theForm.submit()
  else {
    theForm.hidden = status === 0 || status >= 500
    box?.scrollIntoView({ block: 'center' })
  }
}

form?.addEventListener('submit', (event) => {
  if (!('indexedDB' in window)) return
  event.preventDefault()
  const button = form.querySelector<HTMLButtonElement>('button:not([type=button])')
  if (button) button.disabled = true
  answer(form)
    // A browser that gives no room on the phone: the form sends itself.
    .catch(() => form.submit())
    .finally(() => {
      if (button) button.disabled = false
    })
})

const look = () => void flush().catch(() => {})
addEventListener('online', look)
document.addEventListener('visibilitychange', () => {
  if (document.visibilityState === 'visible') look()
})
look()

if ('serviceWorker' in navigator)
  addEventListener('load', () => void navigator.serviceWorker.register('/sw.js', { scope: '/' }).catch(() => {}))
