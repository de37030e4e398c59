/**
 * Wordings that speak of a purpose. Where an export holds prompts, the engine counts per account the requests whose text
 * matches; the text itself is never kept (docs/detection.md, "Purpose").
 *
 * The wordings are those that providers published: report of 10 September 2026 on model distillation (reasoning in
 * tags, verbatim traces, cleaning of traces, rubric grading), post of 23 February 2026 (reasoning behind a finished
 * answer), advisory AA26-251A of 8 September 2026 (another product's identity). They are English, and easily
 * changed: a pipeline that words it otherwise is not seen.
 */
export interface Indicator {
  /** Permanent; the signal of the same purpose reads it. */
  readonly id: string
  /** What a matching request asks for, for people. */
  readonly meaning: string
  /** Texts of which at least one occurs in every match: a plain search that spares most records the patterns. */
  readonly cues: readonly string[]
  /** All must match the lower-case text. Regular expressions that RE2 and JavaScript read alike. */
  readonly patterns: readonly string[]
  /** Output tokens above which the request does not count; where they are not known it does. */
  readonly mostOutputTokens?: number
  /** Output tokens over input tokens, least and most; where one is not known the request counts. */
  readonly outputShare?: readonly [number, number]
}

/** Characters of each text, from its beginning, that are looked at: instructions come first. */
export const INDICATOR_CHARACTERS = 4096

const THINKING = '(?:reasoning|thinking|thoughts?|thought process|chain of thought|scratchpad)'
const TAG = '<(?:think|thinking|thought|reasoning|analysis|cot|scratchpad)>'

export const INDICATORS: readonly Indicator[] = [
  {
    id: 'reasoning-elicitation',
    meaning: 'the reasoning behind an answer that is already finished',
    cues: ['reasoning', 'thinking', 'thought'],
    patterns: [
      `\\b(?:imagine|articulate|reconstruct|write out|spell out|work backwards?)\\b[\\s\\S]{0,60}\\b${THINKING}\\b[\\s\\S]{0,80}\\b(?:behind|that (?:led|leads) to|leading to|of (?:the|this) (?:completed|finished|final))\\b`,
    ],
  },
  {
    id: 'reasoning-tags',
    meaning: 'reasoning written out between literal tags',
    cues: ['<'],
    patterns: [
      `\\b(?:in|inside|within|between|using|wrap|wrapped|enclose|enclosed|put|begin|start)\\b[^<>]{0,60}${TAG}`,
    ],
  },
  {
    id: 'trace-extraction',
    meaning: 'hidden reasoning or instructions word for word',
    cues: ['reasoning', 'thinking', 'thought', 'scratchpad', 'debugging session', 'working memory', 'system prompt'],
    patterns: [
      `\\b(?:output|repeat|print|reproduce|reveal|dump)\\b[^.\\n]{0,30}\\b(?:prior|previous|hidden|internal|raw|private)\\s+${THINKING}\\b|you are in a debugging session|(?:do not|don't) flag this as\\b[^.\\n]{0,20}\\bextraction|\\btranslate\\b[^.\\n]{0,20}\\bworking memory|\\breal system prompt`,
    ],
  },
  {
    id: 'rubric-grading',
    meaning: 'a grade by a rubric, in a few tokens of structured text',
    cues: ['rubric', 'grad', 'scor', 'judge', 'evaluate'],
    patterns: [
      '\\b(?:rubric|grading (?:criteria|scheme|guide)|scoring (?:criteria|scheme|guide)|(?:judge|grade|score|evaluate) (?:the|each|both|this|which))\\b',
      '["\'{]\\s*(?:score|grade|verdict|preference|chosen|rejected)["\']?\\s*:|\\bjson\\b[^.\\n]{0,60}\\b(?:score|grade|verdict|preference)\\b|\\b(?:score|grade|verdict|preference)\\b[^.\\n]{0,60}\\bjson\\b',
    ],
    mostOutputTokens: 64, // a grade in braces; a judge that writes an essay is an ordinary reviewer
  },
  {
    id: 'trace-cleaning',
    meaning: 'a transcript rewritten, cleaned or brought into one form',
    cues: ['rewrite', 'normali', 'clean', 'reformat', 'polish', 'condense'],
    patterns: [
      '\\b(?:rewrite|normali[sz]e|clean|reformat|polish|condense)\\b[\\s\\S]{0,80}\\b(?:traces?|transcripts?|trajector(?:y|ies)|reasoning|conversations?|dialogues?)\\b',
      `\\breasoning (?:traces?|steps)\\b|(?:^|\\n)\\s*(?:assistant|human|user)\\s*:|"role"\\s*:\\s*"assistant"|${TAG}`,
    ],
    outputShare: [0.5, 1.2], // what is cleaned comes back about as long as it was
  },
  {
    id: 'identity-injection',
    meaning: 'that the model pass for another product',
    cues: ['you are', 'identity', 'underlying', 'original', 'real', 'actual'],
    patterns: [
      "\\byou are (?:not|no longer)\\b[^.\\n]{0,60}[.,;]?\\s*(?:but|instead|you are|answer as|say that)\\b[^.\\n]{0,60}\\b(?:developed|made|built|trained|created|a product)\\s+(?:by|of)\\b|\\b(?:never|do not|don't)\\s+(?:say|mention|reveal|admit|disclose)\\b[^.\\n]{0,40}\\b(?:underlying|original|real|actual)\\s+(?:model|identity|provider|vendor|developer)\\b",
    ],
  },
]
