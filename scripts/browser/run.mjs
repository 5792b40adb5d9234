#!/usr/bin/env node
// Runs every journey of scripts/browser/journeys through the pages of a real program in a real browser.
//
//   node scripts/browser/run.mjs --binary target/debug/praja [--chromium PATH] [--database URL] [--pictures DIR] [--only WORD]
//   node scripts/browser/run.mjs --base http://127.0.0.1:8080 --accounts praja-box/akun-demo.csv …     a program that already runs
//
// With --binary it starts `praja try` in a temporary folder, and at the end stops it with Ctrl-C and expects a clean exit,
// which counts as one check. With --database, journeys whose `engines` name postgres run there as well.
// Only loopback is let through: a page that asks for anything outside fails its journey.
// A journey exports `name`, `run({page, context, another, base, accounts, cards, shot, axe})` and, if it likes, `engines`, `javaScript`
// and `within` (milliseconds). `another()` gives a page in a browser of its own, watched like the first; `cards` are the accounts on
// the cards of a training.
// Last line: `journeys: N passed, N failed, N skipped`.
import { existsSync, mkdirSync, readFileSync, readdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { parseArgs } from 'node:util';
import { chromium } from 'playwright-core';
import { CARDS, readAccounts, start } from './lib/server.mjs';

const LOOPBACK = /^https?:\/\/(127\.0\.0\.1|localhost|\[::1\])(:\d+)?(\/|$)/;
const AXE_TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
const JOURNEY_WITHIN_MS = 120_000;

const { values: options } = parseArgs({
  options: {
    binary: { type: 'string' },
    chromium: { type: 'string', default: '/usr/bin/chromium' },
    database: { type: 'string' },
    pictures: { type: 'string' },
    only: { type: 'string' },
    base: { type: 'string' },
    accounts: { type: 'string' },
    help: { type: 'boolean', short: 'h' },
  },
});
if (options.help || !(options.binary || (options.base && options.accounts))) {
  console.log(readFileSync(new URL(import.meta.url), 'utf8').match(/^\/\/.*$/gm).map((line) => line.slice(3)).join('\n'));
  process.exit(options.help ? 0 : 2);
}
const axeSource = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const counts = { passed: 0, failed: 0, skipped: 0 };

const journeys = [];
const folder = new URL('./journeys/', import.meta.url);
for (const file of readdirSync(folder).filter((one) => one.endsWith('.mjs')).sort()) {
  const journey = await import(new URL(file, folder));
  if (!options.only || `${file} ${journey.name}`.includes(options.only)) journeys.push({ file: file.replace(/\.mjs$/, ''), engines: ['sqlite'], ...journey });
}
if (journeys.length === 0) failed('journeys', `none matches ${options.only}`);

const browser = await chromium.launch({
  executablePath: options.chromium,
  args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'],
});
try {
  await runOn('sqlite', undefined);
  if (options.database) await runOn('postgres', options.database);
} finally {
  await browser.close();
}
console.log(`journeys: ${counts.passed} passed, ${counts.failed} failed, ${counts.skipped} skipped`);
process.exit(counts.failed > 0 ? 1 : 0);

// Starts the program on one engine, runs the journeys meant for it, stops the program.
async function runOn(engine, database) {
  const mine = journeys.filter((journey) => journey.engines.includes(engine));
  if (mine.length === 0) return;
  let program;
  try {
    program = options.base
      ? { base: options.base.replace(/\/$/, ''), accounts: readAccounts(options.accounts), cards: cardsBeside(options.accounts), stop: async () => {}, kill: () => {} }
      : await start({ binary: options.binary, database });
    if (!LOOPBACK.test(program.base)) throw new Error(`${program.base} is not this machine`);
  } catch (cause) {
    failed(`${engine}: the program starts and is ready`, cause);
    return;
  }
  const abort = () => { program.kill(); process.exit(130); };
  process.once('SIGINT', abort).once('SIGTERM', abort);
  for (const journey of mine) {
    const title = `${engine}: ${journey.name}`;
    try {
      await travel(journey, engine, program);
      passed(title);
    } catch (cause) {
      failed(title, cause);
    }
  }
  if (!options.base) {
    const title = `${engine}: Ctrl-C ends the program cleanly`;
    await program.stop().then(() => passed(title), (cause) => failed(title, cause));
  }
  process.removeListener('SIGINT', abort).removeListener('SIGTERM', abort);
}

function cardsBeside(accounts) {
  const file = join(dirname(accounts), CARDS);
  return existsSync(file) ? readAccounts(file) : [];
}

// One journey in a browser of its own, watched for what a person would not see.
async function travel(journey, engine, { base, accounts, cards }) {
  const contexts = [];
  const noticed = [];
  const another = async () => {
    const context = await browser.newContext({
      locale: 'id-ID', timezoneId: 'Asia/Jakarta', viewport: { width: 1280, height: 900 }, javaScriptEnabled: journey.javaScript !== false,
    });
    contexts.push(context);
    context.setDefaultTimeout(10_000);
    await context.route((url) => /^(https?|wss?):/.test(url.href) && !LOOPBACK.test(url.href.replace(/^ws/, 'http')), (route) => {
      noticed.push(`outside request: ${route.request().url()}`);
      return route.abort();
    });
    const page = await context.newPage();
    page.on('pageerror', (error) => noticed.push(`script: ${error}`));
    // A refused form answers 4xx, which Chromium logs as an error; what a page loads besides is judged below.
    page.on('console', (message) => {
      if (message.type() === 'error' && !/Failed to load resource/.test(message.text())) noticed.push(`console: ${message.text()}`);
    });
    page.on('response', (response) => {
      const isPage = response.request().resourceType() === 'document';
      if (response.status() >= (isPage ? 500 : 400)) noticed.push(`${response.status()} ${response.url()}`);
    });
    return page;
  };
  const page = await another();
  const context = page.context();

  const shot = async (what) => {
    if (!options.pictures) return;
    mkdirSync(options.pictures, { recursive: true });
    await page.screenshot({ path: `${options.pictures}/${engine}-${journey.file}-${what}.png`, fullPage: true });
  };
  const axe = async () => {
    await page.evaluate(axeSource);
    const { violations } = await page.evaluate((tags) => globalThis.axe.run(document, { runOnly: { type: 'tag', values: tags }, resultTypes: ['violations'] }), AXE_TAGS);
    return violations.map((one) => `${one.id} (${one.impact}): ${one.help}: ${one.nodes.slice(0, 3).map((node) => node.target.join(' ')).join(' | ')}`);
  };

  const within = journey.within ?? JOURNEY_WITHIN_MS;
  let timer;
  const late = new Promise((_, reject) => {
    timer = setTimeout(() => reject(new Error(`not finished after ${within / 1000} s`)), within);
  });
  try {
    await Promise.race([journey.run({ page, context, another, base, accounts, cards, shot, axe }), late]);
    if (noticed.length > 0) throw new Error(`the browser noticed:\n${noticed.slice(0, 20).join('\n')}`);
  } catch (cause) {
    await shot('failed').catch(() => {});
    cause.message = `${cause.message}\nat ${page.url()}`;
    throw cause;
  } finally {
    clearTimeout(timer);
    await Promise.all(contexts.map((one) => one.close()));
  }
}

function passed(title) {
  counts.passed += 1;
  console.log(`passed ${title}`);
}

function failed(title, cause) {
  counts.failed += 1;
  console.log(`FAILED ${title}`);
  const text = cause instanceof Error ? `${cause.message}\n${(cause.stack ?? '').split('\n').filter((line) => /journeys|steps\.mjs/.test(line)).slice(0, 3).join('\n')}` : String(cause);
  console.log(text.split('\n').filter(Boolean).slice(0, 60).map((line) => `    ${line}`).join('\n'));
}
