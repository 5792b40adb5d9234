//! What a trainer shows a treasurer: a service that costs something, bills in every state, a file of the bank, an STS that waits.

use praja_kernel::{Date, DateTime, Id, Moment, Rupiah, days_after};
use praja_module::{Demo, Problem};
use praja_store::{By, Keys, Result, StoreError, Tx};

use super::{
    KodeBayar, Skrd, Status, sambung, store,
    write::{issue, keys},
};
use crate::{
    alur::Langkah,
    bank::{self, BentukAngka, BentukTanggal, Kolom, Pemisah, Profil, write::Kiriman},
    jenis::{self, baca, store::Terbit},
    pembayaran::{self, Setoran},
    pengaturan,
    permohonan::{
        Asal, Pemohon, Permohonan, resi, store as files,
        write::{Catatan, Kerja, act, deret, file, urut_key},
    },
};

const JENIS: &str = include_str!("../../demo/gedung.yaml");
const HOUR: i64 = 3_600_000;

/// How far an application is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Nasib {
    /// Waits for its bill.
    Ditetapkan,
    /// Has its bill.
    Ditagih,
    /// Is paid by the file of the bank.
    Bank,
    /// An STS was entered and waits.
    StsMenunggu,
    /// An STS was confirmed.
    StsSah,
}

/// Name, event, kind of event, days of use, days ago, how far.
const ROWS: [(&str, &str, &str, &str, i32, Nasib); 11] = [
    ("Siti Rahma", "Pentas seni pelajar", "Umum", "1", 45, Nasib::Ditagih),
    ("Andi Saputra", "Pameran kerajinan", "Umum", "3", 40, Nasib::Bank),
    ("Maria Goreti", "Bakti sosial", "Sosial atau keagamaan", "1", 24, Nasib::Bank),
    ("I Wayan Sudarma", "Pertemuan kelompok tani", "Sosial atau keagamaan", "2", 20, Nasib::StsSah),
    ("Nur Aisyah", "Resepsi pernikahan", "Umum", "1", 17, Nasib::Bank),
    ("Yohanes Kabut", "Lomba paduan suara", "Umum", "2", 13, Nasib::Ditagih),
    ("Dewi Lestari", "Seminar usaha mikro", "Umum", "1", 10, Nasib::StsMenunggu),
    ("Rahmat Hidayat", "Pengajian akbar", "Sosial atau keagamaan", "1", 6, Nasib::Ditagih),
    ("Ketut Ariani", "Bazar akhir tahun", "Umum", "4", 3, Nasib::Ditagih),
    ("Hendra Wijaya", "Rapat anggota koperasi", "Sosial atau keagamaan", "1", 2, Nasib::Ditetapkan),
    ("Lusia Bunga", "Wisuda lembaga kursus", "Umum", "1", 1, Nasib::Ditetapkan),
];

fn broken(problem: Problem) -> StoreError {
    match problem {
        Problem::Store(e) => e,
        other => StoreError::Corrupt(format!("a demo of bills: {other:?}")),
    }
}

/// Fills a contoh Instance once; a box for tests (scale 0) stays without.
pub(crate) fn load(demo: &Demo<'_>) -> Result<()> {
    let (instance, anchor) = (demo.instance, demo.anchor);
    if demo.scale == 0 || instance.jenis != praja_module::Jenis::Contoh {
        return Ok(());
    }
    let zona = instance.zona;
    let by = |at: Moment| By::system("perizinan.load-demo", at, instance.ids.clone());
    let now = instance.clock.now();
    let Some(opd) = instance.db.write(&by(now), Keys::none(), move |tx| publish(tx, anchor))? else { return Ok(()) };
    let mut bills = Vec::new();
    for (at, row) in ROWS.into_iter().enumerate() {
        let day = days_after(anchor, -row.4).unwrap_or(anchor);
        let moment = Moment(zona.start_of(day).plus_ms(9 * HOUR).0.min(now.0));
        let local = zona.local(moment);
        let hold = keys(opd, day).and(urut_key(&deret("GSG", day)));
        let daerah = instance.wilayah.kode.clone();
        let skrd = instance.db.write(&by(moment), hold, move |tx| application(tx, at, row, local, &daerah).map_err(broken))?;
        bills.extend(skrd.map(|skrd| (row.5, skrd)));
    }
    let local = zona.local(now);
    instance.db.write(&by(now), keys(opd, anchor), move |tx| {
        let profil = profile(tx, opd)?;
        pay(tx, opd, &profil, &bills, local, zona).map_err(broken)
    })?;
    // Somebody else confirms than entered.
    let other = By::system("perizinan.load-demo-2", now, instance.ids.clone());
    instance.db.write(&other, keys(opd, anchor), move |tx| confirm(tx, opd, local).map_err(broken))
}

/// Publishes the type; gives the PTSP, unless all this was done before or there is none.
fn publish(tx: &mut Tx<'_>, today: Date) -> Result<Option<Id>> {
    if jenis::store::type_id(tx, "GSG")?.is_some() {
        return Ok(None);
    }
    let jenis = baca::read(JENIS).map_err(|e| StoreError::Corrupt(format!("{e:?}")))?;
    let id = jenis::store::create(tx, &jenis)?;
    jenis::store::publish(tx, id, 1, true, today)?;
    pengaturan::ptsp(tx)
}

/// Walks one application as far as it is; gives its bill.
fn application(
    tx: &mut Tx<'_>,
    at: usize,
    row: (&str, &str, &str, &str, i32, Nasib),
    local: DateTime,
    daerah: &str,
) -> std::result::Result<Option<Skrd>, Problem> {
    let found = jenis::store::published(tx, "GSG", local.date())?.ok_or(Problem::NotFound)?;
    let one = draft(tx, at, row, &found, local.date())?;
    files::insert(tx, &one)?;
    let kerja = Kerja::on(tx, local)?;
    let mut one = file(tx, &kerja, one, "GSG")?;
    for langkah in [Langkah::NyatakanLengkap, Langkah::MulaiPeriksa, Langkah::Setujui] {
        one = act(tx, &kerja, one, langkah, &Catatan::default())?;
    }
    if row.5 == Nasib::Ditetapkan {
        return Ok(None);
    }
    let tagihan = sambung::tagihan(&one, &found.isi).map_err(|e| Problem::Fault(e.to_string()))?;
    let skrd = issue(tx, &tagihan, daerah, local.date())?;
    sambung::sent(tx, &kerja, one, &skrd, Catatan::default())?;
    Ok(Some(skrd))
}

fn draft(
    tx: &mut Tx<'_>,
    at: usize,
    row: (&str, &str, &str, &str, i32, Nasib),
    found: &Terbit,
    day: Date,
) -> std::result::Result<Permohonan, Problem> {
    let opd = pengaturan::ptsp(tx)?.ok_or(Problem::NotFound)?;
    let (id, now) = (tx.new_id()?, tx.now()?);
    let number = u8::try_from(at).unwrap_or(0);
    let nik = format!("53150152098501{:02}", at + 11);
    let mulai = days_after(day, 60).unwrap_or(day);
    let isian = serde_json::json!({"nama_acara": row.1, "acara": row.2, "mulai": mulai.to_string(), "lama": row.3});
    let pemohon = Pemohon {
        nama: row.0.into(),
        nik: nik.parse().map_err(|e| Problem::Fault(format!("{e}")))?,
        telepon: "081200000000".into(),
        email: String::new(),
        alamat: "Jalan Contoh, Kabupaten Contoh Raya".into(),
        kuasa: None,
    };
    let version = (found.versi.jenis, found.versi.id, &*found.isi);
    let resi = resi([7, 19, 3, number, 11, 5, number, 23, 2, 13]);
    let mut one = Permohonan {
        isian: isian.to_string(),
        asal: Asal::Loket,
        // What lies on the desks of the treasurers is what is shown here.
        perlu_rekomendasi: false,
        perlu_survei: false,
        ..Permohonan::draf((id, resi), version, pemohon, (opd, now))
    };
    one.biaya = sambung::tagihan(&one, &found.isi).map_err(|e| Problem::Fault(e.to_string()))?.tarif.jumlah.0;
    Ok(one)
}

fn profile(tx: &mut Tx<'_>, opd: Id) -> Result<Profil> {
    let profil = Profil {
        id: tx.new_id()?,
        nama: "Bank daerah, mutasi harian".into(),
        pemisah: Pemisah::TitikKoma,
        lewati: 2,
        judul: true,
        kolom: Kolom {
            kode: "Keterangan".into(),
            jumlah: "Nominal".into(),
            tanggal: "Tanggal".into(),
            referensi: "Referensi".into(),
        },
        bentuk_tanggal: BentukTanggal::Hbt,
        bentuk_angka: BentukAngka::Indonesia,
        oleh_nama: String::new(),
        versi: 1,
    };
    bank::write::save_profil(tx, opd, profil.clone(), true).map_err(broken)?;
    Ok(profil)
}

/// The lines of a statement as the bank writes them.
fn statement(rows: &[(Date, &str, String, Rupiah)]) -> String {
    let head = "Rekening kas daerah;0123456789\nMutasi harian\nTanggal;Referensi;Keterangan;Nominal\n".to_owned();
    rows.iter().fold(head, |text, (day, reference, words, amount)| {
        let amount = amount.to_string().replace("Rp", "");
        format!("{text}{};{reference};{words};{amount},00\n", day.strftime("%d/%m/%Y"))
    })
}

fn pay(
    tx: &mut Tx<'_>,
    opd: Id,
    profil: &Profil,
    bills: &[(Nasib, Skrd)],
    local: DateTime,
    zona: praja_kernel::Zona,
) -> std::result::Result<(), Problem> {
    let mut rows = Vec::new();
    for (at, (_, skrd)) in bills.iter().filter(|(nasib, _)| *nasib == Nasib::Bank).enumerate() {
        let day = days_after(skrd.tanggal, 2).unwrap_or(skrd.tanggal);
        let reference = ["DB1001", "DB1002", "DB1003"][at % 3];
        rows.push((day, reference, format!("SETORAN {} {}", skrd.kode.as_str(), skrd.nama), skrd.jumlah));
    }
    bring(tx, opd, profil, "mutasi-lama.csv", &statement(&rows), local, zona)
        .and_then(|id| bank::store::find(tx, &[opd], id)?.ok_or(Problem::NotFound))
        .and_then(|one| bank::write::apply(tx, one, local))?;
    let day = local.date();
    let mut rows = vec![(day, "DB2009", "BIAYA ADMINISTRASI".to_owned(), Rupiah(15_000))];
    if let Some((_, skrd)) = bills.iter().rev().find(|(nasib, _)| *nasib == Nasib::Ditagih) {
        rows.push((day, "DB2001", format!("SETORAN {} {}", skrd.kode.as_str(), skrd.nama), skrd.jumlah));
        rows.push((day, "DB2002", format!("SETORAN {}", skrd.kode.as_str()), skrd.jumlah));
    }
    if let Some((_, skrd)) = bills.iter().find(|(nasib, _)| *nasib == Nasib::Ditagih) {
        rows.push((day, "DB2003", format!("SETORAN {} {}", skrd.kode.as_str(), skrd.nama), skrd.jumlah));
    }
    if let Some(unknown) = KodeBayar::new("9901", "01", day.year(), 9_999_999) {
        rows.push((day, "DB2004", format!("SETORAN {}", unknown.as_str()), Rupiah(575_000)));
    }
    bring(tx, opd, profil, "mutasi-hari-ini.csv", &statement(&rows), local, zona)?;
    for (nasib, skrd) in bills.iter().filter(|(nasib, _)| matches!(nasib, Nasib::StsMenunggu | Nasib::StsSah)) {
        let sts = if *nasib == Nasib::StsSah { "STS-0041/2026" } else { "STS-0057/2026" };
        let tanggal = days_after(skrd.tanggal, 1).unwrap_or(skrd.tanggal);
        let setoran = Setoran { sts: sts.into(), tanggal, jumlah: skrd.jumlah, denda: Rupiah::ZERO, catatan: String::new() };
        pembayaran::write::propose(tx, skrd, &setoran)?;
    }
    Ok(())
}

fn bring(
    tx: &mut Tx<'_>,
    opd: Id,
    profil: &Profil,
    nama: &str,
    text: &str,
    local: DateTime,
    zona: praja_kernel::Zona,
) -> std::result::Result<Id, Problem> {
    let rows = bank::read(text.as_bytes(), profil).map_err(|e| Problem::Fault(e.to_string()))?;
    let sidik = bank::write::sidik(text.as_bytes());
    bank::write::stage(tx, &Kiriman { opd, nama: nama.into(), sidik, rows }, profil, local, zona)
}

fn confirm(tx: &mut Tx<'_>, opd: Id, local: DateTime) -> std::result::Result<(), Problem> {
    let waiting = pembayaran::store::list(tx, opd, Some(pembayaran::Status::Menunggu), None, 10)?;
    let Some(one) = waiting.into_iter().find(|one| one.pembayaran.referensi == "STS-0041/2026") else { return Ok(()) };
    let skrd =
        store::find(tx, &[opd], one.pembayaran.skrd)?.filter(|skrd| skrd.status == Status::Terbit).ok_or(Problem::NotFound)?;
    pembayaran::write::decide(tx, one.pembayaran, skrd, true, "", local)
}
