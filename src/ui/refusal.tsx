// A refusal as a page: what happened, what is safe, and what to do.
import { catalogue, type Lang } from '../i18n/catalogue.ts'
import type { RefusalCode } from '../refusal.ts'
import { ButtonLink } from './forms.tsx'
import { Page, renderPage } from './page.tsx'
import da from './refusal.da.json' with { type: 'json' }
import en from './refusal.en.json' with { type: 'json' }
import { doorstep } from './whose-room.tsx'

const words = catalogue(da, en)

export interface Way {
  href: string
  /** Left out where the words of the refusal say it. */
  label?: string
}

/** `on` leads on, where there is a better place than the front page. */
export function refusalPage(lang: Lang, code: RefusalCode, on?: Way): string {
  const say = words(lang)
  const label = on ? (on.label ?? say(`${code}.on` as Parameters<typeof say>[0])) : say('home')
  return renderPage(
    <Page
      room={doorstep}
      lang={lang}
      kind="phone"
      title={say(`${code}.title`)}
      lead={say(`${code}.what`)}
      robots="noindex"
    >
      <p>
        <ButtonLink href={on?.href ?? '/'}>{label}</ButtonLink>
      </p>
    </Page>,
  )
}
