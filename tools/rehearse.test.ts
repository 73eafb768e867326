// A rehearsal with bad luck: what was acknowledged is counted, whatever was killed in between.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { readConversation, readCsv, shortened } from './rehearse/conversation.ts'
import { playConversation, tellConversation } from './rehearse/conversation-play.ts'
import { demoHost } from './rehearse/demo-host.ts'
import { build, type OwnProgram, ownProgram } from './rehearse/own-program.ts'
import { rehearse, type Wish } from './rehearse/rehearsal.ts'

let program: OwnProgram
beforeAll(async () => {
  await build()
  program = await ownProgram()
  await program.start()
})
afterAll(() => program?.clear())

async function fortyPhones(seed: number, kill: Wish['kill']) {
  const { link, community } = await demoHost(program.place, program.url)
  return rehearse({
    origin: program.url,
    phones: 40,
    seed,
    link,
    community,
    place: program.place,
    kill,
    over: 1,
  })
}

test('after kill -9 of the program in the middle of forty phones, everything acknowledged is counted once', async () => {
  const { faults, times } = await fortyPhones(1, { when: 'answering', work: () => program.kill('app') })
  expect(faults).toEqual([])
  expect(times.away).not.toBeNull()
})

test('after kill -9 of the database in the middle of forty phones, everything acknowledged is counted once', async () => {
  const { faults, times } = await fortyPhones(2, { when: 'answering', work: () => program.kill('db') })
  expect(faults).toEqual([])
  expect(times.away).not.toBeNull()
})

test('after kill -9 of the program while the host closes, the cards are counted once and the key is gone', async () => {
  const { faults } = await fortyPhones(3, { when: 'closing', work: () => program.kill('app') })
  expect(faults).toEqual([])
})

test('after kill -9 of the database while the host closes, the phones get the result, and soon', async () => {
  const began = performance.now()
  const { faults } = await fortyPhones(5, { when: 'closing', work: () => program.kill('db') })
  expect(faults).toEqual([])
  expect(performance.now() - began).toBeLessThan(35_000)
})

test('a whole evening with the program killed while people speak agrees to the last recognition, dot, promise and card', {
  timeout: 120_000,
}, async () => {
  const { link, community } = await demoHost(program.place, program.url)
  const second = (await demoHost(program.place, program.url)).link
  const { faults, evening } = await rehearse({
    origin: program.url,
    phones: 40,
    seed: 4,
    link,
    second,
    community,
    place: program.place,
    kill: { when: 'saying', work: () => program.kill('app') },
    over: 1,
  })
  expect(faults).toEqual([])
  expect(evening?.paper.people).toBe(20)
  expect(evening?.gathered.quarrels).toBeGreaterThan(0)
  expect(evening?.known.size).toBeGreaterThan(5)
})

/** Made up, in the form in which the Polis software gives conversations out. */
function madeUp(folder: string): string {
  const place = join(folder, 'a-village')
  mkdirSync(place, { recursive: true })
  const long = `${'Vi vil gerne have en bænk ved søen og lys '.repeat(7)}til sidst`
  const comments = [
    ['7', 'a', 'Der er "langt" til\nbussen, og den kører ikke om aftenen'],
    ['8', 'b', long],
    ['11', 'b', 'Min nabo har fået diabetes'],
    ['12', 'c', 'Skriv til 010190-1234'],
    ['13', 'd', 'Vi har en smed & en bager'],
    ['14', 'e', 'Børnene tør gå i skole'],
    ['15', 'c', 'Der er altid kaffe hos købmanden'],
  ]
  const quoted = (text: string) => `"${text.replaceAll('"', '""')}"`
  const head = 'timestamp,comment-id,author-id,agrees,disagrees,moderated,comment-body\n'
  writeFileSync(
    join(place, 'comments.csv'),
    head + comments.map(([id, author, body = '']) => `1,${id},${author},0,0,1,${quoted(body)}\n`).join(''),
  )
  const votes = {
    a: '1,1,0,1,-1,,1',
    b: '1,1,1,,1,1,',
    c: '-1,1,1,1,1,,1',
    d: ',,,,1,,',
    e: '1,-1,1,,,1,',
  }
  writeFileSync(
    join(place, 'participants-votes.csv'),
    `participant,xid,group-id,n-comments,n-votes,n-agree,n-disagree,7,8,11,12,13,14,15\n${Object.entries(votes)
      .map(([person, row]) => `${person},,0,1,6,1,1,${row}\n`)
      .join('')}`,
  )
  writeFileSync(join(folder, 'README.md'), '# Made up\n\nGiven out with Attribution to Nobody.\n\nAnd more.\n')
  return place
}

test('a conversation that somebody else held is played, and each statement is known by as many as agreed with it', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'oplive-conversation-'))
  try {
    const conversation = readConversation(madeUp(folder))
    const { link, community } = await demoHost(program.place, program.url)
    const origin = program.url
    const played = await playConversation({ origin, conversation, link, community, place: program.place })
    expect(played.faults).toEqual([])
    expect(played).toMatchObject({ statements: 6, compared: 6, asked: 1, refused: ['12'], recognitions: 16, ofOwn: 6 })
    const said = tellConversation(conversation, played)
    expect(said).toContain('Given out with Attribution to Nobody.')
    expect(said).toContain('1 comments were longer than 280')
    // One agree more or less than the votes have is a difference that is told.
    const agreeing = new Map(conversation.agreeing).set('11', 2)
    const again = await demoHost(program.place, program.url)
    const wrong = { ...conversation, agreeing }
    const differs = await playConversation({ origin, conversation: wrong, link: again.link, community, place: null })
    expect(differs.faults).toEqual(['»Min nabo har fået diabetes«: 2 people agreed, and the board has 3'])
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
})

test('a comment that is too long ends at a word, and cells may hold commas, quotes and line breaks', () => {
  expect([...shortened(`${'æble '.repeat(60)}`)].length).toBeLessThanOrEqual(280)
  expect(shortened(`${'æble '.repeat(60)}`)).toMatch(/ æble…$/)
  expect(shortened('kort')).toBe('kort')
  expect(readCsv('a,b\r\n"1, ""2""\n3",\n,x\n')).toEqual([
    ['a', 'b'],
    ['1, "2"\n3', ''],
    ['', 'x'],
  ])
})
