// The ways in for the municipality's own people, as they are set up here: OpenID Connect, SAML, both, or neither.
import { readFileSync } from 'node:fs'
import { ConfigProblem } from '../../config.ts'
import type { StaffConfig } from '../../config-staff.ts'
import type { House } from '../../db/as-actor.ts'
import { type IdentityProvider, readMetadata } from './metadata.ts'
import { type OidcWay, oidcWay } from './oidc.ts'
import { ourMetadata } from './our-metadata.ts'
import { makeOwnPair, type OwnPair, readOwnPair } from './own-pair.ts'
import type { SamlParty } from './saml.ts'
import { metadataPutIn } from './staff.deeds.ts'
import type { Assurance } from './staff-identity.ts'

export interface StaffDoor {
  /** Where people come back to; null: nobody has said, and only ways of our own are open. */
  origin: string | null
  /** How sure an identity provider must be where it says how sure it is. */
  least: Assurance
  oidc: OidcWay | null
  /** Is one of the two set up, as far as this program has seen? Then it is the way in for everybody of the municipality. */
  isOpen(): boolean
  /** The address of the OpenID provider, to show. */
  oidcIssuer: string | null
  /** The identity provider whose metadata is here, by file or put in on the page; null when there is none. */
  samlProvider(): Promise<{ provider: IdentityProvider; from: 'file' | 'page' } | null>
  samlParty(): Promise<SamlParty | null>
  /** Our own side of SAML, to hand to theirs. Null without an origin. */
  ourSaml(): Promise<OurSaml | null>
}

export interface OurSaml {
  entityId: string
  answerAt: string
  signOutAt: string
  pair: OwnPair
  metadata: string
}

/** Nothing is set up. */
export const noStaffDoor: StaffDoor = {
  origin: null,
  least: 'substantial',
  oidc: null,
  isOpen: () => false,
  oidcIssuer: null,
  samlProvider: async () => null,
  samlParty: async () => null,
  ourSaml: async () => null,
}

/** What the key cabinet calls our pair of keys. */
const pairName = 'saml'

/** Opens the door. Throws ConfigProblem when the file of metadata, or the pair of keys somebody put in the cabinet, will not do. */
export function openStaffDoor(house: House, { oidc, saml, assurance }: StaffConfig, origin: string | null): StaffDoor {
  const fromFile = saml.metadataFile === null ? null : providerIn(saml.metadataFile, house.clock.now())
  const kept = house.keys.text(pairName)
  if (kept !== null && !readOwnPair(kept))
    throw new ConfigProblem(
      'The file saml.pem in the folder of keys must hold an RSA private key and the certificate that belongs to it, both as PEM. Put them right, or take the file away: a new pair is made.',
    )

  /** Made the first time it is needed, and kept for good: who signs in by other ways waits for no key. */
  let pair: Promise<OwnPair> | null = null
  const ownPair = (host: string): Promise<OwnPair> => {
    pair ??= (async () => {
      const text =
        house.keys.text(pairName) ?? house.keys.keepText(pairName, await makeOwnPair(host, house.clock.now()))
      const read = readOwnPair(text)
      if (!read) throw new Error('the pair of keys for SAML is damaged')
      return read
    })()
    return pair
  }

  const ourSaml = async (): Promise<OurSaml | null> => {
    if (!origin) return null
    const own = await ownPair(new URL(origin).hostname)
    const places = {
      entityId: `${origin}/saml/metadata`,
      answerAt: `${origin}/saml/acs`,
      signOutAt: `${origin}/saml/slo`,
    }
    return { ...places, pair: own, metadata: ourMetadata({ ...places, certificate: own.certificate.raw }) }
  }

  /** Looked up at each use; remembered for those who cannot wait for an answer. */
  let putIn = false
  const samlProvider = async () => {
    if (fromFile) return { provider: fromFile, from: 'file' as const }
    const text = await metadataPutIn(house)
    const read = text === null ? null : readMetadata(text, house.clock.now())
    putIn = read?.ok ?? false
    return read?.ok ? { provider: read.provider, from: 'page' as const } : null
  }

  return {
    origin,
    least: assurance.least,
    oidc: oidc && origin ? oidcWay(oidc, origin, house.clock) : null,
    isOpen: () => origin !== null && (oidc !== null || fromFile !== null || putIn),
    oidcIssuer: oidc?.issuer ?? null,
    samlProvider,
    ourSaml,
    async samlParty() {
      const theirs = origin ? await samlProvider() : null
      const ours = theirs && (await ourSaml())
      if (!ours) return null
      const { metadata: _, ...places } = ours
      return { provider: theirs.provider, ...places, cvr: saml.cvr, asksFor: assurance.asked ? assurance.least : null }
    },
  }
}

function providerIn(file: string, now: Date): IdentityProvider {
  let text: string
  try {
    text = readFileSync(file, 'utf8')
  } catch (error) {
    throw new ConfigProblem(
      `OPLIVE_SAML_METADATA is "${file}", but that file cannot be read (${(error as NodeJS.ErrnoException).code}).`,
    )
  }
  const read = readMetadata(text, now)
  if (!read.ok)
    throw new ConfigProblem(
      `OPLIVE_SAML_METADATA is "${file}", but it is no metadata of one identity provider that people can be sent to (${read.problem}).`,
    )
  return read.provider
}
