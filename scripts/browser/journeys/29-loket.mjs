// A front-office device: whoever leaves it is asked, signed out, and the next one begins at the public page.
import assert from 'node:assert/strict';
import { logIn, mainForm, submit } from '../lib/steps.mjs';

export const name = 'a device at the counter asks whoever left it, then ends the session and begins anew';

export async function run({ page, base, accounts, shot, axe }) {
  const one = (akun) => accounts.find((found) => found.akun === akun);
  await logIn(page, base, one('superadmin'));
  await page.goto(`${base}/desk/loket`);
  await page.fill('[name="menit"]', '0');
  await submit(page, mainForm(page));
  assert.match(await page.locator('main').innerText(), /Diisi angka 1 sampai 30 menit/);
  await page.fill('[name="menit"]', '2');
  await submit(page, mainForm(page));
  assert.match(await page.locator('main').innerText(), /2 menit/);
  await shot('loket-waktu');
  await axe();
  await page.context().clearCookies();

  await page.goto(`${base}/loket`);
  await axe();
  await shot('loket');
  await Promise.all([page.waitForEvent('load'), page.getByRole('button', { name: 'Mulai mode loket di perangkat ini' }).click()]);
  await page.getByText('Perangkat ini dalam mode loket.').waitFor();
  assert.equal(await page.evaluate(() => localStorage.getItem('praja-loket')), '120');
  // Two minutes are long for a test: two seconds, and the twenty in which it asks.
  await page.evaluate(() => localStorage.setItem('praja-loket', '22'));
  await logIn(page, base, one('kadis'));
  const asked = page.locator('dialog', { hasText: 'Anda masih di sini?' });
  await asked.waitFor({ timeout: 10_000 });
  await shot('loket-tanya');
  await asked.getByRole('button', { name: 'Ya, lanjutkan' }).click();
  await asked.waitFor({ state: 'detached' });
  await asked.waitFor({ timeout: 10_000 });
  await page.waitForURL(`${base}/loket`, { timeout: 40_000 });
  // The session is over, not only out of sight.
  await page.goto(`${base}/kotak-masuk`);
  assert.equal(new URL(page.url()).pathname, '/masuk');
  assert.equal(await page.evaluate(() => caches.has('praja-halaman')), false);
}
