use std::collections::BTreeMap;

use praja_desk::klasifikasi::Klasifikasi;
use praja_identity::jabatan;
use praja_kernel::{Derajat, FieldProblem, Id, Rupiah, Sifat, parse_tanggal};

use super::{
    Isi, Refusal,
    isi::{clean, items, problem, rows},
    jenis::{Bidang, Isian, Jenis, Pasal, Tujuan},
    pasal, tujuan,
    wewenang::Wewenang,
};

/// Longest subject (Hal is never blank and fits one line of the register).
pub(crate) const HAL: usize = 120;
/// Longest line of an address or a one-line field.
const LINE: usize = 240;
/// Longest text of one field.
const NASKAH: usize = 60_000;
const RINGKASAN: usize = 2000;

/// What was typed, as it was typed.
#[derive(Debug, Clone, Default)]
pub(crate) struct Draft {
    pub(crate) hal: String,
    pub(crate) ringkasan: String,
    pub(crate) klasifikasi: String,
    pub(crate) sifat: String,
    pub(crate) derajat: String,
    pub(crate) lampiran: String,
    pub(crate) penandatangan: Option<Id>,
    pub(crate) wewenang: String,
    pub(crate) delegasi: String,
    pub(crate) kepada: String,
    pub(crate) tembusan: String,
    pub(crate) rujukan: String,
    /// The fields of the kind, by name.
    pub(crate) bidang: BTreeMap<String, String>,
}

/// What the rule must know besides.
pub(crate) struct Known<'a> {
    pub(crate) jenis: &'static Jenis,
    pub(crate) klasifikasi: &'a Klasifikasi,
    /// The kinds of the signer's post and of those above it, nearest first: a.n. needs one above, u.b. two. Empty before a signer is chosen.
    pub(crate) posts: Vec<jabatan::Jenis>,
    /// The kinds of posts that sign this kind, or in whose name it is signed; none where anybody may.
    pub(crate) penanda: &'a [jabatan::Jenis],
    /// Does the pattern of its number hold the classification? Then it must be chosen.
    pub(crate) needs_klasifikasi: bool,
}

impl Known<'_> {
    fn above(&self) -> usize {
        self.posts.len().saturating_sub(1)
    }

    /// Does the signer, or whoever gave the power, hold a post that signs this kind?
    fn may_sign(&self, wewenang: Wewenang) -> bool {
        let giver = self.posts.get(wewenang.steps());
        self.penanda.is_empty() || [self.posts.first(), giver].into_iter().flatten().any(|post| self.penanda.contains(post))
    }
}

/// Reads a draft. A draft may be saved unfinished (`whole` is false): then only what is wrong is named, not what is missing, except
/// for the subject and the signer, without which nobody finds it again.
///
/// # Errors
/// [`Refusal::Fields`] with everything at fault at once.
pub(crate) fn read(draft: &Draft, known: &Known<'_>, whole: bool) -> Result<Isi, Refusal> {
    let mut wrong = Wrong::default();
    let hal = hal(&mut wrong, &draft.hal, known.jenis);
    let sifat = wrong.word("sifat", &draft.sifat, Sifat::Biasa);
    let derajat = wrong.word("derajat", &draft.derajat, Derajat::Biasa);
    let wewenang = wrong.word("wewenang", &draft.wewenang, Wewenang::Langsung);
    if draft.penandatangan.is_none() {
        wrong.add("penandatangan", "Penandatangan belum dipilih.");
    } else if known.above() < wewenang.steps() {
        wrong.add(
            "wewenang",
            format!("{} tidak mungkin untuk jabatan ini: di atasnya hanya ada {} jabatan.", wewenang.label(), known.above()),
        );
    } else if whole && !known.may_sign(wewenang) {
        let who = known.penanda.iter().map(|post| post.label().to_lowercase()).collect::<Vec<_>>().join(", ");
        wrong.add(
            "penandatangan",
            format!("Jenis naskah ini ditandatangani {who}, sendiri atau atas namanya. Pilih penandatangan atau wewenang lain."),
        );
    }
    let delegasi = wrong.line("delegasi", "Dasar pelimpahan", &draft.delegasi);
    if whole && wewenang.needs_delegation() && delegasi.is_none() {
        wrong.add("delegasi", "Tulis nomor dan tanggal surat pelimpahan wewenang yang menjadi dasarnya.");
    }
    let isi = Isi {
        hal,
        ringkasan: wrong.text("ringkasan", "Ringkasan", &draft.ringkasan, RINGKASAN),
        klasifikasi: klasifikasi(&mut wrong, &draft.klasifikasi, known, whole),
        sifat,
        derajat,
        lampiran: wrong.line("lampiran", "Lampiran", &draft.lampiran).unwrap_or_else(|| "-".into()),
        penandatangan: draft.penandatangan.unwrap_or_else(|| Id::v7(0, [0; 10])),
        wewenang,
        delegasi,
        bidang: fields(&mut wrong, known.jenis, &draft.bidang, whole),
        kepada: addressees(&mut wrong, "kepada", &draft.kepada, known.jenis.tujuan, whole),
        tembusan: addressees(&mut wrong, "tembusan", &draft.tembusan, Tujuan::Boleh, whole),
        rujukan: wrong.line("rujukan", "Rujukan", &draft.rujukan),
    };
    if wrong.0.is_empty() { Ok(isi) } else { Err(Refusal::Fields(wrong.0)) }
}

/// Collects what is wrong, field by field.
#[derive(Default)]
struct Wrong(Vec<FieldProblem>);

impl Wrong {
    fn add(&mut self, field: &'static str, message: impl Into<String>) {
        self.0.push(FieldProblem::new(field, message));
    }

    fn word<T: std::str::FromStr<Err = praja_kernel::UnknownWord>>(&mut self, field: &'static str, typed: &str, usual: T) -> T {
        match typed.trim() {
            "" => usual,
            word => word.parse().unwrap_or_else(|unknown: praja_kernel::UnknownWord| {
                self.add(field, unknown.to_string());
                usual
            }),
        }
    }

    fn line(&mut self, field: &'static str, label: &str, typed: &str) -> Option<String> {
        let text = clean(typed).split_whitespace().collect::<Vec<_>>().join(" ");
        self.length(field, label, &text, LINE);
        (!text.is_empty()).then_some(text)
    }

    fn text(&mut self, field: &'static str, label: &str, typed: &str, longest: usize) -> Option<String> {
        let text = clean(typed);
        self.length(field, label, &text, longest);
        (!text.is_empty()).then_some(text)
    }

    fn length(&mut self, field: &'static str, label: &str, text: &str, longest: usize) {
        let length = text.chars().count();
        if length > longest {
            self.add(field, format!("{label} {length} huruf; paling panjang {longest} huruf. Persingkat isinya."));
        }
    }
}

fn hal(wrong: &mut Wrong, typed: &str, jenis: &Jenis) -> String {
    let text = clean(typed).split_whitespace().collect::<Vec<_>>().join(" ");
    let label = &jenis.hal;
    if text.is_empty() {
        wrong.add("hal", format!("{label} belum diisi."));
    } else if text.chars().filter(|letter| letter.is_alphabetic()).count() < 3 {
        wrong.add("hal", format!("{label} ditulis dengan kata-kata, bukan hanya tanda atau gambar."));
    }
    wrong.length("hal", label, &text, HAL);
    text
}

fn klasifikasi(wrong: &mut Wrong, typed: &str, known: &Known<'_>, whole: bool) -> Option<String> {
    let kode: String = typed.split_whitespace().collect();
    if kode.is_empty() {
        if whole && known.needs_klasifikasi {
            wrong.add("klasifikasi", "Kode klasifikasi belum dipilih; nomor naskah memuatnya.");
        }
        return None;
    }
    if known.klasifikasi.uraian(&kode).is_none() {
        wrong.add("klasifikasi", format!("Kode {kode} tidak ada dalam klasifikasi arsip. Cari dengan kata, misalnya undangan."));
    } else if kode.split('.').count() < 3 {
        wrong.add("klasifikasi", format!("Kode {kode} terlalu umum. Pakai kode sedikitnya tiga tingkat, misalnya 000.1.2."));
    }
    Some(kode)
}

fn addressees(wrong: &mut Wrong, field: &'static str, typed: &str, rule: Tujuan, whole: bool) -> Vec<String> {
    if rule == Tujuan::Tidak {
        return Vec::new();
    }
    let lines: Vec<String> =
        items(&clean(typed)).into_iter().map(|line| line.split_whitespace().collect::<Vec<_>>().join(" ")).collect();
    if whole && rule == Tujuan::Wajib && lines.is_empty() {
        wrong.add(field, "Tujuan belum diisi. Tulis satu tujuan setiap baris.");
    }
    if lines.len() > tujuan::MOST {
        wrong.add(field, format!("Ada {} baris; paling banyak {}.", lines.len(), tujuan::MOST));
    }
    if let Some(long) = lines.iter().find(|line| line.chars().count() > LINE) {
        wrong.add(
            field,
            format!("Baris \"{}…\" terlalu panjang; paling panjang {LINE} huruf.", long.chars().take(30).collect::<String>()),
        );
    }
    let mut seen: Vec<String> = Vec::new();
    for line in &lines {
        let folded = praja_kernel::fold(line);
        if seen.contains(&folded) {
            wrong.add(field, format!("\"{line}\" tertulis dua kali."));
            break;
        }
        seen.push(folded);
    }
    lines
}

fn fields(wrong: &mut Wrong, jenis: &'static Jenis, typed: &BTreeMap<String, String>, whole: bool) -> BTreeMap<String, String> {
    let mut all = BTreeMap::new();
    for one in &jenis.bidang {
        let text = clean(typed.get(&one.nama).map_or("", String::as_str));
        if text.trim().is_empty() {
            if whole && one.wajib {
                wrong.add(one.nama.as_str(), format!("{} belum diisi.", one.label));
            }
            continue;
        }
        let in_articles = || jenis.articles().filter(|_| whole && one.nama == "isi");
        if let Some(message) = field(one, &text).or_else(|| pasal::problem(&text, in_articles()? == Pasal::Berjudul)) {
            wrong.add(one.nama.as_str(), message);
        }
        all.insert(one.nama.clone(), text);
    }
    all
}

/// What is wrong with the text of one field.
fn field(one: &Bidang, text: &str) -> Option<String> {
    let length = text.chars().count();
    match one.jenis {
        Isian::Teks if text.lines().count() > 1 => Some(format!("{} ditulis dalam satu baris.", one.label)),
        Isian::Teks if length > LINE => Some(format!("{} {length} huruf; paling panjang {LINE} huruf.", one.label)),
        Isian::Tanggal => parse_tanggal(text).err().map(|e| e.to_string()),
        Isian::Uang => match text.parse::<Rupiah>() {
            Ok(amount) if amount < Rupiah::ZERO => Some(format!("{} tidak boleh kurang dari nol.", one.label)),
            Ok(_) => None,
            Err(e) => Some(e.to_string()),
        },
        Isian::Orang => rows(text)
            .iter()
            .find(|row| row.len() > 4 || row[0].chars().filter(|letter| letter.is_alphabetic()).count() < 2)
            .map(|row| {
                format!(
                    "Baris \"{}\" bukan \"Nama | NIP | Pangkat | Jabatan\". Nama wajib, yang lain boleh kosong.",
                    row.join(" | ")
                )
            }),
        _ if length > NASKAH => {
            Some(format!("{} {length} huruf; paling panjang {NASKAH} huruf. Pindahkan sebagian ke lampiran.", one.label))
        }
        Isian::Naskah => problem(text),
        _ => None,
    }
}
