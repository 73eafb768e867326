// Words on screen: one catalogue for each feature and language. Danish is the source; its keys are the type of every other language.
import i18next from 'i18next'

export const languages = ['da', 'en'] as const
export type Lang = (typeof languages)[number]

export const isLang = (value: unknown): value is Lang => languages.includes(value as Lang)

/** What each language calls itself, for the switch. */
export const languageNames: Record<Lang, string> = { da: 'Dansk', en: 'English' }

interface Tree {
  [key: string]: string | Tree
}

/** `{ a: { b_one: '', b_other: '' } }` has the key `a.b`: the plural endings are chosen by the number given as `count`. */
type Bare<K extends string> = K extends `${infer Base}_${'one' | 'other'}` ? Base : K
type KeyOf<T> = { [K in keyof T & string]: T[K] extends string ? Bare<K> : `${K}.${KeyOf<T[K]>}` }[keyof T & string]
type SameShape<T> = { [K in keyof T]: T[K] extends string ? string : SameShape<T[K]> }

/** Says a sentence of the catalogue, with values put in. `count` chooses the plural. Text is not escaped: JSX does that. */
export type Say<T> = (key: KeyOf<T>, values?: Record<string, string | number>) => string

/** Binds a feature's catalogues together. Throws at the first word asked for that is missing in both languages. */
export function catalogue<const T extends Tree>(da: T, en: SameShape<T>): (lang: Lang) => Say<T> {
  const words = i18next.createInstance()
  void words.init({
    lng: 'da',
    fallbackLng: 'da',
    resources: { da: { translation: da }, en: { translation: en } },
    interpolation: { escapeValue: false },
    returnNull: false,
    showSupportNotice: false,
    initAsync: false,
  } as Parameters<typeof words.init>[0])
  type Speak = (key: string, values: Record<string, string | number>) => string
  const speak = { da: words.getFixedT('da') as unknown as Speak, en: words.getFixedT('en') as unknown as Speak }
  return (lang) => (key, values) => {
    const text = speak[lang](key, values ?? {})
    if (text === key) throw new Error(`The catalogue has no words for "${key}"`)
    return text
  }
}
