// One application from a citizen's telephone to a signed licence, through every desk, as people press it.
import assert from 'node:assert/strict';
import { account, firstAlert, logIn, mainForm, scan, submit } from './steps.mjs';

const PHRASE = 'kuda laut makan pepaya';
const TREASURY = '/perizinan/izin/retribusi';
const main = (page) => page.locator('main');
const path = (page) => new URL(page.url()).pathname;
const PHONE = { width: 360, height: 740 };

/** Presses a button by its name and waits for the page that follows. */
async function press(page, name, within = main(page)) {
  await Promise.all([page.waitForEvent('load'), within.getByRole('button', { name, exact: typeof name === 'string' }).first().click()]);
}

/** Nothing was refused. */
async function fine(page, what) {
  const wrong = page.locator('main [role="alert"]');
  if (await wrong.count()) assert.fail(`${what}: ${(await wrong.first().innerText()).replace(/\s+/g, ' ')}`);
}

/** Officers, each in a browser of their own that stays open. */
export function office({ another, base, accounts }) {
  const open = new Map();
  return async (akun) => {
    if (!open.has(akun)) {
      const page = await another();
      await logIn(page, base, account(accounts, new RegExp(`^${akun}$`)));
      open.set(akun, page);
    }
    return open.get(akun);
  };
}

/** The regency signs by itself, under a passphrase. */
export async function signsHere(as, base) {
  const page = await as('superadmin');
  await page.goto(`${base}/desk/tanda-tangan/otoritas`);
  await page.fill('[name="rahasia_baru"]', PHRASE);
  await page.fill('[name="rahasia_ulang"]', PHRASE);
  await submit(page, page.locator('main form:has([name="rahasia_baru"])'));
  await page.goto(`${base}/desk/tanda-tangan`);
  await page.locator('[name="cara"][value="lokal"]').check();
  await submit(page, page.locator('main form:has([name="cara"])'));
  await fine(page, 'signing is set');
}

/** A citizen without an account applies on a telephone; gives resi and registration number. */
export async function applies({ page, base, shot }, kode, nama) {
  await page.setViewportSize(PHONE);
  await page.goto(`${base}/perizinan/layanan/${kode}`);
  await Promise.all([page.waitForEvent('load'), main(page).locator(`a[href*="/perizinan/ajukan/${kode}"]`).first().click()]);
  await page.fill('[name="nama"]', nama);
  await page.fill('[name="nik"]', '5315015209850001');
  await page.fill('[name="alamat"]', 'Dusun Melati RT 02 RW 01, Desa Lalang Jaya');
  await page.fill('[name="telepon"]', '081234567890');
  await page.locator('[name="benar"]').check();
  await submit(page, mainForm(page));
  await fine(page, 'who applies');
  await page.fill('[name="nama_pasar"]', 'Pasar Lipat Kajang');
  await choose(page, 'jenis_dagangan', 'Daging');
  await page.fill('[name="luas_kios"]', '2');
  await page.fill('[name="mulai_memakai"]', '2026-12-01');
  await page.fill('[name="sampai_tanggal"]', '2027-11-30');
  await press(page, 'Simpan dan tetap di sini');
  await page.fill('[name="asal_daging"]', 'Rumah potong hewan Manggar');
  await shot?.('izin-isian');
  await press(page, 'Simpan dan lanjut');
  await fine(page, 'the form');
  assert.match(path(page), /\/berkas$/);
  assert.match(await main(page).innerText(), /Surat keterangan asal daging/, 'the requirement whose condition holds');
  for (const paper of ['ktp_pemohon', 'surat_keterangan_asal_daging']) {
    const form = page.locator(`form[action$="/berkas/${paper}"]`).first();
    await form.locator('input[type="file"]').first().setInputFiles({ name: `${paper}.pdf`, mimeType: 'application/pdf', buffer: scan(paper) });
    await submit(page, form);
    await fine(page, paper);
  }
  await shot?.('izin-berkas');
  await page.goto(`${base}${path(page).replace(/\/berkas.*$/, '/kirim')}`);
  await shot?.('izin-kirim');
  await submit(page, mainForm(page));
  const text = await main(page).innerText();
  const [nomor] = text.match(new RegExp(`${kode}-\\d{8}-\\d{4}`)) ?? assert.fail(`no number: ${await firstAlert(page)}`);
  await shot?.('izin-terkirim');
  return { nomor, at: path(page) };
}

async function choose(page, name, value) {
  const field = page.locator(`[name="${name}"]`).first();
  if ((await field.evaluate((node) => node.tagName)) === 'SELECT') await field.selectOption(value);
  else await page.locator(`[name="${name}"][value="${value}"]`).check();
}

/** Opens the application at whichever of these officers has its turn. */
async function turn(as, base, names, nomor) {
  for (const akun of names) {
    const page = await as(akun);
    await page.goto(`${base}/perizinan/izin?pandangan=saya&q=${nomor}`);
    const link = main(page).locator('a[href^="/perizinan/izin/"]').filter({ hasText: nomor }).first();
    if (!(await link.count())) continue;
    await Promise.all([page.waitForEvent('load'), link.click()]);
    return page;
  }
  return assert.fail(`${nomor} is the turn of none of ${names.join(', ')}`);
}

/** Every desk between the front office and the head, with a survey of two officers and a paid bill of `fee`. */
export async function throughTheDesks({ base, shot }, as, nomor, fee) {
  let page = await turn(as, base, ['loket', 'loket2'], nomor);
  await press(page, 'Nyatakan lengkap');
  await fine(page, 'complete');
  page = await turn(as, base, ['pemeriksa', 'pemeriksa2'], nomor);
  await press(page, 'Mulai memeriksa');
  await fine(page, 'examined');
  const plan = page.locator('main form[action$="/survei"]').first();
  await plan.evaluate((node) => { for (let up = node; up; up = up.parentElement) if (up.tagName === 'DETAILS') up.open = true; });
  await plan.locator('[name="tanggal"]').fill(await today(page, base));
  await plan.locator('[name="jam"]').fill('23.59');
  for (const box of (await plan.locator('[name="petugas"]').all()).slice(0, 2)) await box.check();
  await shot?.('izin-jadwal-survei');
  await submit(page, plan);
  await fine(page, 'the survey is planned');
  const at = path(page);
  await survey({ base, shot }, as, at);
  page = await turn(as, base, ['pemeriksa', 'pemeriksa2'], nomor);
  await press(page, /setujui|dapat disetujui/i);
  await fine(page, 'approved');
  await pays({ base, shot }, as, nomor, fee);
  page = await turn(as, base, ['pemeriksa', 'pemeriksa2'], nomor);
  await press(page, 'Susun dokumen');
  await press(page, 'Kirim untuk diparaf');
  await fine(page, 'drafted');
  for (const akun of ['kasi-izin', 'kabid-izin']) {
    page = await turn(as, base, [akun], nomor);
    await press(page, /paraf/i);
    await fine(page, akun);
  }
  return at;
}

/** The day by the regency's clock, as the server writes it. */
async function today() {
  return new Date(Date.now() + 7 * 3_600_000).toISOString().slice(0, 10);
}

async function survey({ base, shot }, as, at) {
  let reported = false;
  for (const akun of ['surveyor', 'surveyor2', 'surveyor', 'surveyor2']) {
    const page = await as(akun);
    await page.goto(`${base}${at}/bap`);
    if (!reported && (await page.getByRole('button', { name: 'Simpan berita acara' }).count())) {
      for (const name of new Set(await page.locator('input[type="radio"][value="sesuai"]').evaluateAll((all) => all.map((one) => one.name)))) {
        await page.locator(`input[name="${name}"][value="sesuai"]`).check();
      }
      await page.fill('[name="titik"]', '-2.8731,108.0512');
      await page.locator('input[data-foto-teks="gambar_lokasi"]').setInputFiles({ name: 'lokasi.jpg', mimeType: 'image/jpeg', buffer: await page.screenshot({ type: 'jpeg' }) });
      await page.locator('.foto-rak img').first().waitFor();
      await page.locator('[name="ttd_cara"][value="menolak"]').check();
      await page.fill('[name="ttd_alasan"]', 'Pemohon sedang di luar daerah.');
      await shot?.('izin-berita-acara');
      await press(page, 'Simpan berita acara');
      await fine(page, 'the report');
      reported = true;
    } else if (reported && (await page.locator('[name="setuju"]').count())) {
      await page.locator('[name="setuju"]').check();
      await press(page, 'Konfirmasi berita acara');
      await fine(page, 'the second officer');
      return;
    }
  }
  assert.fail('the report is not confirmed by two officers');
}

/** The treasurer bills; a deposit is entered by one treasurer and confirmed by the other. */
async function pays({ base, shot }, as, nomor, fee) {
  const page = await turn(as, base, ['bendahara-izin', 'bendahara-izin2'], nomor);
  await Promise.all([page.waitForEvent('load'), main(page).getByRole('link', { name: 'Terbitkan SKRD' }).first().click()]);
  assert.match(await main(page).innerText(), fee, 'the fee by the formula of its version');
  await press(page, 'Terbitkan dan kirim SKRD');
  await fine(page, 'billed');
  await shot?.('izin-skrd');
  const skrd = path(page);
  await page.goto(`${base}${skrd}/setor`);
  const form = page.locator('main form:has([name="sts"])').first();
  await form.locator('[name="sts"]').fill(`STS-${nomor}`);
  await form.locator('[name="tanggal"]').fill(await today());
  await form.locator('[name="jumlah"]').fill((await main(page).innerText()).match(fee)[0].replace(/[^\d.]/g, ''));
  await submit(page, form);
  await fine(page, 'paid');
  const paid = path(page);
  for (const akun of ['bendahara-izin', 'bendahara-izin2']) {
    const other = await as(akun);
    await other.goto(base + paid);
    const button = other.getByRole('button', { name: /Konfirmasi setoran/ });
    if (!(await button.count())) continue;
    await Promise.all([other.waitForEvent('load'), button.first().click()]);
    await fine(other, 'confirmed');
    return;
  }
  assert.fail('nobody may confirm the payment');
}

/** The head signs what waits. */
export async function isSigned({ base, shot }, as, at) {
  const page = await as('kepala-izin');
  const id = at.split('/').pop();
  await page.goto(`${base}/perizinan/izin/tanda-tangan?pilih=${id}`);
  await shot?.('izin-tanda-tangan');
  await page.fill('[name="rahasia"]', PHRASE);
  await submit(page, page.locator('main form:has([name="rahasia"])'));
  await fine(page, 'signed');
}

/** The officer of types changes the price by a second version, which is published at once. */
export async function secondVersion({ base, shot }, as, versi, rumus) {
  const page = await as('pengelola-izin');
  await page.goto(base + versi);
  await press(page, 'Buat versi baru');
  const draft = path(page);
  await page.goto(`${base}${draft}/bagian/biaya`);
  await page.fill('[name="biaya.komponen[1].rumus"]', rumus);
  await submit(page, mainForm(page));
  await fine(page, 'the price');
  await page.goto(`${base}${draft}/terbitkan`);
  await shot?.('jenis-beda');
  await submit(page, mainForm(page));
  assert.match(await main(page).innerText(), /Versi ini terbit/);
}
