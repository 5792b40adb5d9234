// An unfinished form comes back with a message beside each field, and with everything that was typed.
import assert from 'node:assert/strict';
import { logIn, openSuratForm, submit, tataUsaha } from '../lib/steps.mjs';

export const name = 'an unfinished form says what is missing and keeps what was typed';

export async function run({ page, base, accounts, shot }) {
  await logIn(page, base, tataUsaha(accounts));
  const form = await openSuratForm(page, base);
  // The browser's own checks would hide ours, which must hold for whoever has no such browser.
  await form.evaluate((node) => node.setAttribute('novalidate', ''));
  const typed = 'Undangan rapat "koordinasi" <irigasi> & jalan';
  await form.locator('[name="hal"]').fill(typed);
  await submit(page, form);

  assert.equal(await page.locator('main [name="hal"]').inputValue(), typed, 'what was typed is lost');
  const wrong = await page.locator('main [aria-invalid="true"]').evaluateAll((all) => all.map((node) => ({
    name: node.name,
    message: (node.getAttribute('aria-describedby') ?? '').split(/\s+/).filter(Boolean)
      .map((id) => document.getElementById(id)?.textContent?.trim() ?? '').join(' '),
  })));
  assert.ok(wrong.length > 0, 'no field is marked as wrong');
  for (const field of wrong) assert.ok(field.message.length > 5, `the field ${field.name} has no message beside it`);
  assert.ok(!wrong.some((field) => field.name === 'hal'), 'a field that was filled is marked as wrong');
  const summary = page.locator('main [role="alert"] a[href^="#"], main .summary a[href^="#"]').first();
  assert.ok(await summary.count(), 'no summary links to the fields');
  await shot('kosong');
}
