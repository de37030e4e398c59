import { sealed } from './object.ts'

/** Never moves: the producer is the same in every bundle, whatever was scanned. */
const SINCE = '2026-01-01T00:00:00.000Z'

/** The system that made the bundle. It stands for no organisation: whoever sends the bundle says who they are. */
export const PRODUCER = sealed('identity', {
  created: SINCE,
  modified: SINCE,
  name: 'distill-scan',
  description:
    'A program that looks for accounts under common control in the request logs of language-model services. Its findings are leads for a person to check.',
  identity_class: 'system',
})
