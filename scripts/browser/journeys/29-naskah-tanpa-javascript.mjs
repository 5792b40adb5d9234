// A naskah from its first word to whoever initials it, in a browser that runs no script at all.
import assert from 'node:assert/strict';
import { account, logIn } from '../lib/steps.mjs';

export const name = 'a naskah is drafted, corrected, looked at as PDF and handed on without JavaScript';
export const javaScript = false;

export async function run({ page, context, base, accounts, shot }) {
  const main = page.locator('main');
  // Without script every button loads a page, also the one it stands on.
  const press = async (button) => Promise.all([page.waitForEvent('load'), main.getByRole('button', { name: button }).first().click()]);
  const follow = async (link) => Promise.all([page.waitForEvent('load'), main.getByRole('link', { name: link }).first().click()]);
  await logIn(page, base, account(accounts, /^staf$|penyusun rencana/i));
  await page.goto(`${base}/eoffice/naskah`);
  await follow(/^Buat naskah/);
  await follow(/^Surat Dinas/);
  assert.match(page.url(), /\/eoffice\/naskah\/baru\/surat-dinas$/);

  // The text is written with its marks in a plain field, which says how.
  const text = page.locator('textarea[name="bidang_isi"]');
  assert.equal(await text.isVisible(), true);
  assert.equal(await page.locator('.penyunting-isi').count(), 0, 'no editor without script');
  assert.match(await main.innerText(), /\*\*/, 'the marks are explained beside the field');
  const hal = `Jadwal pelayanan posyandu ${Math.random().toString(36).slice(2, 8)}`;
  await page.fill('[name="kepada"]', 'Camat Uji Barat');
  await page.fill('[name="hal"]', hal);
  await text.fill('Dengan hormat, **jadwal** sebagai berikut.\n\n1. Pertama\n  a. rincian\n2. Kedua\n\n| No. | Hari |\n| --- | --- |\n| 1 | Senin |');

  // What is missing is said beside its field, and nothing that was typed is lost.
  await page.fill('[name="kepada"]', '');
  await press(/^Simpan/);
  if (!/\/baru\/surat-dinas$/.test(page.url())) {
    // A draft may wait for its addressee.
    await follow(/^Ubah/);
  }
  assert.equal(await page.inputValue('[name="hal"]'), hal);
  assert.match(await text.inputValue(), /\| 1 \| Senin \|/);
  await page.fill('[name="kepada"]', 'Camat Uji Barat');
  await press(/^Simpan/);
  const naskah = page.url();
  assert.match(naskah, /\/eoffice\/naskah\/[0-9a-f-]{36}$/);
  assert.match(await main.innerText(), new RegExp(hal));
  await shot('naskah-tanpa-javascript');

  // As it will be on paper.
  const preview = await main.locator('a[href$="/pdf"]').first().getAttribute('href');
  const pdf = await context.request.get(new URL(preview, base).href);
  assert.equal(pdf.status(), 200);
  assert.equal((await pdf.body()).subarray(0, 5).toString(), '%PDF-');

  // Corrected once more, then handed on to whoever initials it.
  await follow(/^Ubah/);
  await page.locator('textarea[name="bidang_isi"]').fill(`${await page.inputValue('textarea[name="bidang_isi"]')}\n\nDemikian disampaikan.`);
  await press(/^Simpan/);
  assert.equal(page.url(), naskah);
  await follow(/^Ajukan/);
  assert.match(page.url(), /\/ajukan$/);
  // What its number needs is named, and the way to it; a word is resolved into the code that it stands for.
  assert.match(await main.innerText(), /Kode klasifikasi belum dipilih/);
  await follow(/^Lengkapi naskah/);
  await page.fill('[name="klasifikasi_teks"]', '000.1.2');
  await press(/^Simpan/);
  assert.equal(page.url(), naskah, await main.innerText());
  await follow(/^Ajukan/);
  await Promise.all([page.waitForEvent('load'), main.locator('form[action$="/ajukan"] button.utama').click()]);
  assert.equal(page.url(), naskah, await main.innerText());
  assert.match(await main.innerText(), /Menunggu paraf/);
  await shot('naskah-tanpa-javascript-diajukan');
}
