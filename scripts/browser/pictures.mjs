#!/usr/bin/env node
// Takes pictures of pages; see scripts/pictures.
//
//   node scripts/browser/pictures.mjs --binary target/debug/praja --to DIR [--only WORD]     every GET page and every task of the guides
//   node scripts/browser/pictures.mjs --binary target/debug/praja --panduan [--only WORD]    what docs/panduan shows
import { mkdirSync, statSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { chromium } from 'playwright-core';
import { look } from './lib/check.mjs';
import { eachPage, pictureOf } from './lib/each.mjs';
import { smaller } from './lib/png.mjs';
import { prepare } from './lib/prepare.mjs';
import { Visitor, discover, routeTable } from './lib/routes.mjs';
import { start } from './lib/server.mjs';
import { TASKS } from './lib/tasks.mjs';

const LARGEST = 60 * 1024;
const { values: options } = parseArgs({
  options: {
    binary: { type: 'string' },
    chromium: { type: 'string', default: '/usr/bin/chromium' },
    to: { type: 'string' },
    panduan: { type: 'boolean', default: false },
    only: { type: 'string' },
  },
});
if (!options.binary || !(options.to || options.panduan)) {
  console.error('pictures.mjs: --binary and one of --to and --panduan are needed');
  process.exit(2);
}
const folder = options.panduan ? fileURLToPath(new URL('../../docs/gambar/panduan', import.meta.url)) : options.to;
mkdirSync(folder, { recursive: true });
const log = (line) => console.log(`  ${line}`);
let taken = 0;
const failures = [];

const routes = routeTable(options.binary);
const program = await start({ binary: options.binary });
const browser = await chromium.launch({
  executablePath: options.chromium,
  args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'],
});
try {
  // Tasks first: they find the demo as a reader finds it.
  for (const task of TASKS.filter((one) => !options.panduan || !options.only || one.name.includes(options.only))) {
    for (const width of options.panduan ? [task.width] : [360, 1280]) await picture(task, width);
  }
  if (!options.panduan) {
    const { extra, guests } = await prepare({ browser, program, binary: options.binary, routes, log });
    const { reached } = await discover({ base: program.base, routes, accounts: program.accounts, extra, guests, log });
    const views = [{ width: 360, scheme: 'light' }, { width: 1280, scheme: 'light' }];
    await eachPage({ browser, reached, views, only: options.only }, async ({ seen, route, address, view }) => {
      try {
        await seen.page.goto(program.base + address, { waitUntil: 'load' });
        await seen.page.screenshot({ path: pictureOf(folder, route, view.width), fullPage: true });
        taken += 1;
      } catch (cause) {
        failures.push(`${route.alamat} at ${view.width} px: ${cause.message.split('\n')[0]}`);
      }
    });
  }
} finally {
  await browser.close();
  await program.stop();
}
for (const failure of failures) console.log(`FAILED ${failure}`);
console.log(`pictures: ${taken} taken, ${failures.length} failed`);
process.exit(failures.length > 0 ? 1 : 0);

// One task of a guide, done up to the moment that is shown.
async function picture(task, width) {
  const visitor = new Visitor(program.base, task.as && program.accounts.find((one) => one.akun === task.as));
  let seen;
  try {
    await visitor.logIn();
    seen = await look(browser, visitor, { width, scheme: 'light' });
    await task.act({ page: seen.page, base: program.base, visitor });
    if (/^(Halaman tidak ditemukan|Tindakan ini belum dapat)/m.test(await seen.page.locator('main').innerText())) throw new Error(`${seen.page.url()} shows nothing`);
    await seen.page.evaluate(() => document.activeElement?.blur());
    const path = options.panduan ? `${folder}/${task.name}.png` : `${folder}/tugas-${task.name}-${width}.png`;
    const room = seen.page.viewportSize();
    const whole = !options.panduan;
    await seen.page.screenshot(whole ? { path, fullPage: true } : { path, clip: { x: 0, y: 0, width: room.width, height: task.height ?? room.height } });
    if (options.panduan) {
      smaller(path);
      if (statSync(path).size > LARGEST) throw new Error(`${statSync(path).size} bytes are too many for a guide`);
    }
    taken += 1;
  } catch (cause) {
    failures.push(`${task.name} at ${width} px: ${cause.message.split('\n')[0]}`);
  } finally {
    await seen?.context.close();
  }
}
