//! A NIK on the pages of licensing: masked in lists, whole only for whoever handles the case and only by an act that is written down;
//! what is odd about one without being wrong; what does not fit beside it.

mod pages;
mod store;
#[cfg(test)]
mod tests;

use praja_desk::wilayah::Lookup;
use praja_kernel::{Date, Id, JenisKelamin, Nik, fold};
use praja_module::{Ctx, Method, Paket, seal, unseal};
use praja_store::{Result, Tx, audit};
use praja_web::{Act, Icon, Markup, html};

use crate::REVEAL;
pub(crate) use pages::ROUTES;

/// What the seal of a reveal is for.
const PURPOSE: &str = "perizinan/buka-nik";
/// A page that was left open longer shows no NIK any more, in milliseconds.
const VALID_MS: i64 = 30 * 60_000;
/// So many applications of one NIK are looked through for another name.
const LOOKED: i64 = 50;

/// The first six digits, six stars, the last four: of a stored NIK or another number of sixteen digits. What is shorter is hidden whole.
pub(crate) fn samar(nomor: &str) -> String {
    match (nomor.get(..6), nomor.get(12..)) {
        (Some(first), Some(last)) if nomor.len() == 16 && nomor.is_ascii() => format!("{first}******{last}"),
        _ if nomor.is_empty() => String::new(),
        _ => "******".to_owned(),
    }
}

/// A NIK for a list or a page of facts, masked, with the button that reveals it for whoever may. `objek` is the row that holds it
/// (`perizinan_permohonan:<id>`) and `siapa` whose of that row ("pemohon", "kuasa", "pemegang"). The caller has checked that whoever reads may
/// see the row.
pub(crate) fn tersamar(ctx: &Ctx, objek: &str, siapa: &str, nik: &str) -> Markup {
    html! {
        span.nomor { (samar(nik)) }
        @if !nik.is_empty() { @if let Some(act) = reveal_act(ctx, objek, siapa) { " " (act) } }
    }
}

/// As [`tersamar`], of an application: the act stands there only for whoever handles it.
pub(crate) fn tersamar_bila(ditangani: bool, ctx: &Ctx, objek: &str, siapa: &str, nik: &str) -> Markup {
    if ditangani {
        tersamar(ctx, objek, siapa, nik)
    } else {
        html! { span.nomor { (samar(nik)) } }
    }
}

/// The act that reveals: one POST, written down with who, whose and when. None for whoever may not.
pub(crate) fn reveal_act(ctx: &Ctx, objek: &str, siapa: &str) -> Option<Act> {
    let who = ctx.who().filter(|who| who.scope.may(REVEAL))?;
    let incoming = ctx.incoming();
    // What was asked of the page itself (a tab, a filter) is part of coming back to it.
    let page = page_of(&incoming.path);
    let back = if page == incoming.path { incoming.whole.as_str() } else { page };
    let sealed =
        seal(ctx.instance().keys(), PURPOSE, &format!("{objek}\n{siapa}\n{}\n{}\n{back}", who.scope.actor.key(), ctx.now().0));
    let act = Act::post("Buka NIK", pages::REVEAL_AT, ctx.csrf(), ctx.form_id().to_string());
    Some(act.icon(Icon::Key).value("segel", sealed))
}

/// The page that a part of it was sent from: a form that comes back stands at an address which only takes what is sent, so the last
/// parts are cut until what is left can be opened.
fn page_of(path: &str) -> &str {
    let mut page = path;
    while !opens(page) {
        match page.rsplit_once('/') {
            Some((shorter, _)) if !shorter.is_empty() => page = shorter,
            _ => return crate::meja::LIST,
        }
    }
    page
}

/// Can this address be opened?
fn opens(path: &str) -> bool {
    let same = |pattern: &str| {
        let (mut ours, mut theirs) = (pattern.split('/'), path.split('/'));
        loop {
            match (ours.next(), theirs.next()) {
                (None, None) => return true,
                (Some(our), Some(their)) if our == their || (our.starts_with('{') && !their.is_empty()) => {}
                _ => return false,
            }
        }
    };
    crate::routes::ALL.iter().any(|route| route.method == Method::Get && same(route.path))
}

/// What a seal of [`reveal_act`] holds, when it is this person's and still fresh.
struct Diminta {
    objek: String,
    siapa: String,
    kembali: String,
}

fn asked(ctx: &Ctx, sealed: &str) -> Option<Diminta> {
    let opened = unseal(ctx.instance().keys(), PURPOSE, sealed)?;
    let [objek, siapa, who, at, kembali] = opened.split('\n').collect::<Vec<_>>()[..] else { return None };
    let fresh = at.parse::<i64>().is_ok_and(|at| ctx.now().0 - at <= VALID_MS);
    let own = ctx.who().is_some_and(|known| known.scope.actor.key() == who);
    (fresh && own).then(|| Diminta { objek: objek.to_owned(), siapa: siapa.to_owned(), kembali: kembali.to_owned() })
}

/// Reads the NIK and the name beside it, and writes down that they were read.
fn reveal(tx: &mut Tx<'_>, asked: &Diminta) -> Result<Option<(String, String)>> {
    let Some((tabel, id)) = asked.objek.split_once(':') else { return Ok(None) };
    let Ok(id) = id.parse::<Id>() else { return Ok(None) };
    let found = store::read(tx, tabel, &asked.siapa, id)?;
    if let Some((nik, _)) = &found {
        tx.audit(&audit::Entry::new("perizinan.reveal-nik", tabel, id).with("nik", samar(nik)).with("milik", &asked.siapa))?;
    }
    Ok(found)
}

/// What is odd about a NIK that is right in itself: taken, with a look.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Peringatan {
    /// Regency or district are not in the present list: regions were split, or a digit is wrong.
    Wilayah(String),
    /// Applications under this NIK carry other names.
    NamaLain(Vec<String>),
}

impl Peringatan {
    /// For the officer who looks at the KTP.
    pub(crate) fn untuk_petugas(&self) -> String {
        match self {
            Self::Wilayah(kode) => format!(
                "Kode wilayah {kode} pada NIK tidak ada dalam daftar wilayah sekarang. Mungkin wilayahnya dimekarkan; cocokkan dengan KTP."
            ),
            Self::NamaLain(names) => {
                format!("NIK ini sudah dipakai dengan nama lain: {}. Cocokkan nama dan NIK dengan KTP.", names.join(", "))
            }
        }
    }

    /// For whoever types it, who learns no other person's name.
    pub(crate) fn untuk_pemohon(&self) -> Option<&'static str> {
        match self {
            Self::Wilayah(_) => {
                Some("Enam angka pertama NIK bukan wilayah yang kami kenal. Periksa sekali lagi; bila sesuai KTP, lanjutkan.")
            }
            Self::NamaLain(_) => None,
        }
    }
}

/// What is odd about a NIK to whoever types it.
pub(crate) fn for_applicant(paket: &Paket, nik: &Nik) -> Option<&'static str> {
    wilayah(&Lookup::of(paket), nik).and_then(|odd| odd.untuk_pemohon())
}

/// What is odd about this NIK beside this name.
pub(crate) fn peringatan(tx: &mut Tx<'_>, paket: &Paket, nik: &Nik, nama: &str) -> Result<Vec<Peringatan>> {
    let mut all: Vec<Peringatan> = wilayah(&Lookup::of(paket), nik).into_iter().collect();
    let names = store::names(tx, nik, LOOKED)?;
    let others = nama_lain(&names, nama);
    if !others.is_empty() {
        all.push(Peringatan::NamaLain(others));
    }
    Ok(all)
}

/// The regency and the district, the larger first.
fn wilayah(lists: &Lookup, nik: &Nik) -> Option<Peringatan> {
    let district = nik.wilayah();
    let regency = district.get(..5).unwrap_or_default().to_owned();
    [regency, district].into_iter().find(|kode| lists.get(kode).is_none()).map(Peringatan::Wilayah)
}

/// Names that are another person's, each once: capitals, signs and the order of words do not make another name, nor do titles that
/// one of the two leaves out.
fn nama_lain(names: &[String], nama: &str) -> Vec<String> {
    let mut others: Vec<String> = Vec::new();
    for name in names {
        if !same_name(name, nama) && !others.iter().any(|known| words(known) == words(name)) {
            others.push(name.clone());
        }
    }
    others
}

/// Is it one person's name, once with titles and once without, in another order, in capitals?
pub(crate) fn same_name(a: &str, b: &str) -> bool {
    let (a, b) = (words(a), words(b));
    !a.is_empty() && !b.is_empty() && (a.iter().all(|word| b.contains(word)) || b.iter().all(|word| a.contains(word)))
}

fn words(text: &str) -> Vec<String> {
    let mut words: Vec<String> =
        fold(text).split(|letter: char| !letter.is_alphanumeric()).filter(|word| word.len() > 1).map(str::to_owned).collect();
    words.sort();
    words.dedup();
    words
}

/// What does not fit between a NIK and what was typed beside it: the fields are the caller's own.
pub(crate) fn tidak_cocok(nik: &Nik, lahir: Option<Date>, kelamin: Option<JenisKelamin>) -> Option<&'static str> {
    if let Some(lahir) = lahir
        && !nik.matches(lahir, nik.jenis_kelamin())
    {
        return Some(
            "Tanggal lahir tidak sesuai dengan NIK (angka ke-7 sampai ke-12; untuk perempuan tanggal ditambah 40). Periksa keduanya.",
        );
    }
    kelamin
        .filter(|kelamin| *kelamin != nik.jenis_kelamin())
        .map(|_| "Jenis kelamin tidak sesuai dengan NIK. Untuk perempuan, angka ke-7 dan ke-8 adalah tanggal lahir ditambah 40.")
}
