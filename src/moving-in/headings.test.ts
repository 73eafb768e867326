import { describe, expect, test } from 'vitest'
import { type ColumnField, fieldOf, mappingOf, namesSomebody, systems } from './headings.ts'

/** The first line of a file as each system writes it, and what of it comes along. */
const files: Record<string, [headings: string, mapping: ColumnField[]]> = {
  zetkin: [
    'ID,External ID,First name,Last name,Email,Phone,Alternative phone,Street address,C/o address,Zip code,City,Country,Gender',
    [
      'skip',
      'skip',
      'first',
      'last',
      'mail',
      'telephone',
      'telephone',
      'road',
      'skip',
      'postcode',
      'town',
      'skip',
      'skip',
    ],
  ],
  actionBuilder: [
    'entity_type,first_name,last_name,email,phone_number,address,city,state,zip_code',
    ['kind', 'first', 'last', 'mail', 'telephone', 'road', 'town', 'skip', 'postcode'],
  ],
  hylo: [
    'name,contact_email,contact_phone,avatar_url,tagline,bio,url,location,skills',
    ['name', 'mail', 'telephone', 'skip', 'skip', 'skip', 'skip', 'skip', 'skip'],
  ],
  loomio: ['id,name,username,email,created_at', ['skip', 'name', 'skip', 'mail', 'skip']],
  karrot: ['id,display_name,email,mobile_number,joined', ['skip', 'name', 'mail', 'telephone', 'skip']],
  spond: [
    'First name;Last name;Date of birth;Email;Phone;Guardian 1 first name;Guardian 1 email',
    ['first', 'last', 'born', 'mail', 'telephone', 'skip', 'skip'],
  ],
  conventus: [
    'Medlemsnr.;Navn;Adresse;Postnr.;By;Telefon;Mobil;E-mail;Fødselsdato;Køn;CPR',
    ['skip', 'name', 'road', 'postcode', 'town', 'telephone', 'telephone', 'mail', 'born', 'skip', 'skip'],
  ],
  klubmodul: [
    'Fornavn;Efternavn;Gade;Postnr;By;Tlf. privat;Tlf. mobil;Email;Fødselsdag',
    ['first', 'last', 'road', 'postcode', 'town', 'telephone', 'telephone', 'mail', 'born'],
  ],
  kumu: ['Label,Type,Description,Tags,Image', ['name', 'kind', 'skip', 'skip', 'skip']],
  outlook: [
    'First Name,Middle Name,Last Name,E-mail Address,Home Phone,Mobile Phone,Home Street,Home City,Home Postal Code,Birthday',
    ['first', 'middle', 'last', 'mail', 'telephone', 'telephone', 'road', 'town', 'postcode', 'born'],
  ],
  google: [
    'Name,Given Name,Family Name,E-mail 1 - Label,E-mail 1 - Value,Phone 1 - Label,Phone 1 - Value,Birthday',
    ['skip', 'first', 'last', 'skip', 'mail', 'skip', 'telephone', 'born'],
  ],
  vcard: ['FN,EMAIL,TEL,BDAY', ['name', 'mail', 'telephone', 'born']],
  mailchimp: ['Email Address,First Name,Last Name,MEMBER_RATING', ['mail', 'first', 'last', 'skip']],
  ownList: ['Navn\tVej og nr.\tTlf.nr.\tE-post', ['name', 'road', 'telephone', 'mail']],
}

describe('headings are mapped by themselves', () => {
  test.each(Object.keys(systems))('from %s', (system) => {
    const [line, mapping] = files[system] ?? ['', []]
    expect(mappingOf(line.split(/[,;\t]/))).toEqual(mapping)
    expect(namesSomebody(mapping)).toBe(true)
  })

  test('however they are spelt: case, hyphens, spaces and a colon do not matter', () => {
    for (const heading of ['E-mail', 'e_mail', 'EMAIL:', ' E mail ']) expect(fieldOf(heading)).toBe('mail')
  })

  test('a number of the state, the sex and what somebody wrote about another are nothing that comes along', () => {
    for (const heading of ['CPR', 'CPR-nummer', 'Køn', 'Gender', 'Notes', 'Bemærkninger', 'Description', 'Health'])
      expect(fieldOf(heading)).toBe('skip')
  })

  test('no heading means two things in two systems', () => {
    const meanings = new Map<string, Set<string>>()
    for (const system of Object.values(systems))
      for (const [field, headings] of Object.entries(system))
        for (const heading of headings) meanings.set(heading, (meanings.get(heading) ?? new Set()).add(field))
    expect([...meanings].filter(([, all]) => all.size > 1).map(([heading]) => heading)).toEqual([])
  })

  test('the relations of a map are nobody', () => {
    expect(namesSomebody(mappingOf(['From', 'To', 'Direction', 'Strength']))).toBe(false)
  })
})
