// The talks of the demo: Amira and Poul, who agreed on one phone; Karsten's three, after which two share his tasks; and the booking of the hall,
// which Amira took over and gave back after four weeks. Through the same deeds as in earnest.
import { v7 as uuid } from 'uuid'
import type { SignedIn } from '../access/session.deeds.ts'
import { wallTimeIn } from '../clock.ts'
import { keepCheck, moveStep, writeStep } from '../conversations/balance.deeds.ts'
import { type Draft, draftText } from '../conversations/note.ts'
import { agreeOnOnePhone, agreeOnSlip, agreeOnTwoPhones, sealForOther, yesOf } from '../conversations/notes.deeds.ts'
import type { Plan } from '../conversations/talk.ts'
import { answerLink, askForTalk, keepRhythm, linkOf, sayHeld, sayThanked } from '../conversations/talks.deeds.ts'

const timeZone = 'Europe/Copenhagen'
const week = 7

/** `as`: somebody of the demo, so many days ago. */
export async function holdTalks(as: (name: string, daysAgo: number) => SignedIn): Promise<void> {
  const on = (person: SignedIn, days = 0): string =>
    wallTimeIn(timeZone, new Date(person.house.clock.now().getTime() + days * 86_400_000)).date
  const asked = async (person: SignedIn, slug: string, plan: Partial<Plan>): Promise<string> => {
    const id = uuid()
    const usual: Plan = {
      kind: 'recruitment',
      medium: 'walk',
      purpose: 'Jeg vil gerne høre, hvad der betyder noget for dig. Jeg spørger dig ikke om noget.',
      spot: null,
      plannedOn: on(person, 2),
      plannedTime: '10:00',
      wantedBy: 'starter',
    }
    await askForTalk(person, slug, { ...usual, ...plan, id, other: null })
    return id
  }
  const yes = (person: SignedIn, talk: string) =>
    answerLink(person.house, linkOf(person.house, talk), person, { answer: 'yes', name: null })

  // Journey 7: Amira and Poul, together on Amira's phone.
  const poul = await asked(as('Amira Haddad', 20), 'tornehuse', {
    medium: 'public',
    spot: 'Forsamlingshuset',
    purpose: 'Jeg vil gerne høre, hvad du drømmer om for Tornehuse. Til sidst spørger jeg, om du vil tage nogen med.',
  })
  await yes(as('Poul', 19), poul)
  const amira = as('Amira Haddad', 18)
  await sayHeld(amira, poul, 'to45')
  const agreed: Draft = {
    talk: poul,
    base: 0,
    themes: ['meetingPlace', 'young', 'food'],
    ownWords: null,
    promises: [
      { by: 'starter', what: 'Finde ud af, hvornår hallen er åben', byWhen: on(amira, week) },
      { by: 'other', what: 'Invitere to naboer til mødet', byWhen: on(amira, 2 * week) },
    ],
    outcome: 'commitment',
    nextOn: on(amira, 30),
  }
  await agreeOnOnePhone(amira, poul, {
    draft: draftText(agreed),
    yes: yesOf(amira.house, agreed, 'starter'),
    name: null,
  })
  await sayThanked(as('Amira Haddad', 17), poul)
  await asked(as('Amira Haddad', 1), 'holmetofte', {
    purpose: 'Du sagde noget om bussen. Det vil jeg gerne høre mere om.',
  })
  await keepRhythm(as('Amira Haddad', 20), { talks: 2, every: 'week' })

  // Journey 4: Karsten's three talks. Two say yes to share; the third says not now, and that is an answer.
  const share = 'Jeg har fire opgaver i hallen. Jeg vil spørge, om vi kan være to om en af dem.'
  const karsten = as('Karsten', 12)
  const freja = await asked(as('Karsten', 14), 'holmetofte', { kind: 'escalation', purpose: share, spot: 'Hallen' })
  await yes(as('Freja', 13), freja)
  const withFreja: Draft = {
    talk: freja,
    base: 0,
    themes: ['meetingPlace', 'sport'],
    ownWords: 'Vi er to om nøglen nu.',
    promises: [
      { by: 'starter', what: 'Vise, hvor lyset tændes', byWhen: on(karsten, week) },
      { by: 'other', what: 'Låse op om tirsdagen', byWhen: on(karsten, 2 * week) },
    ],
    outcome: 'commitment',
    nextOn: on(karsten, 2 * week),
  }
  await sayHeld(karsten, freja, 'to45')
  await agreeOnTwoPhones(as('Freja', 12), await sealForOther(karsten, freja, draftText(withFreja)))
  const jens = await asked(as('Karsten', 9), 'holmetofte', { kind: 'escalation', medium: 'home', purpose: share })
  await yes(as('Jens', 8), jens)
  const withJens: Draft = {
    talk: jens,
    base: 0,
    themes: ['craft'],
    ownWords: null,
    promises: [{ by: 'other', what: 'Tage sig af fodboldnettene', byWhen: on(as('Jens', 7), 3 * week) }],
    outcome: 'commitment',
    nextOn: null,
  }
  await sayHeld(as('Karsten', 7), jens, 'under30')
  await agreeOnSlip(as('Karsten', 7), jens, { draft: draftText(withJens), name: null })
  const third = await asked(as('Karsten', 5), 'holmetofte', { kind: 'escalation', medium: 'telephone', purpose: share })
  await answerLink(karsten.house, linkOf(karsten.house, third), null, { answer: 'not_now', name: null })

  // The balance: the booking of the hall, taken over and given back after four weeks.
  const resident = { owner: 'resident', carriedBefore: null, giveBack: null } as const
  const team = { owner: 'team', carriedBefore: null, giveBack: null } as const
  const hall = uuid()
  await writeStep(as('Amira Haddad', 200), 'holmetofte', { id: hall, what: 'Booke hallen', turn: team })
  await moveStep(as('Amira Haddad', 70), 'holmetofte', hall, {
    owner: 'municipality',
    carriedBefore: 'team',
    giveBack: 'To i gruppen kan koden til kalenderen, og nøglen hænger i købmandens skab.',
  })
  await moveStep(as('Amira Haddad', 42), 'holmetofte', hall, team)
  const others = [
    [160, 'Åbne for værkstedet om torsdagen', resident],
    [150, 'Kaffe til lyttemøderne', team],
    [110, 'Følgeskab til bussen', team],
    [90, 'Skrive til avisen', resident],
    [60, 'Søge om lys på stien', { owner: 'municipality', carriedBefore: 'nobody', giveBack: null } as const],
    [30, 'Ét langt bord på gaden', team],
  ] as const
  for (const [daysAgo, what, turn] of others)
    await writeStep(as('Amira Haddad', daysAgo), 'holmetofte', { id: uuid(), what, turn })
  await keepCheck(as('Amira Haddad', 65), 'holmetofte', {
    id: uuid(),
    promise: 'Kommunen betaler for lys på stien til hallen',
    equal: 'unsure',
    interest: 'no',
    mandate: 'no',
    authority: 'no',
    election: 'yes',
    keepable: 'unsure',
    note: 'Jeg siger ikke noget, før du har svaret om pengene.',
  })
}
