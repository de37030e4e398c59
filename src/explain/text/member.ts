import { labelled } from '../../report/table/layout.ts'
import type { Pen } from '../../report/table/pen.ts'
import { formatBits, formatCount, formatSpan, plural } from '../../report/table/words.ts'
import type { LinkExplanation, MemberExplanation, Neighbour } from '../explanation.ts'
import {
  caveatLines,
  clearingLines,
  groupLines,
  headLines,
  negativeLines,
  ownReviewLines,
  valueWords,
} from './common.ts'
import { fact, type Section, sentence } from './section.ts'
import { waterfallSection } from './waterfall.ts'

const BITS = 13

/** Why an account is in its network, section by section. */
export function memberSections(member: MemberExplanation, pen: Pen): Section[] {
  const { network, links, neighbours } = member
  return [
    { title: '', lines: openingLines(member, pen) },
    { title: 'What holds it there, the strongest first', lines: links.flatMap((link) => linkLines(link, pen)) },
    {
      title: `Nearest of the ${formatCount(network.accountCount - 1)} other members`,
      lines: [
        ...neighbours.nearest.flatMap((neighbour) => neighbourLines(neighbour, pen)),
        ...sentence(viaWords(member), pen),
      ],
    },
    waterfallSection(member.waterfall, pen),
    {
      title: 'What would clear it',
      lines: [...clearingLines(member.clearing, pen), ...removalLines(member, pen)],
    },
    { title: 'Tested without a finding, and not tested', lines: negativeLines(member.negative, pen) },
  ]
}

function openingLines(member: MemberExplanation, pen: Pen): string[] {
  const { network, cell, requests, outputTokens, firstSeen, lastSeen } = member
  const cells =
    cell.of === 1
      ? 'The network is one tight cell.'
      : `Cell ${cell.number} of ${cell.of} (0 is the largest), with ${plural(cell.accounts, 'account')}.`
  const volume = `${plural(requests, 'request')}, ${formatCount(outputTokens)} output tokens`
  return [
    ...headLines(network, pen),
    ...ownReviewLines(member.id, network.review, pen),
    ...fact('cell', cells, pen),
    ...fact('active', `${formatSpan(firstSeen, lastSeen)}; ${volume}`, pen),
    ...groupLines(member.groups, pen),
    ...caveatLines(member.caveats, pen),
  ]
}

function linkLines(link: LinkExplanation, pen: Pen): string[] {
  const inside = `${link.isAtLeast ? 'at least ' : ''}${plural(link.members, 'member')}`
  const outside =
    link.outside === null ? '' : link.outside === 0 ? ', nobody outside' : `, ${formatCount(link.outside)} outside`
  const isAlone = link.isAtLeast && link.members === 1
  const parts = [
    isAlone ? 'listed for no other member' : `held by ${inside}${outside}`,
    link.family === null ? 'of no signal in the evidence' : `${pen.text(link.family, 40)}${countWords(link)}`,
    ...(link.hub === null ? [] : [`a hub: ${pen.text(link.hub)}`]),
  ]
  return [
    ...fact(`${formatBits(link.bits)} bits`.padStart(BITS - 2), valueWords(link, pen), pen, BITS),
    ...fact('', parts.join('; '), pen, BITS),
  ]
}

const countWords = ({ isCounted }: LinkExplanation): string => (isCounted ? ', in the score' : ', not in the score')

function neighbourLines({ accountId, isSameCell, bits, shared }: Neighbour, pen: Pen): string[] {
  const best = shared.filter(({ isBest }) => isBest)
  const weaker = shared.length - best.length
  const values = [
    ...best.map((link) => `${valueWords(link, pen)} (${formatBits(link.bits)})`),
    ...(weaker > 0 ? [`and ${formatCount(weaker)} more of these families`] : []),
  ]
  return [
    ...fact(
      `${formatBits(bits)} bits`.padStart(BITS - 2),
      `${pen.text(accountId, 64)}${isSameCell ? '' : ', of another cell'}`,
      pen,
      BITS,
    ),
    ...fact('', values.join('; '), pen, BITS),
  ]
}

function viaWords({ neighbours, network, links }: MemberExplanation): string {
  const others = `${formatCount(neighbours.count)} of ${plural(network.accountCount - 1, 'other member')}`
  if (neighbours.via === 'value') {
    return `It shares a value listed above with ${others}. The bits are those of the best value of each family.`
  }
  if (neighbours.via === 'hub') {
    return `It shares a value listed above with ${others}, and every one of these values is a hub, held by very many: only hubs hold it there.`
  }
  const why = links.length === 0 ? 'No value is listed for it.' : 'No other member lists a value that is listed for it.'
  return `${why} It was taken in for its likeness to the network as a whole, not for a tie to one member.`
}

/** One line for each value that has to be explained before the account stands alone. */
function removalLines({ clearing, links }: MemberExplanation, pen: Pen): string[] {
  if (links.length === 0) return []
  const explained = 'If its values turn out to have innocent causes, one after the other, who still shares one with it:'
  const rows = clearing.without.flatMap(({ without, members, bits }, i) => {
    const left = members === 0 ? 'nobody' : `${plural(members, 'member')}, at most ${formatBits(bits)} bits`
    const name = `${i === 0 ? 'without' : 'and without'} ${valueWords(without, pen)}: ${left}`
    return labelled('', name, { indent: 4, column: 0, width: pen.width })
  })
  return [...sentence(explained, pen), ...rows]
}
