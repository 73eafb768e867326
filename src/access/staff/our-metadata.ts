// Our own metadata, for the identity provider to read: who we are, where we answer, what we sign with and what to encrypt to.
import {
  attributeNames,
  contentCiphers,
  keyCiphers,
  ns,
  persistent,
  postBinding,
  redirectBinding,
  x509Subject,
} from './saml-names.ts'
import { inXml } from './xml.ts'

interface Ours {
  entityId: string
  answerAt: string
  signOutAt: string
  /** DER. */
  certificate: Buffer
}

/** Asked for where the other side chooses what to send. None is demanded: a plain list of roles will do. */
const wished = [
  attributeNames.privileges[0],
  attributeNames.assurance[0],
  attributeNames.name[0],
  attributeNames.subject[0],
]
const uriFormat = 'urn:oasis:names:tc:SAML:2.0:attrname-format:uri'

export function ourMetadata({ entityId, answerAt, signOutAt, certificate }: Ours): string {
  const info = `<ds:KeyInfo><ds:X509Data><ds:X509Certificate>${certificate.toString('base64')}</ds:X509Certificate></ds:X509Data></ds:KeyInfo>`
  const ciphers = [...contentCiphers, ...keyCiphers].map((one) => `<md:EncryptionMethod Algorithm="${one}"/>`).join('')
  const attributes = wished.map(
    (name) => `<md:RequestedAttribute Name="${name}" NameFormat="${uriFormat}" isRequired="false"/>`,
  )
  const service = (name: string, binding: string, at: string, more = '') =>
    `<md:${name} Binding="${binding}" Location="${inXml(at)}"${more}/>`
  return `<?xml version="1.0" encoding="UTF-8"?>
<md:EntityDescriptor xmlns:md="${ns.metadata}" xmlns:ds="${ns.signature}" entityID="${inXml(entityId)}">
<md:SPSSODescriptor protocolSupportEnumeration="${ns.protocol}" AuthnRequestsSigned="true" WantAssertionsSigned="true">
<md:KeyDescriptor use="signing">${info}</md:KeyDescriptor>
<md:KeyDescriptor use="encryption">${info}${ciphers}</md:KeyDescriptor>
${service('SingleLogoutService', redirectBinding, signOutAt)}
${service('SingleLogoutService', postBinding, signOutAt)}
<md:NameIDFormat>${x509Subject}</md:NameIDFormat>
<md:NameIDFormat>${persistent}</md:NameIDFormat>
${service('AssertionConsumerService', postBinding, answerAt, ' index="0" isDefault="true"')}
<md:AttributeConsumingService index="0" isDefault="true">
<md:ServiceName xml:lang="da">Oplive</md:ServiceName>
${attributes.join('\n')}
</md:AttributeConsumingService>
</md:SPSSODescriptor>
</md:EntityDescriptor>
`
}
