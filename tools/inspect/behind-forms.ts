// What a guest does so that there are pages to look at that only a sent form leads to: says yes, invites, speaks, promises.
import { randomBytes } from 'node:crypto'
import type { Browser } from '../rehearse/browser.ts'
import { newKey } from '../rehearse/hall-phone.ts'
import type { Host } from '../rehearse/host.ts'

async function sent(browser: Browser, path: string, fields: Record<string, string>): Promise<string> {
  const answer = await browser.ask('POST', path, { form: new URLSearchParams({ ...fields, lang: 'da' }) })
  const onward = answer?.headers.location
  if (!onward) throw new Error(`POST ${path} got ${answer?.status ?? 'no answer'} where a redirect was due`)
  return onward.replace(/\?.*$/, '')
}

/** Before the evening: the link of one who comes, of another who took it back, and an invitation with its cards. */
export async function comeAndInvite(guest: Browser, code: string): Promise<string[]> {
  const named = (name: string) => ({ name, key: randomBytes(16).toString('base64url') })
  const coming = await sent(guest, `/m/${code}/come`, named('Aske'))
  const back = await sent(guest, `/m/${code}/come`, named('Bodil'))
  await sent(guest, back, { deed: 'back' })
  const share = await sent(guest, `/m/${code}/invite`, named('Aske'))
  const invitation = share.replace(/\/share$/, '')
  return [coming, back, share, invitation, `${invitation}/card`]
}

/** During the evening: a promise, and its own page. */
export async function promise(guest: Browser, code: string): Promise<string[]> {
  const own = await sent(guest, `/m/${code}/commit`, {
    key: newKey(),
    name: 'Aske',
    what: 'Jeg ringer til Ingrid om nøglen',
    'when-day': '3. maj',
  })
  return [own, `${own}/change`, `${own}/back`]
}

/** Words said aloud: they wait for somebody to write them down, and that somebody's page. */
export async function speak(guest: Browser, code: string): Promise<string[]> {
  const edge = 'here-it-ends'
  const part = (head: string, text: string) => `--${edge}\r\ncontent-disposition: form-data; ${head}\r\n\r\n${text}\r\n`
  const sound = part('name="sound"; filename="words.webm"\r\ncontent-type: audio/webm', 'a'.repeat(2000))
  const parts = {
    type: `multipart/form-data; boundary=${edge}`,
    text: `${part('name="kind"', 'hope')}${sound}--${edge}--\r\n`,
  }
  const answer = await guest.ask('POST', `/m/${code}/voice`, { parts })
  if (answer?.status !== 303) throw new Error(`spoken words got ${answer?.status ?? 'no answer'}`)
  return [`/m/${code}/hear?number=${await numberOf(guest, code)}`]
}

/** Those words, written down: the one who spoke looks whether they are right. */
export async function writeDown(guest: Browser, host: Host, code: string): Promise<void> {
  const form = new URLSearchParams({ number: await numberOf(guest, code), text: 'Lys på stien', writer: 'Bodil' })
  const answer = await host.ask('POST', `/m/${code}/hear`, { form })
  if (answer.status !== 303) throw new Error(`words written down got ${answer.status}`)
}

async function numberOf(guest: Browser, code: string): Promise<string> {
  const page = (await guest.ask('GET', `/m/${code}/voice`))?.text ?? ''
  const number = />(\d\d \d\d \d\d)</.exec(page)?.[1]
  if (!number) throw new Error('the page of spoken words shows no number')
  return number.replaceAll(' ', '')
}
