// The worker that reckons for a large place, so that the program goes on serving. A file of its own in the built program too.
import { parentPort, workerData } from 'node:worker_threads'
import { type Asked, reckon } from './reckoning.ts'

parentPort?.postMessage(reckon(workerData as Asked))
