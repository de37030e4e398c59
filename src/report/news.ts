import type { ChangeStatus, Network } from '../model.ts'

/** What calls for a look after an earlier report. */
const NEWS: ReadonlySet<ChangeStatus> = new Set(['new', 'grown', 'merged', 'split'])

/** Whether a network has changed in a way that calls for a look; without an earlier report every network does. */
export const isNews = ({ change }: Pick<Network, 'change'>): boolean => change === null || NEWS.has(change.status)
