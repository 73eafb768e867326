// The metadata of an identity provider: a file somebody was handed, read strictly, so that a fault is found on the page and not at sign-in.
import { X509Certificate } from 'node:crypto'
import { ns, redirectBinding } from './saml-names.ts'
import { childrenOf, type Element, everyElement, onlyChild, readXml, XmlProblem } from './xml.ts'

/** What must be known of an identity provider. */
export interface IdentityProvider {
  entityId: string
  /** Where people are sent to sign in. */
  signInAt: string
  /** Where they are sent to sign out; null when it cannot be done. `answerAt` is where an answer goes. */
  signOutAt: { at: string; answerAt: string } | null
  /** What its messages are signed with: each as PEM. */
  certificates: string[]
}

/** Why a file will not do. Each has a sentence in the catalogue, under `metadata.problem`. */
export type MetadataProblem =
  | 'not-xml'
  | 'not-metadata'
  | 'many'
  | 'no-entity'
  | 'no-sign-in'
  | 'not-https'
  | 'no-certificate'
  | 'bad-certificate'
  | 'weak-key'
  | 'expired'

export type MetadataRead = { ok: true; provider: IdentityProvider } | { ok: false; problem: MetadataProblem }

/** The most characters a file may have: KOMBIT's has about ten thousand. */
export const longestMetadata = 200_000
const weakestKey = 2048
const protocol = 'urn:oasis:names:tc:SAML:2.0:protocol'

/** Reads the file of one identity provider. `now` is for what it says of how long it holds. */
export function readMetadata(text: string, now: Date): MetadataRead {
  try {
    return { ok: true, provider: providerIn(text, now) }
  } catch (error) {
    if (error instanceof XmlProblem) return { ok: false, problem: 'not-xml' }
    if (error instanceof Unfit) return { ok: false, problem: error.problem }
    throw error
  }
}

class Unfit extends Error {
  readonly problem: MetadataProblem
  constructor(problem: MetadataProblem) {
    super(problem)
    this.problem = problem
  }
}
const unfit = (problem: MetadataProblem): never => {
  throw new Unfit(problem)
}

function providerIn(text: string, now: Date): IdentityProvider {
  const entity = theEntity(readXml(text, { comments: 'skip', most: longestMetadata }))
  const roles = childrenOf(entity, ns.metadata, 'IDPSSODescriptor').filter((one) =>
    (one.attributes.get('protocolSupportEnumeration') ?? '').split(/\s+/).includes(protocol),
  )
  const role = roles.length === 1 ? (roles[0] as Element) : unfit(roles.length > 1 ? 'many' : 'not-metadata')
  const entityId = entity.attributes.get('entityID')?.trim() ?? ''
  if (!entityId || entityId.length > 1024) unfit('no-entity')
  for (const one of [entity, role]) {
    const until = one.attributes.get('validUntil')
    if (until !== undefined && !(Date.parse(until) > now.getTime())) unfit('expired')
  }
  const signIn = endpoint(role, 'SingleSignOnService') ?? unfit('no-sign-in')
  const signOut = endpoint(role, 'SingleLogoutService')
  return {
    entityId,
    signInAt: signIn.at,
    signOutAt: signOut,
    certificates: certificatesOf(role),
  }
}

/** The one entity in the file, also where a federation wraps it. */
function theEntity(root: Element): Element {
  const isEntity = ({ ns: own, name }: Element) => own === ns.metadata && name === 'EntityDescriptor'
  if (isEntity(root)) return root
  if (root.ns !== ns.metadata || root.name !== 'EntitiesDescriptor') return unfit('not-metadata')
  const found = [...everyElement(root)].filter(isEntity)
  return found.length === 1 ? (found[0] as Element) : unfit(found.length > 1 ? 'many' : 'not-metadata')
}

/** People are sent by a plain redirect: the only way that needs no script and no form to another site. */
function endpoint(role: Element, name: string): { at: string; answerAt: string } | null {
  const [service] = childrenOf(role, ns.metadata, name).filter(
    (one) => one.attributes.get('Binding') === redirectBinding,
  )
  if (!service) return null
  const at = addressOf(service.attributes.get('Location'))
  const answer = service.attributes.get('ResponseLocation')
  return { at, answerAt: answer === undefined ? at : addressOf(answer) }
}

function addressOf(text: string | undefined): string {
  const address = text?.trim() ?? ''
  if (address.length > 2048 || !URL.canParse(address)) return unfit('no-sign-in')
  const { protocol: scheme, hostname, username, hash } = new URL(address)
  if (username || hash) unfit('no-sign-in')
  if (scheme !== 'https:' && !(scheme === 'http:' && isThisMachine(hostname))) unfit('not-https')
  return address
}

/** Only for trying it out: what is sent never leaves the machine. */
export const isThisMachine = (host: string): boolean => host === 'localhost' || host === '127.0.0.1' || host === '[::1]'

/** The certificates for signing. A key without a stated use is for everything. */
function certificatesOf(role: Element): string[] {
  const written = childrenOf(role, ns.metadata, 'KeyDescriptor')
    .filter((key) => (key.attributes.get('use') ?? 'signing') === 'signing')
    .flatMap((key) => childrenOf(key, ns.signature, 'KeyInfo'))
    .flatMap((info) => childrenOf(info, ns.signature, 'X509Data'))
    .map((data) => onlyChild(data, ns.signature, 'X509Certificate')?.text.replace(/\s+/g, '') ?? '')
    .filter((text) => text !== '')
  if (written.length === 0) return unfit('no-certificate')
  return [...new Set(written)].slice(0, 8).map(asPem)
}

function asPem(base64: string): string {
  if (!/^[A-Za-z0-9+/]+={0,2}$/.test(base64)) return unfit('bad-certificate')
  const certificate = certificateOf(Buffer.from(base64, 'base64')) ?? unfit('bad-certificate')
  const { asymmetricKeyType: kind, asymmetricKeyDetails: key } = certificate.publicKey
  if (kind !== 'rsa' || (key?.modulusLength ?? 0) < weakestKey) unfit('weak-key')
  return certificate.toString()
}

export function certificateOf(bytes: Buffer | string): X509Certificate | null {
  try {
    const certificate = new X509Certificate(bytes)
    // Reading the key is part of being readable.
    void certificate.publicKey
    return certificate
  } catch {
    return null
  }
}
