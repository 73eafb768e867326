// Everybody behind the marks of a large drawing, as few bytes as it takes: written on the server, read in the browser when one zooms in. No names.

/** People in the order of the marks they are in. Numbers are of this file alone. */
export interface Net {
  /** How many people each mark of the drawing has, in the order of the page. */
  perMark: number[]
  /** The mark of each. */
  markOf: Int32Array
  /** x and y of each, in the measure of the drawing, to a tenth. */
  at: Float32Array
  /** The kind of each (`switching.ts`); employees have -1. */
  kindOf: Int32Array
  /** Two for each tie that both let be drawn, sorted. */
  ends: Int32Array
  /** The employees, in the order of the page, and the one who asks. */
  staff: number[]
  me: number | null
}

export interface ToWrite {
  marks: number
  /** As the drawing has them, by number of the person. */
  at: Float32Array
  markOf: Int32Array
  kindOf: Int32Array
  ends: Int32Array
  hidden: Uint8Array
  staff: readonly number[]
  me: number | null
}

/** Numbers below 128 take a byte, below 16,384 two: neighbours of the picture are near each other in the row. O(people + ties × log ties). */
export function netBytes({ marks, at, markOf, kindOf, ends, hidden, staff, me }: ToWrite): Uint8Array<ArrayBuffer> {
  const people = markOf.length
  const row = Array.from({ length: people }, (_, person) => person).sort(
    (a, b) => (markOf[a] as number) - (markOf[b] as number) || (at[2 * a] as number) - (at[2 * b] as number),
  )
  const placeOf = new Int32Array(people)
  row.forEach((person, place) => {
    placeOf[person] = place
  })
  const perMark = new Int32Array(marks)
  for (const mark of markOf) perMark[mark] = (perMark[mark] as number) + 1
  const ties: number[] = []
  for (let tie = 0; tie < hidden.length; tie++) {
    if (hidden[tie]) continue
    const [a, b] = [placeOf[ends[2 * tie] as number] as number, placeOf[ends[2 * tie + 1] as number] as number]
    if (a !== b) ties.push(Math.min(a, b) * people + Math.max(a, b))
  }
  const sorted = Float64Array.from(ties).sort()
  const out = new Uint8Array(5 * (5 + marks + staff.length + 3 * people + 2 * sorted.length))
  let length = 0
  const put = (number: number) => {
    let rest = number
    while (rest > 127) {
      out[length++] = (rest % 128) + 128
      rest = Math.floor(rest / 128)
    }
    out[length++] = rest
  }
  const meNow = me === null ? 0 : (placeOf[me] as number) + 1
  for (const number of [marks, people, sorted.length, staff.length, meNow]) put(number)
  for (const count of perMark) put(count)
  for (const person of staff) put(placeOf[person] as number)
  for (const person of row) {
    put(Math.round(10 * (at[2 * person] as number)))
    put(Math.round(10 * (at[2 * person + 1] as number)))
    put((kindOf[person] as number) + 1)
  }
  let before = 0
  for (const key of sorted) {
    const from = Math.floor(key / people)
    put(from - before)
    put((key % people) - from)
    before = from
  }
  return out.slice(0, length)
}

export function readNet(bytes: Uint8Array): Net {
  let place = 0
  const get = (): number => {
    let [number, worth] = [0, 1]
    for (;;) {
      const byte = bytes[place++]
      if (byte === undefined) throw new RangeError('the net ends too soon')
      number += (byte % 128) * worth
      if (byte < 128) return number
      worth *= 128
    }
  }
  const [marks, people, ties, employees, me] = [get(), get(), get(), get(), get()]
  const perMark = Array.from({ length: marks }, get)
  const staff = Array.from({ length: employees }, get)
  const markOf = Int32Array.from(perMark.flatMap((count, mark) => new Array<number>(count).fill(mark)))
  const at = new Float32Array(2 * people)
  const kindOf = new Int32Array(people)
  for (let person = 0; person < people; person++) {
    at[2 * person] = get() / 10
    at[2 * person + 1] = get() / 10
    kindOf[person] = get() - 1
  }
  const ends = new Int32Array(2 * ties)
  let from = 0
  for (let tie = 0; tie < ties; tie++) {
    from += get()
    ends[2 * tie] = from
    ends[2 * tie + 1] = from + get()
  }
  return { perMark, markOf, at, kindOf, ends, staff, me: me === 0 ? null : me - 1 }
}
