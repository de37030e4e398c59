/**
 * The same drawing options with no text that is the name of a property all objects inherit (`__proto__`,
 * `constructor`): each line that is one gets a no-break space behind it, which nobody sees.
 *
 * ECharts (zrender 6, `core/LRU.ts`) keeps the widths of texts in a plain object by text. For such a name it finds
 * what it has not put there and ties it into its list: a value in a log would change `Object.prototype` for the rest
 * of the run.
 *
 * @param option any nesting of arrays and plain objects; what is neither these nor text is passed on as it is
 */
export function harmlessTexts<T>(option: T): T {
  return walk(option) as T
}

function walk(option: unknown): unknown {
  if (typeof option === 'string') return option.split('\n').map(harmless).join('\n')
  if (Array.isArray(option)) return option.map(walk)
  if (option === null || typeof option !== 'object') return option
  return Object.fromEntries(Object.entries(option).map(([key, value]) => [key, walk(value)]))
}

const harmless = (line: string): string => (line in Object.prototype ? `${line}\u00a0` : line)
