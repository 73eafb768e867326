// The pack: what the municipality keeps of one person who has asked, as a page that prints.
import type { Visit } from '../access/visit.ts'
import { OwnWords } from '../communities/own-words.tsx'
import { frame } from '../communities/place-frame.ts'
import { sayDayAndTime } from '../communities/times.ts'
import { aboutPiece, formats } from '../mine/export.ts'
import { cornersOf, saidOf } from '../mine/mine.ts'
import { words as mineWords } from '../mine/words.ts'
import { Actions, Button, ButtonLink } from '../ui/forms.tsx'
import { Page, renderPage } from '../ui/page.tsx'
import { Facts, Part } from '../ui/parts.tsx'
import { municipalRoom } from '../ui/whose-room.tsx'
import type { Pack } from './access-request.deeds.ts'
import { words } from './words.ts'

const rooms = [
  ['community', 'room.byens'],
  ['municipal', 'room.municipal'],
  ['entry', 'room.entry'],
] as const

export function packPage(visit: Visit, pack: Pack): string {
  const { lang, house } = visit
  const say = words(lang)
  const mine = mineWords(lang)
  const { request, community, municipality, name, rows } = pack
  const here = `/access-requests/${request.id}`
  const looks = rows.filter(({ piece }) => piece === 'looked')
  return renderPage(
    <Page
      {...frame(visit, here, municipalRoom())}
      title={say('pack.title', { name })}
      lead={say('pack.lead', {
        municipality: municipality.name,
        place: community.name,
        when: sayDayAndTime(house.clock.now(), municipality.timeZone, lang),
      })}
      robots="noindex"
    >
      <Actions>
        {formats.map((format) => (
          <form method="post" action={`${here}/pack/${pack.person}`}>
            <input type="hidden" name="as" value={format} />
            <Button kind="quiet">{say(`pack.${format}`)}</Button>
          </form>
        ))}
        <ButtonLink kind="quiet" href={here}>
          {say('pack.back')}
        </ButtonLink>
      </Actions>
      <p>{say('pack.print')}</p>
      {rooms.map(([room, title]) =>
        cornersOf(rows, room).map(({ kinds }) => (
          <Part title={mine(title)}>
            {kinds.map((kind) => {
              const about = aboutPiece(lang, kind.piece)
              return (
                <section>
                  <h3>{about.what}</h3>
                  <p class="soft">
                    {about.why} {about.kept}
                  </p>
                  {kind.rows.map((row) => (
                    <Facts
                      facts={saidOf(lang, row, community.timeZone).map(({ field, text }) => [
                        mine(`field.${field}`),
                        <OwnWords text={text} />,
                      ])}
                    />
                  ))}
                </section>
              )
            })}
          </Part>
        )),
      )}
      <Part id="looks" title={mine('log.title')}>
        {looks.length === 0 && <p>{mine('log.none')}</p>}
        {looks.map((row) => (
          <Facts
            facts={saidOf(lang, row, community.timeZone).map(({ field, text }) => [
              mine(`field.${field}`),
              <OwnWords text={text} />,
            ])}
          />
        ))}
      </Part>
      <Part id="not" title={say('pack.not')}>
        <p>{say('pack.book')}</p>
        <p>{say('pack.others')}</p>
      </Part>
    </Page>,
  )
}
