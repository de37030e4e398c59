/** What the words of a report are held to, format by format. */

/** Words that accuse somebody. The project's own prose and messages have none of them either. */
const ACCUSING =
  /\b(?:fraudsters?|thie(?:f|ves)|stole|stolen|steal(?:s|ing)?|attack(?:s|ed|ers?|ing)?|guilty?|criminals?|culprits?|perpetrators?|offenders?|proof (?:that|of)|proves? that)\b/giu

/** Words about people that a report may not use, though the project may: `fraud` is a label of simulated accounts. */
const JUDGING = /\b(?:fraud\w*|theft|proven|malicious\w*|illegal\w*)\b/giu

/** A word of a page in quotation marks, code marks or stress is named, not used: `Never "stolen".` */
const NAMED = /"[a-z ]{1,24}"|“[a-z ]{1,24}”|`[a-z ]{1,24}`|_[a-z ]{1,24}_/giu

const matches = (text: string, pattern: RegExp): string[] => [...text.matchAll(pattern)].map(([word]) => word)

/** Accusations in a source file, comments included. */
export const accusations = (source: string): string[] => matches(source, ACCUSING)

/** Accusations of a page; words that it only names are none. */
export const accusationsOfPage = (page: string): string[] => accusations(page.replaceAll(NAMED, ' '))

/** Accusations and judgements of a report, in which no word is only named. */
export const judgements = (report: string): string[] => [...matches(report, ACCUSING), ...matches(report, JUDGING)]

/** Expressions of likelihood, both rows of Intelligence Community Directive 203, Analytic Standards (2015). */
const LIKELIHOOD =
  /\b(?:almost no chance|remote(?:ly)?|(?:un)?likely|(?:im)?probabl[ey]|roughly even|(?:almost|nearly) certain(?:ly)?)\b/iu

/** A level of confidence: `high confidence`, `confidence: moderate`, `"confidence": "low"`, `confidence is low`. */
const CONFIDENCE =
  /\b(?:low|moderate|high)[\s-]+confidence\b|\bconfidence\b["*_]*(?:\s*[:=]|\s+is)?\s*["*_]*(?:low|moderate|high)\b/iu

/** Ends of a sentence: full stops, blank lines, ends of a JSON or CSV text, list items, tags that begin a block. */
const ENDS =
  /(?<=[.!?;])["'”)]*\s+|\n\s*\n|"\s*[,}\]]|\n\s*(?:[-*+]|#+|\|)\s|<\/?(?:p|div|li|t[dhr]|d[dt]|h\d|br|section)\b[^>]*>/iu

/**
 * Sentences with a likelihood and a level of confidence in them, which the same directive forbids: one is
 * about the event, the other about the evidence, and together they are read as one scale.
 */
export const mixedSentences = (report: string): string[] =>
  report
    .split(ENDS)
    .map((sentence) => sentence.replaceAll(/\s+/gu, ' ').trim())
    .filter((sentence) => LIKELIHOOD.test(sentence) && CONFIDENCE.test(sentence))

/** A report as it is read: without escapes of JSON, XML and Markdown, without tags, and on one line. */
export const readAloud = (report: string): string =>
  report
    .replaceAll(/<[^>]*>/gu, ' ')
    .replaceAll(/&(?:#39|#x27|apos);/gu, "'")
    .replaceAll(/&(?:#34|quot);/gu, '"')
    .replaceAll(/\\u0027/gu, "'")
    .replaceAll(/\\(?=[^\w\s])/gu, '')
    .replaceAll(/(?:\\n|\s)+/gu, ' ')
