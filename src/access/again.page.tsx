// What somebody sent when they were not in any more, or had first to show who they are: it waits in the page itself, and is sent again from there.
import type { Context } from 'hono'
import { largestForm } from '../door.ts'
import { Button } from '../ui/forms.tsx'
import { Page, renderPage } from '../ui/page.tsx'
import { doorstep } from '../ui/whose-room.tsx'
import { provenPath } from './prove.page.tsx'
import type { Visited } from './visit.ts'
import { withWay } from './way.ts'
import { words } from './ways.ts'

type Pairs = [name: string, value: string][]

/** What was posted, as it was typed; null when it was no ordinary form, or is too large to be held. */
async function postedIn(c: Context<Visited>): Promise<Pairs | null> {
  const { method } = c.req
  const isForm = c.req.header('content-type')?.startsWith('application/x-www-form-urlencoded')
  if (method !== 'POST' || !isForm || !(Number(c.req.header('content-length') ?? 0) <= largestForm)) return null
  // A page may have read it already, in either way.
  const read = await (c.req.bodyCache.formData ?? null)
  if (read instanceof FormData) return [...read].filter((pair): pair is [string, string] => typeof pair[1] === 'string')
  return [...new URLSearchParams(await c.req.text())]
}

/** Words that somebody wrote, as against a choice, a number or a token that goes along. */
const isWritten = (value: string): boolean => value.trim().length > 2 && !/^[\w-]*$/.test(value.trim())

/** The page that holds what was posted until it can be sent again; null when nothing was posted that it could hold. */
export async function againPage(c: Context<Visited>, code: 'sign-in.needed' | 'proof.needed'): Promise<string | null> {
  const pairs = await postedIn(c).catch(() => null)
  if (!pairs) return null
  const { lang } = c.get('visit')
  const say = words(lang)
  const what = code === 'sign-in.needed' ? 'in' : 'prove'
  const href = code === 'sign-in.needed' ? '/in' : withWay('/prove', provenPath)
  const { pathname, search } = new URL(c.req.url)
  const written = pairs.map(([, value]) => value).filter(isWritten)
  return renderPage(
    <Page
      room={doorstep}
      lang={lang}
      kind="phone"
      title={say(`again.${what}`)}
      lead={say(`again.${what}Lead`)}
      robots="noindex"
    >
      <p>
        <a class="button" href={href} target="_blank" rel="noopener">
          {say(`again.${what}First`)}
        </a>
      </p>
      <p>{say('again.then')}</p>
      <form method="post" action={`${pathname}${search}`}>
        {pairs.map(([name, value]) => (
          <input type="hidden" name={name} value={value} />
        ))}
        <Button kind="quiet">{say('again.send')}</Button>
      </form>
      {written.length > 0 && (
        <section class="typed-before">
          <h2>{say('again.typed')}</h2>
          {written.map((value) => (
            <blockquote>
              <bdi>{value}</bdi>
            </blockquote>
          ))}
        </section>
      )}
    </Page>,
  )
}
