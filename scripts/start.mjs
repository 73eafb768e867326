// `npm start`: installs and builds what is missing, then becomes the program.
import { become } from './become.mjs'
import { buildWhenNeeded } from './build.mjs'
import { ensureInstalled, giveUp, heap } from './installed.mjs'

async function main() {
  await ensureInstalled()
  await buildWhenNeeded()
  become([...heap, 'dist/main.js', ...process.argv.slice(2)])
}

main().catch(giveUp)
