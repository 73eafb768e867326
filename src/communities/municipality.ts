// The municipality (or association) that runs this installation.

export interface Municipality {
  name: string
  timeZone: string
  /** The address of its accessibility statement; null until it has written one. */
  accessibilityStatement: string | null
  /** For whoever cannot use a page; null until set-up has been told. */
  contactMail: string | null
  contactPhone: string | null
}

/** Until it is set up. */
export const usualTimeZone = 'Europe/Copenhagen'
