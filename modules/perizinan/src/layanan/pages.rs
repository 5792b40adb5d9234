//! The public pages: start, catalogue, one service, its standar pelayanan.

use praja_kernel::{fold, tanggal_pendek};
use praja_module::{Ctx, Outcome, Problem};
use praja_store::Tx;
use praja_web::{EmptyState, Facts, Field, Form, Icon, Link, Markup, Notice, PageHeader, Tone, frame, html, icon, section, tabs};

use super::{HOME, LAYANAN, cost, count, declaration, kata, requirements, term, validity, way};
use crate::jenis::{
    Jenis, JenisSyarat, Kanal, Permintaan, Syarat,
    store::{self, Terbit},
};

/// Where an application is followed.
const LACAK: &str = "/perizinan/lacak";
/// Services that stand on the start page.
const LEADING: usize = 4;

/// GET /perizinan
pub(crate) fn home(ctx: &Ctx, tx: &mut Tx<'_>) -> Outcome {
    let all = store::open(tx, ctx.today())?;
    let leading = store::leading(tx)?;
    let mut shown: Vec<&Terbit> = leading.iter().filter_map(|kode| all.iter().find(|one| &one.versi.kode == kode)).collect();
    let rest = all.iter().filter(|one| one.versi.kanal == Kanal::Praja && !leading.contains(&one.versi.kode));
    shown.extend(rest.take(LEADING.saturating_sub(shown.len())));
    let content = html! {
        (search(""))
        (section("Layanan yang sering dicari", html! {
            @if shown.is_empty() {
                (EmptyState::new(Icon::Document, "Belum ada layanan", "Layanan muncul di sini setelah diterbitkan pengelola perizinan."))
            } @else {
                (cards(&shown))
                p { a href=(LAYANAN) { "Lihat semua " (all.len()) " layanan" } }
            }
        }))
        (section("Lacak permohonan", html! {
            p { "Lihat tahap, meja yang memegang, dan tanggal jatuh tempo permohonan Anda dengan nomor resi." }
            (Form::get(LACAK).field(Field::text("resi", "Nomor resi").max_length(16).autocomplete("off").hint("Sepuluh huruf dan angka pada bukti permohonan."))
                .submit("Lacak permohonan"))
        }))
        (section("Ada yang tidak sesuai?", html! {
            p { "Semua layanan di sini tidak memerlukan perantara. Petugas tidak menerima uang." }
            p { a href="/pengaduan" { "Sampaikan pengaduan" } }
        }))
        (section("Seberapa baik pelayanan ini", html! {
            p { "Berapa yang masuk, terbit, dan ditolak, berapa lama, dan siapa yang didahulukan: angkanya terbuka bagi siapa pun." }
            p { a href=(crate::statistik::PAGE) { "Lihat statistik pelayanan" } }
        }))
    };
    let header = PageHeader::new("Perizinan")
        .purpose("Cari layanan, ketahui syarat, biaya, dan tanggal selesainya, lalu ajukan dari ponsel Anda.");
    Ok(frame::respond_plain(ctx, &header, content))
}

fn search(q: &str) -> Markup {
    html! {
        (Form::get(LAYANAN).field(Field::search("q", "Cari layanan").value(q).hint("Misalnya reklame, penelitian, praktik bidan.")).submit("Cari layanan"))
    }
}

/// GET /perizinan/layanan
pub(crate) fn catalogue(ctx: &Ctx, tx: &mut Tx<'_>) -> Outcome {
    let all = store::open(tx, ctx.today())?;
    let (q, sektor) = (ctx.query("q").unwrap_or_default(), ctx.query("sektor").unwrap_or_default());
    let kanal = ctx.query("kanal").and_then(|word| Kanal::parse(word).ok());
    let words: Vec<String> = fold(q).split_whitespace().map(str::to_owned).collect();
    let found: Vec<&Terbit> = all
        .iter()
        .filter(|one| sektor.is_empty() || one.versi.sektor == sektor)
        .filter(|one| kanal.is_none_or(|kanal| one.versi.kanal == kanal))
        .filter(|one| fits(&one.isi, &words))
        .collect();
    let mut sectors: Vec<(&str, &str)> = all.iter().map(|one| (one.versi.sektor.as_str(), one.versi.sektor.as_str())).collect();
    sectors.sort_unstable();
    sectors.dedup();
    let lanes: Vec<(&str, &str)> = Kanal::ALL
        .iter()
        .filter(|kanal| all.iter().any(|one| one.versi.kanal == **kanal))
        .map(|kanal| (kanal.as_str(), if *kanal == Kanal::Praja { "Diajukan di sini" } else { kanal.label() }))
        .collect();
    let choice = |name: &str, label: &str, every: &str, options: &[(&str, &str)], value: &str| {
        let options: Vec<(&str, &str)> = std::iter::once(("", every)).chain(options.iter().copied()).collect();
        Field::select(name, label, &options).value(value)
    };
    let form = Form::get(LAYANAN)
        .field(Field::search("q", "Cari layanan").value(q))
        .field(choice("sektor", "Bidang", "Semua bidang", &sectors, sektor))
        .field(choice("kanal", "Tempat mengajukan", "Semua", &lanes, kanal.map_or("", Kanal::as_str)))
        .submit("Cari layanan");
    let content = html! {
        (form)
        p role="status" { strong { (found.len()) " layanan" } @if found.len() < all.len() { " dari " (all.len()) ". " a href=(LAYANAN) { "Tampilkan semua" } } }
        @if found.is_empty() {
            (EmptyState::new(Icon::Search, "Tidak ada layanan yang cocok", "Coba kata lain, atau tampilkan semua layanan."))
        } @else { (cards(&found)) }
    };
    let header =
        PageHeader::new("Daftar layanan").purpose("Syarat, biaya, dan waktu setiap layanan perizinan.").crumb("Perizinan", HOME);
    Ok(frame::respond_plain(ctx, &header, content))
}

/// Does every word stand in what the service says of itself?
fn fits(jenis: &Jenis, words: &[String]) -> bool {
    if words.is_empty() {
        return true;
    }
    let text = fold(&format!("{} {} {} {}", jenis.nama, jenis.kode, jenis.sektor, jenis.ringkasan));
    words.iter().all(|word| text.contains(word.as_str()))
}

fn cards(list: &[&Terbit]) -> Markup {
    html! {
        ul.kartu-impor {
            @for one in list {
                li {
                    h2 { a href={ (LAYANAN) "/" (one.versi.kode) } { (one.isi.nama) } }
                    p.redup { (one.isi.ringkasan) }
                    p { (cost(&one.isi)) " · " (term(&one.isi)) " · " (count(&one.isi)) " syarat" }
                }
            }
        }
    }
}

/// The service of this address, while it is open.
pub(super) fn found(ctx: &Ctx, tx: &mut Tx<'_>) -> Result<Terbit, Problem> {
    let kode: String = ctx.param("kode")?;
    store::published(tx, &kode, ctx.today())?.ok_or(Problem::NotFound)
}

/// GET /perizinan/layanan/{kode}
pub(crate) fn show(ctx: &Ctx, tx: &mut Tx<'_>) -> Outcome {
    let one = found(ctx, tx)?;
    let asked = ctx.query("permohonan").and_then(|word| Permintaan::parse(word).ok());
    let header =
        PageHeader::new(&one.isi.nama).purpose(&one.isi.ringkasan).crumb("Perizinan", HOME).crumb("Daftar layanan", LAYANAN);
    let header = if one.versi.kanal == Kanal::Praja {
        header.action(Link::new("Ajukan permohonan", format!("/perizinan/ajukan/{}", one.versi.kode)).icon(Icon::Send))
    } else {
        header
    };
    let base = format!("{LAYANAN}/{}", one.versi.kode);
    Ok(frame::respond_plain(ctx, &header, body(&one.isi, one.versi.latihan, asked, Some(&base))))
}

/// What citizens read about a service. `base` is its address; the editor shows the same without one.
pub(crate) fn body(jenis: &Jenis, latihan: bool, asked: Option<Permintaan>, base: Option<&str>) -> Markup {
    let kind =
        asked.filter(|kind| jenis.permohonan.contains(kind)).or(jenis.permohonan.first().copied()).unwrap_or(Permintaan::Baru);
    let ours = jenis.kanal == Kanal::Praja;
    let mut facts = Facts::new()
        .add("Biaya", cost(jenis))
        .add("Waktu", term(jenis))
        .add("Masa berlaku", validity(jenis))
        .add("Bidang", &jenis.sektor);
    if !jenis.biaya.keterangan.trim().is_empty() {
        facts = facts.add("Keterangan biaya", &jenis.biaya.keterangan);
    }
    if !jenis.is_free() {
        facts = facts.add("Dasar biaya", &jenis.biaya.dasar);
    }
    html! {
        @if latihan {
            (Notice::new(Tone::Info, "LATIHAN: jangka waktu layanan ini belum mempunyai aturan.")
                .text("Di daerah yang sesungguhnya layanan ini baru dapat diterbitkan setelah aturannya ditulis, atau dengan janji paling lama 5 hari kerja."))
        }
        @if !ours {
            (Notice::new(Tone::Info, format!("Layanan ini diajukan melalui {}.", jenis.kanal.label()))
                .text("Waktu di bawah adalah keterangan dari sistem itu; tidak dihitung di sini.")
                .link(Link::new(format!("Buka {}", jenis.kanal.label()), jenis.tautan.clone())))
        }
        (facts)
        @if !jenis.alur.kuota.is_empty() {
            p { "Tempat layanan ini dibatasi. " a href=(crate::kuota::PAGE) { "Lihat yang masih ada dan yang menunggu" } }
        }
        @if let Some(base) = base {
            p.deret-tombol {
                @if ours { a.tombol href={ (base) "/simulasi" } { (icon(Icon::Chart)) span { "Hitung syarat, biaya, dan tanggal selesai" } } }
                a.tombol href={ (base) "/standar" } { (icon(Icon::Document)) span { "Standar pelayanan" } }
            }
        }
        (section("Persyaratan", html! {
            @if jenis.permohonan.len() > 1 && let Some(base) = base {
                (tabs("Jenis permohonan", &jenis.permohonan.iter()
                    .map(|one| (Link::new(one.label(), format!("{base}?permohonan={}", one.as_str())), *one == kind, None)).collect::<Vec<_>>()))
            }
            (list(requirements(jenis, kind), jenis, true))
        }))
        @if !jenis.biaya.komponen.is_empty() {
            (section("Cara menghitung biaya", html! {
                dl.rincian { @for one in &jenis.biaya.komponen { dt { (one.nama) } dd { (kata::formula(&one.rumus, jenis)) } } }
            }))
        }
        @if ours {
            (section("Alur", html! {
                ol.bernomor { @for one in way(jenis) { li { strong { (one.name) } @if let Some(note) = &one.note { br; span.redup { (note) } } } } }
            }))
        }
        @if !jenis.dasar_hukum.is_empty() {
            (section("Dasar hukum", html! { ul.berbutir { @for rule in &jenis.dasar_hukum { li { (rule) } } } }))
        }
        (foot(jenis))
    }
}

/// Requirements as a list, each with what helps; with their conditions where these are not decided yet.
pub(super) fn list<'a>(requirements: impl Iterator<Item = &'a Syarat>, jenis: &Jenis, conditions: bool) -> Markup {
    let all: Vec<&Syarat> = requirements.collect();
    html! {
        @if all.is_empty() { p { "Tidak ada berkas yang diminta." } } @else {
            ol.bernomor {
                @for one in &all {
                    li {
                        (one.label)
                        @if conditions && !one.bila.trim().is_empty() { " " span.redup { "(bila " (kata::condition(&one.bila, jenis)) ")" } }
                        @else if !one.wajib { " " span.redup { "(bila ada)" } }
                        @if one.jenis != JenisSyarat::Berkas { " " span.redup { "(" (one.jenis.label().to_lowercase()) ")" } }
                        @if !one.petunjuk.trim().is_empty() { br; span.redup { (one.petunjuk) } }
                    }
                }
            }
        }
    }
}

/// Who answers for it, when it was looked at last, and where to complain.
pub(super) fn foot(jenis: &Jenis) -> Markup {
    html! {
        p.redup {
            "Penanggung jawab: Dinas Penanaman Modal dan Pelayanan Terpadu Satu Pintu. Ditinjau terakhir " (tanggal_pendek(jenis.ditinjau)) ". "
            a href="/pengaduan" { "Ada yang keliru? Sampaikan pengaduan" } "."
        }
    }
}

/// GET /perizinan/layanan/{kode}/standar
pub(crate) fn standard(ctx: &Ctx, tx: &mut Tx<'_>) -> Outcome {
    let one = found(ctx, tx)?;
    let header = PageHeader::new(format!("Standar pelayanan {}", one.isi.nama))
        .purpose("Empat belas komponen menurut PermenPANRB 15/2014. Halaman ini dapat dicetak sebagai poster.")
        .crumb("Perizinan", HOME)
        .crumb(&one.isi.nama, format!("{LAYANAN}/{}", one.versi.kode));
    Ok(frame::respond_plain(ctx, &header, poster(&one.isi)))
}

/// The poster.
pub(crate) fn poster(jenis: &Jenis) -> Markup {
    let all = super::standard(jenis);
    let (delivery, making) = all.split_at(6);
    let parts = [("Penyampaian pelayanan", delivery, 0), ("Pengelolaan pelayanan di dalam organisasi", making, 6)];
    html! {
        @for (title, components, before) in parts {
            (section(title, html! {
                ol.bernomor start=(before + 1) {
                    @for one in components {
                        li {
                            strong { (one.judul) }
                            @if let [only] = one.isi.as_slice() { p { (only) } }
                            @else { ul.berbutir { @for line in &one.isi { li { (line) } } } }
                        }
                    }
                }
            }))
        }
        (section("Maklumat pelayanan", html! { blockquote { p { (declaration(jenis)) } } }))
        (foot(jenis))
    }
}
