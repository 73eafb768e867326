// The board of themes, quicker: dragging by pointer, moving by keys, and what others do comes in row by row.

interface Changes {
  at: string
  whole: boolean
  rows: { id: string; theme: string | null; hidden: boolean; order: number; known: number; html: string }[]
  gone: string[]
  themes: { id: string; name: string; html: string }[]
  parts: { undo: string; priorities: string }
}

const board = document.querySelector<HTMLElement>('[data-board]')
if (board) begin(board)

function begin(board: HTMLElement): void {
  const find = <T extends HTMLElement>(selector: string) => board.querySelector<T>(selector)
  const live = find('[data-live]')
  const tools = find<HTMLFormElement>('#pick')
  const themes = find('[data-themes]')
  const spoken = find('#board-say')
  const told = find('#told')
  const address = board.dataset.board ?? ''
  for (const hint of board.querySelectorAll<HTMLElement>('[data-scripted]')) hint.hidden = false
  // From here on each row is hidden by itself, so that a large board is filtered a part at a time.
  let only = board.dataset.only ?? ''
  for (const row of board.querySelectorAll<HTMLElement>('.board-row')) row.hidden = isHidden(row)
  delete board.dataset.only
  board.classList.add('scripted')

  const say = (text = '') => {
    if (spoken) spoken.textContent = text
  }
  const warn = (text: string) => {
    if (told) told.textContent = text
  }

  /** Not of the kind that one looks at. */
  function isHidden(row: HTMLElement): boolean {
    return only !== '' && row.dataset.kind !== only
  }

  // --- What is ticked

  const ticks = () => [...board.querySelectorAll<HTMLInputElement>('input[name="pick"]:checked')]
  const rowOf = (node: Element | null | undefined) => node?.closest<HTMLElement>('.board-row') ?? null
  const tickOf = (row: Element) => row.querySelector<HTMLInputElement>('input[name="pick"]')
  function countTicks(): number {
    const count = ticks().length
    const { countNone = '', countOne = '', countOther = '' } = board.dataset
    const text = count === 0 ? countNone : count === 1 ? countOne : countOther.replace('22', String(count))
    const shown = find('[data-count]')
    if (shown && shown.textContent !== text) shown.textContent = text
    board.classList.toggle('picking', count > 0)
    return count
  }

  // --- Where words lie

  /** A list that was empty when the page came is not on it yet. */
  function listOf(theme: string | null, hidden: boolean): HTMLElement | null {
    const name = hidden ? 'hidden' : (theme ?? '')
    const there = find(`[data-words="${name}"]`)
    if (there) return there
    const list = document.createElement('ol')
    list.className = 'board-words'
    list.dataset.words = name
    find(hidden ? '#hidden' : theme === null ? '.board-unsorted' : `#t-${theme}`)?.append(list)
    return list.parentElement && list
  }
  const weight = (row: HTMLElement): [number, number] => [
    board.dataset.sort === 'known' ? -Number(row.dataset.known) : 0,
    Number(row.dataset.order),
  ]
  const before = (a: HTMLElement, b: HTMLElement) => {
    const [[a1, a2], [b1, b2]] = [weight(a), weight(b)]
    return a1 === b1 ? a2 < b2 : a1 < b1
  }
  /** Puts a row where it belongs in a list that is in order. */
  function put(row: HTMLElement, list: HTMLElement): void {
    const there = list.children as HTMLCollectionOf<HTMLElement>
    let [low, high] = [0, there.length]
    while (low < high) {
      const middle = (low + high) >> 1
      const at = there[middle]
      if (at && at !== row && before(row, at)) high = middle
      else low = middle + 1
    }
    list.insertBefore(row, there[low] ?? null)
  }

  /** Rows that are put right before each picture. The first part fills the window: nobody waits for the rest. */
  const atOnce = 24
  let arranging: Generator<void> | null = null
  /** Puts all rows in order, and hides those that are not wanted, from the top of each list. */
  function* arrange(): Generator<void> {
    const lists = [...board.querySelectorAll<HTMLElement>('[data-words]')].map((list) => ({
      list,
      rows: [...(list.children as HTMLCollectionOf<HTMLElement>)]
        .map((row) => ({ row, weight: weight(row) }))
        .sort((a, b) => a.weight[0] - b.weight[0] || a.weight[1] - b.weight[1])
        .map(({ row }) => row),
      at: list.firstElementChild,
    }))
    const most = Math.max(0, ...lists.map(({ rows }) => rows.length))
    let changed = 0
    for (let nth = 0; nth < most; nth++)
      for (const one of lists) {
        const row = one.rows[nth]
        if (!row) continue
        if (row === one.at) one.at = row.nextElementSibling
        else {
          one.list.insertBefore(row, one.at)
          changed++
        }
        const hide = isHidden(row)
        if (row.hidden !== hide) {
          row.hidden = hide
          changed++
        }
        if (changed < atOnce) continue
        changed = 0
        yield
      }
  }
  function inOrder(): void {
    const mine = arrange()
    arranging = mine
    const some = () => {
      if (arranging !== mine) return
      if (mine.next().done) arranging = null
      else requestAnimationFrame(() => setTimeout(some))
    }
    some()
  }
  /** Whatever else moves rows finds them in order. */
  function allInOrder(): void {
    if (arranging) for (const _ of arranging);
    arranging = null
  }

  // --- What is new

  const fragment = document.createElement('template')
  function made(html: string): HTMLElement | null {
    fragment.innerHTML = html
    return fragment.content.firstElementChild as HTMLElement | null
  }
  const isUnderHand = (part: Element) =>
    [...part.querySelectorAll<HTMLInputElement>('input[type="text"]')].some(
      (field) => field === document.activeElement || field.value !== field.defaultValue,
    )
  function renew(part: HTMLElement | null | undefined, html: string): void {
    if (!part || part.innerHTML === html || isUnderHand(part)) return
    const kin = [...part.querySelectorAll<HTMLElement>('button, summary')]
    const at = kin.indexOf(document.activeElement as HTMLElement)
    const open = [...part.querySelectorAll('details[open]')].map(({ id }) => id)
    part.innerHTML = html
    for (const id of open) part.querySelector(`[id="${id}"]`)?.setAttribute('open', '')
    if (at >= 0) {
      const anew = part.querySelectorAll<HTMLElement>('button, summary')
      anew[Math.min(at, anew.length - 1)]?.focus()
    }
  }

  function showThemes(wanted: Changes['themes']): void {
    if (!themes) return
    const there = new Set(wanted.map(({ id }) => id))
    for (const section of themes.querySelectorAll<HTMLElement>('.board-theme')) {
      if (there.has(section.dataset.theme ?? '')) continue
      // Words that still lie in a theme that is gone are unsorted until the server says where they are.
      const out = listOf(null, false)
      for (const row of section.querySelectorAll<HTMLElement>('.board-row')) if (out) put(row, out)
      section.remove()
    }
    for (const { id, html } of wanted) {
      let section = document.getElementById(`t-${id}`)
      if (!section) {
        section = document.createElement('section')
        section.className = 'board-theme'
        section.id = `t-${id}`
        section.dataset.theme = id
        section.setAttribute('aria-labelledby', `n-${id}`)
        const head = document.createElement('div')
        head.className = 'board-head'
        const list = document.createElement('ol')
        list.className = 'board-words'
        list.dataset.words = id
        section.append(head, list)
        themes.append(section)
      }
      renew(section.querySelector<HTMLElement>('.board-head'), html)
    }
    const order = wanted.map(({ id }) => id)
    const now = [...themes.querySelectorAll<HTMLElement>('.board-theme')].map(({ dataset }) => dataset.theme ?? '')
    if (order.join() !== now.join())
      for (const id of order) {
        const section = document.getElementById(`t-${id}`)
        if (section) themes.append(section)
      }
    const list = find<HTMLSelectElement>('[data-theme-list]')
    if (list && list !== document.activeElement) {
      const chosen = list.value
      const out = list.options[list.options.length - 1]
      const names = [...list.options].slice(0, -1).map(({ value, text }) => `${value} ${text}`)
      if (names.join('\n') === wanted.map(({ id, name }) => `${id} ${name}`).join('\n')) return
      list.replaceChildren(...wanted.map(({ id, name }) => new Option(name, id)), ...(out ? [out] : []))
      list.value = chosen
      if (list.selectedIndex < 0) list.selectedIndex = 0
    }
  }
  function take(news: Changes): void {
    allInOrder()
    showThemes(news.themes)
    const focused = rowOf(document.activeElement)?.id
    const seen = new Set<string>()
    for (const { id, theme, hidden, html } of news.rows) {
      seen.add(`s-${id}`)
      const list = listOf(theme, hidden)
      const row = made(html)
      if (!list || !row) continue
      row.hidden = isHidden(row)
      const old = document.getElementById(row.id)
      const tick = tickOf(row)
      if (old) {
        // Already where it was put by hand, and nothing about it is new.
        if (old.parentElement === list && old.outerHTML === row.outerHTML) continue
        if (tick && tickOf(old)?.checked) tick.checked = true
        old.remove()
      }
      put(row, list)
    }
    for (const id of news.gone) document.getElementById(`s-${id}`)?.remove()
    if (news.whole) for (const row of board.querySelectorAll('.board-row')) if (!seen.has(row.id)) row.remove()
    renew(find('[data-part="undo"]'), news.parts.undo)
    const priorities = find('[data-part="priorities"]')
    if (priorities && priorities.textContent !== news.parts.priorities) priorities.textContent = news.parts.priorities
    board.dataset.at = news.at
    if (news.rows.length > 0) find('.empty')?.remove()
    if (focused && document.activeElement === document.body) {
      const again = document.getElementById(focused)
      if (again) tickOf(again)?.focus({ preventScroll: true })
    }
    countTicks()
  }

  let fetching: Promise<void> | null = null
  let more = false
  /** Fetches what is new; what changes meanwhile is fetched right after, and not more often than people can see. */
  function refresh(): Promise<void> {
    if (fetching) {
      more = true
      return fetching
    }
    fetching = fetch(`${address}/changes?since=${board.dataset.at ?? ''}`)
      .then(async (answer) => {
        if (answer.ok) take((await answer.json()) as Changes)
      })
      .catch(() => undefined)
      .finally(() => {
        fetching = null
        if (!more) return
        more = false
        setTimeout(() => void refresh(), 400)
      })
    return fetching
  }

  // --- Doing something

  async function post(action: string, said: URLSearchParams): Promise<boolean> {
    try {
      const answer = await fetch(action, { method: 'POST', body: said, headers: { 'x-oplive-leading': '1' } })
      if (answer.status >= 500) throw new Error('busy')
      if (!answer.ok) {
        const why = answer.headers.get('content-type')?.startsWith('text/plain') ? await answer.text() : ''
        warn((board.dataset.sayFailed ?? '').replace('{w}', why))
      } else warn('')
      // Where it was put at once, and where it is, may be two things: all of it anew.
      if (!answer.ok) board.dataset.at = ''
      await refresh()
      return answer.ok
    } catch {
      warn(board.dataset.sayLost ?? '')
      board.dataset.at = ''
      await refresh()
      return false
    }
  }

  const nameOf = (theme: string) =>
    theme === 'out' ? (board.dataset.out ?? '') : (document.getElementById(`n-${theme}`)?.textContent?.trim() ?? '')

  /** Puts words under a theme: at once on the page, and then for everybody. */
  async function move(rows: readonly HTMLElement[], theme: string): Promise<void> {
    allInOrder()
    const said = new URLSearchParams({ back: 'board', to: theme })
    for (const row of rows) said.append('pick', tickOf(row)?.value ?? '')
    const list = listOf(theme === 'out' ? null : theme, false)
    const focused = rowOf(document.activeElement)
    const next = focused && rows.includes(focused) ? neighbour(focused, rows) : null
    for (const row of rows) {
      const tick = tickOf(row)
      if (tick) {
        tick.checked = false
        tick.value = `${tick.value.split(' ')[0]} ${theme === 'out' ? '-' : theme}`
      }
      if (list) put(row, list)
    }
    countTicks()
    aim(null)
    // With the next frame: the page is laid out once, not twice.
    if (next) requestAnimationFrame(() => tickOf(next)?.focus())
    const done = await post(`${address.replace(/board$/, 'lead/move')}`, said)
    if (done) say(theme === 'out' ? board.dataset.sayOut : (board.dataset.sayMoved ?? '').replace('{t}', nameOf(theme)))
  }
  function neighbour(row: HTMLElement, moved: readonly HTMLElement[]): HTMLElement | null {
    for (const way of ['nextElementSibling', 'previousElementSibling'] as const)
      for (let at = row[way] as HTMLElement | null; at; at = at[way] as HTMLElement | null)
        if (!moved.includes(at) && !at.hidden) return at
    return null
  }

  board.addEventListener('submit', (event) => {
    const form = event.target as HTMLFormElement
    const button = (event as SubmitEvent).submitter as HTMLButtonElement | null
    if (form.dataset.quick === undefined || !button) return
    event.preventDefault()
    const said = new URLSearchParams()
    for (const [name, value] of new FormData(form)) said.append(name, String(value))
    if (button.name) said.append(button.name, button.value)
    if (form !== tools) {
      for (const field of form.querySelectorAll<HTMLInputElement>('input[type="text"]'))
        field.defaultValue = field.value
      void post(form.action, said)
      return
    }
    const action = button.hasAttribute('formaction') ? button.formAction : form.action
    const rows = ticks().flatMap((tick) => rowOf(tick) ?? [])
    if (action.endsWith('/move') && rows.length > 0)
      return void move(rows, said.get('to') ?? said.get('theme') ?? 'out')
    void post(action, said).then((done) => {
      if (!done) return
      for (const tick of ticks()) tick.checked = false
      const name = form.querySelector<HTMLInputElement>('#name')
      if (name && action.endsWith('/theme')) name.value = ''
      countTicks()
    })
  })

  // --- By keys: space ticks, arrows to the side find a theme, Enter puts the ticked words there, Escape lets go

  let target = -1
  const targets = () => [
    ...[...board.querySelectorAll<HTMLElement>('.board-theme')].map(({ dataset }) => dataset.theme ?? ''),
    'out',
  ]
  function aim(theme: string | null): void {
    if (theme === null) target = -1
    for (const section of board.querySelectorAll<HTMLElement>('[data-theme]'))
      section.classList.toggle('aimed', theme !== null && section.dataset.theme === (theme === 'out' ? '' : theme))
  }

  board.addEventListener('change', ({ target: field }) => {
    if (!(field instanceof HTMLInputElement) || field.name !== 'pick') return
    const count = countTicks()
    if (count === 0) aim(null)
    say(count === 0 ? board.dataset.sayDropped : (board.dataset.sayPicked ?? '').replace('22', String(count)))
  })

  board.addEventListener('keydown', (event) => {
    const tick = event.target
    if (!(tick instanceof HTMLInputElement) || tick.name !== 'pick') return
    if (event.ctrlKey || event.altKey || event.metaKey) return
    const row = rowOf(tick)
    if (!row) return
    const { key } = event
    if (key === 'ArrowDown' || key === 'ArrowUp') {
      event.preventDefault()
      const way = key === 'ArrowDown' ? 'nextElementSibling' : 'previousElementSibling'
      let at = row[way] as HTMLElement | null
      while (at?.hidden) at = at[way] as HTMLElement | null
      if (at) tickOf(at)?.focus()
    } else if (key === 'ArrowRight' || key === 'ArrowLeft') {
      event.preventDefault()
      const all = targets()
      target =
        target < 0
          ? key === 'ArrowRight'
            ? 0
            : all.length - 1
          : (target + (key === 'ArrowRight' ? 1 : -1) + all.length) % all.length
      const theme = all[target] ?? 'out'
      aim(theme)
      const count = Math.max(1, ticks().length)
      say(
        (board.dataset.sayTarget ?? '')
          .replace('{t}', nameOf(theme))
          .replace('{a}', String(target + 1))
          .replace('{o}', String(all.length))
          .replace('{c}', String(count)),
      )
    } else if (key === 'Enter') {
      // A form would be sent by Enter: here it puts words where they were aimed.
      event.preventDefault()
      const theme = targets()[target]
      if (theme === undefined) return
      const chosen = ticks().flatMap((one) => rowOf(one) ?? [])
      void move(chosen.length > 0 ? chosen : [row], theme)
    } else if (key === 'Escape') {
      for (const one of ticks()) one.checked = false
      countTicks()
      aim(null)
      say(board.dataset.sayDropped)
    }
  })

  // --- By pointer

  interface Drag {
    rows: HTMLElement[]
    from: HTMLElement
    x: number
    y: number
    ghost: HTMLElement | null
    over: HTMLElement | null
    /** The pointer has moved since the last picture. */
    due: boolean
  }
  let drag: Drag | null = null
  let edge = 0

  function overAt(x: number, y: number): HTMLElement | null {
    return document.elementFromPoint(x, y)?.closest<HTMLElement>('[data-theme]') ?? null
  }
  function lift(now: Drag): void {
    const checked = tickOf(now.from)?.checked
    now.rows = checked ? ticks().flatMap((tick) => rowOf(tick) ?? []) : [now.from]
    now.ghost = now.from.cloneNode(true) as HTMLElement
    now.ghost.removeAttribute('id')
    now.ghost.className = `${now.from.className} board-ghost`
    now.ghost.setAttribute('aria-hidden', 'true')
    for (const field of now.ghost.querySelectorAll('input')) field.remove()
    if (now.rows.length > 1) {
      const count = document.createElement('b')
      count.textContent = String(now.rows.length)
      now.ghost.append(count)
    }
    document.body.append(now.ghost)
  }
  function drop(): void {
    drag?.ghost?.remove()
    drag = null
    edge = 0
    aim(null)
  }
  function scrollOn(): void {
    if (!drag || edge === 0) return
    scrollBy(0, edge)
    requestAnimationFrame(scrollOn)
  }

  board.addEventListener('pointerdown', (event) => {
    const node = event.target as Element
    const row = rowOf(node)
    if (!row || event.button !== 0 || !tickOf(row) || node instanceof HTMLInputElement) return
    // A finger scrolls the page, except on the handle.
    if (event.pointerType !== 'mouse' && !node.classList.contains('board-grip')) return
    drag = { rows: [], from: row, x: event.clientX, y: event.clientY, ghost: null, over: null, due: false }
  })
  // A mouse that drags would mark text all over the board, and each row that is marked has to be laid out.
  board.addEventListener('mousedown', (event) => {
    if (drag) event.preventDefault()
  })
  addEventListener('pointermove', (event) => {
    if (!drag) return
    const { clientX: x, clientY: y } = event
    if (!drag.ghost) {
      if (Math.hypot(x - drag.x, y - drag.y) < 6) return
      lift(drag)
    }
    event.preventDefault()
    drag.x = x
    drag.y = y
    if (drag.due) return
    drag.due = true
    requestAnimationFrame(carried)
  })
  /** Once before each picture, however often the pointer moves. */
  function carried(): void {
    if (!drag) return
    drag.due = false
    const { x, y } = drag
    if (drag.ghost) drag.ghost.style.transform = `translate(${x + 8}px, ${y + 8}px)`
    const over = overAt(x, y)
    if (over !== drag.over) {
      drag.over = over
      aim(over ? over.dataset.theme || 'out' : null)
    }
    const before = edge
    edge = y < 70 ? -14 : y > innerHeight - 70 ? 14 : 0
    if (edge !== 0 && before === 0) requestAnimationFrame(scrollOn)
  }
  addEventListener('pointerup', () => {
    if (drag?.due) carried()
    const done = drag
    drop()
    if (!done?.ghost) return
    // The click that follows a drag ticks nothing.
    const noClick = (event: Event) => event.preventDefault()
    addEventListener('click', noClick, { capture: true, once: true })
    setTimeout(() => removeEventListener('click', noClick, { capture: true }), 50)
    if (done.over) void move(done.rows, done.over.dataset.theme || 'out')
  })
  addEventListener('pointercancel', drop)

  // --- How one looks at it

  for (const link of board.querySelectorAll<HTMLAnchorElement>('[data-look]'))
    link.addEventListener('click', (event) => {
      event.preventDefault()
      const [sort = 'said', kind = 'all'] = (link.dataset.look ?? '').split('.')
      board.dataset.sort = sort
      only = kind === 'all' ? '' : kind
      inOrder()
      // After the page is drawn: the browser keeps the state of every field along with an address.
      const { href } = link
      setTimeout(() => history.replaceState(null, '', href), 300)
      for (const one of board.querySelectorAll<HTMLAnchorElement>('[data-look]')) {
        // Each link keeps the other half of how one looks.
        const url = new URL(one.href)
        const isSort = one.parentElement === link.parentElement
        if (!isSort) {
          const [oneSort = 'said', oneOnly = 'all'] = (one.dataset.look ?? '').split('.')
          const changesSort = one.parentElement === board.querySelector('.board-looks nav')
          const look = changesSort ? [oneSort, kind] : [sort, oneOnly]
          one.dataset.look = look.join('.')
          url.search = new URLSearchParams({
            sort: look[0] ?? 'said',
            ...(look[1] === 'all' ? {} : { kind: look[1] ?? '' }),
          }).toString()
          one.href = url.href
        }
        if (one.dataset.look === `${sort}.${kind}`) one.setAttribute('aria-current', 'true')
        else one.removeAttribute('aria-current')
      }
      const kept = tools?.querySelector<HTMLInputElement>('input[name="look"]')
      if (kept) kept.value = `${sort}.${kind}`
    })

  // --- What others do

  if (live) {
    const version = () => live.querySelector<HTMLElement>('[data-version]')?.dataset.version ?? ''
    let known = version()
    new MutationObserver(() => {
      if (version() === known) return
      known = version()
      void refresh()
    }).observe(live, { childList: true, subtree: true })
  }
  countTicks()
}
