// What a signed assertion says, held against what was asked: by whom, for whom, when, and in answer to what.
import { fault } from './fault.ts'
import { readPrivileges } from './privileges.ts'
import { attributeNames, bearer, ns, transient, x509Subject } from './saml-names.ts'
import { readName, readRights, type StaffIdentity } from './staff-identity.ts'
import { childrenOf, type Element, onlyChild } from './xml.ts'

/** What was asked, and by whom. */
export interface Asked {
  /** The entityID of the identity provider, and our own. */
  issuer: string
  audience: string
  /** Where the answer was to be sent. */
  recipient: string
  requestId: string
  now: Date
  /** When they were asked to sign in afresh; null: a sign-in of this morning will do. */
  anewAt: number | null
  /** The municipality's number, for whose privileges count. */
  cvr: string | null
}

/** How somebody is named towards the identity provider, to sign them out there. */
export interface NameId {
  value: string
  format: string | null
  nameQualifier: string | null
  spNameQualifier: string | null
  sessionIndex: string | null
}

export interface AssertionRead {
  id: string
  identity: StaffIdentity
  nameId: NameId
  /** What was said of how sure it is; null when nothing was. */
  assurance: string[] | null
}

/** Clocks may differ by two minutes. */
export const skewMs = 120_000
/** An answer is brought at once: what was issued longer ago is old, whatever it says itself. */
const oldestMs = 600_000
/** So long an assertion must be remembered, so that it cannot come twice: after that it is too old anyway. */
export const rememberMs = oldestMs + 3 * skewMs

/** Reads an assertion whose signature has been checked. Throws SignInFault. */
export function readAssertion(assertion: Element, asked: Asked): AssertionRead {
  if (assertion.ns !== ns.assertion || assertion.name !== 'Assertion') fault('unreadable')
  if (assertion.attributes.get('Version') !== '2.0') fault('unreadable')
  const id = assertion.attributes.get('ID') || fault('unreadable')
  if (onlyChild(assertion, ns.assertion, 'Issuer')?.text.trim() !== asked.issuer) fault('issuer')
  const now = asked.now.getTime()
  const issued = instantOf(assertion.attributes.get('IssueInstant')) ?? fault('unreadable')
  if (issued > now + skewMs) fault('too-early')
  if (issued < now - oldestMs - skewMs) fault('expired')
  checkConditions(assertion, asked)
  const subject = onlyChild(assertion, ns.assertion, 'Subject') ?? fault('subject')
  checkConfirmation(subject, asked)
  const statement = onlyChild(assertion, ns.assertion, 'AuthnStatement') ?? fault('unreadable')
  const ends = statement.attributes.get('SessionNotOnOrAfter')
  if (ends !== undefined && !((instantOf(ends) ?? 0) > now - skewMs)) fault('expired')
  const since = asked.anewAt
  if (since !== null && !((instantOf(statement.attributes.get('AuthnInstant')) ?? 0) > since - skewMs))
    fault('not-anew')
  const name = onlyChild(subject, ns.assertion, 'NameID') ?? fault('subject')
  const nameId: NameId = {
    value: name.text.trim(),
    format: name.attributes.get('Format') ?? null,
    nameQualifier: name.attributes.get('NameQualifier') ?? null,
    spNameQualifier: name.attributes.get('SPNameQualifier') ?? null,
    sessionIndex: statement.attributes.get('SessionIndex') ?? null,
  }
  const said = attributesOf(assertion)
  return { id, identity: identityOf(said, nameId, asked), nameId, assurance: assuranceOf(said, statement) }
}

/** `2027-03-14T18:00:00Z`: SAML has no other way to say it. */
export function instantOf(text: string | undefined): number | null {
  if (!text || !/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,9})?Z$/.test(text)) return null
  const at = Date.parse(text)
  return Number.isNaN(at) ? null : at
}

/** Within its time, by a clock that may be two minutes off. What is written and cannot be read does not hold. */
function checkWindow(element: Element, now: number): void {
  const from = element.attributes.get('NotBefore')
  const to = element.attributes.get('NotOnOrAfter')
  if (from !== undefined && !((instantOf(from) ?? Number.POSITIVE_INFINITY) <= now + skewMs)) fault('too-early')
  if (to !== undefined && !((instantOf(to) ?? 0) > now - skewMs)) fault('expired')
}

function checkConditions(assertion: Element, { audience, now }: Asked): void {
  const conditions = onlyChild(assertion, ns.assertion, 'Conditions') ?? fault('audience')
  checkWindow(conditions, now.getTime())
  const audiences = childrenOf(conditions, ns.assertion, 'AudienceRestriction')
  if (audiences.length === 0) fault('audience')
  // Each restriction must let us in.
  for (const one of audiences)
    if (!childrenOf(one, ns.assertion, 'Audience').some(({ text }) => text.trim() === audience)) fault('audience')
}

/** Whoever brings it may be the one it is about: here, in answer to this request, now. */
function checkConfirmation(subject: Element, { recipient, requestId, now }: Asked): void {
  const [confirmation, more] = childrenOf(subject, ns.assertion, 'SubjectConfirmation').filter(
    (one) => one.attributes.get('Method') === bearer,
  )
  const data = onlyChild(more ? undefined : confirmation, ns.assertion, 'SubjectConfirmationData') ?? fault('subject')
  if (data.attributes.get('Recipient') !== recipient) fault('recipient')
  if (data.attributes.get('InResponseTo') !== requestId) fault('request')
  if (!data.attributes.has('NotOnOrAfter')) fault('expired')
  checkWindow(data, now.getTime())
}

type Attributes = ReadonlyMap<string, string[]>

function attributesOf(assertion: Element): Attributes {
  const said = new Map<string, string[]>()
  for (const statement of childrenOf(assertion, ns.assertion, 'AttributeStatement'))
    for (const attribute of childrenOf(statement, ns.assertion, 'Attribute')) {
      const name = attribute.attributes.get('Name') ?? ''
      const values = childrenOf(attribute, ns.assertion, 'AttributeValue').map(({ text }) => text.trim())
      said.set(name, [...(said.get(name) ?? []), ...values])
    }
  return said
}

const valuesOf = (said: Attributes, names: readonly string[]): string[] => names.flatMap((name) => said.get(name) ?? [])

function identityOf(said: Attributes, nameId: NameId, { issuer, cvr }: Asked): StaffIdentity {
  const rights = readRights(
    {
      roles: valuesOf(said, attributeNames.roles),
      communities: valuesOf(said, attributeNames.communities),
      privileges: valuesOf(said, attributeNames.privileges).flatMap((text) => readPrivileges(text) ?? []),
    },
    cvr,
  )
  const x509 = nameId.format === x509Subject ? nameId.value : ''
  const [given] = valuesOf(said, attributeNames.name)
  return {
    way: 'saml',
    issuer,
    subject: subjectOf(valuesOf(said, attributeNames.subject), nameId),
    name: readName(given) ?? readName(partOf(x509, 'CN')) ?? '',
    ...rights,
    idpSession: nameId.sessionIndex,
  }
}

/** The one name that stays the same: a name for one session only would make somebody new of them every morning. */
function subjectOf(ids: readonly string[], nameId: NameId): string {
  if (ids.length > 1) return fault('subject')
  const serial = nameId.format === x509Subject ? partOf(nameId.value, 'Serial') : undefined
  const subject = ids[0] || serial || (nameId.format === transient ? '' : nameId.value)
  return subject && subject.length <= 1024 ? subject : fault('subject')
}

/** `CN` of `C=DK,O=12345678,CN=Anders And,Serial=…`. A comma in a name is written `\,`. */
function partOf(x509: string, part: string): string | undefined {
  const found = x509
    .split(/(?<!\\),/)
    .map((one) => one.trim())
    .filter((one) => one.toLowerCase().startsWith(`${part.toLowerCase()}=`))
  return found.length === 1 ? found[0]?.slice(part.length + 1).replaceAll('\\', '') : undefined
}

/** Said as an attribute, or as the class of how they signed in. Another class, such as one for passwords, says nothing of NSIS. */
function assuranceOf(said: Attributes, statement: Element): string[] | null {
  const context = onlyChild(statement, ns.assertion, 'AuthnContext')
  const classes = (context ? childrenOf(context, ns.assertion, 'AuthnContextClassRef') : [])
    .map(({ text }) => text.trim())
    .filter((text) => text.startsWith('https://data.gov.dk/concept/core/nsis/'))
  const levels = [...valuesOf(said, attributeNames.assurance), ...classes]
  return levels.length > 0 ? levels : null
}
