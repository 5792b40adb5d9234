//! A naskah as it stands on paper, drawn by the shape of its kind.

use praja_desk::verify;
use praja_identity::{
    jabatan, opd,
    orang::{golongan, nip_and_rank},
};
use praja_kernel::{Rupiah, tanggal_panjang};
use praja_module::{Ctx, Outcome, Problem};
use praja_store::Tx;
use praja_web::{Icon, Link, Markup, assets, frame, html, qr};

use super::{LIST, below, kind, load, whole};
use crate::naskah::{
    Naskah, Status,
    isi::{draw, items, rows},
    jenis::{Bentuk, Bidang, Isian, Jenis},
    tujuan::{ON_THE_PAGE, split_up},
    wewenang::{Pos, is_elected, kepala},
    write::{
        above,
        alamat::{self, Alamatan},
        pos,
    },
};

/// What the page needs besides the naskah itself.
pub(super) struct Kertas {
    jenis: String,
    asks: &'static Jenis,
    daerah: String,
    kantor: String,
    /// Is it the head of the region who signs? Then the post heads the page, not an office.
    kepala_daerah: bool,
    atas: Vec<String>,
    nama: String,
    nip: Option<String>,
    pangkat: Option<String>,
    code: Option<String>,
    tempat: String,
    /// Addressees and copies with every list resolved.
    kepada: Vec<String>,
    tembusan: Vec<String>,
}

/// Reads what the page needs.
pub(super) fn kertas(ctx: &Ctx, tx: &mut Tx<'_>, naskah: &Naskah) -> Result<Kertas, Problem> {
    let (kind, asks) = kind(tx, &naskah.jenis)?;
    let day = naskah.nomor.as_ref().map_or_else(|| ctx.today(), |nomor| nomor.tanggal);
    let signer = jabatan::get(tx, naskah.isi.penandatangan)?.ok_or(Problem::NotFound)?;
    let (own, holder) = pos(tx, &signer, day)?;
    let mut line: Vec<Pos> = Vec::new();
    for post in above(tx, signer.id)? {
        line.push(pos(tx, &post, day)?.0);
    }
    let office = opd::get(tx, naskah.opd)?;
    let code = match &naskah.token {
        Some(token) => verify::get(tx, token)?.map(|found| verify::address(&verify::Issuer::of(ctx.instance()), &found)),
        None => None,
    };
    let below = match &holder {
        Some(holder) if !is_elected(signer.jenis, own.cara) => nip_and_rank(tx, holder.orang)?,
        _ => (None, None),
    };
    let kepala_daerah = signer.jenis == jabatan::Jenis::Politik;
    let daerah = ctx.instance().wilayah.nama.clone();
    let tempat = daerah.split_once(' ').map_or(daerah.as_str(), |(_, name)| name).to_owned();
    let alamat = alamat::of(tx, naskah)?;
    Ok(Kertas {
        kepada: Alamatan::names(&alamat.kepada),
        tembusan: Alamatan::names(&alamat.tembusan),
        jenis: kind.nama,
        asks,
        daerah,
        kantor: office.map(|office| office.nama).unwrap_or_default(),
        kepala_daerah,
        atas: kepala(naskah.isi.wewenang, &own, &line),
        nama: if naskah.penandatangan_nama.is_empty() {
            holder.map(|one| one.nama).unwrap_or_default()
        } else {
            naskah.penandatangan_nama.clone()
        },
        nip: below.0,
        pangkat: below.1.map(|code| golongan::display(&code)),
        code,
        tempat,
    })
}

/// GET /eoffice/naskah/{id}/cetak
pub(crate) fn show(ctx: &Ctx, tx: &mut Tx<'_>) -> Outcome {
    let naskah = load(ctx, tx)?;
    whole(tx, &naskah)?;
    let (kind, _) = kind(tx, &naskah.jenis)?;
    let kertas = kertas(ctx, tx, &naskah)?;
    let header = below(&naskah, &kind, "Cetak naskah")
        .action(Link::new("Kembali ke naskah", format!("{LIST}/{}", naskah.id)).icon(Icon::Left));
    let content = html! {
        @if naskah.nomor.is_none() { p.redup { "Naskah ini belum bernomor; cetakannya hanya konsep." } }
        (page(&naskah, &kertas))
    };
    Ok(frame::respond(ctx, &header, content))
}

/// The naskah on its page.
pub(super) fn page(naskah: &Naskah, kertas: &Kertas) -> Markup {
    html! {
        link rel="stylesheet" href=(assets::url("naskah.css"));
        article.naskah.cetakan aria-label=(kertas.jenis) {
            (kop(kertas))
            @if naskah.status.is_draft() || naskah.nomor.is_none() { p.naskah-konsep { "KONSEP" } }
            @match kertas.asks.bentuk {
                Bentuk::Surat => (surat(naskah, kertas)),
                Bentuk::Nota => (nota(naskah, kertas)),
                Bentuk::Penetapan => (penetapan(naskah, kertas)),
                Bentuk::Judul | Bentuk::Perjanjian | Bentuk::Tabel | Bentuk::Formulir | Bentuk::Bab | Bentuk::Sertifikat => (judul(naskah, kertas)),
            }
            @if let Some(annex) = annex(kertas) { (annex) }
        }
    }
}

fn kop(kertas: &Kertas) -> Markup {
    html! {
        header.naskah-kop {
            @if kertas.kepala_daerah {
                p.naskah-kantor { (kertas.atas.last().map_or("", |line| line.trim_end_matches(','))) }
            } @else {
                p { "PEMERINTAH " (kertas.daerah.to_uppercase()) }
                p.naskah-kantor { (kertas.kantor.to_uppercase()) }
            }
        }
    }
}

fn nomor(naskah: &Naskah) -> Markup {
    match &naskah.nomor {
        Some(nomor) => html! { (nomor.teks) },
        None => html! { "……………………" },
    }
}

fn tanggal(naskah: &Naskah) -> Markup {
    match &naskah.nomor {
        Some(nomor) => html! { (tanggal_panjang(nomor.tanggal)) },
        None => html! { "…………………… " },
    }
}

fn surat(naskah: &Naskah, kertas: &Kertas) -> Markup {
    let isi = &naskah.isi;
    html! {
        p.naskah-kanan { (kertas.tempat) ", " (tanggal(naskah)) }
        table.naskah-isian { tbody {
            tr { th scope="row" { "Nomor" } td { (nomor(naskah)) } }
            tr { th scope="row" { "Sifat" } td { (isi.sifat.label()) } }
            tr { th scope="row" { "Lampiran" } td { (isi.lampiran) } }
            tr { th scope="row" { (kertas.asks.hal) } td { (isi.hal) } }
        } }
        (yth(kertas))
        (fields(naskah, kertas, false))
        (signature(naskah, kertas, None))
        (tembusan(kertas))
    }
}

fn yth(kertas: &Kertas) -> Markup {
    let kepada = &kertas.kepada;
    html! {
        div.naskah-yth {
            @if kepada.len() > ON_THE_PAGE { p { "Yth. (daftar terlampir)" } }
            @else if let [one] = kepada.as_slice() { p { "Yth. " (split_up(one).0) @if let Some(up) = split_up(one).1 { br; "u.p. " (up) } } }
            @else if !kepada.is_empty() { p { "Yth." } ol { @for one in kepada { li { (one) } } } }
        }
    }
}

fn nota(naskah: &Naskah, kertas: &Kertas) -> Markup {
    let isi = &naskah.isi;
    html! {
        h2.naskah-judul { (kertas.jenis.to_uppercase()) }
        table.naskah-isian { tbody {
            tr { th scope="row" { "Yth." } td { @if kertas.kepada.len() > ON_THE_PAGE { "(daftar terlampir)" } @else { (kertas.kepada.join("; ")) } } }
            tr { th scope="row" { "Dari" } td { (naskah.penandatangan_jabatan) } }
            @if !kertas.tembusan.is_empty() { tr { th scope="row" { "Tembusan" } td { (kertas.tembusan.join("; ")) } } }
            tr { th scope="row" { "Tanggal" } td { (tanggal(naskah)) } }
            tr { th scope="row" { "Nomor" } td { (nomor(naskah)) } }
            tr { th scope="row" { "Sifat" } td { (isi.sifat.label()) } }
            tr { th scope="row" { "Lampiran" } td { (isi.lampiran) } }
            tr { th scope="row" { (kertas.asks.hal) } td { (isi.hal) } }
        } }
        (fields(naskah, kertas, false))
        (signature(naskah, kertas, None))
    }
}

fn judul(naskah: &Naskah, kertas: &Kertas) -> Markup {
    let made = html! { "Ditetapkan di " (kertas.tempat) br; "pada tanggal " (tanggal(naskah)) };
    html! {
        h2.naskah-judul { (kertas.jenis.to_uppercase()) }
        @if naskah.nomor.as_ref().is_none_or(|nomor| nomor.urut > 0) { p.naskah-tengah { "NOMOR " (nomor(naskah)) } }
        @if kertas.asks.hal == "Tentang" { p.naskah-tengah { "TENTANG" } }
        p.naskah-tengah { strong { (naskah.isi.hal.to_uppercase()) } }
        (yth(kertas))
        (fields(naskah, kertas, true))
        (signature(naskah, kertas, Some(made)))
        (tembusan(kertas))
    }
}

fn penetapan(naskah: &Naskah, kertas: &Kertas) -> Markup {
    let made = html! { "Ditetapkan di " (kertas.tempat) br; "pada tanggal " (tanggal(naskah)) };
    let title = if kertas.jenis.contains(' ') {
        kertas.jenis.to_uppercase()
    } else {
        format!("{} {}", kertas.jenis.to_uppercase(), kertas.atas.last().map_or("", |line| line.trim_end_matches(',')))
    };
    let of = |nama: &str| naskah.isi.bidang.get(nama).map(String::as_str).filter(|text| !text.is_empty());
    html! {
        h2.naskah-judul { (title) }
        p.naskah-tengah { "NOMOR " (nomor(naskah)) }
        p.naskah-tengah { "TENTANG" }
        p.naskah-tengah { strong { (naskah.isi.hal.to_uppercase()) } }
        @for (nama, label, letters) in [("menimbang", "Menimbang", true), ("mengingat", "Mengingat", false), ("memperhatikan", "Memperhatikan", false)] {
            @if let Some(text) = of(nama) {
                div.naskah-butir { span { (label) } ol class=(if letters { "huruf" } else { "angka" }) { @for one in items(text) { li { (one) } } } }
            }
        }
        p.naskah-tengah { strong { "MEMUTUSKAN:" } }
        div.naskah-butir { span { "Menetapkan" } p { (title) " TENTANG " (naskah.isi.hal.to_uppercase()) "." } }
        @if let Some(text) = of("diktum") {
            @for (at, one) in items(text).iter().enumerate() { div.naskah-butir { span { (diktum(at)) } p { (one) } } }
        }
        @if let Some(text) = of("isi") { div.naskah-isi { (draw(text)) } }
        (signature(naskah, kertas, Some(made)))
        (tembusan(kertas))
    }
}

/// "KESATU", "KEDUA", … as decisions count.
fn diktum(at: usize) -> String {
    let number = praja_kernel::terbilang(i64::try_from(at + 1).unwrap_or(0));
    if at == 0 { "KESATU".to_owned() } else { format!("KE{}", number.to_uppercase().replace(' ', "")) }
}

/// The fields of the kind in their order, each as it holds; long texts of letters stand without their label.
fn fields(naskah: &Naskah, kertas: &Kertas, labelled: bool) -> Markup {
    let one = |field: &Bidang, text: &str| match field.jenis {
        Isian::Naskah => html! {
            @if labelled && kertas.asks.bidang.len() > 1 { p.naskah-label { strong { (field.label) } } }
            div.naskah-isi { (draw(text)) }
        },
        Isian::Teks | Isian::Tanggal => {
            html! { table.naskah-isian { tbody { tr { th scope="row" { (field.label) } td { (text) } } } } }
        }
        Isian::Uang => {
            html! { table.naskah-isian { tbody { tr { th scope="row" { (field.label) } td { (money(text)) } } } } }
        }
        Isian::Butir => html! { div.naskah-butir { span { (field.label) } ol { @for item in items(text) { li { (item) } } } } },
        Isian::Orang => {
            html! { div.naskah-butir { span { (field.label) } ol { @for row in rows(text) { li { (person(&row)) } } } } }
        }
        Isian::Tabel => html! { (table(field, text)) },
    };
    html! { @for field in &kertas.asks.bidang { @if let Some(text) = naskah.isi.bidang.get(&field.nama) { (one(field, text)) } } }
}

/// "Rp1.250.000 (satu juta dua ratus lima puluh ribu rupiah)": an amount on paper stands in letters, too.
fn money(text: &str) -> String {
    text.parse::<Rupiah>().map_or_else(|_| text.to_owned(), |amount| format!("{amount} ({})", amount.terbilang()))
}

fn person(row: &[String]) -> Markup {
    html! {
        @for (at, label) in ["Nama", "NIP", "Pangkat", "Jabatan"].into_iter().enumerate() {
            @if let Some(text) = row.get(at).filter(|text| !text.is_empty()) { @if at > 0 { br; } (label) ": " (text) }
        }
    }
}

/// A table whose headings stand in the label of its field: "Langkah (Kegiatan | Pelaksana)".
fn table(field: &Bidang, text: &str) -> Markup {
    let heads: Vec<&str> = field
        .label
        .split_once('(')
        .map(|(_, heads)| heads.trim_end_matches(')').split('|').map(str::trim).collect())
        .unwrap_or_default();
    html! {
        table.naskah-tabel {
            thead { tr { th scope="col" { "No." } @for head in &heads { th scope="col" { (head) } } } }
            tbody { @for (at, row) in rows(text).iter().enumerate() { tr { td { (at + 1) "." } @for cell in row { td { (cell) } } } } }
        }
    }
}

fn signature(naskah: &Naskah, kertas: &Kertas, made: Option<Markup>) -> Markup {
    html! {
        div.naskah-ttd {
            @if let Some(made) = made { p { (made) } }
            @for line in &kertas.atas { p { (line) } }
            @match &kertas.code {
                Some(code) => @if let Ok(drawn) = qr::svg(code, "Kode verifikasi naskah") { div.naskah-qr { (drawn) } },
                None => div.naskah-ruang {},
            }
            p { strong { (kertas.nama) } }
            @if let Some(pangkat) = &kertas.pangkat { p { (pangkat) } }
            @if let Some(nip) = &kertas.nip { p { "NIP " (nip) } }
        }
        @if let (Some(token), true) = (&naskah.token, kertas.code.is_some()) {
            p.naskah-kaki { "Keaslian naskah ini diperiksa dengan memindai kode QR, atau dengan kode " (token) "." @if naskah.status == Status::Menandatangani { " Belum berlaku sebelum ditandatangani." } }
        }
    }
}

fn tembusan(kertas: &Kertas) -> Markup {
    html! { @if !kertas.tembusan.is_empty() { div.naskah-tembusan { p { "Tembusan:" } ol { @for one in &kertas.tembusan { li { (one) } } } } } }
}

/// The list of addressees that are too many for the page.
fn annex(kertas: &Kertas) -> Option<Markup> {
    (kertas.kepada.len() > ON_THE_PAGE).then(|| {
        html! { section.naskah-lampiran { h2.naskah-judul { "DAFTAR TUJUAN" } ol { @for one in &kertas.kepada { li { (one) } } } } }
    })
}

#[test]
fn decisions_count_as_their_readers_know() {
    assert_eq!([0, 1, 2, 10].map(diktum), ["KESATU", "KEDUA", "KETIGA", "KESEBELAS"]);
}
