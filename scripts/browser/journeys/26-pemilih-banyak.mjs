// Several values in one field: typed, chosen by arrow keys or Enter, taken away again; each step is told to who does not see the page.
import assert from 'node:assert/strict';
import { account, logIn } from '../lib/steps.mjs';

export const name = 'several values are picked and taken away by keyboard alone, and each step is told';

export async function run({ page, base, accounts, shot }) {
  await logIn(page, base, account(accounts, /^kadis$|kepala dinas kesehatan/i));
  await page.goto(`${base}/gaya`);
  const group = page.locator('fieldset.pemilih-banyak', { has: page.locator('[name="salinan_teks"]') }).first();
  const input = group.locator('[name="salinan_teks"]');
  const chips = group.locator('.terpilih .keping');
  const told = () => group.locator('[role="status"]').innerText();
  const options = group.locator('[role="option"]');
  const marked = () => options.evaluateAll((all) => all.findIndex((one) => one.getAttribute('aria-selected') === 'true'));
  const labels = async () => (await chips.locator('span').allInnerTexts()).map((text) => text.trim());
  const type = async (words) => {
    await input.fill('');
    await input.pressSequentially(words);
    await options.first().waitFor();
  };
  const before = await labels();

  await type('kepala');
  assert.ok(await options.count() > 2, 'several posts go by this word');
  assert.match(await told(), /pilihan/);
  // Enter takes nobody unseen: it marks the first and says so.
  await input.press('Enter');
  assert.equal(await marked(), 0);
  assert.deepEqual(await labels(), before);
  assert.match(await told(), /Tekan Enter sekali lagi/);
  await input.press('ArrowDown');
  assert.equal(await marked(), 1);
  assert.equal(await input.getAttribute('aria-activedescendant'), await options.nth(1).getAttribute('id'));
  await input.press('ArrowUp');
  await input.press('ArrowUp');
  assert.equal(await marked(), await options.count() - 1, 'from the first one goes round to the last');
  await shot('pemilih-banyak-daftar');
  const chosen = await options.last().evaluate((one) => one.firstChild.textContent);
  await input.press('Enter');
  assert.match(await told(), new RegExp(`^(Ditambahkan|Sudah ada dalam pilihan): ${chosen}`));
  assert.equal(await input.inputValue(), '', 'the field is ready for the next name');
  const after = await labels();
  assert.ok(after.includes(chosen) && after.length <= before.length + 1, `${after}`);

  // Whole words need no second Enter.
  await type('Sekretaris Dinas Kesehatan');
  const known = (await labels()).length;
  await input.press('Enter');
  assert.match(await told(), /Sekretaris Dinas Kesehatan/);
  assert.ok((await labels()).length >= known);

  await type('kepala');
  await input.press('Escape');
  assert.equal(await options.count() && await options.first().isVisible(), false, 'Escape closes the list');
  await input.fill('');

  const [first] = await labels();
  const many = (await labels()).length;
  await chips.first().getByRole('button', { name: `Hapus ${first}` }).press('Enter');
  assert.equal((await labels()).length, many - 1);
  assert.equal(await told(), `Dihapus dari pilihan: ${first}`);
  assert.ok(await page.evaluate(() => document.activeElement?.closest('.pemilih-banyak') !== null), 'the focus stays in the field');
  for (let left = many - 1; left > 0; left -= 1) await chips.first().locator('button').press('Enter');
  assert.equal(await chips.count(), 0);
  assert.ok(await input.evaluate((node) => node === document.activeElement), 'with the last chip gone one types on');
}
