import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { lookOver } from './hints.ts'

const unbearable = [
  'Jeg har ikke talt med nogen siden i torsdags. Bortset fra katten.',
  'Min søn på 14 siger, at der ikke er noget at stå op til.',
  'Når den sidste bus er kørt klokken 17, er min dag også slut.',
  'Det er altid os fire, der stiller stolene op. Og også os fire, der tager dem ned igen.',
  'Vi bor hundrede meter fra hinanden og kender ikke hinandens navne.',
  'De unge sidder i biler ved tankstationen, fordi der ikke er et eneste rum til dem.',
  'Jeg tør ikke sige, at jeg ikke kan læse sedlen fra kommunen.',
  'Da skolen lukkede, forsvandt det sted, hvor forældrene snakkede sammen.',
  'Folk ringer ikke på mere. De skriver en besked, og så bliver det ikke til noget.',
  'Min mor faldt og lå i seks timer. Der gik folk forbi ude på vejen.',
  'Vi hører først om planerne, når de er færdige.',
  'Der er ingen, der har spurgt mig om noget, siden jeg kom hertil.',
  'Vi har en hal, men klokken 18 er den låst, og ingen ved, hvem der har nøglen.',
  'Jeg er træt. Jeg har været formand i elleve år, fordi ingen andre ville.',
  'Børnene leger ikke på tværs af de to ender af byen.',
  'Det er blevet normalt ikke at kende den, man sidder ved siden af til fællesspisning.',
  'Der bliver talt om os gamle, som om vi var en udgift.',
  'Vi siger, at vi er en by, hvor alle hilser. Det gør vi ikke mere.',
  'Jeg vil gerne hjælpe, men jeg ved ikke, hvem jeg skal spørge.',
  'Når der sker noget godt her, dør det, så snart projektpengene er brugt.',
]
const hopes = [
  'Sidste sommer byggede vi broen på tre lørdage. Så kan vi også andet.',
  'Min nabo kom over med suppe, uden at jeg havde bedt om det.',
  'Der er ni, der kan bage, og fire, der kan svejse. Det er da noget at begynde med.',
  'De unge sagde ja, da vi spurgte dem rigtigt.',
  'Jeg drømmer om ét langt bord på gaden, én gang om måneden.',
  'Hvis vi er fem, der går en tur hver morgen, så er vi snart femten.',
  'Der er lys i forsamlingshuset to aftener om ugen nu. Det plejede der ikke at være.',
  'Min datter har fået nøglen til værkstedet. Hun er 19, og hun passer på den.',
  'Vi har en købmand, fordi vi selv holdt fast i den.',
  'Jeg kan lære andre at sy. Så skal de lære mig at bruge telefonen.',
  'Da strømmen gik, gik vi fra dør til dør. Det kan vi også, når der er lys.',
  'Jeg håber, at mit barn får lov at være den, der inviterer.',
  'Vi har haven bag skolen. Den er tom, og den er vores.',
  'Jeg har sagt til tre, at jeg gerne vil være med. Alle tre sagde: endelig.',
  'Der er en sang, vi alle kan. Lad os begynde der.',
  'Jeg blev spurgt om hjælp til noget, jeg er god til. Det er første gang her.',
  'Hvis færgen kan sejle hver dag, kan vi også mødes hver uge.',
  'Vi behøver ikke være venner alle sammen. Vi skal bare vide, at vi kan regne med hinanden.',
  'Jeg tror, de gamle billeder kan få os til at snakke sammen igen.',
]
const places = [
  'Nørre Askelund mangler en bus til Kærstrup om aftenen.',
  'Lyset på Holmetofte Forsamlingshus er gået.',
  'Cykelstien fra Egerslev Strand til Sigerlunde bliver aldrig færdig.',
  'Sankt Hans på stranden er det bedste, vi har.',
  'Skt. Hans aften kommer alle.',
  'Hans hus har stået tomt i to år.',
  'Bo her og se selv.',
  'Jeg bor på Jens Hansens Vej, og der er mørkt.',
  'Kommunen og Landdistrikternes Fællesråd skal høre det.',
  'I Danmark plejer vi at hilse. Vores Facebook er det eneste, vi har.',
  'Min Sigerlunde er ikke den samme.',
  'Mødet 14.03.27 1930 var godt. Vi var 120 i 2026 og 150 i 2027.',
  'Ring 12 34 56 78 og få nøglen. Eller +45 20 30 40 50.',
  'Mere medindflydelse, tak! 🌳🚌',
  'Vi mangler en læge, et sygehus og en sygeplejerske i nærheden.',
]

describe('what people say in a hall', () => {
  test.each([...unbearable, ...hopes, ...places])('»%s« passes without a word', (text) => {
    expect(lookOver(text)).toEqual({ cpr: false, hints: [] })
  })

  test('who will welcome next year is a name, and nothing worse', () => {
    expect(lookOver('Næste år skal det ikke være mig, der byder velkommen. Det bliver Freja.')).toEqual({
      cpr: false,
      hints: ['name'],
    })
  })
})

describe('somebody who can be known', () => {
  test.each([
    'Naboen Jens drikker for meget.',
    'min nabo Kjeldgaard larmer',
    'Poul har nøglen, og han giver den ikke fra sig.',
    'Det er Pouls skyld.',
    'Fru Hansen kommer aldrig ud.',
    'hr. Madsen svarer ikke',
    'Vi savner Karsten Friis i bestyrelsen.',
    'Spørg Bo Jensen.',
    'Jeg spurgte Hans om det.',
    'Vi har set, at Oddbjørg Jensen har det svært.',
    'Anne-Marie og Hans-Jørgen gør det hele.',
    'My neighbour Kevin never answers.',
    'Formanden Ahmed og hans bror Yusuf hjælper.',
  ])('»%s« names somebody', (text) => {
    expect(lookOver(text).hints).toContain('name')
  })
})

describe('illness', () => {
  test.each([
    'Min mand har fået demens, og jeg er alene med det.',
    'Hun er syg og tør ikke sige det.',
    'Depressionen tog min søn.',
    'Jeg har KOL og kan ikke gå til bussen.',
    'Han har været sygemeldt i et år.',
    'De fleste af os får medicin for det.',
    'ADHD er ikke en undskyldning.',
    'У мене рак, і я боюся.',
    'والدي مريض ولا أحد يسأل عنه',
    'He was diagnosed last year.',
  ])('»%s« touches on health', (text) => {
    expect(lookOver(text).hints).toContain('health')
  })

  test('words that only look so are none', () => {
    for (const text of [
      'Vi cykler og cykler.',
      'Sygeplejersken er rar.',
      'Kolonihaverne er fulde.',
      'Rakkerne løber frit.',
    ])
      expect(lookOver(text).hints).not.toContain('health')
  })
})

describe('a CPR number', () => {
  const two = (n: number) => String(n).padStart(2, '0')
  const born = fc.record({
    day: fc.integer({ min: 1, max: 28 }),
    month: fc.integer({ min: 1, max: 12 }),
    year: fc.integer({ min: 0, max: 99 }),
    last: fc.integer({ min: 0, max: 9999 }),
  })
  const around = fc.constantFrom('', 'Mit nummer er ', 'Jeg hedder det samme (', 'é ')

  test('is known with a dash, with a space, and with nothing between, whatever stands around it', () => {
    fc.assert(
      fc.property(born, around, fc.constantFrom('-', ' ', '', ' - ', '–'), (one, ahead, between) => {
        const number = `${two(one.day)}${two(one.month)}${two(one.year)}${between}${String(one.last).padStart(4, '0')}`
        expect(lookOver(`${ahead}${number}`).cpr).toBe(true)
        expect(lookOver(`${ahead}${number}.`).cpr).toBe(true)
        expect(lookOver(`${ahead}${number}, og mere`).cpr).toBe(true)
      }),
    )
  })

  test.each(['01 02 03 1234', '01.02.03-1234', '61 02 03 1234', '٠١٠٢٠٣-١٢٣٤', '０１０２０３１２３４'])(
    'is known as %s',
    (number) => {
      expect(lookOver(`Det er ${number} her`).cpr).toBe(true)
    },
  )

  test('is not what has a day or month that nobody is born on', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 99 }), fc.integer({ min: 13, max: 99 }), (day, month) => {
        expect(lookOver(`${two(day)}${two(month)}01-1234`).cpr).toBe(false)
      }),
    )
    for (const number of ['320101-1234', '310298-1234', '000101-1234']) expect(lookOver(number).cpr).toBe(false)
  })

  test('is not a longer number, a telephone number, a sum or a year', () => {
    for (const text of ['0102031234567', '12 34 56 78', '12345678', '1.010.203', 'DK-12345678', '2026-2027', '010203'])
      expect(lookOver(text).cpr).toBe(false)
  })
})

test('any text at all is looked over, quickly', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', maxLength: 280 }), (text) => {
      const { hints } = lookOver(text)
      expect(new Set(hints).size).toBe(hints.length)
    }),
    { numRuns: 500 },
  )
  const began = performance.now()
  for (let i = 0; i < 200; i += 1) lookOver('Min nabo '.repeat(31))
  expect(performance.now() - began).toBeLessThan(1000)
})
