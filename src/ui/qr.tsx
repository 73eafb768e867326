// A QR code as one crisp path in the page, with the quiet zone a camera needs.
import { encode } from 'uqr'
import type { Lang } from '../i18n/catalogue.ts'
import { words } from './words.ts'

interface QrProps {
  lang: Lang
  /** The whole address, with https://. */
  text: string
  /** What to call the address in words; else the address without its scheme. */
  address?: string | undefined
  /** M reads through a crease; Q through a spot of coffee. */
  ecc?: 'L' | 'M' | 'Q' | 'H' | undefined
}

/** Always dark on white, in the dark theme too: many readers do not read a light code on dark. */
export function Qr({ lang, text, address, ecc }: QrProps) {
  const { data, size } = encode(text, { ecc: ecc ?? 'M', border: 4 })
  const title = words(lang)('qr.leads', { address: address ?? text.replace(/^https?:\/\//, '') })
  return (
    <svg class="qr" viewBox={`0 0 ${size} ${size}`} role="img" aria-label={title} shape-rendering="crispEdges">
      <title>{title}</title>
      <path fill="#fff" d={`M0 0h${size}v${size}H0z`} />
      <path fill="#000" d={darkRuns(data)} />
    </svg>
  )
}

/** One rectangle for each run of dark modules in a row. */
function darkRuns(data: readonly (readonly boolean[])[]): string {
  let path = ''
  data.forEach((row, y) => {
    let start = -1
    for (let x = 0; x <= row.length; x++) {
      const dark = row[x] === true
      if (dark && start < 0) start = x
      if (!dark && start >= 0) {
        path += `M${start} ${y}h${x - start}v1h-${x - start}z`
        start = -1
      }
    }
  })
  return path
}
