// What the program is made of besides our own code: a list of parts for other programs (CycloneDX), and their licences in full.
import { execFile } from 'node:child_process'
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'

/** Every package that comes along in operation, with where it lies, by the lock file; sorted by name. */
export function packagesIn(root) {
  const { packages } = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8'))
  return Object.entries(packages)
    .filter(([path, one]) => path !== '' && !one.dev && !one.devOptional && !one.peer && !one.link)
    .map(([path, one]) => ({
      path,
      name: path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length),
      version: one.version,
      licence: one.license ?? null,
      integrity: one.integrity ?? null,
    }))
    .sort((a, b) => (`${a.name} ${a.path}` < `${b.name} ${b.path}` ? -1 : 1))
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

/** Writes both into the built program. npm makes the list of parts: it knows the lock file best. */
export async function writeInventory(root, folder) {
  writeFileSync(join(folder, 'licences.txt'), licencesIn(root))
  const args = ['sbom', '--package-lock-only', '--omit=dev', '--sbom-format=cyclonedx', '--sbom-type=application']
  try {
    const { stdout } = await promisify(execFile)('npm', [...args, '--logs-max=0', '--loglevel=error'], {
      cwd: root,
      maxBuffer: 50_000_000,
      timeout: 60_000,
    })
    const parts = JSON.parse(stdout)
    writeFileSync(join(folder, 'sbom.json'), `${JSON.stringify(parts, null, 2)}\n`)
  } catch (error) {
    console.warn(`No list of parts was made (${error.code ?? error.message}): "oplive sbom" will say so.`)
  }
}
