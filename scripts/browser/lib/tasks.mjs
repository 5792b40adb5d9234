// What the guides show: each task done as the guide says, up to the moment that is worth a picture. `as` is the demo account; `width`
// and `height` are those of the picture in docs/panduan.
import { mainForm, scan, submit } from './steps.mjs';

const LETTER = /^\/eoffice\/surat-masuk\/[0-9a-f-]{36}$/;
const REGISTER = '/eoffice/surat-masuk/baru';

// The first link of a page that matches.
async function first(visitor, page, pattern) {
  const [link] = await visitor.links(page, pattern);
  if (!link) throw new Error(`${page} as ${visitor.name} leads to nothing like ${pattern}`);
  return link;
}

const opens = (address) => async ({ page, base }) => { await page.goto(base + address); };
const opensFirst = (list, pattern) => async ({ page, base, visitor }) => { await page.goto(base + (await first(visitor, list, pattern))); };

// A letter as it is typed from the paper.
async function types(page, base, nomor) {
  await page.goto(base + REGISTER);
  const form = mainForm(page);
  const yesterday = new Date(Date.now() - 17 * 3_600_000).toISOString().slice(0, 10);
  await page.fill('[name=asal_teks]', 'Puskesmas Damar');
  await page.keyboard.press('Escape'); // the list of senders would cover the form
  await page.fill('[name=nomor_surat]', nomor);
  await page.fill('[name=tanggal_surat]', yesterday);
  await page.fill('[name=hal]', 'Permohonan tambahan vaksin campak');
  return form;
}

async function registers(page, base, nomor) {
  const form = await types(page, base, nomor);
  await page.setInputFiles('[name=pindaian]', { name: 'pindaian.pdf', mimeType: 'application/pdf', buffer: scan('Permohonan tambahan vaksin campak') });
  await page.uncheck('[name=arahkan]');
  await submit(page, form);
  if (page.url().endsWith('/baru')) throw new Error('the letter was not registered');
}

// Another number each time, or the second picture would show a warning that the first did not.
const drawn = () => `440/${Math.floor(Math.random() * 900 + 100)}/PKM.D/2026`;

export const TASKS = [
  { name: 'catat-surat', as: 'tata-usaha', width: 1280, height: 760, act: async ({ page, base }) => { await types(page, base, '440/118/PKM.D/2026'); } },
  {
    name: 'surat-kembar', as: 'tata-usaha', width: 1280, height: 560,
    act: async ({ page, base }) => {
      const nomor = drawn();
      await registers(page, base, nomor);
      await submit(page, await types(page, base, nomor));
    },
  },
  {
    name: 'arahkan-surat', as: 'tata-usaha', width: 1280, height: 640,
    act: async ({ page, base }) => {
      await registers(page, base, drawn());
      await page.goto(`${page.url().split('?')[0]}/arahkan`);
    },
  },
  { name: 'buku-agenda', as: 'tata-usaha', width: 1280, height: 720, act: opensFirst('/eoffice/buku-agenda', /buku-agenda\?dari=\d+-01-01/) },
  { name: 'kotak-masuk', as: 'kadis', width: 360, height: 740, act: opens('/kotak-masuk') },
  {
    name: 'disposisi', as: 'kadis', width: 360, height: 740,
    act: async ({ page, base, visitor }) => {
      await page.goto(base + (await first(visitor, '/kotak-masuk', LETTER)));
      await page.locator('[name=penanggung_jawab]').nth(3).check();
    },
  },
  { name: 'disposisi-dari-anda', as: 'kadis', width: 1280, height: 620, act: opens('/eoffice/disposisi?lihat=keluar') },
  { name: 'terima-disposisi', as: 'kabid', width: 1280, height: 620, act: opensFirst('/kotak-masuk', /^\/eoffice\/disposisi\/[0-9a-f-]{36}$/) },
  { name: 'statistik', as: 'kadis', width: 1280, height: 720, act: opens('/eoffice/statistik') },
  { name: 'atas-arahan', as: 'sespri', width: 1280, height: 640, act: opensFirst('/eoffice/disposisi?lihat=pimpinan', LETTER) },
  {
    name: 'susun-naskah', as: 'staf', width: 1280, height: 900,
    act: async ({ page, base }) => {
      await page.goto(`${base}/eoffice/naskah/baru/surat-dinas`);
      await page.fill('[name=hal]', 'Undangan rapat koordinasi imunisasi');
      const sheet = page.locator('.penyunting-isi').first();
      await sheet.pressSequentially('Dalam rangka pekan imunisasi kami mengundang Saudara hadir pada:');
      await sheet.press('Enter');
      await sheet.pressSequentially('1. rapat persiapan, Senin pukul 09.00 WIB;');
      await sheet.press('Enter');
      await sheet.pressSequentially('pencatatan sasaran, Selasa pukul 08.00 WIB.');
      await sheet.scrollIntoViewIfNeeded();
      await page.waitForTimeout(1500); // what is typed is drawn beside the form after a moment
    },
  },
  { name: 'berkas', as: 'arsiparis', width: 1280, height: 640, act: opens('/eoffice/arsip') },
  { name: 'agenda-pimpinan', as: 'sespri', width: 1280, height: 640, act: opens('/eoffice/agenda') },
  { name: 'pengaduan', as: 'kadis', width: 1280, height: 720, act: opensFirst('/desk/pengaduan', /^\/desk\/pengaduan\/[0-9a-f-]{36}$/) },
  { name: 'instansi', as: 'tata-usaha', width: 1280, height: 560, act: opens('/desk/instansi') },
  { name: 'register', as: 'tata-usaha', width: 1280, height: 520, act: opens('/desk/register') },
  { name: 'kalender', as: 'superadmin', width: 1280, height: 620, act: opens('/desk/kalender') },
  { name: 'beranda-telepon', as: 'kabid', width: 360, height: 740, act: opens('/') },
];
