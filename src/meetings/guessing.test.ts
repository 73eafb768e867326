import { expect, test } from 'vitest'
import { watchGuessing } from './guessing.ts'

const secret = Buffer.alloc(32, 7)

test('a device that mistypes ten times in a minute is let through, and then told to wait', async () => {
  const guessing = watchGuessing(secret, 1)
  const { device } = await guessing.wrong(undefined)
  for (let i = 0; i < 10; i++) await guessing.wrong(device ?? '')
  await expect(guessing.wrong(device ?? '')).rejects.toMatchObject({ code: 'too-many-guesses' })
})

test('another device in the same hall is not slowed by the first', async () => {
  const guessing = watchGuessing(secret, 1)
  const first = await guessing.wrong(undefined)
  const second = await guessing.wrong(undefined)
  for (let i = 0; i < 10; i++) await guessing.wrong(first.device ?? '')
  await expect(guessing.wrong(first.device ?? '')).rejects.toThrow()
  await expect(guessing.wrong(second.device ?? '')).resolves.toEqual({ device: null })
})

test('whoever throws the cookie away waits with all the others who have none', async () => {
  const guessing = watchGuessing(secret, 40)
  for (let i = 0; i < 60; i++) await guessing.wrong(undefined)
  const began = performance.now()
  await guessing.wrong(undefined)
  expect(performance.now() - began).toBeGreaterThan(30)
})

test('a device that was made up is nobody', async () => {
  const guessing = watchGuessing(secret, 1)
  const answer = await guessing.wrong('made-up.0123456789abcdef')
  expect(answer.device).toMatch(/^[\w-]+\.[\w-]{16}$/)
})
