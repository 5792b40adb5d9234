#!/usr/bin/env node
// The rules of working without a line (crates/web/assets/luring.js): what is kept, in which order forms go, what an answer means. No browser.
//
//   node scripts/browser/luring.mjs
//
// Last line: `journeys: N passed, N failed, N skipped`.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { runInNewContext } from 'node:vm';

const self = {};
runInNewContext(readFileSync(new URL('../../crates/web/assets/luring.js', import.meta.url), 'utf8'), { self, Date });
const { luring } = self;
const plain = (value) => JSON.parse(JSON.stringify(value));
const HOUR = 3_600_000;
const WAITS = ['/eoffice/surat-masuk/{id}/disposisi', '/eoffice/naskah/{id}/ubah'];
const form = (more = []) => [['_kunci', 'k'], ['_pemegang', 'p'], ['_antre', 'Disposisi surat'], ['_antre_kecuali', 'sifat=rahasia'], ...more];
const entry = (id, jalur, more = {}) => ({ id, jalur, pemegang: 'p', pada: 0, keadaan: 'menunggu', ...more });

const RULES = {
  'an address fits the pattern of its route and no other': () => {
    assert.equal(luring.fits('/a/{id}/b', '/a/7/b'), true);
    for (const other of ['/a//b', '/a/7', '/a/7/b/c', '/x/7/b']) assert.equal(luring.fits('/a/{id}/b', other), false, other);
  },
  'a form waits only where its route says so, with its holder and its key': () => {
    const path = '/eoffice/naskah/1/ubah';
    assert.equal(luring.mayWait(WAITS, path, form()), true);
    assert.equal(luring.mayWait(WAITS, '/eoffice/naskah/1/ajukan', form()), false);
    for (const lacks of ['_kunci', '_pemegang', '_antre']) assert.equal(luring.mayWait(WAITS, path, form().filter(([name]) => name !== lacks)), false, lacks);
  },
  'a secret form, and one that only adds a line, do not wait': () => {
    const path = '/eoffice/naskah/1/ubah';
    assert.equal(luring.mayWait(WAITS, path, form([['sifat', 'rahasia']])), false);
    assert.equal(luring.mayWait(WAITS, path, form([['sifat', 'biasa']])), true);
    assert.equal(luring.mayWait(WAITS, path, form([['_tambah', '1']])), false);
  },
  'a page is kept only for its own holder, where the server and the reader both say so': () => {
    const answer = { status: 200, keep: 'ya', holder: 'p', size: 10 };
    const now = { pemegang: 'p', simpan: true };
    assert.equal(luring.mayKeep(answer, now), true);
    for (const [a, n] of [[{ keep: null }, {}], [{ holder: 'q' }, {}], [{ status: 422 }, {}], [{ size: 400_000 }, {}], [{}, { simpan: false }], [{}, { pemegang: 'q' }]]) {
      assert.equal(luring.mayKeep({ ...answer, ...a }, { ...now, ...n }), false, JSON.stringify([a, n]));
    }
    assert.equal(luring.mayKeep(answer, null), false);
  },
  'somebody else, or nobody, wipes what was kept': () => {
    const now = { pemegang: 'p' };
    assert.deepEqual(['p', 'q', '-', null].map((holder) => luring.whose(holder, now)), ['same', 'other', 'other', '']);
    assert.equal(luring.whose('p', null), 'other');
  },
  'twelve hours after the last word of the server everything is over': () => {
    assert.equal(luring.isOver(0, 12 * HOUR), false);
    assert.equal(luring.isOver(0, 12 * HOUR + 1), true);
    assert.equal(luring.isOver(2 * HOUR, 0), true, 'a clock that was turned back proves nothing');
  },
  'over the limits the pages kept longest go first': () => {
    const pages = Array.from({ length: 62 }, (_, at) => ({ href: String(at), at, size: 1 }));
    assert.deepEqual(plain(luring.surplus(pages)), ['1', '0']);
    const large = Array.from({ length: 3 }, (_, at) => ({ href: String(at), at, size: 2.5 * 1024 * 1024 }));
    assert.deepEqual(plain(luring.surplus(large)), ['0']);
  },
  'forms go in the order in which they were written, only those of whoever is here': () => {
    const all = [entry(3, '/a'), entry(1, '/b'), entry(2, '/c', { pemegang: 'q' })];
    assert.deepEqual(plain(luring.turn(all, 'p', 1).map((one) => one.id)), [1, 3]);
  },
  'what is held back holds back what came later for the same address, and nothing else': () => {
    const all = [entry(1, '/a', { keadaan: 'bentrok' }), entry(2, '/a'), entry(3, '/b'), entry(4, '/c', { keadaan: 'ditolak' })];
    assert.deepEqual(plain(luring.turn(all, 'p', 1).map((one) => one.id)), [3]);
  },
  'after six days nothing is sent by itself, because on the eighth the server no longer knows what it took': () => {
    assert.equal(luring.turn([entry(1, '/a')], 'p', 6 * 24 * HOUR).length, 1);
    assert.equal(luring.turn([entry(1, '/a')], 'p', 6 * 24 * HOUR + 1).length, 0);
  },
  'each answer has one meaning': () => {
    for (const [answer, fate] of [
      [{ status: 200, leads: '/eoffice/surat-masuk/1' }, 'terkirim'],
      [{ status: 200, leads: '/masuk?ke=%2F' }, 'masuk'],
      [{ status: 200, leads: '/buktikan' }, 'masuk'],
      [{ status: 200, leads: '' }, 'ditolak'],
      [{ status: 401 }, 'masuk'],
      [{ status: 403, stale: true }, 'ulang'],
      [{ status: 403, stale: true, second: true }, 'ditolak'],
      [{ status: 404 }, 'ditolak'],
      [{ status: 409, versioned: true }, 'bentrok'],
      [{ status: 409 }, 'ditolak'],
      [{ status: 422 }, 'ditolak'],
      [{ status: 429 }, 'tunda'],
      [{ status: 500 }, 'tunda'],
      [{ status: 503 }, 'tunda'],
    ]) assert.equal(luring.fate(answer), fate, JSON.stringify(answer));
  },
  'two texts differ in what people wrote and not in what the page carries': () => {
    const mine = [['_kunci', 'a'], ['versi', '1'], ['hal', 'Rapat'], ['isi', 'satu\r\ndua'], ['kosong', '']];
    const theirs = [['_kunci', 'b'], ['versi', '2'], ['hal', 'Rapat kerja'], ['isi', 'satu\ndua'], ['baru', 'x']];
    assert.deepEqual(plain(luring.differences(mine, theirs)), [{ name: 'hal', mine: 'Rapat', theirs: 'Rapat kerja' }, { name: 'baru', mine: '', theirs: 'x' }]);
  },
  'a time of today is a time, and one of another day has its day': () => {
    const at = new Date(2026, 10, 27, 9, 5).getTime();
    assert.equal(luring.clock(at, at + HOUR), 'pukul 09.05');
    assert.equal(luring.clock(at, at + 24 * HOUR), '27 Nov pukul 09.05');
  },
};

let [passed, failed] = [0, 0];
for (const [title, rule] of Object.entries(RULES)) {
  try {
    rule();
    passed += 1;
    console.log(`passed ${title}`);
  } catch (cause) {
    failed += 1;
    console.log(`FAILED ${title}\n${String(cause.stack ?? cause).replace(/^/gm, '    ')}`);
  }
}
console.log(`journeys: ${passed} passed, ${failed} failed, 0 skipped`);
process.exit(failed > 0 ? 1 : 0);
