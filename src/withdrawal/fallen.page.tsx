// What has fallen since the municipality stepped back: told to those who live in the place, on its own page and in the plan.
import type { Visit } from '../access/visit.ts'
import type { Community } from '../communities/community.ts'
import { Notice } from '../ui/notices.tsx'
import type { Criterion } from './criteria.ts'
import { words } from './words.ts'

interface Props {
  visit: Visit
  fallen: readonly Criterion[]
}

/** The sentence and the signs by name. */
export function FallenSigns({ visit, fallen }: Props) {
  const say = words(visit.lang)
  return (
    <>
      <p>{say('left.fallenLead')}</p>
      <ul class="has-fallen">
        {fallen.map((criterion) => (
          <li>{say(`criteria.name.${criterion}`)}</li>
        ))}
      </ul>
    </>
  )
}

/** On the place's own page: nobody has to open the plan to hear it. */
export function FallenNews({ visit, fallen, community }: Props & { community: Community }) {
  if (fallen.length === 0) return null
  const say = words(visit.lang)
  return (
    <Notice lang={visit.lang} kind="info" title={say('left.fallen')}>
      <FallenSigns visit={visit} fallen={fallen} />
      <p>
        <a href={`/c/${community.slug}/withdrawal#ready`}>{say('left.fallenMore')}</a>
      </p>
    </Notice>
  )
}
