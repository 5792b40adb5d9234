use std::collections::HashMap;

use praja_kernel::{Id, JenisAsn, Nip, fold};

use super::{Index, Orang};
use crate::{
    impor::{
        Tindakan,
        baca::Pembaca,
        kolom::{GELAR_BELAKANG, GELAR_DEPAN, NAMA, NIP, SUREL, TELEPON},
        opd::differences,
    },
    orang::Jenis,
};

/// What a row says about the person.
pub(super) struct Typed {
    pub(super) nip: Option<Nip>,
    nama: Option<String>,
    gelar_depan: Option<String>,
    gelar_belakang: Option<String>,
    email: Option<String>,
    telepon: Option<String>,
}

/// The person of a row.
pub(super) struct Who {
    pub(super) id: Id,
    pub(super) nama: String,
}

impl Typed {
    pub(super) fn read(cells: &mut Pembaca<'_>) -> Self {
        let typed = Self {
            nip: cells.nip(NIP),
            nama: cells.text(NAMA),
            gelar_depan: cells.text(GELAR_DEPAN),
            gelar_belakang: cells.text(GELAR_BELAKANG).map(|text| text.trim_start_matches([',', ' ']).to_owned()),
            email: cells.text(SUREL).map(|text| fold(&text)),
            telepon: cells.text(TELEPON).map(|text| text.trim_start_matches('\'').to_owned()),
        };
        if typed.nama.as_ref().is_some_and(|nama| nama.contains(',')) {
            cells.refuse(
                NAMA,
                "Nama memuat koma; gelar ditulis di kolomnya sendiri.",
                "Pindahkan gelar ke kolom Gelar belakang.",
            );
        }
        if typed.nama.as_ref().is_some_and(|nama| nama.chars().filter(|letter| letter.is_alphabetic()).count() < 2) {
            cells.refuse(NAMA, "Nama paling sedikit dua huruf.", "Tulis nama lengkapnya.");
        }
        if typed.email.as_ref().is_some_and(|email| !is_address(email)) {
            cells.refuse(SUREL, "Ini bukan alamat surel.", "Tulis misalnya nama@contoh.go.id, atau kosongkan.");
        }
        if typed.telepon.as_ref().is_some_and(|number| !is_telephone(number)) {
            cells.refuse(TELEPON, "Ini bukan nomor telepon.", "Tulis 8 sampai 15 angka, misalnya 081234567890, atau kosongkan.");
        }
        typed
    }
}

/// Something, an @, and a name with a dot; whether it exists shows when something is sent there.
fn is_address(text: &str) -> bool {
    let Some((name, host)) = text.split_once('@') else { return false };
    let plain = |part: &str| !part.is_empty() && !part.contains(['@', ' ', ',', ';', '<', '>']);
    plain(name) && plain(host) && host.contains('.') && !host.starts_with('.') && !host.ends_with('.')
}

fn is_telephone(text: &str) -> bool {
    let digits = text.chars().filter(char::is_ascii_digit).count();
    (8..=15).contains(&digits) && text.chars().all(|sign| sign.is_ascii_digit() || matches!(sign, '+' | '-' | ' ' | '(' | ')'))
}

/// What becomes of each person, and what changes in words.
type Outcomes = HashMap<Id, (Tindakan, String)>;

/// The people of the file so far.
pub(super) struct People<'a> {
    index: &'a Index<'a>,
    /// By identity, with the first row that named them.
    taken: HashMap<Id, usize>,
    all: Vec<(u32, Orang)>,
    nip: HashMap<String, Id>,
    email: HashMap<String, (Id, u32)>,
    nama: HashMap<String, Id>,
}

impl<'a> People<'a> {
    pub(super) fn new(index: &'a Index<'a>) -> Self {
        let (nip, email) = (HashMap::new(), HashMap::new());
        Self { index, taken: HashMap::new(), all: Vec::new(), nip, email, nama: HashMap::new() }
    }

    /// The person a row means; none when something about the person is wrong.
    pub(super) fn take(&mut self, cells: &mut Pembaca<'_>, typed: Typed, new_id: &mut dyn FnMut() -> Id) -> Option<Who> {
        let nama = typed.nama.clone().filter(|_| cells.is_clean())?;
        let digits = typed.nip.as_ref().map(|nip| nip.as_str().to_owned());
        if let Some(before) = self.in_file(&digits, &typed, &nama) {
            return self.again(cells, before, &nama);
        }
        let recorded = self.recorded(cells, &digits, &typed, &nama)?;
        let id = recorded.map_or_else(&mut *new_id, |one| one.id);
        if let Some(email) = &typed.email {
            let other = self.index.email.get(email.as_str()).filter(|one| one.id != id);
            if let Some((_, row)) = self.email.get(email) {
                cells.refuse(SUREL, format!("Surel ini sudah dipakai pada baris {row}."), "Setiap orang beralamat surel lain.");
            } else if other.is_some() {
                cells.refuse(SUREL, "Surel ini sudah dipakai orang lain.", "Periksa alamatnya, atau kosongkan.");
            }
        }
        let after = merged(id, recorded, typed, nama, digits);
        if let Some(before) = recorded {
            check_change(cells, before, &after);
        }
        if !cells.is_clean() {
            return None;
        }
        let who = Who { id, nama: after.full_name() };
        self.remember(cells.nomor(), after);
        Some(who)
    }

    fn in_file(&self, nip: &Option<String>, typed: &Typed, nama: &str) -> Option<usize> {
        let id = match (nip, &typed.email) {
            (Some(nip), _) => self.nip.get(nip),
            (None, Some(email)) => self.email.get(email).map(|(id, _)| id),
            (None, None) => self.nama.get(&fold(nama)),
        };
        id.and_then(|id| self.taken.get(id)).copied()
    }

    /// A second row of a person brings a further post; about the person it says nothing new.
    fn again(&mut self, cells: &mut Pembaca<'_>, at: usize, nama: &str) -> Option<Who> {
        let (row, person) = &self.all[at];
        if fold(&person.nama) == fold(nama) {
            return Some(Who { id: person.id, nama: person.full_name() });
        }
        let message = format!("Pada baris {row}, NIP atau surel ini milik {}.", person.nama);
        cells.refuse(NAMA, message, "Samakan namanya, atau perbaiki NIP dan surelnya.");
        None
    }

    /// Who is recorded under the NIP, the e-mail address or, without NIP, the name. The outer none: something is wrong.
    fn recorded(&self, cells: &mut Pembaca<'_>, nip: &Option<String>, typed: &Typed, nama: &str) -> Option<Option<&'a Orang>> {
        let by_email = typed.email.as_deref().and_then(|email| self.index.email.get(email)).copied();
        let found = match nip {
            Some(nip) => self.index.nip.get(nip.as_str()).copied().or_else(|| by_email.filter(|one| one.nip.is_none())),
            None => match by_email.filter(|one| one.nip.is_none()) {
                Some(one) => Some(one),
                None => match self.index.nama.get(&fold(nama)).map(Vec::as_slice) {
                    None => None,
                    Some([one]) => Some(*one),
                    Some(_) => {
                        let message = "Ada beberapa orang tanpa NIP dengan nama ini.";
                        cells.refuse(NAMA, message, "Isi surelnya, supaya jelas siapa yang dimaksud.");
                        return None;
                    }
                },
            },
        };
        if found.is_some_and(|one| fold(&one.nama) != fold(nama) && !one.milik) {
            // The name behind another OPD's NIP is not told.
            cells.refuse(NIP, "NIP ini tercatat atas nama lain.", "Cocokkan NIP dan nama dengan surat keputusan.");
            return None;
        }
        Some(found)
    }

    fn remember(&mut self, row: u32, person: Orang) {
        self.taken.insert(person.id, self.all.len());
        match &person.nip {
            Some(nip) => drop(self.nip.insert(nip.clone(), person.id)),
            None => drop(self.nama.insert(fold(&person.nama), person.id)),
        }
        if let Some(email) = &person.email {
            self.email.insert(email.clone(), (person.id, row));
        }
        self.all.push((row, person));
    }

    /// Puts a person who is on nobody's books on those of an OPD; whoever holds an elected post is an elected official.
    pub(super) fn enter(&mut self, id: Id, opd: Id, politik: bool) {
        let Some(at) = self.taken.get(&id) else { return };
        let person = &mut self.all[*at].1;
        person.opd = person.opd.or(Some(opd));
        if politik && person.nip.is_none() {
            person.jenis = Jenis::PejabatNegara;
        }
    }

    /// Everybody, and what becomes of each in words.
    pub(super) fn finish(self) -> (Vec<(Tindakan, Orang)>, Outcomes) {
        let known: HashMap<Id, &Orang> =
            self.index.nip.values().chain(self.index.nama.values().flatten()).map(|one| (one.id, *one)).collect();
        let mut words = HashMap::new();
        let mut plan = Vec::with_capacity(self.all.len());
        for (_, person) in self.all {
            let (act, text) = match known.get(&person.id) {
                None => (Tindakan::Baru, "orang baru".to_owned()),
                Some(before) if **before == person => (Tindakan::Sama, String::new()),
                Some(before) => (Tindakan::Ubah, changes(before, &person)),
            };
            words.insert(person.id, (act, text));
            plan.push((act, person));
        }
        (plan, words)
    }
}

/// What is recorded, with what the row says in its place; an empty cell changes nothing.
fn merged(id: Id, before: Option<&Orang>, typed: Typed, nama: String, nip: Option<String>) -> Orang {
    let told = typed.nip.as_ref().map(|nip| match nip.jenis_asn() {
        JenisAsn::Pns => Jenis::Pns,
        JenisAsn::Pppk => Jenis::Pppk,
    });
    Orang {
        id,
        versi: before.map_or(0, |one| one.versi),
        nama,
        gelar_depan: typed.gelar_depan.or_else(|| before.and_then(|one| one.gelar_depan.clone())),
        gelar_belakang: typed.gelar_belakang.or_else(|| before.and_then(|one| one.gelar_belakang.clone())),
        nip: nip.or_else(|| before.and_then(|one| one.nip.clone())),
        email: typed.email.or_else(|| before.and_then(|one| one.email.clone())),
        telepon: typed.telepon.or_else(|| before.and_then(|one| one.telepon.clone())),
        jenis: told.or(before.map(|one| one.jenis)).unwrap_or(Jenis::NonAsn),
        opd: before.and_then(|one| one.opd),
        akun: before.is_some_and(|one| one.akun),
        milik: before.is_none_or(|one| one.milik),
    }
}

fn check_change(cells: &mut Pembaca<'_>, before: &Orang, after: &Orang) {
    if !before.milik && before != after {
        let message = "Orang ini tercatat pada OPD lain, dan isian ini mengubah datanya.";
        cells.refuse(NAMA, message, "Kosongkan kolom yang berbeda, atau minta admin OPD itu mengubahnya.");
    }
    if before.akun && before.nip != after.nip {
        cells.refuse(NIP, "NIP ini dipakai untuk masuk.", "Ubah NIP pada halaman pegawai, supaya nama masuknya ikut berubah.");
    }
    if before.akun && before.email != after.email {
        cells.refuse(
            SUREL,
            "Surel orang ini dipakai untuk masuk.",
            "Ubah surel pada halaman pegawai, supaya nama masuknya ikut berubah.",
        );
    }
}

fn changes(before: &Orang, after: &Orang) -> String {
    let text = |value: &Option<String>| value.clone().unwrap_or_default();
    let words = differences(&[
        ("nama", before.nama.clone(), after.nama.clone()),
        ("gelar depan", text(&before.gelar_depan), text(&after.gelar_depan)),
        ("gelar belakang", text(&before.gelar_belakang), text(&after.gelar_belakang)),
        ("NIP", text(&before.nip), text(&after.nip)),
        ("surel", text(&before.email), text(&after.email)),
        ("telepon", text(&before.telepon), text(&after.telepon)),
        ("jenis", before.jenis.label().to_owned(), after.jenis.label().to_owned()),
    ]);
    if words.is_empty() { "OPD asal dicatat".into() } else { words }
}

#[cfg(test)]
mod tests {
    use super::{is_address, is_telephone};

    #[test]
    fn addresses_and_numbers_are_told_from_slips() {
        let good = ["a@b.id", "siti.rahmawati@dinkes.contoh.go.id"];
        let bad = ["", "siti", "siti@", "@b.id", "siti@contoh", "a b@c.id", "a@b@c.id", "a@.id", "a@b.", "a,b@c.id"];
        assert!(good.iter().all(|text| is_address(text)) && !bad.iter().any(|text| is_address(text)));
        assert!(["081234567890", "+62 812-3456-7890", "(0719) 123456"].iter().all(|text| is_telephone(text)));
        assert!(!["1234567", "0812 tidak tahu", "1234567890123456"].iter().any(|text| is_telephone(text)));
    }
}
