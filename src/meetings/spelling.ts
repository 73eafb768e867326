// A meeting's code said letter by letter, as one says it on the telephone: "Karen, 7, William".
import type { Lang } from '../i18n/catalogue.ts'

/** Danish as the telephone has taught it; English as on the radio. The letters that a code can have, and no others. */
const names: Record<Lang, string> = {
  da: 'Anna Bernhard Cecilie David Erik Frederik Georg Hans Johan Karen Ludvig Mari Nikolaj Peter Quintus Rasmus Søren Theodor Ulla Viggo William Xerxes Yrsa Zackarias',
  en: 'Alfa Bravo Charlie Delta Echo Foxtrot Golf Hotel Juliett Kilo Lima Mike November Papa Quebec Romeo Sierra Tango Uniform Victor Whiskey Xray Yankee Zulu',
}

/** One word for each character, in order. */
export function spelled(code: string, lang: Lang): string[] {
  const all = names[lang].split(' ')
  return [...code].map((character) => all.find((name) => name.startsWith(character)) ?? character)
}
