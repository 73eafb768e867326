// How large a file of people may be. A place has some hundreds; a large association some thousands.

export const mostBytes = 10_000_000
/** Twenty thousand people, with some lines over and under them. */
export const mostRows = 25_000
export const mostColumns = 100
/** What is longer in a cell is no name and no address; it is cut. */
export const longestCell = 300
