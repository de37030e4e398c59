/** A step as it is written for people to read. */
export interface StepText {
  /** What it gives. */
  readonly title: string
  readonly sql: string
}

/** All steps as one text that the engine's own command line takes. */
export const renderSteps = (steps: readonly StepText[]): string =>
  steps.map(({ title, sql }) => `-- ${title}\n${sql};\n`).join('\n')
