import type { QueuedSession } from './dispatch.ts'

/** Sessions whose transcript may be taken up again. */
const REPLAY_MEMORY = 50

/** Gives a share of the sessions the signatures of an earlier one. Drawn from the session's key, not from a stream. */
export function createReplay(share: number): (session: QueuedSession) => QueuedSession {
  const earlier: number[] = []
  return (session) => {
    const source = earlier[session.key % REPLAY_MEMORY]
    earlier[Math.floor(session.key / 10_000) % REPLAY_MEMORY] = session.key
    const isReplay = (session.key % 9973) / 9973 < share
    return isReplay && source !== undefined ? { ...session, signatureKey: source } : session
  }
}
