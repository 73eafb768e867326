// What is said, gathered, chosen and promised at the demo's meetings. All of it is made up.
import type { HiddenReason, Stage, StatementKind } from '../meetings/evening.ts'

export interface DemoWords {
  kind: StatementKind
  text: string
  lang?: 'da' | 'en' | 'uk'
  /** How many others say "det kender jeg også". */
  known?: number
  /** Place of the theme it is gathered under, from 0. */
  theme?: number
  /** Written down for somebody without a phone. */
  paper?: boolean
  /** May also stand on the place's page. */
  open?: boolean
  hidden?: HiddenReason
}

export interface DemoPromise {
  name: string
  what: string
  /** Days from the meeting; none: no date. */
  days?: number
  whom?: string
  telephone?: string
  state?: 'kept' | 'renegotiated' | 'released'
  how?: string
}

export interface DemoEvening {
  /** Where a running evening stands; a held one has been through all of it. */
  stage?: Stage
  agendaAt?: number
  /** Minutes that each talked, if somebody pressed the buttons. */
  talk?: { residents: number; municipality: number }
  words: readonly DemoWords[]
  themes: readonly { name: string; priority?: boolean; dots?: number; paperDots?: number }[]
  /** How many phones put dots; each has three. */
  dotPhones?: number
  promises: readonly DemoPromise[]
  /** First time here, by who brought them; the rest have been here before. */
  door: {
    before: number
    neighbour?: number
    association?: number
    municipality?: number
    self?: number
    unknown?: number
    names?: readonly { name: string; bringer?: string; first: boolean }[]
  }
}

export const holmetofteEvening: DemoEvening = {
  talk: { residents: 41, municipality: 9 },
  words: [
    {
      kind: 'unbearable',
      text: 'Det er altid os fire, der stiller stolene op. Og også os fire, der tager dem ned igen.',
      known: 9,
      theme: 1,
    },
    { kind: 'hope', text: 'De unge sagde ja, da vi spurgte dem rigtigt.', known: 14, theme: 0, open: true },
    {
      kind: 'unbearable',
      text: 'De unge sidder i biler ved tankstationen, fordi der ikke er et eneste rum til dem.',
      known: 17,
      theme: 0,
      open: true,
    },
    {
      kind: 'unbearable',
      text: 'Vi har en hal, men klokken 18 er den låst, og ingen ved, hvem der har nøglen.',
      known: 26,
      theme: 0,
      open: true,
    },
    {
      kind: 'resource',
      text: 'Der er ni, der kan bage, og fire, der kan svejse. Det er da noget at begynde med.',
      known: 12,
      theme: 0,
      open: true,
    },
    {
      kind: 'unbearable',
      text: 'Jeg har ikke talt med nogen siden i torsdags. Bortset fra katten.',
      known: 8,
      theme: 1,
      paper: true,
    },
    {
      kind: 'hope',
      text: 'Jeg drømmer om ét langt bord på gaden, én gang om måneden.',
      known: 22,
      theme: 1,
      open: true,
    },
    {
      kind: 'unbearable',
      text: 'Vi bor hundrede meter fra hinanden og kender ikke hinandens navne.',
      known: 19,
      theme: 1,
      open: true,
    },
    {
      kind: 'unbearable',
      text: 'Det er blevet normalt ikke at kende den, man sidder ved siden af til fællesspisning.',
      known: 7,
      theme: 1,
    },
    {
      kind: 'unbearable',
      text: 'Når den sidste bus er kørt klokken 17, er min dag også slut.',
      known: 15,
      theme: 2,
      paper: true,
      open: true,
    },
    {
      kind: 'hope',
      text: 'Hvis vi er fem, der går en tur hver morgen, så er vi snart femten.',
      known: 6,
      theme: 2,
      paper: true,
      open: true,
    },
    { kind: 'unbearable', text: 'Børnene leger ikke på tværs af de to ender af byen.', known: 11, theme: 1 },
    {
      kind: 'resource',
      text: 'Der er lys i forsamlingshuset to aftener om ugen nu. Det plejede der ikke at være.',
      known: 13,
      theme: 0,
      open: true,
    },
    { kind: 'unbearable', text: 'Jeg er træt. Jeg har været formand i elleve år, fordi ingen andre ville.', known: 10 },
    {
      kind: 'hope',
      text: 'Jeg har sagt til tre, at jeg gerne vil være med. Alle tre sagde: endelig.',
      known: 9,
      theme: 0,
      open: true,
    },
    {
      kind: 'unbearable',
      text: 'Jeg vil gerne hjælpe, men jeg ved ikke, hvem jeg skal spørge.',
      known: 16,
      theme: 1,
      open: true,
    },
    {
      kind: 'change',
      text: 'Nøglen til hallen skal ligge et sted, hvor man kan hente den.',
      known: 21,
      theme: 0,
      open: true,
    },
    { kind: 'change', text: 'Vi skal spørge folk, når de flytter ind. Ikke et år efter.', known: 8, theme: 1 },
    {
      kind: 'hope',
      text: 'Min datter har fået nøglen til værkstedet. Hun er 19, og hun passer på den.',
      known: 12,
      theme: 0,
    },
    { kind: 'resource', text: 'Vi har haven bag skolen. Den er tom, og den er vores.', known: 10, open: true },
    {
      kind: 'hope',
      text: 'Jeg blev spurgt om hjælp til noget, jeg er god til. Det er første gang her.',
      known: 5,
      theme: 1,
    },
    {
      kind: 'unbearable',
      text: 'Der er ingen, der har spurgt mig om noget, siden jeg kom hertil.',
      known: 9,
      theme: 1,
    },
    { kind: 'hope', text: 'Сусідка принесла мені суп, і я не просила.', lang: 'uk', known: 4, theme: 1 },
    { kind: 'unbearable', text: 'Det er naboen i nummer 9, der larmer.', hidden: 'name' },
    { kind: 'hope', text: 'Næste år skal det ikke være mig, der byder velkommen. Det bliver Freja.', known: 13 },
  ],
  themes: [
    { name: 'Lys i hallen', priority: true, dots: 46, paperDots: 14 },
    { name: 'Ét langt bord', priority: true, dots: 37, paperDots: 11 },
    { name: 'Følgeskab til bussen', priority: true, dots: 22, paperDots: 9 },
  ],
  dotPhones: 35,
  promises: [
    {
      name: 'Karsten',
      what: 'Jeg finder ud af, hvem der har de tre nøgler.',
      days: 7,
      whom: 'Freja',
      state: 'kept',
      how: 'Poul har to, og kommunen har en.',
    },
    { name: 'Birthe', what: 'Kage den 4.', days: 12, whom: 'Ida', telephone: '55 00 12 34', state: 'kept' },
    {
      name: 'Sofus',
      what: 'Jeg spørger dem ved tankstationen, hvad de selv vil.',
      days: 10,
      whom: 'Freja',
      state: 'renegotiated',
      how: 'Vi tager det på fredag i stedet.',
    },
    { name: 'Oksana', what: 'Jeg bager til det lange bord.', days: 30, whom: 'Ida' },
    { name: 'Jens', what: 'Jeg svejser et stativ til bordene.', days: 20, whom: 'Karsten', telephone: '55 00 43 21' },
    { name: 'Ida', what: 'Jeg laver en liste over, hvem der kører til byen hvornår.', days: 9 },
    {
      name: 'Poul',
      what: 'Jeg ringer til busselskabet.',
      days: 5,
      state: 'released',
      how: 'Kirsten gør det. Hun kender dem.',
    },
  ],
  door: {
    before: 27,
    neighbour: 19,
    association: 3,
    municipality: 6,
    self: 3,
    names: [
      { name: 'Birthe', bringer: 'Freja', first: true },
      { name: 'Karsten', first: false },
      { name: 'Sofus', bringer: 'Freja', first: true },
      { name: 'Jens', bringer: 'Poul', first: false },
      { name: 'Ida', bringer: 'Karsten', first: true },
      { name: 'Tove', bringer: 'Karsten', first: true },
    ],
  },
}

export const askelundEvening: DemoEvening = {
  talk: { residents: 27, municipality: 42 },
  words: [
    { kind: 'unbearable', text: 'Vi hører først om planerne, når de er færdige.', known: 18, open: true },
    { kind: 'unbearable', text: 'Jeg tør ikke sige, at jeg ikke kan læse sedlen fra kommunen.', known: 6 },
    { kind: 'change', text: 'Vi vil spørges, før der bliver tegnet.', known: 14, open: true },
    {
      kind: 'hope',
      text: 'Sidste sommer byggede vi broen på tre lørdage. Så kan vi også andet.',
      known: 11,
      open: true,
    },
    {
      kind: 'resource',
      text: 'Jeg kan lære andre at sy. Så skal de lære mig at bruge telefonen.',
      known: 7,
      open: true,
    },
    {
      kind: 'unbearable',
      text: 'Når der sker noget godt her, dør det, så snart projektpengene er brugt.',
      known: 12,
      open: true,
    },
  ],
  themes: [
    { name: 'Spørg os først', priority: true, paperDots: 23 },
    { name: 'Det, vi selv kan', priority: true, paperDots: 12 },
  ],
  promises: [{ name: 'Lena', what: 'Jeg oversætter brevene for dem, der gerne vil have det.', days: 14 }],
  door: { before: 38, neighbour: 5, municipality: 9, self: 4, unknown: 4 },
}

/** An evening that is going on while somebody tries the demo. */
export const runningEvening: DemoEvening = {
  stage: 'recognise',
  agendaAt: 4,
  talk: { residents: 14, municipality: 3 },
  words: [
    { kind: 'unbearable', text: 'Når den sidste bus er kørt klokken 17, er min dag også slut.', known: 11, theme: 0 },
    {
      kind: 'unbearable',
      text: 'Folk ringer ikke på mere. De skriver en besked, og så bliver det ikke til noget.',
      known: 6,
      theme: 1,
    },
    { kind: 'hope', text: 'Hvis vi er fem, der går en tur hver morgen, så er vi snart femten.', known: 8, theme: 1 },
    { kind: 'unbearable', text: 'Der bliver talt om os gamle, som om vi var en udgift.', known: 9 },
    {
      kind: 'resource',
      text: 'Jeg kan lære andre at sy. Så skal de lære mig at bruge telefonen.',
      known: 7,
      paper: true,
    },
    { kind: 'hope', text: 'Der er en sang, vi alle kan. Lad os begynde der.', known: 5, paper: true },
    { kind: 'change', text: 'Bussen skal køre, når biografen slutter.', known: 4, theme: 0 },
    { kind: 'hope', text: 'Min nabo kom over med suppe, uden at jeg havde bedt om det.', known: 10 },
    {
      kind: 'unbearable',
      text: 'Vi siger, at vi er en by, hvor alle hilser. Det gør vi ikke mere.',
      known: 7,
      theme: 1,
    },
    { kind: 'hope', text: 'Jeg tror, de gamle billeder kan få os til at snakke sammen igen.', known: 6 },
    { kind: 'resource', text: 'Da strømmen gik, gik vi fra dør til dør. Det kan vi også, når der er lys.', known: 5 },
  ],
  themes: [{ name: 'Når bussen er kørt' }, { name: 'At ringe på hos hinanden' }],
  promises: [],
  door: {
    before: 9,
    neighbour: 6,
    association: 2,
    self: 1,
    names: [{ name: 'Ellen', bringer: 'Ingrid', first: true }],
  },
}

/** Earlier meetings in one place, the oldest first: enough for a run chart. Days ago, how many came, and who agreed of how many. */
export const earlierMeetings: readonly {
  daysAgo: number
  attended: number
  answered: number
  agreed: readonly [INF: number, ABLE: number, COUR: number]
  purpose: string
  first: number
}[] = [
  {
    daysAgo: 420,
    attended: 26,
    answered: 21,
    agreed: [11, 9, 12],
    purpose: 'Hvad skal der ske med forsamlingshuset?',
    first: 14,
  },
  { daysAgo: 355, attended: 31, answered: 24, agreed: [13, 12, 15], purpose: 'Kender vi hinanden?', first: 9 },
  { daysAgo: 288, attended: 24, answered: 20, agreed: [12, 10, 14], purpose: 'Fællesspisning, og hvad så?', first: 6 },
  { daysAgo: 214, attended: 35, answered: 28, agreed: [19, 15, 21], purpose: 'De unge og værkstedet', first: 12 },
  { daysAgo: 150, attended: 29, answered: 25, agreed: [18, 15, 20], purpose: 'Hvem kan køre hvem?', first: 7 },
  { daysAgo: 87, attended: 33, answered: 27, agreed: [20, 17, 22], purpose: 'Sommeren på gaden', first: 10 },
]

/** People by age (a model of villages of this kind, not a count). */
export const ageShares: Record<string, readonly [number, number, number, number, number, number]> = {
  ordinary: [0.15, 0.09, 0.2, 0.31, 0.2, 0.05],
  bredlunde: [0.1, 0.06, 0.14, 0.32, 0.29, 0.09],
  sigerlunde: [0.2, 0.11, 0.24, 0.28, 0.13, 0.04],
}
