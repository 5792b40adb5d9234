// The exercises of the training, played from the files that the trainees follow: each step is proven to be undone before and done after.
import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import { parse } from 'yaml';
import { logIn, scan } from '../lib/steps.mjs';

export const name = 'every exercise of the training can be done as its file tells it';
export const engines = ['sqlite', 'postgres'];
export const within = 300_000;

const modules = new URL('../../../modules/', import.meta.url);
const exercises = readdirSync(modules).flatMap((module) => {
  const folder = new URL(`${module}/latihan/`, modules);
  const files = (() => { try { return readdirSync(folder); } catch { return []; } })();
  return files.filter((file) => file.endsWith('.yaml')).map((file) => parse(readFileSync(new URL(file, folder), 'utf8')));
});

const main = (page) => page.locator('main');
const load = (page, act) => Promise.all([page.waitForEvent('load'), act]);

export async function run({ another, base, accounts, shot }) {
  assert.ok(exercises.length > 0, 'there are no exercises');
  await forTheLeader(await another(), base, accounts);
  for (const exercise of exercises) {
    const page = await another();
    const who = accounts.find((one) => one.akun === exercise.akun);
    assert.ok(who, `${exercise.id}: no demo account ${exercise.akun}`);
    await logIn(page, base, who);
    await page.goto(`${base}/desk/latihan`);
    await load(page, main(page).getByRole('link', { name: exercise.judul }).click());
    const here = page.url();
    await load(page, main(page).getByRole('button', { name: /Mulai latihan|Ulangi dari awal/ }).click());
    for (const [at, step] of exercise.langkah.entries()) {
      const told = await fields(page, step);
      await done(page, here, exercise, at);
      if (exercise === exercises[0] && at === 0) await shot('latihan');
      await play(page, base, exercise, step, told).catch((cause) => { throw new Error(`${exercise.id}, step ${at + 1} (${page.url()}): ${cause.message}`); });
      await done(page, here, exercise, at + 1);
    }
    assert.match(await main(page).innerText(), /tuntas|Kembali ke daftar latihan/, `${exercise.id} is not finished`);
    await page.context().close();
  }
}

// A letter on the desk of the bupati: the demo has one, and other journeys use it up.
async function forTheLeader(page, base, accounts) {
  await logIn(page, base, accounts.find((one) => one.akun === 'tu.setda'));
  await page.goto(`${base}/eoffice/surat-masuk/baru`);
  await page.fill('[name=asal_teks]', 'Kantor Pertanahan');
  await page.keyboard.press('Escape');
  await page.fill('[name=nomor_surat]', `200/${Math.floor(Math.random() * 1e6)}/KP`);
  await page.fill('[name=tanggal_surat]', new Date(Date.now() - 17 * 3_600_000).toISOString().slice(0, 10));
  await page.fill('[name=hal]', 'Undangan penyerahan sertipikat tanah warga');
  await page.setInputFiles('[name=pindaian]', { name: 'pindaian.pdf', mimeType: 'application/pdf', buffer: scan('Undangan') });
  await page.uncheck('[name=arahkan]');
  await load(page, main(page).getByRole('button', { name: 'Catat surat masuk' }).click());
  await page.goto(`${page.url().split('?')[0]}/arahkan`);
  const desks = await page.locator('[name=kepada] option').allInnerTexts();
  await page.selectOption('[name=kepada]', { label: desks.find((desk) => /^Bupati/.test(desk)) });
  await load(page, main(page).getByRole('button', { name: 'Arahkan surat' }).click());
  await page.context().close();
}

// Asks what is done so far; it must be so many steps.
async function done(page, here, exercise, count) {
  await page.goto(here);
  await load(page, main(page).getByRole('button', { name: 'Periksa langkah saya' }).click());
  const text = await main(page).innerText();
  assert.ok(text.includes(`${count} dari ${exercise.langkah.length} langkah selesai`), `${exercise.id}: not ${count} steps are done: ${text.slice(0, 400)}`);
}

// What the page tells to type, by label.
async function fields(page, step) {
  const told = new Map();
  for (const { label } of step.isian ?? []) {
    const value = main(page).locator('dt', { hasText: label }).first().locator('xpath=following-sibling::dd[1]');
    const day = value.locator('time');
    told.set(label, (await day.count()) ? await day.getAttribute('datetime') : (await value.innerText()).trim());
  }
  return told;
}

async function play(page, base, exercise, step, told) {
  await page.goto(base + step.halaman);
  const tried = new Set();
  for (;;) {
    const start = page.url();
    await follow(page, step.ikuti ?? [], tried);
    const button = main(page).getByRole('button', { name: step.tekan }).first();
    if (await button.count()) {
      for (const field of step.isian ?? []) await fill(page, field, told.get(field.label));
      await load(page, button.click());
      return;
    }
    // As the hint says: this one has no such button any more, take the next.
    assert.ok(step.ikuti?.some((one) => one.tautan) && tried.size < 40, `no button "${step.tekan}"`);
    await page.goto(start);
  }
}

async function follow(page, ways, tried) {
  for (const { pilih, tautan } of ways) {
    if (!tautan) {
      const link = main(page).getByRole('link', { name: pilih }).first();
      if (!(await link.count())) return;
      await load(page, link.click());
      continue;
    }
    const addresses = await main(page).locator('a').evaluateAll((all) => all.map((one) => one.getAttribute('href')));
    const next = addresses.find((one) => new RegExp(tautan).test(one) && !tried.has(one));
    assert.ok(next, `nothing like "${pilih}"`);
    tried.add(next);
    await page.goto(new URL(next, page.url()).href);
  }
}

async function fill(page, { kontrol, label, mesin }, value) {
  const control = main(page).locator(`[name="${kontrol}"]`);
  // A long text is written in an editor that stands in its place.
  if (await control.first().evaluate((node) => node.tagName === 'TEXTAREA' && node.hidden)) {
    return main(page).getByRole('textbox', { name: label }).first().fill(value);
  }
  const type = await control.first().evaluate((node) => (node.tagName === 'SELECT' ? 'select' : node.type));
  if (type === 'file') return control.first().setInputFiles({ name: 'latihan.pdf', mimeType: 'application/pdf', buffer: scan('Latihan') });
  if (type === 'radio') return control.first().check();
  if (type === 'checkbox') return mesin === 'tidak' ? control.first().uncheck() : control.first().check();
  if (type === 'select') return control.first().selectOption(mesin === 'pertama' ? { index: 1 } : { label: value });
  await control.first().fill(mesin ?? value);
  // A list of names that opened would cover the form.
  return page.keyboard.press('Escape');
}
