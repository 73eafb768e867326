#!/usr/bin/env node
// `npx oplive …`: the program by its name. Installs and builds what is missing, then becomes it; without a word behind, it serves.
import { become } from './become.mjs'
import { buildWhenNeeded } from './build.mjs'
import { ensureInstalled, giveUp, heap } from './installed.mjs'

async function main() {
  await ensureInstalled()
  await buildWhenNeeded()
  // Files that a command names are looked for where one stands.
  become([...heap, 'dist/main.js', ...process.argv.slice(2)], { ...process.env, OPLIVE_STANDING: process.cwd() })
}

main().catch(giveUp)
