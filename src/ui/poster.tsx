// What is printed: the poster with the code, and paper cards, four on an A4.
import type { Child } from 'hono/jsx'
import type { Lang } from '../i18n/catalogue.ts'
import { Code } from './hall.tsx'
import { Qr } from './qr.tsx'
import { words } from './words.ts'

/** How large it is printed. `eight`: eight small ones on an A4, for doors, tables and bags. */
export const posterSizes = ['a3', 'a4', 'a5', 'eight'] as const
export type PosterSize = (typeof posterSizes)[number]

interface PosterProps {
  lang: Lang
  /** The same in a second language under it. */
  also?: Lang | undefined
  size?: Exclude<PosterSize, 'eight'> | undefined
  eyebrow?: Child | undefined
  title: Child
  /** How many letters the title has: a long one is set smaller, so that all stays on one sheet. */
  titleLength?: number | undefined
  /** There is much text besides, too. */
  crowded?: boolean | undefined
  /** When and where, or what is promised. */
  lead?: Child | undefined
  url: string
  /** The short address, as it stands on the yellow line and is typed. */
  address: string
  code: string
  /** The code letter by letter, as it is said on the telephone, in each language. */
  spelled?: Partial<Record<Lang, string>> | undefined
  /** At the foot: who invites, what the code is good for. */
  children?: Child | undefined
}

const lengthClass = (length: number | undefined): string =>
  (length ?? 0) > 110 ? 'longest' : (length ?? 0) > 60 ? 'longer' : (length ?? 0) > 28 ? 'long' : ''
const classes = (...names: (string | false | undefined)[]) => names.filter(Boolean).join(' ')

/** A poster for the door, in black and white too: the code, a picture of the yellow line, and the code to type and to say. */
export function Poster(p: PosterProps) {
  const { lang, also, size = 'a4', eyebrow, title, lead, url, address, code, spelled, children } = p
  return (
    <article
      class={classes('poster', size, lengthClass(p.titleLength), also && 'both', p.crowded && 'crowded')}
      lang={lang}
    >
      <header>
        {eyebrow !== undefined && <p class="eyebrow">{eyebrow}</p>}
        <h1>{title}</h1>
        {lead !== undefined && <div class="lead">{lead}</div>}
      </header>
      <Qr lang={lang} text={url} address={address} ecc="Q" />
      <div class="ways">
        <ol>
          <li>
            <Said lang={lang} also={also} word="poster.point" />
          </li>
          <li>
            <Said lang={lang} also={also} word="poster.tap" />
          </li>
        </ol>
        <YellowLine address={address} />
        <div class="or-type">
          <Said lang={lang} also={also} word="poster.orType" /> <b>{address}</b> <Code code={code} />
          {spelled?.[lang] && <small class="spelled">{spelled[lang]}</small>}
          {also && spelled?.[also] && (
            <small class="spelled" lang={also}>
              {spelled[also]}
            </small>
          )}
        </div>
      </div>
      {children !== undefined && <footer>{children}</footer>}
    </article>
  )
}

/** A word of the poster, and the same in the second language. */
function Said({
  lang,
  also,
  word,
}: {
  lang: Lang
  also: Lang | undefined
  word: Parameters<ReturnType<typeof words>>[0]
}) {
  return (
    <>
      {words(lang)(word)}
      {also && (
        <span class="also" lang={also}>
          {words(also)(word)}
        </span>
      )}
    </>
  )
}

/** Eight small cards on an A4, all alike, to be cut: the code, the yellow line, and what it is about in a few words. */
export function EightCards(p: PosterProps) {
  const { lang, also, eyebrow, title, lead, url, address, code, spelled } = p
  return (
    <div class="eight" lang={lang}>
      {Array.from({ length: 8 }, () => (
        <section class={classes('door-card', lengthClass(p.titleLength), p.crowded && 'crowded')}>
          <div>
            <Qr lang={lang} text={url} address={address} ecc="Q" />
            <div class="card-tap">
              <YellowLine address={address} />
              <ol>
                <li>
                  <Said lang={lang} also={also} word="poster.point" />
                </li>
                <li>
                  <Said lang={lang} also={also} word="poster.tap" />
                </li>
              </ol>
            </div>
          </div>
          <div>
            {eyebrow !== undefined && <p class="eyebrow">{eyebrow}</p>}
            <h2>{title}</h2>
            {lead !== undefined && <div class="lead">{lead}</div>}
            <p class="card-type">
              <Said lang={lang} also={undefined} word="poster.orType" /> <b>{address}</b> <Code code={code} />
              {spelled?.[lang] && <small class="spelled">{spelled[lang]}</small>}
            </p>
          </div>
        </section>
      ))}
    </div>
  )
}

/** A phone that has seen the code: many people do not know that the yellow line is to be pressed. Reads in black and white too. */
export function YellowLine({ address }: { address: string }) {
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

interface PrintToolsProps {
  lang: Lang
  /** The h1 of a page whose sheets have none. */
  title?: Child | undefined
  /** The paper in the printer. */
  paper?: string | undefined
  children?: Child | undefined
}

/** What to know before printing; not printed itself. */
export function PrintTools({ lang, title, paper, children }: PrintToolsProps) {
  return (
    <aside class="print-tools">
      {title !== undefined && <h1>{title}</h1>}
      <p>{words(lang)('sheet.print', { paper: paper ?? 'A4' })}</p>
      {children}
    </aside>
  )
}
