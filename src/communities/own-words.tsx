// Words that somebody wrote, as they stand: their line breaks kept, and their direction kept to themselves.

/** Marks that turn the direction of the text turn nothing outside it. */
export function OwnWords({ text }: { text: string }) {
  return (
    <bdi>
      {text.split('\n').map((line, number) => (
        <>
          {number > 0 && <br />}
          {line}
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
