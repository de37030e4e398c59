import { expect, test } from 'vitest'
import { collect } from './collect.ts'

const at = '2026-06-01T10:00:00Z'
const ids = ['a', 'b', 'c', 'd', 'e']

/** `account bin expiry last4` of each row. */
async function cardsOf(options: Parameters<typeof collect>[0]): Promise<string[]> {
  const { collected } = await collect(options)
  const { accounts, cards } = collected.evidence.tables
  return Array.from({ length: cards.count }, (_, row) => {
    const series = cards.series[row]!
    return `${accounts.ids[cards.account[row]!]} ${cards.bins[series]} ${cards.expiries[series]} ${cards.last4[row]}`
  })
}

test('cards of log and side file by series and last digits, in whatever way these are written', async () => {
  const rows = await cardsOf({
    logs: {
      'a.ndjson': [
        { account_id: 'a', timestamp: at, card_bin: '411111', card_expiry: '07/28', card_last4: '0017' },
        { account_id: 'b', timestamp: at, card_bin: '411111', card_expiry: '07/28', card_last4: 16 },
        { account_id: 'c', timestamp: at, card_bin: '411111', card_expiry: '07/28', card_last4: '**** 0031' },
        { account_id: 'c', timestamp: at, card_bin: '411111', card_expiry: '07/28', card_last4: 'none' },
        { account_id: 'c', timestamp: at, card_bin: '411111', card_expiry: '07/29', card_last4: '0032' },
      ],
    },
    accounts: {
      'cards.csv': `account_id,bin,exp,last4\nd,411111,07/28,9999\nd,411111,07/28,9999\na,411111,07/28,0017\n`,
    },
  })
  // The series of 2029 has one account; of 2028, four.
  expect(rows).toEqual(['b 411111 07/28 16', 'a 411111 07/28 17', 'c 411111 07/28 31', 'd 411111 07/28 9999'])
})

test('last digits that were written as a decimal', async () => {
  const card = { account_id: 'a', timestamp: at, card_bin: '411111', card_expiry: '07/28' }
  const digits = ['4711.0', '17.00', '4111.1111.1111.0000', '4712']
  const logs = { 'a.ndjson': digits.map((card_last4, i) => ({ ...card, account_id: ids[i], card_last4 })) }
  expect((await cardsOf({ logs })).map((row) => row.replace(' 411111 07/28', ''))).toEqual([
    'c 0',
    'b 17',
    'a 4711',
    'd 4712',
  ])
})

test('no cards without all three columns, or with fewer than four accounts in a series', async () => {
  const card = (id: string, n: number) => ({ account_id: id, timestamp: at, card_bin: '411111', card_last4: 1000 + n })
  expect(await cardsOf({ logs: { 'a.ndjson': ids.map(card) } })).toEqual([])
  const three = ids.slice(0, 3).map((id, n) => ({ ...card(id, n), card_expiry: '07/28' }))
  expect(await cardsOf({ logs: { 'a.ndjson': [...three, { ...three[0]!, card_last4: 5 }] } })).toEqual([])
})
