import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { childrenOf, everyElement, inXml, onlyChild, readXml, XmlProblem } from './xml.ts'

describe('what is read', () => {
  test('elements, attributes and text come with their namespaces', () => {
    const root = readXml(
      '<?xml version="1.0" encoding="UTF-8"?>\n<a:r xmlns:a="urn:a" xmlns="urn:b" ID="1" a:x="y"><c>en &amp; to &#x41;</c><a:c/></a:r>\n',
    )
    expect([root.ns, root.name, root.attributes.get('ID'), root.attributes.get('{urn:a}x')]).toEqual([
      'urn:a',
      'r',
      '1',
      'y',
    ])
    expect(onlyChild(root, 'urn:b', 'c')?.text).toBe('en & to A')
    expect(childrenOf(root, 'urn:a', 'c')).toHaveLength(1)
    expect([...everyElement(root)]).toHaveLength(3)
  })

  test('a namespace holds only inside the element that declares it', () => {
    const root = readXml('<r><x xmlns="urn:x"><y/></x><y/></r>')
    expect(root.children.map(({ ns, children }) => [ns, children[0]?.ns])).toEqual([
      ['urn:x', 'urn:x'],
      ['', undefined],
    ])
  })

  test('a comment in a file one was handed is skipped, and its neighbours stay one text', () => {
    expect(readXml('<!-- a --><r>a<!-- b -->b</r><!-- c -->', { comments: 'skip' }).text).toBe('ab')
  })
})

describe('what is refused', () => {
  test.each([
    ['a DTD', '<!DOCTYPE r><r/>'],
    ['an entity of its own', '<!DOCTYPE r [<!ENTITY x SYSTEM "file:///etc/passwd">]><r>&x;</r>'],
    ['entities that grow', '<!DOCTYPE r [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;&a;">]><r>&b;</r>'],
    ['an entity nobody declared', '<r>&x;</r>'],
    ['an entity named like a part of every object', '<r>&constructor;</r>'],
    ['an & of its own', '<r>a & b</r>'],
    ['an instruction', '<r><?php x?></r>'],
    ['CDATA', '<r><![CDATA[x]]></r>'],
    ['a comment in a message', '<r>admin<!-- -->.x</r>'],
    ['the same attribute twice', '<r a="1" a="2"/>'],
    ['the same attribute by two prefixes', '<r xmlns:a="u" xmlns:b="u" a:x="1" b:x="2"/>'],
    ['a prefix nobody declared', '<a:r/>'],
    ['a second root', '<r/><r/>'],
    ['text after the end', '<r/>x'],
    ['text before the beginning', 'x<r/>'],
    ['an element that is closed by another', '<r><a></b></r>'],
    ['an element without an end', '<r><a>'],
    ['a < in a value', '<r a="<"/>'],
    ['a value without quotes', '<r a=1/>'],
    ['a control character', '<r>\u0000</r>'],
    ['a control character by its number', '<r>&#0;</r>'],
    ['another encoding', '<?xml version="1.0" encoding="UTF-7"?><r/>'],
    ['another version', '<?xml version="1.1"?><r/>'],
    ['a namespace that is reserved', '<r xmlns:xml="urn:x"/>'],
    ['too deep a tree', `${'<a>'.repeat(100)}${'</a>'.repeat(100)}`],
    ['too long a text', `<r>${'x'.repeat(300_000)}</r>`],
    ['nothing', ''],
  ])('%s', (_, text) => {
    expect(() => readXml(text)).toThrow(XmlProblem)
  })

  test('the problem never repeats what was sent', () => {
    const told = (() => {
      try {
        readXml('<r>&hemmelig;</r>')
      } catch (error) {
        return (error as Error).message
      }
    })()
    expect(told).not.toContain('hemmelig')
  })
})

test('any text is read or refused, and nothing else happens', () => {
  const piece = fc.oneof(
    fc.constantFrom(
      '<',
      '>',
      '/',
      '<a',
      '</a>',
      ' x="1"',
      "xmlns:p='u'",
      '<p:b>',
      '&amp;',
      '&#1',
      '<!--',
      '-->',
      '<?',
      '?>',
      '<![CDATA[',
      ']]>',
      '"',
      '=',
    ),
    fc.string({ unit: 'binary', maxLength: 8 }),
  )
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 40 }), fc.boolean(), (pieces, skip) => {
      try {
        readXml(pieces.join(''), { comments: skip ? 'skip' : 'refuse' })
      } catch (error) {
        expect(error).toBeInstanceOf(XmlProblem)
      }
    }),
    { numRuns: Number(process.env.RUNS ?? 300) },
  )
})

test('whatever text we write into XML is read as it was', () => {
  const said = fc
    .string({ unit: 'grapheme', maxLength: 60 })
    .filter((text) => !/[\p{Cc}\p{Cs}\uFFFE\uFFFF]/u.test(text))
  fc.assert(
    fc.property(said, said, (text, value) => {
      const root = readXml(`<r a="${inXml(value)}">${inXml(text)}</r>`)
      expect([root.text, root.attributes.get('a')]).toEqual([text, value])
    }),
    { numRuns: Number(process.env.RUNS ?? 300) },
  )
})
