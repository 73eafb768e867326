// Who brought whom in Tornehuse (method 8.4): Amira → Poul → Freja → (Sofus, Ida, Jens) → Oksana → two; 31 came for the first time over five evenings.
import type { AtTheDoor } from './demo.queries.ts'

const first = (name: string | null, broughtBy: string, bringer: string | null = null): AtTheDoor => ({
  name,
  firstTime: true,
  broughtBy,
  bringer,
})
const by = (bringer: string, ...names: string[]) => names.map((name) => first(name, 'neighbour', bringer))
const otherwise = (how: string, ...names: string[]) => names.map((name) => first(name, how))

/** The door lists, the oldest first. 19 were brought by neighbours, 6 by the municipality, 3 came by themselves, of 3 nobody has said it. */
export const tornehuseEvenings: readonly { daysAgo: number; purpose: string; door: readonly AtTheDoor[] }[] = [
  {
    daysAgo: 330,
    purpose: 'Hvad savner vi, nu hvor skolen er lukket?',
    door: [
      first('Poul', 'municipality', 'Amira fra kommunen'),
      ...otherwise('municipality', 'Bente', 'Frede', 'Lise', 'Ejnar', 'Vibeke'),
      ...otherwise('self', 'Holger', 'Rigmor'),
      ...otherwise('unknown', 'Aksel'),
    ],
  },
  {
    daysAgo: 250,
    purpose: 'Hvem har en nøgle, og hvem har en trailer?',
    door: [...by('Poul', 'Freja'), ...otherwise('self', 'Thyra'), ...otherwise('unknown', 'Gunnar')],
  },
  {
    daysAgo: 180,
    purpose: 'Lys i vinduerne på skolen.',
    door: by('Freja', 'Sofus', 'Ida', 'Jens'),
  },
  {
    daysAgo: 110,
    purpose: 'Et bord i det gamle mejeri.',
    door: [
      ...by('Jens', 'Oksana'),
      ...by('Sofus', 'Marie', 'Emma', 'Villads', 'Alma', 'Storm', 'Agnes'),
      ...by('Ida', 'Karla', 'Oscar', 'Liva', 'Anton', 'Nora', 'Felix'),
      ...otherwise('unknown', 'Egon'),
    ],
  },
  { daysAgo: 40, purpose: 'Hvem tør invitere til næste gang?', door: by('Oksana', 'Lena', 'Taras') },
]
