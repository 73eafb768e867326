// The headings under which other systems keep people, and what each is for us. One list: a system that is missing is added here, with its line in the test.

/** What a column is to us. `skip`: it is not brought along. */
export const fields = [
  'name',
  'first',
  'middle',
  'last',
  'mail',
  'telephone',
  'road',
  'postcode',
  'town',
  'born',
  'kind',
  'skip',
] as const
export type ColumnField = (typeof fields)[number]
export const readField = (text: string | null): ColumnField | undefined => fields.find((one) => one === text)

/**
 * The headings of each system, as its exports and its help name them; what is not here is left behind. None of it was tried against an
 * account of a paid system: whoever moves in sees what was understood, and corrects it.
 */
export const systems: Readonly<Record<string, Readonly<Partial<Record<ColumnField, readonly string[]>>>>> = {
  zetkin: {
    first: ['first_name', 'First name'],
    last: ['last_name', 'Last name'],
    mail: ['email', 'Email'],
    telephone: ['phone', 'Phone', 'alt_phone', 'Alternative phone'],
    road: ['street_address', 'Street address'],
    postcode: ['zip_code', 'Zip code'],
    town: ['city', 'City'],
  },
  actionBuilder: {
    kind: ['entity_type', 'Entity Type'],
    first: ['first_name', 'First Name', 'given_name'],
    middle: ['middle_name', 'Middle Name'],
    last: ['last_name', 'Last Name', 'family_name'],
    mail: ['email', 'Email', 'email_address'],
    telephone: ['phone_number', 'Phone Number', 'phone'],
    road: ['address', 'Address', 'address_lines'],
    postcode: ['postal_code', 'Postal Code', 'zip_code'],
    town: ['locality', 'city'],
  },
  hylo: {
    name: ['name'],
    mail: ['email', 'contact_email', 'contactEmail'],
    telephone: ['contact_phone', 'contactPhone'],
  },
  loomio: { name: ['name'], mail: ['email'] },
  karrot: { name: ['display_name', 'displayName'], mail: ['email'], telephone: ['mobile_number', 'mobileNumber'] },
  spond: {
    first: ['First name', 'Fornavn'],
    last: ['Last name', 'Efternavn'],
    mail: ['Email', 'E-mail'],
    telephone: ['Phone', 'Phone number', 'Telefon', 'Telefonnummer'],
    born: ['Date of birth', 'Fødselsdato'],
    road: ['Address', 'Adresse'],
    postcode: ['Postal code', 'Postnummer'],
    town: ['City', 'By'],
  },
  conventus: {
    name: ['Navn'],
    road: ['Adresse', 'Adresse 1', 'Vej', 'Vejnavn'],
    postcode: ['Postnr.', 'Postnr'],
    town: ['By', 'Postdistrikt'],
    telephone: ['Mobil', 'Telefon', 'Tlf.', 'Tlf', 'Telefon privat'],
    mail: ['E-mail', 'Email', 'Mail'],
    born: ['Fødselsdato', 'Født'],
  },
  klubmodul: {
    first: ['Fornavn'],
    last: ['Efternavn'],
    road: ['Gade', 'Vejnavn og nummer'],
    postcode: ['Postnr', 'Post nr.'],
    town: ['By', 'Bynavn'],
    telephone: ['Tlf. mobil', 'Tlf. privat', 'Mobilnummer', 'Mobiltelefon'],
    mail: ['Email', 'E-mailadresse', 'E-mail adresse'],
    born: ['Fødselsdag', 'Fødselsdato (dd-mm-åååå)'],
  },
  kumu: { name: ['Label'], kind: ['Type'], mail: ['Email'], telephone: ['Phone'] },
  outlook: {
    first: ['First Name', 'Fornavn'],
    middle: ['Middle Name', 'Mellemnavn'],
    last: ['Last Name', 'Efternavn'],
    mail: ['E-mail Address', 'E-mail-adresse', 'Mailadresse'],
    telephone: ['Mobile Phone', 'Home Phone', 'Primary Phone', 'Mobiltelefon', 'Telefon (privat)', 'Privattelefon'],
    road: ['Home Street', 'Gade (privat)', 'Privat gade'],
    postcode: ['Home Postal Code', 'Postnummer (privat)', 'Privat postnummer'],
    town: ['Home City', 'By (privat)', 'Privat by'],
    born: ['Birthday', 'Fødselsdag'],
  },
  google: {
    name: ['Name', 'File As'],
    first: ['First Name', 'Given Name'],
    middle: ['Middle Name', 'Additional Name'],
    last: ['Last Name', 'Family Name'],
    mail: ['E-mail 1 - Value', 'E-mail 2 - Value'],
    telephone: ['Phone 1 - Value', 'Phone 2 - Value'],
    road: ['Address 1 - Street'],
    postcode: ['Address 1 - Postal Code'],
    town: ['Address 1 - City'],
    born: ['Birthday'],
  },
  vcard: { name: ['FN', 'Formatted Name'], mail: ['EMAIL'], telephone: ['TEL'], born: ['BDAY'] },
  mailchimp: { mail: ['Email Address'], first: ['First Name'], last: ['Last Name'], telephone: ['Phone Number'] },
  ownList: {
    name: ['Navn', 'Fulde navn', 'Full name', 'Medlem', 'Medlemsnavn', 'Beboer', 'Kontaktperson'],
    mail: ['E-post', 'Epost', 'Mailadresse', 'Mail adresse', 'Mail'],
    telephone: [
      'Telefon nr.',
      'Telefonnr.',
      'Tlf.nr.',
      'Tlf nr',
      'Mobil nr.',
      'Mobilnr.',
      'Mobile',
      'Telephone',
      'Mobil tlf.',
    ],
    road: ['Adresse', 'Vej og nummer', 'Vej og nr.', 'Street', 'Bopæl'],
    postcode: ['Postnummer', 'Postcode', 'Zip'],
    town: ['By', 'Town', 'Bynavn'],
    born: ['Fødselsår', 'Fødselsdato', 'Birth date', 'Date of birth', 'Year of birth'],
  },
}

/** Nothing but letters and digits counts in a heading: `E-mail`, `e_mail` and `EMAIL:` are one. */
export const plainHeading = (heading: string): string =>
  heading
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, '')

const known = new Map<string, ColumnField>()
for (const system of Object.values(systems))
  for (const field of fields) for (const heading of system[field] ?? []) known.set(plainHeading(heading), field)

/** What a heading is to us; `skip` when it is not known. */
export const fieldOf = (heading: string): ColumnField => known.get(plainHeading(heading)) ?? 'skip'

/** Of these there is one; of the others, the first cell that says something counts. */
const single: ReadonlySet<ColumnField> = new Set(['name', 'first', 'middle', 'last', 'born', 'kind'])

/** What each column is, by the headings alone. A whole name that stands beside its parts is left out of the two that say more: the parts. */
export function mappingOf(headings: readonly string[]): ColumnField[] {
  const taken = new Set<ColumnField>()
  const mapping = headings.map((heading): ColumnField => {
    const field = fieldOf(heading)
    if (single.has(field) && taken.has(field)) return 'skip'
    taken.add(field)
    return field
  })
  const parts = taken.has('first') && taken.has('last')
  return mapping.map((field) => (field === 'name' && parts ? 'skip' : field))
}

/** Can anybody be called by their name with this? */
export const namesSomebody = (mapping: readonly ColumnField[]): boolean =>
  mapping.includes('name') || mapping.includes('first')
