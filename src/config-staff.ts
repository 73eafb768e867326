// What the environment says of how the municipality's own people sign in: OpenID Connect, SAML, and how sure it must be.

export interface StaffConfig {
  /** Null: not by OpenID Connect. */
  oidc: {
    issuer: string
    clientId: string
    clientSecret: string | null
    scope: string
    rolesClaim: string
    communitiesClaim: string
  } | null
  saml: {
    /** A file with the identity provider's metadata; null: an operator puts it in on a page, or nobody does. */
    metadataFile: string | null
    /** The municipality's CVR number: privileges that were given for another one do not count. */
    cvr: string | null
  }
  /** How sure the identity provider must be, by NSIS, where it says how sure it is. `asked`: it is also asked to be. */
  assurance: { least: 'low' | 'substantial' | 'high'; asked: boolean }
}

type Given = (name: string) => string | null

/** Reads the settings. Adds a sentence to `problems` for each that is wrong. */
export function readStaffConfig(given: Given, origin: string | null, problems: string[]): StaffConfig {
  const oidc = readOidc(given, problems)
  const metadataFile = given('OPLIVE_SAML_METADATA')
  const cvr = given('OPLIVE_CVR')
  if (cvr && !/^\d{8}$/.test(cvr))
    problems.push(`OPLIVE_CVR is "${cvr}", but a CVR number is eight digits, for example OPLIVE_CVR=12345678.`)
  for (const [name, isSet] of [
    ['OPLIVE_OIDC_ISSUER', oidc !== null],
    ['OPLIVE_SAML_METADATA', metadataFile !== null],
  ] as const)
    if (isSet && !origin)
      problems.push(
        `${name} is set, but ORIGIN is not: the identity provider must know where people come back to, for example ORIGIN=https://oplive.example.dk.`,
      )
  const level = given('OPLIVE_NSIS')?.toLowerCase() ?? null
  const least = (['low', 'substantial', 'high'] as const).find((one) => one === (level ?? 'substantial'))
  if (!least) problems.push(`OPLIVE_NSIS is "${level}", but it must be one of low, substantial and high.`)
  return {
    oidc,
    saml: { metadataFile, cvr },
    assurance: { least: least ?? 'substantial', asked: level !== null },
  }
}

function readOidc(given: Given, problems: string[]): StaffConfig['oidc'] {
  const issuer = given('OPLIVE_OIDC_ISSUER')
  const clientId = given('OPLIVE_OIDC_CLIENT_ID')
  if (issuer && !isIssuer(issuer))
    problems.push(
      `OPLIVE_OIDC_ISSUER is "${issuer}", but it must be the https address that the identity provider calls itself, for example OPLIVE_OIDC_ISSUER=https://login.example.dk.`,
    )
  if (issuer && !clientId)
    problems.push(
      'OPLIVE_OIDC_ISSUER is set, but OPLIVE_OIDC_CLIENT_ID is not: say what the identity provider calls Oplive, or leave both out.',
    )
  if (clientId && !issuer)
    problems.push(
      'OPLIVE_OIDC_CLIENT_ID is set, but OPLIVE_OIDC_ISSUER is not: say which identity provider it is for, or leave both out.',
    )
  if (!issuer || !clientId) return null
  return {
    issuer,
    clientId,
    clientSecret: given('OPLIVE_OIDC_CLIENT_SECRET'),
    scope: given('OPLIVE_OIDC_SCOPE') ?? 'openid profile',
    rolesClaim: given('OPLIVE_OIDC_ROLES') ?? 'roles',
    communitiesClaim: given('OPLIVE_OIDC_COMMUNITIES') ?? 'oplive_communities',
  }
}

/** Over an open line only on this machine, to try it out. */
function isIssuer(text: string): boolean {
  if (!URL.canParse(text)) return false
  const { protocol, hostname, username, search, hash } = new URL(text)
  if (username || search || hash) return false
  return protocol === 'https:' || (protocol === 'http:' && ['localhost', '127.0.0.1', '[::1]'].includes(hostname))
}
