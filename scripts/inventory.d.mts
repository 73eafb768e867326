// The shapes of inventory.mjs, for its test.
export interface Package {
  path: string
  name: string
  version: string
  licence: string | null
  integrity: string | null
}
export function packagesIn(root: string): Package[]
export function licencesIn(root: string): string
export function partsIn(root: string): { bomFormat: string; components: { purl: string; hashes: unknown[] }[] }
export function writeInventory(root: string, folder: string): void
