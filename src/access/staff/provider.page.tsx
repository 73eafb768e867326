// The municipality's own sign-in, for the operator: our file to hand over, theirs to put in, and what is read in it.
import { X509Certificate } from 'node:crypto'
import { type Context, Hono } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import { notKept } from '../../door.ts'
import type { Lang } from '../../i18n/catalogue.ts'
import { refuse } from '../../refusal.ts'
import { Button, ButtonLink, type Problem, problemOf, TextArea } from '../../ui/forms.tsx'
import { Notice } from '../../ui/notices.tsx'
import { Page, renderPage } from '../../ui/page.tsx'
import { Facts, Part } from '../../ui/parts.tsx'
import { municipalRoom } from '../../ui/whose-room.tsx'
import { provenPath } from '../prove.page.tsx'
import { proveFirst } from '../prove-first.ts'
import { hasProved, mustHaveProved, type SignedIn } from '../session.deeds.ts'
import { personOf, type Visit, type Visited } from '../visit.ts'
import { withWay } from '../way.ts'
import { sayDay } from '../way-days.ts'
import { words as waysWords } from '../ways.ts'
import { type IdentityProvider, longestMetadata } from './metadata.ts'
import { putInMetadata, takeOutMetadata } from './staff.deeds.ts'
import type { StaffDoor } from './staff-door.ts'
import { words } from './words.ts'

const path = '/staff/provider'
/** A file, and perhaps the same text pasted, urlencoded or as parts of a form. */
const fits = bodyLimit({ maxSize: longestMetadata * 4, onError: () => refuse('too-large') })

/** Whoever is put in here can give roles to everybody: the operator shows anew who they are. */
function operatorIn(c: Context<Visited>): SignedIn {
  const person = personOf(c)
  return person.role === 'operator' ? person : refuse('not-found')
}

export function providerPages(door: StaffDoor): Hono<Visited> {
  return new Hono<Visited>()
    .get(path, async (c) => {
      const person = operatorIn(c)
      if (!hasProved(person)) return proveFirst(c, path)
      return c.html(await providerPage(c.get('visit'), person, door, { done: c.req.query('done') }), 200, notKept)
    })
    .post(path, fits, async (c) => {
      const person = operatorIn(c)
      const { file, text } = await c.req.parseBody()
      const brought = file instanceof File && file.size > 0 ? await file.text() : ''
      const said = brought || (typeof text === 'string' ? text : '')
      // A file that was chosen is not kept by a browser, so what stood in it waits in the page.
      if (!hasProved(person))
        return c.html(await providerPage(c.get('visit'), person, door, { said, unproved: true }), 403, notKept)
      const problem = said.trim() === '' ? 'missing' : await putInMetadata(person, said)
      if (problem === null) return c.redirect(`${path}?done=putIn`, 303)
      const message = words(c.get('visit').lang)(`provider.problem.${problem}`)
      const again = { said: said.slice(0, longestMetadata), problems: [{ field: brought ? 'file' : 'text', message }] }
      return c.html(await providerPage(c.get('visit'), person, door, again), 400, notKept)
    })
    .post(`${path}/out`, fits, async (c) => {
      const person = operatorIn(c)
      mustHaveProved(person)
      await takeOutMetadata(person)
      return c.redirect(`${path}?done=takenOut`, 303)
    })
}

interface Shown {
  done?: string | undefined
  /** They must first show anew who they are, in another window. */
  unproved?: boolean
  said?: string
  problems?: Problem[]
}

async function providerPage(visit: Visit, person: SignedIn, door: StaffDoor, shown: Shown): Promise<string> {
  const { lang } = visit
  const say = words(lang)
  const [ours, theirs] = [await door.ourSaml(), await door.samlProvider()]
  const { done, problems } = shown
  return renderPage(
    <Page
      room={municipalRoom('operators')}
      lang={lang}
      kind="page"
      path={path}
      languages={{ da: `${path}?lang=da`, en: `${path}?lang=en` }}
      person={{ name: person.name, href: '/me' }}
      title={say('provider.title')}
      lead={say('provider.lead')}
      problems={problems}
      robots="noindex"
    >
      {(done === 'putIn' || done === 'takenOut') && <Notice lang={lang} kind="ok" title={say(`provider.${done}`)} />}
      {shown.unproved && (
        <Notice lang={lang} kind="warn" title={waysWords(lang)('again.prove')}>
          <p>{waysWords(lang)('again.proveLead')}</p>
          <p>
            <a href={withWay('/prove', provenPath)} target="_blank" rel="noopener">
              {waysWords(lang)('again.proveFirst')}
            </a>
          </p>
        </Notice>
      )}
      {!door.origin && <Notice lang={lang} kind="warn" title={say('provider.noOrigin')} />}
      {ours && (
        <Part id="ours" title={say('provider.ours')}>
          <p>{say('provider.oursWhat')}</p>
          <p>
            <ButtonLink href="/saml/metadata" download="oplive-metadata.xml">
              {say('provider.oursDo')}
            </ButtonLink>
          </p>
          <Facts
            facts={[
              [say('provider.oursName'), ours.entityId],
              [say('provider.oursKey'), <Print certificate={ours.pair.certificate} />],
              [say('provider.oursUntil'), dayOf(ours.pair.certificate, visit)],
            ]}
          />
        </Part>
      )}
      <Part id="theirs" title={say('provider.theirs')}>
        {theirs ? <Theirs provider={theirs.provider} visit={visit} /> : <p>{say('provider.theirsNone')}</p>}
        {theirs?.from === 'file' ? (
          <p>{say('provider.theirsFile')}</p>
        ) : (
          <PutIn lang={lang} shown={shown} replacing={theirs !== null} />
        )}
      </Part>
      <Part id="oidc" title={say('provider.oidc')}>
        <p>{say(door.oidcIssuer ? 'provider.oidcOn' : 'provider.oidcOff')}</p>
        {door.oidcIssuer && <p>{door.oidcIssuer}</p>}
      </Part>
    </Page>,
  )
}

const dayOf = (certificate: X509Certificate, { lang, house }: Visit): string =>
  sayDay(certificate.validToDate.toISOString().slice(0, 10), lang, house.clock.now())

/** The whole print, in groups that can be read aloud. */
const Print = ({ certificate }: { certificate: X509Certificate }) => (
  <code>
    {certificate.fingerprint256
      .replaceAll(':', '')
      .match(/.{1,4}/g)
      ?.join(' ')}
  </code>
)

function Theirs({ provider, visit }: { provider: IdentityProvider; visit: Visit }) {
  const say = words(visit.lang)
  const keys = provider.certificates.map((pem) => new X509Certificate(pem))
  return (
    <div class="stack">
      <h3>{say('provider.theirsNow')}</h3>
      <Facts
        facts={[
          [say('provider.name'), provider.entityId],
          [say('provider.signIn'), provider.signInAt],
          [say('provider.signOut'), provider.signOutAt?.at ?? say('provider.noSignOut')],
          [
            say('provider.keys'),
            keys.map((certificate) => (
              <p>
                <Print certificate={certificate} /> {say('provider.until', { day: dayOf(certificate, visit) })}
              </p>
            )),
          ],
        ]}
      />
      <p>{say('provider.compare')}</p>
    </div>
  )
}

function PutIn({ lang, shown, replacing }: { lang: Lang; shown: Shown; replacing: boolean }) {
  const say = words(lang)
  const wrong = problemOf(shown.problems, 'file')
  return (
    <>
      <p>{say('provider.trust')}</p>
      <form method="post" action={path} enctype="multipart/form-data" novalidate>
        <div class={wrong ? 'field mend' : 'field'}>
          <label for="file">{say('provider.file')}</label>
          {wrong && (
            <p class="wrong" id="file-error">
              {wrong}
            </p>
          )}
          <input
            type="file"
            id="file"
            name="file"
            accept=".xml,application/xml,text/xml,application/samlmetadata+xml"
            aria-invalid={wrong ? 'true' : undefined}
            aria-describedby={wrong ? 'file-error' : undefined}
          />
        </div>
        <TextArea
          lang={lang}
          name="text"
          label={say('provider.text')}
          rows={6}
          value={shown.said}
          error={problemOf(shown.problems, 'text')}
        />
        <Button>{say(replacing ? 'provider.replace' : 'provider.send')}</Button>
      </form>
      {replacing && (
        <form method="post" action={`${path}/out`}>
          <p>{say('provider.takeOutWhat')}</p>
          <Button kind="danger">{say('provider.takeOut')}</Button>
        </form>
      )}
    </>
  )
}
