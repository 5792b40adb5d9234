// The long scan: every account × every page it may see × with data, empty and with errors × three widths × two themes. What was
// looked at is written to a file line by line, so that a scan that was interrupted goes on where it stopped.
import { appendFileSync, existsSync, readFileSync } from 'node:fs';
import { heightOf, judge, look, open } from './check.mjs';
import { discover } from './routes.mjs';

// Two passes, each of which opens a page once and then turns the screen: a scan that ends early has seen every page on a phone before it
// looks at one for the second time. Width and theme act through style alone, so the page need not be opened anew for each.
const PASSES = [
  [[360, 'light'], [360, 'dark']],
  [[1280, 'dark'], [1280, 'light'], [768, 'light'], [768, 'dark']],
].map((views) => views.map(([width, scheme]) => ({ width, scheme })));
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
  for (const wanted of PASSES) {
    for (const { visitor, mine, kinds } of everybody) {
      const todo = mine.flatMap((one) => kinds.map((kind) => ({ ...one, kind })))
        .filter(({ route }) => share(`${visitor.name} ${route.alamat}`, shard[1]) === shard[0] - 1);
      let seen;
      for (const { route, addresses, kind } of todo) {
        const keyOf = (view) => [visitor.name, route.alamat, kind, view.width, view.scheme].join(' ');
        const ahead = wanted.filter((view) => !done.has(keyOf(view)));
        if (ahead.length > 0 && Date.now() > until) { left += ahead.length; continue; }
        let fresh = new Map();
        if (ahead.length > 0) {
          let broken;
          // What the browser itself could not do (a page of a busy machine came too late) is tried once more on a fresh page, and is not
          // noted as looked at.
          for (let attempt = 0; attempt < 2; attempt += 1) {
            seen ??= await look(browser, visitor, wanted[0]);
            try {
              fresh = await one(seen, program.base, addresses[0], kind, ahead, keyOf);
              broken = undefined;
              break;
            } catch (cause) {
              broken = cause.message.split('\n')[0];
              await seen.context.close().catch(() => {});
              seen = undefined;
            }
          }
          if (broken) fresh = new Map([[keyOf(ahead[0]), [broken]]]);
          // What a page has not (nothing to search, no form) is noted as well, or it would be looked for again each time.
          else appendFileSync(state, [...fresh].map(([key, found]) => `${JSON.stringify({ key, found })}\n`).join(''));
        }
        for (const view of wanted) {
          const key = keyOf(view);
          const found = done.get(key) ?? fresh.get(key) ?? null;
          if (found === null) continue;
          pages.add(route.alamat);
          views += 1;
          for (const wrong of found) {
            failures.push(`${key} (${addresses[0]}): ${wrong}`);
            if (!done.has(key)) console.log(`  ${key}: ${wrong}`);
          }
        }
      }
      await seen?.context.close();
    }
    console.log(`  ${wanted.map(({ width, scheme }) => `${width} px ${scheme}`).join(', ')}: ${views} views so far`);
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

// The views of one page in one state, each with what is wrong in it; null when the page has no such state.
async function one(seen, base, address, kind, views, keyOf) {
  const url = new URL(address, base);
  await turn(seen.page, views[0]);
  const first = await arrive(seen, url, kind);
  const found = new Map();
  for (const [place, view] of views.entries()) {
    if (first === null) { found.set(keyOf(view), null); continue; }
    if (place === 0) { found.set(keyOf(view), first); continue; }
    seen.noticed.length = 0;
    await turn(seen.page, view);
    found.set(keyOf(view), [...(await judge(seen.page)), ...seen.noticed]);
  }
  return found;
}

async function turn(page, { width, scheme }) {
  await page.setViewportSize({ width, height: heightOf(width) });
  await page.emulateMedia({ colorScheme: scheme });
}

// Opens the page in this state and judges it.
async function arrive(seen, url, kind) {
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
