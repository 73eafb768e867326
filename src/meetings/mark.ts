// A short mark of what somebody saw before they changed it: two hosts at once do not overwrite each other unawares.
import { createHash } from 'node:crypto'

/** The same mark for the same content. It says nothing about the content to who does not know it. */
export const markOf = (content: unknown): string =>
  createHash('sha256').update(JSON.stringify(content)).digest('base64url').slice(0, 16)
