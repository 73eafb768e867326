// A session that is about to end, said on every page of the visit until it has: what to do now, so that nothing is lost.
import { AsyncLocalStorage } from 'node:async_hooks'
import type { Lang } from '../i18n/catalogue.ts'
import { Notice } from './notices.tsx'
import { words } from './words.ts'

export interface Ending {
  minutes: number
  /** Where one signs in again. */
  href: string
}

const ending = new AsyncLocalStorage<Ending>()

/** Does the work of a visit; with an ending, each page that is made in it says so. */
export const whileEnding = <T,>(soon: Ending | null, work: () => Promise<T>): Promise<T> =>
  soon ? ending.run(soon, work) : work()

/** Nothing, unless the session of this visit is about to end. */
export function EndingNotice({ lang }: { lang: Lang }) {
  const soon = ending.getStore()
  if (!soon) return null
  const say = words(lang)
  return (
    <Notice lang={lang} kind="warn" title={say('ending.title', { count: soon.minutes })}>
      <p>{say('ending.what')}</p>
      <p>
        <a href={soon.href} target="_blank" rel="noopener">
          {say('ending.do')}
        </a>
      </p>
    </Notice>
  )
}
