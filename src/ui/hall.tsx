// What the hall screen shows: the code to answer by, how many have answered, and the three shares, readable from the back row.
import type { Child } from 'hono/jsx'
import type { Lang } from '../i18n/catalogue.ts'
import { Qr } from './qr.tsx'
import { words } from './words.ts'

interface HallProps {
  eyebrow?: Child | undefined
  title: Child
  /** At the right of the heading: "50 af 58 har svaret". */
  aside?: Child | undefined
  /** The code stands in the corner, for whoever comes late. */
  withCode?: boolean | undefined
  children?: Child | undefined
}

/** The frame of the hall screen; brings the page's h1, so the page is `heading={false}`. */
export function Hall({ eyebrow, title, aside, withCode, children }: HallProps) {
  return (
    <div class={withCode ? 'hall hall-with-code' : 'hall'}>
      <header class="hall-head">
        <div>
          {eyebrow !== undefined && <p class="eyebrow">{eyebrow}</p>}
          <h1>{title}</h1>
        </div>
        {aside !== undefined && <p class="hall-aside">{aside}</p>}
      </header>
      {children}
    </div>
  )
}

interface HallCodeProps {
  lang: Lang
  /** What the QR code holds: the whole address. */
  url: string
  /** The short address to type: "oplive.dk". */
  address: string
  /** The six characters. */
  code: string
  /** "23 har svaret", or nothing yet. */
  count?: Child | undefined
}

/** The QR code and the code as large as the hall allows. */
export function HallCode({ lang, url, address, code, count }: HallCodeProps) {
  const say = words(lang)
  return (
    <div class="hall-code">
      <Qr lang={lang} text={url} address={address} />
      <div class="hall-say">
        <p class="hall-scan">{say('hall.scan')}</p>
        <p class="hall-type">
          {say('hall.orType')} <b>{address}</b>
        </p>
        <p class="hall-letters">
          <span class="away">{say('hall.code')} </span>
          <Code code={code} />
        </p>
        {count !== undefined && <div class="hall-count">{count}</div>}
      </div>
    </div>
  )
}

/** A code in two halves, so that it is easy to say and to type; copied and read as one. */
export function Code({ code }: { code: string }) {
  const half = Math.ceil(code.length / 2)
  return (
    <span class="letters">
      <span>{code.slice(0, half)}</span>
      <span>{code.slice(half)}</span>
    </span>
  )
}

/** How many have answered: one large number and its word. */
export function HallCount({ lang, count, of }: { lang: Lang; count: number; of?: number | undefined }) {
  const say = words(lang)
  return (
    <p class="count">
      <b>{of === undefined ? count : say('hall.of', { count, of })}</b> {say('hall.answered', { count })}
    </p>
  )
}
