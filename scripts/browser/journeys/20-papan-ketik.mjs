// A registrar never touches the mouse: known sender, a letter in less than 30 seconds, and the form is ready for the next one.
import assert from 'node:assert/strict';
import { logIn, tataUsaha } from '../lib/steps.mjs';

export const name = 'a letter of a known sender is registered by keyboard alone within 30 seconds, and the next form is ready';

// Between two keys; five letters a second is what a practised typist does.
const PAUSE = 200;
const WITHIN_MS = 30_000;

export async function run({ page, base, accounts, shot }) {
  await logIn(page, base, tataUsaha(accounts));
  await page.goto(`${base}/eoffice/surat-masuk/baru`);
  const keys = page.keyboard;
  const press = async (key) => {
    await keys.press(key);
    await page.waitForTimeout(PAUSE);
  };
  const type = (text) => keys.type(text, { delay: PAUSE });
  const focused = () => page.evaluate(() => document.activeElement.name ?? '');
  // Tab until the focus stands on this field, as somebody would who sees where it is.
  const goTo = async (field) => {
    for (let tabs = 0; tabs < 30; tabs += 1) {
      if ((await focused()) === field) return;
      await press('Tab');
    }
    assert.fail(`the keyboard does not reach ${field}; it stands on ${await focused()}`);
  };
  const hal = `Undangan rapat ${Math.random().toString(36).slice(2, 7)}`;

  const began = Date.now();
  assert.match(await focused(), /^asal/, 'the first field does not have the focus');
  await type('pusat stat');
  await page.locator('[role="option"]').first().waitFor({ timeout: 5000 });
  await press('ArrowDown');
  await press('Enter');
  await press('Tab');
  await goTo('nomor_surat');
  await type('B-12/BPS');
  await press('Tab');
  await goTo('tanggal_surat');
  await type(await today(page));
  await goTo('hal');
  await type(hal);
  await goTo('lanjut');
  await Promise.all([page.waitForEvent('load'), keys.press('Enter')]);
  const took = Date.now() - began;

  assert.equal(new URL(page.url()).pathname, '/eoffice/surat-masuk/baru', 'the next form did not open');
  const main = await page.locator('body').innerText();
  assert.match(main, /nomor agenda|dicatat/i, `nothing says that the letter was registered: ${main.slice(0, 300)}`);
  assert.match(await focused(), /^asal/, 'the next form does not begin at its first field');
  await shot('berikutnya');
  assert.ok(took < WITHIN_MS, `registration by keyboard took ${took} ms`);

  await page.goto(`${base}/eoffice/surat-masuk`);
  const row = page.locator('main').locator('tr, li, article').filter({ hasText: hal }).first();
  await row.waitFor({ timeout: 5000 });
  assert.match(await row.innerText(), /Statistik/, 'the chosen sender is not on the letter');
}

// Today as a date field of this browser wants it typed.
async function today(page) {
  return page.evaluate(() => {
    const parts = new Intl.DateTimeFormat(navigator.language, { day: '2-digit', month: '2-digit', year: 'numeric' }).formatToParts(new Date());
    return parts.filter((part) => part.type !== 'literal').map((part) => part.value).join('');
  });
}
