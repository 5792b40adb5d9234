//! Slips on paper: made in a write, shown once on the page that answers it, never again.

use praja_kernel::{Id, Moment};
use praja_module::{Ctx, Input, Outcome, Problem, Response};
use praja_store::{Keys, Result, StoreError, Tx, audit::Entry};
use praja_web::{Facts, Markup, Notice, PageHeader, Tone, frame, html, qr};

use super::{
    Subjek, covers, permissions_of,
    store::{self, Orang},
    subject,
};
use crate::{
    accounts::store as accounts,
    kirim::Ways,
    slip::{self, Jenis, Refusal},
};

/// A slip as it is printed.
#[derive(Debug, Clone)]
pub(crate) struct Cetak {
    pub(crate) orang: Orang,
    /// What is typed as account.
    pub(crate) akun: String,
    /// What is typed as password; nobody keeps it.
    pub(crate) kode: String,
    pub(crate) sampai: Moment,
}

/// POST /identity/akun/{id}/slip: for somebody who forgot the password and stands at the desk.
pub(crate) fn one(ctx: &Ctx, _input: &Input) -> Outcome {
    let Subjek { akun, handling } = ctx.read(|tx| subject(ctx, tx))?;
    handling.map_err(Problem::refused)?;
    if akun.nonaktif {
        return Err(Problem::refused(Refusal::Closed));
    }
    let (id, oleh, kode) = (akun.id, ctx.scope()?.actor.id(), slip::draw());
    let (sidik, ways, maker) = (slip::digest(&kode), Ways::of(ctx), ctx.scope()?.actor.nama().to_owned());
    let owner = akun.clone();
    let (sampai, who) = ctx.write(Keys::none(), move |tx| {
        let sampai = slip::store::insert(tx, Jenis::Masuk, Some(id), &sidik, oleh)?;
        tx.audit(&Entry::new("identity.issue-slip", "identity_akun", id).with("akun", &owner.nama).with("nama", &owner.pemilik))?;
        let text =
            format!("{maker} baru saja mencetak slip masuk untuk akun Anda. Jika bukan permintaan Anda, hubungi Diskominfo.");
        ways.warn(tx, &owner, "Slip masuk dicetak untuk akun Anda", &text)?;
        let who = match owner.orang {
            Some(orang) => store::person(tx, orang)?,
            None => None,
        };
        Ok::<_, StoreError>((sampai, who))
    })?;
    let orang = who.unwrap_or(Orang { nama: akun.pemilik, nip: None, opd: None });
    let slip = Cetak { orang, akun: akun.nama, kode, sampai };
    let back = format!("/identity/akun/{id}");
    Ok(Response::page(print_page(ctx, "Slip masuk", &[slip], &back)))
}

/// POST /identity/akun/buka: the first account of a person, with its slip.
pub(crate) fn open(ctx: &Ctx, input: &Input) -> Outcome {
    let orang: Id = input.text("orang").parse().map_err(|_| Problem::NotFound)?;
    let (covered, theirs) = ctx.read(|tx| Ok::<_, Problem>((covers(ctx, tx, orang)?, permissions_of(ctx, tx, orang)?)))?;
    if !covered {
        return Err(Problem::NotFound);
    }
    let scope = ctx.scope()?;
    slip::may_handle(&scope.permissions, &theirs, scope.actor.id() == Some(orang)).map_err(Problem::refused)?;
    let oleh = scope.actor.id();
    let kode = slip::draw();
    let drawn = kode.clone();
    let slip = ctx.write(Keys::none(), move |tx| first_slip(tx, orang, &drawn, oleh))?;
    let Some(slip) = slip else { return Ok(Response::redirect("/identity/akun").with_notice("Akun orang itu sudah dibuka.")) };
    Ok(Response::page(print_page(ctx, "Slip masuk pertama", &[slip], "/identity/akun")))
}

/// Opens the account of a person who has none, and makes the slip by which it is entered first. One that was never entered gets a new
/// slip; one that was entered gets none.
pub(super) fn first_slip(tx: &mut Tx<'_>, orang: Id, kode: &str, oleh: Option<Id>) -> Result<Option<Cetak>> {
    let Some(who) = store::person(tx, orang)? else { return Ok(None) };
    let (id, akun) = match accounts::of_person(tx, orang)? {
        Some(known) if known.nonaktif || store::times(tx, known.id)?.1.is_some() => return Ok(None),
        Some(known) => (known.id, known.nama),
        None => {
            let akun = account_name(tx, &who.nama, who.nip.as_deref())?;
            // A hash that no password has: only the slip opens it.
            let id = accounts::insert(tx, orang, &akun, "-", true)?;
            tx.audit(&Entry::new("identity.open-account", "identity_akun", id).with("akun", &akun).with("nama", &who.nama))?;
            (id, akun)
        }
    };
    let sampai = slip::store::insert(tx, Jenis::Pertama, Some(id), &slip::digest(kode), oleh)?;
    tx.audit(&Entry::new("identity.issue-slip", "identity_akun", id).with("akun", &akun).with("nama", &who.nama))?;
    Ok(Some(Cetak { orang: who, akun, kode: kode.to_owned(), sampai }))
}

/// The NIP is everybody's account name; who has none gets the name in small letters, numbered where it is taken.
fn account_name(tx: &mut Tx<'_>, nama: &str, nip: Option<&str>) -> Result<String> {
    if let Some(nip) = nip {
        return Ok(nip.to_owned());
    }
    let base = plain_name(nama);
    for count in 1..1000 {
        let name = if count == 1 { base.clone() } else { format!("{base}{count}") };
        if accounts::holder_of_name(tx, &name)?.is_none() {
            return Ok(name);
        }
    }
    Err(StoreError::Missing)
}

/// "raden.bagus" from "Drs. H. Raden Bagus Adipramana, M.Si.": the first two words that are no title.
fn plain_name(nama: &str) -> String {
    let words = nama.split(',').next().unwrap_or_default().split_whitespace().filter(|word| !word.ends_with('.'));
    let words: Vec<String> =
        words.map(|word| praja_kernel::fold(word).chars().filter(char::is_ascii_alphanumeric).collect()).take(2).collect();
    let name = words.join(".");
    if name.len() < 3 { format!("pegawai.{name}") } else { name }
}

/// The page with slips to print. It cannot be opened again: the codes are kept nowhere.
pub(crate) fn print_page(ctx: &Ctx, title: &str, slips: &[Cetak], back: &str) -> String {
    print_page_with(ctx, title, None, slips, back)
}

/// The same with something to know about them.
pub(super) fn print_page_with(ctx: &Ctx, title: &str, notice: Option<&Notice>, slips: &[Cetak], back: &str) -> String {
    let header = PageHeader::new(title).purpose("Cetak sekarang. Setelah halaman ini ditutup, kodenya tidak dapat dilihat lagi.");
    let content = html! {
        div.tanpa-cetak {
            @if let Some(notice) = notice { (notice) }
            (Notice::new(Tone::Warn, "Serahkan slip hanya kepada orangnya sendiri, setelah Anda memastikan siapa dia.")
                .text("Pembuatan slip ini tercatat pada jejak audit atas nama Anda."))
            p { a.tombol href=(back) { "Selesai, kembali" } }
        }
        div.slip-daftar { @for slip in slips { (draw(ctx, slip)) } }
    };
    praja_web::page(&frame::shell(ctx), &header, content)
}

fn draw(ctx: &Ctx, slip: &Cetak) -> Markup {
    let address = ctx.url("/masuk");
    let until = frame::time(ctx.instance().zona, slip.sampai).0;
    let facts = Facts::new()
        .add("Nama", &slip.orang.nama)
        .add_maybe("NIP", slip.orang.nip.as_deref())
        .add_maybe("OPD", slip.orang.opd.as_deref())
        .add("Akun", &slip.akun)
        .add("Berlaku sampai", until);
    html! {
        section.slip {
            div.slip-kepala {
                h2 { "Slip masuk Praja" }
                @if let Ok(code) = qr::svg(&address, "Alamat halaman masuk") { (code) }
            }
            (facts)
            p.kode { code { (slip.kode) } }
            ol {
                li { "Buka " strong { (address) } " atau pindai kode QR." }
                li { "Ketik akun di atas, lalu ketik kode ini sebagai sandi." }
                li { "Pilih sandi baru. Slip ini hanya berlaku satu kali; sesudah itu musnahkan." }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::plain_name;

    #[test]
    fn who_has_no_nip_gets_a_name_that_can_be_typed() {
        for (nama, akun) in [
            ("Drs. H. Raden Bagus Adipramana Suryanegara, M.Si.", "raden.bagus"),
            ("Sukarta", "sukarta"),
            ("Ng", "pegawai.ng"),
            ("dr. Ni Luh Putu Ayu, Sp.A.", "ni.luh"),
        ] {
            assert_eq!(plain_name(nama), akun);
        }
    }
}
