// What the inspectors found, in words: each rule with the pages and the elements it names.
import type { Look } from './looking.ts'

/** Elements that are told of one rule on one kind of page. */
const mostElements = 3

export function tellFindings(looks: readonly Look[]): string {
  const all = looks.flatMap(({ findings, ...where }) => findings.map((finding) => ({ ...finding, ...where })))
  if (all.length === 0) return 'Nothing was found.'
  const lines: string[] = []
  for (const [rule, ofRule] of Map.groupBy(all, ({ by, rule }) => `${by} ${rule}`)) {
    lines.push(`${rule}: ${ofRule[0]?.asks}`)
    for (const [kind, onKind] of Map.groupBy(ofRule, ({ kind }) => kind)) {
      const where = [...new Set(onKind.map(({ who, view }) => `${who}, ${view}`))]
      lines.push(
        `  ${kind} (${onKind[0]?.path}; ${where[0]}${where.length > 1 ? ` and ${where.length - 1} more` : ''})`,
      )
      const elements = [...new Set(onKind.map(({ element }) => element.replace(/\s+/g, ' ').slice(0, 240)))]
      for (const element of elements.slice(0, mostElements)) lines.push(`    ${element}`)
      if (elements.length > mostElements) lines.push(`    and ${elements.length - mostElements} more`)
    }
  }
  return `${lines.join('\n')}\n\n${all.length} findings.`
}
