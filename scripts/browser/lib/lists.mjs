// What an officer does with a list; the same steps with and without the script.
import assert from 'node:assert/strict';
import { account, logIn, registerSurat, tataUsaha } from './steps.mjs';

const go = (page, act) => Promise.all([page.waitForEvent('load'), act]);
const rows = (page) => page.locator('main tbody tr').count();

// Opens what folds, with or without the script.
async function unfold(page, words) {
  const summary = page.locator('main summary').filter({ hasText: words }).first();
  if (!(await summary.evaluate((node) => node.parentElement.open))) await summary.click();
}

export async function lists({ page, another, base, accounts, shot }, sender) {
  await logIn(page, base, tataUsaha(accounts));
  await registerSurat(page, base);
  await page.goto(`${base}/eoffice/surat-masuk`);
  const all = await rows(page);
  assert.ok(all > 3, `the list has ${all} letters`);

  await unfold(page, /^Saring/);
  await page.fill('main [name="pengirim"]', sender);
  await go(page, page.getByRole('button', { name: 'Terapkan saringan' }).click());
  assert.ok(await page.getByText(`Pengirim: ${sender}`).count(), 'the filter in use is not named');
  const narrowed = await rows(page);
  assert.ok(narrowed >= 1 && narrowed <= all, `${narrowed} of ${all}`);
  for (const text of await page.locator('main tbody tr').allInnerTexts()) assert.ok(text.toLowerCase().includes(sender), text);

  assert.equal(await page.locator('main thead th[aria-sort="descending"]').count(), 1, 'the list does not say how it is sorted by itself');
  await go(page, page.locator('main thead a').first().click());
  assert.equal(await page.locator('main thead th[aria-sort="ascending"]').count(), 1, 'the list does not say how it is sorted');
  assert.ok(await page.getByText(`Pengirim: ${sender}`).count(), 'sorting forgot the filter');

  await unfold(page, /^Kolom/);
  await page.locator('#kolom-sifat').uncheck();
  await page.locator('#kolom-tenggat').check();
  await go(page, page.getByRole('button', { name: 'Tampilkan kolom' }).click());
  const heads = (await page.locator('main thead').innerText()).toLowerCase();
  assert.ok(!/sifat/.test(heads) && /batas waktu/.test(heads), `the columns are ${heads}`);
  await shot('kolom');

  const view = `Surat ${sender} ${Math.random().toString(36).slice(2, 6)}`;
  await unfold(page, /Simpan tampilan ini/);
  await page.fill('main [name="nama"]', view);
  await go(page, page.getByRole('button', { name: 'Simpan tampilan' }).click());
  await page.goto(`${base}/eoffice/surat-masuk`);
  await go(page, page.getByRole('link', { name: view }).click());
  assert.ok(await page.getByText(`Pengirim: ${sender}`).count(), 'the view forgot its filter');
  assert.match((await page.locator('main thead').innerText()).toLowerCase(), /batas waktu/, 'the view forgot its columns');
  await go(page, page.getByRole('link', { name: `Pengirim: ${sender}` }).first().click());
  assert.ok((await rows(page)) >= narrowed, 'a filter that is taken off still narrows');

  // The book of the same letters.
  await page.goto(`${base}/eoffice/buku-agenda?dari=2020-01-01`);
  await unfold(page, /^Saring/);
  await page.fill('main [name="pengirim"]', sender);
  await go(page, page.getByRole('button', { name: 'Terapkan saringan' }).click());
  assert.ok((await rows(page)) >= 1 && (await page.getByText(`Pengirim: ${sender}`).count()), 'the agenda book is not narrowed');

  // Several notices at once, and back. Whoever was given something has some.
  const reader = await another();
  await logIn(reader, base, account(accounts, /^kepala dinas/i));
  await reader.goto(`${base}/kabar`);
  const fresh = await rows(reader);
  assert.ok(fresh >= 1, 'nobody told the head of an office anything');
  const boxes = await reader.locator('main input[name="pilih"]').all();
  const some = Math.min(2, boxes.length);
  for (const box of boxes.slice(0, some)) await box.check();
  await go(reader, reader.getByRole('button', { name: 'Tandai sudah dibaca' }).click());
  assert.ok(await reader.getByText(`${some} kabar ditandai sudah dibaca.`).count(), 'nothing says what was done');
  assert.equal(await rows(reader), fresh > some ? fresh - some : 0);
  await go(reader, reader.getByRole('button', { name: 'Urungkan' }).click());
  await reader.goto(`${base}/kabar`);
  assert.equal(await rows(reader), fresh, 'what was marked as read was not taken back');
}
