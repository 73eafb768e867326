// A draft of the assessment of what this means for people (GDPR 35): the risks we know of, what stands against each, and where that is tried.
import type { Lang } from '../i18n/catalogue.ts'
import { dataMap } from './data-map.ts'
import type { Paper } from './paper.ts'
import { paperWords } from './paper-words.ts'
import { groundOf, purposeKeys } from './purposes.ts'
import { type Answering, contactOf } from './record.ts'
import { words } from './words.ts'

type Grade = 'low' | 'middle' | 'high'
interface Risk {
  /** How likely and how bad, before and after what is done: our proposal. */
  before: readonly [likely: Grade, bad: Grade]
  after: readonly [likely: Grade, bad: Grade]
  /** The files that try it. */
  tried: readonly string[]
}

export const risks = {
  exit: {
    before: ['high', 'middle'],
    after: ['low', 'middle'],
    tried: ['src/meetings/seal.test.ts', 'tools/attack.test.ts'],
  },
  village: {
    before: ['high', 'middle'],
    after: ['low', 'middle'],
    tried: ['tools/trust/differencing.test.ts', 'src/shares/release.test.ts', 'src/numbers/rules.test.ts'],
  },
  employee: {
    before: ['middle', 'high'],
    after: ['low', 'middle'],
    tried: ['src/db/policies.test.ts', 'src/rooms/rooms.page.test.ts', 'tools/trust/crawl.test.ts'],
  },
  backup: {
    before: ['middle', 'high'],
    after: ['low', 'middle'],
    tried: ['src/backup/backup.test.ts', 'tools/trust/stolen-disk.test.ts'],
  },
  looked: {
    before: ['middle', 'middle'],
    after: ['low', 'middle'],
    tried: ['src/audit/audit.test.ts', 'src/rooms/rooms.page.test.ts'],
  },
  server: { before: ['low', 'high'], after: ['low', 'high'], tried: ['tools/attack.test.ts', 'src/book/lock.test.ts'] },
  named: {
    before: ['high', 'low'],
    after: ['middle', 'low'],
    tried: ['src/mine/everything.test.ts', 'src/mine/forgotten.test.ts'],
  },
  text: {
    before: ['middle', 'high'],
    after: ['middle', 'middle'],
    tried: ['src/cpr.test.ts', 'src/hints.test.ts'],
  },
  key: {
    before: ['middle', 'middle'],
    after: ['low', 'middle'],
    tried: ['src/rooms/keys.deeds.test.ts', 'tools/trust/revoked.test.ts'],
  },
  asked: { before: ['middle', 'middle'], after: ['middle', 'low'], tried: ['src/moving-in/moving-in.test.ts'] },
} as const satisfies Record<string, Risk>
const riskKeys = Object.keys(risks) as (keyof typeof risks)[]

export function dpiaPaper(lang: Lang, who: Answering): Paper {
  const say = paperWords(lang)
  const map = words(lang)
  const grade = ([likely, bad]: readonly [Grade, Grade]) =>
    say('dpia.grade', { likely: say(`grade.${likely}`), bad: say(`grade.${bad}`) })
  return {
    title: say('dpia.title'),
    lead: say('dpia.lead'),
    sections: [
      {
        id: 'what',
        title: say('dpia.what'),
        blocks: [
          { kind: 'text', text: say('dpia.whatText') },
          { kind: 'text', text: say('dpia.count', { fields: dataMap.length, uses: purposeKeys.length }) },
          {
            kind: 'facts',
            facts: [
              [say('record.controller'), who.name],
              [say('record.dpo'), contactOf(lang, who.privacy)],
            ],
          },
        ],
      },
      {
        id: 'why',
        title: say('dpia.why'),
        blocks: [{ kind: 'list', items: [say('dpia.why1'), say('dpia.why2'), say('dpia.why3')] }],
      },
      {
        id: 'need',
        title: say('dpia.need'),
        blocks: [
          {
            kind: 'list',
            items: [say('dpia.need1'), say('dpia.need2'), say('dpia.need3'), say('dpia.need4'), say('dpia.need5')],
          },
          {
            kind: 'facts',
            facts: purposeKeys.map((purpose) => [
              map(`purpose.${purpose}.title`),
              `${map(`purpose.${purpose}.why`)} ${map(`basis.${groundOf(purpose).municipality}.law`)}`,
            ]),
          },
          { kind: 'blank', asks: [say('dpia.lawAsk')] },
        ],
      },
      ...riskKeys.map((key) => ({
        id: `risk-${key}`,
        title: say(`risk.${key}.title`),
        blocks: [
          {
            kind: 'facts' as const,
            facts: [
              [say('dpia.happens'), say(`risk.${key}.what`)],
              [say('dpia.before'), grade(risks[key].before)],
              [say('dpia.against'), say(`risk.${key}.against`)],
              [say('dpia.tried'), risks[key].tried],
              [say('dpia.left'), say(`risk.${key}.left`)],
              [say('dpia.after'), grade(risks[key].after)],
            ] as const,
          },
          { kind: 'blank' as const, asks: [say('dpia.agree')] },
        ],
      })),
      {
        id: 'answers',
        title: say('dpia.answers'),
        blocks: [
          { kind: 'text', text: say('dpia.answersText') },
          {
            kind: 'blank',
            asks: [
              say('dpia.dpoSays'),
              say('dpia.consulted'),
              say('dpia.consultedSays'),
              say('dpia.prior'),
              say('dpia.decided'),
              say('dpia.again'),
            ],
          },
        ],
      },
    ],
  }
}
