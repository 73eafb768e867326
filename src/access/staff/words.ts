// The words of staff sign-in: the way in, which role, who has access, the municipality's own sign-in.
import { catalogue } from '../../i18n/catalogue.ts'
import da from './da.json' with { type: 'json' }
import en from './en.json' with { type: 'json' }

export const words = catalogue(da, en)
