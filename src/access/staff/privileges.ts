// KOMBIT's privileges: the OIO Basic Privilege Profile, a list of groups, each with its scope, its restrictions and what it gives.
import { childrenOf, type Element, readXml, XmlProblem } from './xml.ts'

/** What one group gives, and inside what. */
export interface PrivilegeGroup {
  /** For whom it was given, such as `urn:dk:gov:saml:cvrNumberIdentifier:12345678`. */
  scope: string
  privileges: string[]
  restrictions: { name: string; value: string }[]
}

/** The attribute as it is sent. Null when it is no such list: then it gives nothing. */
export function readPrivileges(base64: string): PrivilegeGroup[] | null {
  const packed = base64.replace(/\s+/g, '')
  if (packed.length > 200_000 || !/^[A-Za-z0-9+/]+={0,2}$/.test(packed)) return null
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(Buffer.from(packed, 'base64'))
    // KOMBIT's own examples carry comments; nothing is signed in here by itself, and text stays whole without them.
    const list = readXml(text, { comments: 'skip' })
    if (list.name !== 'PrivilegeList') return null
    return list.children.filter(({ name }) => name === 'PrivilegeGroup').map(groupOf)
  } catch (error) {
    if (error instanceof XmlProblem || error instanceof TypeError) return null
    throw error
  }
}

/** In version 1.2 of the profile the list has a namespace and its contents have none; older ones put all in it. */
const inside = (group: Element, name: string): Element[] => [
  ...childrenOf(group, '', name),
  ...(group.ns ? childrenOf(group, group.ns, name) : []),
  ...(group.ns ? [] : group.children.filter((child) => child.ns !== '' && child.name === name)),
]

function groupOf(group: Element): PrivilegeGroup {
  return {
    scope: group.attributes.get('Scope')?.trim() ?? '',
    privileges: inside(group, 'Privilege').map(({ text }) => text.trim()),
    restrictions: inside(group, 'Constraint').map((one) => ({
      name: one.attributes.get('Name')?.trim() ?? '',
      value: one.text.trim(),
    })),
  }
}

/** Is the role or restriction called this? It may stand alone, or as a part of an address or urn: `http://oplive.dk/roles/usersystemrole/oplive_leader/1`. */
export const isCalled = (text: string, name: string): boolean => text.split(/[/:#?]/).includes(name)

/** The municipality's number in a scope; null when the scope is about something else, or there is none. */
export const cvrOf = (scope: string): string | null =>
  /^urn:dk:gov:saml:cvrNumberIdentifier:(\d{8})$/i.exec(scope)?.[1] ?? null
