// The words of the ways in: mail, card, devices, proving anew.
import { catalogue } from '../i18n/catalogue.ts'
import da from './ways.da.json' with { type: 'json' }
import en from './ways.en.json' with { type: 'json' }

export const words = catalogue(da, en)
