import type { Preset } from '../preset.ts'

/** new-api top_ups. Source: QuantumNous/new-api, model/log.go@00423442, model/user.go and model/topup.go@0089a12f. */
export const newapiTopups: Preset = {
  id: 'newapi_topups',
  title: 'new-api top_ups',
  kind: 'payment',
  detect: {
    all: ['user_id', 'trade_no', 'payment_method', 'create_time', 'money'],
    any: [],
    none: [],
    values: {},
  },
  time: [],
  fields: {
    account_id: ['user_id'],
    payment_outcome: ['status'],
    payment_amount: ['money'],
    paid_at: ['create_time'],
  },
}
