// Whom to ring when one is worried about somebody. The page writes nothing, asks nothing, and is the same for everybody.
import type { Visit } from '../access/visit.ts'
import type { Municipality } from '../communities/municipality.ts'
import { frame } from '../communities/place-frame.ts'
import { Page, renderPage } from '../ui/page.tsx'
import { Part } from '../ui/parts.tsx'
import { doorstep } from '../ui/whose-room.tsx'
import { words } from './words.ts'

/** Who answers where, in the order of how much it hurries. The municipality's own number is set up by it. */
const numbers = [
  { who: 'now', number: '112' },
  { who: 'police', number: '114' },
  { who: 'life', number: '70 201 201' },
  { who: 'violence', number: '1888' },
  { who: 'child', number: '116 111' },
] as const

export function worriedPage(visit: Visit, municipality: Municipality | null): string {
  const { lang } = visit
  const say = words(lang)
  const phone = municipality?.contactPhone ?? null
  return renderPage(
    <Page
      {...frame({ lang, person: null }, '/worried', doorstep)}
      person={undefined}
      title={say('worried.title')}
      lead={say('worried.lead')}
    >
      <ul class="numbers-to-ring">
        {numbers.slice(0, 2).map((one) => (
          <ToRing {...one} said={say(`worried.${one.who}`)} />
        ))}
        {phone && <ToRing number={phone} said={say('worried.municipality', { name: municipality?.name ?? '' })} />}
        {numbers.slice(2).map((one) => (
          <ToRing {...one} said={say(`worried.${one.who}`)} />
        ))}
      </ul>
      {!phone && <p>{say('worried.noNumber')}</p>}
      <Part id="employee" title={say('worried.atWork')}>
        <p>{say('worried.duty')}</p>
      </Part>
      <p class="soft">{say('worried.nothing')}</p>
    </Page>,
  )
}

function ToRing({ number, said }: { number: string; said: string }) {
  return (
    <li>
      <a href={`tel:${number.replaceAll(' ', '')}`}>{number}</a> <span>{said}</span>
    </li>
  )
}
