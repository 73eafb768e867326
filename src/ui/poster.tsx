// What is printed: the poster with the code, and paper cards, four on an A4.
import type { Child } from 'hono/jsx'
import type { Lang } from '../i18n/catalogue.ts'
import { Code } from './hall.tsx'
import { Qr } from './qr.tsx'
import { words } from './words.ts'

interface PosterProps {
  lang: Lang
  eyebrow?: Child | undefined
  title: Child
  /** One sentence on what it is and what is promised. */
  lead?: Child | undefined
  url: string
  /** The short address, as it stands on the yellow line and is typed. */
  address: string
  code: string
  /** At the foot: who invites, when it closes. */
  children?: Child | undefined
}

/** A poster for the door, A4 or A3, in black and white too: the code, a picture of the yellow line, and the code to type. */
export function Poster({ lang, eyebrow, title, lead, url, address, code, children }: PosterProps) {
  const say = words(lang)
  return (
    <article class="poster">
      <header>
        {eyebrow !== undefined && <p class="eyebrow">{eyebrow}</p>}
        <h1>{title}</h1>
        {lead !== undefined && <p class="lead">{lead}</p>}
      </header>
      <Qr lang={lang} text={url} address={address} ecc="Q" />
      <div class="ways">
        <ol>
          <li>{say('poster.point')}</li>
          <li>{say('poster.tap')}</li>
        </ol>
        <YellowLine address={address} />
        <p class="or-type">
          {say('poster.orType')} <b>{address}</b> <Code code={code} />
        </p>
      </div>
      {children !== undefined && <footer>{children}</footer>}
    </article>
  )
}

/** A phone that has seen the code: many people do not know that the yellow line is to be pressed. Reads in black and white too. */
function YellowLine({ address }: { address: string }) {
  const line = address.length > 22 ? `${address.slice(0, 21)}…` : address
  return (
    <svg class="yellow-line" viewBox="0 0 240 168" aria-hidden="true">
      <g fill="none" stroke="#26221c" stroke-width="4" stroke-linecap="round">
        <path d="M22 166V28a22 22 0 0 1 22-22h152a22 22 0 0 1 22 22v138" />
        <path d="M104 20h32" />
        <path d="M78 54V42h12M162 54V42h-12M78 92v12h12M162 92v12h-12" stroke="#8d8270" />
      </g>
      <path
        fill="#26221c"
        d="M90 54h16v16H90zm4 4v8h8v-8zM134 54h16v16h-16zm4 4v8h8v-8zM90 80h16v16H90zm4 4v8h8v-8zM112 54h6v6h-6zM122 60h6v10h-6zM112 74h14v6h-14zM134 76h6v6h-6zM144 84h6v12h-6zM114 86h8v10h-8zM130 90h8v6h-8z"
      />
      <rect x="38" y="118" width="164" height="32" rx="16" fill="#ffd84a" stroke="#26221c" stroke-width="2" />
      <text x="120" y="139" text-anchor="middle" font-size="14" font-weight="650" fill="#26221c">
        {line}
      </text>
    </svg>
  )
}

/** The same card four times on an A4, without numbers, to be cut. */
export function FourCards({ children }: { children: Child }) {
  return (
    <div class="four">
      {[1, 2, 3, 4].map(() => (
        <section class="paper-card">{children}</section>
      ))}
    </div>
  )
}

/** A question with boxes to tick on paper. */
export function PaperQuestion({ question, answers }: { question: Child; answers: readonly Child[] }) {
  return (
    <div class="paper-question">
      <p>{question}</p>
      <ul>
        {answers.map((answer) => (
          <li>{answer}</li>
        ))}
      </ul>
    </div>
  )
}

/** Lines to write on. */
export function PaperLines({ question, lines }: { question: Child; lines: number }) {
  return (
    <div class="paper-question">
      <p>{question}</p>
      <div class="paper-lines">
        {Array.from({ length: lines }, () => (
          <i />
        ))}
      </div>
    </div>
  )
}

/** A box for a number, beside its question. */
export function PaperNumber({ question }: { question: Child }) {
  return (
    <div class="paper-question paper-number">
      <p>{question}</p>
      <i />
    </div>
  )
}

/** What to know before printing; not printed itself. `title` is the h1 of a page whose sheets have none. */
export function PrintTools({ lang, title, children }: { lang: Lang; title?: Child; children?: Child }) {
  return (
    <aside class="print-tools">
      {title !== undefined && <h1>{title}</h1>}
      <p>{words(lang)('sheet.print')}</p>
      {children}
    </aside>
  )
}
