import type { Preset } from '../preset.ts'

/** Azure public LLM trace. Source: Azure/AzurePublicDataset, data/AzureLLMInferenceTrace_code.csv@b469a113. */
export const azureLlmTrace: Preset = {
  id: 'azure_llm_trace',
  title: 'Azure public LLM trace',
  kind: 'request',
  detect: {
    all: ['TIMESTAMP', 'ContextTokens', 'GeneratedTokens'],
    any: [],
    none: [],
    values: {},
  },
  time: ['TIMESTAMP'],
  fields: {
    input_tokens: ['ContextTokens'],
    output_tokens: ['GeneratedTokens'],
  },
  notes: ['no identity: background traffic only'],
}
