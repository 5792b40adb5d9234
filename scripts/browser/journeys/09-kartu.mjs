// A training: twenty participants with cards work at the same time on one laptop, and nobody sees what is another's.
import assert from 'node:assert/strict';
import { logIn, mainForm, registerSurat, submit } from '../lib/steps.mjs';

export const name = 'twenty participants with cards work at once and each sees only what is their own';
export const engines = ['sqlite', 'postgres'];
export const within = 600_000; // twenty browsers on whatever machine there is

const SEATS = 20;
// At most so many pages load at the same moment: the browsers are the heavy part, and all twenty stay signed in.
const HANDS = 5;

export async function run({ another, base, cards, shot }) {
  assert.ok(cards.length >= SEATS, `only ${cards.length} cards`);
  const seats = [];
  for (const card of cards.slice(0, SEATS)) {
    const page = await another();
    page.setDefaultTimeout(90_000);
    seats.push({ ...card, page });
  }
  assert.equal(new Set(seats.map((seat) => seat.nama)).size, SEATS, 'two cards are of one person');

  await each(seats, async (seat) => {
    await logIn(seat.page, base, seat);
    await isOwn(seat);
  });
  const sessions = await Promise.all(seats.map(async ({ page }) => (await page.context().cookies()).map((one) => one.value).join()));
  assert.equal(new Set(sessions).size, SEATS, 'two participants share a session');

  // Whoever receives an office's mail registers a letter and sends it to the leader's desk.
  await each(seats, async (seat) => {
    await seat.page.goto(`${base}/eoffice/surat-masuk`);
    if (!(await seat.page.locator('main a[href="/eoffice/surat-masuk/baru"]').count())) return;
    seat.hal = await registerSurat(seat.page, base);
    const main = seat.page.locator('main');
    if (!(await main.innerText()).includes('Diarahkan')) {
      await Promise.all([seat.page.waitForEvent('load'), main.getByRole('link', { name: 'Arahkan surat' }).click()]);
      await submit(seat.page, mainForm(seat.page));
    }
    const text = await main.innerText();
    assert.match(text, /Diarahkan/, `${seat.akun}: the letter did not leave the mail desk`);
    assert.ok(text.includes(seat.nama), `${seat.akun}: the letter's trail does not name who registered it`);
  });
  const clerks = seats.filter((seat) => seat.hal);
  assert.ok(clerks.length >= 5, `only ${clerks.length} of the cards receive an office's mail`);

  // Each keeps a view of their own, named after the card.
  await each(seats, async (seat) => {
    const { page } = seat;
    await page.goto(`${base}/kabar?lihat=semua`);
    await page.locator('details.simpan-tampilan summary').click();
    const form = page.locator('details.simpan-tampilan form');
    await form.locator('[name="nama"]').fill(`Milik ${seat.akun}`);
    await submit(page, form);
  });

  // Everybody at the same moment, before anything is read: what one did must not have reached another's pages.
  let reached = 0;
  await each(seats, async (seat) => {
    const { page } = seat;
    const foreign = clerks.filter((clerk) => clerk.opd !== seat.opd).map((clerk) => clerk.hal);
    for (const path of ['/', '/kotak-masuk', '/kabar', '/eoffice/surat-masuk']) {
      await page.goto(base + path);
      await isOwn(seat);
      const text = await page.locator('main').innerText();
      for (const hal of foreign) assert.ok(!text.includes(hal), `${seat.akun} (${seat.opd}) sees "${hal}" of another office at ${path}`);
      if (path === '/kotak-masuk' && !seat.hal && clerks.some((clerk) => clerk.opd === seat.opd && text.includes(clerk.hal))) reached += 1;
    }
    await page.goto(`${base}/desk/tampilan`);
    const views = (await page.locator('main').innerText()).match(/Milik \S+/g) ?? [];
    assert.deepEqual(views, [`Milik ${seat.akun}`], `${seat.akun} sees the views of others`);
  });
  assert.ok(reached >= Math.floor(clerks.length / 2), `of ${clerks.length} letters only ${reached} reached the inbox of a leader with a card`);
  await shot('peserta');

  async function isOwn({ page, nama, akun }) {
    const shown = (await page.locator('.orang-nama').first().textContent()).trim();
    assert.equal(shown, nama, `${akun} is shown as somebody else`);
  }
}

// Does it for all, a few at a time.
async function each(all, act) {
  const waiting = [...all];
  await Promise.all(Array.from({ length: HANDS }, async () => {
    for (let one = waiting.shift(); one; one = waiting.shift()) {
      try {
        await act(one);
      } catch (cause) {
        cause.message = `${one.akun} (${one.jabatan}): ${cause.message}\nat ${one.page.url()}`;
        throw cause;
      }
    }
  }));
}
