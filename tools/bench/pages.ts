// How many times a second the exit card's page is given out, beside a server that has nothing but its bytes.
import { bareServer, load, loadByWrk } from './loading.ts'
import { type Figure, thousands } from './row.ts'

const connections = 64
const seconds = 6

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
    const own = ({ port, requests }: typeof us) =>
      load(stage, requests, { connections, seconds, warmUp: 2, rate: null, port, status: 200 })
    const wrk = ({ port, requests }: typeof us) =>
      loadByWrk(
        stage,
        Array.from({ length: 5 }, () => requests[0] ?? ''),
        { connections, seconds, port },
      )

    const [ours, theirs] = [await own(us), await own(them)]
    const [oursByWrk, theirsByWrk] = [await wrk(us), await wrk(them)]
    await bare.stop()
    if (ours.wrong + theirs.wrong > 0) throw new Error('some pages did not come')
    // Our own generator cannot ask as fast as the bare server answers: where there is wrk, its ratio counts.
    const [rate, bareRate] = oursByWrk && theirsByWrk ? [oursByWrk, theirsByWrk] : [ours.rate, theirs.rate]
    const ratio = rate / bareRate
    return [
      {
        what: `exit-card page a second, ${connections} connections, each as a phone that comes for the first time`,
        goal: '0.4 of bare prebuilt bytes',
        measured: `${thousands(rate)} (${ratio.toFixed(2)})`,
        anchor: `bare prebuilt ${bytes.length} bytes ${thousands(bareRate)}`,
        reached: ratio >= 0.4,
        remarks: oursByWrk
          ? [
              `Measured by wrk. By our own generator: ${thousands(ours.rate)} beside ${thousands(theirs.rate)}, ${(ours.rate / theirs.rate).toFixed(2)}.`,
            ]
          : ['Without wrk: our own generator takes much of the processor, which flatters the ratio.'],
      },
    ]
  },
}
