// What the address of the page Hvis vi gik i morgen says: which employees are there, and which quarter is laid beside the newest.

/** Which employees are there, from the address: `?there=0&there=2`. What is no number is nobody. */
export const readThere = (query: readonly string[]): number[] =>
  query.filter((one) => /^\d{1,3}$/.test(one)).map(Number)

/** The first day of a quarter, from `?then=2024-07-01`. */
export const readQuarter = (text: string | undefined): string | null =>
  text !== undefined && /^\d{4}-(01|04|07|10)-01$/.test(text) ? text : null
