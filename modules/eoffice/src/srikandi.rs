//! The rules of working beside the national application (SRIKANDI): which of our fields goes into which of its columns, and what only one of
//! the two sides has. Pure functions.
//!
//! Its own order of fields was never seen by us in the running application: what stands here follows public manuals, and an office changes it.

pub(crate) mod pages;
mod refusal;
pub(crate) mod store;
#[cfg(test)]
mod tests;
pub(crate) mod write;

use praja_kernel::{Date, FieldProblem, Id, parse_tanggal};

pub(crate) use refusal::Refusal;

/// Most columns of a profile.
pub(crate) const MOST_COLUMNS: usize = 24;
/// Most rows of a list that is compared at once.
pub(crate) const MOST_ROWS: usize = 2_000;

praja_kernel::words! {
    /// What of a naskah can be handed to another application.
    pub enum Bidang ("isian naskah") {
        /// Nothing: the column stays empty.
        Kosong => "kosong", "Dikosongkan";
        /// Its kind.
        Jenis => "jenis", "Jenis naskah";
        /// Its security class.
        Sifat => "sifat", "Sifat";
        /// Its urgency.
        Derajat => "derajat", "Derajat";
        /// Code of the classification.
        Klasifikasi => "klasifikasi", "Kode klasifikasi";
        /// What the code says.
        Uraian => "uraian", "Uraian klasifikasi";
        /// Its number.
        Nomor => "nomor", "Nomor naskah";
        /// What it answers.
        Rujukan => "rujukan", "Surat yang dijawab atau dirujuk";
        /// Its date, as 22-11-2026.
        Tanggal => "tanggal", "Tanggal naskah";
        /// The same as 2026-11-22.
        TanggalIso => "tanggal_iso", "Tanggal naskah (2026-11-22)";
        /// Its subject.
        Hal => "hal", "Hal";
        /// What it says, in a few sentences.
        Ringkasan => "ringkasan", "Ringkasan";
        /// Its annexes, as written.
        Lampiran => "lampiran", "Lampiran";
        /// To whom, one after the other.
        Kepada => "kepada", "Tujuan";
        /// Who gets copies.
        Tembusan => "tembusan", "Tembusan";
        /// The post that signs.
        Penandatangan => "penandatangan", "Jabatan penandatangan";
        /// Its holder.
        Nama => "nama", "Nama penandatangan";
        /// By which authority.
        Wewenang => "wewenang", "Wewenang";
        /// The post that wrote it.
        Pembuat => "pembuat", "Jabatan penyusun";
        /// The office.
        Opd => "opd", "Perangkat daerah";
        /// Where it can be verified.
        Verifikasi => "verifikasi", "Alamat verifikasi";
        /// The file in the package.
        Berkas => "berkas", "Nama berkas PDF";
        /// Its SHA-256.
        Sidik => "sidik", "Sidik SHA-256 berkas";
    }
}

/// A column of another application's list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Kolom {
    pub(crate) nama: String,
    pub(crate) isi: Bidang,
}

/// A saved mapping.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Profil {
    pub(crate) id: Id,
    pub(crate) opd: Id,
    pub(crate) nama: String,
    pub(crate) kolom: Vec<Kolom>,
    pub(crate) versi: i64,
}

/// The fields of a new outgoing letter in the order in which public manuals of the national application show them.
pub(crate) fn usual() -> Vec<Kolom> {
    [
        ("Jenis Naskah", Bidang::Jenis),
        ("Sifat Naskah", Bidang::Sifat),
        ("Tingkat Urgensi", Bidang::Derajat),
        ("Klasifikasi", Bidang::Klasifikasi),
        ("Nomor Naskah", Bidang::Nomor),
        ("Nomor Referensi", Bidang::Rujukan),
        ("Tanggal Naskah", Bidang::Tanggal),
        ("Hal", Bidang::Hal),
        ("Isi Ringkas", Bidang::Ringkasan),
        ("Lampiran", Bidang::Lampiran),
        ("Utama (Kepada)", Bidang::Kepada),
        ("Tembusan", Bidang::Tembusan),
        ("Penandatangan", Bidang::Penandatangan),
        ("Nama Penandatangan", Bidang::Nama),
        ("File Naskah", Bidang::Berkas),
    ]
    .into_iter()
    .map(|(nama, isi)| Kolom { nama: nama.to_owned(), isi })
    .collect()
}

/// What a naskah says, for handing it on.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Data {
    pub(crate) jenis: String,
    pub(crate) sifat: String,
    pub(crate) derajat: String,
    pub(crate) klasifikasi: String,
    pub(crate) uraian: String,
    pub(crate) nomor: String,
    pub(crate) rujukan: String,
    pub(crate) tanggal: Option<Date>,
    pub(crate) hal: String,
    pub(crate) ringkasan: String,
    pub(crate) lampiran: String,
    pub(crate) kepada: Vec<String>,
    pub(crate) tembusan: Vec<String>,
    pub(crate) penandatangan: String,
    pub(crate) nama: String,
    pub(crate) wewenang: String,
    pub(crate) pembuat: String,
    pub(crate) opd: String,
    pub(crate) verifikasi: String,
    pub(crate) berkas: String,
    pub(crate) sidik: String,
}

impl Data {
    /// What goes into a column.
    pub(crate) fn value(&self, isi: Bidang) -> String {
        let day = |day: Date| format!("{:02}-{:02}-{:04}", day.day(), day.month(), day.year());
        match isi {
            Bidang::Kosong => String::new(),
            Bidang::Jenis => self.jenis.clone(),
            Bidang::Sifat => self.sifat.clone(),
            Bidang::Derajat => self.derajat.clone(),
            Bidang::Klasifikasi => self.klasifikasi.clone(),
            Bidang::Uraian => self.uraian.clone(),
            Bidang::Nomor => self.nomor.clone(),
            Bidang::Rujukan => self.rujukan.clone(),
            Bidang::Tanggal => self.tanggal.map(day).unwrap_or_default(),
            Bidang::TanggalIso => self.tanggal.map(|day| day.to_string()).unwrap_or_default(),
            Bidang::Hal => self.hal.clone(),
            Bidang::Ringkasan => self.ringkasan.clone(),
            Bidang::Lampiran => self.lampiran.clone(),
            Bidang::Kepada => self.kepada.join("; "),
            Bidang::Tembusan => self.tembusan.join("; "),
            Bidang::Penandatangan => self.penandatangan.clone(),
            Bidang::Nama => self.nama.clone(),
            Bidang::Wewenang => self.wewenang.clone(),
            Bidang::Pembuat => self.pembuat.clone(),
            Bidang::Opd => self.opd.clone(),
            Bidang::Verifikasi => self.verifikasi.clone(),
            Bidang::Berkas => self.berkas.clone(),
            Bidang::Sidik => self.sidik.clone(),
        }
    }
}

/// Reads a profile as it was typed: a name, and pairs of a column and what goes into it; pairs without a column do not count.
///
/// # Errors
/// [`Refusal::Fields`].
pub(crate) fn read_profile(nama: &str, pairs: &[(String, String)]) -> Result<(String, Vec<Kolom>), Refusal> {
    let mut wrong = Vec::new();
    let line = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
    let nama = line(nama);
    if nama.chars().filter(|letter| letter.is_alphabetic()).count() < 3 || nama.chars().count() > 80 {
        wrong.push(FieldProblem::new("nama", "Tulis nama profilnya, misalnya Unggahan SRIKANDI; paling panjang 80 huruf."));
    }
    let mut kolom: Vec<Kolom> = Vec::new();
    for (name, isi) in pairs {
        let name = line(name);
        if name.is_empty() {
            continue;
        }
        let Ok(isi) = Bidang::parse(isi) else {
            wrong.push(FieldProblem::new("kolom_1", format!("Isi kolom \"{name}\" belum dipilih.")));
            continue;
        };
        if name.chars().count() > 80 {
            wrong.push(FieldProblem::new("kolom_1", "Nama kolom paling panjang 80 huruf."));
        } else if kolom.iter().any(|known| praja_kernel::fold(&known.nama) == praja_kernel::fold(&name)) {
            wrong.push(FieldProblem::new("kolom_1", format!("Kolom \"{name}\" tertulis dua kali.")));
        }
        kolom.push(Kolom { nama: name, isi });
    }
    if kolom.is_empty() && wrong.is_empty() {
        wrong.push(FieldProblem::new("kolom_1", "Tulis sedikitnya satu kolom."));
    }
    if wrong.is_empty() { Ok((nama, kolom)) } else { Err(Refusal::Fields(wrong)) }
}

/// A row of the other side's list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Ada {
    pub(crate) nomor: String,
    pub(crate) tanggal: Date,
    pub(crate) hal: String,
}

impl Ada {
    /// The number as both sides mean it: blanks and capitals do not matter.
    pub(crate) fn kunci(&self) -> String {
        key(&self.nomor)
    }
}

/// A number without blanks and capitals.
pub(crate) fn key(nomor: &str) -> String {
    nomor.chars().filter(|letter| !letter.is_whitespace()).flat_map(char::to_lowercase).collect()
}

/// Reads a list that was pasted: number, date, subject in each line, with tabs, semicolons or bars between them. A head is passed over.
///
/// # Errors
/// [`Refusal::Fields`] names the first lines that cannot be read.
pub(crate) fn read_list(text: &str) -> Result<Vec<Ada>, Refusal> {
    let mut rows: Vec<Ada> = Vec::new();
    let mut wrong = Vec::new();
    for (at, line) in text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty()) {
        let mark = ['\t', ';', '|'].into_iter().find(|mark| line.contains(*mark)).unwrap_or('\t');
        let cells: Vec<&str> = line.split(mark).map(|cell| cell.trim().trim_matches('"')).collect();
        let day = cells.get(1).and_then(|text| parse_tanggal(text).ok());
        match (cells.first().filter(|text| !text.is_empty()), day) {
            (Some(nomor), Some(tanggal)) => {
                let hal: String = cells.get(2).copied().unwrap_or_default().chars().take(240).collect();
                let row = Ada { nomor: nomor.chars().take(160).collect(), tanggal, hal };
                if rows.iter().all(|known| known.kunci() != row.kunci()) {
                    rows.push(row);
                }
            }
            _ if at == 0 => {}
            _ => wrong.push(at + 1),
        }
    }
    if let Some(first) = wrong.first() {
        let message = format!(
            "Baris {first}{} tidak terbaca. Setiap baris: nomor, tanggal, hal, dipisahkan tab atau titik koma.",
            if wrong.len() > 1 { format!(" dan {} baris lain", wrong.len() - 1) } else { String::new() }
        );
        return Err(Refusal::Fields(vec![FieldProblem::new("daftar", message)]));
    }
    if rows.is_empty() {
        return Err(Refusal::Fields(vec![FieldProblem::new("daftar", "Tempelkan daftar dari SRIKANDI lebih dahulu.")]));
    }
    if rows.len() > MOST_ROWS {
        let message = format!("Ada {} baris; paling banyak {MOST_ROWS} sekaligus. Pilih tanggal yang lebih pendek.", rows.len());
        return Err(Refusal::Fields(vec![FieldProblem::new("daftar", message)]));
    }
    Ok(rows)
}

/// What only one of two sides has, both in the order given.
pub(crate) fn one_sided<'a>(ours: &'a [Ada], theirs: &'a [Ada]) -> (Vec<&'a Ada>, Vec<&'a Ada>) {
    let keys = |all: &[Ada]| all.iter().map(Ada::kunci).collect::<std::collections::HashSet<_>>();
    let (here, there) = (keys(ours), keys(theirs));
    (
        ours.iter().filter(|row| !there.contains(&row.kunci())).collect(),
        theirs.iter().filter(|row| !here.contains(&row.kunci())).collect(),
    )
}

/// The rows of a package as XML, one element per column.
pub(crate) fn xml(kolom: &[Kolom], rows: &[Data]) -> String {
    let mut out = String::from("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<naskah>\n");
    for row in rows {
        out.push_str("  <satu>\n");
        for one in kolom {
            out.push_str("    <kolom nama=\"");
            out.push_str(&escape(&one.nama));
            out.push_str("\">");
            out.push_str(&escape(&row.value(one.isi)));
            out.push_str("</kolom>\n");
        }
        out.push_str("  </satu>\n");
    }
    out.push_str("</naskah>\n");
    out
}

fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            letter if letter.is_control() && letter != '\n' && letter != '\t' => {}
            letter => out.push(letter),
        }
    }
    out
}
