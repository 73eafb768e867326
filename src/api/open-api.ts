// The description that other programs read (OpenAPI 3.1): every path, who may, and what is answered. A test holds the answers against it.
import { kinds } from '../meetings/meeting.ts'
import { parts } from '../shares/breakdown.ts'
import { webhookEvents } from './webhook.ts'

type Schema = Record<string, unknown>

const text: Schema = { type: 'string' }
const whole: Schema = { type: 'integer', minimum: 0 }
const day: Schema = { type: 'string', format: 'date' }
const instant: Schema = { type: 'string', format: 'date-time' }
const maybe = (schema: Schema): Schema => ({ anyOf: [schema, { type: 'null' }] })
const list = (items: Schema): Schema => ({ type: 'array', items })
const named = (name: string): Schema => ({ $ref: `#/components/schemas/${name}` })
/** Every property is always there. */
const object = (properties: Record<string, Schema>, description?: string): Schema => ({
  type: 'object',
  ...(description ? { description } : {}),
  properties,
  required: Object.keys(properties),
  additionalProperties: false,
})

const percent: Schema = { type: 'integer', minimum: 0, maximum: 100 }
const community = {
  slug: text,
  name: text,
  residents: maybe(whole),
  timeZone: text,
  keeper: maybe({
    ...text,
    description: 'The association that keeps the room; null while the municipality does for a time.',
  }),
  municipality: {
    enum: ['idea', 'beside', 'behind', 'on_call', 'out'],
    description: 'How near the municipality stands.',
  },
  foundedOn: day,
}
const meeting = {
  id: { type: 'string', format: 'uuid' },
  kind: { enum: [...kinds] },
  purpose: text,
  place: text,
  host: text,
  startsAt: instant,
  phase: { enum: ['planned', 'open', 'closed'] },
}

const schemas = {
  Community: object(community),
  Place: object({
    ...community,
    definition: maybe(object({ version: whole, text, authors: whole, writtenOn: day })),
    withdrawal: object({ lastDay: day, stillMissing: text, writtenOn: day }),
    doing: list(object({ meeting: { type: 'string', format: 'uuid' }, themes: list(text) })),
    promises: maybe(object({ made: whole, kept: maybe(whole) })),
  }),
  Meeting: object(meeting),
  Share: {
    description:
      'A share as it may be told: never of fewer than five answers; under twenty, all or nearly all and almost nobody are words. A percent has its base, its 95 % interval (Wilson) and the share if everybody there had answered.',
    oneOf: [
      object({ kind: { const: 'too-few' } }),
      object({ kind: { const: 'almost-none' }, answered: whole }),
      object({ kind: { const: 'almost-all' }, answered: whole }),
      object({ kind: { const: 'words' }, yes: whole, answered: whole }),
      object({
        kind: { const: 'share' },
        yes: whole,
        answered: whole,
        percent,
        low: percent,
        high: percent,
        attended: maybe(whole),
        response: maybe(percent),
        boundsFirst: { type: 'boolean' },
        bounds: maybe(object({ low: percent, high: percent })),
      }),
    ],
  },
  Record: object({
    ...meeting,
    result: maybe(
      object({
        version: whole,
        publishedAt: instant,
        attended: maybe(whole),
        answered: maybe(whole),
        questions: object({ INF: named('Share'), ABLE: named('Share'), COUR: named('Share') }),
        promised: named('Share'),
        willTalk: named('Share'),
        talks: maybe(whole),
        talkMinutes: maybe(object({ residents: whole, municipality: whole })),
      }),
    ),
    words: maybe({ enum: ['shown', 'too-few', 'no-hope-yet'] }),
    said: list(
      object(
        { theme: maybe(text), kind: text, text, language: text, knownByOthers: whole },
        'Opened to all by those who said it.',
      ),
    ),
    themes: list(object({ name: text, priority: { type: 'boolean' }, dots: whole })),
  }),
  Contact: object({
    name: text,
    wish: { enum: ['phone', 'paper', 'mail', 'none'] },
    contact: maybe(text),
    askedAbout: maybe(text),
  }),
  Numbers: object(
    {
      community: text,
      name: text,
      quarter: day,
      all: maybe(whole),
      ...Object.fromEntries(parts.map((part) => [part, maybe(whole)])),
      associations: whole,
    },
    'Rounded to five. Null: too few, or it would give others away.',
  ),
  Problem: object({ type: text, title: text, status: whole }),
} satisfies Record<string, Schema>

const slug = { name: 'slug', in: 'path', required: true, schema: text }
const problem = (description: string) => ({
  description,
  content: { 'application/problem+json': { schema: named('Problem') } },
})
const key = [{ key: [] }, {}]
const keyOnly = [{ key: [] }]

function reads(
  summary: string,
  schema: Schema,
  { csv = false, security = key as unknown[], params = [] as unknown[] } = {},
) {
  const format = { name: 'format', in: 'query', schema: { enum: ['json', 'csv'] } }
  return {
    get: {
      summary,
      security,
      parameters: csv ? [...params, format] : params,
      responses: {
        200: {
          description: 'OK',
          content: { 'application/json': { schema }, ...(csv ? { 'text/csv': { schema: text } } : {}) },
        },
        401: problem('The key opens nothing'),
        403: problem('Not for this key'),
        404: problem('Not there, or not for this key'),
        429: problem('Too many requests; more in a minute'),
      },
    },
  }
}

/** `origin`: where this installation is found. */
export const openApi = (origin: string) => ({
  openapi: '3.1.0',
  info: {
    title: 'Oplive',
    version: '1',
    description:
      'Read only. A key acts as its owner and sees what they see, in one place; without a key, what everybody sees. 600 requests a minute for each key.',
    license: { name: 'MPL-2.0', identifier: 'MPL-2.0' },
  },
  servers: [{ url: `${origin}/api/v1` }],
  paths: {
    '/communities': reads('All places', list(named('Community')), { csv: true }),
    '/communities/{slug}': reads('One place', named('Place'), { params: [slug] }),
    '/communities/{slug}/meetings': reads('Its meetings', list(named('Meeting')), { csv: true, params: [slug] }),
    '/communities/{slug}/meetings/{id}': reads('A meeting and what came of it', named('Record'), {
      params: [slug, { name: 'id', in: 'path', required: true, schema: { type: 'string', format: 'uuid' } }],
    }),
    '/communities/{slug}/contacts': reads('Neighbours who chose to be found, for neighbours', list(named('Contact')), {
      csv: true,
      security: keyOnly,
      params: [slug],
    }),
    '/communities/{slug}/numbers': reads('Numbers of one place, for those who belong there', list(named('Numbers')), {
      csv: true,
      security: keyOnly,
      params: [slug],
    }),
    '/numbers': reads('Numbers of all places, for employees and leaders', list(named('Numbers')), {
      csv: true,
      security: keyOnly,
    }),
  },
  webhooks: Object.fromEntries(
    webhookEvents.map((event) => [
      event,
      {
        post: {
          summary: 'Signed as Standard Webhooks says: webhook-id, webhook-timestamp, webhook-signature',
          requestBody: {
            content: {
              'application/json': {
                schema: object({
                  type: { const: event },
                  timestamp: instant,
                  data: object({
                    event: { type: 'string', format: 'uuid' },
                    community: object({ slug: text, name: text }),
                    meeting: named('Meeting'),
                    page: text,
                    read: text,
                  }),
                }),
              },
            },
          },
          responses: { '2XX': { description: 'Taken' } },
        },
      },
    ]),
  ),
  components: {
    schemas,
    securitySchemes: { key: { type: 'http', scheme: 'bearer', description: 'A key from /me/api' } },
  },
})
