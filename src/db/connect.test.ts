import { expect, inject, test } from 'vitest'
import { DatabaseProblem, ownLogin } from './connect.ts'

test('a database that does not answer gets one sentence with its place, and no password', async () => {
  const gone = ownLogin('postgres://me:secret@127.0.0.1:1/oplive', Buffer.alloc(32))
  await expect(gone).rejects.toThrow(DatabaseProblem)
  await expect(gone).rejects.toThrow(/127\.0\.0\.1:1/)
  await expect(gone).rejects.not.toThrow(/secret/)
})

test('the same installation makes the same login again', async () => {
  const url = new URL(inject('ownerUrl'))
  url.pathname = `/${inject('template')}`
  expect(await ownLogin(url.href, Buffer.alloc(32, 1))).toBe(await ownLogin(url.href, Buffer.alloc(32, 1)))
  // Other tests of this run use the template's login with this secret.
  await ownLogin(url.href, Buffer.alloc(32))
})
