// Steps that several journeys share. Fields are found by their names, which the issue fixes, or by what a person reads.
import assert from 'node:assert/strict';

// The demo account whose jabatan or account name matches; the same person every time.
export function account(accounts, pattern) {
  const found = accounts.find((one) => pattern.test(one.jabatan)) ?? accounts.find((one) => pattern.test(one.akun));
  assert.ok(found, `no demo account matches ${pattern}; there are: ${accounts.map((one) => one.jabatan).join('; ')}`);
  return found;
}

export const tataUsaha = (accounts) => account(accounts, /tata usaha|agendaris|pengadministrasi|^tu\b/i);

// Logs in at /masuk and ends on a page that is not the log-in page.
export async function logIn(page, base, { akun, sandi }) {
  await page.goto(`${base}/masuk`);
  await page.fill('[name="akun"]', akun);
  await page.fill('[name="sandi"]', sandi);
  await submit(page, page.locator('form:has([name="sandi"])'));
  assert.notEqual(new URL(page.url()).pathname, '/masuk', `log-in of ${akun} ended at the log-in page again: ${await firstAlert(page)}`);
}

// Presses the main button of a form and waits for the page that follows.
export async function submit(page, form) {
  const main = form.locator('button.utama');
  const button = ((await main.count()) ? main : form.locator('button[type="submit"], button:not([type])')).first();
  await Promise.all([page.waitForEvent('load'), button.click()]);
}

// The form of the page's main part (not search or log-out in the shell).
export const mainForm = (page) => page.locator('main form[method="post" i]').first();

// Opens the form for a new incoming letter.
export async function openSuratForm(page, base) {
  await page.goto(`${base}/eoffice/surat-masuk/baru`);
  const form = mainForm(page);
  await form.waitFor({ timeout: 5000 });
  return form;
}

// Registers an incoming letter with a scan and returns its subject, which is drawn so that each journey has its own.
export async function registerSurat(page, base) {
  const perihal = `Permohonan data jembatan gantung ${Math.random().toString(36).slice(2, 8)}`;
  const form = await openSuratForm(page, base);
  await fill(form, { perihal });
  const file = form.locator('input[type="file"]').first();
  assert.ok(await file.count(), 'the form has no field for a scan');
  await file.setInputFiles({ name: 'surat-pindai.pdf', mimeType: 'application/pdf', buffer: scan(perihal) });
  await submit(page, form);
  assert.ok(!/\/baru$/.test(new URL(page.url()).pathname), `the letter was not registered: ${await firstAlert(page)}`);
  return perihal;
}

// Fills every empty control of a form with something an officer could have typed, by its name.
export async function fill(form, { perihal }) {
  const today = new Date(Date.now() + 7 * 3_600_000).toISOString().slice(0, 10);
  const yesterday = new Date(Date.now() - 17 * 3_600_000).toISOString().slice(0, 10);
  for (const control of await form.locator('input:visible, textarea:visible, select:visible').all()) {
    const [name, type, tag, value] = await control.evaluate((node) => [node.name ?? '', node.type, node.tagName, node.value]);
    if (['submit', 'button', 'checkbox', 'file', 'reset', 'search'].includes(type) || control.disabled) continue;
    if (tag === 'SELECT') {
      if (!value) await control.selectOption({ index: 1 });
    } else if (type === 'radio') {
      const group = form.locator(`input[type="radio"][name="${name}"]`);
      if (!(await group.evaluateAll((all) => all.some((one) => one.checked)))) await group.first().check();
    } else if (/perihal|^hal$/.test(name)) await control.fill(perihal);
    else if (value) continue;
    else if (/terima/.test(name)) await control.fill(today);
    else if (type === 'date' || /tanggal|tgl/.test(name)) await control.fill(yesterday);
    // The directory of senders takes new names as they are typed.
    else if (name === 'asal_teks') await control.fill('Dinas Pekerjaan Umum dan Penataan Ruang Kabupaten Contoh');
    // A name that is completed from a list: only what was found there may be sent.
    else if (/_teks$/.test(name)) { if (await control.evaluate((node) => node.required)) await pick(control); }
    else if (/klasifikasi/.test(name)) continue;
    else if (type === 'tel' || /telepon/.test(name)) await control.fill('081234567890');
    else if (/jumlah/.test(name)) await control.fill('1');
    // A number of its own, or the second journey would be told that the letter was registered before.
    else if (/nomor/.test(name)) await control.fill(`005/${Math.floor(Math.random() * 1e6)}/DPUPR/2026`);
    else if (/pengirim|asal|dari/.test(name)) await control.fill('Dinas Pekerjaan Umum dan Penataan Ruang Kabupaten Contoh');
    else if (type === 'number') await control.fill('1');
    else if (type === 'email') await control.fill('persuratan@contoh.invalid');
    else await control.fill('Satu berkas');
  }
}

// Types into a picker and takes the first thing it offers.
async function pick(control) {
  for (const word of ['a', 'i', 'e']) {
    await control.fill(word);
    const first = control.page().locator('[role="option"]').first();
    if (await first.waitFor({ timeout: 3000 }).then(() => true, () => false)) return first.click();
  }
  throw new Error(`the picker ${await control.getAttribute('name')} offers nothing`);
}

// A small PDF of one page that a reader can open, with the subject as its text.
export function scan(text) {
  const content = `BT /F1 14 Tf 72 760 Td (${text.replace(/[()\\]/g, ' ')}) Tj ET`;
  const objects = [
    '<< /Type /Catalog /Pages 2 0 R >>',
    '<< /Type /Pages /Kids [3 0 R] /Count 1 >>',
    '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << /Font << /F1 5 0 R >> >> /Contents 4 0 R >>',
    `<< /Length ${content.length} >>\nstream\n${content}\nendstream`,
    '<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>',
  ];
  let body = '%PDF-1.4\n';
  const at = objects.map((object, index) => {
    const start = body.length;
    body += `${index + 1} 0 obj\n${object}\nendobj\n`;
    return start;
  });
  const rows = at.map((start) => `${String(start).padStart(10, '0')} 00000 n \n`).join('');
  const table = body.length;
  body += `xref\n0 ${objects.length + 1}\n0000000000 65535 f \n${rows}trailer\n<< /Size ${objects.length + 1} /Root 1 0 R >>\nstartxref\n${table}\n%%EOF\n`;
  return Buffer.from(body, 'latin1');
}

// Register, list, open, audit trail: what the whole first release hangs on. Returns the paths it saw.
export async function thread({ page, base, accounts, shot }) {
  await logIn(page, base, tataUsaha(accounts));
  await shot('beranda');
  await openSuratForm(page, base);
  await shot('formulir');
  const perihal = await registerSurat(page, base);

  await page.goto(`${base}/eoffice/surat-masuk`);
  const row = page.locator('main').locator('tr, li, article').filter({ hasText: perihal }).first();
  await row.waitFor({ timeout: 5000 });
  const text = await row.innerText();
  assert.match(text.replace(perihal, ''), /\d/, `the row shows no agenda number: ${text}`);
  await shot('daftar');

  const link = row.locator('a[href*="/eoffice/surat-masuk/"]').first();
  await Promise.all([page.waitForEvent('load'), link.click()]);
  const detail = await page.locator('main').innerText();
  assert.ok(detail.includes(perihal), 'the letter\'s page does not name its subject');
  assert.match(detail, /surat-pindai\.pdf|pindai|lampiran|berkas/i, 'the letter\'s page does not show its scan');
  const name = tataUsaha(accounts).nama;
  const trail = page.locator('main').getByText(/riwayat|jejak/i).first();
  assert.ok(await trail.count(), 'the letter\'s page has no trail of who did what');
  assert.ok(detail.includes(name), `the trail does not name ${name}`);
  await shot('surat');

  const attached = page.locator('main a[href*="lampiran"], main a[href*="berkas"], main a[href$=".pdf"], main a:has-text("surat-pindai.pdf")').first();
  assert.ok(await attached.count(), 'the scan cannot be opened from the letter\'s page');
  const answer = await page.request.get(new URL(await attached.getAttribute('href'), page.url()).href);
  assert.equal(answer.status(), 200, 'the scan does not open');
  assert.deepEqual(await answer.body(), scan(perihal), 'the scan that comes back is not the one that was uploaded');
  return [new URL(page.url()).pathname];
}

// The first message a person would see, for the report of a failure.
export async function firstAlert(page) {
  const alert = page.locator('[role="alert"], [aria-live], .error, main').first();
  return (await alert.count()) ? (await alert.innerText()).slice(0, 200).replace(/\s+/g, ' ') : '(no message)';
}
