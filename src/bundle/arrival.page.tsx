// Taking a community in, as pages for the one who keeps the server: the bundle is looked through first, and taken in with a second click.
import type { Visit } from '../access/visit.ts'
import { usualTimeZone } from '../communities/municipality.ts'
import { frame } from '../communities/place-frame.ts'
import { sayDate, sayDayAndTime } from '../communities/times.ts'
import { Actions, Button, ButtonLink, Field, type Problem, problemOf, Tick } from '../ui/forms.tsx'
import { Page, renderPage } from '../ui/page.tsx'
import { Facts, Part, Sheet, Table } from '../ui/parts.tsx'
import { municipalRoom } from '../ui/whose-room.tsx'
import type { DoorSeen } from './arrival.deeds.ts'
import type { Waiting } from './arrivals.ts'
import type { BundleProblem, Fault } from './problem.ts'
import { FileField, own, Press, Refused, Signs } from './said.tsx'
import { mostBytes } from './upload.ts'
import { words } from './words.ts'

export const arrivalPath = '/operator/move-in'
export const mostMegabytes = mostBytes / 1_000_000

export interface DoorAgain {
  problems?: Problem[]
  refused?: BundleProblem
  /** The passphrase as it was typed: only the file has to be chosen again. */
  passphrase?: string
}

export function arrivalDoorPage(visit: Visit, seen: DoorSeen, came: string | null, again: DoorAgain = {}): string {
  const { lang } = visit
  const say = words(lang)
  const { problems, refused } = again
  const new_ = seen.came.find(({ slug }) => slug === came)
  return renderPage(
    <Page
      {...frame(visit, arrivalPath, municipalRoom('operators'))}
      title={say('arrive.title')}
      lead={say('arrive.lead')}
      problems={problems}
      robots="noindex"
    >
      {refused && <Refused lang={lang} fault={refused.fault} where={refused.where} />}
      {new_ && (
        <Sheet title={own(say('arrive.cameTitle', { name: new_.name }))}>
          <p>{say('arrive.cameWhat')}</p>
          <Signs title={say('arrive.ownSigns')} fingerprint={seen.fingerprint} />
          <p>{say('arrive.ownAloud')}</p>
          <Actions>
            <ButtonLink href={receiptPath(new_.slug)}>{say('arrive.receiptGet')}</ButtonLink>
          </Actions>
        </Sheet>
      )}
      <form method="post" action={arrivalPath} enctype="multipart/form-data" novalidate>
        <Field
          lang={lang}
          name="passphrase"
          label={say('arrive.passphrase')}
          hint={say('arrive.passphraseHint')}
          optional
          value={again.passphrase}
        />
        <FileField
          name="file"
          label={say('arrive.file')}
          hint={say('arrive.fileHint', { most: mostMegabytes })}
          accept=".age,.tar"
          error={problemOf(problems, 'file')}
        />
        <Button kind={new_ ? 'quiet' : 'primary'}>{say('arrive.check')}</Button>
      </form>
      <Part id="came" title={say('arrive.cameAll')}>
        {seen.came.length === 0 ? (
          <p>{say('arrive.cameNone')}</p>
        ) : (
          <>
            <Table
              caption={say('arrive.cameAll')}
              quiet
              columns={[say('arrive.place'), say('arrive.from'), say('arrive.when'), say('arrive.receipt')]}
              rows={seen.came.map((one) => [
                <a href={`/c/${one.slug}`}>{own(one.name)}</a>,
                own(one.from),
                sayDate(one.takenAt.toISOString().slice(0, 10), lang),
                <a href={receiptPath(one.slug)}>{say('arrive.receiptGet')}</a>,
              ])}
            />
            {!new_ && (
              <>
                <Signs title={say('arrive.ownSigns')} fingerprint={seen.fingerprint} />
                <p>{say('arrive.ownAloud')}</p>
              </>
            )}
          </>
        )}
      </Part>
      <p>
        <a href="/operator">{say('arrive.back')}</a>
      </p>
    </Page>,
  )
}

const receiptPath = (slug: string): string => `${arrivalPath}/receipt/${slug}`

export interface ArrivalAgain {
  problems?: Problem[]
  slug?: string
  fault?: { fault: Fault; where: string }
}

export function arrivalPage(visit: Visit, waiting: Waiting, again: ArrivalAgain = {}): string {
  const { lang } = visit
  const say = words(lang)
  const { manifest, fingerprint, slug } = waiting
  const path = `${arrivalPath}/${waiting.id}`
  const rowsOf = (table: string) => manifest.tables.find((one) => one.table === table)?.rows ?? 0
  const fault = again.fault ?? waiting.fault
  const number = (n: number) => n.toLocaleString(lang === 'da' ? 'da-DK' : 'en-GB')
  return renderPage(
    <Page
      {...frame(visit, path, municipalRoom('operators'))}
      title={say('arrive.checkedTitle', { name: manifest.community.name, from: manifest.from })}
      heading={own(say('arrive.checkedTitle', { name: manifest.community.name, from: manifest.from }))}
      lead={say('arrive.checkedLead', { day: sayDayAndTime(new Date(manifest.madeAt), usualTimeZone, lang) })}
      problems={again.problems}
      robots="noindex"
    >
      {fault && <Refused lang={lang} fault={fault.fault} where={fault.where} />}
      <Part id="in" title={say('arrive.inIt')}>
        <Facts
          facts={[
            [say('arrive.people'), number(rowsOf('community.person'))],
            [say('arrive.meetings'), number(rowsOf('community.meeting'))],
            [say('arrive.groups'), number(rowsOf('community.association'))],
            [say('arrive.cards'), number(rowsOf('access.card'))],
            ...(waiting.cardsLeft > 0 ? [[say('arrive.cardsLeft'), number(waiting.cardsLeft)] as const] : []),
            ...(waiting.wereHere > 0 ? [[say('arrive.wereHere'), number(waiting.wereHere)] as const] : []),
            [say('arrive.rows'), number(manifest.tables.reduce((all, { rows }) => all + rows, 0))],
          ]}
        />
      </Part>
      {waiting.fault ? (
        <Actions>
          <ButtonLink href={arrivalPath}>{say('arrive.again')}</ButtonLink>
        </Actions>
      ) : (
        <>
          <Part id="whose" title={say('arrive.whose')}>
            <p>{say('arrive.aloud')}</p>
            <Signs title={say('arrive.signs')} fingerprint={fingerprint} />
          </Part>
          <form method="post" action={path} novalidate>
            <Field
              lang={lang}
              name="slug"
              label={say('arrive.slug')}
              hint={
                slug === manifest.community.slug
                  ? say('arrive.slugHint')
                  : `${say('arrive.slugTaken', { slug: manifest.community.slug })} ${say('arrive.slugHint')}`
              }
              maxlength={60}
              value={again.slug ?? slug}
              error={problemOf(again.problems, 'slug')}
            />
            <Tick lang={lang} name="same" label={say('arrive.same')} error={problemOf(again.problems, 'same')} />
            <Button>{say('arrive.take')}</Button>
          </form>
        </>
      )}
      <p>{say('arrive.waits')}</p>
      <Press action={`${path}/forget`} kind="quiet">
        {say('arrive.forget')}
      </Press>
    </Page>,
  )
}
