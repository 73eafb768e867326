// What the environment says of whom to ask about personal data: the data protection officer, and a supplier that runs the server.

export interface PrivacyConfig {
  /** Where the data protection officer is reached; null: nobody has said, and the notice says that. */
  dpoMail: string | null
  dpoPhone: string | null
  /** The supplier that runs the server for the municipality; null: the municipality does it itself. */
  processor: string | null
}

export const nothingSaid: PrivacyConfig = { dpoMail: null, dpoPhone: null, processor: null }

/** Reads the settings. Adds a sentence to `problems` for each that is wrong. */
export function readPrivacyConfig(given: (name: string) => string | null, problems: string[]): PrivacyConfig {
  const dpoMail = given('OPLIVE_DPO_MAIL')
  if (dpoMail && !/^[^\s@<>,;:"()[\]\\]+@[^\s@<>,;:"()[\]\\]+$/.test(dpoMail))
    problems.push(
      `OPLIVE_DPO_MAIL is "${dpoMail}", but it must be one mail address of the data protection officer, for example OPLIVE_DPO_MAIL=dpo@example.dk.`,
    )
  const dpoPhone = given('OPLIVE_DPO_PHONE')
  if (dpoPhone && !/^\+?[\d ]{8,20}$/.test(dpoPhone))
    problems.push(
      `OPLIVE_DPO_PHONE is "${dpoPhone}", but it must be a telephone number in digits, for example OPLIVE_DPO_PHONE="12 34 56 78".`,
    )
  const processor = given('OPLIVE_PROCESSOR')
  if (processor && (processor.length > 120 || /\p{Cc}/u.test(processor)))
    problems.push('OPLIVE_PROCESSOR must be the name of the supplier that runs the server, in at most 120 letters.')
  return { dpoMail, dpoPhone, processor }
}
