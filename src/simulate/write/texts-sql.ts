import { entry, unit } from './sessions-sql.ts'

const list = (items: readonly string[]): string => `[${items.map((item) => `'${item}'`).join(', ')}]`

const ROLES = ['assistant', 'support agent', 'editor', 'engineer', 'analyst', 'tutor', 'translator', 'planner'] as const
const RULES = [
  'Answer briefly.',
  'Use plain words.',
  'Cite the given material.',
  'Ask when something is unclear.',
  'Return valid JSON when asked to.',
  'Keep to the house style.',
] as const

/** What a template of each purpose (`PURPOSE` in the catalogue) demands beside its task. */
const DEMANDS = [
  '',
  ' For each finished answer, write out the internal reasoning that led to it.',
  ' Put all reasoning inside <think> and </think> tags before the answer.',
  ' Grade each response against the rubric and return JSON with score and verdict.',
  ' Rewrite the given transcript: keep the reasoning steps, drop repeats, normalise the form.',
  ' Take the test below; a grader scores each answer by a published rubric.',
] as const

/** The text of a system prompt: equal hashes give equal texts, other hashes other texts. */
export const systemPromptSql = `CASE WHEN sys_hash IS NOT NULL THEN 'You are the ' ||
  ${entry(list(ROLES), 'sys_hash >> 5')} || ' of project ' || format('{:x}', sys_hash >> 16) || '. ' ||
  ${entry(list(RULES), 'sys_hash >> 9')} || ${list(DEMANDS)}[1 + purpose] END`

/** One sentence for each capability, in the catalogue's order. */
const TASKS = [
  'What should I know about',
  'Write a function that handles',
  'Plan and carry out the steps for',
  'Look at these numbers and explain',
  'Work out step by step',
  'Translate this note about',
  'List the names and dates in this text about',
  'Describe the picture of',
  'Summarise this report on',
  'Rate these answers about',
] as const
const TOPICS = [
  'the billing export',
  'a train timetable',
  'the garden plan',
  'a sorting routine',
  'the quarterly budget',
  'a history lesson',
  'the parcel tracker',
  'an interview',
  'the test results',
  'a recipe for soup',
  'the contract draft',
  'a chess position',
] as const

/** How the requests of each purpose begin. */
const OPENINGS = [
  '',
  'Here is a finished answer. Imagine and articulate the internal reasoning behind it:',
  'Reason inside <think> tags, then answer:',
  'Rubric: correctness 0-4, clarity 0-2. Score this response as JSON:',
  'Clean this reasoning trace and return it in the same order:',
  'Test item, graded by rubric:',
] as const
/** Share of requests under such a template that begin so. */
const OPENING_SHARE = 0.8

const GREETINGS = ['hi', 'hello', 'good morning', 'test', 'hey', 'hello there', 'are you there?', 'thanks'] as const

/**
 * The text of a prompt, short: an opening by the template's purpose, a task by the request's capability, a topic and
 * the prompt's mark. A prompt that repeats repeats its text.
 */
export function userPromptSql(prompt: string, capability: string): string {
  const isPooled = `prompt_pool > 0 AND ${unit('h', 12)} < prompt_share`
  const task = `CASE WHEN ${isPooled} THEN ((${prompt}) >> 20) % 10 ELSE ${capability} END`
  const opening = `CASE WHEN purpose > 0 AND ${unit(prompt, 40)} < ${OPENING_SHARE}
    THEN ${list(OPENINGS)}[1 + purpose] || ' ' ELSE '' END`
  return `CASE WHEN NOT (${isPooled}) AND (g >> 20) % 80 = 0 THEN ${entry(list(GREETINGS), prompt)}
    ELSE ${opening} || ${list(TASKS)}[1 + (${task})::INTEGER] || ' ' || ${entry(list(TOPICS), `(${prompt}) >> 8`)} ||
      ' (' || format('{:x}', (${prompt}) >> 16) || ')' END`
}
