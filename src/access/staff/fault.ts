// Why a sign-in was not taken. Whoever tries hears one sentence for all of them; the log gets the word.

/** What was wrong with what an identity provider sent, or seemed to send. */
export const faults = [
  'too-large',
  'unreadable',
  'other-browser',
  'state',
  'status',
  'not-encrypted',
  'cipher',
  'decryption',
  'signature',
  'algorithm',
  'issuer',
  'destination',
  'recipient',
  'request',
  'audience',
  'expired',
  'too-early',
  'not-anew',
  'subject',
  'seen-before',
  'token',
  'provider-away',
] as const
export type FaultCode = (typeof faults)[number]

/** Carries its word and nothing of what was sent. */
export class SignInFault extends Error {
  readonly code: FaultCode
  constructor(code: FaultCode) {
    super(code)
    this.name = 'SignInFault'
    this.code = code
  }
}

export function fault(code: FaultCode): never {
  throw new SignInFault(code)
}
