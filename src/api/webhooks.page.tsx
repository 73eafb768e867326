// The addresses of other programs that a place tells of its meetings.
import type { Visit } from '../access/visit.ts'
import { placeFrame } from '../communities/place-frame.ts'
import { sayDate } from '../communities/times.ts'
import { Actions, Button, Field, problemOf } from '../ui/forms.tsx'
import { EmptyState, Notice } from '../ui/notices.tsx'
import { Page, renderPage } from '../ui/page.tsx'
import { Facts, Part } from '../ui/parts.tsx'
import type { WebhooksSeen } from './webhook.deeds.ts'
import { longestUrl } from './webhook.ts'
import { words } from './words.ts'

interface WebhooksProps {
  visit: Visit
  seen: WebhooksSeen
  done?: string | undefined
  said?: string | undefined
  problem?: 'url' | 'known' | 'many' | undefined
}

const dones = ['added', 'dropped', 'again'] as const

export function webhooksPage({ visit, seen: { community, webhooks }, done, said, problem }: WebhooksProps): string {
  const { lang } = visit
  const say = words(lang)
  const path = `/c/${community.slug}/webhooks`
  const problems = problem ? [{ field: 'url', message: say(`hooks.problem.${problem}`) }] : undefined
  const happened = dones.find((one) => one === done)
  return renderPage(
    <Page
      {...placeFrame(visit, community, path, 'keyholders')}
      title={say('hooks.title')}
      eyebrow={community.name}
      lead={say('hooks.lead')}
      problems={problems}
      robots="noindex"
    >
      {happened && <Notice lang={lang} kind="ok" title={say(`hooks.done.${happened}`)} live />}
      <Part id="list" title={say('hooks.list')}>
        {webhooks.length === 0 && <EmptyState title={say('hooks.none')}>{say('hooks.noneWhat')}</EmptyState>}
        {webhooks.map((hook) => (
          <div class="stack">
            <Facts
              facts={[
                [say('hooks.url'), <bdi class="token">{hook.url}</bdi>],
                [say('hooks.state'), stateOf(visit, hook)],
                ...(hook.secret === null
                  ? []
                  : [
                      [
                        say('hooks.secret'),
                        <>
                          <code class="token">{hook.secret}</code> <small>{say('hooks.secretWhat')}</small>
                        </>,
                      ] as const,
                    ]),
              ]}
            />
            <Actions>
              {hook.stoppedOn !== null && (
                <form method="post" action={`${path}/${hook.id}/again`}>
                  <Button kind="quiet">{say('hooks.again')}</Button>
                </form>
              )}
              <form method="post" action={`${path}/${hook.id}/drop`}>
                <Button kind="quiet" aria-label={say('hooks.dropNamed', { url: hook.url })}>
                  {say('hooks.drop')}
                </Button>
              </form>
            </Actions>
          </div>
        ))}
      </Part>
      <Part id="new" title={say('hooks.new')}>
        <form method="post" action={path} novalidate>
          <Field
            lang={lang}
            name="url"
            label={say('hooks.url')}
            hint={say('hooks.urlHint')}
            maxlength={longestUrl}
            value={said}
            error={problemOf(problems, 'url')}
          />
          <Actions>
            <Button>{say('hooks.add')}</Button>
          </Actions>
        </form>
      </Part>
    </Page>,
  )
}

function stateOf(visit: Visit, hook: WebhooksSeen['webhooks'][number]): string {
  const say = words(visit.lang)
  const answer = hook.lastAnswer ?? '–'
  if (hook.stoppedOn !== null) return say('hooks.stopped', { day: sayDate(hook.stoppedOn, visit.lang) })
  if (hook.failingSince !== null) return say('hooks.failing', { day: sayDate(hook.failingSince, visit.lang), answer })
  return hook.lastAnswer === null ? say('hooks.fresh') : say('hooks.well', { answer })
}
