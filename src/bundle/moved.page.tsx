// The one page that answers for a place that has moved: where it lives now.
import type { Lang } from '../i18n/catalogue.ts'
import { ButtonLink } from '../ui/forms.tsx'
import { Page, renderPage } from '../ui/page.tsx'
import { doorstep } from '../ui/whose-room.tsx'
import type { NewHome } from './let-go.deeds.ts'
import { words } from './words.ts'

export function movedPage(lang: Lang, { name, href }: NewHome): string {
  const say = words(lang)
  return renderPage(
    <Page
      room={doorstep}
      lang={lang}
      kind="phone"
      title={say('moved.title', { place: name })}
      lead={say('moved.lead', { host: new URL(href).host })}
      robots="noindex"
    >
      <p>{say('moved.kept')}</p>
      <p>
        <ButtonLink href={href}>{say('moved.go')}</ButtonLink>
      </p>
    </Page>,
  )
}
