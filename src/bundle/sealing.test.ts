import { closeSync, readFileSync, writeFileSync, writeSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { Decrypter, Encrypter } from 'age-encryption'
import { describe, expect, test } from 'vitest'
import { namelessFile } from './nameless.ts'
import { isSealed, sealedStream, unsealInto } from './sealing.ts'

const plain = Buffer.from('Der står navne her. '.repeat(5000))
const passphrase = 'k3m9x-rt5wq-2hh8p'
const at = (handle: number) => `/proc/self/fd/${handle}`

async function sealed(): Promise<Buffer> {
  const file = namelessFile(tmpdir())
  writeFileSync(at(file), plain)
  return Buffer.from(await new Response(await sealedStream(file, passphrase)).arrayBuffer())
}

async function opened(bytes: Uint8Array, by = passphrase, most = 1_000_000): Promise<Buffer> {
  const [from, to] = [namelessFile(tmpdir()), namelessFile(tmpdir())]
  try {
    writeSync(from, bytes)
    await unsealInto(from, to, by, most)
    return readFileSync(at(to))
  } finally {
    closeSync(from)
    closeSync(to)
  }
}

/** Sealed by age itself, with little work. */
function quick(): Promise<Uint8Array> {
  const sealer = new Encrypter()
  sealer.setPassphrase(passphrase)
  sealer.setScryptWorkFactor(12)
  return sealer.encrypt(new Uint8Array(plain))
}

describe('a bundle on its way is sealed with a passphrase', () => {
  test('it opens with it, and nothing in it can be read before', async () => {
    const bytes = await sealed()
    expect(isSealed(bytes)).toBe(true)
    expect(bytes.includes('navne')).toBe(false)
    expect((await opened(bytes)).equals(plain)).toBe(true)
  })

  test('what age itself seals and opens is the same', async () => {
    const opener = new Decrypter()
    opener.addPassphrase(passphrase)
    expect(Buffer.from(await opener.decrypt(new Uint8Array(await sealed()))).equals(plain)).toBe(true)
    expect((await opened(await quick())).equals(plain)).toBe(true)
  })

  test('another passphrase, one byte changed, a cut end, too much in it: each is said', async () => {
    const bytes = await quick()
    await expect(opened(bytes, 'k3m9x-rt5wq-2hh8q')).rejects.toMatchObject({ fault: 'passphrase' })
    const changed = Buffer.from(bytes)
    changed[70_000] = (changed[70_000] ?? 0) ^ 1
    await expect(opened(changed)).rejects.toMatchObject({ fault: 'damaged' })
    await expect(opened(bytes.subarray(0, 90_000))).rejects.toMatchObject({ fault: 'damaged' })
    await expect(opened(bytes, passphrase, 50_000)).rejects.toMatchObject({ fault: 'damaged' })
    await expect(opened(Buffer.from('age-encryption.org/v1\nrubbish'))).rejects.toMatchObject({ fault: 'damaged' })
  })

  test('a passphrase that somebody made too slow does not stop the machine', async () => {
    const head = Buffer.from(await quick())
      .toString('latin1')
      .replace(/^(-> scrypt \S+) 12$/m, '$1 30')
    await expect(opened(Buffer.from(head, 'latin1'))).rejects.toMatchObject({ fault: 'locked-otherwise' })
  })
})
