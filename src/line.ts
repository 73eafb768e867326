// One line as somebody types it on a form: what is kept of it, and what may be wrong with it. For every room.

export type LineFault = 'missing' | 'long' | 'marks'

/** One line, composed letters, no control characters, no runs of spaces. Marks that turn the direction stay: the page isolates them. */
export const oneLine = (text: string | null): string =>
  (text ?? '')
    .normalize('NFC')
    .replace(/[\p{Cc}\p{Zl}\p{Zp}\p{Zs}]+/gu, ' ')
    .trim()

/** A letter, a number or a picture in every writing says something. Spaces and letters that cannot be seen and loose marks do not. */
export const isBlank = (text: string): boolean =>
  !/[\p{L}\p{N}\p{Extended_Pictographic}\p{Regional_Indicator}]/u.test(
    text.replace(/\p{Default_Ignorable_Code_Point}/gu, ''),
  )

/** The line, and what is to be mended in it. Characters are counted as a person counts them. */
export function readLine(typed: string, most: number): { line: string; fault: LineFault | null } {
  const line = oneLine(typed)
  if (isBlank(line)) return { line, fault: 'missing' }
  if ([...line].length > most) return { line, fault: 'long' }
  // No language puts so many marks on one letter; they would reach far over the lines above.
  return { line, fault: /\p{M}{5}/u.test(line) ? 'marks' : null }
}

/** A name that the form does not have, or one that comes twice: somebody else's form, or a broken one. */
export const isStrange = (form: URLSearchParams, known: (name: string) => boolean): boolean => {
  const names = [...form.keys()]
  return names.some((name) => !known(name)) || new Set(names).size < names.length
}
