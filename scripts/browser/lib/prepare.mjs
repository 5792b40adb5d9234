// What officers must have done before some pages exist at all: a letter with its scan, a correspondent, a saved view. Done as they would
// do it, in the browser, each by the first account that may. A step that does not work is said and left to the scan, which fails for
// the page that is then missing.
import { execFileSync } from 'node:child_process';
import { createHmac } from 'node:crypto';
import { look } from './check.mjs';
import { IZIN_STEPS } from './prepare-izin.mjs';
import { NASKAH_STEPS } from './prepare-naskah.mjs';
import { Visitor } from './routes.mjs';
import { fill, firstAlert, mainForm, registerSurat, submit } from './steps.mjs';

// Gives addresses that no link leads to, each with the account that may open it: extra, [{ akun, address }]; and people who are in the
// middle of something, with what they see: guests, [{ visitor, addresses }].
export async function prepare({ browser, program, binary, routes, log }) {
  const extra = [];
  const guests = [];
  for (const step of STEPS) {
    if (!routes.some((route) => route.alamat === step.needs)) continue;
    try {
      if (step.act) {
        const made = await step.act({ program, binary, as: (akun) => as(program, akun), guest: (name) => new Visitor(program.base, { akun: name }) });
        extra.push(...(made.extra ?? []));
        guests.push(...(made.guests ?? []));
        continue;
      }
      const visitor = await firstWho(program, step.from ?? step.needs);
      const seen = await look(browser, visitor, { width: 1280, scheme: 'light' });
      try {
        const made = await step.run({ page: seen.page, base: program.base, visitor });
        for (const address of made ?? []) extra.push({ akun: visitor.name, address });
      } finally {
        await seen.context.close();
      }
    } catch (cause) {
      log(`${step.what}: ${cause.message.split('\n')[0]}`);
    }
  }
  return { extra, guests };
}

const as = ({ base, accounts }, akun) => new Visitor(base, accounts.find((one) => one.akun === akun)).logIn();

// The code an authenticator application shows now for the key that stands on the page.
function authenticator(key) {
  const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';
  const bits = [...key.replace(/[^A-Z2-7]/g, '')].map((letter) => letters.indexOf(letter).toString(2).padStart(5, '0')).join('');
  const secret = Buffer.from(bits.match(/.{8}/g).map((byte) => parseInt(byte, 2)));
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(Math.floor(Date.now() / 30_000)));
  const digest = createHmac('sha1', secret).update(counter).digest();
  return String((digest.readUInt32BE(digest[19] & 15) & 0x7fffffff) % 1_000_000).padStart(6, '0');
}

// Registers as a citizen, up to the page that asks for the code.
async function registers(visitor, serial) {
  await visitor.sent('/daftar/warga', /daftar\/warga/, { nik: NIK(serial), nama: 'Siti Latihan', kontak: `siti.${serial}@contoh.example`, setuju: 'ya' });
  return visitor;
}

const NIK = (serial) => `190601450195${serial}`;
const DETAIL = /^\/identity\/warga\/[0-9a-f-]{36}$/;

// The code that came is typed, and a password chosen.
async function opens(visitor) {
  await visitor.sent('/daftar/kode', /daftar\/kode/, { kode: await shownCode(visitor, '/daftar/kode'), sandi_baru: NEW_PASSWORD, sandi_ulang: NEW_PASSWORD });
  return visitor;
}

const account = async (visitor, serial) => opens(await registers(visitor, serial));

// A box for trying sends nothing: the code stands on the page where it is typed.
async function shownCode(visitor, page) {
  const code = /LATIHAN: kode[^0-9]*(\d{6})/.exec((await visitor.read(page)).text);
  if (!code) throw new Error(`${page} shows no code`);
  return code[1];
}

// The first account whose GET of this address is answered.
async function firstWho({ base, accounts }, address) {
  for (const account of accounts) {
    const visitor = await new Visitor(base, account).logIn();
    if ((await visitor.read(address)).status === 200) return visitor;
  }
  throw new Error(`no account may open ${address}`);
}

// Fills the main form of a page with what fits each field, and sends it.
async function send(page, address) {
  await page.goto(address);
  const form = mainForm(page);
  await fill(form, { perihal: 'Contoh isian untuk pemeriksaan' });
  await submit(page, form);
  if (page.url() === address) throw new Error(`${await firstAlert(page)} (${await form.evaluate((node) => [...new FormData(node)].map((pair) => pair.join('=')).join('&'))})`);
  return [new URL(page.url()).pathname];
}

const NEW_PASSWORD = 'perahu cadik pulang senja';

const STEPS = [
  ...IZIN_STEPS,
  ...NASKAH_STEPS,
  {
    what: 'a program is let in with a token',
    needs: '/identity/token/{id}',
    act: async ({ as }) => {
      const officer = await as('tata-usaha');
      const posts = /<select\b[^>]*name="jabatan"[\s\S]*?<\/select>/.exec((await officer.read('/identity/token/baru')).text)[0];
      const answer = await officer.send('/identity/token/baru', /token\/baru/, {
        nama: 'SIMPEG',
        keterangan: 'Pemeriksaan halaman',
        cakupan: 'eoffice.surat-masuk.baca',
        jabatan: /value="([0-9a-f-]{36})"/.exec(posts)[1],
        sampai: new Date(Date.now() + 300 * 86_400_000).toISOString().slice(0, 10),
      });
      const token = /<code>(praja_[0-9a-f]{64})/.exec(await answer.text());
      if (!token) throw new Error(`no token is shown: ${answer.status}`);
      const called = await officer.ask('/api/v1/eoffice/surat-masuk?jumlah=1', { headers: { authorization: `Bearer ${token[1]}` } });
      if (called.status !== 200) throw new Error(`the token is not taken: ${called.status}`);
      await called.arrayBuffer();
      const told = await officer.send('/identity/webhook/baru', /webhook\/baru/, { nama: 'SIMPEG', alamat: 'http://10.9.8.7/kabar', peristiwa: 'surat-masuk.tercatat' });
      if (told.status !== 200) throw new Error(`no webhook is taken: ${told.status}`);
      const page = /href="(\/identity\/webhook\/[0-9a-f-]{36})"/.exec(await told.text())[1];
      await officer.sent(page, /\/uji$/);
      return {};
    },
  },
  {
    what: 'a second step is set up and asked for, and an administrator may take it away',
    needs: '/masuk/kode',
    act: async ({ program, as, guest }) => {
      const account = program.accounts.at(-1);
      const owner = await as(account.akun);
      await owner.sent('/profil/dua-langkah', /dua-langkah\/mulai/);
      const key = /<p class="kode"><code>([^<]+)/.exec((await owner.read('/profil/dua-langkah')).text)[1];
      const done = await owner.send('/profil/dua-langkah', /dua-langkah\/aktifkan/, { kode: authenticator(key) });
      if (!/kode-pemulihan/.test(await done.text())) throw new Error(`no recovery codes: ${done.status}`);
      account.jar = owner.jar;
      const entering = guest('a second step');
      await entering.sent('/masuk', /masuk/, { akun: account.akun, sandi: account.sandi });
      const admin = await as('superadmin');
      const theirs = await admin.links(`/identity/akun?q=${encodeURIComponent(account.nama.split(',')[0])}`, /^\/identity\/akun\/[0-9a-f-]{36}$/);
      const extra = [];
      for (const one of theirs) for (const address of await admin.links(one, /matikan-langkah-kedua$/)) extra.push({ akun: 'superadmin', address });
      return { extra, guests: [{ visitor: entering, addresses: ['/masuk/kode'] }] };
    },
  },
  {
    what: 'somebody has forgotten the password',
    needs: '/lupa-sandi/kode',
    act: async ({ guest, program }) => {
      const visitor = guest('a forgotten password');
      await visitor.sent('/lupa-sandi', /lupa-sandi/, { akun: program.accounts[0].akun });
      return { guests: [{ visitor, addresses: ['/lupa-sandi/kode'] }] };
    },
  },
  {
    what: 'a citizen registers',
    needs: '/daftar/kode',
    act: async ({ guest }) => ({ guests: [{ visitor: await registers(guest('a registration'), '0001'), addresses: ['/daftar/kode'] }] }),
  },
  {
    what: 'a citizen has an account and changes the address',
    needs: '/warga',
    act: async ({ guest }) => {
      const visitor = await account(guest('a citizen'), '0002');
      await visitor.sent('/warga/kontak', /warga\/kontak/, { kontak: 'siti.baru@contoh.example' });
      return { guests: [{ visitor, addresses: ['/warga/kontak/kode', '/warga', '/warga/kontak', '/warga/tutup', '/perizinan/saya', '/data-pribadi/ajukan'] }] };
    },
  },
  {
    what: 'a citizen logs in by a code',
    needs: '/masuk/otp/kode',
    act: async ({ guest }) => {
      const visitor = guest('a code');
      await visitor.sent('/masuk/otp', /masuk\/otp/, { akun: NIK('0002') });
      return { guests: [{ visitor, addresses: ['/masuk/otp/kode'] }] };
    },
  },
  {
    what: 'a body has an account and somebody acts for it',
    needs: '/warga/kuasa',
    act: async ({ as, guest }) => {
      await account(guest('a deputy'), '0003');
      const body = guest('a body');
      const kind = /<select[^>]*name="jenis"[\s\S]*?<option value="([^"]+)"/.exec((await body.read('/daftar/badan')).text)[1];
      const facts = { jenis: kind, nama: 'PT Latihan Bersama', nomor: '9120001234567', wakil: 'Siti Latihan', wakil_nik: NIK('0002'), kontak: 'pt.latihan@contoh.example', setuju: 'ya' };
      await body.sent('/daftar/badan', /daftar\/badan/, facts);
      await opens(body);
      await body.sent('/warga/kuasa', /warga\/kuasa/, { nik: NIK('0003'), nama: 'Siti Latihan' });
      const clerk = await as('superadmin');
      const bodies = await clerk.links('/identity/warga?jenis=badan', DETAIL);
      const extra = [];
      for (const one of bodies) for (const address of await clerk.links(one, /\/cabut$/)) extra.push({ akun: 'superadmin', address });
      return { extra, guests: [{ visitor: body, addresses: ['/warga/kuasa'] }] };
    },
  },
  {
    what: 'one citizen is checked at the counter, another blocked',
    needs: '/identity/warga/{id}/batal-cocok',
    act: async ({ as, guest }) => {
      await account(guest('a citizen to check'), '0004');
      await account(guest('a citizen to block'), '0005');
      const clerk = await as('superadmin');
      const of = async (serial) => (await clerk.links(`/identity/warga?q=${NIK(serial)}`, DETAIL))[0];
      const [checked, blocked] = [await of('0004'), await of('0005')];
      await clerk.sent(`${checked}/cocokkan`, /cocokkan$/, { nik: NIK('0004'), nama: 'Siti Latihan', orangnya: 'ya' });
      await clerk.sent(`${blocked}/blokir`, /blokir$/, { alasan: 'Dipakai orang lain untuk percobaan.' });
      return { extra: [`${checked}/batal-cocok`, `${blocked}/buka-blokir`].map((address) => ({ akun: 'superadmin', address })) };
    },
  },
  {
    what: 'a link for a further administrator is made on the console',
    needs: '/pengelola-pertama/{kode}',
    act: async ({ program, binary, guest }) => {
      if (!program.root) throw new Error('only for a program that was started here');
      const said = execFileSync(binary, ['admin', 'link', '--extra', '--config', `${program.root}/config/praja.yaml`], { encoding: 'utf8' });
      return { guests: [{ visitor: guest('an administrator'), addresses: [/\/pengelola-pertama\/\S+/.exec(said)[0]] }] };
    },
  },
  {
    what: 'a file is imported that has faults',
    needs: '/identity/impor/{id}',
    act: async ({ as }) => {
      const admin = await as('superadmin');
      const csv = await (await admin.ask('/identity/ekspor/opd?format=csv')).text();
      const lines = csv.trimEnd().split('\r\n');
      const faulty = `${csv.trimEnd()}\r\n${lines.at(-1).replace(/^[^;,]*/, 'bukan kode')}\r\n`;
      const page = await admin.sent('/identity/impor/baru/opd', /impor\/baru/, { berkas: [new Blob([faulty], { type: 'text/csv' }), 'opd.csv'] });
      // It is checked in the background.
      for (let turn = 0; turn < 60 && !(await admin.links(page, /\/masalah\?/)).length; turn += 1) await new Promise((done) => { setTimeout(done, 500); });
      return { extra: [{ akun: 'superadmin', address: page }] };
    },
  },
  {
    what: 'an old agenda book is brought, mapped and checked, with a fault in it',
    needs: '/eoffice/impor/{id}/kolom',
    act: async ({ as }) => {
      const office = await as('tata-usaha');
      const book = 'No;Tgl Terima;Asal;Hal\n1;02/01/2019;Camat Utara;Undangan rapat\n2;31/02/2019;Camat Utara;Laporan bulanan\n';
      const page = await office.sent('/eoffice/impor/baru', /impor\/baru$/, { berkas: [new Blob([book], { type: 'text/csv' }), 'agenda-2019.csv'] });
      const until = async (pattern) => {
        // It is read and checked in the background.
        for (let turn = 0; turn < 60 && !(await office.links(page, pattern)).length; turn += 1) await new Promise((done) => { setTimeout(done, 500); });
      };
      await until(/\/kolom$/);
      const columns = { kolom_agenda: '0', kolom_tanggal_terima: '1', kolom_asal: '2', kolom_hal: '3', profil_nama: 'Buku kecamatan' };
      await office.sent(`${page}/kolom`, /\/kolom$/, columns);
      await until(/\/masalah\?/);
      return { extra: [page, `${page}/lembar`, `${page}/kolom`].map((address) => ({ akun: 'tata-usaha', address })) };
    },
  },
  {
    what: 'a role of the regency\'s own is made',
    needs: '/identity/peran/{peran}/ubah',
    act: async ({ as }) => {
      const address = await (await as('superadmin')).sent('/identity/peran/baru', /peran\/baru/, { nama: 'Pembaca surat', izin: 'eoffice.read-surat-masuk' });
      return { extra: [{ akun: 'superadmin', address }] };
    },
  },
  {
    what: 'the audit trail is checked',
    needs: '/identity/audit/periksa/{id}',
    act: async ({ as }) => {
      const address = await (await as('auditor')).sent('/identity/audit/periksa', /audit\/periksa/);
      return { extra: [{ akun: 'auditor', address }] };
    },
  },
  {
    // Most registers of the regency belong to others; only in one's own is there something to do.
    what: 'a register whose numbers may be cancelled is found among the many',
    needs: '/desk/register/{id}/pemilik',
    act: async ({ as }) => {
      const admin = await as('superadmin');
      for (const register of await admin.links('/desk/register', /register\/[0-9a-f-]{36}$/)) {
        const acts = await admin.links(register, /\/(luar|pemilik|batal)$/);
        if (acts.length > 2) return { extra: acts.map((address) => ({ akun: 'superadmin', address })) };
      }
      throw new Error('no register has acts');
    },
  },
  {
    what: 'the photographs of a complaint are found',
    needs: '/desk/lampiran/{id}/halaman/{urut}',
    act: async ({ as }) => {
      const leader = await as('kadis');
      for (const complaint of await leader.links('/desk/pengaduan', /pengaduan\/[0-9a-f-]{36}$/)) {
        for (const photographs of await leader.links(complaint, /\/desk\/lampiran\/[0-9a-f-]{36}$/)) {
          const pages = await leader.links(photographs, /\/halaman\/\d+$/);
          if (pages.length) return { extra: [photographs, pages[0]].map((address) => ({ akun: 'kadis', address })) };
        }
      }
      throw new Error('no complaint has several photographs');
    },
  },
  {
    what: 'a colleague says something about a letter, with a file',
    needs: '/desk/komentar/{id}/lampiran/{lampiran}',
    act: async ({ as }) => {
      const office = await as('tata-usaha');
      for (const letter of await office.links('/eoffice/surat-masuk', /surat-masuk\/[0-9a-f-]{36}$/)) {
        if (!/action="\/desk\/komentar"/.test((await office.read(letter)).text)) continue;
        const file = new Blob(['%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n'], { type: 'application/pdf' });
        await office.sent(letter, /desk\/komentar$/, { isi: 'Berkas pendukung terlampir.', lampiran_komentar: [file, 'pendukung.pdf'] });
        const [address] = await office.links(letter, /\/desk\/komentar\/[0-9a-f-]{36}\/lampiran\//);
        return { extra: [{ akun: 'tata-usaha', address }] };
      }
      throw new Error('no letter takes comments');
    },
  },
  {
    what: 'a line is measured without the script, step by step',
    needs: '/ukur/langkah',
    act: async ({ as }) => {
      const visitor = await as('tata-usaha');
      let address = '/ukur/langkah';
      for (let steps = 0; steps < 60; steps += 1) {
        const { text, to } = await visitor.read(address);
        const next = to ?? /content="0; url=([^"]+)"/.exec(text)?.[1].replaceAll('&amp;', '&');
        if (!next) return { guests: [{ visitor, addresses: [address] }] };
        address = next;
      }
      throw new Error('the measuring does not end');
    },
  },
  {
    what: 'several letters were sent to one desk, and one that could not go',
    needs: '/eoffice/surat-masuk/arahkan',
    act: async ({ as }) => {
      const office = await as('tata-usaha');
      for (const letter of await office.links('/eoffice/surat-masuk', /surat-masuk\/[0-9a-f-]{36}$/)) {
        const desk = /<option value="([0-9a-f-]{36})"/.exec((await office.read(`${letter}/arahkan`)).text)?.[1];
        if (desk) return { extra: [{ akun: 'tata-usaha', address: `/eoffice/surat-masuk/arahkan?kepada=${desk}&surat=t${letter.split('/').pop()}` }] };
      }
      throw new Error('no letter can be sent to a desk');
    },
  },
  {
    what: 'a citizen looks after a complaint that had a photograph',
    needs: '/pengaduan/foto/{lampiran}/{urut}',
    act: async ({ guest }) => {
      const visitor = guest('pengadu');
      const dot = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==', 'base64');
      const complaint = { jenis: 'pelayanan', isi: 'Jalan desa berlubang di depan pasar lama sejak Senin.', nama: 'Yohana Bria', kontak: '0812 3456 7890' };
      const receipt = await (await visitor.send('/pengaduan', /pengaduan$/, { ...complaint, foto: [new Blob([dot], { type: 'image/png' }), 'jalan.png'] })).text();
      const [, nomor] = /<strong>(\d{4}-\d{5})</.exec(receipt) ?? [];
      const [, kode] = /<code>([^<]+)</.exec(receipt) ?? [];
      const found = await (await visitor.send('/pengaduan', /lacak$/, { nomor, kode })).text();
      const [, address] = /src="(\/pengaduan\/foto\/[^"]+)"/.exec(found) ?? [];
      if (!address) throw new Error('the answer shows no photograph');
      return { guests: [{ visitor, addresses: [address.replaceAll('&amp;', '&')] }] };
    },
  },
  {
    what: 'a letter that belongs elsewhere is passed on',
    needs: '/eoffice/surat-masuk/{id}/pengantar',
    act: async ({ as }) => {
      const office = await as('tata-usaha');
      for (const letter of await office.links('/eoffice/surat-masuk', /surat-masuk\/[0-9a-f-]{36}$/)) {
        const [away] = await office.links(letter, /salah-alamat$/);
        if (!away) continue;
        const today = new Date(Date.now() + 7 * 3_600_000).toISOString().slice(0, 10);
        await office.sent(away, /salah-alamat$/, { cara: 'kembalikan', nomor: '005/17/TU/2026', tanggal: today, alasan: 'Urusan ini kewenangan instansi lain.' });
        return { extra: [{ akun: 'tata-usaha', address: `${letter}/pengantar` }] };
      }
      throw new Error('no letter may be passed on');
    },
  },
  {
    what: 'a secretary notes an order that the leader gave by word of mouth',
    needs: '/eoffice/pembenaran/{id}/batal',
    act: async ({ as }) => {
      const leader = await as('bupati');
      const secretary = await as('sespri');
      for (const letter of await leader.links('/eoffice/surat-masuk', /surat-masuk\/[0-9a-f-]{36}$/)) {
        const page = `${letter}/disposisi`;
        const form = await secretary.read(page);
        if (form.status !== 200) continue;
        const post = /name="penanggung_jawab" value="([^"]+)"/.exec(form.text)?.[1];
        if (!post) continue;
        await secretary.sent(page, /disposisi$/, { penanggung_jawab: post });
        return { extra: (await leader.links(letter, /pembenaran\/.*\/batal$/)).map((address) => ({ akun: 'bupati', address })) };
      }
      throw new Error('nothing waits for an order');
    },
  },
  {
    what: 'a letter with its scan is registered',
    needs: '/eoffice/surat-masuk/baru',
    run: async ({ page, base }) => {
      await registerSurat(page, base);
      return [new URL(page.url()).pathname];
    },
  },
  {
    what: 'a correspondent is added to the directory',
    needs: '/desk/instansi/baru',
    run: ({ page, base }) => send(page, `${base}/desk/instansi/baru`),
  },
  {
    what: 'a list is saved as a view',
    needs: '/desk/tampilan/{id}',
    from: '/eoffice/surat-masuk',
    run: async ({ page, base, visitor }) => {
      const views = new URLSearchParams({ daftar: '/eoffice/surat-masuk', kueri: 'status=tercatat', nama: 'Baru tercatat' });
      const tokens = /name="_csrf" value="([^"]+)"/.exec((await visitor.read('/eoffice/surat-masuk')).text);
      views.set('_csrf', tokens[1]);
      await visitor.ask('/desk/tampilan', { method: 'POST', body: views });
      await page.goto(`${base}/desk/tampilan`);
    },
  },
  {
    what: 'a way out for notices is set up',
    needs: '/desk/saluran/{id}',
    from: '/desk/saluran',
    run: async ({ page, base }) => {
      await page.goto(`${base}/desk/saluran/baru?jenis=gerbang`);
      await page.fill('[name=tanda]', 'kunci tanda tangan contoh');
      await submit(page, mainForm(page));
      return [new URL(page.url()).pathname];
    },
  },
];
