//! The fast way in for demo letters: many rows in one statement.

use praja_kernel::{Id, fold};
use praja_store::{Result, Sql, Tx, params};

use crate::surat_masuk::{SuratMasuk, store::nomor_fold};

/// Rows of one statement; SQLite takes 32,766 values at most, and a short text is found again in the cache of statements.
const AT_ONCE: usize = 40;

/// Is this letter there already?
pub(super) fn is_there(tx: &mut Tx<'_>, id: Id) -> Result<bool> {
    Ok(tx.opt("SELECT versi FROM eoffice_surat_masuk WHERE id = ?1", params![id], |row| row.get::<i64>(0))?.is_some())
}

/// Saves letters with who may see them: two statements for forty letters.
pub(super) fn insert_many(tx: &mut Tx<'_>, letters: &[(SuratMasuk, Vec<String>)]) -> Result<()> {
    for some in letters.chunks(AT_ONCE) {
        insert_letters(tx, some)?;
        insert_readers(tx, some)?;
    }
    Ok(())
}

fn insert_letters(tx: &mut Tx<'_>, letters: &[(SuratMasuk, Vec<String>)]) -> Result<()> {
    let mut sql = Sql::new(
        "INSERT INTO eoffice_surat_masuk (id, opd, tahun, agenda, asal, asal_fold, nomor_surat, nomor_fold, tanggal_surat,
            tanggal_terima, hal, ringkasan, klasifikasi, sifat, derajat, tujuan, jumlah_lampiran, lokasi, status, tenggat,
            tenggat_sementara, pemegang, pemegang_sejak, created_at, versi, pencatat, penerima, disposisi_terakhir, disposisi_pada,
            selesai_pada) VALUES",
    );
    for (at, (surat, _)) in letters.iter().enumerate() {
        let isi = &surat.isi;
        if at > 0 {
            sql.push(",");
        }
        sql.push("(?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)");
        sql.bind(surat.id).bind(surat.opd).bind(surat.tahun).bind(surat.agenda).bind(&isi.asal).bind(fold(&isi.asal));
        sql.bind(isi.nomor_surat.as_deref()).bind(nomor_fold(isi)).bind(isi.tanggal_surat).bind(isi.tanggal_terima);
        sql.bind(&isi.hal).bind(isi.ringkasan.as_deref()).bind(isi.klasifikasi.as_deref()).bind(isi.sifat.as_str());
        sql.bind(isi.derajat.as_str()).bind(isi.tujuan.as_deref()).bind(isi.jumlah_lampiran).bind(isi.lokasi.as_deref());
        sql.bind(surat.status.as_str()).bind(surat.tenggat).bind(surat.tenggat_sementara).bind(&surat.pemegang);
        sql.bind(surat.pemegang_sejak).bind(surat.created_at).bind(surat.versi).bind(surat.pencatat).bind(surat.penerima);
        sql.bind(&surat.disposisi_terakhir).bind(surat.disposisi_pada).bind(surat.selesai_pada);
    }
    sql.exec(tx)?;
    Ok(())
}

fn insert_readers(tx: &mut Tx<'_>, letters: &[(SuratMasuk, Vec<String>)]) -> Result<()> {
    let mut sql = Sql::new("INSERT INTO eoffice_akses (id, subject, created_at, status, tenggat) VALUES");
    let rows = letters.iter().flat_map(|(surat, readers)| readers.iter().map(move |reader| (surat, reader)));
    for (at, (surat, reader)) in rows.enumerate() {
        sql.push(if at == 0 { "(?,?,?,?,?)" } else { ",(?,?,?,?,?)" });
        let running = surat.status.is_open().then_some(surat.tenggat);
        sql.bind(surat.id).bind(reader).bind(surat.created_at).bind(surat.status.as_str()).bind(running);
    }
    sql.exec(tx)?;
    Ok(())
}

/// Has an OPD written anything yet?
pub(super) fn has_naskah(tx: &mut Tx<'_>, opd: Id) -> Result<bool> {
    Ok(tx.opt("SELECT id FROM eoffice_naskah WHERE opd = ?1 LIMIT 1", params![opd], |_| Ok(()))?.is_some())
}
