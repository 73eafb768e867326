// What one of two shows or hands the other: a link to copy, a picture for the camera, and a sheet of paper.
import type { Child } from 'hono/jsx'
import type { Visit } from '../access/visit.ts'
import { Page, renderPage } from '../ui/page.tsx'
import { PrintTools } from '../ui/poster.tsx'
import { Qr } from '../ui/qr.tsx'
import type { Room } from '../ui/whose-room.tsx'

/** The address as it is read aloud: `oplive.example.dk`. */
export const hostOf = ({ origin }: Pick<Visit, 'origin'>): string => origin.replace(/^https?:\/\//, '')

export const Scan = ({ visit, link }: { visit: Visit; link: string }) => (
  <div class="scan">
    <Qr lang={visit.lang} text={link} address={hostOf(visit)} />
  </div>
)

export const LinkToCopy = ({ link, label }: { link: string; label: string }) => (
  <p class="field">
    <input class="wide" readonly value={link} aria-label={label} />
  </p>
)

interface SheetProps {
  visit: Visit
  room: Room
  title: string
  /** What to do with it, above the paper and not on it. */
  how: Child
  paper: Child
}

export const paperPage = ({ visit: { lang }, room, title, how, paper }: SheetProps): string =>
  renderPage(
    <Page room={room} lang={lang} kind="sheet" title={title} heading={false} robots="noindex">
      <PrintTools lang={lang} title={title}>
        {how}
      </PrintTools>
      {paper}
    </Page>,
  )
