import { renderMarkdown } from './report.js'

const INTRODUCTION = `# Performance

Written by \`npm run bench\` and \`npm run bench:scaling\`; change the commands, not the figures. Nothing here is asserted by a test.

A scan is the whole process from \`distill-scan FILE --format json\` to its end: start of Node, hashing of the input,
both readings, grouping, and the report of all networks written to a file. It must have counted every row that the floor
counted, or the run fails. The logs are simulated (\`distill-scan simulate --preset bench\`: every campaign and every
innocent kind); \`an address per request\` is the same population behind an address of its own for every request.

The floor is \`count(*), sum(output_tokens) GROUP BY account_id\` straight from the same file, by the same engine with the
same number of threads, in a process of its own. It is about the least that a tool can do which reads every record. A
compressed file and a Parquet file have a floor of their own: the same count on that file; a scan through a pipe
(\`cat FILE | distill-scan -\`) is held against the floor of the file. Parquet holds columns, so its floor reads two of
them and no more.

All cases run in turn, again in every round, every second round backwards. Seconds and ratios are medians over the rounds,
with the range in brackets; a ratio is taken within a round. \`× floor\` compares whole processes, \`× floor, CPU\` their CPU
seconds, which other work on the machine disturbs less, and \`× query\` our whole process with the floor's query alone,
without the start of its process. The files have been read once before, so that disks play no part where memory is large
enough. MB/s counts the file as stored. Peak memory is the most that the process held resident in any round, the engine's
buffers included; of several processes in a pipe, the largest.

What people use instead, where it is installed, counts requests by account and no more: \`jq -r .account_id | sort | uniq -c\`
(in the C locale), \`mlr count-distinct -f account_id\`, and the npm packages \`ndjson\` and \`csv-parse\` with a dozen lines of
JavaScript (\`bench/peers/\`). It runs once, and must have counted the rows and the accounts of the floor.
\`before\` is the build that \`--against\` named, measured in the same rounds.
`

/** What \`npm run bench:scaling\` writes stands between two lines of this mark. */
export const SCALING_MARK = 'bench:scaling'

/**
 * The page in the documentation.
 *
 * @param {{ facts: [name: string, value: string][], sections: import('./report.js').Section[], comparisons: string[] }} parts
 * @param {string} [scaling] what stands between the marks of scaling, and stays
 */
export const renderDocument = ({ facts, sections, comparisons }, scaling = '') =>
  [
    INTRODUCTION,
    factTable(facts),
    ...sections.map(renderMarkdown),
    ...(comparisons.length === 0
      ? []
      : [['## Compared', '', ...comparisons.map((line) => `- ${line}`), ''].join('\n')]),
    [`<!-- ${SCALING_MARK} -->`, '', ...(scaling === '' ? [] : [scaling, '']), `<!-- /${SCALING_MARK} -->`, ''].join(
      '\n',
    ),
  ].join('\n')

/** @param {readonly [name: string, value: string][]} facts */
export const factTable = (facts) =>
  ['| | |', '|---|---|', ...facts.map(([name, value]) => `| ${name} | ${value} |`), ''].join('\n')

/**
 * The part on scaling of a page that is written anew.
 *
 * @param {string | null} page
 */
export function scalingOf(page) {
  const [first, last] = [`<!-- ${SCALING_MARK} -->`, `<!-- /${SCALING_MARK} -->`]
  const [begin, end] = [page?.indexOf(first) ?? -1, page?.indexOf(last) ?? -1]
  return page === null || begin < 0 || end < begin ? '' : page.slice(begin + first.length, end).trim()
}
