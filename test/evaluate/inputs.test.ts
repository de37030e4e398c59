import { describe, expect, test } from 'vitest'
import { ScanError } from '../../src/errors.ts'
import { parseLabels } from '../../src/evaluate/labels.ts'
import { parseReport } from '../../src/evaluate/report.ts'

function refusal(run: () => unknown): string {
  try {
    run()
  } catch (error) {
    if (error instanceof ScanError) return `${error.code} ${error.exitCode}: ${error.message}`
    throw error
  }
  return 'accepted'
}

describe('labels', () => {
  test('columns in any order, with a byte order mark, quotes and a row said twice', () => {
    const text = '\ufeffKind,class,network,account_id\r\n"a, b",Fraud,n1,x\r\n,innocent,,y\r\n,innocent,,y\r\n'
    expect(parseLabels(text, 'l')).toEqual([
      { accountId: 'x', network: 'n1', class: 'fraud', kind: 'a, b' },
      { accountId: 'y', network: '', class: 'innocent', kind: '' },
    ])
  })

  test('without a class, a network means fraud', () => {
    expect(parseLabels('account_id,network,kind\nx,n1,auto\ny,,kept\n', 'l').map((each) => each.class)).toEqual([
      'fraud',
      'innocent',
    ])
    expect(parseLabels('network,account_id\nn1,x\n', 'l')).toEqual([
      { accountId: 'x', network: 'n1', class: 'fraud', kind: '' },
    ])
  })

  test('ends of lines may be mixed, and blanks around a cell are none of it', () => {
    const text = 'account_id,network,kind\n x ,"n1 ",relay\r\n\r\ny, ,\r\nz,," "\r\n'
    expect(parseLabels(text, 'l')).toEqual([
      { accountId: 'x', network: 'n1', class: 'fraud', kind: 'relay' },
      { accountId: 'y', network: '', class: 'innocent', kind: '' },
      { accountId: 'z', network: '', class: 'innocent', kind: '' },
    ])
    expect(parseLabels('account_id,kind,network\nx,,\r\n', 'l')).toMatchObject([{ network: '', class: 'innocent' }])
  })

  test.each([
    ['', "INPUT_EMPTY 2: 'l' is empty"],
    ['\n\n', "INPUT_EMPTY 2: 'l' is empty"],
    ['account_id,network\n', "INPUT_EMPTY 2: 'l' has a header and no record"],
    ['id,network\nx,\n', "INPUT_UNREADABLE 2: 'l' has no column account_id; its columns are: id, network"],
    ['account_id,kind\nx,\n', "INPUT_UNREADABLE 2: 'l' has no column network; its columns are: account_id, kind"],
    ['account_id,network,class\nx,,\n', "INPUT_UNREADABLE 2: 'l': record 1 has no class, or an unknown one"],
    ['account_id,network,class\nx,,thief\n', "INPUT_UNREADABLE 2: 'l': record 1 has no class, or an unknown one"],
    ['account_id,network\nx,\n,n1\n', "INPUT_UNREADABLE 2: 'l': record 2 has no account_id"],
    [
      'account_id,network\nx,\nx,n1\n',
      "INPUT_UNREADABLE 2: 'l': record 2 labels an account that an earlier one labels differently",
    ],
    ['acct_1,ring-1\nacct_2,\n', "INPUT_UNREADABLE 2: 'l' has no header: its first line is none"],
    ['account_id,network,Network\nx,,n\n', "INPUT_UNREADABLE 2: 'l' has two columns network"],
    ['account_id,network\nx,\ny\n', "INPUT_UNREADABLE 2: 'l': record 2 has 1 field, the header 2"],
    ['account_id,network\nx,a,b\n', "INPUT_UNREADABLE 2: 'l': record 1 has 3 fields, the header 2"],
    ['account_id,network\n"x,\n', "INPUT_UNREADABLE 2: 'l' is not readable as CSV"],
  ])('%j', (text, message) => {
    expect(refusal(() => parseLabels(text, 'l'))).toBe(message)
  })
})

describe('reports', () => {
  const network = { rank: 1, severity: 'low', accounts: ['x'] }

  test('the document of a scan, and what it left out', () => {
    const text = JSON.stringify({ schemaVersion: 1, networks: [network], omitted: { networks: 2 } })
    expect(parseReport(text, 'r')).toEqual({ networks: [network], omittedNetworks: 2 })
    expect(parseReport('{"schemaVersion":1,"networks":[]}', 'r')).toEqual({ networks: [], omittedNetworks: 0 })
  })

  test.each([
    [' \n', "INPUT_EMPTY 2: 'r' is empty"],
    ['# report', "INPUT_UNREADABLE 2: 'r' is not a JSON document"],
    ['{"rank":1}\n{"rank":2}\n', "INPUT_UNREADABLE 2: 'r' is NDJSON, not one JSON document"],
    [JSON.stringify(network), "INPUT_UNREADABLE 2: 'r' is a line of NDJSON, not the whole document"],
    ['[1]', "INPUT_UNREADABLE 2: 'r' is JSON, but not a report"],
    ['{"a":1}', "INPUT_UNREADABLE 2: 'r' is JSON, but not a report: it has no schemaVersion"],
    ['{"schemaVersion":2}', "INPUT_UNREADABLE 2: 'r' has a schemaVersion that this version does not know; it knows 1"],
    ['{"schemaVersion":1}', "INPUT_UNREADABLE 2: 'r' has schemaVersion 1, but no list networks"],
    ['{"schemaVersion":1,"networks":[null]}', "INPUT_UNREADABLE 2: 'r' has no usable networks[0].rank"],
    [
      '{"schemaVersion":1,"networks":[{"rank":1,"severity":"low","accounts":[1]}]}',
      "INPUT_UNREADABLE 2: 'r' has no usable networks[0].accounts",
    ],
    [
      JSON.stringify({ schemaVersion: 1, networks: [network, { ...network, accounts: ['y', 'x'] }] }),
      "INPUT_UNREADABLE 2: 'r' has an account in two networks: networks[0] and networks[1]",
    ],
    [
      JSON.stringify({ schemaVersion: 1, networks: [{ ...network, accounts: ['x', 'x'] }] }),
      "INPUT_UNREADABLE 2: 'r' has an account twice in networks[0].accounts",
    ],
  ])('%j', (text, message) => {
    expect(refusal(() => parseReport(text, 'r'))).toBe(message)
  })
})
