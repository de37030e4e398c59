import { createHash } from 'node:crypto'
import type { ScanResult } from '../model.ts'
import { html, Markup } from './html/markup.ts'
import { networkSection } from './html/network.ts'
import { overview } from './html/overview.ts'
import { reading } from './html/reading.ts'
import { STYLE } from './html/style.ts'
import type { Renderer } from './renderer.ts'
import { plural } from './table/words.ts'

/**
 * Nothing is fetched, run, sent or framed: no script source, no image source, and of styles the page's own alone, by
 * its hash (Content Security Policy Level 3, 2.3.1 and 6.1).
 */
const policyFor = (style: string): string =>
  `default-src 'none'; style-src 'sha256-${createHash('sha256').update(style).digest('base64')}'; base-uri 'none'; form-action 'none'`

/** Networks that are unfolded at first. */
const OPEN = 1

/** The report as one page that opens from disk, without network, script or any file beside it. */
export const renderHtml: Renderer = (result, style) => {
  const title = `${plural(result.networks.length, 'suspected network')} of accounts`
  const page = html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${new Markup(policyFor(STYLE))}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<meta name="robots" content="noindex">
<title>${title}</title>
<style>${new Markup(STYLE)}</style>
</head>
<body>
<a class="skip" href="#networks">To the networks</a>
<header><h1>${title}</h1>
<p class="soft">${result.tool.name} ${result.tool.version}, on ${plural(result.inputs.length, 'input')}</p>
<p class="lead">Leads for a person to check, not verdicts. Each network has the best innocent explanation and what would
confirm it: ask for that before anybody loses access. Score: bits of evidence left after that explanation.</p></header>
<main>
${overview(result, style)}${networkList(result)}${reading(result)}</main>
</body>
</html>
`
  return page.text
}

function networkList({ networks, background, signals }: ScanResult): Markup {
  const causesOf = new Map(signals.map(({ id, innocentCauses }) => [id, innocentCauses]))
  const sections = networks.map((network, i) => networkSection(network, { background, causesOf, isOpen: i < OPEN }))
  return html`<section aria-labelledby="networks"><h2 id="networks">Networks</h2>
${sections}</section>
`
}
