// COPY over a connection: the rows of a table as PostgreSQL itself writes them, out and in, at the pace of whoever reads.
import type pg from 'pg'

interface Wire {
  query(text: string): void
  sync(): void
  stream: { pause(): void; resume(): void; once(event: 'drain', heard: () => void): void; writableNeedDrain: boolean }
  sendCopyFromChunk(chunk: Buffer): void
  endCopyFrom(): void
  sendCopyFail(why: string): void
}

/** What `pg` asks of whoever speaks for a while on its connection. */
class Talk {
  readonly done: Promise<number>
  protected settle: { resolve: (rows: number) => void; reject: (error: unknown) => void } = {
    resolve: () => {},
    reject: () => {},
  }
  protected wire: Wire | undefined
  private rows = 0
  private readonly text: string

  constructor(text: string) {
    this.text = text
    this.done = new Promise((resolve, reject) => {
      this.settle = { resolve, reject }
    })
    this.done.catch(() => undefined)
  }
  submit(wire: Wire): void {
    this.wire = wire
    wire.query(this.text)
  }
  handleCommandComplete({ text }: { text: string }): void {
    this.rows = Number(/^COPY (\d+)/.exec(text)?.[1] ?? 0)
  }
  handleReadyForQuery(): void {
    this.settle.resolve(this.rows)
  }
  handleError(error: unknown): void {
    this.settle.reject(error)
  }
}

class Out extends Talk {
  private gathered: Buffer[] = []
  private size = 0
  private readonly take: (part: Buffer) => Promise<void>
  private taken: Promise<void> = Promise.resolve()

  constructor(text: string, take: (part: Buffer) => Promise<void>) {
    super(text)
    this.take = take
  }
  handleCopyOutResponse(): void {}
  handleCopyDone(): void {}
  handleCopyData({ chunk }: { chunk: Buffer }): void {
    // The reader of the connection uses its memory again.
    this.gathered.push(Buffer.from(chunk))
    this.size += chunk.length
    if (this.size >= portion) this.hand()
  }
  private hand(): void {
    const part = Buffer.concat(this.gathered)
    this.gathered = []
    this.size = 0
    this.wire?.stream.pause()
    this.taken = this.taken.then(() => this.take(part))
    void this.taken.then(
      () => this.wire?.stream.resume(),
      (error) => {
        this.settle.reject(error)
        this.wire?.stream.resume()
      },
    )
  }
  override handleReadyForQuery(): void {
    if (this.size > 0) this.hand()
    void this.taken.then(
      () => super.handleReadyForQuery(),
      () => undefined,
    )
  }
}

class In extends Talk {
  readonly ready: Promise<Wire>
  private open: (wire: Wire) => void = () => {}

  constructor(text: string) {
    super(text)
    this.ready = new Promise((resolve, reject) => {
      this.open = resolve
      this.done.catch(reject)
    })
    this.ready.catch(() => undefined)
  }
  handleCopyInResponse(wire: Wire): void {
    this.open(wire)
  }
}

const portion = 256 * 1024

/** Hands over what `text` (a COPY … TO STDOUT) yields, part by part; the next comes when one is taken. Answers how many rows it was. */
export function copyOut(client: pg.ClientBase, text: string, take: (part: Buffer) => Promise<void>): Promise<number> {
  return client.query(new Out(text, take) as unknown as pg.Submittable & Out).done
}

/** Writes parts by `text` (a COPY … FROM STDIN). When a part cannot be had, PostgreSQL is told, and nothing of it stays. */
export async function copyIn(client: pg.ClientBase, text: string, parts: AsyncIterable<Buffer>): Promise<number> {
  const talk = client.query(new In(text) as unknown as pg.Submittable & In)
  const wire = await talk.ready
  try {
    for await (const part of parts) {
      wire.sendCopyFromChunk(part)
      if (wire.stream.writableNeedDrain) await new Promise<void>((drained) => wire.stream.once('drain', drained))
    }
  } catch (error) {
    wire.sendCopyFail('the backup ended')
    await talk.done.catch(() => undefined)
    throw error
  }
  wire.endCopyFrom()
  return talk.done
}
