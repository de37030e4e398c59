import { field } from '../field.ts'

/** What it asked, as hashes or as text. */
export const CONTENT_FIELDS = [
  field(
    'system_prompt_hash',
    'holding',
    'content',
    'system_hash',
    'template_hash',
    'prompt_template_hash',
    'system_prompt_sha256',
    'content.system_prompt_hash',
    'prompt.system_hash',
  ),
  field('template_id', 'holding', 'content', 'prompt_template_id', 'prompt_template', 'prompt_id', 'prompt_slug'),
  field('tools_hash', 'holding', 'content', 'tool_schema_hash', 'tools_sha256', 'tool_hash', 'content.tools_hash'),
  field(
    'prompt_hash',
    'holding',
    'content',
    'user_prompt_hash',
    'prompt_sha256',
    'message_hash',
    'content.prompt_hash',
    'prompt.hash',
  ),
  field('signature_hash', 'holding', 'content', 'thinking_signature', 'reasoning_signature', 'signature'),
  field('system_prompt', 'text', 'content', 'system', 'system_text', 'content.system_prompt'),
  field('user_prompt', 'text', 'content', 'prompt', 'user_message', 'prompt_text', 'content.user_prompt'),
]
