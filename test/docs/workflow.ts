/** One step of a GitHub Actions job. */
export interface Step {
  readonly name: string | null
  readonly uses: string | null
  readonly run: string | null
  readonly isAlways: boolean
}

/**
 * The steps of a workflow with one job. It is no YAML parser: it knows the plain shapes that our pages use (two blanks a
 * level, a key a line, `|` for several lines) and refuses everything else, so that what it gives is what a parser gives.
 *
 * @throws Error for a line of another shape
 */
export function stepsOf(yaml: string): readonly Step[] {
  const lines = yaml.trimEnd().split('\n')
  for (const line of lines) if (/\t|^(?: {2})* \S|[&*]\w+:|<<:/.test(line)) throw new Error(`not plain: ${line}`)
  const start = lines.indexOf('    steps:')
  if (start < 0) throw new Error('no steps')
  const blocks: string[][] = []
  for (const line of lines.slice(start + 1)) {
    if (line.startsWith('      - ')) blocks.push([line.replace('- ', '  ')])
    else if (line === '' || line.startsWith('        ')) blocks.at(-1)!.push(line)
    else throw new Error(`not below the steps: ${line}`)
  }
  return blocks.map(stepOf)
}

function stepOf(block: readonly string[]): Step {
  const keys = new Map<string, string>()
  let key = ''
  for (const line of block) {
    const found = /^ {8}(?<name>[a-z-]+):(?: (?<value>.+))?$/.exec(line)?.groups
    if (found) {
      key = found.name!
      if (keys.has(key)) throw new Error(`twice in a step: ${key}`)
      keys.set(key, found.value === '|' ? '' : (found.value ?? ''))
    } else if (line === '' || line.startsWith('          ')) {
      keys.set(key, `${keys.get(key)}${line.slice(10)}\n`)
    } else throw new Error(`not plain: ${line}`)
  }
  const known = ['name', 'uses', 'run', 'if', 'with']
  for (const each of keys.keys()) if (!known.includes(each)) throw new Error(`unknown in a step: ${each}`)
  return {
    name: keys.get('name') ?? null,
    uses: keys.get('uses')?.replace(/ #.*/, '') ?? null,
    run: keys.get('run') ?? null,
    isAlways: keys.get('if') === 'always()',
  }
}
