// A type of service that a clerk just made, applied for on a telephone, surveyed, paid, initialled and signed, while its second version with
// another price is published: the first application keeps the version it was filed under, and the program is never restarted.
import assert from 'node:assert/strict';
import { applies, isSigned, office, secondVersion, signsHere, throughTheDesks } from '../lib/izin.mjs';
import { makeType } from '../lib/jenis.mjs';

export const name = 'a licence of a new type goes from a telephone to a signature while the second version of its type is published';
export const engines = ['sqlite', 'postgres'];
export const within = 300_000;
export async function run(journey) {
  const { base, shot, axe } = journey;
  const as = office(journey);
  const made = await makeType({ ...journey, page: await journey.another(), shot: undefined });
  await signsHere(as, base);
  const citizen = journey.page;
  const first = await applies({ page: citizen, base, shot }, made.kode, 'Siti Rahma');
  await secondVersion({ base }, as, made.versi, 'luas_kios * 9000');
  const later = await journey.another();
  const second = await applies({ page: later, base }, made.kode, 'Budi Santoso');
  const at = await throughTheDesks(journey, as, first.nomor, /Rp6\.000/);
  await isSigned({ base }, as, at);
  await citizen.goto(base + first.at);
  const text = await citizen.locator('main').innerText();
  assert.match(text, /sudah terbit/i);
  await axe();
  await shot('izin-terbit');
  const paper = await citizen.request.get(base + (await citizen.locator('main a[href$="/dokumen"]').first().getAttribute('href')));
  assert.equal((await paper.body()).subarray(0, 4).toString(), '%PDF');
  const check = await citizen.locator('main a[href^="/v/"]').first().getAttribute('href');
  const anybody = await journey.another();
  await anybody.goto(base + check);
  assert.match(await anybody.locator('main').innerText(), /Siti Rahma/);
  // Whoever applied after the change pays by the second version.
  await throughTheDesks({ base }, as, second.nomor, /Rp18\.000/);
}
