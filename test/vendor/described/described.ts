/** Preset, what is in the file, and what its record must hold. */
export type Described = readonly [preset: string, content: unknown, expected: Readonly<Record<string, unknown>>]
