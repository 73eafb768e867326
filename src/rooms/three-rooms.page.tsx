// The three rooms in plain words and a drawing: what lies in each, who is responsible, and who can come in.
import type { Visit } from '../access/visit.ts'
import type { Community } from '../communities/community.ts'
import { OwnWords } from '../communities/own-words.tsx'
import { frame } from '../communities/place-frame.ts'
import { Page, renderPage } from '../ui/page.tsx'
import { Part, Table } from '../ui/parts.tsx'
import { doorstep } from '../ui/whose-room.tsx'
import { words } from './words.ts'

const rooms = ['own', 'community', 'municipality'] as const

export function threeRoomsPage(visit: Visit, communities: readonly Community[]): string {
  const say = words(visit.lang)
  return renderPage(
    <Page {...frame(visit, '/rooms', doorstep)} title={say('three.title')} lead={say('three.lead')}>
      <Houses
        label={say('three.picture')}
        names={[say('three.own.title'), say('three.community.title'), say('three.municipality.title')]}
      />
      <Part id="each" title={say('three.table')}>
        <Table
          caption={say('three.table')}
          quiet
          columns={[say('three.room'), say('three.what'), say('three.who'), say('three.door')]}
          rows={rooms.map((room) => [
            say(`three.${room}.title`),
            say(`three.${room}.lies`),
            say(`three.${room}.keeps`),
            say(`three.${room}.enters`),
          ])}
        />
      </Part>
      <Part id="guest" title={say('three.guest')}>
        <div class="stack">
          <p>{say('three.guestSees')}</p>
          <p>{say('three.guestLooks')}</p>
          <p>{say('three.guestAfter')}</p>
        </div>
      </Part>
      <Part id="operator" title={say('three.operator')}>
        <p>{say('three.operatorSays')}</p>
      </Part>
      <Part id="line" title={say('three.line')}>
        <p>{say('three.lineSays')}</p>
      </Part>
      {communities.length > 0 && (
        <Part id="places" title={say('three.places')}>
          <ul>
            {communities.map(({ slug, name }) => (
              <li>
                <a href={`/c/${slug}`}>
                  <OwnWords text={name} />
                </a>
              </li>
            ))}
          </ul>
        </Part>
      )}
    </Page>,
  )
}

/** Three houses in a row: a small one that is locked, a large one with an open door and a bench before it for the guest, and the town hall. */
function Houses({ label, names }: { label: string; names: readonly [string, string, string] }) {
  return (
    <svg class="three-rooms" viewBox="0 0 660 250" role="img" aria-label={label}>
      <path class="ground" d="M0 205H660" />
      <g class="own-room">
        <path class="wall" d="M30 205V125L90 80L150 125V205Z" />
        <path class="door" d="M75 205V155H105V205Z" />
        <path class="lock" d="M86 178h8v9h-8z M87 178v-4a3 3 0 0 1 6 0v4" />
      </g>
      <g class="community-room">
        <path class="wall" d="M210 205V95L325 20L440 95V205Z" />
        <path class="door" d="M300 205V130H350V205Z" />
        <path class="leaf" d="M300 205V130L282 141V212Z" />
        <path class="window" d="M235 120h40v36h-40z M375 120h40v36h-40z" />
        <circle class="person" cx="255" cy="137" r="8" />
        <circle class="person" cx="325" cy="165" r="8" />
        <circle class="person" cx="395" cy="137" r="8" />
        <path class="guest" d="M452 188h14v14h-14z" />
      </g>
      <g class="municipal-room">
        <path class="wall" d="M500 205V95H640V205Z" />
        <path class="wall" d="M550 95V55H590V95Z" />
        <path class="door" d="M555 205V150H585V205Z" />
        <path class="guest" d="M515 115h14v14h-14z M611 115h14v14h-14z" />
      </g>
      <text x="90" y="232">
        {names[0]}
      </text>
      <text x="325" y="232">
        {names[1]}
      </text>
      <text x="570" y="232">
        {names[2]}
      </text>
    </svg>
  )
}
