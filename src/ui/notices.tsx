// What the page tells without being asked: that something went well, that nothing is here yet, that answers wait for a connection.
import type { Child } from 'hono/jsx'
import type { Lang } from '../i18n/catalogue.ts'
import { words } from './words.ts'

type NoticeKind = 'info' | 'ok' | 'warn' | 'error'

interface NoticeProps {
  lang: Lang
  kind: NoticeKind
  /** A few words; without them the kind is said: "Godt at vide". */
  title?: Child | undefined
  /** Read aloud at once when it arrives live. */
  live?: boolean | undefined
  children?: Child | undefined
}

/** A message with a sign, a word and a bar, so that the colour is never alone. */
export function Notice({ lang, kind, title, live, children }: NoticeProps) {
  return (
    <div class={`notice ${kind}`} role={live ? (kind === 'error' ? 'alert' : 'status') : undefined}>
      <p class="notice-title">{title ?? words(lang)(`notice.${kind}`)}</p>
      {children !== undefined && <div class="notice-text">{children}</div>}
    </div>
  )
}

interface EmptyStateProps {
  /** What is not here yet, as a plain sentence. */
  title: Child
  /** What to do about it. */
  children?: Child | undefined
  /** One button or link. */
  action?: Child | undefined
}

/** Where a list would stand: what is missing, and the first thing to do. */
export function EmptyState({ title, children, action }: EmptyStateProps) {
  return (
    <div class="empty">
      <p class="question">{title}</p>
      {children !== undefined && <p>{children}</p>}
      {action && <div class="actions">{action}</div>}
    </div>
  )
}

interface WaitingProps {
  lang: Lang
  count: number
  /** The button that deletes them; the outbox brings it, for only a script can delete. */
  action?: Child | undefined
}

/** Answers that lie on this phone until it has a connection. Nothing is shown when none wait. */
export function Waiting({ lang, count, action }: WaitingProps) {
  const say = words(lang)
  if (count === 0) return null
  return (
    <div class="notice warn waiting" role="status">
      <p class="notice-title">{say('waiting.count', { count })}</p>
      <div class="notice-text">
        <p>{say('waiting.how', { count })}</p>
        {action}
      </div>
    </div>
  )
}
