#!/usr/bin/env node
// Looks at every page of the route table in a real browser: accessibility (WCAG 2.2 AA), console, width, what it loads.
//
//   node scripts/browser/scan.mjs --binary target/debug/praja [--chromium PATH] [--pictures DIR] [--only WORD]
//       every GET once, with data, as the first account that may see it, at 360 px light and 1280 px dark
//   … --whole [--state FILE]
//       every GET as every account that may see it, with data, empty and with errors, at 360, 768 and 1280 px, light and dark.
//       Takes hours; what was looked at is noted in FILE (default ./praja-scan.jsonl) and not looked at again. --shard 2/4 does the
//       second of four parts; --minutes N ends after so long and says how much is left.
//
// A route that nobody reaches fails. Last line: `scan: N pages, N views, N failed`.
import { mkdirSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { chromium } from 'playwright-core';
import { open } from './lib/check.mjs';
import { eachPage, pictureOf } from './lib/each.mjs';
import { prepare } from './lib/prepare.mjs';
import { discover, routeTable } from './lib/routes.mjs';
import { readAccounts, start } from './lib/server.mjs';
import { whole } from './lib/whole.mjs';

const { values: options } = parseArgs({
  options: {
    binary: { type: 'string' },
    chromium: { type: 'string', default: '/usr/bin/chromium' },
    pictures: { type: 'string' },
    only: { type: 'string' },
    base: { type: 'string' },
    accounts: { type: 'string' },
    root: { type: 'string' },
    whole: { type: 'boolean', default: false },
    state: { type: 'string', default: 'praja-scan.jsonl' },
    shard: { type: 'string', default: '1/1' },
    minutes: { type: 'string' },
  },
});
if (!options.binary) {
  console.error('scan.mjs: --binary is missing');
  process.exit(2);
}
const shard = options.shard.split('/').map(Number);
if (!(shard.length === 2 && shard[0] >= 1 && shard[0] <= shard[1])) {
  console.error(`scan.mjs: --shard ${options.shard} is no part as 2/4`);
  process.exit(2);
}
const minutes = options.minutes ? Number(options.minutes) : Infinity;
const failures = [];
let views = 0;

const routes = routeTable(options.binary);
const program = options.base
  ? { base: options.base, root: options.root, accounts: readAccounts(options.accounts), stop: async () => {} }
  : await start({ binary: options.binary });
const browser = await chromium.launch({
  executablePath: options.chromium,
  args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'],
});
let pages = 0;
try {
  const log = (line) => console.log(`  ${line}`);
  const { extra, guests } = await prepare({ browser, program, binary: options.binary, routes, log });
  const { reached } = await discover({ base: program.base, routes, accounts: program.accounts, extra, guests, log });
  for (const route of routes) {
    if (!reached.has(route.alamat)) failures.push(`${route.alamat}: no account reaches it (needs ${route.akses}; ${route.kegunaan})`);
  }
  if (options.whole) ({ pages, views } = await whole({ browser, program, routes, extra, guests, state: options.state, failures, only: options.only, shard, minutes }));
  else await once(reached);
} finally {
  await browser.close();
  await program.stop();
}
for (const failure of failures) console.log(`FAILED ${failure}`);
console.log(`scan: ${pages} pages, ${views} views, ${failures.length} failed`);
process.exit(failures.length > 0 ? 1 : 0);

async function once(reached) {
  if (options.pictures) mkdirSync(options.pictures, { recursive: true });
  await eachPage({ browser, reached, only: options.only }, async ({ seen, route, address, visitor, view }) => {
    const found = await open(seen, program.base + address).catch((cause) => [cause.message.split('\n')[0]]);
    const there = new URL(seen.page.url()).pathname;
    if (there !== new URL(address, program.base).pathname) found.push(`leads to ${there}`);
    views += 1;
    // Said at once: who watches need not wait for the end.
    for (const one of found) console.log(`  ${route.alamat} at ${view.width} px: ${one}`);
    for (const one of found) failures.push(`${route.alamat} as ${visitor.name} at ${view.width} px ${view.scheme} (${address}): ${one}`);
    if (options.pictures) await seen.page.screenshot({ path: pictureOf(options.pictures, route, view.width), fullPage: true }).catch(() => {});
  });
  pages = [...reached.values()].filter((one) => one.isPage).length;
}
