// What the program is made of besides our own code: a list of parts for other programs (CycloneDX), and their licences in full.
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/**
 * Every package that comes along in operation, by the lock file: what the program asks for, and what that asks for in turn. The marks of the
 * lock file alone do not say it, and npm's own list leaves out what a tool for development asks for as well.
 */
export function packagesIn(root) {
  const { packages } = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8'))
  const found = new Map()
  /** As Node looks for it: beside whoever asks, then ever further out. */
  const find = (from, name) => {
    for (
      let at = from;
      at !== '';
      at = at.includes('/node_modules/') ? at.slice(0, at.lastIndexOf('/node_modules/')) : ''
    )
      if (packages[`${at}/node_modules/${name}`]) return `${at}/node_modules/${name}`
    return packages[`node_modules/${name}`] ? `node_modules/${name}` : null
  }
  const take = (from, { dependencies = {}, optionalDependencies = {} }) => {
    for (const name of Object.keys({ ...dependencies, ...optionalDependencies })) {
      const path = find(from, name)
      if (path === null || found.has(path)) continue
      const { version, license, integrity } = packages[path]
      found.set(path, { path, name, version, licence: license ?? null, integrity: integrity ?? null })
      take(path, packages[path])
    }
  }
  take('', packages[''])
  return [...found.values()].sort((a, b) => (`${a.name} ${a.path}` < `${b.name} ${b.path}` ? -1 : 1))
}

/** As CycloneDX 1.6 has it. The same lock file gives the same list. */
export function partsIn(root) {
  const { name, version, license } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))
  const licences = (text) =>
    text === null ? [] : [/[( ]/.test(text) ? { expression: text } : { license: { id: text } }]
  const purl = (one) => `pkg:npm/${one.name.replace('@', '%40')}@${one.version}`
  return {
    $schema: 'http://cyclonedx.org/schema/bom-1.6.schema.json',
    bomFormat: 'CycloneDX',
    specVersion: '1.6',
    version: 1,
    metadata: {
      component: {
        type: 'application',
        'bom-ref': purl({ name, version }),
        name,
        version,
        licenses: licences(license),
      },
    },
    components: packagesIn(root).map((one) => ({
      type: 'library',
      'bom-ref': `${purl(one)}#${one.path}`,
      name: one.name,
      version: one.version,
      purl: purl(one),
      licenses: licences(one.licence),
      hashes: one.integrity
        ? [{ alg: 'SHA-512', content: Buffer.from(one.integrity.replace(/^sha512-/, ''), 'base64').toString('hex') }]
        : [],
    })),
  }
}

/** Each package with its licence word for word. One that is for another system, and so not here, is named all the same. */
export function licencesIn(root) {
  const texts = packagesIn(root).map(({ path, name, version, licence }) => {
    const folder = join(root, path)
    const file = existsSync(folder)
      ? readdirSync(folder).find((one) => /^(licen[cs]e|copying)(\.|$)/i.test(one))
      : undefined
    const text = file ? readFileSync(join(folder, file), 'utf8').trim() : ''
    return `${name} ${version}\n${licence ?? 'no licence named'}\n\n${text}`.trim()
  })
  return `${texts.join(`\n\n${'-'.repeat(80)}\n\n`)}\n`
}

/** Writes both into the built program. */
export function writeInventory(root, folder) {
  writeFileSync(join(folder, 'licences.txt'), licencesIn(root))
  writeFileSync(join(folder, 'sbom.json'), `${JSON.stringify(partsIn(root), null, 2)}\n`)
}
