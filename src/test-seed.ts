// One state of the files draws the same cases each time: what passes here passes with the next one who runs it, and a red stays red until it is mended. The next change draws others.
import fc from 'fast-check'

fc.configureGlobal({ seed: Number(process.env.PROPERTY_SEED) })
