import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'

const PACKAGE = /^(.*[\\/]node_modules[\\/](?:@[^\\/]+[\\/])?[^\\/]+)[\\/]/
const LEGAL = /^(licen[cs]e|notice|copying)/i
/** Of code that a package took over itself. */
const FOLDER = 'licenses'

/**
 * Writes beside the bundle what the licences of the packages in it ask for: their text, and their notices.
 *
 * @returns {import('rolldown').Plugin}
 */
export function thirdPartyLicences() {
  return {
    name: 'third-party-licences',
    generateBundle(_, bundle) {
      const ids = Object.values(bundle).flatMap((file) => (file.type === 'chunk' ? file.moduleIds : []))
      const folders = new Set(ids.map((id) => PACKAGE.exec(id)?.[1]).filter((folder) => folder !== undefined))
      const source = [...folders]
        .map(legalTexts)
        .sort()
        .join(`\n${'-'.repeat(80)}\n\n`)
      this.emitFile({ type: 'asset', fileName: 'THIRD-PARTY.txt', source })
    },
  }
}

/** @param {string} folder of a package @throws Error if it has no licence to copy: then it must stay outside */
function legalTexts(folder) {
  const { name, version } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'))
  const legal = [folder, join(folder, FOLDER)].flatMap(legalFiles)
  if (legal.length === 0) throw new Error(`${name} in ${dirname(folder)} has no licence file: make it external`)
  const texts = legal.map((file) => readFileSync(file, 'utf8').trim())
  return `${name} ${version}\n\n${texts.join('\n\n')}\n`
}

/** @param {string} folder @returns {string[]} paths, sorted; none where there is no such folder */
function legalFiles(folder) {
  if (!existsSync(folder)) return []
  const files = readdirSync(folder, { withFileTypes: true }).filter((each) => each.isFile() && LEGAL.test(each.name))
  return files.map(({ name }) => join(folder, name)).sort()
}
