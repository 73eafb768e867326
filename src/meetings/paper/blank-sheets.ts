// How many sheets of each kind an evening needs, so that nobody stands without a pencil's worth of paper.

export const sheetKinds = ['door', 'words', 'dots', 'promises', 'cards'] as const
export type SheetKind = (typeof sheetKinds)[number]

/** As many as one prints for when nobody says how many come. */
const usualPeople = 40
const mostPeople = 2000

/** How many people are expected, as it was typed. */
export function readPeople(text: string | undefined): number {
  const people = Number((text ?? '').trim())
  return Number.isInteger(people) && people >= 1 ? Math.min(people, mostPeople) : usualPeople
}

/** So many names stand on a page of the door list. */
export const rowsOnDoorSheet = 18

/**
 * Pages of A4 for so many people. Eighteen stand on a page of the door list; everybody gets two slips and one card of each kind, four to
 * a page; two themes share a page, and without themes yet there is room for four.
 */
export function blankSheets(people: number, themes: number): { sheet: SheetKind; count: number }[] {
  const count: Record<SheetKind, number> = {
    door: Math.ceil(people / rowsOnDoorSheet),
    words: Math.ceil(people / 2),
    dots: Math.ceil((themes || 4) / 2),
    promises: Math.ceil(people / 4),
    cards: Math.ceil(people / 4),
  }
  return sheetKinds.map((sheet) => ({ sheet, count: count[sheet] }))
}
