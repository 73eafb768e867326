// A paper of the data map, such as the notice, the record or the assessment: its parts, and the same paper as plain text for the keyboard.

export type Block =
  | { kind: 'text'; text: string }
  | { kind: 'list'; items: readonly string[] }
  | { kind: 'facts'; facts: readonly Fact[] }
  /** What only people can write: a line for each, to be filled in by hand. */
  | { kind: 'blank'; asks: readonly string[] }

/** What it is called, and one or more sentences of it. */
export type Fact = readonly [term: string, said: string | readonly string[]]

export interface Section {
  id: string
  title: string
  blocks: readonly Block[]
}

export interface Paper {
  title: string
  lead: string
  sections: readonly Section[]
}

export const linesOf = (said: string | readonly string[]): readonly string[] =>
  typeof said === 'string' ? [said] : said

const factText = ([term, said]: Fact): string => {
  const lines = linesOf(said)
  return lines.length === 1
    ? `- ${term}: ${lines[0]}`
    : [`- ${term}:`, ...lines.map((line) => `  - ${line}`)].join('\n')
}

function blockText(block: Block): string {
  switch (block.kind) {
    case 'text':
      return block.text
    case 'list':
      return block.items.map((item) => `- ${item}`).join('\n')
    case 'facts':
      return block.facts.map(factText).join('\n')
    case 'blank':
      return block.asks.map((ask) => `- [ ] ${ask}: ______________________________`).join('\n')
  }
}

/** As Markdown: to be read at the keyboard, and laid into a case. */
export const asText = ({ title, lead, sections }: Paper): string =>
  [
    `# ${title}`,
    lead,
    ...sections.flatMap((section) => [`## ${section.title}`, ...section.blocks.map(blockText)]),
    '',
  ].join('\n\n')
