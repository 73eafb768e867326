import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { cvrOf, isCalled, type PrivilegeGroup, readPrivileges } from './privileges.ts'
import { isSure, reaches, readAssurance, readName, readRights } from './staff-identity.ts'

const packed = (xml: string) => Buffer.from(xml).toString('base64')
const role = (name: string) => `http://oplive.dk/roles/usersystemrole/${name}/1`
const community = (value: string) => ({ name: 'http://oplive.dk/constraints/oplive_community/1', value })
const ours = 'urn:dk:gov:saml:cvrNumberIdentifier:12345678'
const group = (over: Partial<PrivilegeGroup>): PrivilegeGroup => ({
  scope: ours,
  privileges: [],
  restrictions: [],
  ...over,
})
const rights = (privileges: PrivilegeGroup[]) => readRights({ roles: [], communities: [], privileges }, '12345678')

describe('the privileges of KOMBIT', () => {
  test('a list as the profile writes it (version 1.2) is read with scope, restriction and privilege', () => {
    const list = `<?xml version="1.0" encoding="UTF-8"?>
      <bpp:PrivilegeList xmlns:bpp="http://digst.dk/oiosaml/basic_privilege_profile" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">
        <PrivilegeGroup Scope="${ours}">
          <!-- two roles -->
          <Constraint Name="http://oplive.dk/constraints/oplive_community/1">holmetofte, Lyngø</Constraint>
          <Privilege>${role('oplive_employee')}</Privilege>
          <Privilege>${role('something_else')}</Privilege>
        </PrivilegeGroup>
      </bpp:PrivilegeList>`
    const read = readPrivileges(packed(list))
    expect(read).toEqual([
      {
        scope: ours,
        privileges: [role('oplive_employee'), role('something_else')],
        restrictions: [community('holmetofte, Lyngø')],
      },
    ])
    expect(rights(read ?? [])).toEqual({ roles: ['employee'], communities: ['holmetofte', 'lyngø'] })
  })

  test('an older list, all of it in one namespace, is read as well', () => {
    const list = `<PrivilegeList xmlns="http://itst.dk/oiosaml/basic_privilege_profile"><PrivilegeGroup Scope="${ours}"><Privilege>urn:dk:oplive:oplive_leader</Privilege></PrivilegeGroup></PrivilegeList>`
    expect(rights(readPrivileges(packed(list)) ?? []).roles).toEqual(['leader'])
  })

  test.each([
    ['not base64', '<x/>'],
    ['not XML', packed('hej')],
    ['another document', packed('<Something/>')],
    ['a DTD', packed('<!DOCTYPE x [<!ENTITY a "b">]><PrivilegeList/>')],
    ['bytes that are no text', Buffer.from([0xff, 0xfe, 0x3c]).toString('base64')],
    ['nothing', ''],
  ])('%s gives nothing', (_, text) => {
    expect(readPrivileges(text)).toBeNull()
  })

  test('any text is read or gives nothing, and nothing else happens', () => {
    const piece = fc.constantFrom(
      '<PrivilegeList>',
      '</PrivilegeList>',
      '<PrivilegeGroup Scope="x">',
      '</PrivilegeGroup>',
      '<Privilege>',
      '</Privilege>',
      '<Constraint Name="a">',
      '</Constraint>',
      'a',
      '&lt;',
    )
    const made = fc.array(piece, { maxLength: 20 }).map((pieces) => packed(pieces.join('')))
    fc.assert(
      fc.property(fc.oneof(made, fc.string(), fc.base64String()), (text) => {
        const read = readPrivileges(text)
        if (read) readRights({ roles: [], communities: [], privileges: read }, null)
      }),
      { numRuns: Number(process.env.RUNS ?? 300) },
    )
  })
})

describe('roles and communities', () => {
  test('a privilege that was given to another municipality gives nothing here', () => {
    const given = [role('oplive_operator')]
    expect(rights([group({ scope: 'urn:dk:gov:saml:cvrNumberIdentifier:87654321', privileges: given })]).roles).toEqual(
      [],
    )
    expect(rights([group({ scope: 'urn:dk:gov:saml:productionUnitIdentifier:1', privileges: given })]).roles).toEqual(
      [],
    )
    expect(rights([group({ privileges: given })]).roles).toEqual(['operator'])
    expect(readRights({ roles: [], communities: [], privileges: [group({ privileges: given })] }, null).roles).toEqual(
      [],
    )
  })

  test('a restriction that is not known here cannot be kept, so its group gives nothing', () => {
    const kle = { name: 'http://sts.kombit.dk/constraints/KLE/1', value: '25.*' }
    const all = [role('oplive_employee'), role('oplive_leader')]
    expect(rights([group({ privileges: all, restrictions: [kle, community('holmetofte')] })])).toEqual({
      roles: [],
      communities: [],
    })
  })

  test('only an employee is held to communities: a leader of one community is no leader', () => {
    const all = [role('oplive_employee'), role('oplive_leader')]
    expect(rights([group({ privileges: all, restrictions: [community('lyngo')] })])).toEqual({
      roles: ['employee'],
      communities: ['lyngo'],
    })
    expect(rights([group({ privileges: all, restrictions: [community('*')] })])).toEqual({
      roles: ['employee', 'leader'],
      communities: ['*'],
    })
  })

  test('an employee without a restriction reaches no community', () => {
    const { roles, communities } = rights([group({ privileges: [role('oplive_employee')] })])
    expect([roles, reaches(communities, { slug: 'holmetofte', name: 'Holmetofte' })]).toEqual([['employee'], false])
  })

  test('a plain list of roles and groups will do, with a group for each community', () => {
    const roles = [
      'oplive_employee',
      'oplive_dpo',
      'oplive_community_holmetofte',
      'staff',
      'not_oplive_operator',
      'oplive_operators',
    ]
    expect(readRights({ roles, communities: ['Lyngø;'], privileges: [] }, null)).toEqual({
      roles: ['employee', 'officer'],
      communities: ['lyngø', 'holmetofte'],
    })
  })

  test('a community is reached by its address, by its name as one writes it, or by all', () => {
    const lyngo = { slug: 'lyngo', name: 'Lyngø' }
    expect(['lyngo', 'lyngø', '*', 'lyng', ''].map((text) => reaches([text], lyngo))).toEqual([
      true,
      true,
      true,
      false,
      false,
    ])
    expect(reaches(readRights({ roles: [], communities: ['LYNGØ'], privileges: [] }, null).communities, lyngo)).toBe(
      true,
    )
  })

  test('a role is a whole word of an address, never a part of one', () => {
    expect(
      ['oplive_leader', 'a/oplive_leader/1', 'urn:x:oplive_leader', 'a#oplive_leader'].every((text) =>
        isCalled(text, 'oplive_leader'),
      ),
    ).toBe(true)
    expect(
      ['oplive_leaders', 'xoplive_leader', 'oplive_leader x', 'Oplive_Leader'].some((text) =>
        isCalled(text, 'oplive_leader'),
      ),
    ).toBe(false)
    expect([cvrOf(ours), cvrOf(`${ours}9`), cvrOf('')]).toEqual(['12345678', null, null])
  })
})

describe('how sure, and what name', () => {
  test('NSIS levels are read as words, as addresses and as the old numbers', () => {
    expect(
      [
        'Low',
        'Substantial',
        'High',
        'https://data.gov.dk/concept/core/nsis/loa/High',
        'https://data.gov.dk/concept/core/nsis/Substantial',
        '3',
        '2',
        'toString',
        '5',
        '',
      ].map(readAssurance),
    ).toEqual(['low', 'substantial', 'high', 'high', 'substantial', 'substantial', 'low', null, null, null])
  })

  test('a level that is too low, unreadable or contradicted is not sure enough; one that was not said is not asked for', () => {
    expect([
      isSure(null, 'substantial'),
      isSure(['Substantial'], 'substantial'),
      isSure(['High'], 'substantial'),
    ]).toEqual([true, true, true])
    expect([
      isSure(['Low'], 'substantial'),
      isSure(['?'], 'low'),
      isSure(['High', 'Low'], 'substantial'),
      isSure([], 'low'),
      isSure(['Substantial'], 'high'),
    ]).toEqual([false, false, false, false, false])
  })

  test('a name is one line of at most 80 characters, whole ones', () => {
    expect(readName('  Amira\n\tBen\u202E Said ')).toBe('Amira Ben Said')
    expect([...(readName('👩‍🌾'.repeat(90)) ?? '')].length).toBeLessThanOrEqual(80)
    expect([readName(' \n'), readName(undefined)]).toEqual([null, null])
  })
})
