import type { Preset } from './preset.ts'
import { adyen } from './presets/adyen.ts'
import { alb } from './presets/alb.ts'
import { anthropicCompliance } from './presets/anthropic-compliance.ts'
import { anthropicConsoleCost } from './presets/anthropic-console-cost.ts'
import { anthropicConsoleUsage } from './presets/anthropic-console-usage.ts'
import { anthropicUsageReport } from './presets/anthropic-usage-report.ts'
import { apigee } from './presets/apigee.ts'
import { auth0 } from './presets/auth0.ts'
import { awsWaf } from './presets/aws-waf.ts'
import { azureApimGw } from './presets/azure-apim-gw.ts'
import { azureApimLlm } from './presets/azure-apim-llm.ts'
import { azureApimLlmPortal } from './presets/azure-apim-llm-portal.ts'
import { azureLlmTrace } from './presets/azure-llm-trace.ts'
import { azureOpenai } from './presets/azure-openai.ts'
import { bedrockInvocation } from './presets/bedrock-invocation.ts'
import { braintree } from './presets/braintree.ts'
import { burstgpt } from './presets/burstgpt.ts'
import { cfAccountAbuse } from './presets/cf-account-abuse.ts'
import { cfAigApi } from './presets/cf-aig-api.ts'
import { cfAigLogpush } from './presets/cf-aig-logpush.ts'
import { cfHttpRequests } from './presets/cf-http-requests.ts'
import { claudeRelay } from './presets/claude-relay.ts'
import { claudeRelayDump } from './presets/claude-relay-dump.ts'
import { cloudfront } from './presets/cloudfront.ts'
import { cloudtrail } from './presets/cloudtrail.ts'
import { ecs } from './presets/ecs.ts'
import { envoyAiGateway } from './presets/envoy-ai-gateway.ts'
import { firebaseUsers } from './presets/firebase-users.ts'
import { gcpAudit } from './presets/gcp-audit.ts'
import { helicone } from './presets/helicone.ts'
import { kongAi } from './presets/kong-ai.ts'
import { langfuseObs } from './presets/langfuse-obs.ts'
import { langfuseTraces } from './presets/langfuse-traces.ts'
import { litellmSlp } from './presets/litellm-slp.ts'
import { litellmSpendlogs } from './presets/litellm-spendlogs.ts'
import { litellmVerificationtoken } from './presets/litellm-verificationtoken.ts'
import { newapiLogs } from './presets/newapi-logs.ts'
import { newapiTopups } from './presets/newapi-topups.ts'
import { newapiUsers } from './presets/newapi-users.ts'
import { nginxJson } from './presets/nginx-json.ts'
import { ocsfApiActivity } from './presets/ocsf-api-activity.ts'
import { oneapiLogs } from './presets/oneapi-logs.ts'
import { openaiAudit } from './presets/openai-audit.ts'
import { openaiUsage } from './presets/openai-usage.ts'
import { openaiUsageCsv } from './presets/openai-usage-csv.ts'
import { openrouterApi } from './presets/openrouter-api.ts'
import { openrouterCsv } from './presets/openrouter-csv.ts'
import { otlpGenai } from './presets/otlp-genai.ts'
import { portkey } from './presets/portkey.ts'
import { sglang } from './presets/sglang.ts'
import { signupGeneric } from './presets/signup-generic.ts'
import { stripeCharge } from './presets/stripe-charge.ts'
import { stripeCustomersCsv } from './presets/stripe-customers-csv.ts'
import { stripePaymentMethod } from './presets/stripe-payment-method.ts'
import { stripePaymentsCsv } from './presets/stripe-payments-csv.ts'
import { stripeSigmaCharges } from './presets/stripe-sigma-charges.ts'
import { supabaseUsers } from './presets/supabase-users.ts'
import { traefik } from './presets/traefik.ts'
import { tykCsv } from './presets/tyk-csv.ts'
import { tykJson } from './presets/tyk-json.ts'
import { vertexBq } from './presets/vertex-bq.ts'
import { vllmText } from './presets/vllm-text.ts'

/** The built-in presets. On a tie the first that fits names a record. */
export const PRESETS: readonly Preset[] = [
  litellmSpendlogs,
  litellmSlp,
  litellmVerificationtoken,
  otlpGenai,
  bedrockInvocation,
  cloudtrail,
  azureApimLlm,
  azureApimGw,
  azureApimLlmPortal,
  azureOpenai,
  vertexBq,
  gcpAudit,
  anthropicUsageReport,
  anthropicConsoleUsage,
  anthropicConsoleCost,
  anthropicCompliance,
  openaiUsage,
  openaiUsageCsv,
  openaiAudit,
  openrouterCsv,
  openrouterApi,
  helicone,
  langfuseObs,
  langfuseTraces,
  portkey,
  cfAigApi,
  cfAigLogpush,
  kongAi,
  envoyAiGateway,
  traefik,
  nginxJson,
  apigee,
  tykJson,
  tykCsv,
  oneapiLogs,
  newapiLogs,
  newapiUsers,
  newapiTopups,
  claudeRelay,
  claudeRelayDump,
  sglang,
  vllmText,
  cfHttpRequests,
  cfAccountAbuse,
  awsWaf,
  cloudfront,
  alb,
  ocsfApiActivity,
  ecs,
  stripePaymentsCsv,
  stripeCharge,
  stripePaymentMethod,
  stripeSigmaCharges,
  stripeCustomersCsv,
  adyen,
  braintree,
  auth0,
  supabaseUsers,
  firebaseUsers,
  signupGeneric,
  azureLlmTrace,
  burstgpt,
]
