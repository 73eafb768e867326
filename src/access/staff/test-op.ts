// A real OpenID provider for tests (oidc-provider), on a port of its own, and a browser that walks through it with its cookies.
import { generateKeyPairSync } from 'node:crypto'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import Provider from 'oidc-provider'

export interface TestOp {
  issuer: string
  /** What it says of whoever signs in next. */
  claims: Record<string, unknown>
  /** The subject of whoever signs in next. */
  subject: string
  /** Its private key, as a JWK, for tests that forge. */
  key: Record<string, unknown>
  /** When set, changes what the token endpoint answers, on its way out. */
  meddle: ((answer: Record<string, unknown>) => Record<string, unknown>) | null
  close(): Promise<void>
}

export const clientId = 'oplive'
export const clientSecret = 'a secret that is long enough for a test'

export async function startOp(origin: string): Promise<TestOp> {
  const pair = generateKeyPairSync('rsa', { modulusLength: 2048 })
  const key = { ...pair.privateKey.export({ format: 'jwk' }), kid: 'test', alg: 'RS256', use: 'sig' }
  let respond: (req: IncomingMessage, res: ServerResponse) => void = () => {}
  const server = createServer((req, res) => respond(req, res))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const op: TestOp = {
    issuer,
    claims: { name: 'Amira Said', roles: ['oplive_employee'], oplive_communities: ['holmetofte'] },
    subject: 'amira',
    key,
    meddle: null,
    close: () => {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()))
      server.closeAllConnections()
      return closed
    },
  }
  const provider = new Provider(issuer, {
    clients: [
      {
        client_id: clientId,
        client_secret: clientSecret,
        redirect_uris: [`${origin}/oidc/back`],
        post_logout_redirect_uris: [`${origin}/staff`],
        backchannel_logout_uri: `${origin}/oidc/logout`,
        backchannel_logout_session_required: true,
      },
    ],
    jwks: { keys: [key] },
    cookies: { keys: ['test'] },
    claims: { openid: ['sub', 'sid'], profile: ['name', 'roles', 'groups', 'oplive_communities', 'loa'] },
    pkce: { required: () => true },
    ttl: { AccessToken: 600, AuthorizationCode: 60, IdToken: 600, Interaction: 600, Session: 600, Grant: 600 },
    features: {
      devInteractions: { enabled: false },
      backchannelLogout: { enabled: true },
      rpInitiatedLogout: {
        logoutSource: (ctx: { body: string }, form: string) => void Object.assign(ctx, { body: form }),
        postLogoutSuccessSource: (ctx: { body: string }) => void Object.assign(ctx, { body: 'out' }),
      },
    },
    // Its own way of asking refuses to ask this machine, where the house stands in a test.
    fetch: (url: string, { dispatcher: _, ...options }: RequestInit & { dispatcher?: unknown }) => fetch(url, options),
    interactions: { url: (_: unknown, { uid }: { uid: string }) => `/interaction/${uid}` },
    findAccount: (_: unknown, sub: string) => ({ accountId: sub, claims: () => ({ sub, ...op.claims }) }),
    loadExistingGrant: async (ctx: {
      oidc: { session: { accountId: string }; client: { clientId: string }; provider: Provider }
    }) => {
      const grant = new provider.Grant({ clientId: ctx.oidc.client.clientId, accountId: ctx.oidc.session.accountId })
      grant.addOIDCScope('openid profile')
      await grant.save()
      return grant
    },
  })
  const throughProvider = provider.callback()
  respond = (req, res) => {
    if (req.url?.startsWith('/interaction/')) {
      void provider
        .interactionResult(req, res, { login: { accountId: op.subject } })
        .then((to) => res.writeHead(303, { location: to }).end())
    } else {
      if (req.url === '/token' && op.meddle) meddleWith(res, op.meddle)
      throughProvider(req, res)
    }
  }
  return op
}

/** Whoever sits on the line changes what goes over it. */
function meddleWith(res: ServerResponse, meddle: NonNullable<TestOp['meddle']>) {
  const end = res.end.bind(res) as (body: string) => ServerResponse
  res.end = ((body: unknown) => {
    const changed = JSON.stringify(meddle(JSON.parse(String(body))))
    res.setHeader('content-length', Buffer.byteLength(changed))
    return end(changed)
  }) as typeof res.end
}

/** A browser at the provider: keeps its cookies, and stops where it is led to another site. */
export class Walker {
  private readonly cookies = new Map<string, string>()
  private readonly issuer: string
  constructor(issuer: string) {
    this.issuer = issuer
  }

  async go(address: string, form?: Record<string, string>): Promise<{ left: string | null; html: string }> {
    let at = address
    let body: Record<string, string> | undefined = form
    for (let steps = 0; steps < 10; steps++) {
      const answer = await fetch(at, {
        redirect: 'manual',
        headers: { cookie: [...this.cookies].map(([name, value]) => `${name}=${value}`).join('; ') },
        ...(body ? { method: 'POST', body: new URLSearchParams(body) } : {}),
      })
      for (const one of answer.headers.getSetCookie()) {
        const [pair = ''] = one.split(';')
        const is = pair.indexOf('=')
        this.cookies.set(pair.slice(0, is), pair.slice(is + 1))
      }
      const location = answer.headers.get('location')
      if (!location) return { left: null, html: await answer.text() }
      at = new URL(location, at).href
      body = undefined
      if (!at.startsWith(this.issuer)) return { left: at, html: '' }
    }
    throw new Error('the provider leads in circles')
  }

  /** Signs out at the provider; it then tells whoever asked to be told. */
  async signOut(): Promise<void> {
    const { html } = await this.go(`${this.issuer}/session/end`)
    const xsrf = /name="xsrf" value="([^"]+)"/.exec(html)?.[1] ?? ''
    await this.go(`${this.issuer}/session/end/confirm`, { xsrf, logout: 'yes' })
  }
}
