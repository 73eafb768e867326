// The names that SAML, its signatures and the Danish profile are written with: namespaces, bindings, attributes and algorithms.

export const ns = {
  protocol: 'urn:oasis:names:tc:SAML:2.0:protocol',
  assertion: 'urn:oasis:names:tc:SAML:2.0:assertion',
  metadata: 'urn:oasis:names:tc:SAML:2.0:metadata',
  signature: 'http://www.w3.org/2000/09/xmldsig#',
  encryption: 'http://www.w3.org/2001/04/xmlenc#',
  encryption11: 'http://www.w3.org/2009/xmlenc11#',
} as const

export const redirectBinding = 'urn:oasis:names:tc:SAML:2.0:bindings:HTTP-Redirect'
export const postBinding = 'urn:oasis:names:tc:SAML:2.0:bindings:HTTP-POST'
export const success = 'urn:oasis:names:tc:SAML:2.0:status:Success'
export const bearer = 'urn:oasis:names:tc:SAML:2.0:cm:bearer'
export const transient = 'urn:oasis:names:tc:SAML:2.0:nameid-format:transient'
export const persistent = 'urn:oasis:names:tc:SAML:2.0:nameid-format:persistent'
/** How KOMBIT names somebody: `C=DK,O=12345678,CN=Anders And,Serial=…`. */
export const x509Subject = 'urn:oasis:names:tc:SAML:1.1:nameid-format:X509SubjectName'

/** SHA-1 is not among them, nor is any secret that two share. */
export const signatureMethods: Readonly<Record<string, 'sha256' | 'sha384' | 'sha512'>> = {
  'http://www.w3.org/2001/04/xmldsig-more#rsa-sha256': 'sha256',
  'http://www.w3.org/2001/04/xmldsig-more#rsa-sha384': 'sha384',
  'http://www.w3.org/2001/04/xmldsig-more#rsa-sha512': 'sha512',
}
export const digestMethods: readonly string[] = [
  'http://www.w3.org/2001/04/xmlenc#sha256',
  'http://www.w3.org/2001/04/xmlenc#sha512',
]
export const exclusiveC14n = 'http://www.w3.org/2001/10/xml-exc-c14n#'
export const enveloped = 'http://www.w3.org/2000/09/xmldsig#enveloped-signature'
/** Each tells whether somebody has changed what was encrypted; CBC does not. */
export const contentCiphers: readonly string[] = [
  'http://www.w3.org/2009/xmlenc11#aes256-gcm',
  'http://www.w3.org/2009/xmlenc11#aes128-gcm',
]
/** How the key to it is encrypted: OAEP, never the padding of PKCS#1 1.5, whose faults can be listened for. */
export const keyCiphers: readonly string[] = [
  'http://www.w3.org/2001/04/xmlenc#rsa-oaep-mgf1p',
  'http://www.w3.org/2009/xmlenc11#rsa-oaep',
]

/** Attributes by the names of OIOSAML 3, OIOSAML 2 as KOMBIT still sends it, and the plain names that other programs use. */
export const attributeNames = {
  privileges: [
    'https://data.gov.dk/model/core/eid/privilegesIntermediate',
    'dk:gov:saml:attribute:Privileges_intermediate',
  ],
  assurance: ['https://data.gov.dk/concept/core/nsis/loa', 'dk:gov:saml:attribute:AssuranceLevel'],
  subject: ['https://data.gov.dk/model/core/eid/professional/uuid/persistent'],
  name: [
    'https://data.gov.dk/model/core/eid/fullName',
    'urn:oid:2.5.4.3',
    'urn:oid:2.16.840.1.113730.3.1.241',
    'http://schemas.xmlsoap.org/ws/2005/05/identity/claims/name',
    'displayName',
    'name',
  ],
  roles: [
    'roles',
    'groups',
    'http://schemas.microsoft.com/ws/2008/06/identity/claims/role',
    'http://schemas.microsoft.com/ws/2008/06/identity/claims/groups',
    'http://schemas.xmlsoap.org/claims/Group',
  ],
  communities: ['oplive_communities', 'oplive_community'],
} as const
