// What the two inspectors find on a page: QualWeb, the tool of the authority that looks at public sites, and axe.
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { Page } from 'playwright-core'

export interface Finding {
  by: 'QualWeb' | 'axe'
  rule: string
  /** What the rule asks for, with the criteria of WCAG it stands for. */
  asks: string
  /** Where on the page, and the element itself. */
  element: string
}

export interface Inspected {
  findings: Finding[]
  /** Every rule that was tried. */
  rules: Set<string>
}

/**
 * QualWeb's own parts, as its core puts them into a page: the same scripts, without the second browser that core brings along.
 * Their order is the order in which they need each other.
 */
const require = createRequire(import.meta.url)
const parts = [
  require.resolve('@qualweb/qw-page'),
  require.resolve('@qualweb/util'),
  require.resolve('@qualweb/locale'),
  require.resolve('@qualweb/act-rules'),
  require.resolve('@qualweb/wcag-techniques'),
].map((path) => readFileSync(path, 'utf8'))

const axe = readFileSync(createRequire(require.resolve('@axe-core/playwright')).resolve('axe-core/axe.min.js'), 'utf8')

interface Assertion {
  name: string
  metadata: { outcome: string; 'success-criteria'?: { name: string; level: string }[] }
  results: { verdict: string; description: string; elements: { pointer?: string; htmlCode?: string }[] }[]
}
type Report = { assertions: Record<string, Assertion> }
interface Runner {
  configure(options: object): Runner
  test(data: { sourceHtml: string }): Runner
  testSpecial(): Runner
  getReport(): Report
}
type WithQualWeb = {
  ACTRulesRunner: new (options: object, lang: string) => Runner
  WCAGTechniquesRunner: new (options: object, lang: string) => Runner
  act: Runner
}

/** What the law asks for is A and AA: what a rule wants for AAA alone is not held against a page. */
const isAsked = ({ metadata: { 'success-criteria': criteria = [] } }: Assertion): boolean =>
  criteria.length === 0 || criteria.some(({ level }) => level !== 'AAA')

async function byQualWeb(page: Page, sourceHtml: string): Promise<Inspected> {
  for (const part of parts) await page.evaluate(part)
  const techniques = await page.evaluate((sourceHtml) => {
    const here = globalThis as unknown as WithQualWeb
    here.act = new here.ACTRulesRunner({}, 'en').configure({}).test({ sourceHtml })
    return new here.WCAGTechniquesRunner({}, 'en').configure({}).test({ sourceHtml }).getReport()
  }, sourceHtml)
  // One rule wants to see the page as it is when the text is twice as large: half a window of 1280.
  const size = page.viewportSize()
  await page.setViewportSize({ width: 640, height: 512 })
  const act = await page.evaluate(() => (globalThis as unknown as WithQualWeb).act.testSpecial().getReport())
  if (size) await page.setViewportSize(size)
  const all = Object.entries({ ...act.assertions, ...techniques.assertions })
  return {
    rules: new Set(all.map(([rule]) => rule)),
    findings: all
      .filter(([, assertion]) => assertion.metadata.outcome === 'failed' && isAsked(assertion))
      .flatMap(([rule, { name, metadata, results }]) =>
        results
          .filter(({ verdict }) => verdict === 'failed')
          .map(({ description, elements }) => ({
            by: 'QualWeb' as const,
            rule,
            asks: `${name}${criteriaOf(metadata)}: ${description}`,
            element: elements.map(({ pointer = '', htmlCode = '' }) => `${pointer}  ${htmlCode}`).join(' | '),
          })),
      ),
  }
}

const criteriaOf = ({ 'success-criteria': criteria = [] }: Assertion['metadata']): string =>
  criteria.length > 0 ? ` (${criteria.map(({ name, level }) => `${name} ${level}`).join(', ')})` : ''

const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']

interface Axe {
  run(
    context: Document,
    options: object,
  ): Promise<
    Record<'passes' | 'inapplicable' | 'incomplete', { id: string }[]> & {
      violations: { id: string; help: string; nodes: { target: unknown[]; html: string }[] }[]
    }
  >
}

/** axe itself, without the builder, which is several times slower: it looks for frames, and no page of ours has any. */
async function byAxe(page: Page): Promise<Inspected> {
  await page.evaluate(axe)
  const { violations, rules } = await page.evaluate(async (tags) => {
    const { axe } = globalThis as unknown as { axe: Axe }
    const seen = await axe.run(document, { runOnly: tags, resultTypes: ['violations'] })
    const all = [...seen.violations, ...seen.passes, ...seen.inapplicable, ...seen.incomplete]
    const violations = seen.violations.map(({ id, help, nodes }) => ({
      ...{ id, help },
      nodes: nodes.map(({ target, html }) => ({ target: target.join(' '), html })),
    }))
    return { violations, rules: all.map(({ id }) => id) }
  }, tags)
  return {
    rules: new Set(rules),
    findings: violations.flatMap(({ id, help, nodes }) =>
      nodes.map(({ target, html }) => ({ by: 'axe', rule: id, asks: help, element: `${target}  ${html}` })),
    ),
  }
}

/** Lets both look at the page as it stands. axe first: QualWeb leaves its scripts behind. */
export async function inspectPage(page: Page, sourceHtml: string): Promise<Inspected> {
  const seen = [await byAxe(page), await byQualWeb(page, sourceHtml)]
  const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)
  const tooWide: Finding[] =
    wide > 0 ? [{ by: 'axe', rule: 'wider than the window', asks: 'Nothing goes sideways', element: `${wide} px` }] : []
  return {
    findings: [...seen.flatMap(({ findings }) => findings), ...tooWide],
    rules: new Set(seen.flatMap(({ rules }) => [...rules])),
  }
}
