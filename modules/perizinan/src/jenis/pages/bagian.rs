//! The parts of a type that are one form each: identity, days, fee, validity, workflow, document, standar pelayanan.

use praja_identity::opd;
use praja_kernel::{FieldProblem, words};
use praja_module::{Ctx, Input, Outcome, Problem};
use praja_store::Tx;
use praja_web::{Field, Form, FormValues, Markup, PageHeader, form::Width, frame, html, section};

use super::{
    PARTS, again,
    baris::{Baca, problems, with_all},
    belongs, below, draft, href, save as store_draft,
};
use crate::{
    jenis::{
        AkibatDiam, Bentuk, Diam, Jenis, JenisIsian, Kanal, Komponen, Paraf, Permintaan, Rincian, periksa, standar, store::Terbit,
    },
    rumus::Fungsi,
};

/// Rows that stand open beyond those that are filled.
const SPARE: usize = 2;
/// Most rows that are read.
const ROWS: usize = 40;

words! {
    /// One form of the editor.
    pub(super) enum Bagian ("bagian jenis layanan") {
        /// Who and on what rules.
        Pokok => "pokok", "Identitas dan dasar hukum";
        /// Days and silence.
        Waktu => "waktu", "Waktu dan akibat bila tidak diputus";
        /// Components of the fee.
        Biaya => "biaya", "Biaya";
        /// What is applied for, and for how long.
        Masa => "masa", "Yang dimohon dan masa berlaku";
        /// Who works on it.
        Alur => "alur", "Alur kerja";
        /// What is issued.
        Dokumen => "dokumen", "Dokumen yang terbit";
        /// What only words can say.
        Standar => "standar", "Standar pelayanan";
    }
}

fn asked(ctx: &Ctx) -> Result<Bagian, Problem> {
    ctx.param::<Bagian>("bagian")
}

fn header(one: &Terbit, part: Bagian) -> PageHeader {
    let purpose = match part {
        Bagian::Pokok => "Yang pertama dibaca warga, dan aturan yang menjadi dasarnya.",
        Bagian::Waktu => "Janji kepada warga. Lebih dari lima hari kerja memerlukan aturan.",
        Bagian::Biaya => "Tanpa komponen layanan ini gratis. Biaya memerlukan Perda.",
        Bagian::Masa => "Apa saja yang dapat dimohon, dan berapa lama yang terbit berlaku.",
        Bagian::Alur => "Siapa mengerjakan permohonan setelah loket, sebelum kepala menandatangani.",
        Bagian::Dokumen => "Kata-kata yang tercetak, dengan isian pemohon di tempatnya.",
        Bagian::Standar => "Hanya yang tidak dapat dibaca dari bagian lain. Yang kosong memakai kata-kata baku.",
    };
    below(one, part.label()).purpose(purpose)
}

/// GET /perizinan/izin/jenis/{id}/bagian/{bagian}
pub(crate) fn form(ctx: &Ctx, tx: &mut Tx<'_>) -> Outcome {
    let (part, one) = (asked(ctx)?, draft(ctx, tx)?);
    let form =
        frame::form(ctx, href(&one, &format!("bagian/{}", part.as_str()))).values(values(FormValues::new(), part, &one.isi));
    let content = content(tx, part, &one, &one.isi, form, one.versi.versi)?;
    Ok(frame::respond(ctx, &header(&one, part), content))
}

/// POST /perizinan/izin/jenis/{id}/bagian/{bagian}
pub(crate) fn save(ctx: &Ctx, input: &Input) -> Outcome {
    let part = asked(ctx)?;
    let one = ctx.read(|tx| draft(ctx, tx))?;
    let mut read = Baca::new(input);
    let mut isi = (*one.isi).clone();
    take(part, &mut read, &mut isi);
    let prefixes = PARTS.iter().find(|(rest, ..)| rest.ends_with(part.as_str())).map_or(&[][..], |(.., prefixes)| prefixes);
    let mut wrong = read.problems;
    let unread: Vec<String> = wrong.iter().map(|problem| problem.field.clone().into_owned()).collect();
    wrong.extend(problems(periksa::check(&isi), &|cacat| belongs(cacat, prefixes) && !is_elsewhere(part, &cacat.jalur), ""));
    if wrong.is_empty() {
        return store_draft(ctx, input, &one, isi, href(&one, ""), "Bagian ini sudah disimpan dalam draf.");
    }
    // Rows come back where they were typed, also those below one that was left empty.
    let shown_isi = in_place(input, &isi, &mut wrong);
    // What could not be read stands as it was typed, because the first value counts.
    let mut typed = FormValues::new();
    for (name, value) in input.fields.iter().filter(|(name, _)| unread.contains(name)) {
        typed.add(name, value);
    }
    let shown = values(typed, part, &shown_isi);
    let key = input.form_id().unwrap_or_else(|| ctx.form_id());
    let form =
        Form::post(href(&one, &format!("bagian/{}", part.as_str())), ctx.csrf(), key.to_string()).values(shown).problems(&wrong);
    let versi = input.text("versi").parse().unwrap_or(one.versi.versi);
    let content = ctx.read(|tx| content(tx, part, &one, &shown_isi, form.clone(), versi))?;
    Ok(again(ctx, &header(&one, part), content))
}

/// What another part must mend: it does not stop this one.
fn is_elsewhere(part: Bagian, jalur: &str) -> bool {
    part == Bagian::Pokok && jalur == "kode"
}

/// What the draft says, after the values that are there already.
fn values(values: FormValues, part: Bagian, isi: &Jenis) -> FormValues {
    let filled = |n: u32| if n == 0 { String::new() } else { n.to_string() };
    match part {
        Bagian::Pokok => values
            .with("nama", &isi.nama)
            .with("ringkasan", &isi.ringkasan)
            .with("sektor", &isi.sektor)
            .with("kanal", isi.kanal.as_str())
            .with("tautan", &isi.tautan)
            .with("berlaku_dari", isi.berlaku_dari.to_string())
            .with("berlaku_sampai", isi.berlaku_sampai.map(|day| day.to_string()).unwrap_or_default())
            .with("ditinjau", isi.ditinjau.to_string())
            .with("dasar_hukum", isi.dasar_hukum.join("\n"))
            .with("sumber", isi.sumber.join("\n")),
        Bagian::Waktu => values
            .with("sla.hari", isi.sla.hari.to_string())
            .with("sla.dasar", &isi.sla.dasar)
            .with("sla.rekomendasi_persen", isi.sla.rekomendasi_persen.to_string())
            .with("sla.perbaikan_hari", isi.sla.perbaikan_hari.to_string())
            .with("sla.tanpa_periksa", if isi.sla.tanpa_periksa { "ya" } else { "" })
            .with("diam.akibat", isi.diam.akibat.as_str())
            .with("diam.dasar", &isi.diam.dasar),
        Bagian::Biaya => {
            let mut values = values.with("biaya.dasar", &isi.biaya.dasar).with("biaya.keterangan", &isi.biaya.keterangan);
            for (at, one) in isi.biaya.komponen.iter().enumerate() {
                values.add(format!("biaya.komponen[{}].nama", at + 1), &one.nama);
                values.add(format!("biaya.komponen[{}].rumus", at + 1), &one.rumus);
            }
            values
        }
        Bagian::Masa => with_all(values, "permohonan", isi.permohonan.iter().map(|one| one.as_str()))
            .with("masa.tahun", filled(isi.masa.tahun))
            .with("masa.bulan", filled(isi.masa.bulan))
            .with("masa.isian", &isi.masa.isian)
            .with("masa.perpanjangan_hari", isi.masa.perpanjangan_hari.to_string())
            .with("masa.keterangan", &isi.masa.keterangan),
        Bagian::Alur => {
            let mut values = with_all(values, "alur.paraf", isi.alur.paraf.iter().map(|one| one.as_str()))
                .with("alur.opd_teknis", &isi.alur.opd_teknis)
                .with("alur.kuota", &isi.alur.kuota);
            for (name, on) in [("alur.rekomendasi", isi.alur.rekomendasi), ("alur.survei", isi.alur.survei)] {
                if on {
                    values.add(name, "ya");
                }
            }
            values
        }
        Bagian::Dokumen => {
            let dokumen = &isi.dokumen;
            let mut values = values
                .with("dokumen.bentuk", dokumen.bentuk.as_str())
                .with("dokumen.judul", &dokumen.judul)
                .with("dokumen.nomor", &dokumen.nomor)
                .with("dokumen.klasifikasi", &dokumen.klasifikasi)
                .with("dokumen.menimbang", dokumen.menimbang.join("\n"))
                .with("dokumen.mengingat", dokumen.mengingat.join("\n"))
                .with("dokumen.isi", dokumen.isi.join("\n"));
            for (at, one) in dokumen.rincian.iter().enumerate() {
                values.add(format!("dokumen.rincian[{}].label", at + 1), &one.label);
                values.add(format!("dokumen.rincian[{}].isi", at + 1), &one.isi);
            }
            values
        }
        Bagian::Standar => isi.standar.iter().fold(values, |values, (key, text)| values.with(format!("standar.{key}"), text)),
    }
}

/// What was typed, into the draft.
fn take(part: Bagian, read: &mut Baca<'_>, isi: &mut Jenis) {
    match part {
        Bagian::Pokok => {
            isi.nama = read.text("nama");
            isi.ringkasan = read.text("ringkasan");
            isi.sektor = read.text("sektor");
            isi.kanal = Kanal::parse(&read.text("kanal")).unwrap_or(isi.kanal);
            isi.tautan = read.text("tautan");
            match read.date("berlaku_dari") {
                Some(day) => isi.berlaku_dari = day,
                None if read.text("berlaku_dari").is_empty() => {
                    read.problems.push(FieldProblem::new("berlaku_dari", "Isi hari pertama layanan ini dapat dimohon."));
                }
                None => {}
            }
            isi.berlaku_sampai = read.date("berlaku_sampai");
            match read.date("ditinjau") {
                Some(day) => isi.ditinjau = day,
                None if read.text("ditinjau").is_empty() => {
                    read.problems
                        .push(FieldProblem::new("ditinjau", "Isi kapan layanan ini terakhir dibandingkan dengan aturannya."));
                }
                None => {}
            }
            isi.dasar_hukum = read.lines("dasar_hukum");
            isi.sumber = read.lines("sumber");
        }
        Bagian::Waktu => {
            isi.sla.hari = read.number("sla.hari");
            isi.sla.dasar = read.text("sla.dasar");
            isi.sla.rekomendasi_persen = read.number("sla.rekomendasi_persen");
            isi.sla.perbaikan_hari = read.number("sla.perbaikan_hari");
            isi.sla.tanpa_periksa = read.flag("sla.tanpa_periksa");
            let akibat = Diam::parse(&read.text("diam.akibat")).unwrap_or(Diam::Peringatan);
            isi.diam = AkibatDiam { akibat, dasar: read.text("diam.dasar") };
        }
        Bagian::Biaya => {
            isi.biaya.dasar = read.text("biaya.dasar");
            isi.biaya.keterangan = read.text("biaya.keterangan");
            let row = |at: usize| Komponen {
                nama: read.text(&format!("biaya.komponen[{at}].nama")),
                rumus: read.text(&format!("biaya.komponen[{at}].rumus")),
            };
            isi.biaya.komponen = (1..=ROWS).map(row).filter(|one| !(one.nama.is_empty() && one.rumus.is_empty())).collect();
        }
        Bagian::Masa => {
            isi.permohonan = read.input.all("permohonan").into_iter().filter_map(|word| Permintaan::parse(word).ok()).collect();
            isi.masa.tahun = read.number("masa.tahun");
            isi.masa.bulan = read.number("masa.bulan");
            isi.masa.isian = read.text("masa.isian");
            isi.masa.perpanjangan_hari = read.number("masa.perpanjangan_hari");
            isi.masa.keterangan = read.text("masa.keterangan");
        }
        Bagian::Alur => {
            isi.alur.opd_teknis = read.text("alur.opd_teknis");
            isi.alur.rekomendasi = read.flag("alur.rekomendasi");
            isi.alur.survei = read.flag("alur.survei");
            isi.alur.kuota = read.text("alur.kuota");
            let mut all: Vec<Paraf> =
                read.input.all("alur.paraf").into_iter().filter_map(|word| Paraf::parse(word).ok()).collect();
            all.sort_unstable();
            all.dedup();
            isi.alur.paraf = all;
        }
        Bagian::Dokumen => {
            let dokumen = &mut isi.dokumen;
            dokumen.bentuk = Bentuk::parse(&read.text("dokumen.bentuk")).unwrap_or(dokumen.bentuk);
            dokumen.judul = read.text("dokumen.judul");
            dokumen.nomor = read.text("dokumen.nomor");
            dokumen.klasifikasi = read.text("dokumen.klasifikasi");
            dokumen.menimbang = read.lines("dokumen.menimbang");
            dokumen.mengingat = read.lines("dokumen.mengingat");
            dokumen.isi = read.lines("dokumen.isi");
            let row = |at: usize| Rincian {
                label: read.text(&format!("dokumen.rincian[{at}].label")),
                isi: read.text(&format!("dokumen.rincian[{at}].isi")),
            };
            dokumen.rincian = (1..=ROWS).map(row).filter(|one| !(one.label.is_empty() && one.isi.is_empty())).collect();
        }
        Bagian::Standar => {
            isi.standar = standar::KOMPONEN
                .iter()
                .map(|(key, ..)| ((*key).to_owned(), read.text(&format!("standar.{key}"))))
                .filter(|(_, text)| !text.is_empty())
                .collect();
        }
    }
}

fn content(tx: &mut Tx<'_>, part: Bagian, one: &Terbit, isi: &Jenis, form: Form, versi: i64) -> Result<Markup, Problem> {
    let offices = if part == Bagian::Alur { opd::list_active(tx)? } else { Vec::new() };
    let form = form.hidden("versi", versi.to_string()).guard();
    let form = match part {
        Bagian::Pokok => identity(form),
        Bagian::Waktu => days(form),
        Bagian::Biaya => fee(form, isi),
        Bagian::Masa => validity(form, isi),
        Bagian::Alur => {
            let names: Vec<(String, String)> = std::iter::once((String::new(), "Tidak ada".to_owned()))
                .chain(offices.iter().map(|opd| (opd.singkatan.clone(), opd.nama.clone())))
                .collect();
            workflow(form, names, isi)
        }
        Bagian::Dokumen => document(form, isi),
        Bagian::Standar => standar::KOMPONEN.iter().fold(form, |form, (key, title, usual)| {
            let hint = if usual.is_empty() {
                "Bila kosong dibaca dari bagian lain.".to_owned()
            } else {
                format!("Bila kosong: {usual}")
            };
            form.field(Field::textarea(format!("standar.{key}"), *title).rows(2).max_length(2000).hint(hint))
        }),
    };
    let form = form.submit("Simpan bagian ini").cancel("Kembali tanpa menyimpan", href(one, ""));
    Ok(html! {
        (form)
        @if part == Bagian::Biaya {
            (section("Bantuan rumus", help(isi)))
            p { a.tombol href=(href(one, "coba")) { "Coba hitung draf yang tersimpan" } }
        }
        @if part == Bagian::Dokumen { (section("Isian yang dapat disisipkan", names(isi))) p { a.tombol href=(href(one, "contoh/pdf")) { "Lihat contoh PDF draf yang tersimpan" } } }
    })
}

/// The description with its rows where they were typed, empty ones between them; what is wrong with a row is said beside it there.
fn in_place(input: &Input, isi: &Jenis, wrong: &mut [FieldProblem]) -> Jenis {
    let mut shown = isi.clone();
    let typed = |list: &str, names: [&str; 2]| -> Vec<usize> {
        let filled = |at: &usize| names.iter().any(|name| !input.text(&format!("{list}[{at}].{name}")).is_empty());
        (1..=ROWS).filter(filled).collect()
    };
    let mut place = |list: &str, places: &[usize]| {
        for problem in wrong.iter_mut() {
            let Some((at, rest)) = problem.field.strip_prefix(&format!("{list}[")).and_then(|rest| rest.split_once(']')) else {
                continue;
            };
            if let Some(place) = at.parse::<usize>().ok().and_then(|at| places.get(at.wrapping_sub(1))) {
                problem.field = format!("{list}[{place}]{rest}").into();
            }
        }
    };
    let fees = typed("biaya.komponen", ["nama", "rumus"]);
    place("biaya.komponen", &fees);
    let empty = Komponen { nama: String::new(), rumus: String::new() };
    shown.biaya.komponen = spread(&isi.biaya.komponen, &fees, &empty);
    let rows = typed("dokumen.rincian", ["label", "isi"]);
    place("dokumen.rincian", &rows);
    let empty = Rincian { label: String::new(), isi: String::new() };
    shown.dokumen.rincian = spread(&isi.dokumen.rincian, &rows, &empty);
    shown
}

/// Rows at their places, from 1, with `empty` between them. Of another part nothing was typed: its rows stay as they are.
fn spread<T: Clone>(rows: &[T], places: &[usize], empty: &T) -> Vec<T> {
    if places.len() != rows.len() {
        return rows.to_vec();
    }
    let mut all = vec![empty.clone(); places.last().copied().unwrap_or(0)];
    for (row, place) in rows.iter().zip(places) {
        all[place - 1] = row.clone();
    }
    all
}

fn identity(form: Form) -> Form {
    let lanes: Vec<(&str, &str)> = Kanal::ALL.iter().map(|one| (one.as_str(), one.label())).collect();
    form.field(Field::text("nama", "Nama layanan").required().max_length(200))
        .field(
            Field::textarea("ringkasan", "Ringkasan")
                .required()
                .rows(3)
                .max_length(600)
                .hint("Untuk apa layanan ini, dalam satu atau dua kalimat yang dipahami warga."),
        )
        .field(
            Field::text("sektor", "Bidang")
                .required()
                .max_length(60)
                .width(Width::Medium)
                .hint("Sebagaimana warga mencarinya, misalnya kesehatan, pendidikan, perizinan umum."),
        )
        .field(Field::radio("kanal", "Kanal", &lanes).hint("Hanya kanal Praja yang menghitung waktu dan menerbitkan di sini."))
        .field(Field::text("tautan", "Alamat sistem lain").max_length(200).hint("Untuk kanal selain Praja; diawali https://."))
        .field(Field::date("berlaku_dari", "Dapat dimohon dari").required())
        .field(Field::date("berlaku_sampai", "Dapat dimohon sampai").hint("Kosongkan bila tidak dibatasi."))
        .field(
            Field::date("ditinjau", "Ditinjau terakhir")
                .required()
                .hint("Kapan dibandingkan dengan aturannya; lewat dua belas bulan muncul peringatan."),
        )
        .field(Field::textarea("dasar_hukum", "Dasar hukum").rows(4).hint("Satu aturan satu baris."))
        .field(Field::textarea("sumber", "Sumber").rows(3).hint("Dari mana uraian ini diambil; satu sumber satu baris."))
}

fn days(form: Form) -> Form {
    let silence: Vec<(&str, &str)> = Diam::ALL.iter().map(|one| (one.as_str(), one.label())).collect();
    form.field(
        Field::number("sla.hari", "Jangka waktu (hari kerja)")
            .required()
            .min("0")
            .max("365")
            .width(Width::Short)
            .hint("Dihitung sejak berkas dinyatakan lengkap."),
    )
    .field(
        Field::text("sla.dasar", "Aturan yang menetapkan jangka waktu")
            .max_length(300)
            .hint("Tanpa aturan paling lama 5 hari kerja (UU 30/2014 sebagaimana diubah)."),
    )
    .field(
        Field::number("sla.rekomendasi_persen", "Bagian waktu untuk OPD teknis (persen)")
            .required()
            .min("1")
            .max("100")
            .width(Width::Short),
    )
    .field(
        Field::number("sla.perbaikan_hari", "Waktu pemohon memperbaiki berkas (hari kerja)")
            .required()
            .min("1")
            .max("365")
            .width(Width::Short),
    )
    .field(
        Field::checkbox("sla.tanpa_periksa", "Kelengkapan tidak perlu diperiksa petugas")
            .hint("Permohonan yang diterima sistem langsung lengkap pada hari diajukan, dan langsung sampai pada pemeriksa."),
    )
    .field(Field::radio("diam.akibat", "Bila tidak diputus sampai tenggat", &silence))
    .field(Field::text("diam.dasar", "Aturan akibat itu").max_length(300).hint("Wajib untuk selain peringatan."))
}

fn fee(form: Form, isi: &Jenis) -> Form {
    let form = form
        .field(
            Field::text("biaya.dasar", "Perda")
                .max_length(300)
                .hint("Nomor dan tahun Peraturan Daerah; wajib bila ada komponen."),
        )
        .field(
            Field::textarea("biaya.keterangan", "Keterangan")
                .rows(2)
                .max_length(600)
                .hint("Misalnya pajak yang dibayar di tempat lain."),
        );
    (1..=isi.biaya.komponen.len() + SPARE).fold(form, |form, at| {
        form.group(
            format!("Komponen {at}"),
            "Kosongkan keduanya untuk menghapus komponen ini.",
            vec![
                Field::text(format!("biaya.komponen[{at}].nama"), "Nama pada SKRD").max_length(120),
                Field::text(format!("biaya.komponen[{at}].rumus"), "Rumus").max_length(1000),
            ],
        )
    })
}

fn validity(form: Form, isi: &Jenis) -> Form {
    let kinds: Vec<(&str, &str)> = Permintaan::ALL.iter().map(|one| (one.as_str(), one.label())).collect();
    let dates: Vec<(&str, &str)> = std::iter::once(("", "Tidak ditentukan isian"))
        .chain(
            isi.fields()
                .filter(|field| field.jenis == crate::jenis::JenisIsian::Tanggal)
                .map(|field| (field.kode.as_str(), field.label.as_str())),
        )
        .collect();
    form.field(Field::checks("permohonan", "Yang dapat dimohon", &kinds))
        .field(Field::number("masa.tahun", "Berlaku (tahun)").min("0").max("100").width(Width::Short))
        .field(Field::number("masa.bulan", "atau berlaku (bulan)").min("0").max("1200").width(Width::Short))
        .field(
            Field::select("masa.isian", "atau sampai tanggal pada isian", &dates)
                .hint("Isian tanggal yang wajib dan selalu tampil."),
        )
        .field(
            Field::text("masa.keterangan", "Masa berlaku dengan kata-kata")
                .max_length(200)
                .hint("Misalnya: selama lembaga beroperasi."),
        )
        .field(
            Field::number("masa.perpanjangan_hari", "Perpanjangan dibuka (hari sebelum habis)")
                .min("0")
                .max("730")
                .width(Width::Short),
        )
}

fn workflow(form: Form, mut names: Vec<(String, String)>, isi: &Jenis) -> Form {
    let present = isi.alur.opd_teknis.as_str();
    let mut places = vec![(String::new(), "Tidak dibatasi".to_owned())];
    let fields = isi.fields().filter(|field| field.jenis == JenisIsian::Pilihan);
    places.extend(fields.map(|field| (field.kode.clone(), field.label.clone())));
    if !present.is_empty() && !names.iter().any(|(short, _)| short == present) {
        names.push((present.to_owned(), format!("{present} (tidak ada dalam daftar OPD)")));
    }
    let initials: Vec<(&str, &str)> = Paraf::ALL.iter().map(|one| (one.as_str(), one.label())).collect();
    form.field(Field::select("alur.opd_teknis", "OPD teknis", &names))
        .field(Field::checkbox("alur.rekomendasi", "Perlu rekomendasi OPD teknis"))
        .field(Field::checkbox("alur.survei", "Perlu pemeriksaan lapangan"))
        .field(
            Field::select("alur.kuota", "Isian yang tempatnya dibatasi", &places)
                .hint("Misalnya trayek atau titik reklame. Jumlah setiap tempat diatur pada Kuota tempat."),
        )
        .field(Field::checks("alur.paraf", "Paraf sebelum tanda tangan", &initials).hint("Urutannya dari atas ke bawah."))
}

fn document(form: Form, isi: &Jenis) -> Form {
    let shapes: Vec<(&str, &str)> = Bentuk::ALL.iter().map(|one| (one.as_str(), one.label())).collect();
    let form = form
        .field(Field::radio("dokumen.bentuk", "Bentuk", &shapes))
        .field(Field::text("dokumen.judul", "Judul").max_length(200).hint("Bila kosong memakai nama layanan."))
        .field(
            Field::text("dokumen.nomor", "Pola nomor")
                .max_length(120)
                .hint("Misalnya {klas}/{no:03}/REK/{unit}/{tahun}. Bila kosong memakai pola bawaan."),
        )
        .field(
            Field::text("dokumen.klasifikasi", "Klasifikasi arsip")
                .max_length(40)
                .width(Width::Short)
                .hint("Misalnya 500.16.7.2."),
        )
        .field(Field::textarea("dokumen.menimbang", "Menimbang").rows(3).hint("Untuk keputusan; satu pertimbangan satu baris."))
        .field(Field::textarea("dokumen.mengingat", "Mengingat").rows(3).hint("Satu aturan satu baris."))
        .field(
            Field::textarea("dokumen.isi", "Isi atau diktum")
                .rows(6)
                .hint("Satu alinea atau diktum satu baris. Nama isian di antara kurung kurawal, misalnya {nama}."),
        );
    (1..=isi.dokumen.rincian.len() + SPARE).fold(form, |form, at| {
        form.group(
            format!("Rincian {at}"),
            "",
            vec![
                Field::text(format!("dokumen.rincian[{at}].label"), "Label").max_length(120),
                Field::text(format!("dokumen.rincian[{at}].isi"), "Isi").max_length(600),
            ],
        )
    })
}

/// The names a formula may use, and what it may do with them.
fn help(isi: &Jenis) -> Markup {
    html! {
        p { "Contoh: " code { "luas * 2500" } ", " code { "jika(jenis_reklame = \"Videotron\"; 500000; 100000)" } ", " code { "maks(luas; 10) * 1000" } "." }
        p.redup { "Koma untuk desimal, tanpa titik ribuan; teks di antara tanda petik. Hasilnya dibulatkan sekali ke rupiah." }
        h3 { "Isian" }
        ul.berbutir {
            @for field in isi.fields() {
                li { code { (field.kode) } " " (field.label) " (" (field.jenis.label().to_lowercase()) ")" }
                @for column in &field.kolom { li { code { "jumlah(" (field.kode) "." (column.kode) ")" } " " (column.label) } }
            }
            li { code { "permohonan" } " yang dimohon: \"baru\", \"perpanjangan\", dan seterusnya" }
        }
        h3 { "Fungsi" }
        ul.berbutir { @for one in Fungsi::ALL { li { code { (one.label()) } } } }
    }
}

/// The names a text may use.
fn names(isi: &Jenis) -> Markup {
    html! {
        ul.berbutir {
            @for (name, label) in periksa::BAWAAN { li { code { "{" (name) "}" } " " (label) } }
            @for field in isi.fields() { li { code { "{" (field.kode) "}" } " " (field.label) } }
        }
    }
}
