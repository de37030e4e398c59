/** Relative use by local hour 0–23 of typical lives. Shapes by judgement; only their variety matters. */
const SHAPES = {
  office: [0, 0, 0, 0, 0, 0, 1, 3, 8, 12, 13, 11, 8, 11, 13, 12, 10, 7, 3, 1, 1, 0, 0, 0],
  evening: [3, 1, 0, 0, 0, 0, 1, 2, 3, 3, 3, 3, 4, 4, 4, 4, 5, 6, 8, 11, 13, 13, 11, 7],
  student: [7, 5, 3, 1, 0, 0, 0, 1, 3, 6, 7, 7, 6, 7, 8, 8, 8, 7, 6, 8, 9, 10, 10, 9],
  always: Array.from({ length: 24 }, () => 1),
  nightly: [6, 12, 12, 8, 4, 2, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 2, 3],
  waking: [2, 1, 1, 1, 1, 2, 4, 6, 8, 9, 9, 9, 8, 9, 9, 9, 9, 8, 8, 8, 8, 7, 5, 3],
} as const satisfies Record<string, readonly number[]>

export type ProfileShape = keyof typeof SHAPES

/** Quarter hours into which a day is cut. */
export const PROFILE_SLOTS = 96

/**
 * The day as 96 equally likely quarter hours UTC; busy hours appear more often.
 *
 * @param zoneHours local time minus UTC, hours
 */
export function profileSlots(shape: ProfileShape, zoneHours: number): number[] {
  const weights = SHAPES[shape]
  const total = weights.reduce((sum: number, weight) => sum + weight, 0)
  const slots: number[] = []
  let hour = 0
  let passed = 0
  for (let i = 0; i < PROFILE_SLOTS; i++) {
    const target = ((i + 0.5) / PROFILE_SLOTS) * total
    while (passed + (weights[hour] ?? 0) < target) passed += weights[hour++] ?? 0
    const quarter = Math.floor((4 * (target - passed)) / (weights[hour] ?? 1))
    const local = hour * 4 + Math.min(3, Math.max(0, quarter))
    slots.push((((local - zoneHours * 4) % PROFILE_SLOTS) + PROFILE_SLOTS) % PROFILE_SLOTS)
  }
  return slots
}
