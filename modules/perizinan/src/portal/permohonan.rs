//! One application as its applicant sees it: stage, desk, place in the queue, days used, due date; what is to be done; what was issued.

use praja_desk::{
    complaints::{self, Perihal, TahapPerihal},
    satisfaction,
};
use praja_kernel::{Id, tanggal_panjang};
use praja_module::{Ctx, Input, Outcome, Problem};
use praja_store::{Keys, Tx};
use praja_web::{
    Act, Facts, Field, Markup, Notice, PageHeader, Station, Tone, act_bar, frame, html, next_step, section, stations,
};

use super::{href, own};
use crate::{
    alur::{Jam, Langkah, Meja, Status},
    jenis::Jenis,
    objek,
    permohonan::{
        Permohonan, janji, store,
        write::{self, Catatan, Kerja},
    },
};

/// GET /perizinan/permohonan/{resi}
pub(crate) fn show(ctx: &Ctx, tx: &mut Tx<'_>) -> Outcome {
    let (one, jenis) = own(ctx, tx)?;
    let kerja = Kerja::of(ctx, tx)?;
    let defects: Vec<_> = store::defects(tx, one.id)?.into_iter().filter(|defect| !defect.selesai).collect();
    let steps = store::steps(tx, one.id)?;
    let place = if matches!(one.meja, Meja::Pemohon | Meja::Selesai) { None } else { Some(store::place_in_line(tx, &one)?) };
    let files = store::files(tx, one.id)?;
    let keberatan = crate::pengaturan::keberatan(tx)?;
    let content = html! {
        (wanted(&one, &defects.iter().map(|defect| defect.pesan.clone()).collect::<Vec<_>>(), keberatan))
        @if one.status == Status::MenungguBayar { (crate::skrd::pages::bayar::how(ctx, tx, &one)?) }
        @if one.nomor.is_some() { (progress(ctx, &one, &steps)) (facts(&kerja, &one, &jenis, place, &steps)?) }
        @if let Some(markup) = crate::izin::portal::of(ctx, tx, &one)? { (markup) }
        (acts(ctx, &one))
        @if one.nomor.is_some() { (section("Perjalanan permohonan", history(ctx, &steps))) }
        (section("Isi permohonan", html! {
            details { summary { @if one.nomor.is_some() { "Lihat isian dan berkas yang dikirim" } @else { "Lihat yang sudah diisi" } } (super::kirim::summary(ctx, &one, &jenis, &files)) }
        }))
        @if matches!(one.status, Status::Terbit | Status::Diserahkan | Status::Ditolak) {
            (satisfaction::invite(ctx, &satisfaction::About { objek: objek(one.id), opd: one.opd, layanan: jenis.nama.clone(), gratis: jenis.is_free() }))
        }
        (complaints::answers(ctx, tx, &objek(one.id))?)
        (complaints::invite_at(ctx, &perihal(&one, &steps)))
    };
    let header = PageHeader::new(format!("Permohonan {}", one.sebutan())).purpose(jenis.nama.clone());
    Ok(frame::respond_plain(ctx, &header, content))
}

/// What may be complained about: each desk the application came to, with whoever had it there. The applicant reads the desks alone.
fn perihal(one: &Permohonan, steps: &[store::Riwayat]) -> Perihal {
    let mut tahap: Vec<TahapPerihal> = Vec::new();
    let mut add = |meja: Meja, petugas: Option<Id>| {
        if matches!(meja, Meja::Pemohon | Meja::Selesai) {
            return;
        }
        let at = tahap.iter().position(|known| known.nama == meja.label());
        let mut stage = match at {
            // The present desk stands last.
            Some(at) => tahap.remove(at),
            None => TahapPerihal { nama: meja.label().to_owned(), petugas: Vec::new() },
        };
        stage.petugas.extend(petugas.filter(|petugas| !stage.petugas.contains(petugas)));
        tahap.push(stage);
    };
    for step in steps {
        add(step.meja, step.oleh.strip_prefix("pegawai:").and_then(|id| id.parse().ok()));
    }
    add(one.meja, one.petugas);
    Perihal { objek: objek(one.id), opd: Some(one.opd), tentang: format!("permohonan {}", one.sebutan()), tahap }
}

/// What the applicant is to do now.
fn wanted(one: &Permohonan, defects: &[String], keberatan: i64) -> Markup {
    match one.status {
        Status::Draf => next_step(
            Tone::Warn,
            html! { "Permohonan belum dikirim. " a href=(href(one, "kirim")) { "Lanjutkan mengisi dan kirim" } "." },
        ),
        Status::Dikembalikan => html! {
            (next_step(Tone::Warn, html! {
                "Perbaiki yang berikut"
                @if let Some(batas) = one.batas_langkah { " paling lambat " strong { (tanggal_panjang(batas)) } }
                ", lalu kirim kembali. Lewat tanggal itu permohonan gugur."
            }))
            ol { @for pesan in defects { li { (pesan) } } }
            (act_bar(&[Act::link("Perbaiki permohonan", href(one, "berkas")).main(), Act::link("Periksa dan kirim", href(one, "kirim"))]))
        },
        Status::Ditolak => html! {
            (Notice::new(Tone::Bad, "Permohonan ditolak.").text(format!(
                "Dasar: {}. Anda dapat mengajukan keberatan kepada pejabat yang menolak dalam {keberatan} hari kerja sejak keputusan diterima.",
                one.dasar_tolak.as_deref().unwrap_or("tercantum pada surat penolakan")
            )))
        },
        Status::Gugur => {
            html! { (Notice::new(Tone::Warn, "Permohonan gugur karena tidak diperbaiki sampai batasnya. Anda dapat mengajukan yang baru.")) }
        }
        _ => html! {},
    }
}

/// The stages a citizen knows, whatever desks lie behind them.
fn progress(ctx: &Ctx, one: &Permohonan, steps: &[store::Riwayat]) -> Markup {
    let mut names = vec!["Dikirim", "Kelengkapan diperiksa", "Isi diperiksa"];
    if one.biaya > 0 {
        names.push("Dibayar");
    }
    names.extend(["Disahkan", "Terbit"]);
    let last = names.len();
    let present = match one.status {
        Status::Draf => 0,
        Status::Diajukan => 1,
        Status::Dikembalikan if !one.pernah_lengkap => 1,
        Status::DitetapkanSkrd | Status::MenungguBayar | Status::Lunas => 3,
        Status::DrafSk | Status::Paraf | Status::Tte => last - 2,
        Status::Terbit | Status::Diserahkan => last,
        _ => 2,
    };
    // The due date is that of the whole; where the clock stands there is none.
    let due = match one.janji() {
        Some(due) => format!("paling lambat {}", janji::day(due, one.sementara)),
        None if one.stands() => janji::standing(janji::since(steps)),
        None => String::new(),
    };
    let zona = ctx.instance().zona;
    let says = |at: usize| match at {
        _ if at == present => one.status.label().to_owned(),
        0 => one.diajukan.map(|at| tanggal_panjang(zona.date(at))).unwrap_or_default(),
        1 if at < present => one.mulai.map(|day| format!("waktu dihitung sejak {}", tanggal_panjang(day))).unwrap_or_default(),
        _ if at + 1 == last && present == last => one.selesai.map(tanggal_panjang).unwrap_or_default(),
        _ if at + 1 == last => due.clone(),
        _ => String::new(),
    };
    let list: Vec<Station> = names.iter().enumerate().map(|(at, name)| Station::new(*name, says(at))).collect();
    if matches!(one.status, Status::Ditolak | Status::Gugur | Status::DicabutPemohon) {
        return html! {};
    }
    stations(&list, present)
}

fn facts(kerja: &Kerja, one: &Permohonan, jenis: &Jenis, place: Option<i64>, steps: &[store::Riwayat]) -> Result<Facts, Problem> {
    let used = one.jam().used(&kerja.calendar, one.selesai.unwrap_or(kerja.today)).map_err(write::beyond)?;
    let due = match one.janji().filter(|_| one.status.jam() == Jam::Jalan) {
        None if one.stands() => Some(janji::standing(janji::since(steps))),
        due => due.map(|due| janji::day(due, one.sementara)),
    };
    Ok(Facts::new()
        .add("Layanan", &jenis.nama)
        .add("Keadaan", one.status.label())
        .add("Di meja", one.meja.label())
        .add_some("Urutan antrean di meja itu", place.map(|place| format!("ke-{place}")))
        .add("Waktu", janji::used(one, used))
        .add_some("Selesai paling lambat", due)
        .add("Biaya", if one.biaya > 0 { praja_kernel::Rupiah(one.biaya).to_string() } else { "Gratis".to_owned() })
        .add("Nomor resi", html! { code { (one.resi) } }))
}

fn history(ctx: &Ctx, steps: &[store::Riwayat]) -> Markup {
    let zona = ctx.instance().zona;
    let entries: Vec<praja_web::Entry> = steps
        .iter()
        .rev()
        .map(|step| {
            let (when, machine) = frame::time(zona, step.pada);
            let tone = if step.ke.is_bad() { Tone::Warn } else { Tone::Good };
            praja_web::Entry {
                who: if step.langkah.is_applicants() { "Pemohon" } else { step.meja.label() }.to_owned(),
                what: step.langkah.kalimat().to_owned(),
                when,
                machine,
                tone,
                reason: (step.umum && !step.catatan.is_empty()).then(|| step.catatan.clone()),
            }
        })
        .collect();
    praja_web::timeline(&entries)
}

fn acts(ctx: &Ctx, one: &Permohonan) -> Markup {
    let mut all = Vec::new();
    if one.nomor.is_some() {
        all.push(Act::link("Cetak bukti permohonan", href(one, "bukti")));
    }
    if can_withdraw(one) {
        all.push(Act::link("Cabut permohonan", href(one, "cabut")));
    }
    all.push(Act::post("Tutup di perangkat ini", href(one, "keluar"), ctx.csrf(), ctx.form_id().to_string()));
    act_bar(&all)
}

fn can_withdraw(one: &Permohonan) -> bool {
    crate::alur::next(one.status, Langkah::Cabut, &one.keadaan()).is_ok()
}

/// GET /perizinan/permohonan/{resi}/bukti
pub(crate) fn receipt(ctx: &Ctx, tx: &mut Tx<'_>) -> Outcome {
    let (one, jenis) = own(ctx, tx)?;
    if one.nomor.is_none() {
        return Err(Problem::NotFound);
    }
    let kerja = Kerja::of(ctx, tx)?;
    let content = html! {
        (paper(ctx, tx, &kerja, &one, &jenis)?)
        div.tanpa-cetak {
            p { (praja_web::print_act("Cetak bukti")) }
            (act_bar(&[Act::link("Kembali ke permohonan", href(&one, ""))]))
        }
    };
    Ok(frame::respond_plain(ctx, &PageHeader::new("Bukti permohonan"), content))
}

/// What an applicant takes home: number, resi, what counts as day 0, and the way to follow it.
pub(crate) fn paper(ctx: &Ctx, tx: &mut Tx<'_>, kerja: &Kerja, one: &Permohonan, jenis: &Jenis) -> Result<Markup, Problem> {
    let address = ctx.url(&format!("{}?resi={}", super::LACAK, one.resi));
    let code = praja_web::qr::svg(&address, "Kode QR untuk melacak permohonan").map_err(|e| Problem::Fault(e.to_string()))?;
    let day = one.hari_ajukan.map(tanggal_panjang).unwrap_or_default();
    let checked = match one.batas_langkah {
        Some(batas) if one.status == Status::Diajukan => format!("paling lambat {}", tanggal_panjang(batas)),
        _ => one
            .mulai
            .map(|day| format!("dinyatakan lengkap {}", tanggal_panjang(day)))
            .unwrap_or_else(|| "sedang berjalan".into()),
    };
    let since = if one.stands() { janji::since(&store::steps(tx, one.id)?) } else { None };
    let due = janji::receipt(one, since, &kerja.calendar, kerja.aturan).map_err(write::beyond)?;
    Ok(html! {
        (Facts::new()
            .add("Layanan", &jenis.nama)
            .add("Nomor pendaftaran", html! { strong { (one.sebutan()) } })
            .add("Nomor resi", html! { strong { code { (one.resi) } } })
            .add("Pemohon", &one.pemohon.nama)
            .add("NIK", one.pemohon.nik.masked())
            .add("Dihitung diajukan pada", day)
            .add("Pemeriksaan kelengkapan", checked)
            .add_maybe("Selesai paling lambat", due)
            .add("Biaya", if one.biaya > 0 { praja_kernel::Rupiah(one.biaya).to_string() } else { "Rp 0. Tidak ada pungutan apa pun.".into() }))
        div.kode-qr { (code) }
        p { "Lacak di " (ctx.url(super::LACAK)) " dengan nomor resi dan empat angka terakhir NIK." }
        p.redup { "Pengajuan setelah pukul " (kerja.aturan.batas_jam.strftime("%H.%M").to_string()) " atau pada hari libur dihitung pada hari kerja berikutnya." }
    })
}

/// GET /perizinan/permohonan/{resi}/cabut
pub(crate) fn withdraw_ask(ctx: &Ctx, tx: &mut Tx<'_>) -> Outcome {
    let (one, _) = own(ctx, tx)?;
    if !can_withdraw(&one) {
        return Err(Problem::NotFound);
    }
    let form = frame::form(ctx, href(&one, "cabut"))
        .field(Field::textarea("alasan", "Alasan, bila ingin disampaikan").rows(2).max_length(500))
        .submit_danger("Cabut permohonan")
        .cancel("Tidak jadi", href(&one, ""));
    let facts = Facts::new().add("Nomor", one.sebutan()).add("Keadaan", one.status.label());
    let content = praja_web::confirm(
        Tone::Warn,
        &[
            "Permohonan berhenti dan tidak dapat dilanjutkan.",
            "Berkasnya tetap tersimpan sebagai arsip.",
            "Anda dapat mengajukan permohonan baru kapan saja.",
        ],
        &facts,
        &form,
    );
    Ok(frame::respond_plain(ctx, &PageHeader::new("Cabut permohonan?"), content))
}

/// POST /perizinan/permohonan/{resi}/cabut
pub(crate) fn withdraw(ctx: &Ctx, input: &Input) -> Outcome {
    let (one, _) = ctx.read(|tx| own(ctx, tx))?;
    let keys = Keys::of([write::turn_key(one.opd)]);
    let (mine, alasan) = (ctx.clone(), input.text("alasan").chars().take(500).collect::<String>());
    let response = ctx.submit(input, keys, move |tx| {
        let (one, _) = own(&mine, tx)?;
        let kerja = Kerja::of(&mine, tx)?;
        let one = write::act(tx, &kerja, one, Langkah::Cabut, &Catatan::umum(alasan.clone()))?;
        Ok::<_, Problem>(href(&one, ""))
    })?;
    Ok(response.with_notice("Permohonan sudah dicabut."))
}
