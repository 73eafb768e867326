// The words of the record and of the assessment, in both languages.
import { catalogue } from '../i18n/catalogue.ts'
import da from './papers.da.json' with { type: 'json' }
import en from './papers.en.json' with { type: 'json' }

export const paperWords = catalogue(da, en)
