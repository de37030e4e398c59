import type { Evidence } from '../evidence/engine.ts'
import type { CardTable, EvidenceTables, FieldStats, HoldingTable } from '../evidence/tables.ts'
import { type Random, shuffled } from '../random.ts'
import type { Signal } from '../signals/signal.ts'

/**
 * A copy of the evidence in which every family is dealt anew: what account a had of a family, account b has now, whole
 * and for each family apart. Within a family all stays as it was, each value its holders and each account its values;
 * that two families agree on the same accounts is left to chance. Registration stays where it is, with the account's
 * own columns, so that sign-up time goes on meaning what it means.
 *
 * The permutation test of Good (2005, chapter 3) with families as the exchangeable blocks; the blocks are ours.
 */
export function shuffleFamilies(evidence: Evidence, signals: readonly Signal[], random: Random): Evidence {
  const { tables } = evidence
  const count = tables.accounts.count
  const moves = new Map<string, Int32Array>()
  const moveOf = tables.fields.map(({ name }) => {
    const family = signals.find(({ fields }) => fields.includes(name))?.family ?? name
    if (family === 'registration') return null
    const known = moves.get(family) ?? shuffled(count, random.fork(family))
    moves.set(family, known)
    return known
  })
  return {
    ...evidence,
    tables: {
      ...tables,
      fields: tables.fields.map((field, i) => movedField(field, moveOf[i]!)),
      holdings: movedHoldings(tables, moveOf),
      cards: movedCards(tables.cards, moves.get('payment') ?? shuffled(count, random.fork('payment'))),
    },
  }
}

function movedField(field: FieldStats, move: Int32Array | null): FieldStats {
  if (move === null) return field
  const valuesHeld = new Int32Array(field.valuesHeld.length)
  for (const [account, held] of field.valuesHeld.entries()) valuesHeld[move[account]!] = held
  return { ...field, valuesHeld }
}

/** Rows stay sorted by (value, account). */
function movedHoldings(tables: EvidenceTables, moveOf: readonly (Int32Array | null)[]): HoldingTable {
  const { holdings, values } = tables
  const account = holdings.account.slice()
  for (let from = 0; from < holdings.count; ) {
    const value = holdings.value[from]!
    let to = from
    while (to < holdings.count && holdings.value[to] === value) to++
    const move = moveOf[values.field[value]!]
    if (move) {
      for (let row = from; row < to; row++) account[row] = move[account[row]!]!
      account.subarray(from, to).sort()
    }
    from = to
  }
  return { ...holdings, account } // requests and instants of a row are not looked at by what is measured on a shuffle
}

/** Card numbers go where the cards go; rows stay sorted by (series, last digits, account). */
function movedCards(cards: CardTable, move: Int32Array): CardTable {
  const account = cards.account.map((each) => move[each]!)
  for (let from = 0; from < cards.count; ) {
    let to = from + 1
    while (to < cards.count && cards.series[to] === cards.series[from] && cards.last4[to] === cards.last4[from]) to++
    account.subarray(from, to).sort()
    from = to
  }
  return { ...cards, account }
}
