import { failover } from './continuity/failover.ts'
import { handOver } from './continuity/hand-over.ts'
import { poolShift } from './continuity/pool-shift.ts'
import { releasePivot } from './lifecycle/release-pivot.ts'
import type { OrderSignal } from './order-signal.ts'
import { bestOfN } from './purpose/best-of-n.ts'
import { datasetSweep } from './purpose/dataset-sweep.ts'
import { signatureReplay } from './purpose/signature-replay.ts'
import { dispatcher } from './timing/dispatcher.ts'
import { synchronisedUse } from './timing/synchronised-use.ts'

/** Signals on the order of requests, measured once per group on the second reading. */
export const orderSignals: readonly OrderSignal[] = [
  synchronisedUse,
  dispatcher,
  failover,
  handOver,
  poolShift,
  releasePivot,
  signatureReplay,
  bestOfN,
  datasetSweep,
]
