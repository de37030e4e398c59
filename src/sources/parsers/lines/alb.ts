import type { LineResult } from '../lines.ts'

/** Columns of an application load balancer's access log by position (AWS, "Access log entries"); later ones are appended. */
const FIELDS = [
  ...['type', 'time', 'elb', 'client', 'target', 'request_processing_time', 'target_processing_time'],
  ...['response_processing_time', 'elb_status_code', 'target_status_code', 'received_bytes', 'sent_bytes', 'request'],
  ...['user_agent', 'ssl_cipher', 'ssl_protocol', 'target_group_arn', 'trace_id', 'domain_name', 'chosen_cert_arn'],
  ...['matched_rule_priority', 'request_creation_time', 'actions_executed', 'redirect_url', 'error_reason'],
  ...['target_port_list', 'target_status_code_list', 'classification', 'classification_reason'],
]

/** Columns without which a line is of another log (connection logs and network load balancers share the bucket). */
const LEAST = 18

/** One line of an application load balancer's access log. */
export function parseAlb(line: string): LineResult {
  if (!/^(?:https?|h2|grpcs|wss?) \d{4}-/.test(line))
    return /^tls \d|^\d{4}-\d\d-\d\dT\S+ \S+ \d+ /.test(line) ? 'skipped' : 'broken'
  const values = [...line.matchAll(/"((?:[^"\\]|\\.)*)"|(\S+)/g)].map(([, quoted, plain]) => quoted ?? plain!)
  if (values.length < LEAST) return 'broken'
  const record: Record<string, unknown> = { __alb: true }
  for (const [i, field] of FIELDS.entries()) {
    const value = values[i]
    if (value !== undefined && value !== '-' && value !== '-1') record[field] = value
  }
  return record
}
