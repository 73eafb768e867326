// Who does what at a meeting: six roles by the names people go by, and when somebody of the municipality is asked why.

export const roles = ['host', 'facilitator', 'scribe', 'timekeeper', 'welcomer', 'followUp'] as const
export type Role = (typeof roles)[number]
export const isRole = (text: unknown): text is Role => roles.includes(text as Role)

export interface MeetingRole {
  role: Role
  name: string
  /** Works for the municipality. */
  municipal: boolean
  /** Why somebody of the municipality hosts or leads, although the neighbours have held meetings before. Shown to all. */
  reason: string | null
}

/** Those who stand before the others. Everybody may know who they are. */
export const leads = (role: Role): boolean => role === 'host' || role === 'facilitator'

/** After so many meetings a place can hold them by itself: from then on the municipality says why it leads (method 2.4). */
export const meetingsToLearn = 3

/** `held`: how many meetings the community has held before this one. */
export const asksWhy = ({ role, municipal }: Pick<MeetingRole, 'role' | 'municipal'>, held: number): boolean =>
  municipal && leads(role) && held >= meetingsToLearn

export const longestRoleName = 120
export const longestReason = 280
