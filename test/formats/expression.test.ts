import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { compileExpression } from '../../src/formats/expression.ts'

const read = (expression: string, record: unknown): unknown =>
  compileExpression(expression)(record as Readonly<Record<string, unknown>>)

describe('a path', () => {
  test.each([
    ['one key', 'user', { user: 'u1' }, 'u1'],
    ['a key with blanks', 'Card Fingerprint', { 'Card Fingerprint': 'fp' }, 'fp'],
    ['a header with brackets', 'TimeGenerated [UTC]', { 'TimeGenerated [UTC]': 't' }, 't'],
    ['a header with dots', 'GeoData.Country.ISOCode', { 'GeoData.Country.ISOCode': 'NL' }, 'NL'],
    ['nested', 'identity.arn', { identity: { arn: 'a' } }, 'a'],
    ['flat', 'tls.client.ja3', { 'tls.client.ja3': 'j' }, 'j'],
    ['flat below a key', 'tls.client.ja3', { tls: { 'client.ja3': 'j' } }, 'j'],
    ['nested below a flat key', 'tls.client.ja3', { 'tls.client': { ja3: 'j' } }, 'j'],
    ['a list below a flat key', 'request.headers[0]', { 'request.headers': ['h'] }, 'h'],
    ['the first', 'identity[0].arn', { identity: [{ arn: 'a' }, { arn: 'b' }] }, 'a'],
    ['the last', 'events[-1].stop', { events: [{ stop: 1 }, { stop: 2 }] }, 2],
    ['all of several', 'tools[].name', { tools: [{ name: 'x' }, { name: 'y' }] }, ['x', 'y']],
    ['all of one', 'tools[].name', { tools: [{ name: 'x' }] }, 'x'],
    ['lists in a list', 'a[].b[].c', { a: [{ b: [{ c: 1 }] }, { b: [{ c: 2 }, {}] }] }, [1, 2]],
    [
      'the entry with a name',
      'headers[name=Host].value',
      { headers: [{ name: 'A' }, { name: 'Host', value: 'h' }] },
      'h',
    ],
    ['a name in another case', 'headers[name=Host].value', { headers: [{ name: 'HOST', value: 'h' }] }, 'h'],
    ['one of two names', 'm[role=system/developer].text', { m: [{ role: 'developer', text: 's' }] }, 's'],
  ])('%s', (_, expression, record, expected) => expect(read(expression, record)).toEqual(expected))

  test('the longest key that holds dots goes before a nested one', () => {
    expect(read('a.b.c', { a: { b: { c: 'nested' } }, 'a.b': { c: 'shorter' }, 'a.b.c': 'longest' })).toBe('longest')
    expect(read('a.b.c', { a: { b: { c: 'nested' } }, 'a.b': { c: 'shorter' } })).toBe('shorter')
  })

  test.each(['user.id', 'user[0].id', 'user[].id', 'user[id=1].id', 'user[].id[0].x'])(
    '%s finds nothing where nothing is',
    (expression) => {
      for (const record of [{}, { user: null }, { user: 'text' }, { user: [] }, { user: [null, 1, 'x'] }])
        expect(read(expression, record)).toBeUndefined()
    },
  )

  test('only what a record itself holds', () => {
    expect(read('toString', {})).toBeUndefined()
    expect(read('constructor.name', {})).toBeUndefined()
    expect(read('a.length', { a: [1] })).toBeUndefined()
    expect(read('__proto__.id', {})).toBeUndefined()
    expect(read('__proto__.id', JSON.parse('{"__proto__":{"id":"data"}}'))).toBe('data')
    expect(read('constructor', JSON.parse('{"constructor":"data"}'))).toBe('data')
  })
})

describe('an operation', () => {
  const device = 'a'.repeat(64)
  test.each([
    ['embedded JSON', 'm|json|at:user.id', { m: '{"user":{"id":"u"}}' }, 'u'],
    ['JSON in JSON', 'm|json|at:a', { m: JSON.stringify(JSON.stringify({ a: 1 })) }, 1],
    ['what is an object already', 'm|json|at:a', { m: { a: 1 } }, 1],
    ['a text that is no JSON', 'm|json', { m: '{oops' }, '{oops'],
    ['a long integer in embedded JSON', 'm|json|at:id', { m: '{"id":9007199254740993}' }, '9007199254740993'],
    [
      'digits in a text of embedded JSON',
      'm|json|at:t',
      { m: '{"t":": 9007199254740993","n":1}' },
      ': 9007199254740993',
    ],
    ['a list of embedded JSON', 'm|json|at:[role=system].content', { m: '[{"role":"system","content":"s"}]' }, 's'],
    ['a key that holds dots', 'attr|key:user.id', { attr: { 'user.id': 'u', user: { id: 'x' } } }, 'u'],
    [
      'the longest tag',
      'tags|tag:User-Agent',
      { tags: ['User-Agent: X', 'User-Agent: X/Python 1', 'y'] },
      'X/Python 1',
    ],
    ['no such tag', 'tags|tag:User-Agent', { tags: ['y', 3, null] }, undefined],
    ['seconds', 't|mul:1000', { t: '2.5' }, 2500],
    ['nanoseconds', 't|div:1e6', { t: 3e6 }, 3],
    ['a number that is none', 't|mul:1000', { t: '-' }, undefined],
    ['upper case', 'c|upper', { c: 'nl' }, 'NL'],
    ['lower case', 'c|lower', { c: 'NL' }, 'nl'],
    ['a group', 'r|re:models/([^/:]+)', { r: 'x/models/m-1:predict' }, 'm-1'],
    ['a group with a bar', 'r|re:x(a|b)|upper', { r: 'xb' }, 'B'],
    ['percent signs', 'u|urldecode', { u: 'a%20b' }, 'a b'],
    ['percent signs, twice', 'u|urldecode', { u: 'a%2520b' }, 'a b'],
    ['percent signs that encode nothing', 'u|urldecode', { u: '100% %E0%A4%A' }, '100% %E0%A4%A'],
    ['a device in a text', 'm|device', { m: `user_${device}_account__session_1` }, device],
    ['a device in JSON', 'm|device', { m: '{"device_id":"d1","account_uuid":"a"}' }, 'd1'],
    ['a device in JSON that was cut', 'm|device', { m: `{"device_id":"${device}","accou...[70 chars]` }, device],
    ['no device', 'm|device', { m: 'anna' }, undefined],
    ['an address, as it is', 'a|ip', { a: '203.0.113.7:443' }, '203.0.113.7:443'],
    ['a list of addresses, as it is', 'a|xff', { a: '203.0.113.7, 10.0.0.1' }, '203.0.113.7, 10.0.0.1'],
  ])('%s', (_, expression, record, expected) => expect(read(expression, record)).toEqual(expected))

  test.each([
    '',
    '|json',
    '[',
    'a|nope',
    'a|mul:',
    'a|mul:x',
    'a|div:0',
    'a|re:(',
    'a|re:x',
    'a|at:',
    'a|key:',
    'a|tag: ',
  ])("'%s' is no expression", (text) => expect(() => compileExpression(text)).toThrow())
})

const EXPRESSIONS = [
  ...['a', 'a.b', 'a[0].b', 'a[-1]', 'a[].b', 'a[b=c].a', 'a|json|at:[].b', 'a|key:b', 'a|tag:b', 'a|mul:2'],
  ...['a|div:2', 'a|upper', 'a|lower', 'a|re:(.)', 'a|urldecode', 'a|device', 'a|xff'],
].map(compileExpression)

/** Keys that expressions ask for, and keys that a careless reader takes for an object's own. */
const key = fc.constantFrom('a', 'b', 'a.b', '__proto__', 'constructor', 'toString', 'valueOf', 'length')
const leaf = fc.oneof(fc.string(), fc.double(), fc.boolean(), fc.constantFrom(null, '{"b":1}', '[[', '%', 'user_'))
const { value } = fc.letrec((tie) => ({
  value: fc.oneof({ maxDepth: 4 }, leaf, fc.array(tie('value'), { maxLength: 3 }), tie('object')),
  object: fc.array(fc.tuple(key, tie('value')), { maxLength: 4 }).map((entries) => Object.fromEntries(entries)),
}))

test('no record makes an expression throw', () => {
  const record = fc.array(fc.tuple(key, value), { maxLength: 4 }).map((entries) => Object.fromEntries(entries))
  fc.assert(
    fc.property(record, (each) => {
      for (const find of EXPRESSIONS) find(each)
    }),
    { numRuns: 300 },
  )
})

test('a record nested more deeply than the stack is no trouble', () => {
  let record: unknown = 'x'
  for (let depth = 0; depth < 100_000; depth++) record = { a: record }
  expect(read('a.a.a[0]', record)).toBeUndefined()
  expect(read('a|json|at:b', record)).toBeUndefined()
})
