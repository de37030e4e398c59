import type { Preset } from '../preset.ts'

/**
 * GCP data-access audit log (aiplatform). Source: elastic/integrations, gcp_vertexai audit test@a083a698.
 * No organisation: the project is that of the service, which all rows share.
 */
export const gcpAudit: Preset = {
  id: 'gcp_audit',
  title: 'GCP data-access audit log (aiplatform)',
  kind: 'edge',
  detect: {
    all: ['protoPayload', 'insertId', 'logName', 'timestamp'],
    any: ['protoPayload.methodName', 'protoPayload.serviceName'],
    none: [],
    values: {},
  },
  time: ['timestamp'],
  fields: {
    request_id: ['operation.id', 'insertId'],
    account_id: ['protoPayload.authenticationInfo.principalEmail', 'protoPayload.authenticationInfo.principalSubject'],
    api_key_id: ['protoPayload.authenticationInfo.serviceAccountKeyName'],
    ip: ['protoPayload.requestMetadata.callerIp'],
    user_agent: ['protoPayload.requestMetadata.callerSuppliedUserAgent'],
    model: ['protoPayload.resourceName|re:models/([^/:]+)'],
    status: ['protoPayload.status.code'],
  },
  mergesRows: true,
  notes: ['first and last row of a call are merged'],
}
