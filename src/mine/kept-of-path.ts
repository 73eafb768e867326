// What somebody has said yes to on the leaders' way. Where they stand is kept nowhere: it is read off lists, promises and roles.
import { listed } from './piece.ts'

export const keptOfPath = listed({
  pathStep: {
    table: 'community.path_step',
    room: 'community',
    tie: { by: 'person', columns: ['person_id'] },
    place: 'person',
    columns: {
      person_id: 'id',
      stage: 'words',
      said_on: 'day',
      stands_on: 'day',
      resting_since: 'day',
      coach_may_know: 'flag',
    },
    seen: 'you',
    kept: 'yes24',
    forget: { by: 'cascade' },
    correct: '/c/:slug/path',
    newest: 'said_on',
  },
})
