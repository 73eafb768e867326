import { describe, expect, test } from 'vitest'
import { mappingOf } from './headings.ts'
import { readRow, sameKeys } from './row.ts'
import { tableOf } from './table.ts'

const today = '2027-03-14'
const verdicts = (...rows: string[][]) => {
  const read = tableOf(rows)
  if ('fault' in read) return read.fault
  const mapping = mappingOf(read.table.headings)
  return read.table.rows.map((row) => readRow(row, mapping, today))
}
const one = (headings: string[], cells: string[]) => {
  const all = verdicts(headings, cells)
  return typeof all === 'string' ? all : all[0]
}

describe('a row is somebody to ask', () => {
  test('of a Danish association: the name, two telephones, the address for a letter; nothing else', () => {
    expect(
      one(
        ['Medlemsnr.', 'Navn', 'Adresse', 'Postnr.', 'By', 'Telefon', 'Mobil', 'E-mail', 'Køn', 'Bemærkning'],
        [
          '17',
          'Åse Holm',
          'Bakken 2',
          '4200',
          'Slagelse',
          '',
          '20 10 20 30',
          'aase@example.dk',
          'K',
          'har ondt i hoften',
        ],
      ),
    ).toEqual({
      asked: {
        name: 'Åse Holm',
        mail: 'aase@example.dk',
        telephone: '20 10 20 30',
        address: 'Bakken 2, 4200 Slagelse',
      },
    })
  })
  test('first, middle and last name are put together, and "Holm, Åse" is turned', () => {
    expect(one(['First Name', 'Middle Name', 'Last Name'], ['Åse', 'B.', 'Holm'])).toMatchObject({
      asked: { name: 'Åse B. Holm' },
    })
    expect(one(['Navn'], ['Holm, Åse'])).toMatchObject({ asked: { name: 'Åse Holm' } })
  })
  test.each([
    [['Navn', 'Mail'], ['', 'a@x.dk'], 'name'],
    [['Navn', 'Mail'], ['Å'.repeat(61), ''], 'name-long'],
    [['Navn', 'Mail'], ['a@x.dk', ''], 'name-address'],
    [['Navn', 'Mail'], ['Åse', 'ikke en adresse'], 'mail'],
    [['Navn', 'Mobil'], ['Åse', 'spørg Bo'], 'telephone'],
    [['Navn', 'Mobil'], ['Åse', '010203-1234'], 'cpr'],
    [['Navn', 'Fødselsdato'], ['Ida', '01-05-2015'], 'under15'],
    [['Navn', 'Fødselsdato'], ['Ida', 'ved ikke'], 'born'],
    [['Navn', 'Fødselsdato'], ['Ida', '010215-1234'], 'born'],
    [['Label', 'Type'], ['Hallen', 'Place'], 'nobody'],
  ])('%j with %j fails by %s', (headings, cells, fault) => expect(one(headings, cells)).toEqual({ fault }))

  test('a CPR number in a column that is left behind stops nobody', () => {
    expect(one(['Navn', 'CPR'], ['Åse', '010203-1234'])).toMatchObject({ asked: { name: 'Åse' } })
  })
  test('a day of birth is read and not brought along', () => {
    expect(JSON.stringify(one(['Navn', 'Født'], ['Åse', '24-12-1950']))).not.toContain('1950')
  })
  test('a couple that shares a mail is two; the same one twice is one', () => {
    const keys = (name: string, mail: string | null, telephone: string | null = null) =>
      sameKeys({ name, mail, telephone, address: null })
    expect(keys('Åse Holm', 'holm@x.dk')).not.toEqual(keys('Bo Holm', 'holm@x.dk'))
    expect(keys('åse holm', 'HOLM@x.dk')).toEqual(keys('Åse Holm', 'holm@x.dk'))
    expect(keys('Bo', null, '+45 20 10 20 30')).toEqual(keys('Bo', null, '20102030'))
  })
})
