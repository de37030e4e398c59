import type { Preset } from '../../formats/preset.ts'

/** The name that is looked for. */
export const CONFIG_NAME = 'distill-scan.config.json'

/** What a configuration file holds, checked. It holds data alone: nothing in it is run, and nothing is written because of it. */
export interface ConfigFile {
  /** As people see it: relative to the working directory. */
  readonly path: string
  readonly settings: Readonly<Record<string, unknown>>
  /** What stands in for flags, by the flag's name in camelCase, as the flags themselves would give it. */
  readonly options: Readonly<Record<string, unknown>>
  /** Presets of the user's own; one with the id of a built-in preset takes its place. */
  readonly presets: readonly Preset[]
}
