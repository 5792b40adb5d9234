// The line of an office is measured from its own page and kept under its name.
import assert from 'node:assert/strict';
import { logIn, tataUsaha } from './steps.mjs';

export async function measures({ page, base, accounts, shot }, scripted) {
  await logIn(page, base, tataUsaha(accounts));
  for (const width of [360, 1280]) {
    await page.setViewportSize({ width, height: 740 });
    await page.goto(`${base}/ukur`);
    const [text, button] = [page.locator('main .panel > p').first(), page.locator('#mulai-ukur')];
    const [above, below] = [await text.boundingBox(), await button.boundingBox()];
    const gap = below.y - above.y - above.height;
    assert.ok(gap >= 12, `at ${width} the button stands ${gap} px under the text`);
    await shot(`ukur-${width}`);
  }
  await page.locator('#mulai-ukur').click();
  if (!scripted) {
    // Redirects, and pages that lead on by themselves.
    const keep = page.getByRole('button', { name: 'Simpan hasil' });
    await keep.waitFor({ timeout: 60_000 });
    await shot('ukur-hasil-tanpa-javascript');
    await keep.click();
  }
  // The demo has results already: only what is told after keeping is new.
  await page.getByText('Hasil ukur disimpan.').first().waitFor({ timeout: 60_000 });
  const said = await page.locator('main').innerText();
  for (const label of ['Cara kerja', 'Jawaban', 'Goyah', 'Unduh']) assert.ok(said.includes(label), `${label} is missing: ${said}`);
  assert.match(said, /hampir semua sampai [\d,.]+/);
  if (scripted) assert.match(said, /Unggah\s+[\d,.]+/);
  await shot('ukur-hasil');
}
