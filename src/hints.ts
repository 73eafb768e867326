// The local check of what somebody has written: a CPR number is refused; illness and named people bring a hint, and the person decides.
// It knows lists of words and shapes of numbers, runs here, and asks no other machine.

import { hasCpr, withPlainDigits } from './cpr.ts'

export type Hint = 'health' | 'name'

export interface Found {
  /** Six digits that could be a day of birth, and four more. */
  cpr: boolean
  /** What the words may touch on. A guess: the one who wrote them knows better. */
  hints: Hint[]
}

export function lookOver(text: string): Found {
  const plain = withPlainDigits(text.normalize('NFC'))
  const hints: Hint[] = []
  if (touchesOnHealth(plain)) hints.push('health')
  if (namesSomebody(plain)) hints.push('name')
  return { cpr: hasCpr(text), hints }
}

// --- Illness, medicine, diagnoses

/** Beginnings of words: "demens", "dement", "demente". */
const illnessStems =
  'kræft|cancer|diabet|sukkersyge|demen|alzheimer|parkinson|depress|deprim|angstanfald|panikangst|skizofren|bipolar|psykisk sy|psykose|psykotisk|psykiatri|adhd|autis|asperger|ptsd|diagnos|medicin|antidepressi|insulin|lykkepille|sovepille|smertestillende|blodprop|hjerteanfald|hjertestop|slagtilfælde|apopleksi|hjerneblødning|hjernerystelse|epilep|astma|leddegigt|slidgigt|sklerose|leukæmi|kemoterap|stråleterapi|sygemeld|sygdom|kronisk syg|dødssyg|alvorligt syg|terminal|misbrug|alkoholik|alkoholisme|narkoman|stofmisbrug|selvmord|selvskade|spiseforstyr|anoreksi|bulimi|handicappet|udviklingshæm|hjerneskade|indlagt|opereret|amputer|uhelbredelig|hiv-|abort|tourette|borderline|illness|disease|diagnosed|medication|dementia|depression|schizo|suicid|addict|epilepsy|chemotherap|хвороб|хворий|хвора|хворіє|діагноз|депресі|діабет|інсульт|ліки|лікарств|онколог|самогубств|مريض|مرض|سرطان|اكتئاب|السكري|دواء|أدوية|انتحار|تشخيص'
/** Whole words, because others begin with them. */
const illnessWords =
  'syg|syge|sygt|kol|hiv|aids|gigt|angst|piller|pillerne|psykisk|gået ned med stress|stressramt|dialyse|sick|ill|ptsd|рак|хвора|хворий'

const letter = '[\\p{L}\\p{M}]'
const illness = new RegExp(`(?<!${letter})(?:(?:${illnessStems})|(?:${illnessWords})(?!${letter}))`, 'iu')
/** Arabic writes "the" and "and" on to the word. */
const illnessInArabic = /مريض|المرض|سرطان|اكتئاب|السكري|الدواء|أدوية|انتحار|تشخيص/u

const touchesOnHealth = (text: string): boolean => illness.test(text) || illnessInArabic.test(text)

// --- Named people

const givenNames = new Set(
  `anne kirsten mette hanne helle anna susanne lene maria marianne inge karen bente camilla charlotte birgitte gitte louise ingrid tina
  pia ellen emma jette maja julie sara sofie freja ida laura mathilde clara alberte karla nanna signe rikke trine line stine katrine
  christina heidi dorthe dorte annette jytte kirstine birthe birte ulla tove bodil kristine johanne cecilie caroline amalie josefine
  marie lærke astrid frida isabella victoria emilie malou naja sanne pernille vibeke lisbeth lis lisbet grethe grete gerda edith ruth
  else elsebeth esther karin kamilla linda lotte malene merete margit margrethe mona nina randi rita sonja solveig tanja ursula vivi
  winnie yvonne conny anni annie anita agnete agnes olga oksana olena natalia natalja iryna irina svitlana tetiana yulia kateryna
  fatima aisha amira samira zahra leila layla maryam nour noor yasmin khadija
  peter jens michael lars thomas henrik søren christian jan martin niels anders morten jesper mads jørgen rasmus svend kim
  poul erik ole karsten carsten jakob jacob kasper casper kristian simon mikkel nikolaj frederik mathias emil william noah oscar oskar
  lucas lukas victor viktor malthe alfred august valdemar magnus sebastian tobias daniel alexander philip oliver anton elias villads
  flemming claus klaus steen kurt leif knud børge bjarne preben mogens verner werner aksel axel viggo holger hans gunnar egon arne ejvind
  allan brian johnny john jimmy ronni kenneth dennis rené torben kaj kai hans-henrik hans-jørgen hans-peter per-ole gert gerhard
  henning finn ib bo ebbe eskild esben troels torsten thorkild tommy ulrik uffe vagn villy willy sofus sofie jonas johannes johan
  andreas benjamin david joachim joakim gustav hjalmar hugo otto louis carl karl bertil birger asger asbjørn
  ahmed mohammed muhammad ali omar hassan hussein ibrahim mustafa yusuf khaled mahmoud
  oleksandr andriy serhiy dmytro volodymyr mykola ivan vasyl petro
  mary james robert linda patricia jennifer elizabeth barbara susan george charles paul mark steven andrew kevin`
    .split(/\s+/)
    .filter(Boolean),
)
/** Names that are words too: a name only where the word would not stand so. */
const alsoWords = new Set([
  'bo',
  'line',
  'mark',
  'kim',
  'august',
  'bent',
  'hans',
  'else',
  'kai',
  'kaj',
  'victoria',
  'ib',
])
const surnames = new Set(
  `møller lund holm schmidt madsen friis bech beck juhl skov vestergaard kjær dahl nygaard bruun krogh lauridsen koch winther munk
  haddad krag brandt berg kruse bach lassen thomsen clausen berthelsen smith jones brown williams`
    .split(/\s+/)
    .filter(Boolean),
)
/** Words before a name: "naboen Jens", "fru Hansen", "my neighbour Ann". */
const before = new Set(
  `nabo naboen naboens genbo genboen min mit din hendes vores jeres formand formanden kasserer kassereren købmand købmanden lærer
  læreren præst præsten pedel pedellen læge lægen dreng drengen pige pigen kone konen mand manden far mor søn datter bror søster
  fætter kusine onkel tante farfar farmor mormor morfar ven veninde vennen kæreste kæresten kollega kollegaen chef chefen hr hr. herr
  fru frk frk. dr dr. pastor doktor mr mr. mrs mrs. ms neighbour neighbor my brother sister friend husband wife uncle aunt
  сусід сусідка пан пані`.split(/\s+/),
)
/** Capitalised, and still nobody: holidays, languages in English, "I", God, and words for places. */
const nobody =
  /^(?:I|Jul|Juli|Sankt|Skt|Gud|God|Kommunen?|Midtsø|Danmark|Denmark|Facebook|Europa|Europe|Ukraine|Irak|Syrien|Danish|English|[\p{L}]+(?:by|sted|bjerg|borg|strup|lev|rup|lunde?|tofte|husene?|huse|gade|vej|torv|skov|strand|havn|ø|øen|kirke|skole|gård|hallen|huset|dal|bæk|holm))$/u

const placeAfter =
  /^(?:\s+\p{Lu}\S*)?\s+(?:\p{L}*(?:vej|gade|torv|plads|allé|alle|stræde|gård|kirke|skole|hallen|hal|minde)|den|aften|dag)(?!\p{L})/iu
const holyBefore = /(?:sankt|skt\.?|sct\.?|st\.?)\s+$/iu
const sentenceStart = /(?:^|[.!?:;»«"“”\n–—(]\s*)$/u

const namesSomebody = (text: string): boolean => namesIn(text).length > 0

/** Where somebody is named in `text`: `text.slice(start, end)` is a name, with the surname that follows it. A guess, as the hints are. */
export function namesIn(text: string): { start: number; end: number }[] {
  const found: { start: number; end: number }[] = []
  for (const word of text.matchAll(
    /(?<![\p{L}\p{M}\p{N}])\p{Lu}[\p{Ll}\p{M}]+(?:-\p{Lu}?\p{Ll}+)?(?:'s|’s)?(?![\p{L}\p{M}])/gu,
  )) {
    const [name] = word
    if (word.index < (found.at(-1)?.end ?? 0)) continue
    const ahead = text.slice(0, word.index)
    const after = text.slice(word.index + name.length)
    if (holyBefore.test(ahead) || placeAfter.test(after)) continue
    const [more = '', next = ''] = /^\s+(?:[\p{Lu}]\.?\s+)?(\p{Lu}[\p{Ll}\p{M}]+)(?!\p{L})/u.exec(after) ?? []
    const first = sentenceStart.test(ahead)
    const led = before.has(/(\S+)\s+$/u.exec(ahead)?.[1]?.toLowerCase() ?? '')
    const surname = isSurname(next)
    // "Bo her": a name that is a word too counts when a surname follows, or in the middle of a sentence.
    const given = isGiven(name) && (!alsoWords.has(bare(name)) || surname || !first)
    if ((led && (isGiven(name) || !nobody.test(name))) || given || (surname && !nobody.test(name) && !first))
      found.push({ start: word.index, end: word.index + name.length + (surname ? more.length : 0) })
  }
  return found
}

/** "Poul", "Pouls", "Poul's". */
const bare = (name: string): string => {
  const small = name.toLowerCase().replace(/['’]s$/u, '')
  return givenNames.has(small) || !small.endsWith('s') ? small : small.slice(0, -1)
}
const isGiven = (name: string): boolean =>
  givenNames.has(bare(name)) || (name.includes('-') && givenNames.has(bare(name.split('-')[0] ?? '')))
const isSurname = (name: string): boolean => {
  const small = name.toLowerCase().replace(/s$/u, '')
  return surnames.has(small) || surnames.has(name.toLowerCase()) || /^\p{L}{2,}sens?$/u.test(small)
}
