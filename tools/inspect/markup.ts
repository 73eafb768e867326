// Reads as much of a page's HTML as is needed to say what it is made of and what its forms ask for. For our own pages, which are well formed.

const empty = /^(area|base|br|col|embed|hr|img|input|link|meta|path|rect|source|use|wbr)$/

/** Every element with what matters to those who read or operate it and what it stands in; once more if there are several in one place. */
export function partsOf(html: string): Set<string> {
  const parts = new Set<string>()
  const around: { name: string; inside: Set<string> }[] = [{ name: '', inside: new Set() }]
  for (const [, end, tag = '', rest = ''] of html.matchAll(/<(\/?)([a-z][a-z0-9-]*)((?:[^<>"]|"[^"]*")*)>/g)) {
    if (end) {
      const place = around.findLastIndex(({ name }) => name.split(' ', 1)[0] === tag)
      if (place > 0) around.length = place
      continue
    }
    const kept = [
      ...rest.matchAll(/\s(class|type|role|aria-[a-z]+|scope|for|tabindex|lang|hidden)(?:="([^"]*)")?/g),
    ].map(([, name = '', value = '']) =>
      /^(class|type|role|scope|aria-(current|invalid))$/.test(name) ? `${name}=${value}` : name,
    )
    const name = [tag, ...kept].join(' ')
    const parent = around.at(-1)
    const part = `${parent?.name} > ${name}`
    parts.add(parent?.inside.has(name) ? `${part}, several` : part)
    parent?.inside.add(name)
    if (!empty.test(tag) && !rest.endsWith('/')) around.push({ name, inside: new Set() })
  }
  return parts
}

interface Form {
  action: string
  /** What has a value already is sent back as it is. */
  fields: { name: string; value?: string }[]
}

/** The forms with something to fill in, which say themselves what is wrong with it. */
export function formsOf(html: string): Form[] {
  return [...html.matchAll(/<form\b([^>]*)>([\s\S]*?)<\/form>/g)].flatMap(([, form = '', inside = '']) => {
    if (!/\bnovalidate\b/.test(form) || !/method="post"/.test(form) || /multipart/.test(form)) return []
    const action = plain(attribute(form, 'action') ?? '')
    const fields = [...inside.matchAll(/<(input|textarea|select|button)\b([^>]*)>/g)].flatMap(([, tag, rest = '']) => {
      const name = attribute(rest, 'name')
      if (name === undefined || /type="(radio|checkbox|file)"/.test(rest)) return []
      const stays = tag === 'button' || /type="hidden"/.test(rest)
      return { name, ...(stays ? { value: plain(attribute(rest, 'value') ?? '') } : {}) }
    })
    // Of several buttons, the first is the one that Enter presses.
    return {
      action,
      fields: fields.filter(({ name }, place) => place === fields.findIndex((one) => one.name === name)),
    }
  })
}

const attribute = (of: string, name: string): string | undefined => new RegExp(`\\s${name}="([^"]*)"`).exec(of)?.[1]
const plain = (value: string): string =>
  value.replaceAll('&quot;', '"').replaceAll('&#39;', "'").replaceAll('&amp;', '&')
