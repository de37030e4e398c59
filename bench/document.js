import { renderMarkdown } from './report.js'

const INTRODUCTION = `# Performance

Written by \`npm run bench\`; change the command, not the figures. Nothing here is asserted by a test.

A scan is the whole process from \`distill-scan FILE --format json\` to its end: start of Node, hashing of the input,
both readings, grouping, and the report of all networks written to a file. It must have counted every row that the floor
counted, or the run fails. The logs are simulated (\`distill-scan simulate --preset bench\`: every campaign and every
innocent kind); \`an address per request\` is the same population behind an address of its own for every request.

The floor is \`count(*), sum(output_tokens) GROUP BY account_id\` straight from the same file, by the same engine with the
same number of threads, in a process of its own. It is about the least that a tool can do which reads every record. All
cases run in turn, again in every round, every second round backwards. Seconds and ratios are medians over the rounds, with
the range in brackets; a ratio is taken within a round. \`× floor\` compares whole processes, \`× floor, CPU\` their CPU
seconds, which other work on the machine disturbs less, and \`× query\` our whole process with the floor's query alone,
without the start of its process. The files have been read once before, so that disks play no part where memory is large
enough. MB/s counts the file as stored. Peak memory is the most that the process held
resident in any round, the engine's buffers included.
`

/**
 * The page in the documentation.
 *
 * @param {{ facts: [name: string, value: string][], sections: import('./report.js').Section[], comparisons: string[] }} parts
 */
export const renderDocument = ({ facts, sections, comparisons }) =>
  [
    INTRODUCTION,
    ['| | |', '|---|---|', ...facts.map(([name, value]) => `| ${name} | ${value} |`), ''].join('\n'),
    ...sections.map(renderMarkdown),
    ...(comparisons.length === 0
      ? []
      : [['## Compared', '', ...comparisons.map((line) => `- ${line}`), ''].join('\n')]),
  ].join('\n')
