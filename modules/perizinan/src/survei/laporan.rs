//! The report as the team writes it, at the place, with or without a line.

use praja_desk::attachments;
use praja_kernel::{FieldProblem, Id, Refuse, tanggal_panjang};
use praja_module::{Ctx, Input, Outcome, Problem, Response};
use praja_store::{Tx, audit::Entry};
use praja_web::{Facts, Field, Form, Markup, PageHeader, Tone, badge, field_work, frame, html, section};

use super::{
    LIST,
    bap::{self, BUTIR, Bap, CARA, HASIL, Tanda},
    berkas, konfirmasi, objek, present,
    store::{self, Petugas, Survei},
};
use crate::{
    alur::{Langkah, Status},
    jenis::Jenis,
    meja::{href, keys, me, seen},
    permohonan::{
        Permohonan, Refusal,
        write::{self, Catatan, Kerja},
    },
};

/// What the report is about.
pub(super) struct Tempat {
    pub(super) one: Permohonan,
    pub(super) jenis: std::sync::Arc<Jenis>,
    pub(super) survei: Survei,
    pub(super) team: Vec<Petugas>,
}

/// The survey of this address, for a member of its team, while its report is written.
///
/// # Errors
/// [`Problem::NotFound`] for everybody else.
pub(super) fn mine(ctx: &Ctx, tx: &mut Tx<'_>) -> Result<Tempat, Problem> {
    let (one, jenis) = seen(ctx, tx)?;
    let (survei, team) = present(tx, one.id)?.ok_or(Problem::NotFound)?;
    let orang = me(ctx)?;
    if !team.iter().any(|petugas| petugas.orang == orang) {
        return Err(Problem::NotFound);
    }
    Ok(Tempat { one, jenis, survei, team })
}

fn is_open(tempat: &Tempat) -> bool {
    matches!(tempat.one.status, Status::SurveiDijadwalkan | Status::Bap)
}

/// GET /perizinan/izin/{id}/bap
pub(super) fn show(ctx: &Ctx, tx: &mut Tx<'_>) -> Outcome {
    let tempat = mine(ctx, tx)?;
    let html = draw(ctx, &tempat, None, None)?;
    Ok(Response::page(html).kept(is_open(&tempat)))
}

/// A form that came back, with what was wrong.
pub(super) type Again<'a> = Option<(&'a Input, &'a dyn Refuse)>;

/// The whole page; `again` is the form of the report, `confirming` that of the confirmation.
pub(super) fn draw(ctx: &Ctx, tempat: &Tempat, again: Again<'_>, confirming: Again<'_>) -> Result<String, Problem> {
    let Tempat { one, survei, .. } = tempat;
    let written = survei.hasil.is_some();
    let form = if is_open(tempat) { Some(form(ctx, tempat, again)) } else { None };
    let content = html! {
        @if written { (section("Isi berita acara", facts(ctx, tempat))) }
        @if written && is_open(tempat) { (konfirmasi::section_of(ctx, tempat, confirming)?) }
        @match form {
            Some(form) if written => details open[again.is_some()] { summary { "Ubah berita acara" } (form) },
            Some(form) => (form),
            None => p { "Berita acara ini sudah sah." },
        }
        (field_work())
    };
    let header = PageHeader::new(format!("Berita acara {}", one.sebutan()))
        .purpose(format!("Pemeriksaan lapangan {}, {} pukul {}", tempat.jenis.nama, tanggal_panjang(survei.tanggal), survei.jam))
        .crumb("Pemeriksaan lapangan", LIST);
    Ok(praja_web::page(&frame::shell(ctx), &header, content))
}

/// What the report says, for reading.
pub(super) fn facts(ctx: &Ctx, tempat: &Tempat) -> Markup {
    let Tempat { one, survei, team, .. } = tempat;
    let bap = Bap::read(&survei.bap);
    let to = |lampiran: &str| href(one, &format!("bap/lampiran/{lampiran}"));
    let signed = team.iter().map(|petugas| match petugas.dikonfirmasi {
        Some(at) => format!("{}, {}", petugas.nama, frame::time(ctx.instance().zona, at).0),
        None => format!("{}, belum mengonfirmasi", petugas.nama),
    });
    html! {
        (Facts::new()
            .add("Hasil", survei.hasil.as_deref().map_or("belum ditulis", super::hasil_label))
            .add_maybe("Catatan", (!bap.catatan.is_empty()).then_some(&bap.catatan))
            .add("Titik", html! { a href={ "geo:" (plain_point(&bap.titik.letak)) } { (bap.titik.letak) } " " (badge(if bap.titik.perangkat { Tone::Good } else { Tone::Warn }, if bap.titik.perangkat { "diukur perangkat" } else { "diketik" })) })
            .add_maybe("Ketelitian", (!bap.titik.akurasi.is_empty()).then(|| format!("{} meter", bap.titik.akurasi)))
            .add_maybe("Diukur", bap.titik.pada.filter(|_| bap.titik.perangkat).map(|at| frame::time(ctx.instance().zona, praja_kernel::Moment(at)).0))
            .add_maybe("Wakil pemohon", (!bap.hadir.is_empty()).then(|| format!("{} {}", bap.hadir, bap.hubungan)))
            .add("Tanda tangan pemohon", html! { (cara(&bap.tanda)) @if !bap.tanda.lampiran.is_empty() { " " a href=(to(&bap.tanda.lampiran)) { "Lihat" } } })
            .add("Ditulis oleh", &survei.penulis)
            .add("Petugas", html! { ul { @for line in signed { li { (line) } } } }))
        @if !bap.butir.is_empty() {
            ul { @for butir in &bap.butir { li { (butir.nama) ": " strong { (label(BUTIR, &butir.hasil)) } @if !butir.temuan.is_empty() { ". " (butir.temuan) } } } }
        }
        @for (at, foto) in bap.foto.iter().enumerate() {
            p { a href=(to(&foto.lampiran)) { img.bap-foto src=(to(&foto.lampiran)) alt={ "Foto lokasi " (at + 1) } loading="lazy"; } }
        }
    }
}

/// How the applicant's side signed, in words.
pub(super) fn cara(tanda: &Tanda) -> String {
    if tanda.cara == "menolak" { format!("Tidak ada: {}", tanda.alasan) } else { label(CARA, &tanda.cara).to_owned() }
}

/// The words of a choice.
pub(super) fn label(list: &[(&'static str, &'static str)], word: &str) -> &'static str {
    list.iter().find(|(known, _)| *known == word).map_or("belum diisi", |(_, label)| label)
}

/// A point as `geo:` asks for it.
pub(crate) fn plain_point(letak: &str) -> String {
    crate::permohonan::isian::point(letak).map_or_else(|_| String::new(), |(lat, lon)| format!("{lat},{lon}"))
}

/// The form, filled with the report as it stands.
fn form(ctx: &Ctx, tempat: &Tempat, again: Again<'_>) -> Form {
    let Tempat { one, jenis, survei, .. } = tempat;
    let to = href(one, "bap");
    let items = bap::items(jenis);
    let old = Bap::read(&survei.bap);
    let kept: Vec<&str> = old.foto.iter().map(|foto| foto.lampiran.as_str()).collect();
    let value = |name: &str| again.map(|(input, _)| input.text(name).to_owned()).unwrap_or_default();
    let mut form = match again {
        Some((input, refusal)) => {
            frame::form_again(ctx, to, input).refusal(refusal.message(), refusal.next_step()).problems(&refusal.fields())
        }
        None => frame::form(ctx, to),
    };
    // What the reader saw is what is changed: a form that comes back still speaks of the report it was drawn from.
    let versi = if again.is_some() { value("versi") } else { survei.versi.to_string() };
    form = frame::waiting(ctx, form, format!("Berita acara {}", one.sebutan()), &[])
        .hidden("versi", versi)
        .hidden(
            "_titik_pada",
            if again.is_some() { value("_titik_pada") } else { old.titik.pada.map(|at| at.to_string()).unwrap_or_default() },
        )
        .hidden(
            "_titik_cara",
            if again.is_some() {
                value("_titik_cara")
            } else {
                String::from(if old.titik.perangkat { "perangkat" } else { "ketik" })
            },
        )
        .hidden("tanda_tangan_pemohon", value("tanda_tangan_pemohon"))
        .hidden("tanda_tangan_petugas", value("tanda_tangan_petugas"));
    for name in ["gambar_lokasi", "pindaian_tanda_tangan_pemohon"] {
        for text in again.iter().flat_map(|(input, _)| input.all(name)).filter(|text| text.starts_with("data:image/")) {
            form = form.hidden(name, text);
        }
    }
    for (at, nama) in items.iter().enumerate() {
        let butir = old.butir.iter().find(|butir| butir.nama == *nama);
        let mut choice = Field::radio(format!("butir{at}"), nama, BUTIR).required();
        let mut temuan = Field::text(format!("temuan{at}"), "Temuan").max_length(2000);
        if let Some(butir) = butir {
            choice = choice.value(&butir.hasil);
            temuan = temuan.value(&butir.temuan);
        }
        form = form.field(choice).field(temuan);
    }
    let hasil = Field::radio("hasil", "Kesimpulan", HASIL).required();
    let hasil = match &survei.hasil {
        Some(word) => hasil.value(word),
        None => hasil,
    };
    let cara = Field::radio("ttd_cara", "Tanda tangan pihak pemohon", CARA).required();
    let cara = if old.tanda.cara.is_empty() { cara } else { cara.value(&old.tanda.cara) };
    form =
        form.field(hasil)
            .field(
                Field::textarea("catatan", "Catatan")
                    .rows(3)
                    .max_length(2000)
                    .value(&old.catatan)
                    .hint("Wajib bila kesimpulannya bukan \"Sesuai\"."),
            )
            .field(
                Field::text("titik", "Titik lokasi")
                    .required()
                    .max_length(60)
                    .value(&old.titik.letak)
                    .hint("Lintang dan bujur, misalnya -2,8731; 108,0512. Yang diketik ditandai sebagai diketik."),
            )
            .field(Field::text("akurasi", "Ketelitian titik, meter").max_length(6).inputmode("numeric").value(&old.titik.akurasi))
            .extra(html! { div data-titik {} })
            .field(
                attachments::field_for("foto", "Foto lokasi", &berkas::FOTO).photo(1600, 900_000).as_text("gambar_lokasi").hint(
                    "Paling sedikit satu foto. Yang dicatat ialah titik pada formulir ini, bukan yang tersimpan dalam foto.",
                ),
            );
    if !kept.is_empty() {
        let choices: Vec<(String, String)> =
            kept.iter().enumerate().map(|(at, id)| ((*id).to_owned(), format!("Foto {} yang sudah tersimpan", at + 1))).collect();
        let mut field = Field::checks("foto_simpan", "Foto yang tetap dipakai", &choices);
        for (id, _) in &choices {
            field = field.value(id);
        }
        form = form.field(field);
    }
    form.field(Field::text("hadir", "Wakil pemohon yang hadir").max_length(120).value(if old.hadir.is_empty() { &one.pemohon.nama } else { &old.hadir }))
        .field(Field::text("hubungan", "Hubungan dengan pemohon").max_length(120).value(&old.hubungan).hint("Misalnya pemohon sendiri, penjaga lahan, atau karyawan."))
        .field(cara)
        .extra(html! { div data-tanda-tangan="tanda_tangan_pemohon" data-label="Tanda tangan pihak pemohon" hidden {} })
        .field(Field::text("ttd_alasan", "Sebab tidak ada tanda tangan").max_length(500).value(&old.tanda.alasan))
        .field(
            attachments::field_for("ttd_pindai", "Foto atau pindaian tanda tangan pemohon", &berkas::TANDA)
                .photo(1600, 900_000)
                .as_text("pindaian_tanda_tangan_pemohon"),
        )
        .extra(html! { p { strong { "Tanda tangan Anda" } } div data-tanda-tangan="tanda_tangan_petugas" data-label="Tanda tangan Anda" hidden {} })
        .multipart()
        .guard()
        .submit(if survei.hasil.is_some() { "Simpan perubahan berita acara" } else { "Simpan berita acara" })
}

/// The items, answers, files and signatures of a form that came.
struct Kiriman {
    hasil: String,
    bap: Bap,
    foto: Vec<berkas::Gambar>,
    tanda: Option<praja_module::Upload>,
    paraf: Option<praja_module::Upload>,
}

fn gather(ctx: &Ctx, input: &Input, tempat: &Tempat) -> Result<Kiriman, Problem> {
    let mut bap = Bap::typed(&bap::items(&tempat.jenis), |name| input.text(name).to_owned());
    let old = Bap::read(&tempat.survei.bap);
    let keep = input.all("foto_simpan");
    bap.foto = old.foto.into_iter().filter(|foto| keep.contains(&foto.lampiran.as_str())).collect();
    let foto = berkas::photos(ctx, input)?;
    let tanda = match bap.tanda.cara.as_str() {
        "layar" => berkas::signature(ctx, input, "tanda_tangan_pemohon", "ttd_pindai")?,
        "pindai" => berkas::signature(ctx, input, "pindaian_tanda_tangan_pemohon", "ttd_pindai")?,
        _ => None,
    };
    if tanda.is_none() && bap.tanda.cara == old.tanda.cara {
        bap.tanda.lampiran = old.tanda.lampiran;
    }
    let paraf = berkas::signature(ctx, input, "tanda_tangan_petugas", "paraf_pindai")?;
    let hasil = input.text("hasil").to_owned();
    let signed = tanda.is_some() || !bap.tanda.lampiran.is_empty();
    let wrong = bap::check(&hasil, &bap, foto.len() + bap.foto.len(), signed, ctx.now().ms());
    if wrong.is_empty() { Ok(Kiriman { hasil, bap, foto, tanda, paraf }) } else { Err(Problem::refused(Refusal::Fields(wrong))) }
}

/// POST /perizinan/izin/{id}/bap
pub(super) fn save(ctx: &Ctx, input: &Input) -> Outcome {
    let tempat = ctx.read(|tx| mine(ctx, tx))?;
    if !is_open(&tempat) {
        return Err(Problem::refused(crate::alur::NotNow { langkah: Langkah::CatatBap, status: tempat.one.status }));
    }
    let Kiriman { hasil, bap, foto, tanda, paraf } = match gather(ctx, input, &tempat) {
        Ok(sent) => sent,
        Err(Problem::Refused(refusal)) => return Ok(Response::form_again(draw(ctx, &tempat, Some((input, &*refusal)), None)?)),
        Err(other) => return Err(other),
    };
    let (mine_ctx, orang, versi) = (ctx.clone(), me(ctx)?, input.text("versi").parse::<i64>().unwrap_or(0));
    let response = ctx.submit(input, keys(&tempat.one), move |tx| {
        let Tempat { one, survei, team, .. } = mine(&mine_ctx, tx)?;
        if survei.versi != versi {
            return Err(Problem::Conflict);
        }
        let mut bap = bap.clone();
        bap.foto.extend(berkas::attach(tx, survei.id, &foto)?);
        if let Some(tanda) = &tanda {
            bap.tanda.lampiran = attachments::attach(tx, &objek(survei.id), &[], tanda)?.to_string();
        }
        let own = match &paraf {
            Some(paraf) => Some(attachments::attach(tx, &objek(survei.id), &[], paraf)?),
            None => None,
        };
        let penulis = team.iter().find(|petugas| petugas.orang == orang).map_or("", |petugas| petugas.nama.as_str());
        if !store::report(tx, &survei, &hasil, &bap.written(), penulis)? {
            return Err(Problem::Conflict);
        }
        store::confirm(tx, survei.id, orang, own)?;
        let one = if one.status == Status::SurveiDijadwalkan {
            let kerja = Kerja::of(&mine_ctx, tx)?;
            write::act(tx, &kerja, one, Langkah::MulaiBap, &Catatan::default())?
        } else {
            one
        };
        tx.audit(
            &Entry::new("perizinan.write-berita-acara", crate::TABLE, one.id).with("nomor", one.sebutan()).with("hasil", &hasil),
        )?;
        Ok::<_, Problem>(href(&one, "bap"))
    })?;
    Ok(response.with_notice("Berita acara tersimpan. Petugas kedua dalam tim mengonfirmasinya."))
}

/// A problem of one field.
pub(super) fn wrong(field: &'static str, words: &str) -> Refusal {
    Refusal::Fields(vec![FieldProblem::new(field, words)])
}

/// Identity of whatever a report names.
pub(super) fn id(text: &str) -> Option<Id> {
    text.parse().ok()
}
