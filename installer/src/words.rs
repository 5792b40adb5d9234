//! The installer's border: what other crates say in English for us is said here in Indonesian for who typed the command. The
//! technical words go to the log (`PRAJA_LOG=info`).

use std::error::Error;
use std::io;

use praja_deploy::settings_reason;
use praja_server::SettingsError;
use praja_store::{KEY_FILE, StoreError};

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
        StoreError::Unavailable(said) => unavailable(said),
        StoreError::Ambiguous => {
            "Sambungan ke basis data putus saat menyimpan. Periksa apakah perubahan terakhir tersimpan.".to_owned()
        }
        StoreError::Corrupt(said) => corrupt(said),
        StoreError::Constraint(_) | StoreError::Statement(_) | StoreError::Panicked(_) | StoreError::Missing => {
            "Basis data menolak pekerjaan ini. Ulangi dengan PRAJA_LOG=debug untuk rinciannya.".to_owned()
        }
    }
}

fn unavailable(said: &str) -> String {
    let path = said.split_once(": ").map(|(path, _)| path).filter(|path| path.contains('/') || path.contains('.'));
    match path {
        Some(path) if path.ends_with(KEY_FILE) => format!(
            "Berkas kunci {path} tidak ada atau tidak dapat dibaca. Kembalikan berkas itu, atau pulihkan cadangan dengan lembar pemulihan."
        ),
        Some(path) if !path.contains(' ') => format!("Berkas {path} tidak dapat dibaca atau ditulis seutuhnya."),
        _ if said.contains("unable to open database file") => "Berkas basis data tidak dapat dibuka.".to_owned(),
        _ if said.contains("full") || said.contains("No space") => "Disk penuh; tidak ada yang disimpan.".to_owned(),
        _ => "Basis data tidak menjawab. Periksa apakah peladen basis data hidup dan alamat serta sandinya benar.".to_owned(),
    }
}

fn corrupt(said: &str) -> String {
    if let Some(path) = said.strip_suffix(" is no Praja backup") {
        return format!("{path} bukan cadangan Praja.");
    }
    if said.contains("does not open this") || said.contains("key is not the one named") {
        return "Kunci itu bukan kunci data ini: kunci itu milik pemasangan lain.".to_owned();
    }
    if said.contains("readable head of") {
        return "Kepala berkas cadangan telah diubah.".to_owned();
    }
    if said.contains("not in the backup") || said.contains(" holds ") {
        return "Cadangan itu tidak lengkap.".to_owned();
    }
    if said.contains(KEY_FILE) {
        return "Berkas kunci rusak. Kembalikan berkas itu, atau pulihkan cadangan dengan lembar pemulihan.".to_owned();
    }
    "Isi data tidak seperti yang dikenal program ini. Jangan mengubah apa pun; buat salinan foldernya dahulu.".to_owned()
}

fn system(error: &io::Error) -> String {
    match error.kind() {
        io::ErrorKind::NotFound => "berkas atau folder itu tidak ada".to_owned(),
        io::ErrorKind::PermissionDenied => "pengguna ini tidak berhak".to_owned(),
        io::ErrorKind::StorageFull => "disk penuh".to_owned(),
        io::ErrorKind::IsADirectory => "itu sebuah folder, bukan berkas".to_owned(),
        io::ErrorKind::NotADirectory => "sebagian jalurnya sebuah berkas, bukan folder".to_owned(),
        io::ErrorKind::ReadOnlyFilesystem => "sistem berkasnya hanya dapat dibaca".to_owned(),
        io::ErrorKind::AlreadyExists => "berkas itu sudah ada".to_owned(),
        _ => error.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_the_store_says_is_told_in_indonesian() {
        let missing = StoreError::Unavailable(format!("./praja-box/keys/{KEY_FILE}: No such file or directory (os error 2)"));
        assert!(store(&missing).starts_with("Berkas kunci ./praja-box/keys/instansi.kunci tidak ada"));
        assert!(
            store(&StoreError::Unavailable("error connecting to server: refused".into()))
                .starts_with("Basis data tidak menjawab")
        );
        assert_eq!(store(&StoreError::Corrupt("x.txt is no Praja backup".into())), "x.txt bukan cadangan Praja.");
        let wrong = StoreError::Corrupt("the key does not open this: it belongs to another Instance".into());
        assert!(store(&wrong).contains("pemasangan lain"));
    }
}
