import { BarChart, GraphChart, HeatmapChart, LineChart } from 'echarts/charts'
import { GridComponent, VisualMapComponent } from 'echarts/components'
import { type EChartsCoreOption, init, use } from 'echarts/core'
import { LabelLayout } from 'echarts/features'
import { SVGRenderer } from 'echarts/renderers'
import { harmlessTexts } from './harmless-texts.ts'

// The layout of labels is named too: echarts/core adds it by itself, but not where a bundler believes echarts' own word that
// this file does nothing but export.
use([BarChart, GraphChart, GridComponent, HeatmapChart, LabelLayout, LineChart, SVGRenderer, VisualMapComponent])

/** A picture to draw. */
export interface Chart {
  /** Pixels at 100 %; the picture shrinks with its column. */
  readonly width: number
  readonly height: number
  readonly option: EChartsCoreOption
  /** What the picture shows, in one phrase. */
  readonly caption: string
  /** Its figures in words: for those who do not see the picture, and beside it for those who do. */
  readonly label: string
}

/**
 * Draws a picture as inline SVG without style, script or link, so that it may stand under a policy that allows none.
 * Colours are the page's variables (`html/style.ts`), hence follow light, dark and paper. The text is markup, whole and safe.
 *
 * The library numbers its ids over the life of a process; they are numbered anew here, so that the same chart gives
 * the same bytes.
 *
 * @param id unique in the page; letters, digits and hyphens
 */
export function drawSvg({ width, height, option, caption, label }: Chart, id: string): string {
  const chart = init(null, null, { renderer: 'svg', ssr: true, width, height })
  try {
    chart.setOption(harmlessTexts({ animation: false, textStyle: { fontFamily: 'inherit' }, ...option }))
    const [, drawn = ''] = /^<svg [^>]*>(.*)<\/svg>\s*$/su.exec(chart.renderToSVGString({ useViewBox: true })) ?? []
    const head = `<svg viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img" aria-label="${attribute(`${caption}. ${label}`)}">`
    return `${head}${sealed(drawn, id)}</svg>`
  } finally {
    chart.dispose()
  }
}

const attribute = (text: string): string => text.replace(/[&<>"]/gu, (char) => `&#${char.charCodeAt(0)};`)

/**
 * Takes out what the policy forbids or nobody needs: hover styles, style attributes (they become presentation
 * attributes, SVG 2, section 6.7), marks for scripts. Texts in the drawing are escaped by the library, quotes too,
 * so a pattern with quotes only ever meets attributes.
 */
function sealed(drawn: string, id: string): string {
  return drawn
    .replace(/<style\b[^>]*>.*?<\/style>/gsu, '')
    .replace(/ (?:ecmeta_\w+|class|pointer-events)="[^"]*"/gu, '')
    .replace(/ style="(?<rules>[^"]*)"/gu, (_, rules: string) => asAttributes(rules))
    .replace(/\bzr\d+-(?=\w)/gu, `${id}-`)
    .replace(/>\s+</gu, '><')
    .trim()
}

/** Only what a text needs; the font comes from the page. */
function asAttributes(rules: string): string {
  const kept = /(?:^|;)\s*(?<name>font-size|font-weight):\s*(?<value>[\w.]+)/gu
  return [...rules.matchAll(kept)].map(({ groups }) => ` ${groups!.name}="${groups!.value}"`).join('')
}

/** What all charts share: quiet axes, nothing that moves. */
export const axisStyle = {
  axisLine: { lineStyle: { color: 'var(--line)' } },
  axisTick: { show: false },
  axisLabel: { color: 'var(--soft)', fontSize: 11 },
  splitLine: { lineStyle: { color: 'var(--line)' } },
} as const

export const still = { silent: true, emphasis: { disabled: true } } as const
