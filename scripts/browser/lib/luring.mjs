// An officer's phone without a line: the inbox is read, an order is given, a draft is changed; the line comes back, and everything is there
// once. What somebody else sees meanwhile is looked at from a computer on a line of its own.
import assert from 'node:assert/strict';
import { chromium as engine } from 'playwright-core';
import { judge } from './check.mjs';
import { logIn, mainForm, registerSurat, submit } from './steps.mjs';

const WITHIN_MS = 20_000;
const POST = /Kepala Bidang Pelayanan Kesehatan/;
const main = (page) => page.locator('main');
export const one = (accounts, akun) => accounts.find((found) => found.akun === akun);

// A computer beside the phone, whose line stays.
export async function desk({ phone, base, chromium }) {
  const browser = await engine.launch({ executablePath: chromium, args: ['--no-sandbox', '--disable-gpu', `--host-resolver-rules=MAP ${phone.name} ${phone.here}`] });
  const open = async () => (await browser.newContext({ ignoreHTTPSErrors: true, viewport: { width: 1280, height: 900 }, serviceWorkers: 'block' })).newPage();
  return { browser, as: async (account) => { const page = await open(); await logIn(page, base, account); return page; } };
}

// A letter on the leader's desk. Gives its subject and its address.
async function letter({ clerk, base }) {
  const hal = await registerSurat(clerk, base);
  if (!(await main(clerk).innerText()).includes('Diarahkan')) {
    await Promise.all([clerk.waitForEvent('load'), main(clerk).getByRole('link', { name: 'Arahkan surat' }).click()]);
    await submit(clerk, mainForm(clerk));
  }
  return { hal, path: new URL(clerk.url()).pathname };
}

// A draft of whoever works at `page`. Gives its address.
async function draft({ page, base, hal }) {
  await page.goto(`${base}/eoffice/naskah/baru/nota-dinas`);
  await page.fill('[name="hal"]', hal);
  await press(page, 'Simpan konsep');
  return new URL(page.url()).pathname;
}

export async function press(page, words) {
  const button = main(page).getByRole('button', { name: words, exact: true }).first();
  await Promise.all([page.waitForEvent('load'), button.click()]);
}

export const entries = (page) => page.locator('.antrean-satu');
export const until = async (what, check) => {
  for (const end = Date.now() + WITHIN_MS; Date.now() < end;) {
    if (await check().catch(() => false)) return;
    await new Promise((done) => setTimeout(done, 200));
  }
  assert.fail(`not within ${WITHIN_MS / 1000} s: ${what}`);
};
const keptPages = (page) => page.evaluate(async () => (await caches.has('praja-halaman')) ? (await (await caches.open('praja-halaman')).keys()).map((key) => new URL(key.url).pathname) : []);
const keptWith = (page, path) => until(`${path} is kept`, async () => (await keptPages(page)).includes(path));

// Signed in on the phone, with the inbox kept there and these pages among what is kept.
export async function carries(page, base, account, paths) {
  await logIn(page, base, account);
  await page.goto(`${base}/belum-terkirim`);
  await page.evaluate(() => navigator.serviceWorker.ready);
  await until('the worker looks after the page', () => page.evaluate(() => Boolean(navigator.serviceWorker.controller)));
  const place = page.locator('[data-luring="simpanan"]');
  await until('the page says what is kept', async () => Boolean(await place.getAttribute('data-simpan')));
  if (await place.getAttribute('data-simpan') === 'tidak') await place.getByRole('button', { name: 'Simpan kotak masuk di perangkat ini' }).click();
  for (const path of ['/kotak-masuk', '/belum-terkirim', ...paths]) await keptWith(page, path);
}

// The page as a phone and as a desk shows it, readable for everybody.
export async function look(page, shot, what) {
  for (const [width, height] of [[1280, 900], [360, 740]]) {
    await page.setViewportSize({ width, height });
    await page.waitForTimeout(200);
    await shot(page, `${what}-${width}`);
    assert.deepEqual(await judge(page), [], `${what} at ${width}`);
  }
}

// How many orders a letter has, as its leader sees it.
async function orders(page, base, path) {
  await page.goto(base + path);
  return page.locator('main a[href^="/eoffice/disposisi/"]').evaluateAll((all) => new Set(all.map((link) => link.getAttribute('href').split(/[?#]/)[0]).filter((href) => /[0-9a-f-]{36}$/.test(href))).size);
}

async function order(page, base, path) {
  await page.goto(base + path);
  await main(page).getByLabel(POST).first().check();
  await press(page, 'Kirim disposisi');
}

export const empty = (page) => page.getByText('Tidak ada yang menunggu dikirim dari perangkat ini.').waitFor({ timeout: WITHIN_MS });

export const JOURNEYS = [
  ['an officer installs Praja, reads the inbox and a letter without a line, and what was written there arrives once', async (at) => {
    const { phone, base, trusts, shot, accounts } = at;
    const office = await desk(at);
    try {
      const surat = await letter({ clerk: await office.as(one(accounts, 'tata-usaha')), base });
      const leader = await office.as(one(accounts, 'kadis'));
      const konsep = await draft({ page: leader, base, hal: 'Laporan kegiatan vaksin' });
      const page = await (await phone.browser({ trusts })).newPage();
      await carries(page, base, one(accounts, 'kadis'), [surat.path, konsep, `${konsep}/ubah`]);
      await look(page, shot, 'simpanan');

      // What a browser needs to install it.
      const href = await page.locator('link[rel="manifest"]').getAttribute('href');
      const manifest = await page.evaluate(async (address) => (await fetch(address)).json(), href);
      assert.match(manifest.name, /^(LATIHAN · )?Praja /);
      assert.deepEqual([manifest.display, manifest.start_url, manifest.lang], ['standalone', '/kotak-masuk', 'id']);
      for (const icon of manifest.icons) {
        const side = await page.evaluate(async (src) => { const image = new Image(); image.src = src; await image.decode(); return image.naturalWidth; }, icon.src);
        assert.equal(`${side}x${side}`, icon.sizes);
      }
      const session = await page.context().newCDPSession(page);
      const found = await session.send('Page.getAppManifest');
      assert.deepEqual(found.errors, []);
      const obstacles = (await session.send('Page.getInstallabilityErrors')).installabilityErrors.map((error) => error.errorId);
      assert.deepEqual(obstacles.filter((id) => id !== 'in-incognito'), []);

      phone.cut();
      try {
        await page.goto(`${base}/kotak-masuk`);
        assert.match(await main(page).innerText(), /Tanpa sambungan: keadaan pukul \d\d\.\d\d/);
        assert.ok((await main(page).innerText()).includes(surat.hal), 'the letter stands in the kept inbox');
        await look(page, shot, 'kotak-masuk');
        await Promise.all([page.waitForEvent('load'), page.locator('main a', { hasText: surat.hal }).first().click()]);
        assert.match(await main(page).innerText(), /Tanpa sambungan/);
        assert.equal(await page.evaluate(() => [...document.styleSheets].every((sheet) => sheet.cssRules.length > 0)), true);
        await look(page, shot, 'surat');
        // The first tap: who answers for it; the second sends.
        await main(page).getByLabel(POST).first().check();
        await press(page, 'Kirim disposisi');
        assert.equal(new URL(page.url()).pathname, '/belum-terkirim');
        await entries(page).first().waitFor();
        assert.match(await entries(page).first().innerText(), /Disposisi surat[\s\S]*Menunggu sambungan/i);

        await page.goto(`${base}${konsep}/ubah`);
        await page.fill('[name="hal"]', 'Laporan kegiatan vaksin campak');
        await press(page, 'Simpan perubahan');
        await until('both wait', async () => (await entries(page).count()) === 2);
        await entries(page).last().locator('summary').click();
        assert.match(await entries(page).last().innerText(), /Laporan kegiatan vaksin campak/);
        await look(page, shot, 'belum-terkirim');
        await page.goto(`${base}/kotak-masuk`);
        await page.getByText('2 isian belum terkirim.').waitFor();

        // Taken up again: the words are there, and it still waits once.
        await page.goto(`${base}/belum-terkirim`);
        await entries(page).last().waitFor();
        await Promise.all([page.waitForEvent('load'), entries(page).last().getByRole('link', { name: 'Ubah lagi' }).click()]);
        await until('the form holds what was written', async () => (await page.inputValue('[name="hal"]')) === 'Laporan kegiatan vaksin campak');
        await page.fill('[name="hal"]', 'Laporan kegiatan vaksin campak dan rubela');
        await press(page, 'Simpan perubahan');
        await until('both wait', async () => (await entries(page).count()) === 2);

        // Other acts need the line and say so; other pages, too.
        await page.goto(`${base}/eoffice/statistik`);
        assert.match(await main(page).innerText(), /tidak tersimpan di perangkat ini/);
        await look(page, shot, 'tidak-tersimpan');
      } finally {
        phone.mend();
      }
      await page.goto(`${base}/belum-terkirim`);
      await empty(page);
      assert.equal(await orders(leader, base, surat.path), 1);
      await leader.goto(base + konsep);
      assert.ok((await main(leader).innerText()).includes('Laporan kegiatan vaksin campak dan rubela'));
      await page.context().close();
    } finally {
      await office.browser.close();
    }
  }],
  ['an order whose answer was lost is sent again and counts once', async (at) => {
    const { phone, base, trusts, accounts } = at;
    const office = await desk(at);
    try {
      const surat = await letter({ clerk: await office.as(one(accounts, 'tata-usaha')), base });
      const leader = await office.as(one(accounts, 'kadis'));
      const page = await (await phone.browser({ trusts })).newPage();
      await carries(page, base, one(accounts, 'kadis'), [surat.path]);
      await page.goto(base + surat.path);
      await main(page).getByLabel(POST).first().check();
      phone.deafen();
      try {
        const button = main(page).getByRole('button', { name: 'Kirim disposisi', exact: true }).first();
        await Promise.all([page.waitForURL('**/belum-terkirim', { timeout: 60_000, waitUntil: 'commit' }), button.click()]);
        // It arrived, although nobody at the phone knows.
        assert.equal(await orders(leader, base, surat.path), 1);
      } finally {
        phone.hear();
      }
      await page.goto(`${base}/belum-terkirim`);
      await empty(page);
      assert.equal(await orders(leader, base, surat.path), 1);
      await page.context().close();
    } finally {
      await office.browser.close();
    }
  }],
  ['a draft that somebody else changed meanwhile shows both texts, and one is chosen', async (at) => {
    const { phone, base, trusts, shot, accounts } = at;
    const office = await desk(at);
    try {
      const leader = await office.as(one(accounts, 'kadis'));
      const konsep = await draft({ page: leader, base, hal: 'Undangan rapat koordinasi' });
      const page = await (await phone.browser({ trusts })).newPage();
      await carries(page, base, one(accounts, 'kadis'), [`${konsep}/ubah`]);
      phone.cut();
      try {
        await page.goto(`${base}${konsep}/ubah`);
        await page.fill('[name="hal"]', 'Undangan rapat koordinasi hari Selasa');
        await press(page, 'Simpan perubahan');
        await entries(page).first().waitFor();
        await leader.goto(`${base}${konsep}/ubah`);
        await leader.fill('[name="hal"]', 'Undangan rapat koordinasi hari Rabu');
        await press(leader, 'Simpan perubahan');
      } finally {
        phone.mend();
      }
      await page.goto(`${base}/belum-terkirim`);
      await page.locator('.antrean-satu[data-keadaan="bentrok"]').waitFor({ timeout: WITHIN_MS });
      const both = await entries(page).first().innerText();
      assert.match(both, /hari Selasa/);
      assert.match(both, /hari Rabu/);
      await look(page, shot, 'bentrok');
      await leader.goto(base + konsep);
      assert.match(await main(leader).innerText(), /hari Rabu/, 'nothing was overwritten');
      await entries(page).first().getByRole('button', { name: 'Simpan tulisan saya' }).click();
      await page.locator('dialog').getByRole('button', { name: 'Simpan tulisan saya' }).click();
      await empty(page);
      await leader.goto(base + konsep);
      assert.match(await main(leader).innerText(), /hari Selasa/);
      await page.context().close();
    } finally {
      await office.browser.close();
    }
  }],
  ['what was refused stays with its reason; leaving wipes what was kept, and nobody else sees what waits', async (at) => {
    const { phone, base, trusts, shot, accounts } = at;
    const office = await desk(at);
    try {
      const surat = await letter({ clerk: await office.as(one(accounts, 'tata-usaha')), base });
      const page = await (await phone.browser({ trusts })).newPage();
      await carries(page, base, one(accounts, 'kadis'), [surat.path]);
      phone.cut();
      try {
        await page.goto(base + surat.path);
        // Nobody is chosen: the server will not take it.
        await press(page, 'Kirim disposisi');
        await entries(page).first().waitFor();
      } finally {
        phone.mend();
      }
      await page.goto(`${base}/belum-terkirim`);
      await page.locator('.antrean-satu[data-keadaan="ditolak"]').waitFor({ timeout: WITHIN_MS });
      assert.match(await entries(page).first().innerText(), /penanggung jawab/i);
      await look(page, shot, 'ditolak');

      await leave(page);
      await page.locator('dialog').getByRole('button', { name: 'Keluar dari akun' }).click();
      await page.waitForURL(/\/masuk/, { timeout: WITHIN_MS });
      assert.deepEqual(await keptPages(page), []);
      phone.cut();
      try {
        await page.goto(`${base}/kotak-masuk`);
        assert.doesNotMatch(await main(page).innerText(), new RegExp(surat.hal));
        assert.match(await main(page).innerText(), /tidak tersimpan di perangkat ini/);
      } finally {
        phone.mend();
      }
      await logIn(page, base, one(accounts, 'kabid'));
      await page.goto(`${base}/belum-terkirim`);
      await page.getByText('Tidak ada yang menunggu dikirim dari perangkat ini.').waitFor({ timeout: WITHIN_MS });
      assert.equal(await entries(page).count(), 0);
      assert.equal((await keptPages(page)).includes(surat.path), false);
      await leave(page);
      await page.waitForURL(/\/masuk/, { timeout: WITHIN_MS });

      // Its writer finds it again, and throws it away.
      await logIn(page, base, one(accounts, 'kadis'));
      await page.goto(`${base}/belum-terkirim`);
      await entries(page).first().waitFor({ timeout: WITHIN_MS });
      await entries(page).first().getByRole('button', { name: 'Buang' }).click();
      await page.locator('dialog').getByRole('button', { name: 'Buang isian' }).click();
      await empty(page);
      await page.context().close();
    } finally {
      await office.browser.close();
    }
  }],
];

async function leave(page) {
  await page.locator('details.orang summary').click();
  await page.getByRole('button', { name: 'Keluar dari akun' }).first().click();
}
