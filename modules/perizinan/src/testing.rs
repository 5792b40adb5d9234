//! What this crate's own tests share: a scratch database with the tables of identity, desk and this module.

use std::sync::{
    Arc,
    atomic::{AtomicU64, Ordering},
};

use praja_kernel::{Id, IdSource, Moment};
use praja_store::{By, Db, Options, PlanLog};

use crate::{
    alur::{Meja, Status},
    jenis::Permintaan,
    permohonan::{Asal, Pemohon, Permohonan},
};

/// Identities that rise and never repeat.
#[derive(Default)]
pub(crate) struct Ids(AtomicU64);

impl IdSource for Ids {
    fn next_id(&self) -> Id {
        let count = self.0.fetch_add(1, Ordering::Relaxed) + 1;
        let mut random = [0; 10];
        random[2..].copy_from_slice(&count.to_be_bytes());
        Id::v7(1, random)
    }
}

/// A database with every table an application touches.
pub(crate) fn db(plans: Option<PlanLog>) -> Db {
    let db = Db::scratch(&Options { plans, ..Options::default() }).unwrap();
    let sets = [(praja_identity::MODULE.migrations)(), (praja_desk::MODULE.migrations)(), (crate::MODULE.migrations)()];
    db.migrate(&sets, &by(Moment(0))).unwrap();
    db
}

/// The system writes, at a moment.
pub(crate) fn by(at: Moment) -> By {
    static IDS: std::sync::OnceLock<Arc<Ids>> = std::sync::OnceLock::new();
    By::system("perizinan.test", at, IDS.get_or_init(Arc::default).clone())
}

/// An application that was sent on Monday 2 November 2026, with five working days promised.
pub(crate) fn permohonan() -> Permohonan {
    let id = Id::v7(1, [0; 10]);
    Permohonan {
        id,
        nomor: Some("SKP-20261102-0001".into()),
        resi: "K7M2P9X4QT".into(),
        jenis: id,
        jenis_versi: id,
        permintaan: Permintaan::Baru,
        akun: None,
        pemohon: Pemohon {
            nama: "Siti Rahma".into(),
            nik: "5315015209850001".parse().unwrap(),
            telepon: String::new(),
            email: String::new(),
            alamat: String::new(),
            kuasa: None,
        },
        isian: "{}".into(),
        izin_lama: None,
        asal: Asal::Daring,
        status: Status::Diajukan,
        meja: Meja::Loket,
        opd: id,
        opd_teknis: None,
        petugas: None,
        petugas_nama: String::new(),
        sejak: Moment(0),
        diajukan: Some(Moment(0)),
        hari_ajukan: Some("2026-11-02".parse().unwrap()),
        batas_langkah: None,
        sla: 5,
        mulai: None,
        terpakai: 0,
        lanjut: None,
        tenggat: None,
        sementara: false,
        selesai: None,
        hari_pakai: None,
        sebelum_tangguh: None,
        pernah_lengkap: false,
        perlu_rekomendasi: false,
        perlu_survei: false,
        biaya: 0,
        sisa_paraf: Vec::new(),
        kode_tolak: None,
        dasar_tolak: None,
        putaran: 0,
        peringatan: 0,
        dibuat: Moment(0),
        versi: 1,
    }
}
