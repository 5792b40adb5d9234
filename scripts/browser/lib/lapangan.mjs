// A survey officer's phone without a line: the report is written at the place, with point, photo and signature; the line comes back, and it
// arrives once, with its pictures. The second officer confirms it on a computer on a line of its own.
import assert from 'node:assert/strict';
import { carries, desk, empty, entries, look, one, press, until } from './luring.mjs';

const LIST = '/perizinan/izin/survei';
const main = (page) => page.locator('main');

// The report that waits for this officer, as the list leads to it.
async function report(page, base) {
  await page.goto(base + LIST);
  const ways = await page.locator('main a[href$="/bap"]').evaluateAll((all) => all.map((link) => link.getAttribute('href')));
  for (const path of ways) {
    await page.goto(base + path);
    if (await page.getByRole('button', { name: 'Simpan berita acara' }).count()) return path;
  }
  assert.fail(`no survey of the demo waits for its report: ${ways.join(' ')}`);
}

// A signature: a line across the box, drawn as a finger does.
async function sign(page, field) {
  const glass = page.locator(`[data-tanda-tangan="${field}"] canvas`).first();
  await glass.scrollIntoViewIfNeeded();
  const box = await glass.boundingBox();
  await page.mouse.move(box.x + 30, box.y + box.height / 2);
  await page.mouse.down();
  for (let step = 1; step <= 12; step += 1) await page.mouse.move(box.x + 30 + step * 18, box.y + box.height / 2 + (step % 2 ? -20 : 20));
  await page.mouse.up();
  await until('the signature is in the form', async () => (await page.locator(`[name="${field}"]`).first().inputValue()).startsWith('data:image/png'));
}

async function write(page, { photo, hadir }) {
  for (const name of await page.locator('input[type="radio"][value="sesuai"]').evaluateAll((all) => all.map((radio) => radio.name))) {
    await page.locator(`input[name="${name}"][value="sesuai"]`).check();
  }
  await page.getByRole('button', { name: 'Ambil titik dari perangkat ini' }).click();
  await until('the device measured', async () => (await page.inputValue('[name="titik"]')).startsWith('-2.8731'));
  await page.locator('input[data-foto-teks="gambar_lokasi"]').setInputFiles({ name: 'lokasi.jpg', mimeType: 'image/jpeg', buffer: photo });
  await page.locator('.foto-rak img').first().waitFor();
  await page.fill('[name="hadir"]', hadir);
  await page.locator('[name="ttd_cara"][value="layar"]').check();
  await sign(page, 'tanda_tangan_pemohon');
  await sign(page, 'tanda_tangan_petugas');
}

export const JOURNEYS = [
  ['a survey is reported without a line, with photo, point and signatures, and arrives once when the line is back', async (at) => {
    const { phone, base, trusts, shot, accounts } = at;
    const office = await desk(at);
    try {
      const computer = await office.as(one(accounts, 'surveyor'));
      const path = await report(computer, base);
      const page = await (await phone.browser({ trusts })).newPage();
      await page.context().grantPermissions(['geolocation'], { origin: base });
      await page.context().setGeolocation({ latitude: -2.8731, longitude: 108.0512, accuracy: 7 });
      await carries(page, base, one(accounts, 'surveyor'), [LIST, path]);
      await page.goto(base + LIST);
      await look(page, shot, 'survei-daftar');
      // A photograph of a telephone: larger than what is kept on the device.
      const photo = await computer.screenshot({ type: 'jpeg', quality: 100, fullPage: true });
      phone.cut();
      try {
        await page.goto(base + LIST);
        assert.match(await main(page).innerText(), /Tanpa sambungan/);
        await page.goto(base + path);
        await write(page, { photo, hadir: 'Siti Rahma' });
        await look(page, shot, 'survei-berita-acara');
        await press(page, 'Simpan berita acara');
        assert.equal(new URL(page.url()).pathname, '/belum-terkirim');
        await entries(page).first().waitFor();
        assert.match(await entries(page).first().innerText(), /Berita acara[\s\S]*Menunggu sambungan/i);
        await entries(page).first().locator('summary').click();
        assert.ok(await entries(page).first().locator('img.antrean-gambar').count() >= 3, 'photo and signatures wait with the form');
        await look(page, shot, 'survei-menunggu');
        // Taken up again, the pictures are there.
        await Promise.all([page.waitForEvent('load'), entries(page).first().getByRole('link', { name: 'Ubah lagi' }).click()]);
        await page.locator('.foto-rak img').first().waitFor();
        await page.fill('[name="hubungan"]', 'pemohon sendiri');
        await press(page, 'Simpan berita acara');
        await until('it waits once', async () => (await entries(page).count()) === 1);
      } finally {
        phone.mend();
      }
      await page.goto(`${base}/belum-terkirim`);
      await empty(page);
      await page.goto(base + path);
      assert.match(await main(page).innerText(), /Anda sudah mengonfirmasi/);
      assert.match(await main(page).innerText(), /diukur perangkat/);
      assert.equal(await page.locator('img.bap-foto').count(), 1);
      await look(page, shot, 'survei-tersimpan');
      const second = await office.as(one(accounts, 'surveyor2'));
      await second.goto(base + path);
      assert.match(await main(second).innerText(), /pemohon sendiri/);
      await second.locator('[name="setuju"]').check();
      await sign(second, 'tanda_tangan_petugas');
      await look(second, shot, 'survei-konfirmasi');
      await press(second, 'Konfirmasi berita acara');
      assert.match(await main(second).innerText(), /Buka berita acara/);
      await page.context().close();
    } finally {
      await office.browser.close();
    }
  }],
];
