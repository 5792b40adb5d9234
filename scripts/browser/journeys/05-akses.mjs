// Every page of the thread, at three widths and in both themes: no accessibility finding, nothing wider than a phone.
import assert from 'node:assert/strict';
import { logIn, mainForm, registerSurat, submit, tataUsaha } from '../lib/steps.mjs';

export const name = 'pages hold WCAG 2.2 AA at 360, 768 and 1280 px, light and dark';

export async function run({ page, base, accounts, shot, axe }) {
  const found = [];
  const check = async (what, reload) => {
    for (const scheme of ['light', 'dark']) {
      await page.emulateMedia({ colorScheme: scheme, reducedMotion: 'reduce' });
      for (const width of [360, 768, 1280]) {
        await page.setViewportSize({ width, height: width === 360 ? 740 : 900 });
        if (reload) await page.reload();
        found.push(...(await axe()).map((one) => `${what} ${width} ${scheme}: ${one}`));
        const wider = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
        if (wider > 0) found.push(`${what} ${width} ${scheme}: ${wider} px wider than the screen`);
        await shot(`${what}-${width}-${scheme}`);
      }
    }
  };

  await page.goto(`${base}/masuk`);
  await check('masuk', true);
  await logIn(page, base, tataUsaha(accounts));
  const perihal = await registerSurat(page, base);
  for (const path of ['/', '/eoffice/surat-masuk', '/eoffice/surat-masuk/baru']) {
    await page.goto(base + path);
    await check(path === '/' ? 'beranda' : path.split('/').at(-1), true);
  }
  const form = mainForm(page); // the last page visited: send it empty, to see its errors
  await form.evaluate((node) => node.setAttribute('novalidate', ''));
  await submit(page, form);
  await check('formulir-kosong', false);
  await page.goto(`${base}/eoffice/surat-masuk`);
  const link = page.locator('main').locator('tr, li, article').filter({ hasText: perihal }).first().locator('a').first();
  await Promise.all([page.waitForEvent('load'), link.click()]);
  await check('surat', true);
  await page.goto(`${base}/halaman-yang-tidak-ada`);
  await check('tidak-ada', false);
  assert.deepEqual(found, []);
}
