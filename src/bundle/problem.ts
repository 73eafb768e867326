// What can be wrong with a bundle, a receipt, or the moment: each with a code, so that a page says it in the reader's own language.

export const faults = [
  // The file itself.
  'damaged',
  'changed',
  'version',
  'passphrase',
  'sealed',
  'locked-otherwise',
  // What is in it, or what is here.
  'row',
  'taken',
  'here',
  'address',
  'signer',
  // The moment.
  'open',
  'late',
  'nowhere',
  // The receipt.
  'receipt',
  'receipt-changed',
  'receipt-signer',
  'receipt-other',
  'written-since',
  'name',
  'new-address',
] as const
export type Fault = (typeof faults)[number]

/** Something that is not taken in, or not let go, and why. Nothing has changed. The message is for the one at a keyboard. */
export class BundleProblem extends Error {
  readonly fault: Fault
  /** Where it is wrong: a file, a line, a byte, a day. */
  readonly where: string
  constructor(fault: Fault, message: string, where = '') {
    super(message)
    this.fault = fault
    this.where = where
  }
}
