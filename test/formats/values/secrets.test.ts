import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { findCardNumbers, hashKey, isCardNumber, isLiveKey, isSecretName } from '../../../src/formats/values/secrets.ts'

describe('columns that are never read', () => {
  test.each([
    'password',
    'encrypted_password',
    'user.passwordHash',
    'access_token',
    'headers.Authorization',
    'Set-Cookie',
    'client_secret',
    'cvc',
    'refreshToken',
  ])('%s', (name) => expect(isSecretName(name)).toBe(true))

  test.each([
    'prompt_tokens',
    'tokens_in',
    'total_tokens',
    'token_name',
    'token_id',
    'token_type',
    'card_token',
    'api_key_id',
    'card_fingerprint',
    'key_alias',
    'password_changed_at',
    'secretary',
    'max_tokens',
  ])('%s is an ordinary one', (name) => expect(isSecretName(name)).toBe(false))
})

describe('live keys', () => {
  test.each([
    'sk-EXAMPLEexampleEXAMPLEexample0000',
    'Bearer sk-EXAMPLEexample',
    'AKIAEXAMPLEEXAMPLE00',
    'ghp_EXAMPLEexampleEXAMPLEexample',
  ])('%s', (text) => expect(isLiveKey(text)).toBe(true))

  test.each(['user_a', 'key-a', 'acct_0221992c', '753fc23ae3c84bc21eb47a3c4790a8e1', 'sk-short', 'skunk'])(
    '%s is none',
    (text) => expect(isLiveKey(text)).toBe(false),
  )

  test('a hash is the same for the key and its header, and holds nothing of it', () => {
    const key = 'sk-EXAMPLEexampleEXAMPLEexample0000'
    expect(hashKey(`Bearer ${key}`)).toBe(hashKey(key))
    expect(hashKey(key)).toMatch(/^key_[0-9a-f]{16}$/)
  })
})

describe('card numbers', () => {
  test('issuer, length and check digit', () => {
    expect(isCardNumber('4000 0000 0000 0002')).toBe(true)
    expect(isCardNumber('4000000000000003')).toBe(false) // the check digit is 2
    expect(isCardNumber('1772359200123456')).toBe(false) // a stamp in microseconds: no issuer begins with 1
    expect(isCardNumber('4242')).toBe(false)
  })

  test('one is enough under a name that says so, wherever it is', () => {
    expect(findCardNumbers([{ customers: [{ cards: [{ number: '4000000000000002' }] }] }])).toBe(
      'customers[].cards[].number',
    )
  })

  test('random ids of 16 digits are not taken for cards', () => {
    const ids = fc.uniqueArray(fc.bigInt({ min: 10n ** 15n, max: 10n ** 16n - 1n }), { minLength: 20, maxLength: 60 })
    fc.assert(fc.property(ids, (all) => findCardNumbers(all.map((id) => ({ id: String(id) }))) === null))
  })
})
