import { expect, test } from 'vitest'
import { PRESETS } from '../../src/formats/presets.ts'
import { translateByPreset } from '../../src/formats/translate/by-preset.ts'
import { READ_FIELDS } from '../../src/formats/translate/translator.ts'

const translate = translateByPreset(PRESETS.find(({ id }) => id === 'newapi_logs')!, {
  ...{ role: 'log', isTrusted: () => false, mayJoin: false, fields: READ_FIELDS },
})
const record = { created_at: 1772359200, user_id: 1001, model_name: 'm-1', request_id: 'r1' }

test('only the kinds of record that a preset keeps are requests', () => {
  expect(translate({ ...record, type: 2 })).toHaveProperty('values.account_id', '1001')
  expect(translate({ ...record, type: 1 })).toEqual({ unused: 'not a model request' }) // a top-up
})

test('a kind that is an object without a text is none that is kept', () => {
  expect(translate({ ...record, type: { toString: 1, valueOf: 1 } })).toEqual({ unused: 'not a model request' })
})
