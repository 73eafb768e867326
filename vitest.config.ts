// What is tested how: the house on a real PostgreSQL, and the journeys in a real browser against the built program.
import { execFileSync } from 'node:child_process'
import { availableParallelism } from 'node:os'
import { defineConfig } from 'vitest/config'

const jsx = { jsx: { runtime: 'automatic', importSource: 'hono/jsx' } } as const
/** What needs no database: the ground floor. */
const pure = [
  'src/*.test.ts',
  'src/shares/**/*.test.ts',
  'src/i18n/**/*.test.ts',
  'src/network/**/*.test.ts',
  'src/keys/**/*.test.ts',
  'src/ui/**/*.test.{ts,tsx}',
]

/** What the property tests draw from (src/test-seed.ts): the state of the files, or PROPERTY_SEED. */
const drawn = process.env.PROPERTY_SEED ?? String(Number.parseInt(tree().slice(0, 7), 16))

function tree(): string {
  try {
    return execFileSync('git', ['rev-parse', 'HEAD^{tree}'], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] })
  } catch {
    // A copy without its history has one state.
    return '1'
  }
}

const drawing = { setupFiles: ['src/test-seed.ts'], env: { PROPERTY_SEED: drawn } }

export default defineConfig({
  oxc: jsx,
  test: {
    // Two also where there are only two cores: a test mostly waits for the database.
    maxWorkers: Math.max(2, availableParallelism() - 1),
    projects: [
      { oxc: jsx, test: { name: 'pure', include: pure, ...drawing, testTimeout: 30_000 } },
      {
        oxc: jsx,
        test: {
          name: 'house',
          include: ['src/**/*.test.{ts,tsx}', 'tools/**/*.test.ts'],
          exclude: pure,
          ...drawing,
          globalSetup: ['src/db/test-server.ts'],
          testTimeout: 30_000,
          hookTimeout: 60_000,
        },
      },
      {
        oxc: jsx,
        test: {
          name: 'journeys',
          include: ['journeys/**/*.test.ts'],
          globalSetup: ['journeys/running-program.ts'],
          fileParallelism: false,
          isolate: false,
          // A whole evening takes 53 s on a quiet machine; a busy one gets four times that.
          testTimeout: 240_000,
          hookTimeout: 90_000,
        },
      },
    ],
  },
})
