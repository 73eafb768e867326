// A hand-out as a page: calm to read on a phone, and one sheet of A4 when it is printed.
import type { Visit } from '../../access/visit.ts'
import { frame } from '../../communities/place-frame.ts'
import { Page, renderPage } from '../../ui/page.tsx'
import { doorstep } from '../../ui/whose-room.tsx'
import { type HandOut, lengthOf, onTheClock } from './hand-out.ts'
import { forEmployees, type Module, modules } from './training.ts'
import { handOut, sayModule, words } from './words.ts'

const hours = (lang: Visit['lang'], minutes: number): string => {
  const said = String(Math.round(minutes / 30) / 2)
  return lang === 'da' ? said.replace('.', ',') : said
}

export function handOutPage(visit: Visit, module: Module): string {
  const { lang } = visit
  const say = words(lang)
  const sheet = handOut(lang, module)
  const path = `/training/${module}`
  return renderPage(
    <Page
      {...frame(visit, path, doorstep)}
      title={sheet.title}
      eyebrow={say('sheet.eyebrow', { number: module, hours: hours(lang, lengthOf(sheet)) })}
      lead={sheet.purpose}
      description={sheet.purpose}
    >
      <article class="hand-out">
        {module === forEmployees && <p class="soft screen-only">{say('sheet.forEmployees')}</p>}
        <Needs lang={lang} sheet={sheet} />
        <Course lang={lang} sheet={sheet} />
        <section class="hand-out-exercises" aria-labelledby="exercises">
          <h2 id="exercises">{say('sheet.exercises')}</h2>
          <ol>
            {sheet.exercises.map(({ title, how, say: spoken }) => (
              <li>
                <h3>{title}</h3>
                <p>{how}</p>
                <p class="hand-out-say">{say('sheet.say')}</p>
                {spoken.map((words) => (
                  <blockquote>{words}</blockquote>
                ))}
              </li>
            ))}
          </ol>
        </section>
        <section class="hand-out-box" aria-labelledby="box">
          <h2 id="box">{sheet.box.title}</h2>
          <ul>
            {sheet.box.lines.map((line) => (
              <li>{line}</li>
            ))}
          </ul>
        </section>
        <section aria-labelledby="home">
          <h2 id="home">{say('sheet.home')}</h2>
          <ul>
            {sheet.home.map((one) => (
              <li>{one}</li>
            ))}
          </ul>
        </section>
        <section aria-labelledby="helps">
          <h2 id="helps">{say('sheet.helps')}</h2>
          <p>{sheet.helps}</p>
        </section>
        <p class="hand-out-foot small soft">{say('sheet.foot')}</p>
      </article>
      <nav class="hand-out-more" aria-label={say('sheet.others')}>
        <h2>{say('sheet.others')}</h2>
        <p class="small soft">{say('sheet.print')}</p>
        <ol>
          {modules.map((one) => (
            <li>
              {one === module ? (
                <span aria-current="page">{sayModule(lang, one)}</span>
              ) : (
                <a href={`/training/${one}`}>{sayModule(lang, one)}</a>
              )}
            </li>
          ))}
        </ol>
      </nav>
    </Page>,
  )
}

interface PartProps {
  lang: Visit['lang']
  sheet: HandOut
}

function Needs({ lang, sheet }: PartProps) {
  return (
    <section aria-labelledby="needs">
      <h2 id="needs">{words(lang)('sheet.needs')}</h2>
      <ul>
        {sheet.needs.map((one) => (
          <li>{one}</li>
        ))}
      </ul>
    </section>
  )
}

function Course({ lang, sheet }: PartProps) {
  const say = words(lang)
  return (
    <section aria-labelledby="course">
      <h2 id="course">{say('sheet.course')}</h2>
      <p class="small soft">{say('sheet.courseHow')}</p>
      <ol class="hand-out-course">
        {onTheClock(sheet.course).map(({ at, minutes, what }) => (
          <li>
            <b>{lang === 'da' ? at : at.replace('.', ':')}</b>{' '}
            <span>
              {what} <small class="soft">{say('sheet.minutes', { count: minutes })}</small>
            </span>
          </li>
        ))}
      </ol>
    </section>
  )
}
