// Before anything is handed over: each spot that may tell of another, for the officer to decide.
import type { Visit } from '../access/visit.ts'
import { OwnWords } from '../communities/own-words.tsx'
import { frame } from '../communities/place-frame.ts'
import { aboutPiece } from '../mine/export.ts'
import { isFieldKey, words as mineWords } from '../mine/words.ts'
import { Actions, Button, ButtonLink, Choice } from '../ui/forms.tsx'
import { Page, renderPage } from '../ui/page.tsx'
import { municipalRoom } from '../ui/whose-room.tsx'
import type { Pack } from './access-request.deeds.ts'
import { inContext } from './hand-over.ts'
import { words } from './words.ts'

/** `said`: what was decided before, by the key of the spot. */
export function spotsPage(visit: Visit, pack: Pack, said: ReadonlyMap<string, string>): string {
  const { lang } = visit
  const say = words(lang)
  const mine = mineWords(lang)
  const { request, parts, proposals } = pack
  const here = `/access-requests/${request.id}`
  return renderPage(
    <Page
      {...frame(visit, here, municipalRoom('officer'))}
      title={say('spots.title')}
      lead={say('spots.lead', { count: proposals.length })}
      robots="noindex"
    >
      <p>{say('spots.how')}</p>
      <form method="post" action={`${here}/pack`}>
        {parts.map(({ person }) => (
          <input type="hidden" name="person" value={person} />
        ))}
        {proposals.map((one) => {
          const { before, spot, after } = inContext(one)
          const field = isFieldKey(one.column) ? mine(`field.${one.column}`) : ''
          return (
            <Choice
              lang={lang}
              name={`spot-${one.key}`}
              plain
              legend={
                <>
                  <OwnWords text={before} />
                  <mark>
                    <OwnWords text={spot} />
                  </mark>
                  <OwnWords text={after} />
                </>
              }
              hint={`${aboutPiece(lang, one.piece).what} · ${field} · ${say(`spots.${one.kind}`)}`}
              value={said.get(one.key) || 'out'}
              options={[
                { value: 'out', label: say('spots.out') },
                { value: 'stay', label: say('spots.stay') },
              ]}
            />
          )
        })}
        <Actions>
          <Button>{say('spots.do')}</Button>
          <ButtonLink kind="quiet" href={here}>
            {say('pack.back')}
          </ButtonLink>
        </Actions>
      </form>
    </Page>,
  )
}
