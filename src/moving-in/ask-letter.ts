// The mail to somebody who is asked: who asks, where the address is from, how to say yes, and how to say no. In Danish, with English below.
import { askedDays } from './take-in.deeds.ts'
import { words } from './words.ts'

interface About {
  name: string
  asker: string
  source: string
  saidBy: string
  community: string
}

export function askLetter(about: About, { page, digits }: { page: string; digits: string }) {
  const part = (lang: 'da' | 'en') => {
    const say = words(lang)
    const told = { ...about, place: about.community, days: askedDays }
    return [
      say('mail.hello', told),
      say('mail.why', told),
      say('mail.from', told),
      `${say('mail.yes')}\n${page}\n${say('mail.digits', { digits })}`,
      `${say('mail.no')}\n${page}/no`,
      say('mail.nothing', told),
    ].join('\n\n')
  }
  return {
    subject: words('da')('mail.subject', { asker: about.asker, place: about.community }),
    body: `${part('da')}\n\n---\n\n${part('en')}\n`,
  }
}
