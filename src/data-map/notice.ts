// The notice on one sheet of paper, and what is said on the telephone.
import type { PrivacyConfig } from '../config-privacy.ts'
import type { Lang } from '../i18n/catalogue.ts'
import { dataMap } from './data-map.ts'
import type { Paper } from './paper.ts'
import { groundOf, purposeKeys } from './purposes.ts'
import { contactOf } from './record.ts'
import { ruleOf } from './retention-rules.ts'
import { sayRule, words } from './words.ts'

const talk = (lang: Lang, privacy: PrivacyConfig): string =>
  privacy.dpoMail || privacy.dpoPhone
    ? words(lang)('notice.contact', { contact: contactOf(lang, privacy) })
    : words(lang)('notice.noContact')

export function noticeOnPaper(lang: Lang, municipality: string, privacy: PrivacyConfig): Paper {
  const say = words(lang)
  const { keep } = ruleOf('attendance')
  const long = keep ? say(`span.${keep.unit}`, { count: keep.n }) : ''
  return {
    title: say('notice.paperTitle'),
    lead: say('notice.paperLead'),
    sections: [
      {
        id: 'sheet',
        title: say('notice.title'),
        blocks: [
          {
            kind: 'list',
            items: [
              say('notice.paper1', { municipality }),
              say('notice.paper2'),
              say('notice.paper3'),
              say('notice.paper4', { long }),
              say('notice.paper5'),
            ],
          },
          { kind: 'text', text: talk(lang, privacy) },
          { kind: 'text', text: say('notice.authority') },
        ],
      },
      {
        id: 'phone',
        title: say('notice.phone'),
        blocks: [
          {
            kind: 'list',
            items: [
              say('notice.phone1'),
              say('notice.phone2'),
              say('notice.phone3'),
              say('notice.phone4'),
              say('notice.phone5'),
            ],
          },
        ],
      },
    ],
  }
}

/** The whole notice, for the keyboard: every use with its law and how long. */
export function noticePaper(lang: Lang, municipality: string, privacy: PrivacyConfig): Paper {
  const say = words(lang)
  return {
    title: say('notice.title'),
    lead: say('notice.runs', { municipality: privacy.processor ?? municipality }),
    sections: [
      ...purposeKeys.map((purpose) => ({
        id: purpose,
        title: say(`purpose.${purpose}.title`),
        blocks: [
          {
            kind: 'facts' as const,
            facts: [
              [say('notice.why'), say(`purpose.${purpose}.why`)],
              [say('notice.law'), say(`basis.${groundOf(purpose).municipality}.law`)],
              [
                say('notice.long'),
                [...new Set(dataMap.filter((one) => one.purpose === purpose).map(({ keep }) => keep))].map((rule) =>
                  sayRule(lang, rule, purpose),
                ),
              ],
            ] as const,
          },
        ],
      })),
      { id: 'named', title: say('notice.named'), blocks: [{ kind: 'text', text: say('notice.namedWhat') }] },
      {
        id: 'talk',
        title: say('notice.talk'),
        blocks: [
          { kind: 'text', text: talk(lang, privacy) },
          { kind: 'text', text: say('notice.authority') },
        ],
      },
    ],
  }
}
