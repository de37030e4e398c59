import { existsSync } from 'node:fs'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core'

/** Where Chromium is: `CHROMIUM`, or where distributions put it; `null` where there is none. */
export const CHROMIUM: string | null =
  [process.env.CHROMIUM ?? '', '/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find(
    (path) => path !== '' && existsSync(path),
  ) ?? null

/** Quiet: what the browser itself asks of the network would look like the page asking. */
const ARGUMENTS = [
  ...['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-sync'],
  ...['--disable-background-networking', '--disable-component-update'],
]

export const launch = (): Promise<Browser> => chromium.launch({ executablePath: CHROMIUM!, args: ARGUMENTS })

/** A page opened from disk, and all that it tried. */
export interface Opened {
  readonly page: Page
  readonly file: string
  /** Addresses asked for, the file's own left out. */
  readonly requests: string[]
  /** Of these, what the page's policy stopped before it left. */
  readonly blocked: string[]
  /** Console lines, uncaught errors and dialogs. */
  readonly complaints: string[]
  close(): Promise<void>
}

/** Writes the text to a file of its own and opens it as a reader would, by its path. */
export async function openFromDisk(
  browser: Browser,
  text: string,
  options: BrowserContextOptions = {},
): Promise<Opened> {
  const folder = await mkdtemp(join(tmpdir(), 'distill-scan-browser-'))
  const file = join(folder, 'report.html')
  await writeFile(file, text)
  const context = await browser.newContext(options)
  const page = await context.newPage()
  const requests: string[] = []
  const blocked: string[] = []
  const complaints: string[] = []
  const own = pathToFileURL(file).href
  page.on('request', (request) => {
    if (request.url().split('#')[0] !== own) requests.push(request.url())
  })
  page.on('requestfailed', (request) => {
    if (request.failure()?.errorText === 'csp') blocked.push(request.url())
  })
  page.on('console', (message) => complaints.push(`${message.type()}: ${message.text()}`))
  page.on('pageerror', (error) => complaints.push(String(error)))
  page.on('dialog', (dialog) => {
    complaints.push(`dialog: ${dialog.message()}`)
    void dialog.dismiss()
  })
  await page.goto(own)
  const close = async (): Promise<void> => {
    await context.close()
    await rm(folder, { recursive: true, force: true })
  }
  return { page, file, requests, blocked, complaints, close }
}
