// The rules of the page Hvis vi gik i morgen: which employees are there, and from how many on the municipality may be told.

/** Fewer residents than this who hang together are told to the municipality as nothing. */
export const fewestForMunicipality = 10

/** Which employees are there, from the address: `?there=0&there=2`. What is no number is nobody. */
export const readThere = (query: readonly string[]): number[] =>
  query.filter((one) => /^\d{1,3}$/.test(one)).map(Number)
