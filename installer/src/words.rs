//! The installer's border: what other crates say in English for us is said here in Indonesian for who typed the command. Which
//! sentence it is goes by the kind of the error, never by its words; those go to the log (`PRAJA_LOG=info`).

use std::error::Error;
use std::io;

use praja_deploy::settings_reason;
use praja_server::SettingsError;
use praja_store::{BackupTrouble, KeyTrouble, ObjectTrouble, ServerTrouble, StoreError};

/// One layer of a failure as a sentence for whoever runs the program.
pub(crate) fn of(cause: &(dyn Error + 'static)) -> String {
    if let Some(error) = cause.downcast_ref::<StoreError>() {
        return store(error);
    }
    if let Some(SettingsError::Wrong { path, what }) = cause.downcast_ref() {
        return format!("Berkas pengaturan {} salah: {}.", path.display(), settings_reason(what));
    }
    if let Some(error) = cause.downcast_ref::<io::Error>() {
        return system(error);
    }
    cause.to_string()
}

/// What the store could not do.
pub(crate) fn store(error: &StoreError) -> String {
    tracing::info!(cause = %error, "the store's own words");
    match error {
        StoreError::Busy => "Basis data sedang sibuk. Ulangi sebentar lagi.".to_owned(),
        StoreError::Unavailable(_) => "Basis data tidak dapat dipakai sekarang. Ulangi sebentar lagi.".to_owned(),
        StoreError::Full(_) => "Disk penuh; tidak ada yang disimpan.".to_owned(),
        StoreError::File { path, kind, .. } => {
            format!("{} tidak dapat dibaca atau ditulis: {}.", path.display(), kind_of(*kind))
        }
        StoreError::Server(trouble) => server(trouble),
        StoreError::Objects(trouble) => objects(trouble),
        StoreError::Keys(trouble) => keys(trouble),
        StoreError::Backup(trouble) => backup(trouble),
        StoreError::Ambiguous => {
            "Sambungan ke basis data putus saat menyimpan. Periksa apakah perubahan terakhir tersimpan.".to_owned()
        }
        StoreError::BlobGone(_) => {
            "Satu berkas lampiran tidak ada lagi di tempat penyimpanannya. Pulihkan cadangan yang memuatnya.".to_owned()
        }
        StoreError::Corrupt(_) => {
            "Isi data tidak seperti yang dikenal program ini. Jangan mengubah apa pun; buat salinan foldernya dahulu.".to_owned()
        }
        StoreError::Constraint(_) | StoreError::Statement(_) | StoreError::Panicked(_) | StoreError::Missing => {
            "Basis data menolak pekerjaan ini. Ulangi dengan PRAJA_LOG=debug untuk rinciannya.".to_owned()
        }
    }
}

fn server(trouble: &ServerTrouble) -> String {
    match trouble {
        ServerTrouble::Address(_) => {
            "Alamat basis data tidak dapat dibaca. Bentuknya postgres://PENGGUNA:SANDI@PELADEN/BASISDATA; \
                                      sslrootcert ditulis sebagai jalur lengkap."
                .to_owned()
        }
        ServerTrouble::Unreachable(_) => {
            "Basis data tidak menjawab. Periksa apakah peladen basis data hidup dan alamatnya benar.".to_owned()
        }
        ServerTrouble::Password(_) => "Peladen basis data menolak pengguna atau sandinya.".to_owned(),
        ServerTrouble::NoDatabase(_) => "Basis data itu belum ada pada peladennya; buat dahulu dengan createdb.".to_owned(),
        ServerTrouble::NoTls => {
            "Pengaturan meminta sambungan terenkripsi (sslmode), tetapi peladen basis data tidak melayani TLS.".to_owned()
        }
        ServerTrouble::Certificate(_) => {
            "Sertifikat peladen basis data tidak dipercaya: penerbit, nama, atau masa berlakunya tidak \
                                          cocok dengan sslmode dan sslrootcert."
                .to_owned()
        }
        ServerTrouble::Roots { path, .. } => unusable_roots(path),
    }
}

fn objects(trouble: &ObjectTrouble) -> String {
    match trouble {
        ObjectTrouble::Settings(_) => {
            "Pengaturan blob.s3 tidak dapat dipakai; alamat ditulis seperti https://s3.contoh.go.id.".to_owned()
        }
        ObjectTrouble::AccessKey { path, said } => format!("Berkas kunci akses {} {said}.", path.display()),
        ObjectTrouble::Roots { path, .. } => unusable_roots(path),
        ObjectTrouble::Unreachable(_) => {
            "Layanan S3 tidak menjawab. Periksa apakah layanannya hidup dan alamatnya benar.".to_owned()
        }
        ObjectTrouble::Certificate(_) => {
            "Sertifikat layanan S3 tidak dipercaya: penerbit, nama, atau masa berlakunya tidak cocok dengan kunci ca.".to_owned()
        }
        ObjectTrouble::Refused(_) => "Layanan S3 menolak kunci aksesnya, atau kunci itu tidak berhak atas bucket ini.".to_owned(),
        ObjectTrouble::NoBucket(_) => "Bucket S3 itu belum ada; buat dahulu pada layanannya.".to_owned(),
        ObjectTrouble::OthersFiles => {
            "Bucket dan awalan itu dipakai pemasangan lain. Beri pemasangan ini awalan yang lain.".to_owned()
        }
        ObjectTrouble::NotOurs => {
            "Lampiran pemasangan ini tidak ada pada bucket dan awalan itu. Kembalikan pengaturan blob yang \
                                   semula, atau pulihkan cadangan ke sana."
                .to_owned()
        }
    }
}

fn unusable_roots(path: &std::path::Path) -> String {
    format!("Berkas sertifikat {} tidak ada atau tidak memuat sertifikat PEM.", path.display())
}

fn keys(trouble: &KeyTrouble) -> String {
    match trouble {
        KeyTrouble::Unreadable { path, .. } => format!(
            "Berkas kunci {} tidak ada atau tidak dapat dibaca. Kembalikan berkas itu, atau pulihkan cadangan dengan lembar pemulihan.",
            path.display()
        ),
        KeyTrouble::Damaged { path, .. } => format!(
            "Berkas kunci {} rusak. Kembalikan berkas itu, atau pulihkan cadangan dengan lembar pemulihan.",
            path.display()
        ),
        KeyTrouble::Other => "Kunci itu bukan kunci data ini: kunci itu milik pemasangan lain.".to_owned(),
    }
}

fn backup(trouble: &BackupTrouble) -> String {
    match trouble {
        BackupTrouble::NoBackup { path } => format!("{} bukan cadangan Praja.", path.display()),
        BackupTrouble::HeadChanged { .. } => "Kepala berkas cadangan telah diubah.".to_owned(),
        BackupTrouble::Damaged { .. } => "Berkas cadangan itu terpotong atau telah berubah.".to_owned(),
        BackupTrouble::Incomplete { found, named, .. } => {
            format!("Cadangan itu tidak lengkap: memuat {found} dari {named} lampiran.")
        }
        BackupTrouble::TargetFilled { .. } => {
            "Basis data tujuan sudah berisi data; cadangan dipulihkan ke basis data yang kosong agar tidak ada yang tertimpa."
                .to_owned()
        }
        BackupTrouble::FilesThere => {
            "Bucket S3 tujuan sudah berisi berkas pada awalan itu; sebutkan awalan lain agar tidak ada yang tertimpa.".to_owned()
        }
        BackupTrouble::Unfinished => {
            "Pemulihan ke basis data ini pernah dimulai dan belum selesai. Ulangi praja backup restore yang sama, dengan folder \
             yang sama; bila folder itu sudah tidak ada, buat basis data baru yang kosong."
                .to_owned()
        }
    }
}

fn system(error: &io::Error) -> String {
    match error.kind() {
        io::ErrorKind::NotFound
        | io::ErrorKind::PermissionDenied
        | io::ErrorKind::StorageFull
        | io::ErrorKind::IsADirectory
        | io::ErrorKind::NotADirectory
        | io::ErrorKind::ReadOnlyFilesystem
        | io::ErrorKind::AlreadyExists => kind_of(error.kind()).to_owned(),
        _ => error.to_string(),
    }
}

const fn kind_of(kind: io::ErrorKind) -> &'static str {
    match kind {
        io::ErrorKind::NotFound => "berkas atau folder itu tidak ada",
        io::ErrorKind::PermissionDenied => "pengguna ini tidak berhak",
        io::ErrorKind::StorageFull => "disk penuh",
        io::ErrorKind::IsADirectory => "itu sebuah folder, bukan berkas",
        io::ErrorKind::NotADirectory => "sebagian jalurnya sebuah berkas, bukan folder",
        io::ErrorKind::ReadOnlyFilesystem => "sistem berkasnya hanya dapat dibaca",
        io::ErrorKind::AlreadyExists => "berkas itu sudah ada",
        _ => "sistem menolaknya",
    }
}

#[cfg(test)]
mod tests {
    use std::path::PathBuf;

    use super::*;

    #[test]
    fn what_the_store_says_is_told_in_indonesian_by_its_kind() {
        let missing = KeyTrouble::Unreadable { path: "./praja-box/keys/instansi.kunci".into(), kind: io::ErrorKind::NotFound };
        for (error, expected) in [
            (StoreError::from(missing), "Berkas kunci ./praja-box/keys/instansi.kunci tidak ada"),
            (ServerTrouble::Unreachable("refused".into()).into(), "Basis data tidak menjawab"),
            (BackupTrouble::NoBackup { path: "x.txt".into() }.into(), "x.txt bukan cadangan Praja."),
            (KeyTrouble::Other.into(), "Kunci itu bukan kunci data ini: kunci itu milik pemasangan lain."),
            (
                BackupTrouble::Incomplete { path: PathBuf::new(), found: 1, named: 3 }.into(),
                "Cadangan itu tidak lengkap: memuat 1 dari 3",
            ),
            // Words of another kind change nothing.
            (StoreError::Statement("disk full, is no Praja backup".into()), "Basis data menolak pekerjaan ini."),
            (StoreError::Full("x".into()), "Disk penuh"),
        ] {
            assert!(store(&error).starts_with(expected), "{error:?}: {}", store(&error));
        }
    }
}
