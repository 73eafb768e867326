// Somebody who has done everything the program offers, for tests: with a name, addresses, texts and tokens that are found again wherever they lie.
import { createHash, randomUUID } from 'node:crypto'
import { v7 as uuid } from 'uuid'
import { aBook } from '../book/test-book.ts'
import type { Actor } from '../db/as-actor.ts'
import type { World } from '../test-world.ts'

export interface Doer {
  actor: Actor & { account: string }
  name: string
  /** Their persons: in Holmetofte, on Lyngø, and the twin that was merged into the first. */
  here: string
  there: string
  twin: string
  /** The open book. */
  device: string
  /** Every text of theirs, as they wrote it, that an export must hold. */
  texts: string[]
  /** What nobody may find afterwards: names, addresses, numbers, ids, and hashes as PostgreSQL writes them. */
  traces: string[]
  /** The meeting at which all happened. */
  meeting: string
}

export const sentinel = {
  name: 'Sentinella Navnesen',
  mail: 'sentinella@navnesen.example',
  telephone: '55 01 92 83',
}

/** A row as its columns; answers nothing. */
const adder = (world: World) => async (table: string, row: Record<string, unknown>) => {
  const columns = Object.keys(row)
  await world.sql(
    `insert into ${table} (${columns.join(', ')}) values (${columns.map((_, at) => `$${at + 1}`).join(', ')})`,
    Object.values(row),
  )
}

export async function somebodyWhoDidEverything(world: World, meeting: string): Promise<Doer> {
  const add = adder(world)
  const account = uuid()
  const [here, there, twin] = [uuid(), uuid(), uuid()]
  const texts: string[] = []
  const traces: string[] = ['sentinel', 'navnesen', '5501 9283', sentinel.telephone, account, here, there, twin]
  const text = (what: string): string => {
    texts.push(`sentinel ${what}`)
    return `sentinel ${what}`
  }
  const hash = (length = 32): Buffer => {
    const made = createHash('sha256').update(randomUUID()).digest().subarray(0, length)
    traces.push(made.toString('hex'))
    return made
  }
  const id = (): string => {
    const made = uuid()
    traces.push(made)
    return made
  }
  const { name, mail, telephone } = sentinel
  texts.push(name, mail, telephone)
  const actor = { house: world.house, role: 'keyholder' as const, account }

  await add('access.account', { id: account, name })
  const person = {
    account_id: account,
    name,
    exists_by: 'said_yes',
    medium: 'tap',
    joined_on: '2027-01-01',
    active_on: '2027-03-01',
  }
  await add('community.person', {
    id: here,
    community_id: world.holmetofte,
    telephone,
    mail,
    contact_wish: 'mail',
    languages: ['da', 'uk'],
    ...person,
  })
  await add('community.person', { id: there, community_id: world.lyngo, ...person })
  await add('community.person', {
    ...person,
    id: twin,
    community_id: world.holmetofte,
    account_id: null,
    merged_into: here,
    exists_by: 'came',
    medium: 'paper',
  })
  await world.sql(`update access.community_role set role = 'keyholder' where account_id = $1 and community_id = $2`, [
    account,
    world.holmetofte,
  ])

  // As a person of the place.
  await add('community.profile', { person_id: here, age_band: '60-74', asked_about: text('spørg om brød') })
  await add('community.consent', {
    id: id(),
    person_id: here,
    purpose: 'contactList',
    text_version: 1,
    medium: 'tap',
    given_at: '2027-02-01T10:00:00Z',
  })
  await add('community.consent', {
    id: id(),
    person_id: twin,
    purpose: 'askMe',
    text_version: 1,
    medium: 'paper',
    given_at: '2027-02-01T10:00:00Z',
  })
  const association = uuid()
  await add('community.association', {
    id: association,
    community_id: world.holmetofte,
    kind: 'group',
    name: 'Strikkecaféen',
    made_on: '2027-01-01',
  })
  for (const one of [here, twin])
    await add('community.membership', {
      association_id: association,
      person_id: one,
      said_yes_at: '2027-02-02T10:00:00Z',
      medium: 'tap',
    })
  const look = uuid()
  await add('community.look', {
    id: look,
    community_id: world.holmetofte,
    account_id: world.amira.account,
    looker: 'Amira',
    what: 'people',
    reason: 'Planlægger et møde',
    at: '2027-03-01T10:00:00Z',
  })
  for (const one of [here, twin]) await add('community.looked_at', { look_id: look, person_id: one })
  texts.push('Planlægger et møde')
  for (const [community, controller] of [
    [world.holmetofte, 'municipality'],
    [null, 'municipality'],
  ] as const)
    await add('community.objection', {
      id: id(),
      account_id: account,
      community_id: community,
      controller,
      name,
      text: text(`nej tak ${community ?? ''}`.trim()),
      asked_on: '2027-03-02',
    })

  await add('municipal.access_request', {
    id: id(),
    name,
    mail: mail.toLowerCase(),
    reason: text('skrev et brev'),
    received_on: '2027-03-03',
  })

  // At a meeting.
  const at = { meeting_id: meeting }
  await add('community.coming', { ...at, id: id(), name, secret_hash: hash() })
  await add('community.arrival', {
    ...at,
    tag: hash(16),
    medium: 'phone',
    name,
    first_time: false,
    brought_by: 'neighbour',
    bringer: text('den der tog mig med'),
  })
  await add('community.commitment', {
    ...at,
    id: id(),
    name,
    what: text('jeg bager'),
    to_whom: 'Birthe',
    telephone,
    medium: 'phone',
    secret_hash: hash(),
    how: text('det gik godt'),
  })
  await add('community.invitation', { ...at, id: id(), inviter: name, secret_hash: hash() })
  await add('community.meeting_role', { ...at, role: 'followUp', name })
  await world.sql('update community.meeting set host_name = $1 where id = $2', [name, meeting])
  await add('community.mail_wish', { ...at, id: id(), address: mail, lang: 'da' })
  const list = uuid()
  await add('community.moving_in', {
    id: list,
    community_id: world.holmetofte,
    account_id: account,
    asker: name,
    mapping: ['name'],
    seen: '{}',
    source: 'En forening',
    looked_at: '2027-03-14T10:00:00Z',
  })
  await add('community.asked_person', {
    id: id(),
    moving_in_id: list,
    community_id: world.holmetofte,
    row_number: 2,
    name,
    mail,
    asked_on: '2027-03-14',
    link_hash: hash(),
  })
  await add('community.mail_trouble', {
    address: mail,
    what: 'returned',
    first_on: '2027-03-10',
    last_on: '2027-03-10',
  })
  await add('community.week_letter', { person_id: here, sent_on: '2027-03-11' })
  await add('community.still_question', { person_id: here, asked_on: '2027-03-11', until: '2027-04-10' })
  await add('access.api_key', {
    secret_hash: hash(),
    account_id: account,
    community_id: world.holmetofte,
    as_role: 'resident',
    name: text('hjemmeside'),
    made_on: '2027-03-10',
    expires_on: '2028-03-09',
  })
  await add('community.letter', {
    id: id(),
    address: mail,
    subject: text('emne'),
    body: text('brev'),
    not_before: '2027-03-14T10:00:00Z',
  })
  await add('community.debrief', {
    ...at,
    next_step: 'Listen skal hænge i hallen',
    next_owner: name,
    written_at: '2027-03-10T10:00:00Z',
  })

  // What they kept for themselves under another name, and an entry of theirs that was put together with this one.
  const kept = { ...at, person_id: here }
  await add('community.coming', { ...kept, id: id(), name: text('Nina fra 4'), secret_hash: hash() })
  await add('community.arrival', { ...kept, medium: 'paper', name: text('Nina ved døren') })
  await add('community.commitment', { ...kept, id: id(), name: text('Nina lover'), what: 'kage', medium: 'paper' })
  await add('community.invitation', { ...kept, id: id(), inviter: text('Nina inviterer'), secret_hash: hash() })
  await add('community.merge', {
    id: id(),
    community_id: world.holmetofte,
    kept: here,
    gone: twin,
    kept_yes: 'tap',
    asked_on: '2027-03-02',
  })

  // What others wrote with their name in a field of its own.
  await add('community.arrival', {
    ...at,
    medium: 'paper',
    name: 'Birthe',
    first_time: true,
    brought_by: 'neighbour',
    bringer: name,
  })
  await add('community.commitment', {
    ...at,
    id: uuid(),
    name: 'Birthe',
    what: 'Jeg kommer med kaffe',
    to_whom: name,
    medium: 'paper',
  })

  // Keys and trust.
  const poul = await world.sql('select id from community.person where account_id = $1', [world.poul.account])
  const karsten = await world.sql('select id from community.person where account_id = $1', [world.karsten.account])
  await add('community.trust', { from_person: here, to_person: karsten[0]?.id, since: '2027-02-01' })
  await add('community.trust', { from_person: karsten[0]?.id, to_person: here, since: '2027-02-01' })
  const change = id()
  await add('community.key_change', {
    id: change,
    community_id: world.holmetofte,
    how: 'transfer',
    from_person: here,
    to_person: karsten[0]?.id,
    by_person: poul[0]?.id,
    asked_at: '2027-03-01T10:00:00Z',
  })
  await add('community.key_approval', { change_id: change, person_id: here, at: '2027-03-01T10:00:00Z' })
  await add('community.key_event', {
    id: uuid(),
    community_id: world.holmetofte,
    what: 'trusted',
    person_id: here,
    at: '2027-02-01T10:00:00Z',
  })
  const guild = uuid()
  await add('community.association', {
    id: guild,
    community_id: world.holmetofte,
    kind: 'association',
    name: 'Borgerforeningen',
    made_on: '2027-01-01',
  })
  const handOver = uuid()
  await add('community.hand_over', {
    id: handOver,
    community_id: world.holmetofte,
    association_id: guild,
    on_date: '2027-05-01',
    by_municipality: false,
    by_account: account,
    proposed_at: '2027-03-01T10:00:00Z',
  })
  const move = uuid()
  await add('community.move', { id: move, community_id: world.holmetofte, asked_at: '2027-03-01T10:00:00Z' })
  await add('community.move_yes', { move_id: move, person_id: here, step: 'pack', at: '2027-03-02T10:00:00Z' })
  await add('community.hand_over_yes', { hand_over_id: handOver, person_id: here, at: '2027-03-02T10:00:00Z' })

  await add('community.phase_vote', {
    id: uuid(),
    community_id: world.holmetofte,
    from_phase: 'beside',
    to_phase: 'behind',
    voted_on: '2027-03-01',
    yes: 7,
    no: 1,
    blank: 0,
    typed_by: account,
    typed_at: '2027-03-01T10:00:00Z',
  })
  await add('community.passed_on', {
    id: uuid(),
    community_id: world.holmetofte,
    kind: 'keys',
    what: 'Nøglen til hallen',
    added_at: '2027-03-01T10:00:00Z',
    received_at: '2027-03-02T10:00:00Z',
    received_by: account,
    medium: 'tap',
  })
  await add('community.called_back', {
    id: uuid(),
    community_id: world.holmetofte,
    from_phase: 'behind',
    called_at: '2027-03-01T10:00:00Z',
    called_by: account,
  })
  for (const [one, two] of [
    [here, karsten[0]?.id],
    [karsten[0]?.id, here],
  ])
    await add('community.introduction', {
      id: uuid(),
      community_id: world.holmetofte,
      one,
      two,
      side_one: 3,
      side_two: 2,
      made_on: '2027-03-01',
      one_says: true,
      two_says: true,
    })

  // Every way in.
  await add('access.mail_address', { account_id: account, address: mail, confirmed_on: '2027-02-01' })
  const session = {
    account_id: account,
    expires_at: '2027-04-10T10:00:00Z',
    opened_on: '2027-03-10',
    seen_on: '2027-03-11',
  }
  for (const via of ['mail', 'card', 'kept'])
    await add('access.session', { ...session, token_hash: hash(), via, device: text(`på ${via}`) })
  await add('access.sign_in_link', { token_hash: hash(), account_id: account, expires_at: '2027-03-14T18:30:00Z' })
  await add('access.mail_question', {
    browser_hash: hash(),
    link_hash: hash(),
    code_by_browser: hash(),
    code_by_link: hash(),
    purpose: 'in',
    address: mail,
    way: '/mine',
    expires_at: '2027-03-14T18:10:00Z',
  })
  await add('access.mail_question', {
    browser_hash: hash(),
    code_by_browser: hash(),
    purpose: 'prove',
    address: null,
    account_id: account,
    expires_at: '2027-03-14T18:10:00Z',
  })
  await add('access.card', {
    account_id: account,
    public_part: 'ABCD',
    secret_hash: hash(),
    number: 1,
    community_id: world.holmetofte,
    giver: 'Poul',
    given_on: '2027-02-01',
  })
  await add('access.failed_try', { account_id: account, day: '2027-03-11', via: 'mail', times: 2 })

  const passkey = id()
  await add('access.passkey', {
    id: passkey,
    account_id: account,
    credential_id: hash(),
    public_key: hash(),
    counter: 0,
    name: text('min telefon'),
    made_on: '2027-02-01',
  })
  await add('access.session', { ...session, token_hash: hash(), via: 'passkey', passkey_id: passkey })
  await add('access.warning', { account_id: account, what: 'wrong-digits', last_at: '2027-03-11T10:00:00Z' })

  // Talks: with a neighbour who asked, and with an employee.
  for (const [room, starter] of [
    ['community', karsten[0]?.id],
    ['municipal', world.amira.account],
  ]) {
    const talk = id()
    const two = { community_id: world.holmetofte, starter, other: here }
    await add(`${room}.talk`, {
      id: talk,
      ...two,
      kind: 'recruitment',
      medium: 'walk',
      purpose: text(`om hallen, ${room}`),
      answer: 'yes',
      held_on: '2027-03-10',
      touched_on: '2027-03-10',
    })
    await add(`${room}.agreed_note`, {
      talk_id: talk,
      ...two,
      starter_yes_at: '2027-03-10T10:00:00Z',
      other_yes_at: '2027-03-10T10:00:00Z',
      way: 'one_phone',
      phone_of: 'starter',
      content_hash: hash(),
      themes: ['meetingPlace'],
      own_words: text(`med egne ord, ${room}`),
      outcome: 'commitment',
    })
    const promised = { id: id(), talk_id: talk, ...two, promised_by: 'other', what: text(`to naboer, ${room}`) }
    await add(`${room}.talk_promise`, promised)
  }
  await add('community.talk_rhythm', { person_id: here, talks: 2, every: 'week' })
  const chosen = { choice: 'hidden', chosen_on: '2027-03-11' }
  await add('community.tie_choice', { person_id: here, other_person: karsten[0]?.id, ...chosen })
  await add('community.tie_choice', { person_id: karsten[0]?.id, other_person: here, ...chosen })
  const card = { community_id: world.holmetofte, secret_hash: hash(), code: 'BKT482', made_in: '2027-03-01' }
  for (const [one, other] of [
    [here, karsten[0]?.id],
    [karsten[0]?.id, here],
  ]) {
    await add('community.coaching', { community_id: world.holmetofte, coach: one, coachee: other, since: '2027-03-01' })
    await add('community.helper_mark', { by_person: one, about: other, made_on: '2027-03-01' })
    const question = { community_id: world.holmetofte, asker: one, asked: other }
    await add('community.asked_along', { ...question, asked_on: '2027-03-01' })
  }
  await add('community.carried_task', {
    community_id: world.holmetofte,
    task: id(),
    kind: 'own',
    own_words: text('bladet'),
    person_id: here,
    since: '2027-03-01',
    medium: 'tap',
  })
  await add('community.own_card', { ...card, person_id: here })
  await add('community.path_step', { person_id: here, stage: 3, said_on: '2027-03-11', stands_on: '2027-03-11' })
  const training = uuid()
  await add('community.training', {
    id: training,
    community_id: world.holmetofte,
    module: 2,
    starts_at: '2027-03-01T18:00:00Z',
    place: 'Lokalet bagved',
    led_by: 'resident',
    leader_id: here,
    leader_name: name,
  })
  const seat = { community_id: world.holmetofte, training_id: training, module: 2, came: true }
  await add('community.training_seat', { id: uuid(), ...seat, person_id: here })
  await add('community.training_seat', { id: uuid(), ...seat, name })
  await add('community.training_wish', {
    community_id: world.holmetofte,
    module: 3,
    person_id: here,
    wished_on: '2027-03-01',
  })
  await add('community.tie_confirmed', { person_id: here, confirmed_on: '2027-03-11' })

  // Their book.
  const book = await aBook(actor)
  await book.write(text('min egen tanke'))
  return { actor, name, here, there, twin, device: book.device, texts, traces, meeting }
}
