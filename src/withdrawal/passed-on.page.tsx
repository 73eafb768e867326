// What the municipality hands over, as a list: whoever received a thing puts the tick, and the municipality cannot.
import { wallTimeIn } from '../clock.ts'
import { OwnWords } from '../communities/own-words.tsx'
import { sayDate } from '../communities/times.ts'
import { Actions, Button, Choice, Field, problemOf } from '../ui/forms.tsx'
import { Chip, Part } from '../ui/parts.tsx'
import type { PartProps } from './leaving.page.tsx'
import { itemKinds, longestItem } from './phase.ts'
import type { Item } from './withdrawal.queries.ts'
import { words } from './words.ts'

export function PassedOn({ visit, seen, again }: PartProps) {
  const { lang } = visit
  const say = words(lang)
  const { community, items, eye } = seen
  const path = `/c/${community.slug}/withdrawal/items`
  const left = items.filter(({ receivedAt }) => receivedAt === null).length
  return (
    <Part id="passed-on" title={say('passed.title')}>
      <p>{say('passed.lead')}</p>
      {items.length === 0 ? (
        <p class="soft">{say('passed.none')}</p>
      ) : (
        <>
          <p>
            <Chip tone={left === 0 ? 'beech' : 'glow'}>
              {left === 0 ? say('passed.done') : say('passed.left', { count: left })}
            </Chip>
          </p>
          <ul class="passed-on">
            {items.map((item) => (
              <ItemLine visit={visit} seen={seen} item={item} />
            ))}
          </ul>
          <p class="soft">{say('passed.only')}</p>
        </>
      )}
      <p>
        <a href={`/c/${community.slug}/withdrawal/paper`}>{say('paper.open')}</a>
      </p>
      {(eye.hosts || eye.works) && (
        <details open={again ? true : undefined}>
          <summary>{say('passed.add')}</summary>
          <form method="post" action={path} novalidate>
            <Choice
              lang={lang}
              name="kind"
              legend={say('passed.kindAsked')}
              plain
              value={again?.said.get('kind') ?? undefined}
              options={itemKinds.map((kind) => ({ value: kind, label: say(`passed.kind.${kind}`) }))}
              error={problemOf(again?.mend, 'kind')}
            />
            <Field
              lang={lang}
              name="what"
              label={say('passed.what')}
              hint={say('passed.whatHint')}
              value={again?.said.get('what') ?? undefined}
              maxlength={longestItem}
              error={problemOf(again?.mend, 'what')}
            />
            <Button>{say('passed.send')}</Button>
          </form>
        </details>
      )}
    </Part>
  )
}

function ItemLine({ visit, seen, item }: PartProps & { item: Item }) {
  const { lang } = visit
  const say = words(lang)
  const { community, eye } = seen
  const path = `/c/${community.slug}/withdrawal/items/${item.id}`
  const day = item.receivedAt && sayDate(wallTimeIn(community.timeZone, item.receivedAt).date, lang)
  const received =
    item.medium === 'paper' ? 'passed.receivedPaper' : item.mine ? 'passed.receivedMine' : 'passed.received'
  const canDo = day ? item.mine : eye.belongs || eye.hosts || eye.works
  return (
    <li>
      <p>
        <b>
          <OwnWords text={item.what} />
        </b>
        <br />
        <span class="soft">
          {say(`passed.kind.${item.kind}`)} · {day ? say(received, { day }) : say('passed.municipality')}
        </span>
      </p>
      {canDo && (
        <form method="post">
          <Actions>
            {!day && eye.belongs && <Button formaction={`${path}/tap`}>{say('passed.got')}</Button>}
            {!day && eye.hosts && (
              <Button kind="quiet" formaction={`${path}/paper`}>
                {say('passed.slip')}
              </Button>
            )}
            {day && item.mine && (
              <Button kind="quiet" formaction={`${path}/back`}>
                {say('passed.back')}
              </Button>
            )}
            {!day && (eye.hosts || eye.works) && (
              <Button kind="quiet" formaction={`${path}/off`}>
                {say('passed.off')}
              </Button>
            )}
          </Actions>
        </form>
      )}
    </li>
  )
}
