// A place full of people with Danish names, for trying the list and the search of it.

const given =
  'Åge Aage Søren Kirsten Kristen Christian Kristian Mette Jørgen Bodil Ærø Øjvind Jens Birthe Karsten Freja Poul Oksana Tove Inge Erik Lis Hanne Niels Anna Peter Lone Ole Ulla Svend Grethe Kaj Bente Ib Dorthe Torben Amira Yusuf Maryam Björn'.split(
    ' ',
  )
const family =
  'Hansen Jensen Nielsen Pedersen Andersen Christensen Larsen Sørensen Rasmussen Jørgensen Madsen Kristensen Olsen Thomsen Kjær Møller Holm Lund Ågård Aagaard Østergaard Nørgaard Bæk Skov Dahl Friis Krogh Vestergård Haddad Kovalenko'.split(
    ' ',
  )
const middle = ['', '', '', 'Holm ', 'Bro ', 'Lund ', 'Vang ', 'Møller ', 'Skov ', 'Dam ']

type Ask = (text: string, values?: unknown[]) => Promise<unknown>

/** So many, each name of the lists in turn. */
export async function plantCrowd(sql: Ask, community: string, people: number): Promise<void> {
  await sql(
    `insert into community.person (id, community_id, name, contact_wish, telephone, exists_by, medium, joined_on, active_on, known_on)
     select gen_random_uuid(), $1, ($3::text[])[1 + n % $6] || ' ' || ($4::text[])[1 + n / 7 % $7] || ($5::text[])[1 + n / 40 % $8],
       'phone', (20000000 + n * 37)::text, 'came', 'paper', '2027-01-01', '2027-01-01', '2027-01-01' from generate_series(0, $2 - 1) n`,
    [community, people, given, middle, family, given.length, middle.length, family.length],
  )
  await sql('analyze community.person')
}
