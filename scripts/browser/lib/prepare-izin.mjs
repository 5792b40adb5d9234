// What citizens and officers must have done before pages about an application exist: one that is still written, one that was sent, one
// that was issued, one that is billed, one begun at the counter, and a request about somebody's own data.
const PDF = () => new Blob([Buffer.from('%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n')], { type: 'application/pdf' });
const WHO = { nama: 'Siti Rahma', nik: '5315015209850001', alamat: 'Dusun Melati RT 02 RW 01', telepon: '081234567890' };
const ANSWERS = {
  dokumen: 'Akta kelahiran', nomor_dokumen: 'AL-0042', atas_nama: 'Siti Rahma', tanggal_dokumen: '2012-05-14', lembar: '2', hubungan: 'Diri sendiri', keperluan: 'Melamar pekerjaan',
};

// Applies up to the last step; gives the address of the application.
async function applies(citizen) {
  const first = await citizen.sent('/perizinan/ajukan/LGL', /ajukan\/LGL$/, { ...WHO, benar: '1' });
  const at = first.split('/').slice(0, 4).join('/');
  await citizen.sent(`${at}/isi/1`, /isi\/1$/, ANSWERS);
  for (const paper of ['dokumen_asli', 'ktp']) await citizen.sent(`${at}/berkas`, new RegExp(`berkas/${paper}$`), { berkas: [PDF(), `${paper}.pdf`] });
  return at;
}

// Opens an application of the demo as its applicant: the resi is told to officers on its page, the digits of the NIK to whoever knows them.
async function tracks(citizen, officer, list, rest) {
  for (const address of await officer.links(list, /\/perizinan\/izin\/[0-9a-f-]{36}$/)) {
    const { text } = await officer.read(address);
    const [, resi] = /Resi<\/dt>\s*<dd[^>]*>(?:<code>)?([A-Z2-9]{10})/.exec(text) ?? [];
    const [, nik4] = /\d{6}\*{6}(\d{4})/.exec(text) ?? [];
    if (!resi || !nik4) continue;
    const answer = await citizen.send('/perizinan/lacak', /lacak$/, { resi, nik4 });
    if (answer.status === 303) return rest.map((part) => `/perizinan/permohonan/${resi}${part}`);
  }
  throw new Error(`nothing on ${list} can be opened by its applicant`);
}

export const IZIN_STEPS = [
  {
    what: 'a citizen writes an application',
    needs: '/perizinan/permohonan/{resi}/kirim',
    act: async ({ guest }) => {
      const writes = guest('pemohon');
      const at = await applies(writes);
      const [paper] = await writes.links(`${at}/berkas`, /\/lihat\//);
      return { guests: [{ visitor: writes, addresses: ['/pemohon', '/isi/1', '/berkas', '/kirim', ''].map((rest) => at + rest).concat(paper ?? []) }] };
    },
  },
  {
    what: 'a citizen sends an application',
    needs: '/perizinan/permohonan/{resi}/bukti',
    act: async ({ guest, as }) => {
      const sends = guest('pemohon terkirim');
      const at = await applies(sends);
      await sends.sent(`${at}/kirim`, /kirim$/);
      const counter = await as('loket');
      const extra = [];
      for (const akun of ['loket', 'loket2']) {
        const officer = akun === 'loket' ? counter : await as(akun);
        for (const address of await officer.links('/perizinan/izin?pandangan=saya&keadaan=diajukan', /\/perizinan\/izin\/[0-9a-f-]{36}$/)) {
          extra.push({ akun, address: `${address}/kembalikan` }, { akun, address: `${address}/bukti` });
        }
      }
      return { guests: [{ visitor: sends, addresses: ['', '/bukti', '/cabut'].map((rest) => at + rest) }], extra };
    },
  },
  {
    what: 'an applicant fetches what was issued',
    needs: '/perizinan/permohonan/{resi}/dokumen',
    act: async ({ guest, as }) => {
      const officer = await as('pemeriksa');
      const visitor = guest('pemegang');
      return { guests: [{ visitor, addresses: await tracks(visitor, officer, '/perizinan/izin?keadaan=diserahkan', ['/dokumen', '']) }] };
    },
  },
  {
    what: 'an applicant sees the bill',
    needs: '/perizinan/permohonan/{resi}/skrd',
    act: async ({ guest, as }) => {
      const officer = await as('pemeriksa');
      const visitor = guest('penanggung retribusi');
      return { guests: [{ visitor, addresses: await tracks(visitor, officer, '/perizinan/izin?keadaan=menunggu-bayar', ['/skrd', '']) }] };
    },
  },
  {
    what: 'somebody takes a number at the counter',
    needs: '/perizinan/antrean/tiket/{id}',
    act: async ({ guest }) => {
      const visitor = guest('pengunjung loket');
      return { guests: [{ visitor, addresses: [await visitor.sent('/perizinan/antrean', /antrean$/, { huruf: 'A' })] }] };
    },
  },
  {
    what: 'the head warns a holder, with the minutes',
    needs: '/perizinan/izin/terbit/{id}/risalah/{peristiwa}/{lampiran}',
    act: async ({ as }) => {
      const head = await as('kepala-izin');
      const [licence] = await head.links('/perizinan/izin/terbit', /terbit\/[0-9a-f-]{36}$/);
      await head.sent(licence, /peringatan$/, { alasan_peringatan: 'Pelaksanaan tidak sesuai dengan yang dimohon.', dasar_peringatan: 'Perda contoh', risalah_peringatan: [PDF(), 'risalah.pdf'] });
      return { extra: (await head.links(licence, /\/risalah\//)).map((address) => ({ akun: 'kepala-izin', address })) };
    },
  },
  {
    what: 'the minutes of that act came into the archive by themselves',
    needs: '/eoffice/arsip/{id}/isi/{isi}',
    act: async ({ as }) => {
      const office = await as('tu-izin');
      for (let looks = 0; looks < 40; looks += 1) {
        for (const file of await office.links('/eoffice/arsip', /\/eoffice\/arsip\/[0-9a-f-]{36}$/)) {
          const [paper] = await office.links(file, /\/isi\/[0-9a-f-]{36}$/);
          if (paper) return { extra: [file, paper].map((address) => ({ akun: 'tu-izin', address })) };
        }
        await new Promise((later) => setTimeout(later, 500));
      }
      throw new Error('no licence came into the archive');
    },
  },
  {
    what: 'somebody reports a wrong to the inspectorate, with a picture',
    needs: '/desk/pengaduan/{id}/lampiran/{lampiran}',
    act: async ({ guest, as }) => {
      const dot = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==', 'base64');
      const report = { jenis: 'pengawasan', isi: 'Petugas meminta uang agar surat saya didahulukan pada Selasa lalu.', wbs: 'ya', anonim: 'ya' };
      await guest('pelapor').send('/pengaduan', /pengaduan$/, { ...report, foto: [new Blob([dot], { type: 'image/png' }), 'bukti.png'] });
      const inspector = await as('auditor');
      for (const one of await inspector.links('/desk/pengaduan', /pengaduan\/[0-9a-f-]{36}$/)) {
        const [paper] = await inspector.links(one, /\/lampiran\/[0-9a-f-]{36}$/);
        if (paper && /Hanya|pelanggaran/.test((await inspector.read(one)).text)) return { extra: [one, paper].map((address) => ({ akun: 'auditor', address })) };
      }
      throw new Error('the inspectorate has no report with a picture');
    },
  },
  {
    what: 'two officers report on a place',
    needs: '/perizinan/izin/{id}/bap/cetak',
    act: async ({ as }) => {
      const dot = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==', 'base64');
      const writer = await as('surveyor2');
      for (const report of await writer.links('/perizinan/izin/survei', /\/bap$/)) {
        const { text } = await writer.read(report);
        if (!/action="[^"]*\/bap"/.test(text)) continue;
        const items = Object.fromEntries([...new Set([...text.matchAll(/name="(butir\d+)"/g)].map(([, name]) => name))].map((name) => [name, 'sesuai']));
        await writer.sent(report, /\/bap$/, {
          ...items, hasil: 'sesuai', titik: '-8,5012; 119,8873', ttd_cara: 'menolak', ttd_alasan: 'Pemohon sedang di luar daerah.', foto: [new Blob([dot], { type: 'image/png' }), 'lokasi.png'],
        });
        for (const akun of ['surveyor2', 'surveyor']) {
          const officer = akun === 'surveyor2' ? writer : await as(akun);
          await officer.sent(report, /konfirmasi$/, { setuju: '1' }).catch(() => undefined);
        }
        const papers = await writer.links(report, /\/bap\/(lampiran\/|cetak)/);
        return { extra: [...papers, `${report}/cetak`].map((address) => ({ akun: 'surveyor2', address })) };
      }
      throw new Error('no place waits for a report');
    },
  },
  {
    what: 'the inspectorate asks for an export',
    needs: '/perizinan/izin/ekspor-pengawasan/{id}',
    act: async ({ as }) => {
      const auditor = await as('auditor');
      const list = '/perizinan/izin/ekspor-pengawasan';
      const { text } = await auditor.read(`${list}/baru`);
      const day = (name) => new RegExp(`name="${name}"[^>]*value="([^"]*)"`).exec(text)?.[1] ?? '';
      const address = await auditor.sent(`${list}/baru`, /baru$/, { dari: day('dari'), sampai: day('sampai'), tujuan: 'Pemeriksaan rutin inspektorat' });
      for (let tries = 0; tries < 100; tries += 1) {
        if ((await auditor.read(address)).text.includes('Unduh ekspor')) break;
        await new Promise((again) => setTimeout(again, 200));
      }
      return { extra: ['', '/berkas', '/jangkar'].map((rest) => ({ akun: 'auditor', address: address + rest })) };
    },
  },
  {
    what: 'licences of another program are brought, mapped and checked, with a fault in them',
    needs: '/perizinan/izin/impor/{id}/layanan',
    act: async ({ as }) => {
      const keeper = await as('pengelola-izin');
      const head = 'no_izin;tgl_izin;jenis_izin;nama;nik;berlaku_sampai';
      const book = `${head}\n503/001/REK/2024;1 Maret 2024;Izin Reklame Lama;Siti Rahma;5315015209850001;10 Desember 2027\n503/002/REK/2024;31 Februari 2024;SIUP;Budi;;\n`;
      const list = '/perizinan/izin/impor';
      const page = await keeper.sent(`${list}/baru`, /impor\/baru$/, { berkas: [new Blob([book], { type: 'text/csv' }), 'izin-lama.csv'] });
      const until = async (pattern) => {
        // It is read and checked in the background.
        for (let turn = 0; turn < 60 && !(await keeper.links(page, pattern)).length; turn += 1) await new Promise((done) => { setTimeout(done, 500); });
      };
      await until(/\/kolom$/);
      await keeper.sent(`${page}/kolom`, /\/kolom$/, {
        kolom_nomor: '0', kolom_tanggal: '1', kolom_layanan: '2', kolom_nama: '3', kolom_nik: '4', kolom_sampai: '5',
        urutan: 'hari-bulan', akhir: 'laporkan', nik_salah: 'laporkan', ganda: 'lewati', profil_nama: 'Aplikasi lama',
      });
      await until(/\/layanan$/);
      return { extra: ['', '/unduh', '/masalah', '/berkas', '/lembar', '/kolom', '/layanan'].map((rest) => ({ akun: 'pengelola-izin', address: page + rest })) };
    },
  },
  {
    what: 'the template of a kind of naskah',
    needs: '/desk/jenis-naskah/{kode}/templat',
    act: async () => ({ extra: [{ akun: 'superadmin', address: '/desk/jenis-naskah/surat-dinas/templat' }] }),
  },
  {
    what: 'one telephone stands on applications of many people',
    needs: '/perizinan/izin/keadilan/perantara/{id}',
    act: async ({ as }) => {
      const auditor = await as('auditor');
      return { extra: (await auditor.links('/perizinan/izin/keadilan/perantara', /perantara\/[0-9a-f-]{36}$/)).map((address) => ({ akun: 'auditor', address })) };
    },
  },
  {
    what: 'a place of which there are so many',
    needs: '/perizinan/izin/kuota/{id}',
    act: async ({ as }) => {
      const keeper = await as('pengelola-izin');
      const [first] = await keeper.links('/perizinan/izin/jenis?q=LGL', /jenis\/[0-9a-f-]{36}$/);
      const next = await keeper.sent(first, /versi$/);
      await keeper.sent(`${next}/bagian/alur`, /bagian\/alur$/, { 'alur.kuota': 'dokumen', 'alur.paraf': 'kasi' });
      await keeper.sent(`${next}/terbitkan`, /terbitkan$/);
      const { text } = await keeper.read('/perizinan/izin/kuota/baru');
      const [, tempat] = /<option value="([0-9a-f-]{36}\|[^"]+)"/.exec(text) ?? [];
      await keeper.sent('/perizinan/izin/kuota/baru', /baru$/, { tempat, jumlah: '3', titik: '-8,5012; 119,8873', aktif: 'ya' });
      return { extra: (await keeper.links('/perizinan/izin/kuota', /kuota\/[0-9a-f-]{36}$/)).map((address) => ({ akun: 'pengelola-izin', address })) };
    },
  },
  {
    what: 'an application is begun at the counter',
    needs: '/perizinan/izin/loket/{kode}/{id}',
    act: async ({ as }) => {
      const counter = await as('loket');
      const address = await counter.sent('/perizinan/izin/loket/LGL', /loket\/LGL$/, { ...WHO, ...ANSWERS });
      return { extra: [{ akun: 'loket', address }] };
    },
  },
];
