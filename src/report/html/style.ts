/**
 * The page's whole style. Colours are variables: one set for light (and paper), one for dark; the pictures use the same.
 * Contrast of texts is at least 4.5 : 1 and of marks at least 3 : 1 against the paper (WCAG 2.2, 1.4.3 and 1.4.11).
 */
export const STYLE = `
:root { color-scheme: light dark;
  --paper: #ffffff; --ink: #1b1f24; --soft: #59636e; --line: #d8dee4; --line-strong: #aab4be; --wash: #f5f7f9;
  --network: #0a5fb4; --others: #9a4b00; --value: #7a3e9d; --accent: #0a5fb4;
  --heat-0: #eef1f4; --heat-1: #c3dbf2; --heat-2: #8fbce6; --heat-3: #5397d4; --heat-4: #1f6fb8; --heat-5: #0b4580; }
@media (prefers-color-scheme: dark) { :root {
  --paper: #14181d; --ink: #e4e8ec; --soft: #9aa5b1; --line: #303841; --line-strong: #5c6873; --wash: #1c2229;
  --network: #63a9ee; --others: #e39a4c; --value: #c493e6; --accent: #7ab7f2;
  --heat-0: #20262d; --heat-1: #173a5c; --heat-2: #1c5688; --heat-3: #2a78b8; --heat-4: #5aa3de; --heat-5: #a9d3f8; } }
* { box-sizing: border-box; }
body { margin: 0 auto; padding: 1.5rem 1.25rem 4rem; max-width: 66rem; background: var(--paper); color: var(--ink);
  font: 15px/1.5 system-ui, sans-serif; overflow-wrap: anywhere; }
h1 { font-size: 1.6rem; line-height: 1.25; margin: 0 0 .25rem; }
h2 { font-size: 1.2rem; margin: 2.5rem 0 .5rem; }
h3, h4 { font-size: 1rem; margin: 1.5rem 0 .35rem; }
summary h3 { display: inline; margin: 0; }
p { margin: .35rem 0 .75rem; max-width: 48rem; }
a { color: var(--accent); }
a:focus-visible, summary:focus-visible, [tabindex]:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; }
.skip { position: absolute; left: -100rem; } .skip:focus { position: static; }
.soft, figcaption, caption { color: var(--soft); }
.lead { border-inline-start: 4px solid var(--accent); background: var(--wash); padding: .6rem .9rem; max-width: 48rem; }
.tiles { display: grid; grid-template-columns: repeat(auto-fit, minmax(9rem, 1fr)); gap: .75rem; margin: 1rem 0; }
.tiles div { background: var(--wash); border-radius: .4rem; padding: .6rem .8rem; }
.tiles dt { color: var(--soft); font-size: .85rem; } .tiles dd { margin: 0; font-size: 1.25rem; font-variant-numeric: tabular-nums; }
.wide { overflow-x: auto; margin: .25rem 0 1rem; }
table { border-collapse: collapse; width: 100%; font-variant-numeric: tabular-nums; font-size: .9rem; }
caption { text-align: start; padding: .25rem 0; }
th, td { text-align: start; vertical-align: top; padding: .3rem .75rem .3rem 0; border-bottom: 1px solid var(--line); overflow-wrap: anywhere; }
th { font-weight: 600; } th.number, td.number { text-align: end; white-space: nowrap; }
td.plain, th.plain { white-space: nowrap; }
th code { font-weight: 400; }
code { font: .92em ui-monospace, monospace; }
meter { width: 6rem; height: .8rem; vertical-align: middle; }
.mark { display: inline-block; border: 1px solid currentColor; border-radius: .25rem; padding: 0 .4rem; font-size: .85rem; white-space: nowrap; }
.critical, .high { font-weight: 700; } .critical { background: var(--ink); color: var(--paper); } .low { color: var(--soft); border-style: dashed; }
details.network { border: 1px solid var(--line); border-radius: .5rem; margin: .75rem 0; }
details.network > summary { padding: .7rem 1rem; cursor: pointer; } details.network > div { padding: 0 1rem 1rem; }
details.more > summary { cursor: pointer; color: var(--accent); }
dl.facts { display: grid; grid-template-columns: max-content 1fr; gap: .3rem 1.25rem; margin: .75rem 0; max-width: 56rem; }
dl.facts dt { color: var(--soft); } dl.facts dd { margin: 0; }
figure { margin: .5rem 0 1.25rem; } figure svg { max-width: 100%; height: auto; display: block; }
figcaption { font-size: .9rem; margin-bottom: .3rem; }
.pair { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(20rem, 100%), 1fr)); gap: 0 2rem; }
@media (max-width: 40rem) { dl.facts { grid-template-columns: 1fr; gap: 0; } dl.facts dd { margin-bottom: .5rem; } }
@media print {
  :root { color-scheme: light; --paper: #fff; --ink: #000; --soft: #444; --line: #ccc; --line-strong: #888; --wash: #fff; --network: #0a5fb4; --others: #9a4b00;
    --value: #7a3e9d; --accent: #000; --heat-0: #eef1f4; --heat-1: #c3dbf2; --heat-2: #8fbce6; --heat-3: #5397d4; --heat-4: #1f6fb8; --heat-5: #0b4580; }
  body { max-width: none; padding: 0; font-size: 10pt; }
  details.network::details-content { display: block; content-visibility: visible; block-size: auto; }
  details.network { border: 0; border-top: 2px solid; border-radius: 0; }
  figure, tr, .lead { break-inside: avoid; } h2, h3, h4 { break-after: avoid; } svg, meter { print-color-adjust: exact; }
  .skip { display: none; } .wide { overflow: visible; }
}
`
