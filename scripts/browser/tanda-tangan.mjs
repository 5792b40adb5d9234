#!/usr/bin/env node
// How long a leader waits for fifty letters that are signed with one passphrase, by the regency's own authority: scripts/bench tte.
//
//   node scripts/browser/tanda-tangan.mjs --binary target/release/praja [--letters 50]
//
// They are written, initialled and signed through the pages. Last line: the milliseconds of the act of signing.
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { parseArgs } from 'node:util';
import { Visitor } from './lib/routes.mjs';
import { start } from './lib/server.mjs';

const { values: options } = parseArgs({ options: { binary: { type: 'string' }, letters: { type: 'string', default: '50' } } });
if (!options.binary) {
  console.error('tanda-tangan.mjs: --binary is missing');
  process.exit(2);
}
const LETTERS = Number(options.letters);
const PHRASE = 'rakit bambu di muara pagi';
const SIGN = '/eoffice/naskah/tanda-tangan';

const program = await start({ binary: options.binary });
try {
  const account = (akun) => program.accounts.find((one) => one.akun === akun);
  const [writer, below, leader, admin] = await Promise.all(['staf', 'kabid', 'kadis', 'superadmin'].map((akun) => new Visitor(program.base, account(akun)).logIn()));
  await admin.sent('/desk/tanda-tangan/otoritas', /otoritas$/, { rahasia_baru: PHRASE, rahasia_ulang: PHRASE });
  await admin.sent('/desk/tanda-tangan', /tanda-tangan$/, { cara: 'lokal' });
  const facts = {
    kepada: 'Badan Pusat Statistik', bidang_isi: 'Dengan hormat, kami mengundang Saudara.\n\n1. Satu\n2. Dua', penandatangan_teks: account('kadis').jabatan,
    klasifikasi_teks: '000.1.5', wewenang: 'langsung', sifat: 'biasa', derajat: 'biasa',
  };
  const ids = [];
  for (let at = 1; at <= LETTERS; at += 1) {
    const letter = await writer.sent('/eoffice/naskah/baru/surat-dinas', /baru\/surat-dinas$/, { ...facts, hal: `Undangan rapat ke-${at}` });
    await writer.sent(`${letter}/ajukan`, /ajukan$/);
    await below.sent(`${letter}/tindakan/paraf`, /paraf$/);
    ids.push(letter.split('/').pop());
  }
  const [, csrf] = /name="_csrf" value="([^"]+)"/.exec((await leader.read(SIGN)).text);
  const body = new URLSearchParams({ _csrf: csrf, _kunci: randomUUID(), rahasia: PHRASE });
  for (const id of ids) body.append('pilih', id);
  const begun = performance.now();
  const answer = await leader.ask(SIGN, { method: 'POST', body });
  const took = Math.round(performance.now() - begun);
  assert.equal(answer.status, 303, `signing answers ${answer.status}`);
  const outcome = (await leader.read(answer.headers.get('location'))).text;
  assert.match(outcome, new RegExp(`>${LETTERS} naskah sudah ditandatangani<`), 'not all of them were signed');
  console.log(took);
} finally {
  await program.stop();
}
