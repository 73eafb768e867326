// `node scripts/run.mjs FILE …`: runs one of our TypeScript files, such as a tool, and ends as it ends.
import { become } from './become.mjs'
import { ensureInstalled, giveUp } from './installed.mjs'

async function main() {
  await ensureInstalled()
  become(['--import', 'tsx', ...process.argv.slice(2)])
}

main().catch(giveUp)
