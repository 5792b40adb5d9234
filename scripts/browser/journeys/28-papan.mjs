// Number, date and signature are placed on an uploaded PDF by clicking, dragging and arrow keys; the fields in millimetres follow.
import assert from 'node:assert/strict';
import { account, logIn } from '../lib/steps.mjs';

export const name = 'number, date and signature are placed on a picture of the page, moved, refused where they do not fit, and kept';

export async function run({ page, base, accounts, shot, axe }) {
  await logIn(page, base, account(accounts, /^staf$|penyusun rencana/i));
  await page.goto(`${base}/eoffice/naskah/baru/surat-dinas`);
  await page.locator('[name="hal"]').fill('Naskah dari pengolah kata');
  await page.locator('[name="kepada"]').fill('Camat Uji Barat');
  await page.getByRole('button', { name: 'Simpan konsep' }).click();
  await page.waitForURL(/\/eoffice\/naskah\/[0-9a-f-]{36}$/);
  const draft = page.url();
  const buffer = await (await page.request.get(`${draft}/pdf`)).body();
  assert.equal(buffer.subarray(0, 5).toString(), '%PDF-');
  await page.goto(`${draft}/unggahan`);
  await page.setInputFiles('[name=naskah]', { name: 'surat.pdf', mimeType: 'application/pdf', buffer });
  await page.getByRole('button', { name: 'Simpan', exact: true }).click();
  const sheet = page.locator('.papan-lembar img');
  await sheet.waitFor();
  await page.waitForFunction(() => document.querySelector('.papan-lembar img').naturalWidth > 200);

  const place = (word) => page.evaluate((one) => ['halaman', 'x', 'y'].map((name) => document.getElementById(`f-${one}_${name}`).value).join(' '), word);
  const said = () => page.locator('.papan-kata').innerText();
  const [wide, tall] = [210, 297];
  // A click so many millimetres from the corner.
  const click = async (x, y) => {
    const box = await sheet.boundingBox();
    await sheet.click({ position: { x: x * box.width / wide, y: y * box.height / tall } });
  };
  const near = (text, page_, x, y) => {
    const [at, left, top] = text.split(' ').map(Number);
    assert.ok(at === page_ && Math.abs(left - x) <= 1 && Math.abs(top - y) <= 1, `${text} for ${x} ${y}`);
  };

  await page.getByRole('button', { name: 'Tanggal', exact: true }).click();
  await click(120, 70);
  near(await place('tanggal'), 1, 120, 70);
  assert.match(await said(), /^Tanggal: halaman 1, 1(19|20|21) mm dari kiri/);

  // By keyboard.
  const mark = page.locator('[data-cap-word="tanggal"]');
  assert.ok(await mark.evaluate((node) => node === document.activeElement), 'what was placed can be moved on by keys');
  const before = (await place('tanggal')).split(' ').map(Number);
  await mark.press('ArrowRight');
  await mark.press('Shift+ArrowDown');
  assert.equal(await place('tanggal'), `1 ${before[1] + 1} ${before[2] + 10}`);

  // Dragged.
  const hand = page.locator('[data-cap-word="ttd"]');
  await hand.scrollIntoViewIfNeeded();
  const from = await hand.boundingBox();
  const paper = await sheet.boundingBox();
  const old = (await place('ttd')).split(' ').map(Number);
  await page.mouse.move(from.x + 10, from.y + 10);
  await page.mouse.down();
  await page.mouse.move(from.x + 10 - 50 * paper.width / wide, from.y + 10 - 30 * paper.height / tall, { steps: 5 });
  await page.mouse.up();
  near(await place('ttd'), 1, old[1] - 50, old[2] - 30);

  // Over another, and beyond the paper: refused, and nothing moves.
  const kept = await place('nomor');
  await page.getByRole('button', { name: 'Nomor', exact: true }).click();
  const there = (await place('ttd')).split(' ').map(Number);
  await sheet.evaluate((node, [x, y]) => {
    const box = node.getBoundingClientRect();
    node.parentNode.dispatchEvent(new MouseEvent('click', { bubbles: true, clientX: box.left + x * box.width / 210, clientY: box.top + y * box.height / 297 }));
  }, [there[1] - 10, there[2] + 10]);
  assert.match(await said(), /akan bertumpuk dengan ruang tanda tangan/);
  await click(205, 100);
  assert.match(await said(), /tidak muat di sini/);
  assert.equal(await place('nomor'), kept);
  assert.deepEqual(await axe(), []);
  await shot('papan');

  // The code of its own place leaves the room of the signature.
  await page.getByRole('button', { name: 'Kode QR', exact: true }).click();
  assert.match(await said(), /^Tekan gambar halaman untuk memasang kode QR/);
  await click(20, 255);
  near(await place('qr'), 1, 20, 255);

  // Taken off the page.
  await page.locator('[data-cap-word="nomor"]').press('Delete');
  assert.equal((await place('nomor')).trim(), '');
  const now = [await place('tanggal'), await place('ttd'), await place('qr')];
  await page.setViewportSize({ width: 360, height: 740 });
  await shot('papan-ponsel');
  await page.setViewportSize({ width: 1280, height: 900 });
  const keep = () => Promise.all([page.waitForEvent('load'), page.getByRole('button', { name: 'Simpan', exact: true }).click()]);
  await keep();
  await page.getByText('Tersimpan.').first().waitFor();
  assert.deepEqual([await place('tanggal'), await place('ttd'), await place('qr'), (await place('nomor')).trim()], [...now, '']);

  // What the server is sent all the same is refused there, too.
  await page.locator('[name="nomor_halaman"]').fill('1');
  await page.locator('[name="nomor_x"]').fill(String(there[1]));
  await page.locator('[name="nomor_y"]').fill(String(there[2]));
  await keep();
  await page.getByText(/bertumpuk dengan/).first().waitFor();
}
