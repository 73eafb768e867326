// The way back: the page somebody was on their way to before they had to show who they are.

const base = 'http://oplive.invalid'
const longest = 500
/** Begins with one slash, and with nothing that a browser takes for two. */
const isPath = (text: string): boolean => /^\/(?![/\\])[^\s\\\p{Cc}]*$/u.test(text)

/** A page of our own to go on to. Anything else leads to the front page: nobody is sent on to another site from here. */
export function ownWay(asked: string | null | undefined): string {
  if (!asked || !isPath(asked) || !URL.canParse(asked, base)) return '/'
  const { origin, pathname, search } = new URL(asked, base)
  const way = `${pathname}${search}`
  return origin === base && isPath(way) && way.length <= longest ? way : '/'
}

/** An address with a way back behind it, when it is not the front page. */
export const withWay = (path: string, way: string): string =>
  way === '/' ? path : `${path}?next=${encodeURIComponent(way)}`
