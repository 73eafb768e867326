// How many times a second the exit card's page is given out, beside a server that has nothing but its bytes.
import { bareServer, load, loadByWrk } from './loading.ts'
import { type Figure, median, thousands } from './row.ts'

const connections = 64
const seconds = 3

export const pagesFigure: Figure = {
  name: 'pages',
  async measure(stage) {
    const { code } = await stage.openMeeting()
    const page = await fetch(`${stage.program.url}/m/${code}`, { headers: { 'accept-encoding': 'br' } })
    const encoding = page.headers.get('content-encoding') ?? ''
    // fetch has unpacked it; the bare server sends as many bytes as came over the wire.
    await page.arrayBuffer()
    const bytes = Buffer.alloc(Number(page.headers.get('content-length')), 'x')
    const bare = await bareServer({
      kind: 'page',
      database: 'postgres://nobody',
      page: stage.file('page', bytes),
      encoding,
    })
    const request = (port: number, path: string) =>
      `GET ${path} HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nAccept-Encoding: gzip, deflate, br\r\n\r\n`
    // Somebody who comes for the first time: without a cookie, and gets one.
    const us = { port: stage.port, requests: [request(stage.port, `/m/${code}`)] }
    const them = { port: bare.port, requests: [request(bare.port, '/')] }
    const own = async ({ port, requests }: typeof us) => {
      const { rate, wrong } = await load(stage, requests, {
        connections,
        seconds,
        warmUp: 1,
        rate: null,
        port,
        status: 200,
      })
      if (wrong > 0) throw new Error('some pages did not come')
      return rate
    }
    const wrk = ({ port, requests }: typeof us) =>
      loadByWrk(
        stage,
        Array.from({ length: 5 }, () => requests[0] ?? ''),
        { connections, seconds, port },
      )

    const turns: { own: [number, number]; wrk: [number | null, number | null] }[] = []
    // One after the other and again, so that whatever else the machine does meets both.
    for (let turn = 0; turn < 3; turn++)
      turns.push({ own: [await own(us), await own(them)], wrk: [await wrk(us), await wrk(them)] })
    await bare.stop()
    // Our own generator cannot ask as fast as the bare server answers: where there is wrk, its figures count.
    const byWrk = turns.flatMap(({ wrk: [one, other] }) => (one && other ? [[one, other] as const] : []))
    const byOwn = turns.map((turn) => turn.own)
    const counting = byWrk.length > 0 ? byWrk : byOwn
    const ratioOf = (pairs: readonly (readonly [number, number])[]) => median(pairs.map(([one, other]) => one / other))
    const middle = (at: 0 | 1) => median(counting.map((pair) => pair[at]))
    const ratio = ratioOf(counting)
    return [
      {
        what: `exit-card page a second, ${connections} connections, each as a phone that comes for the first time, median of 3`,
        goal: '0.4 of bare prebuilt bytes',
        measured: `${thousands(middle(0))} (${ratio.toFixed(2)})`,
        anchor: `bare prebuilt ${bytes.length} bytes ${thousands(middle(1))}`,
        reached: ratio >= 0.4,
        remarks:
          byWrk.length > 0
            ? [`Pages were measured by wrk. By our own generator the ratio is ${ratioOf(byOwn).toFixed(2)}.`]
            : ['Without wrk: our own generator takes much of the processor, which flatters the ratio of pages.'],
      },
    ]
  },
}
