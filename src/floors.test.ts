// The floors of the house: who may import whom, and what a room is furnished with. A contents page as much as a check.
import { existsSync, globSync, readFileSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { describe, expect, test } from 'vitest'

/**
 * From the roof to the ground. A room imports only what stands on a floor below it;
 * rooms joined by | do not know each other, and what needs both stands above both.
 */
const floors = [
  'main',
  'welcome | commands',
  'demo',
  'site',
  'api',
  'desks',
  'running',
  'backup',
  'bundle | moving-in',
  'incidents',
  'retention',
  'data-map',
  'mine',
  'letters',
  'reports',
  'withdrawal',
  'mobilisation',
  'leadership | causes',
  'ties',
  'conversations | meetings | stories',
  'rooms | numbers',
  'people',
  'book',
  'set-up',
  'audit',
  'communities',
  'access',
  'post | jobs | health',
  'ui | db',
  'network | shares | keys | i18n | refusal | clock | config | log | door | line | cpr | command | hints',
]

/** What goes against the floors, and why. */
const exceptions = [
  // Whether words touch on illness or name somebody is asked together with whether a CPR number stands in them.
  'hints > cpr',
  // The door reads a posted form, and says no to one that is too large in the one way a no is said.
  'door > refusal',
  // The settings are read where they are wrong: whoever starts the program gets a sentence about a key, not a trace.
  'config > keys',
]

/** Rooms of the server: nothing of them goes to a phone. */
const serverRooms = ['access', 'config', 'db', 'door', 'jobs', 'keys', 'log', 'post']

const files = globSync('src/**/*.{ts,tsx,css,sql}').sort()
const isCode = (file: string) => /\.tsx?$/.test(file)
const isForTests = (file: string) => /\.test\.tsx?$/.test(file) || basename(file).startsWith('test-')
const code = files.filter((file) => isCode(file) && !isForTests(file))

/** The first name under src/: a folder, or a file that stands alone. `demo-data.ts` is of the room `demo`. */
function roomOf(file: string): string {
  const [, first = '', inFolder] = file.split('/')
  return inFolder === undefined ? (first.split(/[.-]/)[0] ?? '') : first
}
const floorOf = (room: string) => floors.findIndex((floor) => floor.split(' | ').includes(room))

interface Import {
  from: string
  /** A path in the tree, or the name of a package. */
  to: string
  /** Gone when the program runs. */
  typeOnly: boolean
}

const statement = /^(?:import|export)\s(type\s)?(?:[\w$*{},\s]+\sfrom\s)?['"]([^'"]+)['"]/gm
const atRunTime = /\bimport\((type\s)?['"]([^'"]+)['"]/g

function importsOf(file: string): Import[] {
  const text = readFileSync(file, 'utf8')
  return [...text.matchAll(statement), ...text.matchAll(atRunTime)].map(([, type, to = '']) => ({
    from: file,
    to: to.startsWith('.') ? join(dirname(file), to) : to,
    typeOnly: type !== undefined,
  }))
}

const imports = code.flatMap(importsOf)
const inside = imports.filter(({ to }) => to.startsWith('src/'))
const told = ({ from, to }: Import) => `${from} imports ${to}`

/** The first comment of a file, without its marks. */
function openingOf(file: string): string {
  const text = readFileSync(file, 'utf8').replace(/^#!.*\n/, '')
  const comment = /^(?:\/\*[\s\S]*?\*\/|(?:(?:\/\/|--).*\n)+)/.exec(text)?.[0] ?? ''
  return comment.replace(/^\s*(?:\/\/|--|\/?\*+\/?)\s?/gm, '').trim()
}

/** Everything that comes along to the phone with this file. */
function reach(file: string, seen = new Set<string>()): Import[] {
  if (seen.has(file) || !existsSync(file) || !isCode(file)) return []
  seen.add(file)
  const direct = importsOf(file).filter(({ typeOnly }) => !typeOnly)
  return [...direct, ...direct.flatMap(({ to }) => reach(to, seen))]
}

function keysOf(words: object, before = ''): string[] {
  return Object.entries(words).flatMap(([key, value]) =>
    typeof value === 'object' && value !== null ? keysOf(value, `${before}${key}.`) : `${before}${key}`,
  )
}

describe('the floors', () => {
  test('every room has its place in the house', () => {
    const rooms = [...new Set(code.map(roomOf))]
    expect(rooms.filter((room) => floorOf(room) < 0)).toEqual([])
  })

  test('a room looks down the stairs only', () => {
    const upward = inside.filter(({ from, to }) => {
      const [above, below] = [roomOf(from), roomOf(to)]
      if (above === below || exceptions.includes(`${above} > ${below}`)) return false
      return floorOf(above) >= floorOf(below)
    })
    expect(upward.map(told)).toEqual([])
  })

  test('every exception is still needed', () => {
    const seen = inside.map(({ from, to }) => `${roomOf(from)} > ${roomOf(to)}`)
    expect(exceptions.filter((exception) => !seen.includes(exception))).toEqual([])
  })

  test('a room does not look into its sub-folders, except through the file that has the name of the sub-folder', () => {
    const intoSub = inside.filter(({ from, to }) => {
      const here = `${dirname(from)}/`
      if (here === 'src/' || !to.startsWith(here)) return false
      const sub = to.slice(here.length).split('/')
      return sub.length > 1 && basename(from).split('.')[0] !== sub[0]
    })
    expect(intoSub.map(told)).toEqual([])
  })

  test('the questions to the database are asked by their own room alone', () => {
    const strange = inside.filter(({ from, to }) => /\.queries\.ts$/.test(to) && roomOf(from) !== roomOf(to))
    expect(strange.map(told)).toEqual([])
  })

  test('what goes to a phone takes no package, no secret, no deed and no query along', () => {
    const phoneFiles = code.filter((file) => /\.island\.ts$|\/service-worker\.ts$/.test(file))
    const tooMuch = phoneFiles
      .flatMap((file) => reach(file))
      .filter(({ to }) => {
        if (!to.startsWith('src/')) return true
        return serverRooms.includes(roomOf(to)) || /\.(queries|deeds|page)\.tsx?$/.test(to)
      })
    expect(tooMuch.map(told)).toEqual([])
  })
})

describe('the furniture', () => {
  test('every file opens with a sentence that says what it is', () => {
    const silent = (file: string) => !/^[\p{Lu}\d`].*[.!?](\s|$)/su.test(openingOf(file))
    // A test says what it is in its titles.
    expect(files.filter((file) => !/\.test\.tsx?$/.test(file) && silent(file))).toEqual([])
  })

  test('no file gathers what has no name of its own', () => {
    expect(files.filter((file) => /(^|[/.-])(utils?|helpers?|common|misc|shared)([/.-])/i.test(file))).toEqual([])
  })

  test('no file only passes on what others export', () => {
    const onlyPassesOn = (file: string) =>
      !/^(?!export\s[^=(]*\sfrom\s|\s*(\/\/|\/?\*|$))/m.test(readFileSync(file, 'utf8'))
    expect(code.filter((file) => /^index\.tsx?$/.test(basename(file)) || onlyPassesOn(file))).toEqual([])
  })

  test.each(globSync('src/**/da.json').sort())('%s says everything in English too', (danish) => {
    const english = danish.replace(/da\.json$/, 'en.json')
    const keys = (file: string) => (existsSync(file) ? keysOf(JSON.parse(readFileSync(file, 'utf8'))).sort() : [])
    expect(keys(english)).toEqual(keys(danish))
  })
})
