// What must hold for every page in a browser, whoever looks at it and however wide the screen is.
import { setTimeout as sleep } from 'node:timers/promises';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

export const AXE_TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
const axeSource = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const LOOPBACK = /^https?:\/\/(127\.0\.0\.1|localhost|\[::1\])(:\d+)?(\/|$)/;

// How high a screen of this width is.
export const heightOf = (width) => (width < 600 ? 740 : 900);

// A context of one visitor at one width and theme; the session comes from the visitor's cookies.
export async function look(browser, visitor, { width, scheme, javaScript = true }) {
  const context = await browser.newContext({
    locale: 'id-ID', timezoneId: 'Asia/Jakarta', viewport: { width, height: heightOf(width) }, colorScheme: scheme,
    reducedMotion: 'reduce', hasTouch: width < 600, isMobile: width < 600, javaScriptEnabled: javaScript,
  });
  const { hostname } = new URL(visitor.base);
  await context.addCookies([...visitor.jar].map(([name, value]) => ({ name, value, domain: hostname, path: '/' })));
  const page = await context.newPage();
  page.setDefaultTimeout(15_000);
  const noticed = [];
  await context.route((url) => /^(https?|wss?):/.test(url.href) && !LOOPBACK.test(url.href.replace(/^ws/, 'http')), (route) => {
    noticed.push(`outside request: ${route.request().url()}`);
    return route.abort();
  });
  page.on('pageerror', (error) => noticed.push(`script: ${error}`));
  page.on('console', (message) => {
    if (message.type() === 'error' && !/Failed to load resource/.test(message.text())) noticed.push(`console: ${message.text()}`);
  });
  page.on('response', (response) => {
    if (response.status() >= 400 && response.request().resourceType() !== 'document') noticed.push(`${response.status()} ${response.url()}`);
  });
  return { context, page, noticed };
}

// Opens an address and lists what is wrong with the page; `status` is what it must answer.
export async function open({ page, noticed }, url, status = 200) {
  noticed.length = 0;
  let answer = await page.goto(url, { waitUntil: 'load' });
  if (answer.status() === 429 && status === 200) {
    // Public pages are shown to one address only so often in a minute; who looks at all of them has to wait.
    await sleep(61_000);
    noticed.length = 0;
    answer = await page.goto(url, { waitUntil: 'load' });
  }
  const found = [];
  if (answer.status() !== status) found.push(`answers ${answer.status()}, expected ${status}`);
  return [...found, ...(await judge(page)), ...noticed];
}

// Lists what is wrong with the page that is open.
export async function judge(page) {
  const found = [];
  // A form that came back stands where its first problem is; what then lies half under the bar at the foot of the screen is no small target.
  await page.evaluate(() => globalThis.scrollTo(0, 0));
  if (!(await page.evaluate(() => 'axe' in globalThis))) await page.evaluate(axeSource);
  const { violations } = await page.evaluate(
    (tags) => globalThis.axe.run(document, { runOnly: { type: 'tag', values: tags }, resultTypes: ['violations'] }), AXE_TAGS);
  for (const one of violations) {
    found.push(`${one.id} (${one.impact}): ${one.help}: ${one.nodes.slice(0, 3).map((node) => node.target.join(' ')).join(' | ')}`);
  }
  const wide = await page.evaluate(() => {
    const room = document.documentElement.clientWidth;
    const over = document.documentElement.scrollWidth - room;
    if (over <= 0) return null;
    const worst = [...document.querySelectorAll('main *')].find((node) => node.getBoundingClientRect().right > room + 1);
    return `${over} px wider than the screen (${worst ? `${worst.tagName.toLowerCase()}.${worst.className}` : 'unknown'})`;
  });
  if (wide) found.push(wide);
  const words = await page.evaluate(() => document.querySelector('main')?.innerText ?? '');
  if (!words.trim()) found.push('the main part is empty');
  if (/\b(null|undefined|NaN)\b/.test(words)) found.push(`a word of ours stands on the page: ${/\b(null|undefined|NaN)\b/.exec(words)[0]}`);
  return found;
}
