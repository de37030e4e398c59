/** How much a person should care, ascending. The gates: docs/detection.md, "Severity, claim and confidence". */
export const SEVERITIES = ['low', 'medium', 'high', 'critical'] as const
export type Severity = (typeof SEVERITIES)[number]
