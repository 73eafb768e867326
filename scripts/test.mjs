// `npm test`: everything, from the types to the journeys, and at the end one line that counts it.
import { spawn } from 'node:child_process'
import { accessSync, constants, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { homedir, tmpdir } from 'node:os'
import { join } from 'node:path'
import { boots } from './boot.mjs'
import { buildWhenNeeded } from './build.mjs'
import { ensureInstalled, node24, Problem, root } from './installed.mjs'

/** No step takes a tenth of this; one that hangs must not take the last line with it. */
const patience = 15 * 60_000

const tally = { passed: 0, failed: 0, skipped: 0 }
const failures = []
const folder = mkdtempSync(join(tmpdir(), 'oplive-npm-test-'))
/** What runs now; the journeys are walked by two at once. */
const running = new Set()
let interrupted = false

/** A tool of node_modules/.bin, on Node 24. Answers whether it was content. */
const tool = (name, ...args) => run(join(root, 'node_modules/.bin', name), ...args)

function run(...args) {
  const child = spawn(node24, args, {
    cwd: root,
    env: environment(),
    stdio: ['ignore', 'inherit', 'inherit'],
    timeout: patience,
  })
  running.add(child)
  return new Promise((resolve) => {
    child.on('error', () => resolve(false)).on('exit', (code) => resolve(code === 0))
  }).finally(() => running.delete(child))
}

/** A user without a home gets one for the time of the run: browsers and tools keep their crumbs there. */
function environment() {
  const env = { ...process.env, PATH: `${join(root, 'node_modules/.bin')}:${process.env.PATH}`, NODE_ENV: 'test' }
  // Colours are for a terminal; a file is read without them.
  if (!process.stdout.isTTY) env.NO_COLOR = '1'
  try {
    accessSync(homedir(), constants.W_OK)
  } catch {
    env.HOME = join(folder, 'home')
    mkdirSync(env.HOME, { recursive: true })
  }
  return env
}

/** Counts as one, passed or failed. */
async function step(name, work) {
  console.log(`\n── ${name}`)
  if (interrupted) return fail(`${name}: not run`)
  try {
    if ((await work()) === false) return fail(name)
  } catch (error) {
    console.error(error instanceof Problem ? error.message : error)
    return fail(name)
  }
  tally.passed++
  return true
}

function fail(what) {
  tally.failed++
  failures.push(what)
  return false
}

/** Every test counts. A file that does not load, a set-up that breaks, or an error between the tests counts as one failure each. */
async function tests(name, projects, shard) {
  console.log(`\n── ${name}`)
  if (interrupted) return fail(`${name}: not run`)
  const report = join(folder, `${name}.json`)
  const content = await tool(
    'vitest',
    'run',
    ...projects.map((project) => `--project=${project}`),
    '--silent=passed-only',
    '--reporter=default',
    '--reporter=json',
    `--outputFile.json=${report}`,
    ...(shard ? [`--shard=${shard}`] : []),
  )
  if (!existsSync(report)) return fail(`${name}: vitest did not get to its report`)
  const { testResults } = JSON.parse(readFileSync(report, 'utf8'))
  const failedBefore = tally.failed
  for (const file of testResults) {
    const path = file.name.slice(root.length + 1)
    const statuses = file.assertionResults.map((test) => {
      if (test.status === 'passed') tally.passed++
      else if (test.status === 'failed') fail(`${path}: ${test.fullName ?? test.title}`)
      else tally.skipped++
      return test.status
    })
    if (file.status === 'failed' && !statuses.includes('failed')) fail(`${path}: the file itself`)
  }
  if (!content && tally.failed === failedBefore) fail(`${name}: vitest was not content; what it said stands above`)
}

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
  process.on(signal, () => {
    interrupted = true
    for (const child of running) child.kill(signal)
  })
}

try {
  await ensureInstalled()
  await step('types', () => tool('tsc', '--noEmit'))
  await step('format and lint', () => tool('biome', 'ci', '.', ...(process.stdout.isTTY ? [] : ['--colors=off'])))
  await step('unused', () => tool('knip'))
  await tests('unit and house', ['pure', 'house'])
  const built = await step('build', () => buildWhenNeeded().then((made) => made || console.log('dist/ is up to date.')))
  if (built) {
    await step('boot', () => boots(environment()))
    // The one from npm unpacks itself at its first use: once, before two want it.
    await step('browser', () =>
      run('--input-type=module', '-e', "await (await import('./journeys/chromium.ts')).findChromium()"),
    )
    // Two halves, each with a program and a browser of its own: a journey mostly waits for a page.
    await Promise.all(['1/2', '2/2'].map((half) => tests(`journeys ${half[0]} of 2`, ['journeys'], half)))
  } else {
    fail('boot: nothing was built')
    fail('journeys: nothing was built')
  }
} catch (error) {
  console.error(error instanceof Problem ? error.message : error)
  fail('the run itself')
}

rmSync(folder, { recursive: true, force: true })
if (failures.length > 0) console.log(`\nFailed:\n${failures.map((what) => `  ${what}`).join('\n')}`)
console.log(`\n${tally.passed} passed, ${tally.failed} failed${tally.skipped > 0 ? `, ${tally.skipped} skipped` : ''}`)
process.exitCode = tally.failed > 0 || tally.passed === 0 ? 1 : 0
