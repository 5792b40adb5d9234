//! One application at the desks: what is to be done first, then everything that is known.

mod perhatian;

use praja_desk::timeline;
use praja_kernel::{Refuse, Rupiah, tanggal_panjang};
use praja_module::{Ctx, Input, Outcome, Problem};
use praja_store::Tx;
use praja_web::{
    Act, Facts, Field, Form, Markup, Notice, PageHeader, Tone, act_bar, badge, detail, frame, html, next_step, section,
};

use super::{LIST, aksi, alih, berkas, daftar, href, me, seen, works_at};
use crate::{
    alur::{Jam, Langkah, Meja, Status},
    hak::{INITIAL_KABID, RECEIVE, VERIFY},
    izin,
    jenis::{Jenis, Kepekaan},
    nik, objek,
    permohonan::{
        AlasanTolak, Permohonan, store,
        write::{self, Kerja},
    },
    portal, rekomendasi, survei,
};

/// A form that came back, with what was wrong.
type Again<'a> = Option<(&'a Input, &'a dyn Refuse)>;

/// GET /perizinan/izin/{id}
pub(crate) fn show(ctx: &Ctx, tx: &mut Tx<'_>) -> Outcome {
    Ok(praja_module::Response::page(draw(ctx, tx, None)?))
}

/// The whole page.
pub(super) fn draw(ctx: &Ctx, tx: &mut Tx<'_>, again: Again<'_>) -> Result<String, Problem> {
    let (one, jenis) = seen(ctx, tx)?;
    let kerja = Kerja::of(ctx, tx)?;
    let work = work(ctx, tx, &kerja, &one, &jenis, again)?;
    let side = facts(ctx, tx, &kerja, &one, &jenis)?;
    let odd = perhatian::warnings(ctx, tx, &one)?;
    let defects = perhatian::defects(tx, &one)?;
    let files = files(ctx, tx, &one, &jenis)?;
    let asked = recommendations(ctx, tx, &one)?;
    let surveys = surveys(ctx, tx, &one)?;
    let document = izin::meja::of(ctx, tx, &one, &jenis)?;
    let history = timeline::of(ctx, tx, &objek(one.id))?;
    let main = html! {
        (odd)
        (work)
        (defects)
        (document)
        (files)
        @for part in &jenis.formulir { (answers(ctx, &one, &jenis, part)) }
        (asked)
        (surveys)
        (section("Riwayat", history))
    };
    let header = PageHeader::new(format!("{} {}", one.sebutan(), one.pemohon.nama))
        .purpose(format!("{}, {}", jenis.nama, one.permintaan.label().to_lowercase()))
        .crumb("Permohonan izin", LIST);
    Ok(praja_web::page(&frame::shell(ctx), &header, detail(main, side)))
}

fn answers(ctx: &Ctx, one: &Permohonan, jenis: &Jenis, part: &crate::jenis::Bagian) -> Markup {
    let jawaban = crate::permohonan::isian::Jawaban::read(&one.isian);
    section(&part.judul, portal::facts(ctx, part, &portal::langkah::shown(one, jenis, part, &jawaban), &jawaban))
}

fn facts(ctx: &Ctx, tx: &mut Tx<'_>, kerja: &Kerja, one: &Permohonan, jenis: &Jenis) -> Result<Markup, Problem> {
    let jam = one.jam();
    let used = jam.used(&kerja.calendar, one.selesai.unwrap_or(kerja.today)).map_err(write::beyond)?;
    let who = &one.pemohon;
    let day = |date: Option<praja_kernel::Date>| date.map(tanggal_panjang);
    let office = aksi::office(tx, one.opd_teknis)?;
    let facts = Facts::new()
        .add("Keadaan", badge(daftar::tone(one.status), one.status.label()))
        .add("Di meja", one.meja.label())
        .add_some("Petugas", (!one.petugas_nama.is_empty()).then_some(&one.petugas_nama))
        .add("Waktu", format!("{used} dari {} hari kerja", one.sla))
        .add_some("Tenggat", day(one.tenggat.filter(|_| one.status.jam() == Jam::Jalan)))
        .add_some("Batas langkah ini", day(one.batas_langkah))
        .add_some("Dihitung diajukan", day(one.hari_ajukan))
        .add_some("Hari ke-0", day(one.mulai))
        .add("Resi", &one.resi)
        .add_some(
            "Izin yang dilanjutkan",
            one.izin_lama.map(|id| html! { a href=(izin::terbit::href(id, "")) { "Lihat izin lama" } }),
        )
        .add_some("OPD teknis", (!office.is_empty()).then_some(office))
        .add("Biaya", if one.biaya > 0 { Rupiah(one.biaya).to_string() } else { "Rp 0".into() })
        .add_some("Dasar hukum", jenis.dasar_hukum.first());
    let handles = super::handles(ctx, tx, one)?;
    let person = Facts::new()
        .add("Nama", &who.nama)
        .add("NIK", nik::tersamar_bila(handles, ctx, &objek(one.id), "pemohon", who.nik.full()))
        .add("Alamat", &who.alamat)
        .add_some("Nomor ponsel", (!who.telepon.is_empty()).then_some(&who.telepon))
        .add_some("Surel", (!who.email.is_empty()).then_some(&who.email))
        .add_some(
            "Kuasa",
            who.kuasa
                .as_ref()
                .map(|(nama, number)| html! { (nama) ", NIK " (nik::tersamar_bila(handles, ctx, &objek(one.id), "kuasa", number.full())) }),
        );
    Ok(html! {
        (section("Permohonan", facts))
        (section("Pemohon", person))
    })
}

fn files(ctx: &Ctx, tx: &mut Tx<'_>, one: &Permohonan, jenis: &Jenis) -> Result<Markup, Problem> {
    let files = store::files(tx, one.id)?;
    let mut items = Vec::new();
    for syarat in portal::berkas::asked(one, jenis) {
        let file = files.iter().find(|file| !file.diganti && file.syarat == syarat.kode);
        let kepekaan = file.and_then(|file| Kepekaan::parse(&file.kepekaan).ok()).unwrap_or_default();
        let opens = berkas::opens(ctx, tx, one, kepekaan)?;
        items.push(html! {
            li {
                strong { (syarat.label) } " "
                @match file {
                    None if syarat.wajib => (badge(Tone::Bad, "Tidak ada")),
                    None => (badge(Tone::Neutral, "Tidak dilampirkan")),
                    Some(_) if !opens => (badge(Tone::Neutral, if kepekaan == Kepekaan::Kesehatan { "Hanya untuk OPD teknis" } else { "Hanya pemegang permohonan" })),
                    Some(file) if kepekaan == Kepekaan::Umum => a href=(href(one, &format!("berkas/{}", file.id))) { (file.nama) },
                    Some(file) => (act_bar(&[Act::post(
                        format!("Buka {} (dicatat)", syarat.label),
                        href(one, &format!("berkas/{}", file.id)),
                        ctx.csrf(),
                        ctx.form_id().to_string(),
                    )])),
                }
            }
        });
    }
    let old = files.iter().filter(|file| file.diganti).count();
    Ok(section(
        "Berkas",
        html! {
            @if items.is_empty() { p { "Layanan ini tidak meminta berkas." } } @else { ul.tautan { @for item in &items { (item) } } }
            @if old > 0 { p.redup { (old) " berkas lama sudah diganti pemohon dan tetap tersimpan." } }
        },
    ))
}

fn recommendations(ctx: &Ctx, tx: &mut Tx<'_>, one: &Permohonan) -> Result<Markup, Problem> {
    let all = rekomendasi::store::of(tx, one.id)?;
    if all.is_empty() {
        return Ok(html! {});
    }
    let mut items = Vec::new();
    for asked in all {
        let office = aksi::office(tx, Some(asked.opd))?;
        items.push(html! {
            (Facts::new()
                .add("OPD", office)
                .add("Diminta", tanggal_panjang(asked.hari_diminta))
                .add("Jatah", format!("{} hari kerja, sampai {}", asked.jatah, tanggal_panjang(asked.tenggat)))
                .add("Hasil", asked.hasil.map_or("belum dijawab", rekomendasi::Hasil::label))
                .add_some("Dijawab", asked.dijawab.map(|at| format!("{} oleh {}, {} hari kerja", tanggal_panjang(ctx.instance().zona.date(at)), asked.oleh_nama, asked.hari_pakai.unwrap_or(0))))
                .add_some("Catatan", (!asked.catatan.is_empty()).then_some(&asked.catatan)))
        });
    }
    Ok(section("Rekomendasi OPD teknis", html! { @for item in &items { (item) } }))
}

fn surveys(ctx: &Ctx, tx: &mut Tx<'_>, one: &Permohonan) -> Result<Markup, Problem> {
    let all = survei::store::of(tx, one.id)?;
    if all.is_empty() {
        return Ok(html! {});
    }
    let mut items = Vec::new();
    for survei in all {
        let team = survei::names(&survei::store::officers(tx, survei.id)?);
        let paper = survei.cetakan.map(|_| html! { a href=(href(one, "bap/cetak")) { "Buka berita acara" } });
        items.push(
            Facts::new()
                .add("Jadwal", format!("{} pukul {}", tanggal_panjang(survei.tanggal), survei.jam))
                .add("Petugas", team)
                .add("Hasil", survei.hasil.as_deref().map_or("belum diperiksa", survei::hasil_label))
                .add_some("Sah", survei.pada.map(|at| tanggal_panjang(ctx.instance().zona.date(at))))
                .add_some("Berita acara", paper),
        );
    }
    Ok(section("Pemeriksaan lapangan", html! { @for item in &items { (item) } }))
}

/// Begins a form of an act, filled again where it came back.
fn form(ctx: &Ctx, one: &Permohonan, rest: &str, again: Again<'_>) -> Form {
    let to = href(one, rest);
    match again {
        Some((input, refusal)) if ctx.incoming().path.ends_with(&format!("/{rest}")) => {
            frame::form_again(ctx, to, input).refusal(refusal.message(), refusal.next_step()).problems(&refusal.fields())
        }
        _ => frame::form(ctx, to),
    }
}

/// The acts that belong to the state, for whoever has the application.
fn work(ctx: &Ctx, tx: &mut Tx<'_>, kerja: &Kerja, one: &Permohonan, jenis: &Jenis, again: Again<'_>) -> Result<Markup, Problem> {
    let mine = works_at(ctx, one.meja);
    if one.status == Status::Terbit && ctx.may(RECEIVE) {
        return Ok(section(
            "Serahkan dokumen",
            form(ctx, one, "serahkan", again)
                .field(Field::text("penerima", "Nama yang menerima").required().max_length(120).value(&one.pemohon.nama))
                .submit("Catat penyerahan"),
        ));
    }
    let leave = if ctx.may(INITIAL_KABID)
        && one.putaran > 0
        && matches!(one.status, Status::Diajukan | Status::VerifikasiTeknis | Status::Rekomendasi)
    {
        section(
            "Izin pengembalian kedua",
            form(ctx, one, "izinkan-kembali", again)
                .field(Field::textarea("alasan_izin", "Alasan").rows(2).required().max_length(500))
                .submit("Izinkan pengembalian kedua"),
        )
    } else {
        html! {}
    };
    if one.status == Status::SurveiDijadwalkan && ctx.may(VERIFY) && ctx.scope()?.covers_opd(one.opd) {
        return Ok(html! { (where_it_is(one)) (reschedule(ctx, tx, kerja, one, again)?) });
    }
    let leave = html! {
        (leave)
        @if alih::may(one) && ctx.may(INITIAL_KABID) && ctx.scope()?.covers_opd(one.opd) && one.petugas != Some(me(ctx)?) {
            (fold("Alihkan dari petugas yang berhalangan", alih::fields(form(ctx, one, "alihkan", again), one)))
        }
    };
    if !mine || one.meja == Meja::Selesai {
        return Ok(html! { (where_it_is(one)) (leave) });
    }
    if let Some(petugas) = one.petugas
        && petugas != me(ctx)?
    {
        return Ok(html! {
            @if let Some((_, refusal)) = again { (Notice::new(Tone::Bad, refusal.message()).text(refusal.next_step())) }
            (next_step(Tone::Info, format!("Giliran {}. Giliran dibagi oleh sistem.", one.petugas_nama)))
            (leave)
        });
    }
    let first = if one.meja == Meja::Surveyor { None } else { store::first_in_line(tx, one)? };
    let skip = first.map(|(_, nomor)| super::skip(&nomor));
    let ask = |rest: &str| {
        let form = form(ctx, one, rest, again);
        match &skip {
            Some(field) => form.field(field.clone().apart(rest)),
            None => form,
        }
    };
    let acts = match one.status {
        Status::Diajukan => html! {
            (ask("lengkap").submit("Nyatakan lengkap"))
            (act_bar(&[Act::link("Kembalikan dengan seluruh kekurangan", href(one, "kembalikan"))]))
        },
        Status::Lengkap => html! { (ask("periksa").submit("Mulai memeriksa")) },
        Status::VerifikasiTeknis | Status::Rekomendasi => examine(ctx, tx, kerja, one, jenis, again, &ask)?,
        Status::MintaRekomendasi => {
            let words: Vec<_> = rekomendasi::Hasil::ALL.iter().map(|one| (one.as_str(), one.label())).collect();
            html! {
                (ask("rekomendasi")
                    .field(Field::radio("hasil", "Rekomendasi", &words).required())
                    .field(Field::textarea("catatan", "Alasan atau syarat").rows(4).max_length(2000).hint("Dibaca pemeriksa dan pemohon."))
                    .submit("Simpan rekomendasi"))
            }
        }
        Status::Lunas => html! { (ask("kirim-paraf").submit("Susun dokumen")) },
        Status::DrafSk => html! { (ask("kirim-paraf").submit("Kirim untuk diparaf")) },
        Status::Paraf => html! {
            (ask("paraf").field(Field::textarea("catatan", "Catatan").rows(2).max_length(500)).submit("Paraf dokumen"))
            (fold("Kembalikan kepada pemeriksa", ask("kembalikan-draf")
                .field(Field::textarea("alasan_draf", "Yang perlu diperbaiki").rows(2).required().max_length(500))
                .submit_danger("Kembalikan dokumen")))
        },
        Status::Tte => html! {
            (act_bar(&[Act::link("Tanda tangani", format!("{}?pilih={}", izin::tanda_tangan::PAGE, one.id)).main()]))
            (fold("Kembalikan kepada pemeriksa", ask("kembalikan-draf")
                .field(Field::textarea("alasan_draf", "Yang perlu diperbaiki").rows(2).required().max_length(500))
                .submit_danger("Kembalikan dokumen")))
        },
        Status::Ditangguhkan => html! { (form(ctx, one, "lanjutkan", again).submit("Lanjutkan permohonan")) },
        Status::SurveiDijadwalkan | Status::Bap => survei::work(ctx, tx, one)?,
        Status::DitetapkanSkrd | Status::MenungguBayar => crate::skrd_link(one),
        _ => html! {},
    };
    let conflict = fold(
        "Saya mempunyai benturan kepentingan",
        form(ctx, one, "benturan", again)
            .field(
                Field::text("alasan_benturan", "Hubungan atau kepentingan")
                    .required()
                    .max_length(300)
                    .hint("Keluarga, usaha sendiri, atau perkara lain. Dicatat dan dibaca inspektorat."),
            )
            .submit_danger("Nyatakan dan alihkan"),
    );
    Ok(html! { (section("Yang harus dikerjakan", acts)) (leave) (conflict) })
}

/// Another day for the survey.
fn reschedule(ctx: &Ctx, tx: &mut Tx<'_>, kerja: &Kerja, one: &Permohonan, again: Again<'_>) -> Result<Markup, Problem> {
    let all: Vec<(String, String)> =
        survei::rencana::surveyors(tx, kerja, one)?.into_iter().map(|(orang, nama)| (orang.to_string(), nama)).collect();
    let mut team = Field::checks("petugas_baru", "Petugas, paling sedikit dua", &all).hint("Yang berhalangan diganti di sini.");
    for petugas in survei::present(tx, one.id)?.map(|(_, team)| team).unwrap_or_default() {
        team = team.value(petugas.orang.to_string());
    }
    Ok(fold(
        "Jadwalkan ulang pemeriksaan lapangan",
        form(ctx, one, "jadwal-ulang", again)
            .field(Field::date("tanggal_baru", "Tanggal baru").required())
            .field(Field::text("jam_baru", "Jam baru").required().max_length(5).hint("Misalnya 09.30."))
            .field(team)
            .field(Field::textarea("alasan_jadwal", "Alasan").rows(2).required().max_length(500).hint("Dibaca pemohon."))
            .submit("Simpan jadwal baru"),
    ))
}

fn fold(summary: &str, content: Form) -> Markup {
    html! { details open[content.is_refused()] { summary { (summary) } (content) } }
}

fn where_it_is(one: &Permohonan) -> Markup {
    match one.meja {
        Meja::Selesai => next_step(Tone::Good, format!("Permohonan ini {}.", one.status.label().to_lowercase())),
        Meja::Pemohon => next_step(Tone::Info, "Menunggu pemohon."),
        meja => next_step(Tone::Info, format!("Sedang di {}.", meja.label())),
    }
}

/// What the back office may do while it examines.
fn examine(
    ctx: &Ctx,
    tx: &mut Tx<'_>,
    kerja: &Kerja,
    one: &Permohonan,
    jenis: &Jenis,
    again: Again<'_>,
    ask: &dyn Fn(&str) -> Form,
) -> Result<Markup, Problem> {
    let can = |langkah: Langkah| crate::alur::next(one.status, langkah, &one.keadaan()).is_ok();
    let team: Vec<(String, String)> = if can(Langkah::JadwalkanSurvei) {
        survei::rencana::surveyors(tx, kerja, one)?.into_iter().map(|(orang, nama)| (orang.to_string(), nama)).collect()
    } else {
        Vec::new()
    };
    let reasons: Vec<_> = AlasanTolak::ALL.iter().map(|one| (one.as_str(), one.label())).collect();
    Ok(html! {
        @if can(Langkah::MintaRekomendasi) {
            (section("Minta rekomendasi", ask("minta-rekomendasi")
                .field(Field::textarea("catatan", "Yang perlu dinilai").rows(2).max_length(500))
                .submit(format!("Minta rekomendasi {}", jenis.alur.opd_teknis))))
        }
        @if can(Langkah::JadwalkanSurvei) {
            @if team.len() < 2 {
                (Notice::new(Tone::Warn, format!("Pemeriksaan lapangan memerlukan dua petugas; yang tersedia {}.", team.len()))
                    .text("Minta administrator memberi peran Pemeriksa lapangan kepada pegawai PTSP atau OPD teknis layanan ini."))
            }
            (section("Jadwalkan pemeriksaan lapangan", ask("survei")
                .field(Field::date("tanggal", "Tanggal").required())
                .field(Field::text("jam", "Jam").required().max_length(5).hint("Misalnya 09.30."))
                .field(Field::checks("petugas", "Petugas, paling sedikit dua", &team).required())
                .submit("Jadwalkan")))
        }
        @if can(Langkah::Setujui) {
            (section("Setujui", ask("setujui")
                .field(Field::textarea("catatan", "Kesimpulan pemeriksaan").rows(3).max_length(1000))
                .submit(if one.biaya > 0 { "Setujui dan tetapkan retribusi" } else { "Setujui dan susun dokumen" })))
        } @else {
            (Notice::new(Tone::Info, "Belum dapat disetujui: masih menunggu rekomendasi atau pemeriksaan lapangan."))
        }
        (act_bar(&[Act::link("Kembalikan dengan seluruh kekurangan", href(one, "kembalikan"))]))
        (fold("Tolak permohonan", ask("tolak")
            .field(Field::select("kode_tolak", "Alasan", &reasons).required())
            .field(Field::text("dasar_tolak", "Dasar hukum").required().max_length(300).hint("Aturan dan pasalnya."))
            .field(Field::textarea("uraian_tolak", "Penjelasan kepada pemohon").rows(4).required().max_length(2000))
            .submit_danger("Tolak permohonan")))
        (fold("Tangguhkan", form(ctx, one, "tangguhkan", again)
            .field(Field::textarea("alasan_tangguh", "Sengketa atau kuota yang menjadi sebab").rows(2).required().max_length(500))
            .submit("Tangguhkan permohonan")))
    })
}
