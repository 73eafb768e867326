// The worker that reckons the numbers of a large tree. A file of its own in the built program too.
import { serve } from '../network/crew-worker.ts'
import { reckonSent } from './brought-tasks.ts'

serve({ reckonSent })
