// A letter goes to the leader's desk, gets an order, is reported on and closed: with and without JavaScript.
import assert from 'node:assert/strict';
import { logIn, mainForm, registerSurat, submit } from '../lib/steps.mjs';

export const name = 'a letter is directed, ordered, reported on, approved and closed';
export const engines = ['sqlite'];

const byAccount = (accounts, akun) => {
  const found = accounts.find((one) => one.akun === akun);
  assert.ok(found, `no demo account ${akun}`);
  return found;
};

async function inbox(page, base, words) {
  await page.goto(`${base}/kotak-masuk`);
  const link = page.locator('main a', { hasText: words }).first();
  await link.waitFor({ timeout: 5000 });
  await Promise.all([page.waitForEvent('load'), link.click()]);
}

async function press(page, words) {
  const button = page.locator('main').getByRole('button', { name: words }).first();
  await Promise.all([page.waitForEvent('load'), button.click()]);
}

export async function run({ page, base, accounts, shot }) {
  await logIn(page, base, byAccount(accounts, 'tata-usaha'));
  const hal = await registerSurat(page, base);
  const main = () => page.locator('main');
  if (!(await main().innerText()).includes('Diarahkan')) {
    await Promise.all([page.waitForEvent('load'), main().getByRole('link', { name: 'Arahkan surat' }).click()]);
    await submit(page, mainForm(page));
  }
  assert.match(await main().innerText(), /Diarahkan/);
  await logOut(page);

  await logIn(page, base, byAccount(accounts, 'kadis'));
  await inbox(page, base, hal);
  await shot('surat-di-meja-pimpinan');
  // The second and third tap: one post, then send.
  await main().getByLabel(/Kepala Bidang Pelayanan Kesehatan/).first().check();
  await press(page, 'Kirim disposisi');
  assert.match(await main().innerText(), /Didisposisi/);
  await shot('surat-didisposisi');
  await logOut(page);

  await logIn(page, base, byAccount(accounts, 'kabid'));
  await inbox(page, base, hal);
  await shot('disposisi-penerima');
  await press(page, 'Terima disposisi');
  await Promise.all([page.waitForEvent('load'), main().getByRole('link', { name: 'Laporkan hasil' }).click()]);
  await main().locator('[name="laporan"]').fill('Sudah dikerjakan dan dikirim kepada pengirim.');
  await press(page, 'Kirim laporan');
  await logOut(page);

  await logIn(page, base, byAccount(accounts, 'kadis'));
  await inbox(page, base, hal);
  await press(page, 'Setujui laporan');
  await Promise.all([page.waitForEvent('load'), main().getByRole('link', { name: 'Buka surat' }).click()]);
  assert.match(await main().innerText(), /berstatus Selesai/);
  await shot('surat-selesai');
  await logOut(page);
}

async function logOut(page) {
  await page.context().clearCookies();
}
