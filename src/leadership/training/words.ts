// The words of training, and its ten hand-outs, in both languages.
import { catalogue, type Lang } from '../../i18n/catalogue.ts'
import da from './da.json' with { type: 'json' }
import en from './en.json' with { type: 'json' }
import type { HandOut } from './hand-out.ts'
import sheetsDa from './hand-outs.da.json' with { type: 'json' }
import sheetsEn from './hand-outs.en.json' with { type: 'json' }
import type { Module } from './training.ts'

export const words = catalogue(da, en)

const sheets: Record<Lang, Record<Module, HandOut>> = { da: sheetsDa, en: sheetsEn }

export const handOut = (lang: Lang, module: Module): HandOut => sheets[lang][module]

/** "Den gode 1:1-samtale". */
export const sayModule = (lang: Lang, module: Module): string => handOut(lang, module).title
