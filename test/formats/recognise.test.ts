import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import type { Preset } from '../../src/formats/preset.ts'
import { PRESETS } from '../../src/formats/presets.ts'
import { createRecogniser, nearestPreset, recaseHeader } from '../../src/formats/recognise.ts'
import { unwrap } from '../../src/formats/unwrap.ts'
import { readVendor } from '../vendor/read.ts'

type Row = Readonly<Record<string, unknown>>

const recognise = createRecogniser(PRESETS)

const preset = (id: string, detect: Partial<Preset['detect']>): Preset => ({
  ...{ id, title: id, kind: 'request', time: [], fields: {} },
  detect: { all: [], any: [], none: [], values: {}, ...detect },
})

describe('the best of those that fit', () => {
  const small = preset('small', { all: ['id'] })
  const large = preset('large', { all: ['id', 'model'], any: ['x', 'y'], none: ['z'] })
  const pattern = preset('pattern', { all: ['id'], values: { id: '^req_' } })
  const idOf = (record: Row, presets = [small, large, pattern]): string | undefined =>
    createRecogniser(presets)(record)?.id

  test('every key must be there, and one of those of which one must', () => {
    expect(idOf({ id: 1 })).toBe('small') // 2
    expect(idOf({ id: 1, model: 2 })).toBe('small')
    expect(idOf({ id: 1, model: 2, y: 3 })).toBe('large') // 2·2 + 1
    expect(idOf({ model: 2, y: 3 })).toBeUndefined()
  })

  test('one that must not be there rules it out', () => expect(idOf({ id: 1, model: 2, y: 3, z: 4 })).toBe('small'))

  test('what a value looks like tells most', () => {
    expect(idOf({ id: 'req_1', model: 2 })).toBe('pattern') // 2 + 3
    expect(idOf({ id: 'req_1', model: 2, x: 3, y: 4 })).toBe('large') // 2·2 + 2
    expect(idOf({ id: { toString: 1, valueOf: 1 } })).toBe('small')
  })

  test('on a tie the first', () => {
    expect(idOf({ id: 1 }, [preset('a', { all: ['id'] }), small])).toBe('a')
    expect(idOf({ id: 1 }, [small, preset('a', { all: ['id'] })])).toBe('small')
  })

  test('keys that are the same do not decide where values do', () => {
    const find = createRecogniser([pattern])
    expect([{ id: 'req_1' }, { id: 'x' }, { id: 'req_2' }].map((each) => find(each)?.id)).toEqual([
      'pattern',
      undefined,
      'pattern',
    ])
  })

  test('nested keys, in either spelling', () => {
    const nested = preset('nested', { all: ['user.id'] })
    for (const record of [{ user: { id: 1 } }, { 'user.id': 1 }]) expect(idOf(record, [nested])).toBe('nested')
    for (const record of [{ user: {} }, { user: null }, { user_id: 1 }]) expect(idOf(record, [nested])).toBeUndefined()
  })

  test('keys that every object has are none of a record', () => {
    expect(idOf({}, [preset('odd', { all: ['constructor'] })])).toBeUndefined()
    expect(idOf({}, [preset('odd', { all: ['__proto__.toString'] })])).toBeUndefined()
  })
})

const samples = readdirSync('fixtures/vendor').filter(
  (name) => /\.(ndjson|json|csv|log)$/.test(name) && !/^EXPECTED/.test(name),
)

test.each(samples)('%s: no two formats fit equally well', async (name) => {
  const { plan } = await readVendor(`fixtures/vendor/${name}`)
  const backwards = createRecogniser([...PRESETS].reverse())
  expect(plan.view.records.length).toBeGreaterThan(0)
  for (const record of plan.view.records) expect(backwards(record)?.id).toBe(recognise(record)?.id)
})

describe('a log of no product is taken for none', () => {
  const generic: readonly Row[] = [
    { account_id: 'a', timestamp: 't', ip: '203.0.113.7', model: 'm', input_tokens: 1, output_tokens: 2 },
    { id: 'r', user_id: 'a', created_at: 1, model: 'm', prompt_tokens: 1, completion_tokens: 2, ip_address: 'x' },
    { id: 'a', created_at: 't', email: 'anna@mail.example' },
    { id: 'a', created_at: 't', email: 'anna@mail.example', phone: '1', name: 'Anna', plan: 'pro' },
    { id: 1, object: 'chat.completion', created: 1, model: 'm', choices: [], usage: {} },
    { request_id: 'r', start_time: 't', duration: 5, status: 200, model: 'm', account_id: 'a' },
    { '@timestamp': 't', account_id: 'a', source: { ip: '203.0.113.7' } },
    { '@timestamp': 't', message: 'started', level: 'info' },
    { time: 't', ip: 'x', status: 200, path: '/v1', user: 'a' },
    { date: 't', type: 'x', ip: 'y', user_id: 'a' },
    { id: 'p', customer: 'c', amount: 5, status: 'ok', card: { last4: '4242' } },
    { results: [], account_id: 'a', timestamp: 1 },
    { data: {}, id: 1, type: 'x', actor: {} },
  ]
  test.each(generic.map((record) => [Object.keys(record).join(' '), record] as const))('%s', (_, record) => {
    expect(recognise(record)).toBeNull()
  })

  const ours = readdirSync('fixtures', { recursive: true, encoding: 'utf8' }).filter(
    (name) => /\.ndjson$/.test(name) && /^(demo|formats|innocent|signals)\//.test(name),
  )
  test('nor are the records of our own fixtures', () => {
    expect(ours.length).toBeGreaterThan(5)
    const taken = ours.filter((name) => firstRecords(`fixtures/${name}`).some((record) => recognise(record) !== null))
    expect(taken).toEqual([])
  })
})

function firstRecords(path: string): readonly Row[] {
  const lines = readFileSync(path, 'utf8').split('\n', 50)
  return lines.flatMap((line) => {
    try {
      return unwrap(JSON.parse(line) as Row).filter((each): each is Row => each !== null)
    } catch {
      return []
    }
  })
}

test('the nearest format is told with what it misses', () => {
  const record = { request_id: 'r', call_type: 'c', api_key: 'k', spend: 0, startTime: 't', model: 'm' }
  const nearest = nearestPreset(record, PRESETS)
  expect([nearest?.preset.id, nearest?.missing]).toEqual(['litellm_spendlogs', ['endTime']])
  expect(nearestPreset({ a: 1 }, PRESETS)).toBeNull()
})

describe('a header in another case', () => {
  const header = ['REQUEST_ID', 'Call_Type', 'api_key', 'SPEND', 'StartTime', 'EndTime', 'Model', 'USER', 'Note']
  test('is read as the format spells it', () => {
    const recased = recaseHeader(header, PRESETS)
    const spelled = header.map((key) => recased?.get(key) ?? key)
    const [first, ...others] = ['request_id', 'call_type', 'api_key', 'spend', 'startTime', 'endTime', 'model', 'user']
    expect(spelled).toEqual([first, ...others, 'Note'])
    const record = Object.fromEntries([...spelled, 'cache_key'].map((key) => [key, 'x']))
    expect(recognise(record)?.id).toBe('litellm_spendlogs')
  })

  test('is left as it is where it needs nothing, or fits nothing', () => {
    expect(
      recaseHeader(
        header.map((key) => recaseHeader(header, PRESETS)?.get(key) ?? key),
        PRESETS,
      ),
    ).toBeNull()
    expect(recaseHeader(['Timestamp', 'Account', 'Model'], PRESETS)).toBeNull()
  })
})
