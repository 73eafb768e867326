// A program around the embedded server, for the tests to kill: it says how its start went in one line of JSON, then waits.
import { EmbeddedProblem, startEmbedded } from '../embedded.ts'

const [folder = '', settings = '{}'] = process.argv.slice(2)
const say = (what: object) => process.stdout.write(`${JSON.stringify(what)}\n`)

try {
  const began = Date.now()
  const server = await startEmbedded({ folder, settings: JSON.parse(settings) })
  server.keepAlive((sign) => say(sign))
  const { superuserUrl, started, version, port, dataFolder } = server
  const alive = setInterval(() => undefined, 60_000)
  process.once('SIGTERM', async () => {
    await server.stop()
    clearInterval(alive)
  })
  say({ superuserUrl, started, version, port, dataFolder, postmaster: server.pid(), ms: Date.now() - began })
} catch (error) {
  if (!(error instanceof EmbeddedProblem)) throw error
  say({ code: error.code, sentence: error.message })
}
