// What must have happened to naskah, their registers and files before some pages exist: see prepare.mjs.
const NASKAH = /^\/eoffice\/naskah\/[0-9a-f-]{36}$/;
const PHRASE = 'rakit bambu di muara pagi';

const today = () => new Date(Date.now() + 7 * 3_600_000).toISOString().slice(0, 10);
const daysFrom = (days) => new Date(Date.now() + 7 * 3_600_000 + days * 86_400_000).toISOString().slice(0, 10);

// The values that a field with choices offers.
function offered(text, name) {
  const [, field] = new RegExp(`<select[^>]*name="${name}"([\\s\\S]*?)</select>`).exec(text) ?? [];
  return [...(field ?? '').matchAll(/<option\b[^>]*value="([^"]+)"/g)].map(([, value]) => value);
}

// The links of the naskah that wait for somebody's signature.
const waiting = (signer) => signer.links('/eoffice/naskah/tanda-tangan', NASKAH);

export const NASKAH_STEPS = [
  {
    what: 'a draft is a PDF from a word processor, on which number, date and signature are placed',
    needs: '/eoffice/naskah/{id}/unggahan/{halaman}/berkas',
    act: async ({ as }) => {
      const writer = await as('staf');
      const draft = await writer.sent('/eoffice/naskah/baru/memo', /baru\/memo$/, { hal: 'Memo dari pengolah kata' });
      const file = await (await writer.ask(`${draft}/pdf`)).arrayBuffer();
      await writer.sent(`${draft}/unggahan`, /unggahan$/, { naskah: [new Blob([file], { type: 'application/pdf' }), 'memo.pdf'] });
      return { extra: [{ akun: 'staf', address: `${draft}/unggahan` }] };
    },
  },
  {
    what: 'the secretariat numbers in SRIKANDI, with an outage behind it and a number from it that is not known there',
    needs: '/desk/register/{id}/rekonsiliasi',
    act: async ({ as, program }) => {
      const [admin, signer] = [await as('superadmin'), await as('sekda')];
      const book = await registerOf(admin, program.accounts.find((one) => one.akun === 'sekda').opd);
      await admin.sent(`${book}/pemilik`, /pemilik$/, { dasar: '100.3/7/2026' });
      await admin.sent(`${book}/darurat`, /darurat$/, { nomor: '100.3/12/2026', tanggal: today(), sampai: daysFrom(7) });
      const form = (await admin.read(`${book}/luar`)).text;
      const next = 1 + Number(/Nomor terakhir register ini (\d+)/.exec(form)[1]);
      const typed = { jenis: offered(form, 'jenis')[0], urut: String(next), tanggal: today(), klasifikasi: '000.1.5', keterangan: 'Undangan yang diberi nomor di kertas' };
      await admin.sent(`${book}/luar`, /\/luar$/, typed);
      await admin.sent(book, /darurat\/akhiri$/);
      const acts = [book, `${book}/darurat`, `${book}/rekonsiliasi`].map((address) => ({ akun: 'superadmin', address }));
      const theirs = [];
      for (const naskah of await waiting(signer)) if ((await signer.read(`${naskah}/srikandi`)).status === 200) theirs.push(`${naskah}/srikandi`);
      return { extra: [...acts, ...theirs.map((address) => ({ akun: 'sekda', address }))] };
    },
  },
  {
    what: 'the columns of another application are kept, and a package is made by them',
    needs: '/eoffice/srikandi/profil/{id}',
    act: async ({ as }) => {
      const office = await as('tata-usaha');
      await office.sent('/eoffice/srikandi/profil/baru', /profil\/baru$/, { nama: 'Arsip provinsi' });
      return { extra: [{ akun: 'tata-usaha', address: `/eoffice/srikandi/paket/berkas?dari=${daysFrom(-60)}&sampai=${today()}` }] };
    },
  },
  {
    what: 'a draft is changed, so that it has two versions',
    needs: '/eoffice/naskah/{id}/versi/{versi}',
    act: async ({ as }) => {
      const writer = await as('kabid');
      const naskah = await writer.sent('/eoffice/naskah/baru/nota-dinas', /nota-dinas$/, { hal: 'Jadwal posyandu triwulan empat', bidang_isi: 'Jadwal menyusul.' });
      await writer.sent(`${naskah}/ubah`, /ubah$/, { bidang_isi: 'Jadwal terlampir pada nota ini.' });
      return { extra: (await writer.links(naskah, /\/versi\/\d+$/)).map((address) => ({ akun: 'kabid', address })) };
    },
  },
  {
    what: 'a nota dinas reaches the head of the office, who gives an order on it',
    needs: '/eoffice/naskah/{id}/disposisi',
    act: async ({ as }) => {
      const [division, head] = [await as('kabid'), await as('kadis')];
      const kode = '/eoffice/naskah/baru/nota-dinas';
      // The office is called differently in every regency.
      const known = await (await division.ask('/eoffice/pilih/tujuan?q=Kepala+Dinas+Kesehatan')).json();
      const kepada = known.pilihan.find((one) => one.keterangan === 'OPD Anda').nilai;
      const words = { hal: 'Kebutuhan vaksin triwulan empat', kepada, bidang_isi: 'Bersama ini kami sampaikan kebutuhan vaksin.', klasifikasi_teks: '000.1.5' };
      const naskah = await division.sent(kode, /nota-dinas$/, { ...words, penandatangan: '', penandatangan_teks: 'Kepala Bidang Pelayanan Kesehatan', wewenang: 'langsung', sifat: 'biasa', derajat: 'segera' });
      await division.sent(`${naskah}/ajukan`, /ajukan$/);
      await division.sent(`${naskah}/nomor`, /nomor$/, { tanggal: today() });
      const file = new Blob(['%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n'], { type: 'application/pdf' });
      await division.sent(naskah, /bertanda-tangan$/, { naskah: [file, 'nota.pdf'] });
      await division.sent(`${naskah}/kirim`, /kirim$/);
      const form = (await head.read(`${naskah}/disposisi`)).text;
      const [, post] = /name="penanggung_jawab"[^>]*value="([^"]+)"/.exec(form) ?? /value="([^"]+)"[^>]*name="penanggung_jawab"/.exec(form) ?? [];
      await head.sent(`${naskah}/disposisi`, /disposisi$/, { penanggung_jawab: post, instruksi: 'TL', catatan: 'Periksa stoknya, lalu laporkan.' });
      const pages = [naskah, `${naskah}/disposisi`, `${naskah}/lembar-disposisi`, `${naskah}/lembar-disposisi/pdf`];
      return { extra: pages.map((address) => ({ akun: 'kadis', address })) };
    },
  },
  {
    what: 'a signed naskah goes to the box of another regency',
    needs: '/eoffice/naskah/{id}/amplop/{amplop}',
    act: async ({ as }) => {
      const signer = await as('kadis');
      for (const naskah of await signer.links('/eoffice/naskah?status=tertandatangani', NASKAH)) {
        const [send] = await signer.links(naskah, /\/kirim$/);
        if (!send) continue;
        const form = (await signer.read(send)).text;
        const [way] = [...form.matchAll(/name="(cara_\d+)"/g)].map(([, name]) => name);
        const node = way && offered(form, way).find((value) => value.startsWith('simpul:'));
        if (!node) continue;
        await signer.sent(send, /\/kirim$/, { [way]: node });
        const letters = await signer.links(naskah, /\/amplop\/[0-9a-f-]{36}$/);
        return { extra: letters.map((address) => ({ akun: 'kadis', address })) };
      }
      throw new Error('no signed naskah can go to another box');
    },
  },
  {
    what: 'the regency signs with an authority of its own, and a leader has signed with it',
    needs: '/eoffice/naskah/tanda-tangan/hasil',
    act: async ({ as, guest }) => {
      const [admin, signer] = [await as('superadmin'), await as('kadis')];
      // Approved on paper before: these pages stand whatever way is chosen afterwards.
      const extra = [];
      const note = (addresses) => extra.push(...addresses.map((address) => ({ akun: 'kadis', address })));
      for (const naskah of await waiting(signer)) note(await signer.links(naskah, /\/nomor$/));
      await admin.sent('/desk/tanda-tangan/otoritas', /otoritas$/, { rahasia_baru: PHRASE, rahasia_ulang: PHRASE });
      await admin.sent('/desk/tanda-tangan', /tanda-tangan$/, { cara: 'lokal' });
      const list = (await signer.read('/eoffice/naskah/tanda-tangan')).text;
      const chosen = [...list.matchAll(/<input\b[^>]*type="checkbox"[^>]*>/g)].map(([tag]) => tag).filter((tag) => /name="pilih"/.test(tag));
      const ids = chosen.map((tag) => /value="([^"]+)"/.exec(tag)[1]);
      if (ids.length < 2) throw new Error(`${ids.length} naskah wait for a signature`);
      const asked = await signer.send('/eoffice/naskah/tanda-tangan', /tanda-tangan$/, { pilih: ids[0], tindakan: 'tanda-tangan' });
      const hidden = Object.fromEntries([...(await asked.text()).matchAll(/<input\b[^>]*type="hidden"[^>]*name="([^"]+)"[^>]*value="([^"]*)"/g)].map(([, name, value]) => [name, value]));
      const answer = await signer.ask('/eoffice/naskah/tanda-tangan', { method: 'POST', body: new URLSearchParams({ ...hidden, pilih: ids[0], rahasia: PHRASE }) });
      if (answer.status !== 303) throw new Error(`signing answers ${answer.status}`);
      note([answer.headers.get('location'), `/eoffice/naskah/${ids[0]}`]);
      for (const id of ids.slice(1)) note(await signer.links(`/eoffice/naskah/${id}`, /\/tte$/));
      return { extra, guests: [{ visitor: guest('whoever checks a signature'), addresses: ['/v/otoritas.pem'] }] };
    },
  },
  {
    what: 'somebody follows an agenda on a telephone',
    needs: '/eoffice/kalender/{token}',
    act: async ({ as, guest }) => {
      const aide = await as('sespri');
      const [pimpinan] = offered((await aide.read('/eoffice/agenda/kalender')).text, 'pimpinan');
      const made = await aide.sent('/eoffice/agenda/kalender', /agenda\/kalender$/, { pimpinan, nama: 'Ponsel ajudan' });
      const token = new URL(made, aide.base).searchParams.get('alamat');
      return { extra: [{ akun: 'sespri', address: made }], guests: [{ visitor: guest('a telephone'), addresses: [`/eoffice/kalender/${token}`] }] };
    },
  },
];

// The register of an office for its letters, in the list of all of them, which has pages.
async function registerOf(admin, office) {
  for (let page = '/desk/register'; page;) {
    const { text } = await admin.read(page);
    const row = text.split('<tr').find((one) => /Naskah surat</.test(one) && one.includes(`>${office}<`));
    const [, address] = /href="([^"]+)"/.exec(row ?? '') ?? [];
    if (address) return address;
    [page] = (await admin.links(page, /register\?.*kelompok=/)).filter((next) => next !== page);
  }
  throw new Error(`${office} has no register for letters`);
}
