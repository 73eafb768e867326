// `oplive sbom`: the list of parts that was made with the built program, for whoever has to know what is in it.
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { type Command, KeyboardProblem } from '../command.ts'

export const sbomCommand: Command = {
  name: 'sbom',
  does: 'Prints the list of parts (CycloneDX) of this program.',
  usage: [['oplive sbom', 'writes JSON on standard output']],
  async run() {
    const file = fileURLToPath(new URL('./sbom.json', import.meta.url))
    try {
      process.stdout.write(readFileSync(file, 'utf8'))
    } catch {
      throw new KeyboardProblem(
        'The list of parts is made with the program. Build it with "npm run build", then ask again.',
      )
    }
    return undefined
  },
}
