// The words of Mine oplysninger, in both languages; and what the program's own short codes are called.
import { catalogue, type Lang } from '../i18n/catalogue.ts'
import da from './da.json' with { type: 'json' }
import en from './en.json' with { type: 'json' }

export const words = catalogue(da, en)

export type FieldKey = keyof typeof da.field
export const isFieldKey = (text: string): text is FieldKey => Object.hasOwn(da.field, text)

const codes: Record<Lang, Record<string, Record<string, string>>> = { da: da.code, en: en.code }

/** What a code of a column is called; the code itself, where it has no other name. */
export const codeIn = (lang: Lang, column: string, code: string): string => codes[lang][column]?.[code] ?? code
