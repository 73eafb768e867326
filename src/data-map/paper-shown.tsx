// A paper of the data map as a page shows it, on the screen and in print.
import { OwnWords } from '../communities/own-words.tsx'
import { Facts, Part } from '../ui/parts.tsx'
import { type Block, type Fact, linesOf, type Paper } from './paper.ts'

function Said({ said }: { said: string | readonly string[] }) {
  const lines = linesOf(said)
  if (lines.length === 1) return <OwnWords text={lines[0] ?? ''} />
  return (
    <ul>
      {lines.map((line) => (
        <li>
          <OwnWords text={line} />
        </li>
      ))}
    </ul>
  )
}

const pairs = (facts: readonly Fact[]) =>
  facts.map(([term, said]) => [<OwnWords text={term} />, <Said said={said} />] as const)

function Shown({ block }: { block: Block }) {
  switch (block.kind) {
    case 'text':
      return (
        <p>
          <OwnWords text={block.text} />
        </p>
      )
    case 'list':
      return (
        <ul>
          {block.items.map((item) => (
            <li>
              <OwnWords text={item} />
            </li>
          ))}
        </ul>
      )
    case 'facts':
      return <Facts facts={pairs(block.facts)} />
    case 'blank':
      return (
        <ul class="to-fill-in">
          {block.asks.map((ask) => (
            <li>{ask}</li>
          ))}
        </ul>
      )
  }
}

export function PaperShown({ paper }: { paper: Paper }) {
  return (
    <>
      {paper.sections.map(({ id, title, blocks }) => (
        <Part id={id} title={<OwnWords text={title} />}>
          {blocks.map((block) => (
            <Shown block={block} />
          ))}
        </Part>
      ))}
    </>
  )
}
