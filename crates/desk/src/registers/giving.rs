//! Giving numbers to naskah: the next one, one set aside for an earlier day, one from paper, one from the national application.

use praja_kernel::{Date, Id, NumberParts};
use praja_module::Problem;
use praja_store::{Keys, Result, Tx, audit::Entry};

use super::{
    Asal, Drawn, Pemilik, Place, Refusal, Register, Status,
    naskah::{JenisNaskah, Pemegang},
    place,
    rules::{MOST_ASIDE, outside},
    store::{self, Row},
};

const TABLE: &str = "desk_register";

/// A naskah that asks for its number.
#[derive(Debug, Clone, Copy)]
pub struct Ask<'a> {
    /// The OPD that issues it.
    pub opd: Id,
    /// Short name of the unit in numbers.
    pub unit: &'a str,
    /// Its kind.
    pub jenis: &'a JenisNaskah,
    /// Its own date.
    pub tanggal: Date,
    /// Code of the archive classification.
    pub klas: &'a str,
    /// Letter of the security class ([`praja_kernel::Sifat::huruf`]).
    pub aman: &'a str,
    /// What it is, `<table>:<id>`.
    pub objek: &'a str,
}

/// The group and keeper of a kind's register, owned, so that a write can hold its key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Keeping {
    opd: Id,
    kelompok: String,
    tahun: i64,
}

impl Keeping {
    /// The register that numbers of this kind come from, for a letter of this date.
    pub fn of(jenis: &JenisNaskah, opd: Id, tanggal: Date) -> Self {
        let opd = match jenis.pemegang {
            Pemegang::Opd => opd,
            Pemegang::Daerah => Register::daerah(),
        };
        Self { opd, kelompok: jenis.kelompok_register(), tahun: i64::from(tanggal.year()) }
    }

    /// As the functions of this module take it.
    pub fn register(&self) -> Register<'_> {
        Register { opd: self.opd, kelompok: &self.kelompok, tahun: self.tahun }
    }

    /// What the write must hold.
    pub fn keys(&self) -> Keys {
        Keys::of([self.register().lock()])
    }
}

impl Ask<'_> {
    /// The register it asks.
    pub fn keeping(&self) -> Keeping {
        Keeping::of(self.jenis, self.opd, self.tanggal)
    }

    fn render(&self, urut: i64) -> Result<String, Refusal> {
        let pattern = self.jenis.aturan.pattern.as_ref();
        let pattern = pattern.ok_or_else(|| Refusal::NotNumbered { jenis: self.jenis.nama.clone() })?;
        let parts = NumberParts::new(u64::try_from(urut).unwrap_or(0), self.tanggal)
            .klas(self.klas)
            .unit(self.unit)
            .aman(self.aman)
            .jenis(&self.jenis.singkatan);
        Ok(pattern.render(&parts)?)
    }

    /// The text with everything within which it must be unique before it: the family of the kind and the year of the letter.
    fn unique(&self, nomor: &str) -> String {
        format!("{}/{}//{}", self.jenis.rumpun, self.tanggal.year(), praja_kernel::fold(nomor))
    }
}

/// Keeps a number for a naskah that is not finished: before it is signed, and while signing fails.
///
/// # Errors
/// [`Refusal`]; needs the keys of [`Keeping::keys`].
pub fn reserve_for(tx: &mut Tx<'_>, ask: &Ask<'_>, today: Date) -> Result<Drawn, Problem> {
    give(tx, ask, today, Status::Dipesan)
}

/// Gives a number to a naskah that is finished in the same transaction.
///
/// # Errors
/// As [`reserve_for`].
pub fn draw_for(tx: &mut Tx<'_>, ask: &Ask<'_>, today: Date) -> Result<Drawn, Problem> {
    give(tx, ask, today, Status::Terpakai)
}

fn give(tx: &mut Tx<'_>, ask: &Ask<'_>, today: Date, status: Status) -> Result<Drawn, Problem> {
    let keeping = ask.keeping();
    let key = keeping.register();
    tx.require_key(&key.lock())?;
    ask.render(1).map_err(Problem::refused)?;
    let register = store::ensure(tx, &key)?;
    if register.pemilik != Pemilik::Praja {
        return Err(Problem::refused(Refusal::OtherOwner));
    }
    let (urut, asal) = match place(ask.tanggal, today).map_err(Problem::refused)? {
        Place::Next => {
            // What the register sets aside by itself belongs to the day before, so that it stands before today's numbers.
            if register.cadangan_harian > 0 && register.tanggal_akhir.is_some_and(|last| last < today) {
                let last = register.tanggal_akhir.unwrap_or(today);
                aside(tx, &register, last, register.cadangan_harian)?;
            }
            (store::advance(tx, register.id, ask.tanggal)?, Asal::Register)
        }
        Place::Aside(day) => {
            let urut = store::first_aside(tx, register.id, day)?;
            (urut.ok_or_else(|| Problem::refused(Refusal::NothingAside { tanggal: day }))?, Asal::Cadangan)
        }
    };
    let nomor = ask.render(urut).map_err(Problem::refused)?;
    let unik = ask.unique(&nomor);
    if store::is_taken(tx, &unik)? {
        return Err(Problem::refused(Refusal::Collision { nomor }));
    }
    let row = Row {
        urut,
        nomor: &nomor,
        unik: &unik,
        status,
        asal,
        objek: ask.objek,
        tanggal: Some(ask.tanggal),
        jenis: &ask.jenis.kode,
        keterangan: "",
    };
    match asal {
        Asal::Cadangan => store::fill(tx, register.id, &row)?,
        _ => store::add(tx, register.id, &row)?,
    }
    let tindakan = if status == Status::Dipesan { "desk.reserve-nomor" } else { "desk.draw-nomor" };
    let act = Entry { tindakan, objek: ask.objek.to_owned(), ..Entry::default() };
    tx.audit(&act.with("nomor", &nomor).with("asal", asal.as_str()))?;
    Ok(Drawn { register: register.id, urut, nomor })
}

/// Opens a register that nobody has drawn from yet, so that it can be set up before the first letter of the year.
///
/// # Errors
/// Needs [`Register::lock`].
pub fn open(tx: &mut Tx<'_>, key: &Register<'_>) -> Result<Id> {
    tx.require_key(&key.lock())?;
    Ok(store::ensure(tx, key)?.id)
}

/// Sets `count` numbers aside for letters of `tanggal` that come later (domain rule 3.3c: the head of the registry does so at the
/// end of the day). Gives their places.
///
/// # Errors
/// [`Refusal::Fields`] for a count of none or too many; needs [`Register::lock`].
pub fn set_aside(tx: &mut Tx<'_>, key: &Register<'_>, tanggal: Date, count: i64) -> Result<Vec<i64>, Problem> {
    tx.require_key(&key.lock())?;
    if !(1..=MOST_ASIDE).contains(&count) {
        return Err(fields("jumlah", format!("Isi jumlah nomor 1 sampai {MOST_ASIDE}.")));
    }
    let register = store::ensure(tx, key)?;
    if register.pemilik != Pemilik::Praja {
        return Err(Problem::refused(Refusal::OtherOwner));
    }
    Ok(aside(tx, &register, tanggal, count)?)
}

fn aside(tx: &mut Tx<'_>, register: &store::Book, tanggal: Date, count: i64) -> Result<Vec<i64>> {
    let mut places = Vec::new();
    for _ in 0..count {
        let urut = store::advance(tx, register.id, tanggal)?;
        add_aside(tx, register.id, urut, tanggal, Asal::Cadangan)?;
        places.push(urut);
    }
    let list = places.iter().map(i64::to_string).collect::<Vec<_>>().join(", ");
    tx.audit(&Entry::new("desk.reserve-cadangan", TABLE, register.id).with("nomor", list).with("tanggal", tanggal))?;
    Ok(places)
}

fn add_aside(tx: &mut Tx<'_>, register: Id, urut: i64, tanggal: Date, asal: Asal) -> Result<()> {
    // The text is known only when a letter takes the number; until then its place stands for it.
    let (nomor, unik) = (urut.to_string(), format!("cadangan:{register}/{urut}"));
    let row = Row {
        urut,
        nomor: &nomor,
        unik: &unik,
        status: Status::Cadangan,
        asal,
        objek: "",
        tanggal: Some(tanggal),
        jenis: "",
        keterangan: "",
    };
    store::add(tx, register, &row)
}

/// Enters a number that was written on paper while the box was out of order (domain rule 3.3d): the next ones, or one set aside.
/// Numbers that are skipped are set aside, so that they can be entered afterwards and leave no gap.
///
/// # Errors
/// [`Refusal`]; needs the keys of [`Keeping::keys`].
pub fn record_outside(tx: &mut Tx<'_>, ask: &Ask<'_>, urut: i64, keterangan: &str, today: Date) -> Result<Drawn, Problem> {
    let keeping = ask.keeping();
    let key = keeping.register();
    tx.require_key(&key.lock())?;
    let keterangan = keterangan.trim();
    if keterangan.is_empty() {
        return Err(fields("keterangan", "Tulis hal dan tujuan naskahnya.".into()));
    }
    if ask.tanggal > today {
        return Err(Problem::refused(Refusal::Future { tanggal: ask.tanggal }));
    }
    let register = store::ensure(tx, &key)?;
    let is_aside = store::numbered(tx, register.id, urut)?.is_some_and(|nomor| nomor.status == Status::Cadangan);
    let skipped = outside(urut, register.terakhir, is_aside).map_err(Problem::refused)?;
    for place in skipped {
        store::advance(tx, register.id, ask.tanggal)?;
        add_aside(tx, register.id, place, ask.tanggal, Asal::DiluarSistem)?;
    }
    if !is_aside {
        store::advance(tx, register.id, ask.tanggal)?;
    }
    let nomor = ask.render(urut).map_err(Problem::refused)?;
    let unik = ask.unique(&nomor);
    if store::is_taken(tx, &unik)? {
        return Err(Problem::refused(Refusal::Collision { nomor }));
    }
    let row = Row {
        urut,
        nomor: &nomor,
        unik: &unik,
        status: Status::Terpakai,
        asal: Asal::DiluarSistem,
        objek: ask.objek,
        tanggal: Some(ask.tanggal),
        jenis: &ask.jenis.kode,
        keterangan,
    };
    if is_aside {
        store::fill(tx, register.id, &row)?
    } else {
        store::add(tx, register.id, &row)?
    }
    let act = Entry::new("desk.record-nomor", TABLE, register.id).with("nomor", &nomor).with("tanggal", ask.tanggal);
    tx.audit(&act.with("keterangan", keterangan).with("asal", Asal::DiluarSistem.as_str()))?;
    Ok(Drawn { register: register.id, urut, nomor })
}

/// Takes back the number that the national application gave to a naskah.
///
/// # Errors
/// [`Refusal`] when the register is ours or another naskah carries the number; needs the keys of [`Keeping::keys`].
pub fn record_external(tx: &mut Tx<'_>, ask: &Ask<'_>, nomor: &str) -> Result<Drawn, Problem> {
    let keeping = ask.keeping();
    let key = keeping.register();
    tx.require_key(&key.lock())?;
    let nomor = nomor.split_whitespace().collect::<Vec<_>>().join(" ");
    if nomor.is_empty() {
        return Err(fields("nomor", "Nomor dari SRIKANDI belum diisi.".into()));
    }
    let register = store::ensure(tx, &key)?;
    if register.pemilik != Pemilik::Srikandi {
        return Err(Problem::refused(Refusal::OwnNumbers));
    }
    let unik = ask.unique(&nomor);
    if store::is_taken(tx, &unik)? {
        return Err(Problem::refused(Refusal::Collision { nomor }));
    }
    let urut = store::advance(tx, register.id, ask.tanggal)?;
    let row = Row {
        urut,
        nomor: &nomor,
        unik: &unik,
        status: Status::Terpakai,
        asal: Asal::Srikandi,
        objek: ask.objek,
        tanggal: Some(ask.tanggal),
        jenis: &ask.jenis.kode,
        keterangan: "",
    };
    store::add(tx, register.id, &row)?;
    let act = Entry { tindakan: "desk.record-nomor", objek: ask.objek.to_owned(), ..Entry::default() };
    tx.audit(&act.with("nomor", &nomor).with("asal", Asal::Srikandi.as_str()))?;
    Ok(Drawn { register: register.id, urut, nomor })
}

/// Says who gives the numbers from now on, by which decree.
///
/// # Errors
/// [`Refusal::Fields`] without a decree; needs [`Register::lock`].
pub fn set_owner(tx: &mut Tx<'_>, key: &Register<'_>, pemilik: Pemilik, dasar: &str) -> Result<(), Problem> {
    tx.require_key(&key.lock())?;
    let dasar = dasar.trim();
    if dasar.is_empty() {
        return Err(fields("dasar", "Tulis nomor keputusan yang menjadi dasarnya.".into()));
    }
    let register = store::ensure(tx, key)?;
    store::set_owner(tx, register.id, pemilik, dasar)?;
    let act = Entry::new("desk.change-register", TABLE, register.id).with("pemilik", pemilik.as_str());
    Ok(tx.audit(&act.because(dasar))?)
}

/// Says how many numbers the register sets aside by itself for each day on which it gave one.
///
/// # Errors
/// [`Refusal::Fields`] for too many; needs [`Register::lock`].
pub fn set_daily(tx: &mut Tx<'_>, key: &Register<'_>, count: i64) -> Result<(), Problem> {
    tx.require_key(&key.lock())?;
    if !(0..=MOST_ASIDE).contains(&count) {
        return Err(fields("harian", format!("Isi jumlah nomor 0 sampai {MOST_ASIDE}.")));
    }
    let register = store::ensure(tx, key)?;
    store::set_daily(tx, register.id, count)?;
    Ok(tx.audit(&Entry::new("desk.configure-register", TABLE, register.id).with("cadangan_harian", count))?)
}

fn fields(field: &'static str, message: String) -> Problem {
    Problem::refused(Refusal::Fields(vec![praja_kernel::FieldProblem::new(field, message)]))
}
