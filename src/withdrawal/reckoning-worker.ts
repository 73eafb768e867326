// The worker that reckons for a large place, so that the program goes on serving. A file of its own in the built program too.
import { serve } from '../network/crew-worker.ts'
import { tasks } from './reckoning-tasks.ts'

serve(tasks)
