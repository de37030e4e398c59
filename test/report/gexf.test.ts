import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { MemberLink, ScanResult } from '../../src/model.ts'
import { type ReportStyle, reports } from '../../src/report/registry.ts'
import { hostileResult } from '../helpers/hostile-results.ts'
import { aFullResult, aNetwork, aResult } from '../helpers/results.ts'
import { parseXml, type XmlElement } from '../helpers/xml.ts'

const style: ReportStyle = { width: 80, color: false, unicode: true, minSeverity: 'low', top: null, details: 5 }
const renderGexf = await reports.gexf.load()

const all = (element: XmlElement, name: string): XmlElement[] => [
  ...(element.name === name ? [element] : []),
  ...element.children.flatMap((child) => all(child, name)),
]

/** Nodes and edges as plain objects. */
function graphOf(result: ScanResult) {
  const root = parseXml(renderGexf(result, style))
  const nodes = all(root, 'node').map(({ attributes, children: [values] }) => ({
    ...attributes,
    ...Object.fromEntries(values!.children.map(({ attributes: { for: title, value } }) => [title, value])),
  }))
  return { root, nodes, edges: all(root, 'edge').map(({ attributes }) => attributes) }
}

const link = (value: string, bits: number): MemberLink => ({ field: 'device_fingerprint', value, bits })
const member = (accountId: string, links: readonly MemberLink[]) => ({
  ...aNetwork().members[0]!,
  accountId,
  links,
})

describe('GEXF', () => {
  test('joins accounts by the values that link them, weighted in bits', () => {
    const first = aNetwork({
      accounts: ['a', 'b'],
      members: [member('a', [link('x', 9.5), link('y', 2)]), member('b', [link('x', 9.5)])],
    })
    const second = aNetwork({
      id: 'z3h5j6k2pa',
      rank: 2,
      severity: 'low',
      accounts: ['c'],
      members: [member('c', [link('x', 1)])],
    })
    const { nodes, edges } = graphOf(aResult({ networks: [first, second] }))
    const account = { kind: 'account', network: 'm4k7q2xw5a', severity: 'high', cell: '0', requests: '2140' }
    const value = { kind: 'value', network: 'm4k7q2xw5a', severity: 'high', field: 'device_fingerprint' }
    expect(nodes).toEqual([
      { id: 'a0', label: 'a', ...account },
      { id: 'a1', label: 'b', ...account },
      { id: 'a2', label: 'c', ...account, network: 'z3h5j6k2pa', severity: 'low' },
      { id: 'v0', label: 'x', ...value, network: 'm4k7q2xw5a z3h5j6k2pa' },
      { id: 'v1', label: 'y', ...value },
    ])
    expect(edges).toEqual([
      { id: 'e0', source: 'a0', target: 'v0', weight: '9.5' },
      { id: 'e1', source: 'a0', target: 'v1', weight: '2' },
      { id: 'e2', source: 'a1', target: 'v0', weight: '9.5' },
      { id: 'e3', source: 'a2', target: 'v0', weight: '1' },
    ])
  })

  test('declares the attributes that nodes have', () => {
    const { root } = graphOf(aFullResult())
    expect(root).toMatchObject({ name: 'gexf', attributes: { xmlns: 'http://gexf.net/1.3', version: '1.3' } })
    const declared = all(root, 'attribute').map(({ attributes }) => attributes.id)
    expect(new Set(all(root, 'attvalue').map(({ attributes }) => attributes.for))).toEqual(new Set(declared))
    expect(all(root, 'meta')[0]!.attributes).toEqual({ lastmodifieddate: '2026-06-14' })
  })

  test('is a graph without nodes when nothing was found', () => {
    const { root, nodes, edges } = graphOf(aResult({ window: { from: null, to: null } }))
    expect([nodes, edges, all(root, 'meta')[0]!.attributes]).toEqual([[], [], {}])
  })

  test.each([
    ['markup', `<b> & "q" 'a' ]]>`, `<b> & "q" 'a' ]]>`],
    ['what XML forbids', 'a\u0000b\ufffec\uffff\ud800', 'a\\u{0}b\\u{fffe}c\\u{ffff}\\u{d800}'],
    ['what a viewer would obey', '\u202egpj', '\\u{202e}gpj'],
    ['a long text', '&'.repeat(1000), `${'&'.repeat(119)}…`],
  ])('shows %s', (_, accountId, label) => {
    const { nodes } = graphOf(aResult({ networks: [aNetwork({ accounts: [accountId] })] }))
    expect(nodes[0]).toMatchObject({ label })
  })

  test('is well-formed whatever the values, and every edge has its ends', () => {
    fc.assert(
      fc.property(hostileResult, (result) => {
        const { nodes, edges } = graphOf(result)
        const ids = nodes.map(({ id }) => id)
        expect(new Set(ids).size).toBe(ids.length)
        for (const { source, target } of edges) {
          expect(ids).toContain(source)
          expect(ids).toContain(target)
        }
        const members = result.networks.flatMap((network) => network.members)
        expect(nodes.filter((node) => 'kind' in node && node.kind === 'account')).toHaveLength(members.length)
      }),
      { numRuns: 300 },
    )
  })
})

test.each([
  ['<a>', 'not one closed element'],
  ['<a/><b/>', 'not one closed element'],
  ['<a></b>', '</b> closes <a>'],
  ['<a b="1" b="2"/>', 'b comes twice'],
  ['<a b=1/>', 'no attribute'],
  ['<a b="<"/>', 'no markup'],
  ['<a b="&nbsp;"/>', 'no entity'],
  ['<a>& b</a>', 'no entity'],
  ['<a>]]></a>', ']]> in a text'],
  ['<a>\u0001</a>', 'forbids'],
  ['<a>\ufffe</a>', 'forbids'],
  ['<a/>x', 'text outside'],
])('the reader refuses %j', (xml, reason) => {
  expect(() => parseXml(`<?xml version="1.0" encoding="UTF-8"?>\n${xml}`)).toThrow(reason)
})
