//! What happened to a thing, from the audit chain, as a timeline for its page.

#[cfg(test)]
mod tests;

use praja_module::Ctx;
use praja_store::{AuditRow, Result, Tx};
use praja_web::{Entry, Markup, Tone, frame, html, timeline};

/// A page shows at most this many events.
const LIMIT: i64 = 200;

/// The audit rows about `objek` (`<table>:<id>`), newest first. The caller has checked that `objek` may be seen.
pub fn of(ctx: &Ctx, tx: &mut Tx<'_>, objek: &str) -> Result<Markup> {
    let mut rows = tx.audit_of(objek, LIMIT)?;
    rows.reverse();
    let zona = ctx.instance().zona;
    let entries: Vec<Entry> = rows
        .into_iter()
        .map(|row| {
            let (when, machine) = frame::time(zona, row.pada);
            Entry { who: who(&row), what: what(&row), when, machine, tone: tone(&row.tindakan), reason: row.alasan }
        })
        .collect();
    if entries.is_empty() {
        return Ok(html! { p { "Belum ada tindakan yang tercatat di sini." } });
    }
    Ok(timeline(&entries))
}

fn who(row: &AuditRow) -> String {
    match &row.jabatan {
        Some(jabatan) => format!("{} ({jabatan})", row.pelaku_nama),
        None => row.pelaku_nama.clone(),
    }
}

/// The act as a sentence without its subject, with the value by which readers know the thing.
fn what(row: &AuditRow) -> String {
    let known = ["nomor", "nomor_agenda", "agenda", "nama", "lampiran"];
    let value = known.iter().find_map(|name| row.nilai.iter().find(|value| value.bidang == *name));
    let words = sentence(&row.tindakan);
    match value {
        Some(value) if value.bidang == "nama" => format!("{words} \"{}\"", value.nilai),
        // How many files came with a comment; their names go with it when it is taken back.
        Some(value) if value.bidang == "lampiran" && value.nilai.parse::<u32>().is_ok() => {
            format!("{words} dengan {} lampiran", value.nilai)
        }
        Some(value) if value.bidang == "lampiran" => words,
        Some(value) if words.ends_with("nomor") => format!("{words} {}", value.nilai),
        Some(value) => format!("{words} dengan nomor {}", value.nilai),
        None => words,
    }
}

/// `eoffice.register-surat-masuk` is "mendaftarkan surat masuk": acts are named by an English verb and an Indonesian noun.
pub(crate) fn sentence(tindakan: &str) -> String {
    let act = tindakan.split_once('.').map_or(tindakan, |(_, act)| act);
    if let Some((_, words)) = WHOLE.iter().find(|(name, _)| *name == act) {
        return (*words).to_owned();
    }
    let (verb, noun) = act.split_once('-').unwrap_or((act, ""));
    let verb = VERBS.iter().find(|(english, _)| *english == verb).map_or(verb, |(_, words)| words);
    let noun = noun.split('-').map(|word| NOUNS.iter().find(|(name, _)| *name == word).map_or(word, |(_, words)| words));
    format!("{verb} {}", noun.collect::<Vec<_>>().join(" ")).trim_end().to_owned()
}

/// Acts that are no verb with a noun, or that people say otherwise.
const WHOLE: &[(&str, &str)] = &[
    ("act-for", "bertindak untuk jabatan lain"),
    ("activate-second-step", "mengaktifkan langkah kedua"),
    ("assign-penugasan", "mencatat penugasan"),
    ("change-orang", "mengubah data pegawai"),
    ("change-password", "mengganti sandi"),
    ("pair-impor", "memasangkan nama layanan impor"),
    ("change-pekan-kerja", "menetapkan pekan kerja"),
    ("check-audit", "memeriksa jejak audit"),
    ("confirm-password", "membuktikan diri dengan sandi"),
    ("create-orang", "mencatat pegawai"),
    ("create-recovery-codes", "membuat kode pemulihan"),
    ("deactivate-second-step", "mematikan langkah kedua"),
    ("end-orang", "mencatat pegawai berhenti"),
    ("erase-audit-value", "menghapus nilai dari jejak audit"),
    ("fail-amplop", "gagal mengirim amplop"),
    ("fail-change-password", "gagal mengganti sandi"),
    ("fail-confirm-password", "gagal membuktikan diri dengan sandi"),
    ("fail-log-in", "gagal masuk"),
    ("fail-tanda-tangan", "gagal menandatangani"),
    ("send-kode-tanda-tangan", "meminta kode tanda tangan"),
    ("fail-second-step", "gagal pada langkah kedua"),
    ("issue-admin-link", "menerbitkan tautan administrator"),
    ("issue-slip", "mencetak slip masuk"),
    ("log-in", "masuk"),
    ("log-out", "keluar"),
    ("print-slips", "mencetak slip masuk satu OPD"),
    ("release-nomor-naskah", "melepas nomor naskah"),
    ("request-audit-check", "meminta pemeriksaan jejak audit"),
    ("reserve-cadangan", "menyisihkan nomor cadangan"),
    ("reset-password", "mengatur ulang sandi"),
    ("reset-second-step", "mematikan langkah kedua"),
    ("return-orang", "mencatat pegawai bekerja kembali"),
    ("revoke-session", "mengakhiri sesi"),
    ("revoke-sessions", "mengakhiri semua sesi"),
    ("unlock-address", "membuka kunci alamat jaringan"),
    ("use-slip", "masuk dengan slip"),
    ("use-token", "membaca surat dengan token"),
    ("add-webhook", "mendaftarkan webhook"),
    ("discard-berkas-bank", "tidak memakai berkas bank"),
    ("enter-setoran", "mencatat setoran"),
    ("match-pembayaran", "mencocokkan pembayaran"),
    ("clear-qris", "menghapus QRIS"),
    ("set-qris", "menyimpan QRIS"),
    ("set-aturan-retribusi", "mencatat aturan penagihan"),
    ("reschedule-survei", "menjadwalkan ulang pemeriksaan lapangan"),
    ("write-berita-acara", "menulis berita acara"),
    ("recheck-survei", "menguji ulang pemeriksaan lapangan"),
    ("submit-permohonan", "mengajukan permohonan"),
    ("complete-permohonan", "menyatakan permohonan lengkap"),
    ("examine-permohonan", "mulai memeriksa permohonan"),
    ("ask-rekomendasi", "meminta rekomendasi"),
    ("schedule-survei", "menjadwalkan pemeriksaan lapangan"),
    ("accept-pengaduan", "mulai memverifikasi pengaduan"),
    ("classify-pengaduan", "menggolongkan pengaduan"),
    ("divert-pengaduan", "mengalihkan pengaduan dari petugas yang diadukan"),
    ("link-lapor", "mencatat nomor SP4N-LAPOR pengaduan"),
    ("lapse-pengaduan", "menutup pengaduan yang tidak ditanggapi lagi"),
    ("escalate-pengaduan", "memperingatkan pimpinan tentang pengaduan"),
    ("reveal-pelapor", "membuka identitas pelapor"),
    ("configure-tenggat-pengaduan", "mengatur batas waktu pengaduan"),
    ("file-izin", "memberkaskan izin"),
    ("begin-berita-acara", "memulai berita acara"),
    ("bill-permohonan", "menagih retribusi permohonan"),
    ("settle-permohonan", "mencatat pelunasan permohonan"),
    ("settle-skrd", "mencatat pelunasan SKRD"),
    ("draft-dokumen", "menyusun dokumen"),
    ("sign-dokumen", "menandatangani dokumen"),
    ("drop-permohonan", "menyatakan permohonan gugur"),
    ("suspend-permohonan", "menangguhkan permohonan"),
    ("resume-permohonan", "melanjutkan permohonan"),
    ("deem-permohonan", "mencatat permohonan dikabulkan menurut hukum"),
    ("escalate-permohonan", "memperingatkan pimpinan tentang permohonan"),
    ("declare-benturan", "menyatakan benturan kepentingan"),
    ("pass-on-permohonan", "mengalihkan permohonan kepada petugas lain"),
    ("release-kuota", "melepas tempat pada kuota"),
    ("allow-pengembalian", "mengizinkan pengembalian kedua"),
    ("detach-berkas", "melepas berkas"),
    ("reuse-berkas", "memakai lagi berkas"),
    ("review-penolakan", "meninjau penolakan"),
    ("chain-langkah", "mencatat langkah permohonan dalam rantai pengawasan"),
    ("chain-keadaan", "mencatat keadaan permohonan dalam rantai pengawasan"),
    ("chain-pengaduan", "mencatat pengaduan dalam rantai pengawasan"),
    ("chain-ekspor", "mencatat ekspor dalam rantai pengawasan"),
    ("export-pengawasan", "membuat ekspor pengawasan"),
    ("review-perantara", "meninjau tanda perantara"),
    ("add-kuota", "menambah kuota tempat"),
    ("change-kuota", "mengubah kuota tempat"),
    ("place-jenis", "mengatur layanan di halaman depan"),
    ("publish-jenis", "menerbitkan jenis layanan"),
    ("add-jenis", "menyusun draf jenis layanan"),
    ("change-jenis", "mengubah draf jenis layanan"),
    ("remove-jenis", "menghapus draf jenis layanan"),
    ("retire-jenis", "menghentikan jenis layanan"),
    ("stop-webhook", "menghentikan webhook"),
    ("resume-webhook", "memakai lagi webhook"),
    ("try-webhook", "mengirim percobaan kepada webhook"),
    ("resend-webhook", "mengirim ulang kepada webhook"),
];

/// Nouns of our trade, and names that are written in capitals.
const NOUNS: &[(&str, &str)] =
    &[("account", "akun"), ("address", "alamat"), ("consent", "persetujuan"), ("nik", "NIK"), ("opd", "OPD")];

const VERBS: &[(&str, &str)] = &[
    ("accept", "menerima"),
    ("add", "menambahkan"),
    ("answer", "menjawab"),
    ("apply", "menerapkan"),
    ("approve", "menyetujui"),
    ("archive", "mengarsipkan"),
    ("assign", "menugaskan"),
    ("attach", "menambahkan"),
    ("begin", "memulai"),
    ("attend", "mencatat kehadiran pada"),
    ("block", "memblokir"),
    ("call", "memanggil"),
    ("cancel", "membatalkan"),
    ("change", "mengubah"),
    ("check", "memeriksa"),
    ("choose", "memilih"),
    ("close", "menutup"),
    ("configure", "mengatur"),
    ("confirm", "membenarkan"),
    ("create", "membuat"),
    ("date", "mencatat peristiwa"),
    ("deactivate", "menonaktifkan"),
    ("destroy", "memusnahkan"),
    ("finish", "menyelesaikan"),
    ("hand", "menyerahkan"),
    ("judge", "mencatat penilaian"),
    ("list", "memasukkan ke daftar penyusutan"),
    ("unlist", "mengeluarkan dari daftar penyusutan"),
    ("decide", "memutuskan"),
    ("delegate", "mewakilkan"),
    ("delete", "menghapus"),
    ("dispatch", "mengirim"),
    ("download", "mengunduh"),
    ("draw", "mengambil"),
    ("edit", "mengubah"),
    ("end", "mengakhiri"),
    ("erase", "menghapus"),
    ("file", "memberkaskan"),
    ("forward", "meneruskan"),
    ("give", "memberikan"),
    ("grant", "memberikan"),
    ("import", "mengimpor"),
    ("initial", "memaraf"),
    ("issue", "menerbitkan"),
    ("leave", "selesai memakai"),
    ("lock", "mengunci"),
    ("map", "memetakan"),
    ("merge", "menggabungkan"),
    ("mark", "menandai"),
    ("measure", "mengukur"),
    ("move", "memindahkan"),
    ("number", "memberi nomor"),
    ("open", "membuka"),
    ("plan", "merencanakan"),
    ("prefer", "mendahulukan"),
    ("print", "mencetak"),
    ("process", "memproses"),
    ("publish", "menerbitkan"),
    ("raise", "menaikkan"),
    ("read", "membaca"),
    ("receive", "menerima"),
    ("reconcile", "mencocokkan"),
    ("record", "mencatat"),
    ("refuse", "menolak"),
    ("register", "mendaftarkan"),
    ("reject", "menolak"),
    ("release", "membebaskan dari"),
    ("remove", "menghapus"),
    ("rename", "mengganti nama"),
    ("reopen", "membuka kembali"),
    ("repeat", "mengulang panggilan"),
    ("report", "melaporkan"),
    ("request", "meminta"),
    ("reserve", "memesan"),
    ("reset", "mengatur ulang"),
    ("return", "mengembalikan"),
    ("reveal", "membuka"),
    ("remind", "mengingatkan tentang"),
    ("warn", "memperingatkan"),
    ("thaw", "mencabut pembekuan"),
    ("freeze", "membekukan"),
    ("revoke", "mencabut"),
    ("route", "mengarahkan"),
    ("save", "menyimpan"),
    ("scan", "memindai"),
    ("schedule", "menjadwalkan"),
    ("send", "mengirim"),
    ("sign", "menandatangani"),
    ("skip", "melewati"),
    ("submit", "mengajukan"),
    ("transfer", "memindahkan"),
    ("try", "mencoba"),
    ("unblock", "membuka blokir"),
    ("undo", "mengurungkan"),
    ("unfile", "mengeluarkan dari berkas"),
    ("unlock", "membuka kunci"),
    ("unverify", "membatalkan pencocokan"),
    ("update", "mengubah"),
    ("upload", "mengunggah"),
    ("use", "memakai"),
    ("verify", "memverifikasi"),
    ("view", "membuka"),
    ("withdraw", "menarik"),
    ("restore", "mengembalikan"),
];

fn tone(tindakan: &str) -> Tone {
    let act = tindakan.split_once('.').map_or(tindakan, |(_, act)| act);
    match act.split_once('-').map_or(act, |(verb, _)| verb) {
        "accept" | "approve" | "confirm" | "issue" | "publish" | "sign" | "verify" => Tone::Good,
        "return" | "withdraw" | "reopen" => Tone::Warn,
        "cancel" | "delete" | "destroy" | "erase" | "refuse" | "reject" | "remove" | "revoke" => Tone::Bad,
        _ => Tone::Neutral,
    }
}
