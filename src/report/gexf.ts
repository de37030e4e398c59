import { type GraphEdge, type GraphNode, graphOf } from './gexf/graph.ts'
import { xmlAttributes, xmlText } from './gexf/xml.ts'
import type { Renderer } from './renderer.ts'

/** Titles and types of what a node may have. Source: GEXF 1.3, gexf.xsd, `attrtype-type`. */
const NODE_ATTRIBUTES = {
  kind: 'string',
  network: 'string',
  severity: 'string',
  cell: 'integer',
  requests: 'long',
  field: 'string',
} as const

/**
 * The networks as a graph of accounts and the values that link them, for Gephi and other programs that read GEXF. The
 * weight of an edge is the bits that the value speaks for the account. Source: GEXF 1.3, gexf.net/schema.html.
 */
export const renderGexf: Renderer = ({ networks, tool, window }) => {
  const { nodes, edges } = graphOf(networks)
  const modified = window.to === null ? {} : { lastmodifieddate: window.to.slice(0, 10) }
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    '<gexf xmlns="http://gexf.net/1.3" version="1.3">',
    `  <meta${xmlAttributes(modified)}>`,
    `    <creator>${xmlText(`${tool.name} ${tool.version}`)}</creator>`,
    '    <description>Suspected networks: accounts and the values that link them. Leads to check, not verdicts.</description>',
    '  </meta>',
    '  <graph mode="static" defaultedgetype="undirected">',
    '    <attributes class="node">',
    ...Object.entries(NODE_ATTRIBUTES).map(
      ([title, type]) => `      <attribute${xmlAttributes({ id: title, title, type })}/>`,
    ),
    '    </attributes>',
    '    <nodes>',
    ...nodes.map(nodeElement),
    '    </nodes>',
    '    <edges>',
    ...edges.map(edgeElement),
    '    </edges>',
    '  </graph>',
    '</gexf>',
    '',
  ].join('\n')
}

function nodeElement(node: GraphNode): string {
  const names = Object.keys(NODE_ATTRIBUTES) as (keyof typeof NODE_ATTRIBUTES)[]
  const values = names.flatMap((name) => {
    const value = node[name]
    return value === null ? [] : `<attvalue${xmlAttributes({ for: name, value })}/>`
  })
  const { id, label } = node
  return `      <node${xmlAttributes({ id, label })}><attvalues>${values.join('')}</attvalues></node>`
}

const edgeElement = ({ source, target, weight }: GraphEdge, id: number): string =>
  `      <edge${xmlAttributes({ id: `e${id}`, source, target, weight })}/>`
