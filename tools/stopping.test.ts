import { request } from 'node:http'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { build, type OwnProgram, ownProgram } from './rehearse/own-program.ts'

let program: OwnProgram
let form = ''
beforeAll(async () => {
  await build()
  program = await ownProgram()
  await program.start()
  // »Jeg kommer«, at a meeting that all are invited to: a form that is read to its end before it is answered.
  const place = await (await fetch(`${program.url}/c/holmetofte`)).text()
  const meeting = await (await fetch(`${program.url}/m/${/"\/m\/([A-Z0-9]{6})"/.exec(place)?.[1]}`)).text()
  form = /<form[^>]*action="(\/m\/[^"]+)"/.exec(meeting)?.[1] ?? expect.fail('no form')
}, 120_000)
afterAll(() => program.clear(), 60_000)

/** Sends a form in two halves: the second when `go` says so. Answers the status, or why there was none. */
function slowly(path: string, body: string, go: Promise<void>): Promise<number | string> {
  return new Promise((resolve) => {
    const req = request(new URL(path, program.url), {
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded', 'content-length': body.length },
      agent: false,
    })
    req.on('response', (res) => {
      res.resume()
      res.on('end', () => resolve(res.statusCode ?? 0))
    })
    req.on('error', (error: NodeJS.ErrnoException) => resolve(error.code ?? 'error'))
    req.write(body.slice(0, 3))
    void go.then(() => req.end(body.slice(3)))
  })
}

describe('a program that is told to stop', () => {
  test('finishes the answers under way, says that it is not to be sent more, and takes no new ones', async () => {
    expect(await (await fetch(`${program.url}/health/ready`)).text()).toBe('ready')
    const pid = program.pid()
    const go = Promise.withResolvers<void>()
    let early = 0
    const open = Array.from({ length: 20 }, () =>
      slowly(form, 'lang=da&name=', go.promise).then((answer) => {
        early++
        return answer
      }),
    )
    await sleep(500)
    process.kill(pid, 'SIGTERM')
    await sleep(300)
    const fresh = await fetch(`${program.url}/health/ready`).then(
      (answer) => answer.status,
      () => 'closed',
    )
    expect([503, 'closed']).toContain(fresh)
    expect(early).toBe(0)
    go.resolve()
    const answers = await Promise.all(open)
    expect(answers.filter((answer) => answer !== 400)).toEqual([])
    // And then it is gone, and its database with it: the next start finds everything in order.
    for (let waited = 0; waited < 15_000 && isAlive(pid); waited += 100) await sleep(100)
    expect(isAlive(pid)).toBe(false)
    await program.start()
    expect((await fetch(`${program.url}/health`)).status).toBe(200)
  }, 60_000)

  test('ends at once when it is told twice, and starts again on the same data', async () => {
    const pid = program.pid()
    const never = slowly(form, 'lang=da', new Promise<void>(() => {}))
    await sleep(300)
    process.kill(pid, 'SIGTERM')
    await sleep(200)
    process.kill(pid, 'SIGTERM')
    for (let waited = 0; waited < 3_000 && isAlive(pid); waited += 50) await sleep(50)
    expect(isAlive(pid)).toBe(false)
    expect(typeof (await never)).toBe('string')
    await program.start()
    expect((await fetch(`${program.url}/health/ready`)).status).toBe(200)
  }, 60_000)
})

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch {
    return false
  }
}
