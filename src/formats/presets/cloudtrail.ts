import type { Preset } from '../preset.ts'

/** AWS CloudTrail (bedrock.amazonaws.com). Source: AWS CloudTrail record contents; elastic/integrations. */
export const cloudtrail: Preset = {
  id: 'cloudtrail',
  title: 'AWS CloudTrail (bedrock.amazonaws.com)',
  kind: 'edge',
  detect: {
    all: ['eventVersion', 'userIdentity', 'eventTime', 'eventSource', 'eventName', 'eventID'],
    any: [],
    none: [],
    values: {},
  },
  time: ['eventTime'],
  fields: {
    request_id: ['requestID'],
    account_id: ['userIdentity.arn', 'userIdentity.principalId'],
    organization_id: ['userIdentity.accountId', 'recipientAccountId'],
    api_key_id: ['userIdentity.accessKeyId'],
    ip: ['sourceIPAddress'],
    user_agent: ['userAgent'],
    model: ['requestParameters.modelId'],
    status: ['errorCode'],
  },
}
