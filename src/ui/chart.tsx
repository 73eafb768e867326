// Shares and talk time as drawings made on the server, each with its words. Only geometry attributes: no style in the page.
import type { Child } from 'hono/jsx'
import type { Lang } from '../i18n/catalogue.ts'
import { words } from './words.ts'

interface ShareBandProps {
  lang: Lang
  /** The share itself, 0-100. Without it only the band is drawn (the bounds case). */
  percent?: number | undefined
  /** The band, 0-100. */
  low: number
  high: number
  /** What is read aloud; else the numbers are said. */
  label?: string | undefined
}

const within = (percent: number) => Math.min(100, Math.max(0, percent))
const at = (percent: number) => `${Math.round(within(percent) * 10) / 10}%`

/** A track from 0 to 100, the band of uncertainty in glow, and the share as a mark in ember. Lengths in em: the font size sets the height. */
export function ShareBand({ lang, percent, low, high, label }: ShareBandProps) {
  const say = words(lang)
  const round = { low: Math.round(low), high: Math.round(high) }
  const text =
    label ??
    (percent === undefined ? say('chart.bounds', round) : say('chart.share', { at: Math.round(percent), ...round }))
  return (
    <svg class="band" role="img" aria-label={text} width="100%" height="1.5em">
      <title>{text}</title>
      <rect class="band-track" x="0" y="0.35em" width="100%" height="0.8em" rx="0.4em" />
      <rect
        class="band-range"
        x={at(low)}
        y="0.35em"
        width={at(within(high) - within(low))}
        height="0.8em"
        rx="0.4em"
      />
      {percent !== undefined &&
        ['band-halo', 'band-mark'].map((name) => (
          <line class={name} x1={at(percent)} x2={at(percent)} y1="0.16em" y2="1.34em" stroke-linecap="round" />
        ))}
    </svg>
  )
}

interface ShareProps {
  lang: Lang
  /** "80 %". Left out when there are too few answers for a percentage. */
  figure?: Child | undefined
  /** "40 af 50 havde medindflydelse på beslutningerne". Never left out. */
  sentence: Child
  /** Drawn and said. Left out together with the figure. */
  band?: { percent?: number | undefined; low: number; high: number } | undefined
  /** A further sentence, such as "Kun 32 af 60 har svaret". */
  note?: Child | undefined
}

/** One share as it may be shown: the figure never stands without its sentence and its band. */
export function Share({ lang, figure, sentence, band, note }: ShareProps) {
  const say = words(lang)
  const round = band && { low: Math.round(band.low), high: Math.round(band.high) }
  return (
    <div class="share">
      {figure !== undefined && <p class="figure">{figure}</p>}
      <p class={figure === undefined ? 'sentence alone' : 'sentence'}>{sentence}</p>
      {band && round && (
        <>
          <ShareBand lang={lang} {...band} />
          <p class="range">{band.percent === undefined ? say('chart.boundsBand', round) : say('chart.band', round)}</p>
        </>
      )}
      {note !== undefined && <p class="note">{note}</p>}
    </div>
  )
}

/** Shares side by side, or under one another when there is no room. */
export function Shares({ children }: { children?: Child }) {
  return <div class="shares">{children}</div>
}

interface TalkBarProps {
  lang: Lang
  /** Minutes in which residents spoke. */
  residents: number
  /** Minutes in which someone from the municipality spoke. */
  municipality: number
}

/** Who filled the room: residents warm, the municipality cool and striped, each with its word and minutes. */
export function TalkBar({ lang, residents, municipality }: TalkBarProps) {
  const say = words(lang)
  const total = residents + municipality
  const share = total > 0 ? (residents / total) * 100 : 0
  const minutes = (count: number) => say('chart.minutes', { count: Math.round(count) })
  const text = say('chart.talk', { residents: Math.round(residents), municipality: Math.round(municipality) })
  return (
    <div class="talk">
      <svg class="talk-bar" role="img" aria-label={text} width="100%" height="2em">
        <title>{text}</title>
        <rect class="talk-residents" x="0" y="0" width={at(share)} height="100%" />
        <rect class="talk-municipality" x={at(share)} width={at(total > 0 ? 100 - share : 0)} height="100%" />
        <line
          class="talk-stripes"
          x1={at(share)}
          x2="100%"
          y1="50%"
          y2="50%"
          stroke-width="2em"
          stroke-dasharray="2 7"
        />
      </svg>
      <p class="talk-words" aria-hidden="true">
        <span class="residents">
          {say('chart.residents')} {minutes(residents)}
        </span>
        <span class="municipality">
          {say('chart.municipality')} {minutes(municipality)}
        </span>
      </p>
    </div>
  )
}

interface RunChartProps {
  /** What is read aloud: what the picture tells, in a sentence. The table beside it tells the rest. */
  label: string
  /** In the order of time. Without a share there is a gap, never a point. Percents from 0 to 100. */
  points: readonly { number: number; at: { percent: number; low: number; high: number } | null }[]
  /** The line in the middle, 0-100. */
  median: number | null
}

/** Room at the left for the words of the scale, in percent of the width. */
const scaleRoom = 13
/** Heights in em: from the top of the picture down to its hundred and its none. */
const [topLine, bottomLine] = [0.7, 10.7]
const down = (percent: number) =>
  `${Math.round((bottomLine - (within(percent) / 100) * (bottomLine - topLine)) * 100) / 100}em`

/** Shares in the order of time: a point with its band for each meeting, and the line in the middle of them. */
export function RunChart({ label, points, median }: RunChartProps) {
  const across = (place: number) => at(scaleRoom + ((place + 0.5) / points.length) * (100 - scaleRoom))
  // Where they are many, every second or third is numbered.
  const every = Math.ceil(points.length / 12)
  const line = points.flatMap((point, place) => (point.at ? [{ place, percent: point.at.percent }] : []))
  return (
    <svg class="run" role="img" aria-label={label} width="100%" height="12.6em">
      <title>{label}</title>
      {[0, 50, 100].map((percent) => (
        <>
          <line class="run-scale" x1={at(scaleRoom)} x2="100%" y1={down(percent)} y2={down(percent)} />
          <text class="run-word" x="0" y={down(percent)} dy="0.35em">
            {percent} %
          </text>
        </>
      ))}
      {points.map(({ number, at: share }, place) => (
        <>
          {share ? (
            <line
              class="run-band"
              x1={across(place)}
              x2={across(place)}
              y1={down(share.high)}
              y2={down(share.low)}
              stroke-linecap="round"
            />
          ) : (
            <line class="run-gap" x1={across(place)} x2={across(place)} y1={down(100)} y2={down(0)} />
          )}
          {(number - 1) % every === 0 && (
            <text class="run-word" x={across(place)} y="12.2em" text-anchor="middle">
              {number}
            </text>
          )}
        </>
      ))}
      {median !== null && <line class="run-median" x1={at(scaleRoom)} x2="100%" y1={down(median)} y2={down(median)} />}
      {line.slice(1).map(({ place, percent }, before) => {
        const from = line[before]
        // No line over a gap: nothing is known between.
        if (!from || place !== from.place + 1) return null
        return (
          <line
            class="run-line"
            x1={across(from.place)}
            x2={across(place)}
            y1={down(from.percent)}
            y2={down(percent)}
          />
        )
      })}
      {line.map(({ place, percent }) => (
        <circle class="run-point" cx={across(place)} cy={down(percent)} r="0.36em" />
      ))}
    </svg>
  )
}
