#!/usr/bin/env node
// What a phone can do when the line is gone: over https, by host name, in a network namespace of its own, never on localhost.
//
//   node scripts/browser/terputus.mjs --binary target/debug/praja [--chromium PATH] [--pictures DIR] [--only WORDS]
//
// Needs root, iproute2 and libnss3-tools; without them it says so and skips. Last line: `journeys: N passed, N failed, N skipped`.
import assert from 'node:assert/strict';
import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { apart } from './lib/apart.mjs';
import { JOURNEYS as FIELD } from './lib/lapangan.mjs';
import { JOURNEYS as OFFICE } from './lib/luring.mjs';
import { serveWith } from './lib/server.mjs';

const { values: options } = parseArgs({
  options: {
    binary: { type: 'string' },
    chromium: { type: 'string', default: '/usr/bin/chromium' },
    pictures: { type: 'string' },
    only: { type: 'string' },
    help: { type: 'boolean', short: 'h' },
  },
});
if (options.help || !options.binary) {
  console.log(readFileSync(new URL(import.meta.url), 'utf8').match(/^\/\/.*$/gm).map((line) => line.slice(3)).join('\n'));
  process.exit(options.help ? 0 : 2);
}

const NAME = 'praja.contohkab.go.id';
const WITHIN_MS = 20_000;
const counts = { passed: 0, failed: 0, skipped: 0 };

const JOURNEYS = [
  ['a phone that was not taught is warned, and its page keeps nothing', async ({ phone, base, shot }) => {
    const context = await phone.browser();
    await assert.rejects((await context.newPage()).goto(`${base}/sertifikat/uji`), /ERR_CERT_AUTHORITY_INVALID/);
    const page = await context.newPage();
    // The lesson is on the plain line, where a phone that trusts nothing can read it.
    await page.goto(`${plainOf(base)}/sertifikat`);
    assert.match(await page.locator('main').innerText(), /Unduh sertifikat/);
    await shot(page, 'pelajaran');
    await page.goto(`${plainOf(base)}/sertifikat/uji`);
    await verdict(page, /Belum dipercaya/);
    await shot(page, 'belum');
  }],
  ['a phone that was taught keeps the trial page and opens it again when the line is cut', async ({ phone, base, trusts, shot }) => {
    const context = await phone.browser({ trusts });
    const page = await context.newPage();
    await page.goto(`${base}/sertifikat/uji`);
    await verdict(page, /Tersimpan/);
    await shot(page, 'tersimpan');
    phone.cut();
    try {
      await page.reload();
      await verdict(page, /Terbuka tanpa jaringan/);
      // It looks as it did: style sheet, script and drawing were kept with it.
      assert.equal(await page.evaluate(() => [...document.styleSheets].every((sheet) => sheet.cssRules.length > 0)), true);
      await shot(page, 'terputus');
      const another = await context.newPage();
      await another.goto(`${base}/sertifikat/uji`);
      await verdict(another, /Terbuka tanpa jaringan/);
      // Nothing else is promised: other pages say plainly that there is no line.
      await assert.rejects(another.goto(`${base}/masuk`, { timeout: WITHIN_MS }), /ERR_|Timeout/);
    } finally {
      phone.mend();
    }
    await page.goto(`${base}/sertifikat/uji`);
    await verdict(page, /Tersimpan/);
  }],
];

const phone = await apart({ name: NAME, chromium: options.chromium });
if (phone.lacks) {
  for (const [title] of [...JOURNEYS, ...OFFICE, ...FIELD]) {
    counts.skipped += 1;
    console.log(`skipped ${title}: ${phone.lacks}`);
  }
  end();
}
let program;
try {
  program = await serveWith({
    binary: options.binary,
    overlay: (port) => `alamat: ${phone.here}:${port}\nalamat_http: ${phone.here}:${port + 1}\nurl_publik: https://${NAME}:${port}\ntls: {mode: lokal}\n`,
    ready: (port) => `http://${phone.here}:${port + 1}`,
  });
  const port = Number(new URL(program.base).port) - 1;
  const base = `https://${NAME}:${port}`;
  const shot = async (page, what) => {
    if (!options.pictures) return;
    mkdirSync(options.pictures, { recursive: true });
    await page.screenshot({ path: join(options.pictures, `terputus-${what}.png`), fullPage: true });
  };
  for (const [title, run] of [...JOURNEYS, ...OFFICE, ...FIELD]) {
    if (options.only && !title.includes(options.only)) continue;
    try {
      await run({ phone, base, trusts: join(program.root, 'data/tls/otoritas.pem'), shot, accounts: program.accounts, chromium: options.chromium });
      counts.passed += 1;
      console.log(`passed ${title}`);
    } catch (cause) {
      counts.failed += 1;
      console.log(`FAILED ${title}\n${String(cause.stack ?? cause).replace(/^/gm, '    ')}`);
    }
  }
  await program.stop();
} catch (cause) {
  counts.failed += 1;
  console.log(`FAILED the program serves a phone apart\n${String(cause.stack ?? cause).replace(/^/gm, '    ')}`);
  program?.kill();
} finally {
  await phone.end();
}
end();

function plainOf(base) {
  const url = new URL(base);
  return `http://${url.hostname}:${Number(url.port) + 1}`;
}

async function verdict(page, words) {
  const place = page.locator('#uji[data-hasil]');
  await place.waitFor({ timeout: WITHIN_MS });
  assert.match(await place.innerText(), words);
}

function end() {
  console.log(`journeys: ${counts.passed} passed, ${counts.failed} failed, ${counts.skipped} skipped`);
  process.exit(counts.failed > 0 ? 1 : 0);
}
