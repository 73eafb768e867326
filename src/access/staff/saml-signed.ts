// What is signed, and only that: checks the signature over the root of a document and reads the very bytes it covers.

import { fault } from './fault.ts'
import { digestMethods, enveloped, exclusiveC14n, ns, signatureMethods } from './saml-names.ts'
import { type Element, everyElement, onlyChild, readXml } from './xml.ts'

/**
 * Reads a document whose root is signed by one of the certificates. The tree that is answered was read from the bytes the signature covers, not
 * from the document: whatever was wrapped round or moved in it is not in the tree. Throws SignInFault.
 */
export async function readSigned(text: string, certificates: readonly string[]): Promise<Element> {
  checkShape(readXml(text))
  const { getVerifiedXml, parseDomFromString } = await import('@node-saml/node-saml/lib/xml.js')
  let covered: string | null
  try {
    const document = await parseDomFromString(text)
    covered = getVerifiedXml(text, document.documentElement, [...certificates])
  } catch {
    return fault('signature')
  }
  return readXml(covered ?? fault('signature'))
}

/** One signature, of the root itself, over the root itself, by methods that hold. All that is left open is closed: what else might be meant? */
function checkShape(root: Element): void {
  const ids = [...everyElement(root)].flatMap(({ attributes }) =>
    [...attributes].filter(([name]) => /^(\{.*\})?id$/i.test(name)).map(([, value]) => value),
  )
  if (new Set(ids).size !== ids.length) fault('signature')
  const signatures = [...everyElement(root)].filter((one) => one.ns === ns.signature && one.name === 'Signature')
  const signature = onlyChild(root, ns.signature, 'Signature')
  if (signatures.length !== 1 || signatures[0] !== signature) fault('signature')
  const signed = onlyChild(signature, ns.signature, 'SignedInfo')
  const reference = onlyChild(signed, ns.signature, 'Reference')
  const id = root.attributes.get('ID')
  if (!id || reference?.attributes.get('URI') !== `#${id}`) fault('signature')
  const method = (of: Element | undefined, name: string) =>
    onlyChild(of, ns.signature, name)?.attributes.get('Algorithm') ?? ''
  const transforms = onlyChild(reference, ns.signature, 'Transforms')?.children ?? []
  const expected = [enveloped, exclusiveC14n]
  if (
    !Object.hasOwn(signatureMethods, method(signed, 'SignatureMethod')) ||
    !digestMethods.includes(method(reference, 'DigestMethod')) ||
    method(signed, 'CanonicalizationMethod') !== exclusiveC14n ||
    transforms.length !== expected.length ||
    transforms.some(({ name, attributes }, at) => name !== 'Transform' || attributes.get('Algorithm') !== expected[at])
  )
    fault('algorithm')
}
