// A strict reader of XML: elements, attributes and text, with namespaces resolved. What a sign-in never needs is refused, not guessed at.

/** One element. Attributes without a namespace stand under their name, others under `{namespace}name`. */
export interface Element {
  ns: string
  name: string
  attributes: ReadonlyMap<string, string>
  children: Element[]
  /** Its own text, without that of its children. */
  text: string
}

/** The text is no XML that is read here. It says where it stopped, never what stood there. */
export class XmlProblem extends Error {}

interface Reading {
  /** In a file that somebody was handed, comments are skipped. In a signed message there is no honest reason for one. */
  comments?: 'skip' | 'refuse'
  /** The most characters. */
  most?: number
}

const deepest = 64
const mostElements = 20_000
const mostNamespaces = 64
const xmlNs = 'http://www.w3.org/XML/1998/namespace'
const xmlnsNs = 'http://www.w3.org/2000/xmlns/'
const name = /[\p{L}_][\p{L}\p{N}_.-]*/uy
const space = /[ \t\r\n]*/y
/** What XML 1.0 lets stand in a document: no control characters, no halves of a surrogate. */
const forbidden = /[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/u
const named: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" }

type Scope = ReadonlyMap<string, string>

/** Reads a whole document. Throws XmlProblem. No DTD, no entities of its own, no processing instructions, no CDATA. */
export function readXml(text: string, { comments = 'refuse', most = 262_144 }: Reading = {}): Element {
  if (text.length > most) throw new XmlProblem('too long')
  if (forbidden.test(text)) throw new XmlProblem('a character that XML does not have')
  let at = text.charCodeAt(0) === 0xfeff ? 1 : 0
  let count = 0
  const wrong = (what: string): never => {
    throw new XmlProblem(`${what} at ${at}`)
  }
  const skipSpace = () => {
    space.lastIndex = at
    space.test(text)
    at = space.lastIndex
  }
  const takeName = (): string => {
    name.lastIndex = at
    const found = name.exec(text)
    if (!found) return wrong('a name is missing')
    at = name.lastIndex
    return found[0]
  }
  /** `prefix:name`, with an empty prefix where there is none. */
  const takeQName = (): [prefix: string, local: string] => {
    const first = takeName()
    if (text[at] !== ':') return ['', first]
    at++
    return [first, takeName()]
  }
  const expectSign = (sign: string) => {
    if (!text.startsWith(sign, at)) wrong(`${sign} is missing`)
    at += sign.length
  }
  /** Anything that begins with <! or <? is refused, but for a comment that may be skipped. */
  const skipComment = () => {
    if (comments !== 'skip' || !text.startsWith('<!--', at)) wrong('a declaration, an instruction or a comment')
    const end = text.indexOf('--', at + 4)
    if (end < 0 || text[end + 2] !== '>') wrong('a comment without an end')
    at = end + 3
  }
  const skipComments = () => {
    skipSpace()
    while (text.startsWith('<!', at) || text.startsWith('<?', at)) {
      skipComment()
      skipSpace()
    }
  }

  if (text.startsWith('<?xml', at)) {
    const declaration =
      /<\?xml version=(["'])1\.0\1(?: encoding=(["'])utf-8\2)?(?: standalone=(["'])(?:yes|no)\3)? ?\?>/iy
    declaration.lastIndex = at
    if (!declaration.test(text)) wrong('another kind of declaration')
    at = declaration.lastIndex
  }
  skipComments()

  /** A start tag, up to and with its `>`. */
  const takeTag = (scope: Scope): { element: Element; scope: Scope; tag: string; closed: boolean } => {
    expectSign('<')
    const began = at
    const [prefix, local] = takeQName()
    const tag = text.slice(began, at)
    const raw: [prefix: string, local: string, value: string][] = []
    let own = scope
    for (;;) {
      const before = at
      skipSpace()
      if (text[at] === '>' || text.startsWith('/>', at)) break
      if (at === before) wrong('a space is missing')
      const [attributePrefix, attribute] = takeQName()
      skipSpace()
      expectSign('=')
      skipSpace()
      const quote = text[at] === "'" ? "'" : '"'
      expectSign(quote)
      const end = text.indexOf(quote, at)
      if (end < 0) wrong('a value without an end')
      const given = text.slice(at, end)
      if (given.includes('<')) wrong('a < in a value')
      const value = decoded(given.replace(/[\t\r\n]/g, ' '))
      at = end + 1
      if (attributePrefix === 'xmlns' || (attributePrefix === '' && attribute === 'xmlns')) {
        const declared = attributePrefix ? attribute : ''
        if (declared === 'xml' || declared === 'xmlns' || value === xmlNs || value === xmlnsNs)
          wrong('a reserved namespace')
        if (declared && !value) wrong('a namespace without a name')
        raw.push(['xmlns', declared, value])
        if (own.size >= mostNamespaces) wrong('too many namespaces')
        own = new Map(own).set(declared, value)
      } else raw.push([attributePrefix, attribute, value])
    }
    const seen = new Set<string>()
    const attributes = new Map<string, string>()
    for (const [attributePrefix, attribute, value] of raw) {
      const key =
        attributePrefix === 'xmlns'
          ? `xmlns:${attribute}`
          : attributePrefix
            ? `{${nsOf(own, attributePrefix)}}${attribute}`
            : attribute
      if (seen.has(key)) wrong('the same attribute twice')
      seen.add(key)
      if (attributePrefix !== 'xmlns') attributes.set(key, value)
    }
    const closed = text[at] === '/'
    at += closed ? 2 : 1
    if (++count > mostElements) wrong('too many elements')
    const element = {
      ns: prefix ? nsOf(own, prefix) : (own.get('') ?? ''),
      name: local,
      attributes,
      children: [],
      text: '',
    }
    return { element, scope: own, tag, closed }
  }

  const nsOf = (scope: Scope, prefix: string): string =>
    prefix === 'xml' ? xmlNs : (scope.get(prefix) ?? wrong('a prefix that nobody declared'))

  const root = takeTag(new Map())
  const open = root.closed ? [] : [root]
  while (open.length > 0) {
    const here = open[open.length - 1] as typeof root
    const next = text.indexOf('<', at)
    if (next < 0) wrong('the end is missing')
    here.element.text += decoded(text.slice(at, next).replace(/\r\n?/g, '\n'))
    at = next
    if (text.startsWith('</', at)) {
      at += 2
      expectSign(here.tag)
      skipSpace()
      expectSign('>')
      open.pop()
    } else if (text[at + 1] === '!' || text[at + 1] === '?') skipComment()
    else {
      const child = takeTag(here.scope)
      here.element.children.push(child.element)
      if (!child.closed) open.push(child)
      if (open.length > deepest) wrong('too deep')
    }
  }

  skipComments()
  if (at !== text.length) wrong('something after the end')
  return root.element

  function decoded(part: string): string {
    if (part.includes(']]>')) wrong(']]>')
    if (!part.includes('&')) return part
    return part.replace(/&([^&;]{0,12};?)/g, (_, written: string) => {
      const body = written.endsWith(';') ? written.slice(0, -1) : wrong('an & of its own')
      const number = /^#(?:x([\da-f]{1,6})|(\d{1,7}))$/i.exec(body)
      if (!number) return (Object.hasOwn(named, body) ? named[body] : undefined) ?? wrong('an entity that nobody knows')
      const point = number[1] ? Number.parseInt(number[1], 16) : Number(number[2])
      if (point > 0x10ffff || forbidden.test(String.fromCodePoint(point))) wrong('a character that XML does not have')
      return String.fromCodePoint(point)
    })
  }
}

/** The children of this name. */
export const childrenOf = (element: Element, ns: string, name: string): Element[] =>
  element.children.filter((child) => child.ns === ns && child.name === name)

/** The one child of this name; undefined when there is none, or more than one. */
export function onlyChild(element: Element | undefined, ns: string, name: string): Element | undefined {
  const found = element ? childrenOf(element, ns, name) : []
  return found.length === 1 ? found[0] : undefined
}

/** The element and everything in it. */
export function* everyElement(element: Element): Generator<Element> {
  const waiting = [element]
  for (let one = waiting.pop(); one; one = waiting.pop()) {
    yield one
    waiting.push(...one.children)
  }
}

/** A text made safe to stand in XML that we write. */
export const inXml = (text: string): string => text.replace(/[&<>"'\r\n\t]/g, (sign) => `&#${sign.charCodeAt(0)};`)
