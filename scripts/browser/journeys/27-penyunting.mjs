// The editor of a naskah: what is pasted, typed, undone, put into tables; the picture beside it. What is sent is the text of the field.
import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import { account, logIn } from '../lib/steps.mjs';

export const name = 'a naskah is written in the editor by keyboard, pasted into from Word, undone, and seen beside the form';

const SAMPLES = new URL('../../../modules/eoffice/tests/tempel/', import.meta.url);

export async function run({ page, base, accounts, shot, axe }) {
  await logIn(page, base, account(accounts, /^staf$|penyusun rencana/i));
  await page.setViewportSize({ width: 1440, height: 900 });
  await page.goto(`${base}/eoffice/naskah/baru/surat-dinas`);
  const sheet = page.locator('.penyunting-isi').first();
  await sheet.waitFor();
  const text = () => page.evaluate(() => document.querySelector('textarea[data-naskah]').value);
  // What is typed reaches the field after a moment.
  const becomes = async (wanted) => {
    for (let left = 40; left > 0 && await text() !== wanted; left -= 1) await page.waitForTimeout(50);
    assert.equal(await text(), wanted);
  };
  const empty = async () => {
    await sheet.press('Control+a');
    await sheet.press('Delete');
    await page.evaluate(() => {
      const tools = document.querySelector('.penyunting-alat [aria-label="Paragraf biasa"]');
      tools.click();
    });
    await becomes('');
  };
  const paste = (html, plain = '') => sheet.evaluate((node, [html, plain]) => {
    const data = new DataTransfer();
    if (html) data.setData('text/html', html);
    data.setData('text/plain', plain);
    node.dispatchEvent(new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }));
  }, [html, plain]);

  // Every sample becomes the text beside it, by the same paste that a hand makes; and that text is drawn and read as itself again.
  for (const file of readdirSync(SAMPLES).filter((one) => one.endsWith('.html'))) {
    const [html, wanted] = [file, file.replace(/html$/, 'txt')].map((one) => readFileSync(new URL(one, SAMPLES), 'utf8'));
    await empty();
    await sheet.focus();
    await paste(html);
    await becomes(wanted);
    const again = await page.evaluate((one) => window.praja.naskah.write(window.praja.naskah.read(one)), wanted);
    assert.equal(again, wanted, file);
    assert.match(await page.locator('.penyunting [role="status"]').first().innerText(), /^Ditempel dan dirapikan: /);
  }
  assert.doesNotMatch(await page.title(), /terambil/);
  await shot('penyunting-tempel');

  // By keyboard alone.
  await empty();
  await sheet.pressSequentially('Dengan hormat');
  await sheet.press('Enter');
  await sheet.pressSequentially('1. Satu');
  await sheet.press('Enter');
  await sheet.press('Alt+Shift+ArrowRight');
  await sheet.pressSequentially('anak');
  await becomes('Dengan hormat\n\n1. Satu\n  1. anak');
  await sheet.press('Enter');
  await sheet.press('Enter');
  await sheet.pressSequentially('Dua');
  await becomes('Dengan hormat\n\n1. Satu\n  1. anak\n2. Dua');
  await sheet.press('Enter');
  await sheet.press('Enter');
  await sheet.press('Control+b');
  await sheet.pressSequentially('tebal');
  await sheet.press('Control+b');
  await sheet.pressSequentially(' biasa 2*3');
  await becomes('Dengan hormat\n\n1. Satu\n  1. anak\n2. Dua\n\n**tebal** biasa 2\\*3');
  const before = await text();

  // A table: put in, filled, made larger and smaller.
  await sheet.press('Enter');
  await page.getByRole('button', { name: 'Sisipkan tabel' }).click();
  for (const words of ['No', 'Nama', '1', 'Ana', '2']) {
    await page.keyboard.type(words);
    await page.keyboard.press('Tab');
  }
  await page.keyboard.type('Budi');
  await becomes(`${before}\n\n| No | Nama |\n| --- | --- |\n| 1 | Ana |\n| 2 | Budi |`);
  await page.getByRole('button', { name: 'Tambah kolom di kanan' }).click();
  await page.keyboard.type('x');
  await page.getByRole('button', { name: 'Tambah baris di bawah' }).click();
  await page.keyboard.type('y');
  await becomes(`${before}\n\n| No | Nama |  |\n| --- | --- | --- |\n| 1 | Ana |  |\n| 2 | Budi | x |\n|  |  | y |`);
  await page.getByRole('button', { name: 'Hapus baris ini' }).click();
  await page.getByRole('button', { name: 'Hapus kolom ini' }).click();
  await becomes(`${before}\n\n| No | Nama |\n| --- | --- |\n| 1 | Ana |\n| 2 | Budi |`);
  assert.deepEqual(await axe(), []);
  await shot('penyunting-tabel');
  await page.getByRole('button', { name: 'Hapus tabel' }).click();
  await becomes(before);
  await page.keyboard.press('Control+z');
  await becomes(`${before}\n\n| No | Nama |\n| --- | --- |\n| 1 | Ana |\n| 2 | Budi |`);
  await page.keyboard.press('Control+y');
  await becomes(before);

  // The tools are one stop of the Tab key, and the editor is no trap.
  await sheet.press('Alt+F10');
  assert.equal(await page.evaluate(() => document.activeElement.closest('[role="toolbar"]') !== null), true);
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('Escape');
  assert.equal(await page.evaluate(() => document.activeElement.className), 'penyunting-isi');
  await page.keyboard.press('Tab');
  assert.equal(await page.evaluate(() => document.activeElement.closest('.penyunting') === null), true, 'Tab leaves the editor');

  // As text with its marks, and back.
  await page.getByRole('button', { name: 'Tulis sebagai teks bertanda' }).click();
  await page.locator('textarea[data-naskah]').fill('a. huruf\nb. dua');
  await page.getByRole('button', { name: 'Tulis sebagai teks bertanda' }).click();
  assert.equal(await sheet.locator('p[data-tanda="a."]').count(), 2);

  // Beside it stands the page as it will be.
  await page.locator('[name="kepada"]').fill('Camat Uji Barat');
  await page.locator('[name="hal"]').fill('Rapat koordinasi posyandu');
  const picture = page.locator('.pratinjau img');
  await picture.waitFor({ state: 'visible' });
  const seen = await picture.evaluate((node) => [node.naturalWidth, node.naturalHeight, node.src.slice(0, 22)]);
  assert.ok(seen[0] >= 300 && seen[1] > seen[0] && seen[2] === 'data:image/png;base64,', `${seen}`);
  const old = await picture.getAttribute('src');
  await sheet.pressSequentially(' dan seterusnya');
  for (let left = 100; left > 0 && await picture.getAttribute('src') === old; left -= 1) await page.waitForTimeout(50);
  assert.notEqual(await picture.getAttribute('src'), old, 'the picture follows what is typed');
  await shot('penyunting-pratinjau');

  // On a phone it comes when asked for.
  await page.setViewportSize({ width: 360, height: 740 });
  await page.getByRole('button', { name: 'Pratinjau PDF' }).click();
  await page.locator('dialog.pratinjau-lapis img').waitFor({ state: 'visible' });
  await shot('penyunting-ponsel');
  await page.getByRole('button', { name: 'Tutup pratinjau' }).click();

  // Keys are named where there are keys, and not to a finger.
  assert.match(await page.locator('main').innerText(), /Alt\+F10/);
  const phone = await page.context().browser().newContext({
    viewport: { width: 360, height: 740 }, isMobile: true, hasTouch: true, storageState: await page.context().storageState(),
  });
  const finger = await phone.newPage();
  await finger.goto(`${base}/eoffice/naskah/baru/surat-dinas`);
  await finger.locator('.penyunting-isi').first().waitFor();
  assert.match(await finger.locator('main').innerText(), /Tulis seperti pada pengolah kata/);
  assert.doesNotMatch(await finger.locator('main').innerText(), /Papan ketik|Alt\+/);
  await phone.close();

  // What was written is what is kept.
  await page.setViewportSize({ width: 1440, height: 900 });
  await page.getByRole('button', { name: 'Simpan konsep' }).click();
  await page.waitForURL(/\/eoffice\/naskah\/[0-9a-f-]{36}$/);
  assert.match(await page.locator('main').innerText(), /dan seterusnya/);
}
