// Someone mistypes the password: nothing typed is lost, and the page says what happened.
import assert from 'node:assert/strict';
import { logIn, submit, tataUsaha } from '../lib/steps.mjs';

export const name = 'a wrong password keeps the account name and says so';

export async function run({ page, base, accounts, shot }) {
  const person = tataUsaha(accounts);
  await page.goto(`${base}/masuk`);
  await page.fill('[name="akun"]', person.akun);
  await page.fill('[name="sandi"]', `${person.sandi}-salah`);
  await submit(page, page.locator('form:has([name="sandi"])'));
  assert.equal(new URL(page.url()).pathname, '/masuk');
  assert.equal(await page.inputValue('[name="akun"]'), person.akun, 'the account name was lost');
  assert.equal(await page.inputValue('[name="sandi"]'), '', 'the password must not come back in the page');
  assert.match(await page.locator('main, body').first().innerText(), /sandi/i);
  const alert = page.locator('[role="alert"], [aria-invalid="true"]').first();
  assert.ok(await alert.count(), 'no message is marked as an alert');
  await shot('salah');
  await logIn(page, base, person);
  const cookies = await page.context().cookies();
  assert.ok(cookies.length > 0 && cookies.every((one) => one.httpOnly), 'a cookie is readable by scripts');
}
