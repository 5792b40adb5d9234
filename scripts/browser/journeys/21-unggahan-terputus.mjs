// A scan as large as a thick report, over a line that breaks: the upload goes on where it stopped, and the letter has the whole file.
import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { fill, firstAlert, logIn, openSuratForm, scan, submit, tataUsaha } from '../lib/steps.mjs';

export const name = 'a scan of 12 MB whose upload is interrupted goes on by itself and arrives whole';
export const within = 240_000;

const SIZE = 12 * 1024 * 1024;

export async function run({ page, context, base, accounts, shot }) {
  await logIn(page, base, tataUsaha(accounts));
  const form = await openSuratForm(page, base);
  const perihal = `Laporan tebal ${Math.random().toString(36).slice(2, 8)}`;
  await fill(form, { perihal });
  // Noise behind the end of a real document: nothing on the way can make it smaller.
  const small = scan(perihal);
  const whole = Buffer.concat([small, randomBytes(SIZE - small.length)]);
  await form.locator('input[type="file"]').first().setInputFiles({ name: 'laporan-tebal.pdf', mimeType: 'application/pdf', buffer: whole });

  let begun = 0;
  let pieces = 0;
  let broken = false;
  let asked = 0;
  page.on('response', (response) => {
    const { pathname } = new URL(response.url());
    if (response.request().method() !== 'POST' || response.status() !== 200) return;
    if (pathname === '/desk/unggahan') begun += 1;
    if (/^\/desk\/unggahan\/[0-9a-f-]+$/.test(pathname)) pieces += 1;
  });
  page.on('request', (request) => {
    if (/^\/desk\/unggahan\/[0-9a-f-]+$/.test(new URL(request.url()).pathname)) asked += 1;
    // In the middle of the fifth piece the line goes.
    if (!broken && asked === 5) {
      broken = true;
      context.setOffline(true);
    }
  });
  const button = form.locator('button.utama').first();
  const arrived = page.waitForURL((url) => !/\/baru$/.test(url.pathname), { timeout: 180_000 });
  await button.click({ noWaitAfter: true });
  await page.getByText('Sambungan terputus').first().waitFor({ timeout: 30_000 });
  const before = pieces;
  assert.ok(before >= 3 && before < 12, `the line broke after ${before} of 12 pieces`);
  await shot('terputus');
  await context.setOffline(false);
  await arrived.catch(async (cause) => { throw new Error(`${cause.message}: ${await firstAlert(page)}`); });
  assert.equal(begun, 1, 'the upload began anew instead of going on');
  // Twelve pieces, one question where to go on, and at most the piece that was cut twice.
  assert.ok(pieces - before <= 12 - before + 3, `${pieces} pieces were sent for 12`);

  const link = page.locator('main a[href*="lampiran"]').first();
  const answer = await page.request.get(new URL(await link.getAttribute('href'), page.url()).href);
  const got = await answer.body();
  assert.ok(got.equals(whole), `the letter has ${got.length} bytes, the scan had ${whole.length}`);
  await shot('utuh');

  // A page added later goes the same way.
  const more = page.locator('main form[action$="/pindaian"]');
  await more.locator('input[type="file"]').setInputFiles({ name: 'susulan.pdf', mimeType: 'application/pdf', buffer: small });
  await submit(page, more);
  assert.equal(begun, 2, 'the added scan did not go ahead of its form in pieces');
  assert.equal(await page.locator('main a[href*="lampiran"]').count(), 2, 'the added scan is missing');
}
