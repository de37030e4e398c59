import type { CanonicalField } from './field.ts'
import { CLIENT_FIELDS } from './fields/client.ts'
import { CONTENT_FIELDS } from './fields/content.ts'
import { PAYMENT_FIELDS } from './fields/payment.ts'
import { REGISTRATION_FIELDS } from './fields/registration.ts'
import { REQUEST_FIELDS } from './fields/request.ts'

export type { CanonicalField, FieldRole } from './field.ts'

/** The canonical fields (docs/fields.md): the names in the report, in `--map field=column` and in presets. */
export const CANONICAL_FIELDS: readonly CanonicalField[] = [
  ...REQUEST_FIELDS,
  ...CLIENT_FIELDS,
  ...CONTENT_FIELDS,
  ...REGISTRATION_FIELDS,
  ...PAYMENT_FIELDS,
]

const byName = new Map<string, CanonicalField>(CANONICAL_FIELDS.map((each) => [each.name, each]))

/** The canonical field of that name, or `undefined`. */
export const canonicalField = (name: string): CanonicalField | undefined => byName.get(name)
