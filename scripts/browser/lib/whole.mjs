// The long scan: every account × every page it may see × with data, empty and with errors × three widths × two themes. What was
// looked at is written to a file line by line, so that a scan that was interrupted goes on where it stopped.
import { appendFileSync, existsSync, readFileSync } from 'node:fs';
import { look, open, judge } from './check.mjs';
import { discover } from './routes.mjs';

const WIDTHS = [360, 768, 1280];
const SCHEMES = ['light', 'dark'];
// Words that nothing in the demo data contains.
const NOTHING = 'zzqxjkvw';

export async function whole({ browser, program, routes, extra, state, failures, only }) {
  const done = new Map();
  if (existsSync(state)) {
    for (const line of readFileSync(state, 'utf8').split('\n').filter(Boolean)) {
      const { key, found } = JSON.parse(line);
      done.set(key, found);
    }
    console.log(`  ${done.size} views were looked at before`);
  }
  let views = 0;
  const pages = new Set();
  for (const account of [undefined, ...program.accounts]) {
    // What this account alone reaches, with its own addresses.
    const { reached } = await discover({ base: program.base, routes, accounts: account ? [account] : [], extra });
    const mine = [...reached.values()].filter((one) => one.isPage && one.visitor.name === (account?.akun ?? 'publik') && (!only || one.route.alamat.includes(only)));
    const visitor = mine[0]?.visitor;
    if (!visitor) continue;
    for (const width of WIDTHS) {
      for (const scheme of SCHEMES) {
        const seen = await look(browser, visitor, { width, scheme });
        for (const { route, addresses } of mine) {
          pages.add(route.alamat);
          for (const kind of ['data', 'empty', 'error']) {
            const key = [visitor.name, route.alamat, kind, width, scheme].join(' ');
            let found = done.get(key);
            if (found === undefined) {
              found = await view(seen, program.base, addresses[0], kind).catch((cause) => [cause.message.split('\n')[0]]);
              if (found === null) continue;
              appendFileSync(state, `${JSON.stringify({ key, found })}\n`);
            }
            views += 1;
            for (const one of found) failures.push(`${key} (${addresses[0]}): ${one}`);
          }
        }
        await seen.context.close();
      }
    }
    console.log(`  ${visitor.name}: ${mine.length} pages`);
  }
  return { pages: pages.size, views };
}

// One look; null when the page has no such state.
async function view(seen, base, address, kind) {
  const url = new URL(address, base);
  if (kind === 'data') return open(seen, url.href);
  if (kind === 'empty') {
    await seen.page.goto(url.href);
    const search = seen.page.locator('main form[method="get"] input[type="search"], main form[role="search"] input').first();
    if (!(await search.count())) return null;
    url.search = '';
    url.searchParams.set(await search.getAttribute('name'), NOTHING);
    return open(seen, url.href);
  }
  return sentEmpty(seen, url);
}

// The main form sent with nothing in it: the page that comes back must be as good as the first. Forms that take something away or act
// without any field are left alone.
async function sentEmpty(seen, url) {
  await seen.page.goto(url.href);
  const form = seen.page.locator('main form.borang[method="post"]:has(.isian [required]):not(:has(button.bahaya))').first();
  if (!(await form.count())) return null;
  await form.evaluate((node) => {
    for (const control of node.querySelectorAll('input, textarea, select')) {
      if (control.type === 'hidden') continue;
      if (control.type === 'checkbox' || control.type === 'radio') control.checked = false;
      else control.value = '';
    }
    node.removeAttribute('data-langkah');
  });
  seen.noticed.length = 0;
  const button = form.locator('.kirim button[type="submit"]').first();
  const [answer] = await Promise.all([
    seen.page.waitForResponse((one) => one.request().isNavigationRequest()),
    button.evaluate((node) => node.form.requestSubmit(node)),
  ]);
  await seen.page.waitForLoadState('load');
  const found = answer.status() >= 500 ? [`the empty form answers ${answer.status()}`] : [];
  return [...found, ...(await judge(seen.page)), ...seen.noticed];
}
