// The words of coaching, in both languages.
import { catalogue } from '../../i18n/catalogue.ts'
import da from './da.json' with { type: 'json' }
import en from './en.json' with { type: 'json' }

export const words = catalogue(da, en)
