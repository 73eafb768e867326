import { expect, test } from 'vitest'
import { type Command, KeyboardProblem, named } from '../command.ts'
import { runCommand } from './commands.ts'

function spoken(run: Command['run'] = async () => undefined) {
  const said = { out: '', err: '' }
  const terminal = {
    out: (text: string) => {
      said.out += text
    },
    err: (text: string) => {
      said.err += text
    },
  }
  const weigh: Command = { name: 'weigh', does: 'Weighs the house.', usage: [['oplive weigh', 'once']], run }
  return { said, run: (...args: string[]) => runCommand(args, terminal, [weigh]) }
}

test('whoever asks for help reads what there is, and how one command is asked', async () => {
  const { said, run } = spoken()
  expect(await run('help')).toBe(0)
  expect(said.out).toContain('weigh   Weighs the house.')
  said.out = ''
  expect(await run('weigh', '--help')).toBe(0)
  expect(said.out).toContain('oplive weigh   once')
})

test('a command that is not there is said in one sentence, and ends with 2', async () => {
  const { said, run } = spoken()
  expect(await run('wiegh')).toBe(2)
  expect(said.err).toBe('There is no command "wiegh". "oplive help" lists those there are.')
})

test('it ends with 0 when it went well, and with 1 when what it found is bad', async () => {
  expect(await spoken().run('weigh')).toBe(0)
  expect(await spoken(async () => false).run('weigh')).toBe(1)
})

test('what the one at the keyboard can mend is one sentence, without a trace', async () => {
  const { said, run } = spoken(() => Promise.reject(new KeyboardProblem('The scales are gone.')))
  expect(await run('weigh')).toBe(1)
  expect(said.err).toBe('The scales are gone.')
})

test('a fault of our own is shown with its trace', async () => {
  const { said, run } = spoken(() => Promise.reject(new RangeError('too heavy')))
  expect(await run('weigh')).toBe(1)
  expect(said.err).toContain('commands.test.ts')
})

test('the keys of Min bog are among the commands', async () => {
  const said: string[] = []
  const terminal = { out: (text: string) => void said.push(text), err: () => {} }
  expect(await runCommand(['help', 'keys'], terminal)).toBe(0)
  expect(said.join()).toContain('oplive keys rotate')
})

test('a file that was named is the one where whoever typed stands', () => {
  expect(named('a.backup', '/home/mikkel')).toBe('/home/mikkel/a.backup')
  expect(named('/srv/a.backup', '/home/mikkel')).toBe('/srv/a.backup')
})
