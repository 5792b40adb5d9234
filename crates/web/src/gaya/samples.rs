//! Sample data of the page of patterns: a regency that does not exist.

use praja_kernel::{FieldProblem, Rupiah};

use super::{columns, event, number, row, stage};
use crate::{
    Address, Bulk, Cell, Entry, Facts, Field, Filters, Form, FormValues, Icon, Stat, Station, Table, Tone, TreeNode, badge,
    badge_with,
    charts::Point,
    export::{self, Col, Sheet},
    form::Width,
    picker::{Choice, Many},
};

const LONG: &str = "Badan Perencanaan Pembangunan, Riset dan Inovasi Daerah Kabupaten";

pub(super) fn stages() -> Vec<Station> {
    vec![
        stage("Diterima", "18 Nov 2026"),
        stage("Dicatat", "18 Nov 2026"),
        stage("Disposisi", "paling lambat 24 Nov 2026"),
        stage("Ditindaklanjuti", ""),
        stage("Diarsipkan", ""),
    ]
}

pub(super) fn numbers() -> Vec<Stat> {
    vec![
        number("Surat masuk pekan ini", "128", "12 lebih banyak dari pekan lalu", Tone::Neutral),
        number("Menunggu disposisi", "9", "3 lewat batas waktu", Tone::Bad),
        number("Selesai tepat waktu", "94,2 %", "Naik 1,8 poin", Tone::Good),
        number("Rata-rata tindak lanjut", "1,6 hari", "Batas 2 hari kerja", Tone::Good),
        number("Retribusi terbayar", "Rp1.250.000", "Sampai 22 Nov 2026", Tone::Info),
    ]
}

pub(super) fn list() -> Table {
    let here = Address::new("/gaya").set("sejak", "2026-11-01");
    columns(Table::new("Surat masuk Dinas Kesehatan"))
        .chip("Semua", "#", false)
        .chip("Belum didisposisi", "#", true)
        .chip("Lewat batas", "#", false)
        .chip("Milik saya", "#", false)
        .count("1.000+ surat")
        .downloads(&Address::new("/gaya/unduh"))
        .above(
            Filters::new(&here)
                .field(Field::date("sejak", "Diterima sejak"))
                .field(Field::date("hingga", "Diterima sampai"))
                .field(Field::select("derajat", "Derajat", &[("biasa", "Biasa"), ("segera", "Segera")]))
                .is_set("Diterima sejak 1 Nov 2026", &["sejak"]),
        )
        .choose_columns(&here)
        .bulk(Bulk::new("/gaya", "contoh", "0198-daftar", "surat").act("Tandai sudah dibaca", "baca", Icon::MailOpen).act(
            "Arsipkan surat",
            "arsip",
            Icon::Archive,
        ))
        .row(
            row(
                "128",
                "Undangan rapat koordinasi penurunan stunting triwulan IV",
                LONG,
                "22 Nov 2026",
                3.to_string().into(),
                badge(Tone::Warn, "Menunggu"),
            )
            .unread(true),
        )
        .row(row(
            "127",
            "Permohonan data tenaga kesehatan",
            "Puskesmas Oesapa",
            "21 Nov 2026",
            Cell::empty(),
            badge(Tone::Info, "Diproses"),
        ))
        .row(row(
            "126",
            "Laporan pengaduan warga",
            "Camat Kelapa Lima",
            "20 Nov 2026",
            1.to_string().into(),
            badge(Tone::Bad, "Lewat batas"),
        ))
        .row(row(
            "125",
            "Edaran penggunaan aplikasi umum",
            "Sekretariat Daerah",
            "19 Nov 2026",
            12.to_string().into(),
            badge(Tone::Good, "Selesai"),
        ))
        .row(row(
            "124",
            "Naskah dengan isi terbatas",
            "Inspektorat Daerah",
            "18 Nov 2026",
            Cell::empty(),
            badge_with(Tone::Neutral, Icon::Lock, "Rahasia"),
        ))
}

pub(super) fn list_of_one() -> Table {
    columns(Table::new("Surat masuk hari ini")).count("1 surat").row(row(
        "128",
        "Undangan rapat koordinasi",
        "Sekretariat Daerah",
        "22 Nov 2026",
        1.to_string().into(),
        badge(Tone::Warn, "Menunggu"),
    ))
}

pub(super) fn facts() -> Facts {
    Facts::new()
        .add("Nomor surat", "005/1287/BAPPERIDA/2026")
        .add("Tanggal surat", "19 Nov 2026")
        .add("Pengirim", LONG)
        .add("Sifat", badge(Tone::Warn, "Segera"))
        .add_maybe("Tembusan", None::<&str>)
}

pub(super) fn history() -> Vec<Entry> {
    vec![
        Entry {
            reason: Some("Lampiran kedua belum terbaca, mohon dipindai ulang.".into()),
            ..event(
                "Yohanes Kabu, Sekretaris",
                "mengembalikan surat ke tata usaha",
                "20 Nov 2026 14.05 WITA",
                "2026-11-20T14:05+08:00",
                Tone::Warn,
            )
        },
        event(
            "Praja (otomatis)",
            "mengingatkan batas waktu disposisi",
            "20 Nov 2026 08.00 WITA",
            "2026-11-20T08:00+08:00",
            Tone::Neutral,
        ),
        event(
            "Ana Lusia, Tata Usaha",
            "mendaftarkan surat dengan nomor agenda 128",
            "18 Nov 2026 09.12 WITA",
            "2026-11-18T09:12+08:00",
            Tone::Good,
        ),
    ]
}

fn fields(form: Form) -> Form {
    form.field(Field::text("perihal", "Perihal").required().hint("Salin seperti tertulis pada surat.").max_length(300))
        .field(Field::date("tanggal", "Tanggal surat").required())
        .field(Field::select("opd", "OPD tujuan", &[("1", "Dinas Kesehatan"), ("2", "Dinas Pendidikan")]).required())
        .field(
            Field::radio("sifat", "Sifat surat", &[("biasa", "Biasa"), ("segera", "Segera"), ("sangat-segera", "Sangat segera")])
                .value("biasa"),
        )
        .field(
            Field::picker("pejabat", "Ditujukan kepada", super::LOOKUP)
                .hint("Ketik sebagian nama atau jabatan, misalnya \"kepala\"."),
        )
        .field(
            Field::picker_many("salinan", "Salinan untuk", super::LOOKUP)
                .offers(vec![Choice::new("0", POSTS[0].0), Choice::new("1", POSTS[1].0)])
                .picked(Many::of(vec![Choice::new("1", POSTS[1].0), Choice::new("5", POSTS[5].0)]))
                .hint("Beberapa jabatan; boleh kosong."),
        )
        .field(Field::file("pindaian", "Pindaian surat", ".pdf,image/jpeg").hint("PDF atau JPEG.").max_mib(10))
}

pub(super) fn form() -> Form {
    fields(Form::post("#", "contoh", "0198a").multipart().guard())
        .field(Field::textarea("ringkasan", "Ringkasan isi").hint("Dua atau tiga kalimat."))
        .group(
            "Pengirim",
            "Isi seperlunya; data ini dipakai lagi untuk surat berikutnya.",
            vec![
                Field::text("pengirim", "Nama pengirim").width(Width::Medium).value("Sekretariat Daerah"),
                Field::email("surel", "Alamat surel").width(Width::Medium),
                Field::phone("telepon", "Nomor telepon"),
            ],
        )
        .group(
            "Lain-lain",
            "",
            vec![
                Field::number("lembar", "Jumlah lembar").min("1").value("2"),
                Field::money("nilai", "Nilai permohonan").value("1.250.000"),
                Field::checks("tembusan", "Tembusan", &[("sekda", "Sekretaris Daerah"), ("insp", "Inspektur")]),
                Field::search("cari", "Kaitkan dengan surat lain"),
                Field::password("sandi", "Kata sandi Anda", "current-password")
                    .hint("Diminta lagi karena surat bersifat rahasia."),
                Field::checkbox("setuju", "Saya sudah mencocokkan isian dengan surat aslinya").required(),
            ],
        )
        .hidden("versi", "3")
        .submit("Daftarkan surat masuk")
        .submit_as("Simpan draf", "aksi", "draf")
        .cancel("Kembali ke daftar tanpa menyimpan", "#")
}

/// Names differ from those of the form above: two forms of one page must not share identities.
pub(super) fn refused_form() -> Form {
    Form::post("#", "contoh", "0198b")
        .field(Field::text("nomor", "Nomor surat").required())
        .field(Field::date("diterima", "Tanggal diterima").required())
        .field(Field::picker("pengolah", "Unit pengolah", super::LOOKUP).candidates(super::choices("kepala")))
        .field(Field::picker_many("peserta", "Peserta rapat", super::LOOKUP).picked(Many {
            chosen: vec![Choice::new("4", POSTS[4].0)],
            open: super::choices("kepala"),
            typed: "kepala".into(),
        }))
        .values(
            FormValues::new()
                .with("nomor", "005/1287/BAPPERIDA/2026")
                .with("diterima", "31 November")
                .with("pengolah_teks", "kepala"),
        )
        .refusal("Nomor surat sudah dipakai pada 12 Mar 2026.", "Gunakan nomor lain atau buka surat itu.")
        .problems(&[
            FieldProblem::new("nomor", "Nomor ini sudah dipakai. Periksa kembali surat aslinya."),
            FieldProblem::new("diterima", "Tanggal 31 November tidak ada. Isi tanggal 1 sampai 30."),
            FieldProblem::new("pengolah", "Ada beberapa jabatan dengan nama itu. Pilih salah satu di bawah isian ini."),
            FieldProblem::new("peserta", "Ada beberapa jabatan dengan nama itu. Pilih salah satu di bawah isian ini."),
        ])
        .submit("Simpan perubahan surat")
}

pub(super) fn application() -> Facts {
    Facts::new().add("Permohonan", "Izin apotek, 503/77/2026").add("Pemohon", "CV Sehat Bersama").add("Diajukan", "17 Nov 2026")
}

pub(super) fn reject() -> Form {
    Form::post("#", "contoh", "0198c")
        .field(
            Field::textarea("alasan", "Alasan penolakan")
                .required()
                .hint("Dibaca oleh pemohon. Sebutkan syarat yang belum terpenuhi."),
        )
        .cancel("Kembali tanpa menolak", "#")
        .submit_danger("Tolak permohonan")
}

pub(super) fn return_letter() -> Form {
    Form::post("/gaya/keputusan", "contoh", "0198e")
        .field(Field::textarea("sebab", "Alasan pengembalian").required().hint("Dibaca oleh tata usaha."))
        .cancel("Tetap di halaman ini", "/gaya")
        .submit_danger("Kembalikan surat")
}

/// Three steps; without the script they stand below each other.
pub(super) fn long_form() -> Form {
    Form::post("#", "contoh", "0198f")
        .autosave("/gaya")
        .step("Pemohon")
        .field(Field::text("pemohon", "Nama pemohon").width(Width::Medium).required())
        .field(Field::phone("gawai", "Nomor telepon pemohon"))
        .step("Rencana kegiatan")
        .field(Field::textarea("kegiatan", "Kegiatan yang dibiayai").hint("Apa, di mana, dan untuk siapa."))
        .field(Field::money("biaya", "Biaya yang dimohon").required())
        .step("Pernyataan")
        .field(Field::checkbox("benar", "Isian ini benar dan dapat saya pertanggungjawabkan").required())
        .submit("Ajukan permohonan hibah")
        .cancel("Kembali ke daftar permohonan", "#")
}

pub(super) fn offices() -> Vec<TreeNode> {
    let leaf = |name: &str, note: &str| TreeNode::new(name).href("#").note(note);
    vec![
        leaf("Dinas Kesehatan", "128 pegawai")
            .child(leaf("Sekretariat", "Maria Goreti Tefa").children([
                leaf("Subbagian Umum dan Kepegawaian", "jabatan kosong").present(),
                leaf("Subbagian Keuangan", "Ana Lusia"),
            ]))
            .child(leaf("UPTD Puskesmas Oesapa", "41 pegawai")),
        leaf(LONG, "64 pegawai").badge(badge(Tone::Info, "Berlaku sejak 1 Jan 2026")),
        TreeNode::new("Dinas Kebersihan").badge(badge(Tone::Neutral, "Dihapus 31 Des 2025")),
    ]
}

pub(super) fn archive() -> Form {
    Form::post("#", "contoh", "0198d").submit("Arsipkan surat").cancel("Kembali ke surat", "#")
}

pub(super) fn per_office() -> Vec<Point> {
    [("Dinas Kesehatan", 412), ("Dinas Pendidikan", 388), (LONG, 97), ("Inspektorat", 12)]
        .map(|(label, value)| Point::new(label, value, value.to_string()))
        .into()
}

pub(super) fn per_month() -> Vec<Point> {
    [
        ("Jan", 310),
        ("Feb", 295),
        ("Mar", 402),
        ("Apr", 380),
        ("Mei", 355),
        ("Jun", 410),
        ("Jul", 468),
        ("Agu", 440),
        ("Sep", 431),
        ("Okt", 452),
        ("Nov", 398),
    ]
    .map(|(label, value)| Point::new(label, value, value.to_string()))
    .into()
}

/// What the sample picker finds.
pub(super) const POSTS: [(&str, &str); 6] = [
    ("Kepala Dinas Kesehatan", "Yohanes Kabu, Dinas Kesehatan"),
    ("Kepala Bidang Pencegahan dan Pengendalian Penyakit", "Ana Lusia, Dinas Kesehatan"),
    ("Kepala Subbagian Umum dan Kepegawaian", "jabatan kosong, Dinas Kesehatan"),
    ("Plt. Kepala Badan Perencanaan Pembangunan, Riset dan Inovasi Daerah", "Maria Goreti Tefa"),
    ("Sekretaris Dinas Kesehatan", "Maria Goreti Tefa, Dinas Kesehatan"),
    ("Camat Kelapa Lima", "Petrus Lay, Kecamatan Kelapa Lima"),
];

/// One row with every kind of value.
pub(super) fn sheet() -> Sheet {
    let day = praja_kernel::parse_tanggal("22-11-2026").ok();
    let moment = day.map(|day| export::Cell::Moment(day.at(10, 32, 0, 0)));
    Sheet::new("Surat masuk")
        .column(Col::text("Pengirim"))
        .column(Col::int("Lampiran"))
        .column(Col::rupiah("Nilai"))
        .column(Col::date("Tanggal surat"))
        .column(Col::moment("Diterima (WITA)"))
        .row(vec![LONG.into(), 3.into(), Rupiah(1_250_000).into(), day.into(), moment.unwrap_or(export::Cell::Empty)])
}
