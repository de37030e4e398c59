import * as v from 'valibot'
import { CLAIMS, IDENTIFIERS, SEVERITIES } from '../model.ts'

/** What a saved document has to hold to be read; what else is in it is left alone, as version 1 may gain properties. */

const held = { field: v.string(), value: v.string() }
const instant = v.nullable(v.string())
const list = <E extends v.ObjectEntries>(entries: E) => v.array(v.looseObject(entries))
const hypothesis = { name: v.string(), residualBits: v.number() }
const seen = { requests: v.number(), outputTokens: v.number(), firstSeen: instant, lastSeen: instant }

const ids = v.array(v.string())
const review = v.looseObject({
  confirmed: ids,
  cleared: ids,
  declared: list({ owner: v.string(), reason: v.string(), until: v.string(), accounts: ids }),
  linkedOutside: ids,
  severityByEvidence: v.picklist(SEVERITIES),
})

const network = {
  id: v.string(),
  rank: v.number(),
  score: v.number(),
  severity: v.picklist(SEVERITIES),
  claim: v.picklist(CLAIMS),
  confidence: v.string(),
  accounts: v.array(v.string()),
  accountCount: v.number(),
  falseDiscoveryRate: v.optional(v.number()),
  review: v.optional(v.nullable(review)),
  ...seen,
  evidence: list({
    family: v.string(),
    signal: v.string(),
    bits: v.number(),
    countedBits: v.number(),
    summary: v.string(),
    values: list({ ...held, inside: v.number(), outside: v.number() }),
  }),
  hypotheses: list(hypothesis),
  innocentExplanation: v.looseObject({ ...hypothesis, wouldBeConfirmedBy: v.string() }),
  fragile: v.nullable(v.looseObject({ dependsOn: v.string() })),
  tests: list({ signal: v.string(), statistic: v.string(), p: v.number(), confirmed: v.boolean() }),
  members: list({ accountId: v.string(), cell: v.number(), ...seen, links: list({ ...held, bits: v.number() }) }),
  hubs: list({ ...held, memberCount: v.number(), verdict: v.string() }),
}

const input = { records: v.number(), rejected: v.looseObject({ count: v.number() }) }

/** The version of the document that is read. */
export const VERSION = 1

const document = {
  schemaVersion: v.literal(VERSION),

  identifiers: v.optional(v.picklist(IDENTIFIERS)),
  inputs: list(input),
  window: v.looseObject({ from: instant, to: instant }),
  coverage: list({ family: v.string(), tested: v.boolean(), why: v.string() }),
  networks: list(network),
  explained: list({ accounts: v.array(v.string()), accountCount: v.number(), explanation: v.string() }),
  suppressedValues: list(held),
  notes: v.array(v.string()),
  expiredDeclarations: v.optional(list({ path: v.string(), owner: v.string() })),
  omitted: v.looseObject({ networks: v.number(), accounts: v.number() }),
  accountIndex: v.optional(v.nullable(v.looseObject({ hash: v.string(), bits: v.number(), prefixes: v.string() }))),
}

/** What an explanation, and the shortening of values, read of a document. */
export const explainable = v.looseObject(document)

/** What it takes to read the inputs again and to hold the answer against the document. */
export const verifiable = v.looseObject({
  ...document,
  tool: v.looseObject({ version: v.string() }),
  settings: v.record(v.string(), v.union([v.number(), v.string(), v.boolean()])),
  seed: v.string(),
  reading: v.optional(
    v.looseObject({
      map: v.record(v.string(), v.string()),
      columns: v.nullable(v.array(v.string())),
      presets: list({ id: v.string(), sha256: v.string() }),
    }),
  ),
  inputs: list({
    ...input,
    path: v.string(),
    role: v.string(),
    givenAs: v.optional(v.picklist(['log', 'accounts'])),
    inputFormat: v.optional(v.nullable(v.string())),
    bytes: v.number(),
    sha256: v.string(),
  }),
  totals: v.record(v.string(), v.number()),
})
