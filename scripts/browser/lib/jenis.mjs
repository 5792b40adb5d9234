// Somebody who never sees YAML makes a type of service: six fields, a requirement with a condition, a survey, a fee, the words of the document.
import assert from 'node:assert/strict';
import { account, logIn, mainForm, submit } from './steps.mjs';

const LIST = '/perizinan/izin/jenis';
const random = () => Math.random().toString(36).slice(2, 7).toUpperCase();

// Fills fields by their names and presses the main button; what is folded away is opened first.
async function send(page, values, form = mainForm(page)) {
  for (const [name, value] of Object.entries(values)) {
    const field = form.locator(`[name="${name}"]`);
    const first = field.first();
    if (!(await first.isVisible())) await first.evaluate((node) => { for (let up = node.parentElement; up; up = up.parentElement) if (up.tagName === 'DETAILS') up.open = true; });
    const [tag, type] = await first.evaluate((node) => [node.tagName, node.type]);
    if (tag === 'SELECT') await first.selectOption(value);
    else if (type === 'radio') await form.locator(`[name="${name}"][value="${value}"]`).check();
    else if (type === 'checkbox') for (const one of await field.all()) await one.setChecked([].concat(value).includes(await one.getAttribute('value')));
    else await first.fill(value);
  }
  await submit(page, form);
  const wrong = page.locator('main [role="alert"]');
  if (await wrong.count()) assert.fail(`refused: ${await wrong.first().innerText()}`);
}

// Makes and publishes a type; gives its code and the address of its version.
export async function makeType({ page, base, accounts, shot }) {
  const kode = `K${random()}`.replace(/[^A-Z0-9]/g, 'X');
  await logIn(page, base, account(accounts, /^Pengelola.*(izin|layanan)/i) ?? account(accounts, /pengelola-izin/));
  await page.goto(base + LIST);
  await shot?.('jenis-daftar');
  await page.goto(`${base}${LIST}/baru`);
  await send(page, { kode, nama: `Izin pemakaian kios ${kode}`, ringkasan: 'Izin memakai kios di pasar daerah.', sektor: 'perdagangan' });
  const draft = new URL(page.url()).pathname;
  const part = async (rest, values) => {
    await page.goto(base + draft + rest);
    await send(page, values);
  };
  await part('/bagian/pokok', { dasar_hukum: 'Perda Nomor 4 Tahun 2024\nPeraturan Bupati Nomor 9 Tahun 2024' });
  await part('/formulir', { judul: 'Data kios' });
  const fields = [
    { label: 'Nama pasar', jenis: 'teks' },
    { label: 'Jenis dagangan', jenis: 'pilihan', pilihan: 'Sayur\nDaging\nPakaian' },
    { label: 'Luas kios', jenis: 'angka', min: '1', maks: '100', satuan: 'm²' },
    { label: 'Mulai memakai', jenis: 'tanggal' },
    { label: 'Sampai tanggal', jenis: 'tanggal' },
    { label: 'Asal daging', jenis: 'teks', 'bila.0.isian': 'jenis_dagangan', 'bila.0.nilai': 'Daging' },
  ];
  for (const field of fields) await part('/formulir/_baru', field);
  await shot?.('jenis-formulir');
  await part('/syarat/_baru', { label: 'KTP pemohon', pakai_ulang: 'ktp', kepekaan: 'identitas' });
  await part('/syarat/_baru', { label: 'Surat keterangan asal daging', 'bila.0.isian': 'jenis_dagangan', 'bila.0.nilai': 'Daging' });
  await shot?.('jenis-syarat');
  await part('/bagian/biaya', {
    'biaya.dasar': 'Perda Nomor 4 Tahun 2024',
    'biaya.komponen[1].nama': 'Pemakaian kios',
    'biaya.komponen[1].rumus': 'jika(jenis_dagangan = "Daging"; luas_kios * 3000; luas_kios * 2000)',
  });
  await part('/bagian/masa', { 'masa.isian': 'sampai_tanggal' });
  await part('/bagian/alur', { 'alur.opd_teknis': 'DPUPR', 'alur.survei': 'ya', 'alur.paraf': ['kasi', 'kabid'] });
  await part('/bagian/dokumen', {
    'dokumen.menimbang': 'bahwa permohonan {nama} memenuhi syarat;',
    'dokumen.rincian[1].label': 'Pasar',
    'dokumen.rincian[1].isi': '{nama_pasar}, {luas_kios}',
    'dokumen.isi': 'Memberikan izin memakai kios kepada {nama}.\nIzin berlaku sampai {berlaku_sampai}.',
  });
  assert.match(await page.textContent('main'), /lengkap dan dapat diterbitkan/);
  await shot?.('jenis-draf');
  await page.goto(`${base}${draft}/coba?permohonan=baru&jenis_dagangan=Daging&luas_kios=2`);
  assert.match(await page.textContent('main'), /6\.000/);
  await page.goto(`${base}${draft}/lihat`);
  await shot?.('jenis-seperti-warga');
  await page.goto(`${base}${draft}/terbitkan`);
  await shot?.('jenis-terbitkan');
  await submit(page, mainForm(page));
  assert.match(await page.textContent('main'), /Versi ini terbit/);
  return { kode, versi: draft };
}

// A citizen finds it, reads what it asks and tries it.
export async function seenByCitizens({ page, base, shot }, { kode }) {
  await page.goto(`${base}/perizinan`);
  await page.fill('main [name="q"]', kode);
  await Promise.all([page.waitForEvent('load'), page.click('main form button[type="submit"] >> nth=0')]);
  await Promise.all([page.waitForEvent('load'), page.click(`main a[href$="/${kode}"]`)]);
  const text = await page.textContent('main');
  assert.match(text, /Surat keterangan asal daging/);
  assert.match(text, /bila Jenis dagangan adalah Daging/);
  assert.match(text, /Pemeriksaan lapangan/);
  await shot?.('layanan');
  await page.goto(`${base}/perizinan/layanan/${kode}/simulasi?permohonan=baru&jenis_dagangan=Sayur&luas_kios=3`);
  const tried = await page.textContent('main');
  assert.match(tried, /6\.000/);
  assert.match(tried, /diputus paling lambat/);
  assert.doesNotMatch(tried, /asal daging/);
  await shot?.('simulasi');
}
