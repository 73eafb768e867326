// En at støtte dig til: whom somebody leans on and what that one may see, who leans on them, and whom they could ask. For the two of each alone.
import type { Visit } from '../../access/visit.ts'
import { OwnWords } from '../../communities/own-words.tsx'
import { sayDate } from '../../communities/times.ts'
import { Actions, Button, type Problem } from '../../ui/forms.tsx'
import { Notice } from '../../ui/notices.tsx'
import { Page, renderPage } from '../../ui/page.tsx'
import { Part } from '../../ui/parts.tsx'
import { standsAlone } from './alone.ts'
import { isMany, type OwnCoaching } from './coaching.ts'
import { WhomField } from './find.page.tsx'
import { Asked, coachingFrame, Happened, type Told, Waiting } from './said.tsx'
import type { SupportSeen } from './support.deeds.ts'
import { LoadFacts } from './tasks.page.tsx'
import { words } from './words.ts'

export function supportPage(
  visit: Visit,
  seen: SupportSeen,
  { happened, problem }: { happened?: Told | undefined; problem?: 'whom' },
): string {
  const { lang } = visit
  const { community, leansOn, leaning, others, questions } = seen
  const say = words(lang)
  const here = `/c/${community.slug}`
  const problems: Problem[] = problem ? [{ field: 'whom', message: say(`problem.${problem}`) }] : []
  return renderPage(
    <Page
      {...coachingFrame(visit, community, '/support')}
      title={say('support.title', { place: community.name })}
      lead={say('support.lead')}
      problems={problems}
    >
      <Happened lang={lang} told={happened} />
      <Asked lang={lang} slug={community.slug} questions={questions} from="support" />
      <Part title={say('support.mine')}>
        {leansOn.length === 0 && <p>{say('support.mineNone')}</p>}
        <ul class="own-tasks">
          {leansOn.map((one) => (
            <li>
              <b>
                <OwnWords text={one.name} />
              </b>
              <span class="soft small">{say('support.since', { day: sayDate(one.since, lang) })}</span>
              <form method="post" action={`${here}/support/${one.id}/show`}>
                <fieldset class="choice">
                  <legend>{say('support.may', { name: one.name })}</legend>
                  {/* Without an id: there may be more than one of these forms. */}
                  <label class="option">
                    <input type="checkbox" name="tasks" value="yes" checked={one.showsTasks || undefined} />
                    <span>{say('support.tasks')}</span>
                  </label>
                  <label class="option">
                    <input type="checkbox" name="contact" value="yes" checked={one.showsContact || undefined} />
                    <span>{say('support.contact')}</span>
                  </label>
                </fieldset>
                <Button kind="quiet">{say('support.save')}</Button>
              </form>
              <End visit={visit} one={one} here={here} />
            </li>
          ))}
        </ul>
      </Part>
      <Waiting lang={lang} slug={community.slug} questions={questions} from="support" />
      {leaning.length > 0 && (
        <Part title={say('support.leaning')}>
          {isMany(leaning.length) && (
            <Notice lang={lang} kind="info">
              {say('support.many')}
            </Notice>
          )}
          <ul class="own-tasks">
            {leaning.map((one) => (
              <li>
                <b>
                  <OwnWords text={one.name} />
                </b>
                <span class="soft small">{say('support.since', { day: sayDate(one.since, lang) })}</span>
                <Shown visit={visit} one={one} />
                <End visit={visit} one={one} here={here} />
              </li>
            ))}
          </ul>
          <p>
            <a href={`${here}/talks/new`}>{say('support.talk')}</a>
          </p>
        </Part>
      )}
      <Part id="ask" title={say('support.ask')}>
        {others.length === 0 ? (
          <p>{say('support.nobody')}</p>
        ) : (
          <form method="post" action={`${here}/support`} novalidate>
            <p>{say('support.askWhat')}</p>
            <WhomField lang={lang} others={others} problems={problems} />
            <Actions>
              <Button>{say('support.button')}</Button>
            </Actions>
          </form>
        )}
        <p class="soft small">{say('support.employee')}</p>
      </Part>
    </Page>,
  )
}

/** What the one who leans lets the other see, as words with their numbers. */
function Shown({ visit: { lang }, one: { name, shown } }: { visit: Visit; one: SupportSeen['leaning'][number] }) {
  const say = words(lang)
  if (!shown) return null
  const { load, onlyStaff } = shown
  return (
    <>
      {load && (
        <>
          <p>
            <OwnWords text={say(standsAlone(load) ? 'support.stands' : 'support.standsNot', { name })} />
          </p>
          <p class="soft small">
            <OwnWords text={say('lone.whyOther', { name })} />
          </p>
          <LoadFacts lang={lang} load={load} name={name} />
        </>
      )}
      {onlyStaff !== null && (
        <p>
          <OwnWords text={say(onlyStaff ? 'support.onlyStaff' : 'support.notOnlyStaff', { name })} />
        </p>
      )}
    </>
  )
}

function End({ visit: { lang }, one: { id, name }, here }: { visit: Visit; one: OwnCoaching; here: string }) {
  const say = words(lang)
  return (
    <details>
      <summary>{say('support.end')}</summary>
      <form method="post" action={`${here}/support/${id}/end`}>
        <p class="soft">{say('support.endWhat')}</p>
        <Button kind="quiet">{say('support.endWith', { name })}</Button>
      </form>
    </details>
  )
}
