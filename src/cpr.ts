// The detector of CPR numbers: the shapes in which people write them, in every writing. What looks like one is refused, wherever it is typed.

/** Digits of other writings as ours: a number is a number. */
export const withPlainDigits = (text: string): string =>
  text.replace(/\p{Nd}/gu, (digit) => {
    if (digit <= '9') return digit
    // The ten digits of every writing stand in a row that begins where the code ends in 0 or 6.
    let zero = digit.codePointAt(0) ?? 0
    while (/\p{Nd}/u.test(String.fromCodePoint(zero - 1)) && (digit.codePointAt(0) ?? 0) - zero < 9) zero -= 1
    return String((digit.codePointAt(0) ?? 0) - zero)
  })

/** 010203-1234, 0102031234, 010203 1234, 01 02 03 1234, 01.02.03-1234. A date and a time ("14.03.27 1930") is none. */
const shapes = [
  /(?<![\d.,])(\d{2})(\d{2})(\d{2})\s{0,2}[-–—/.]?\s{0,2}\d{4}(?!\d|[.,]\d)/gu,
  /(?<![\d.,])(\d{2})\s(\d{2})\s(\d{2})\s?[-–—]?\s?\d{4}(?!\d)/gu,
  /(?<![\d.,])(\d{2})[./-](\d{2})[./-](\d{2})\s?[-–—]\s?\d{4}(?!\d)/gu,
]
const daysIn = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]

/** A day may be 60 more: so are numbers written that are lent out. */
const couldBeBorn = (day: number, month: number): boolean => {
  const real = day > 60 ? day - 60 : day
  return real >= 1 && real <= (daysIn[month - 1] ?? 0)
}

/** Is a number in it that could be a CPR number: six digits that could be a day of birth, and four more? None is ever kept. */
export const hasCpr = (typed: string): boolean => {
  const text = withPlainDigits(typed.normalize('NFC'))
  return shapes.some((shape) =>
    [...text.matchAll(shape)].some(([, day, month]) => couldBeBorn(Number(day), Number(month))),
  )
}
