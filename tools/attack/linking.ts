// All methods of linking, in the order of the table.
import { aroundMethods, countsAlone } from './linking/around.ts'
import { boxMethods } from './linking/boxes.ts'
import { type Method, rowMethods } from './linking/rows.ts'

export const methods: readonly Method[] = [countsAlone, ...rowMethods, ...aroundMethods, ...boxMethods]
