import type { MappedSource } from '../engine.ts'
import type { StepText } from '../step-text.ts'
import { STEPS } from '../steps.ts'
import { accountDaySql, accountSql, aliasSql, spellingSql, tupleSql } from './derive.ts'
import { fastFields, fieldNames, presentFields, slowFields } from './fields.ts'
import { blockSql, holdingSql, sideFastSql, valueSql } from './holding-sql.ts'
import { baseSql, fastSql, sideSql } from './pass-one.ts'

/** The steps of DuckDB over files that it reads in place, in their order. Nothing is run. */
export function duckDbSteps(logs: readonly MappedSource[], sides: readonly MappedSource[]): readonly StepText[] {
  const [logFields, sideFields] = [presentFields(logs), presentFields(sides)]
  const fast = fastFields(new Set([...logFields, ...sideFields]))
  const names = fieldNames(logFields, sideFields, fast)
  const kept = fast.filter((field) => logFields.has(field)).map((field) => ({ field, keepOneIn: 1 }))
  const columns = [...sideFields].filter((field) => field !== 'account_id').sort()
  const hasSides = sides.length > 0
  return [
    { title: `base: ${STEPS.base}`, sql: baseSql(logs, slowFields(logFields), logFields) },
    ...(hasSides ? [{ title: `side: ${STEPS.side}`, sql: sideSql(sides, columns) }] : []),
    ...(kept.length > 0
      ? [{ title: `fast: ${STEPS.fast}`, sql: `CREATE TEMP TABLE fast AS ${fastSql(logs, kept)}` }]
      : []),
    ...fast
      .filter((field) => kept.length > 0 && sideFields.has(field))
      .map((field) => ({ title: `fast: ${field} of the side files`, sql: sideFastSql(field) })),
    {
      title: 'spelling: the account behind each spelling of an id',
      sql: spellingSql(hasSides ? sideFields : null, logFields),
    },
    { title: `account: ${STEPS.account}`, sql: accountSql },
    { title: 'alias: its number by the id as it was spelt', sql: aliasSql },
    { title: 'tuple: account and slow values, without days', sql: tupleSql(slowFields(logFields)) },
    { title: `account_day: ${STEPS.account_day}`, sql: accountDaySql },
    ...(kept.length > 0 && fast.includes('ip')
      ? [{ title: 'block: addresses as they were written, and their blocks', sql: blockSql }]
      : []),
    {
      title: `holding: ${STEPS.holding}`,
      sql: holdingSql({ names, logFields, sideFields, fast: kept.length > 0 ? fast : [], hasBlocks: true }),
    },
    { title: `value: ${STEPS.value}`, sql: valueSql },
  ]
}
