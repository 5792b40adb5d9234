// The long scan: every account × every page it may see × with data, empty and with errors × three widths × two themes. What was
// looked at is written to a file line by line, so that a scan that was interrupted goes on where it stopped.
import { appendFileSync, existsSync, readFileSync } from 'node:fs';
import { look, open, judge } from './check.mjs';
import { discover } from './routes.mjs';

// In this order, so that a scan that ends early has seen every page once before it looks at one for the second time.
const VIEWS = [[360, 'light'], [1280, 'dark'], [768, 'light'], [1280, 'light'], [360, 'dark'], [768, 'dark']]
  .map(([width, scheme]) => ({ width, scheme }));
const KINDS = ['data', 'empty', 'error'];
// Words that nothing in the demo data contains.
const NOTHING = 'zzqxjkvw';

export async function whole({ browser, program, routes, extra, guests, state, failures, only, shard = [1, 1], minutes = Infinity }) {
  const done = new Map();
  if (existsSync(state)) {
    for (const line of readFileSync(state, 'utf8').split('\n').filter(Boolean)) {
      const { key, found } = JSON.parse(line);
      done.set(key, found);
    }
    console.log(`  ${done.size} views were looked at before`);
  }
  const everybody = await visitors({ program, routes, extra, guests, only });
  const until = Date.now() + minutes * 60_000;
  const pages = new Set();
  let views = 0;
  let left = 0;
  for (const view of VIEWS) {
    for (const { visitor, mine, kinds } of everybody) {
      const todo = mine.flatMap((one) => kinds.map((kind) => ({ ...one, kind, key: [visitor.name, one.route.alamat, kind, view.width, view.scheme].join(' ') })))
        .filter(({ route }) => share(`${visitor.name} ${route.alamat}`, shard[1]) === shard[0] - 1);
      let seen;
      for (const { route, addresses, kind, key } of todo) {
        let found = done.get(key);
        if (found === undefined && Date.now() > until) { left += 1; continue; }
        if (found === undefined) {
          let broken;
          // What the browser itself could not do (a page of a busy machine came too late) is tried once more on a fresh page, and is not
          // noted as looked at.
          for (let attempt = 0; attempt < 2 && found === undefined; attempt += 1) {
            seen ??= await look(browser, visitor, view);
            try {
              found = await one(seen, program.base, addresses[0], kind);
            } catch (cause) {
              broken = cause.message.split('\n')[0];
              await seen.context.close().catch(() => {});
              seen = undefined;
            }
          }
          // What a page has not (nothing to search, no form) is noted as well, or it would be looked for again each time.
          if (found === undefined) found = [broken];
          else appendFileSync(state, `${JSON.stringify({ key, found })}\n`);
        }
        if (found === null) continue;
        pages.add(route.alamat);
        views += 1;
        for (const wrong of found) {
          failures.push(`${key} (${addresses[0]}): ${wrong}`);
          if (!done.has(key)) console.log(`  ${key}: ${wrong}`);
        }
      }
      await seen?.context.close();
    }
    console.log(`  ${view.width} px, ${view.scheme}: ${views} views so far`);
  }
  if (left > 0) console.log(`  time is up: about ${left} views are left for the next run with the same --state`);
  return { pages: pages.size, views };
}

// Everybody with the pages that they alone reach: strangers, each account, and people in the middle of something, whose forms are left
// alone because sending one would end what they are in the middle of.
async function visitors({ program, routes, extra, guests, only }) {
  const wanted = (one) => one.isPage && (!only || one.route.alamat.includes(only));
  const all = [];
  for (const guest of guests) {
    const { reached } = await discover({ base: program.base, routes, accounts: [], guests: [guest] });
    const mine = [...reached.values()].filter((one) => wanted(one) && one.visitor === guest.visitor);
    if (mine.length) all.push({ visitor: guest.visitor, mine, kinds: ['data'] });
  }
  for (const account of [undefined, ...program.accounts]) {
    const { reached } = await discover({ base: program.base, routes, accounts: account ? [account] : [], extra });
    const mine = [...reached.values()].filter((one) => wanted(one) && one.visitor.name === (account?.akun ?? 'publik'));
    if (mine.length) all.push({ visitor: mine[0].visitor, mine, kinds: KINDS });
  }
  for (const { visitor, mine } of all) console.log(`  ${visitor.name}: ${mine.length} pages`);
  return all;
}

// The part of the work that a text falls into, the same in every run.
function share(text, parts) {
  let sum = 0;
  for (const letter of text) sum = (sum * 31 + letter.codePointAt(0)) >>> 0;
  return sum % parts;
}

// One look; null when the page has no such state.
async function one(seen, base, address, kind) {
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
  // The load that is waited for is that of the answer: on a busy machine the page before is still there when the answer's head has come.
  const [answer] = await Promise.all([
    seen.page.waitForNavigation({ waitUntil: 'load' }),
    button.evaluate((node) => node.form.requestSubmit(node)).catch(() => {}),
  ]);
  const found = (answer?.status() ?? 0) >= 500 ? [`the empty form answers ${answer.status()}`] : [];
  return [...found, ...(await judge(seen.page)), ...seen.noticed];
}
