// Words that somebody wrote, as they stand: their line breaks kept, their direction kept to themselves, and no word wider than the page.
import type { Child } from 'hono/jsx'

/** So many letters without a space fit beside nothing else on a narrow page, and not in a table. */
const longWord = /\S{24}(?=[^\s\p{M}])/gu

/** The line, with places where a word without end may break. */
const breakable = (line: string): Child =>
  line
    .replace(longWord, '$&\n')
    .split('\n')
    .map((piece, number) => (
      <>
        {number > 0 && <wbr />}
        {piece}
      </>
    ))

/** Marks that turn the direction of the text turn nothing outside it. */
export function OwnWords({ text }: { text: string }) {
  return (
    <bdi>
      {text.split('\n').map((line, number) => (
        <>
          {number > 0 && <br />}
          {breakable(line)}
        </>
      ))}
    </bdi>
  )
}

/** In the quotation marks of a speaker, unless the writer has set some. */
export function Quoted({ text }: { text: string }) {
  const has = /^["“”„«»'’‘]/.test(text)
  return has ? (
    <OwnWords text={text} />
  ) : (
    <>
      ”<OwnWords text={text} />”
    </>
  )
}
