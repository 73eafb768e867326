// OpenID Connect with one identity provider: what we ask, what we take for an answer, and signing out from either side.
import type { Configuration } from 'openid-client'
import type { Clock } from '../../clock.ts'
import { fault } from './fault.ts'
import { isThisMachine } from './metadata.ts'
import { type LogoutSaid, readLogoutToken } from './oidc-logout.ts'
import { readName, readRights, type StaffIdentity } from './staff-identity.ts'

export interface OidcSettings {
  issuer: string
  clientId: string
  clientSecret: string | null
  scope: string
  /** The claims in which roles and communities are said. `groups` is looked at as well. */
  rolesClaim: string
  communitiesClaim: string
}

/** What the asking browser must bring again. */
export interface OidcAsked {
  state: string
  nonce: string
  verifier: string
  /** Asked to sign in afresh. */
  anew: boolean
}

export interface OidcRead {
  identity: StaffIdentity
  /** What was said of how sure it is; null when nothing was, or nothing of NSIS. */
  assurance: string[] | null
}

export interface OidcWay {
  /** Where to send somebody, and what their browser must keep. */
  request(anew?: boolean): Promise<{ address: string; asked: OidcAsked }>
  /** Reads what came back. Throws SignInFault for anything that is not wholly as it should be. */
  readAnswer(query: string, asked: OidcAsked): Promise<OidcRead>
  /** Reads a sign-out that the identity provider sends by itself. Throws SignInFault. */
  readLogout(token: string): Promise<LogoutSaid>
  /** Where to send somebody to sign out there as well; null when there is no such address. */
  signOutAddress(): Promise<string | null>
}

const patienceS = 10
const skewS = 120
/** Afresh is within five minutes. */
const anewS = 300
/** What the identity provider says of itself is asked for again after so long. */
const freshMs = 3_600_000

export function oidcWay(settings: OidcSettings, origin: string, clock: Clock): OidcWay {
  const backTo = `${origin}/oidc/back`
  let known: { at: number; configuration: Promise<Configuration> } | null = null

  /** The library is only loaded by whoever signs in this way. */
  async function discover(): Promise<Configuration> {
    const client = await import('openid-client')
    const server = new URL(settings.issuer)
    const about = { redirect_uris: [backTo], [client.clockTolerance]: skewS }
    const secret = settings.clientSecret
    // Without this a token that came over the line straight from them would be taken without looking at its signature.
    const execute = [client.enableNonRepudiationChecks]
    if (isThisMachine(server.hostname)) execute.push(client.allowInsecureRequests)
    const proof = secret ? client.ClientSecretBasic(secret) : client.None()
    return client.discovery(server, settings.clientId, about, proof, { execute, timeout: patienceS })
  }

  function configured(): Promise<Configuration> {
    const now = Date.now()
    if (!known || now - known.at > freshMs) {
      const configuration = discover().catch(() => {
        known = null
        return fault('provider-away')
      })
      known = { at: now, configuration }
    }
    return known.configuration
  }

  return {
    async request(anew = false) {
      const configuration = await configured()
      const client = await import('openid-client')
      const asked = {
        state: client.randomState(),
        nonce: client.randomNonce(),
        verifier: client.randomPKCECodeVerifier(),
        anew,
      }
      const address = client.buildAuthorizationUrl(configuration, {
        redirect_uri: backTo,
        scope: settings.scope,
        state: asked.state,
        nonce: asked.nonce,
        code_challenge: await client.calculatePKCECodeChallenge(asked.verifier),
        code_challenge_method: 'S256',
        ...(anew ? { prompt: 'login', max_age: String(anewS) } : {}),
      })
      return { address: address.href, asked }
    },
    async readAnswer(query, asked) {
      const configuration = await configured()
      const client = await import('openid-client')
      try {
        const tokens = await client.authorizationCodeGrant(configuration, new URL(`${backTo}?${query}`), {
          expectedState: asked.state,
          expectedNonce: asked.nonce,
          pkceCodeVerifier: asked.verifier,
          idTokenExpected: true,
          ...(asked.anew ? { maxAge: anewS } : {}),
        })
        const said = tokens.claims() ?? fault('token')
        const rolesSaid = [settings.rolesClaim, 'groups'].some((name) => claimIn(said, name) !== undefined)
        // Some say it only when asked once more.
        const more =
          !rolesSaid && configuration.serverMetadata().userinfo_endpoint
            ? await client.fetchUserInfo(configuration, tokens.access_token, said.sub)
            : {}
        return readClaims({ ...more, ...said }, settings)
      } catch (error) {
        // Whatever the library says no to, by whichever of its many errors.
        return fault(isAway(error) ? 'provider-away' : 'token')
      }
    },
    async readLogout(token) {
      const configuration = await configured()
      const { issuer, jwks_uri: keysAt } = configuration.serverMetadata()
      return readLogoutToken(token, {
        issuer,
        clientId: settings.clientId,
        keysAt: keysAt ?? fault('token'),
        now: clock.now(),
      })
    },
    async signOutAddress() {
      const configuration = await configured()
      if (!configuration.serverMetadata().end_session_endpoint) return null
      const client = await import('openid-client')
      return client.buildEndSessionUrl(configuration, { post_logout_redirect_uri: `${origin}/staff` }).href
    },
  }
}

/** Nobody answered: a wrong that lies on the line, not in what was sent. */
const isAway = (error: unknown): boolean =>
  (error instanceof TypeError && error.message === 'fetch failed') ||
  (error as { code?: unknown }).code === 'OAUTH_TIMEOUT' ||
  (error as { cause?: unknown }).cause instanceof TypeError

type Claims = Record<string, unknown>

/** A claim by its name, or by a path into what the identity provider has packed: `realm_access.roles`. */
function claimIn(claims: Claims, name: string): unknown {
  if (Object.hasOwn(claims, name)) return claims[name]
  return name.split('.').reduce<unknown>((inside, part) => {
    const isThere = typeof inside === 'object' && inside !== null && Object.hasOwn(inside, part)
    return isThere ? (inside as Claims)[part] : undefined
  }, claims)
}

/** Texts, one or many; anything else says nothing. */
function textsIn(claims: Claims, name: string): string[] {
  const value = claimIn(claims, name)
  const all = Array.isArray(value) ? value : [value]
  return all.filter((one): one is string => typeof one === 'string').slice(0, 1000)
}

export function readClaims(claims: Claims, settings: OidcSettings): OidcRead {
  const one = (name: string) => textsIn(claims, name)[0]
  const subject = one('sub')
  if (!subject || subject.length > 1024) return fault('subject')
  const levels = ['acr', 'https://data.gov.dk/concept/core/nsis/loa', 'loa']
    .flatMap((name) => textsIn(claims, name))
    .filter(
      (text) => text.startsWith('https://data.gov.dk/concept/core/nsis/') || /^(low|substantial|high)$/i.test(text),
    )
  return {
    identity: {
      way: 'oidc',
      issuer: settings.issuer,
      subject,
      name: readName(one('name')) ?? readName([one('given_name'), one('family_name')].filter(Boolean).join(' ')) ?? '',
      ...readRights(
        {
          roles: [...textsIn(claims, settings.rolesClaim), ...textsIn(claims, 'groups')],
          communities: textsIn(claims, settings.communitiesClaim),
          privileges: [],
        },
        null,
      ),
      idpSession: one('sid') ?? null,
    },
    assurance: levels.length > 0 ? levels : null,
  }
}
