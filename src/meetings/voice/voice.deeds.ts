// Saying it aloud: somebody speaks, tells a number to a person they trust, who writes it down; the one who spoke says yes, and the sound is gone.
import { v4 as random } from 'uuid'
import { asSystem } from '../../db/as-actor.ts'
import { refuse } from '../../refusal.ts'
import { eveningTag } from '../evening-token.ts'
import type { Hall, MeetingInHall } from '../hall.ts'
import * as ask from './voice.queries.ts'
import { lockSound, newNumber, type Spoken, unlockSound, type Written } from './voice.ts'

/** Against a program that would fill the disk: far more than a hall has people who would rather speak. */
const mostVoices = 300

/** Keeps what was said, locked. Said again, it takes the place of what was there. */
export async function speak(
  hall: Hall,
  meeting: MeetingInHall,
  token: Buffer,
  { kind, sound, mime }: Spoken,
  lang: string,
): Promise<void> {
  const tag = eveningTag(hall.house, meeting.id, 'say', token)
  await asSystem(hall.house, 'a guest says something aloud', async (tx) => {
    if (!(await ask.takesVoices(tx, meeting.id))) refuse('meeting.not-open')
    if ((await ask.countVoices(tx, meeting.id)) >= mostVoices) refuse('busy')
    const id = random()
    let number = newNumber()
    while (await ask.voiceByNumber(tx, meeting.id, number)) number = newNumber()
    await ask.keepVoice(tx, {
      id,
      meeting: meeting.id,
      tag,
      number,
      kind,
      lang,
      mime,
      box: lockSound(hall.house, id, sound),
    })
  })
}

/** This phone's own voice; null when it has none. */
export const ownVoice = (hall: Hall, meeting: MeetingInHall, token: Buffer): Promise<ask.VoiceRow | null> =>
  asSystem(hall.house, 'a guest looks at what they said aloud', (tx) =>
    ask.voiceOf(tx, meeting.id, eveningTag(hall.house, meeting.id, 'say', token)),
  )

/** What waits under a number that somebody has been told. Refuses `voice.unknown`. */
export async function voiceToWrite(hall: Hall, meeting: MeetingInHall, number: string | null): Promise<ask.VoiceRow> {
  if (!number) refuse('voice.unknown')
  const voice = await asSystem(hall.house, 'somebody has been told a number', (tx) =>
    ask.voiceByNumber(tx, meeting.id, number),
  )
  return voice ?? refuse('voice.unknown')
}

/** The sound itself. */
export async function hear(hall: Hall, voice: ask.VoiceRow): Promise<Buffer> {
  const box = await asSystem(hall.house, 'hear what was said aloud', (tx) => ask.boxOf(tx, voice.id))
  return (box && unlockSound(hall.house, voice.id, box)) ?? refuse('voice.unknown')
}

/** Somebody has listened and written it down. Shown to nobody but the one who spoke. */
export async function writeDown(hall: Hall, voice: ask.VoiceRow, { text, writer }: Written): Promise<void> {
  const kept = await asSystem(hall.house, 'write down what was said aloud', (tx) =>
    ask.writeDown(tx, voice.id, text, writer),
  )
  if (!kept) refuse('voice.unknown')
}

/** "Yes, show it": the words go to the wall, and the sound is gone. */
export async function approve(
  hall: Hall,
  meeting: MeetingInHall,
  token: Buffer,
  seen: { text: string; openTo: 'hall' | 'public' },
): Promise<void> {
  const tag = eveningTag(hall.house, meeting.id, 'say', token)
  await asSystem(hall.house, 'a guest says yes to what was written down', async (tx) => {
    const voice = await ask.voiceOf(tx, meeting.id, tag)
    // Said yes before, or written anew while it was read: they are shown what stands there now.
    if (!voice?.text || voice.text !== seen.text) return
    const { id, kind, text, lang } = voice
    await ask.addSpoken(tx, { id, meeting: meeting.id, tag, kind, text, lang, openTo: seen.openTo })
    await ask.dropVoice(tx, id)
  })
  hall.evenings.changed(meeting.id)
}

/** "No, that is not it": it waits to be written down again. */
export async function writeAgain(hall: Hall, meeting: MeetingInHall, token: Buffer): Promise<void> {
  const voice = await ownVoice(hall, meeting, token)
  if (voice)
    await asSystem(hall.house, 'a guest wants it written otherwise', (tx) => ask.writeDown(tx, voice.id, null, null))
}

/** Deletes the sound and what was written down. */
export async function forgetVoice(hall: Hall, meeting: MeetingInHall, token: Buffer): Promise<void> {
  const voice = await ownVoice(hall, meeting, token)
  if (voice) await asSystem(hall.house, 'a guest deletes what they said aloud', (tx) => ask.dropVoice(tx, voice.id))
}
