// The pack: what the municipality keeps of one person who has asked, as a page that prints.
import type { Visit } from '../access/visit.ts'
import { OwnWords } from '../communities/own-words.tsx'
import { frame } from '../communities/place-frame.ts'
import { sayDayAndTime } from '../communities/times.ts'
import { formats } from '../mine/export.ts'
import { cornersOf } from '../mine/mine.ts'
import { Kinds, Looks } from '../mine/own.page.tsx'
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

/** The pack as it is handed over, and what was decided of each spot: a file is made by the same decisions. */
export interface Answer extends Pack {
  said: ReadonlyMap<string, string>
}

export function packPage(visit: Visit, pack: Answer): string {
  const { lang, house } = visit
  const say = words(lang)
  const { request, parts, municipality, rows, said } = pack
  const here = `/access-requests/${request.id}`
  const places = new Map(parts.map(({ community }) => [community.id, community]))
  const zoneOf = (community: string | null) =>
    (community === null ? null : places.get(community)?.timeZone) ?? municipality.timeZone
  const seenPlaces = [...places.values()].map(({ id, slug, name, timeZone }) => ({
    id,
    slug,
    name,
    timeZone,
    association: null,
  }))
  return renderPage(
    <Page
      {...frame(visit, here, municipalRoom('officer'))}
      title={say('pack.title', { name: request.name })}
      heading={<OwnWords text={say('pack.title', { name: request.name })} />}
      lead={say('pack.lead', {
        municipality: municipality.name,
        when: sayDayAndTime(house.clock.now(), municipality.timeZone, lang),
      })}
      robots="noindex"
    >
      <div class="no-print stack">
        <p>{say('pack.print')}</p>
        <form method="post" action={`${here}/pack`}>
          {parts.map(({ person }) => (
            <input type="hidden" name="person" value={person} />
          ))}
          {[...said].map(([key, one]) => (
            <input type="hidden" name={`spot-${key}`} value={one} />
          ))}
          <Actions>
            {formats.map((format) => (
              <Button kind="quiet" name="as" value={format}>
                {say(`pack.${format}`)}
              </Button>
            ))}
          </Actions>
        </form>
        <form method="post" action={`${here}/answered`}>
          <Actions>
            <Button>{say('request.answered')}</Button>
            <ButtonLink kind="quiet" href={here}>
              {say('pack.back')}
            </ButtonLink>
          </Actions>
        </form>
      </div>
      <Who visit={visit} pack={pack} />
      {rooms.flatMap(([room, title]) =>
        cornersOf(rows, room).map(({ community, kinds }) => (
          <Part
            title={<Title visit={visit} title={title} place={community ? places.get(community)?.name : undefined} />}
          >
            <Kinds lang={lang} kinds={kinds} timeZone={zoneOf(community)} paper />
          </Part>
        )),
      )}
      <Looks
        lang={lang}
        seen={{
          rows,
          places: seenPlaces,
          municipality,
          names: new Map(seenPlaces.map(({ id, name }) => [id, name])),
        }}
        most={Number.POSITIVE_INFINITY}
      />
      <Part id="not" title={say('pack.not')}>
        <p>{say('pack.book')}</p>
        <p>{say('pack.two')}</p>
        <p>{say('pack.others')}</p>
      </Part>
    </Page>,
  )
}

/** Who answers for what: the municipality here, each association by itself. */
function Who({ visit: { lang }, pack }: { visit: Visit; pack: Answer }) {
  const say = words(lang)
  const { parts, municipality, places, passedOn } = pack
  const theirs = places.filter(({ keeper }) => keeper !== null)
  const names = new Intl.ListFormat(lang).format([...new Set(parts.map(({ community }) => community.name))])
  return (
    <Part id="who" title={say('pack.who')}>
      <Facts
        facts={[
          [<OwnWords text={municipality.name} />, <OwnWords text={say('pack.here', { places: names })} />],
          ...theirs.map(
            ({ id, name, keeper }) =>
              [
                <OwnWords text={keeper ?? ''} />,
                <OwnWords
                  text={say(passedOn.some(({ community }) => community === id) ? 'pack.gone' : 'pack.ask', {
                    place: name,
                  })}
                />,
              ] as const,
          ),
        ]}
      />
    </Part>
  )
}

function Title({ visit, title, place }: { visit: Visit; title: (typeof rooms)[number][1]; place: string | undefined }) {
  const text = mineWords(visit.lang)(title)
  return <OwnWords text={place ? `${text}: ${place}` : text} />
}
