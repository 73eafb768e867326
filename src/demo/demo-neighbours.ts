// Neighbours of the demo who came or said yes, and have no account: they are on paper. Made up from lists of first names.
import type { NewNeighbour } from './demo.queries.ts'

/** How many take part in each place, beside those who can sign in. */
const takePart: Record<string, number> = {
  holmetofte: 93,
  tornehuse: 44,
  'noerre-askelund': 40,
  bredlunde: 26,
  sigerlunde: 83,
  vesterglim: 8,
  lyngoe: 21,
  'egerslev-strand': 3,
}

const firstNames =
  'Birthe Ole Kirsten Jørgen Inge Hans Lis Svend Else Bent Jytte Erik Åse Knud Ruth Leif Tove Kaj Grethe Niels Anne Lars Hanne Per Lone Søren Mette Morten Dorthe Kim Pia Carsten Lene Torben Gitte Henrik Tina Michael Louise Jesper Camilla Rasmus Line Mads Julie Emil Sofie Magnus Ida Sofus Olena Ivan Fatma Yusuf Agnieszka'.split(
    ' ',
  )
const letters = 'ABCDEFGHJKLMNOPRSTV'
/** Seven of ten who are already active are between 55 and 74. */
const bands = [
  '60-74',
  '40-59',
  '60-74',
  '75+',
  '60-74',
  '25-39',
  '40-59',
  '60-74',
  '18-24',
  '60-74',
  '40-59',
  '15-17',
] as const
const gifts = ['at bage', 'at svejse', 'gamle billeder', 'at læse højt', 'at ordne cykler', 'haven']
const wishes = ['phone', 'paper', 'none', 'paper'] as const

/** The same neighbours every time. `today` is `yyyy-mm-dd`. */
export function neighboursOf(slug: string, today: string): NewNeighbour[] {
  const many = takePart[slug] ?? 0
  const start = slug.length * 7
  return Array.from({ length: many }, (_, place) => {
    const at = start + place * 7
    const name = `${firstNames[at % firstNames.length]} ${letters[(at * 3 + place) % letters.length]}.`
    const wish = wishes[at % wishes.length] ?? 'none'
    const daysAgo = 20 + ((at * 41) % 371)
    return {
      name,
      contactWish: wish,
      telephone:
        wish === 'phone'
          ? `55 ${String(10 + (at % 90))} ${String(10 + ((at * 7) % 90))} ${String(10 + ((at * 3) % 90))}`
          : null,
      languages: /^(Olena|Ivan)/.test(name) ? ['uk'] : /^(Fatma|Yusuf)/.test(name) ? ['ar', 'da'] : ['da'],
      came: place % 3 !== 0,
      medium: place % 4 === 0 ? 'voice' : 'paper',
      joinedOn: new Date(Date.parse(today) - daysAgo * 86_400_000).toISOString().slice(0, 10),
      // Not everybody says how old they are.
      ageBand: place % 7 === 3 ? null : (bands[at % bands.length] ?? null),
      // One in three of those with a telephone stands on the contact list, and may be asked about something.
      onList: wish === 'phone' && place % 3 === 0,
      askedAbout: place % 2 === 0 ? (gifts[Math.floor(place / 6) % gifts.length] ?? null) : null,
    }
  })
}
