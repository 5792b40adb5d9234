// The steps of the guides for the registry, the leader, the aide and officers, pressed as they are written there.
import assert from 'node:assert/strict';
import { account, logIn, mainForm, scan, submit } from '../lib/steps.mjs';

export const name = 'what the guides of officers say can be done as they say it';
export const within = 300_000;

const LETTER = '/eoffice/surat-masuk';
const main = (page) => page.locator('main');
const says = async (page, words) => assert.match(await main(page).innerText(), words);

async function follow(page, words) {
  const link = main(page).getByRole('link', { name: words }).first();
  await link.waitFor({ timeout: 8000 });
  await Promise.all([page.waitForEvent('load'), link.click()]);
}

async function press(page, words) {
  const button = main(page).getByRole('button', { name: words }).first();
  await button.waitFor({ timeout: 8000 });
  await Promise.all([page.waitForEvent('load'), button.click()]);
}

async function inbox(page, base, words) {
  await page.goto(`${base}/kotak-masuk`);
  await follow(page, words);
}

// Section 1 of the guide: only the keyboard. Gives the address of the letter and how long it took.
async function types(page, base, { nomor, hal }) {
  await page.goto(`${base}${LETTER}/baru`);
  const began = Date.now();
  const day = new Date(Date.now() - 17 * 3_600_000).toLocaleDateString('id-ID', { day: '2-digit', month: '2-digit', year: 'numeric' });
  const until = async (field) => {
    for (let turn = 0; turn < 12; turn += 1) {
      if (await page.evaluate((name) => document.activeElement?.id === name || document.activeElement?.name === name, field)) return;
      await page.keyboard.press('Tab');
    }
    throw new Error(`Tab does not come to ${field}`);
  };
  await until('f-asal'); // the cursor is there already
  await page.keyboard.type('Puskesmas Damar', { delay: 20 });
  await until('f-nomor_surat');
  await page.keyboard.type(nomor, { delay: 20 });
  await until('f-tanggal_surat');
  await page.keyboard.type(day, { delay: 20 });
  await until('f-hal');
  await page.keyboard.type(hal, { delay: 20 });
  await Promise.all([page.waitForEvent('load'), page.keyboard.press('Enter')]);
  return { address: page.url().split('?')[0], took: Date.now() - began };
}

export async function run({ page, another, base, accounts, shot }) {
  const drawn = () => Math.floor(Math.random() * 1e6);
  const as = async (akun) => {
    const one = await another();
    await logIn(one, base, account(accounts, new RegExp(`^${akun}$`)));
    return one;
  };
  const hal = `Permohonan tambahan vaksin ${drawn()}`;
  const nomor = `440/${drawn()}/PKM.D/2026`;

  // Registering, twice, scanning, directing.
  await logIn(page, base, account(accounts, /^tata-usaha$/));
  const { address: letter, took } = await types(page, base, { nomor, hal });
  assert.ok(!letter.endsWith('/baru') && took < 30_000, `registering took ${took} ms and ended at ${letter}`);
  await says(page, /Tercatat/);
  await types(page, base, { nomor, hal });
  await says(page, /sudah dicatat dengan nomor agenda/);
  await shot('surat-kembar');
  assert.ok(await main(page).getByRole('button', { name: 'Catat sebagai surat lain' }).count());
  await follow(page, /Buka surat agenda/);
  await inbox(page, base, new RegExp(`Pindai surat masuk.*${hal}`));
  await page.setInputFiles('[name=pindaian]', { name: 'pindai.pdf', mimeType: 'application/pdf', buffer: scan(hal) });
  await press(page, 'Tambahkan pindaian');
  await says(page, /Dipindai/);
  await page.goto(letter);
  await follow(page, 'Arahkan surat');
  await submit(page, mainForm(page));
  await says(page, /Diarahkan/);

  // An order, taken back before it was read, and given to another with somebody at his side.
  const leader = await as('kadis');
  await inbox(leader, base, hal);
  await main(leader).getByLabel(/Kepala Bidang Program dan Data/).first().check();
  await press(leader, 'Kirim disposisi');
  await says(leader, /Didisposisi/);
  await main(leader).locator('a[href^="/eoffice/disposisi/"]').first().click();
  await leader.waitForLoadState('load');
  await press(leader, 'Tarik disposisi');
  await says(leader, /ditarik/);
  await leader.goto(letter);
  if (await main(leader).getByRole('link', { name: 'Tambah disposisi' }).count()) await follow(leader, 'Tambah disposisi');
  await main(leader).getByLabel(/Kepala Bidang Pelayanan Kesehatan/).first().check();
  await main(leader).getByText('Tambah pendukung atau jabatan lain').click();
  await main(leader).locator('fieldset, details').getByLabel(/Sekretaris Dinas Kesehatan/).last().check();
  await press(leader, 'Kirim disposisi');

  // The one who answers for it: accepted, worked on, reported, sent back, reported again; the other is let off.
  const head = await as('kabid');
  await inbox(head, base, hal);
  await press(head, 'Terima disposisi');
  await press(head, 'Tandai sedang dikerjakan');
  await says(head, /Diproses/);
  const reports = async (words) => {
    await follow(head, 'Laporkan hasil');
    await main(head).locator('[name=laporan]').fill(words);
    await press(head, 'Kirim laporan');
  };
  await reports('Permohonan diteruskan ke gudang farmasi.');
  await inbox(leader, base, hal);
  await follow(leader, 'Kembalikan laporan');
  await main(leader).locator('[name=alasan]').fill('Sebutkan jumlah yang disetujui.');
  await press(leader, 'Kembalikan laporan');
  await inbox(head, base, hal);
  await says(head, /Sebutkan jumlah/);
  await reports('Disetujui 200 dosis, dikirim besok.');
  await inbox(leader, base, hal);
  await press(leader, 'Setujui laporan');
  const aide = await as('sekdis');
  await inbox(aide, base, hal); // opened is read
  await leader.goto(`${base}/eoffice/disposisi?lihat=keluar`);
  await follow(leader, hal);
  await follow(leader, 'Bebaskan dari laporan');
  await main(leader).locator('[name=alasan]').fill('Sudah tercakup dalam laporan kepala bidang.');
  await press(leader, 'Bebaskan dari laporan');
  await leader.goto(letter);
  await says(leader, /berstatus Selesai/);
  await shot('surat-selesai');

  // The books.
  await page.goto(`${base}/eoffice/buku-agenda`);
  await follow(page, 'Tahun ini');
  await says(page, new RegExp(hal));
  await follow(page, 'Cetak');
  await says(page, new RegExp(hal));
  await page.goto(`${base}/eoffice/statistik`);
  await says(page, /Surat menurut bulan/);

  // The aide of the bupati.
  const secretary = await as('sespri');
  await secretary.goto(`${base}/eoffice/disposisi`);
  await follow(secretary, 'Meja pimpinan');
  await main(secretary).locator('a[href^="/eoffice/surat-masuk/"]').first().click();
  await secretary.waitForLoadState('load');
  await main(secretary).locator('[name=penanggung_jawab]').first().check();
  await press(secretary, 'Catat disposisi');
  await says(secretary, /atas arahan/);
  const bupati = await as('bupati');
  await inbox(bupati, base, /Benarkan disposisi/);
  await press(bupati, 'Benarkan disposisi');
  await says(bupati, /Didisposisi|atas arahan/);

  // Complaints, the directory, numbers, the calendar.
  await leader.goto(`${base}/desk/pengaduan?status=masuk`);
  await follow(leader, /^\d{4}-\d{5}/);
  await press(leader, 'Tangani pengaduan');
  await main(leader).locator('[name=jawaban]').fill('Loket dibuka sampai pukul 15.00 mulai besok.');
  await press(leader, 'Kirim jawaban');
  await says(leader, /Ditanggapi\s+\(sedang berjalan\)/);
  await page.goto(`${base}/desk/instansi?q=damar`);
  await follow(page, /Puskesmas Damar/);
  await follow(page, 'Ubah instansi');
  await page.goto(`${base}/desk/register`);
  await follow(page, 'Agenda surat masuk');
  await says(page, /Nomor terakhir/);
  await page.goto(`${base}/desk/kalender`);
  await says(page, /Hari libur/);
}
