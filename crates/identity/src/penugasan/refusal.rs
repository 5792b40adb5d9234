use praja_kernel::{Date, FieldProblem, Refuse, tanggal_panjang};

use super::Jenis;

/// Why a penugasan cannot begin, change or end so.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// Fields of the form.
    #[error("Periksa kembali isian berikut")]
    Fields(Vec<FieldProblem>),
    /// A structural post has one definitive holder (or one Plt., Pj., Plh.) at a time.
    #[error("{jabatan} pada waktu itu dipegang {pemegang} ({}).", until(*.sampai))]
    Occupied {
        /// The post.
        jabatan: String,
        /// "Plt. Siti Rahmawati".
        pemegang: String,
        /// Until when.
        sampai: Option<Date>,
        /// The day after whose end this one could begin, when the other may be ended so.
        diakhiri: Option<Date>,
    },
    /// Plt. and Pj. fill a vacancy (UU 30/2014, Pasal 14 ayat (2)).
    #[error("{jabatan} tidak kosong pada waktu itu: dipegang definitif oleh {pemegang}.")]
    NotVacant {
        /// The post.
        jabatan: String,
        /// Who holds it.
        pemegang: String,
    },
    /// A Plh. stands in for somebody (UU 30/2014, Pasal 14 ayat (2)).
    #[error("{jabatan} tidak ada pemegangnya sepanjang waktu itu, sehingga tidak ada yang diwakili Plh.")]
    NobodyAbsent {
        /// The post.
        jabatan: String,
    },
    /// The same person holds the same post already.
    #[error("{orang} sudah memegang {jabatan} sejak {} ({}).", tanggal_panjang(*.mulai), until(*.sampai))]
    Twice {
        /// The person.
        orang: String,
        /// The post.
        jabatan: String,
        /// Since when.
        mulai: Date,
        /// Until when.
        sampai: Option<Date>,
    },
    /// One person, two structural posts, both definitive.
    #[error("{orang} memegang definitif {jabatan} pada waktu itu. Satu orang memegang satu jabatan struktural secara definitif.")]
    SecondStructural {
        /// The person.
        orang: String,
        /// The other post.
        jabatan: String,
    },
    /// Longer than the regency allows.
    #[error("{} paling lama {bulan} bulan, jadi paling lambat berakhir {}.", .jenis.label(), tanggal_panjang(*.paling_lambat))]
    TooLong {
        /// How it is held.
        jenis: Jenis,
        /// Months allowed.
        bulan: i64,
        /// The last day that is allowed.
        paling_lambat: Date,
    },
    /// Longer than allowed, together with what came before without a gap.
    #[error("{orang} sudah menjadi {} jabatan ini sejak {}. Dengan perpanjangan paling lama {bulan} bulan, sampai {}.",
        .jenis.label(), tanggal_panjang(*.sejak), tanggal_panjang(*.paling_lambat))]
    TooLongTogether {
        /// The person.
        orang: String,
        /// How it is held.
        jenis: Jenis,
        /// First day of the unbroken time.
        sejak: Date,
        /// Months allowed together.
        bulan: i64,
        /// The last day that is allowed.
        paling_lambat: Date,
    },
    /// Pj. exists for heads of region, the sekda and desa only.
    #[error("Pj. tidak dikenal untuk {jabatan}.")]
    NoPjHere {
        /// The post.
        jabatan: String,
    },
    /// The post is not there on those days.
    #[error("{jabatan} baru ada sejak {}.", tanggal_panjang(*.ada))]
    BeforePost {
        /// The post.
        jabatan: String,
        /// Its first day.
        ada: Date,
    },
    /// The post was abolished, or will be.
    #[error("{jabatan} sudah dihapus per {}.", tanggal_panjang(*.dihapus))]
    PostAbolished {
        /// The post.
        jabatan: String,
        /// Its last day.
        dihapus: Date,
    },
    /// The person left the service.
    #[error("{orang} berhenti bekerja per {}.", tanggal_panjang(*.berhenti))]
    PersonLeft {
        /// The person.
        orang: String,
        /// Last day in service.
        berhenti: Date,
    },
    /// It is over.
    #[error("Penugasan ini sudah berakhir {}.", tanggal_panjang(*.sampai))]
    Over {
        /// Its last day.
        sampai: Date,
    },
    /// Nobody gives a post to oneself.
    #[error("Penugasan untuk diri sendiri dicatat oleh admin lain.")]
    Oneself,
    /// Whoever is definitively at a post is on the books of its OPD: who leaves another OPD is moved by who administers both.
    #[error("{orang} tercatat pada OPD lain.")]
    FromElsewhere {
        /// The person.
        orang: String,
    },
    /// The post carries rights over all OPD, which only who holds them may hand on.
    #[error("{jabatan} membawa hak mengelola semua OPD atau membaca jejak audit.")]
    AboveYou {
        /// The post.
        jabatan: String,
    },
}

fn until(sampai: Option<Date>) -> String {
    sampai.map_or_else(|| "tanpa batas waktu".into(), |day| format!("sampai {}", tanggal_panjang(day)))
}

impl Refuse for Refusal {
    fn code(&self) -> &'static str {
        match self {
            Self::Fields(_) => "identity.penugasan.fields",
            Self::Occupied { .. } => "identity.penugasan.occupied",
            Self::NotVacant { .. } => "identity.penugasan.not-vacant",
            Self::NobodyAbsent { .. } => "identity.penugasan.nobody-absent",
            Self::Twice { .. } => "identity.penugasan.twice",
            Self::SecondStructural { .. } => "identity.penugasan.second-structural",
            Self::TooLong { .. } => "identity.penugasan.too-long",
            Self::TooLongTogether { .. } => "identity.penugasan.too-long-together",
            Self::NoPjHere { .. } => "identity.penugasan.no-pj-here",
            Self::BeforePost { .. } => "identity.penugasan.before-post",
            Self::PostAbolished { .. } => "identity.penugasan.post-abolished",
            Self::PersonLeft { .. } => "identity.penugasan.person-left",
            Self::Over { .. } => "identity.penugasan.over",
            Self::Oneself => "identity.penugasan.oneself",
            Self::FromElsewhere { .. } => "identity.penugasan.from-elsewhere",
            Self::AboveYou { .. } => "identity.penugasan.above-you",
        }
    }

    fn next_step(&self) -> String {
        match self {
            Self::Fields(_) => String::new(),
            Self::Occupied { diakhiri: Some(last), .. } => {
                format!("Pilih tanggal lain, atau akhiri penugasan itu pada {} dengan tombol di bawah.", tanggal_panjang(*last))
            }
            Self::Occupied { .. } => "Akhiri penugasan itu lebih dahulu, atau pilih waktu sesudahnya.".into(),
            Self::NotVacant { .. } => {
                "Pilih Plh. bila pejabatnya berhalangan sementara, atau akhiri dahulu penugasan definitifnya.".into()
            }
            Self::NobodyAbsent { .. } => "Pilih Plt. untuk jabatan yang kosong, atau sesuaikan tanggalnya.".into(),
            Self::Twice { .. } => "Ubah penugasan yang sudah ada, atau pilih waktu sesudahnya.".into(),
            Self::SecondStructural { .. } => {
                "Pakai Pindahkan pada penugasan itu, atau tugaskan sebagai Plt. untuk jabatan yang baru.".into()
            }
            Self::TooLong { .. } | Self::TooLongTogether { .. } => {
                "Sesuaikan tanggal berakhirnya. Batas ini diatur pada halaman Batas penugasan sementara.".into()
            }
            Self::NoPjHere { .. } => "Pilih Plt. untuk jabatan yang kosong.".into(),
            Self::BeforePost { .. } | Self::PostAbolished { .. } | Self::PersonLeft { .. } => {
                "Sesuaikan tanggal penugasannya.".into()
            }
            Self::Over { .. } => "Catat penugasan baru bila jabatan itu dipegang lagi.".into(),
            Self::FromElsewhere { .. } => {
                "Perpindahan antar-OPD dicatat oleh superadmin di Diskominfo. Untuk sementara, tugaskan sebagai Plt. atau Plh."
                    .into()
            }
            // Whoever is the only superadmin finds no other one to ask.
            Self::Oneself => {
                "Minta superadmin lain atau admin OPD itu untuk mencatatnya. Bila tidak ada, buat administrator tambahan dari terminal peladen dengan praja admin link --extra."
                    .into()
            }
            Self::AboveYou { .. } => "Minta superadmin di Diskominfo untuk mencatatnya.".into(),
        }
    }

    fn fields(&self) -> Vec<FieldProblem> {
        let on = |field: &'static str| vec![FieldProblem::new(field, self.to_string())];
        match self {
            Self::Fields(problems) => problems.clone(),
            Self::TooLong { .. } | Self::TooLongTogether { .. } => on("sampai"),
            Self::NotVacant { .. } | Self::NobodyAbsent { .. } | Self::NoPjHere { .. } => on("jenis"),
            Self::BeforePost { .. } | Self::PostAbolished { .. } => on("mulai"),
            Self::PersonLeft { .. } | Self::Twice { .. } | Self::Oneself | Self::FromElsewhere { .. } => on("orang"),
            _ => Vec::new(),
        }
    }
}
