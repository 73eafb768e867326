// `npm run link -- Freja`: prints a new one-time sign-in link for that person; without a name, one for everybody.
import { accountsHere, makeLink } from '../src/access/sign-in.deeds.ts'
import { linkMinutes } from '../src/access/sign-in.ts'
import { ConfigProblem, readConfig } from '../src/config.ts'
import { atKeyboard, KeyboardProblem } from './rehearse/keyboard.ts'

async function main() {
  const config = readConfig(process.env)
  const wanted = process.argv.slice(2).join(' ').trim()
  const links = await atKeyboard(config, async (house) => {
    const everybody = await accountsHere(house)
    const those = wanted ? everybody.filter(({ name }) => name.toLowerCase() === wanted.toLowerCase()) : everybody
    if (those.length === 0) {
      const names = everybody.map(({ name }) => name).join(', ')
      throw new KeyboardProblem(
        names ? `Nobody here is called "${wanted}". There are: ${names}.` : 'Nobody can sign in here yet.',
      )
    }
    const made = []
    for (const { id, name, municipalRole, hosts } of those)
      made.push({ who: `${name}, ${municipalRole ?? (hosts ? 'host' : 'resident')}`, token: await makeLink(house, id) })
    return made
  })
  const origin = config.origin ?? `http://localhost:${config.port}`
  const width = Math.max(...links.map(({ who }) => who.length)) + 2
  for (const { who, token } of links) console.log(`${who.padEnd(width)}${origin}/in/${token}`)
  console.error(`Each link works once, within ${linkMinutes} minutes.`)
}

main().catch((error: unknown) => {
  const told = error instanceof KeyboardProblem || error instanceof ConfigProblem
  console.error(told ? error.message : error)
  process.exitCode = 1
})
