//! What happened to an OPD, a post, a person: the audit rows about it in words. (`desk` has the same for the things of modules, and stands
//! above this crate.)

use praja_module::{Ctx, Problem};
use praja_store::{AuditRow, Tx};
use praja_web::{Entry, Markup, Tone, frame, html, section, timeline};

/// A page shows at most this many events.
const LIMIT: i64 = 100;

/// The acts of identity, as sentences without their subject.
const ACTS: &[(&str, &str)] = &[
    ("identity.register-account", "mendaftarkan akun"),
    ("identity.import-akun", "memasukkan akun"),
    ("identity.verify-akun", "mencocokkan akun dengan KTP"),
    ("identity.unverify-akun", "membatalkan pencocokan akun"),
    ("identity.block-akun", "memblokir akun"),
    ("identity.unblock-akun", "membuka blokir akun"),
    ("identity.close-account", "menutup akun"),
    ("identity.change-address", "mengganti alamat surel atau nomor ponsel"),
    ("identity.change-password", "mengganti sandi"),
    ("identity.reset-password", "mengganti sandi dengan kode"),
    ("identity.grant-consent", "memberi persetujuan"),
    ("identity.withdraw-consent", "mencabut persetujuan"),
    ("identity.grant-kuasa", "menunjuk kuasa"),
    ("identity.revoke-kuasa", "mencabut kuasa"),
    ("identity.use-kuasa", "bertindak sebagai kuasa"),
    ("identity.leave-kuasa", "selesai bertindak sebagai kuasa"),
    ("identity.log-in", "masuk"),
    ("identity.fail-log-in", "gagal masuk"),
    ("identity.issue-slip", "mencetak slip masuk"),
    ("identity.unlock-account", "membuka kunci akun"),
    ("identity.revoke-sessions", "mengakhiri semua sesi"),
    ("identity.create-opd", "mencatat OPD"),
    ("identity.change-opd", "mengubah data OPD"),
    ("identity.rename-opd", "mencatat nama baru OPD"),
    ("identity.merge-opd", "menggabungkan OPD"),
    ("identity.close-opd", "menutup OPD"),
    ("identity.plan-perubahan", "merencanakan perubahan"),
    ("identity.cancel-perubahan", "membatalkan rencana perubahan"),
    ("identity.create-jabatan", "mencatat jabatan"),
    ("identity.change-jabatan", "mengubah jabatan"),
    ("identity.close-jabatan", "menghapus jabatan"),
    ("identity.create-orang", "mencatat pegawai"),
    ("identity.change-orang", "mengubah data pegawai"),
    ("identity.end-orang", "mencatat pegawai berhenti"),
    ("identity.return-orang", "mencatat pegawai bekerja kembali"),
    ("identity.assign-penugasan", "mencatat penugasan"),
    ("identity.change-penugasan", "mengubah penugasan"),
    ("identity.end-penugasan", "mengakhiri penugasan"),
    ("identity.create-token", "membuat token"),
    ("identity.revoke-token", "mencabut token"),
    ("identity.use-token", "membaca surat dengan token"),
    ("identity.add-webhook", "mendaftarkan webhook"),
    ("identity.stop-webhook", "menghentikan webhook"),
    ("identity.resume-webhook", "memakai lagi webhook"),
    ("identity.try-webhook", "mengirim percobaan kepada webhook"),
    ("identity.resend-webhook", "mengirim ulang kepada webhook"),
];

/// A section with what happened to `objek` (`<table>:<id>`), newest first. The caller has checked that it may be seen.
pub(crate) fn of(ctx: &Ctx, tx: &mut Tx<'_>, objek: &[String]) -> Result<Markup, Problem> {
    let mut rows: Vec<AuditRow> = Vec::new();
    for one in objek {
        rows.extend(tx.audit_of(one, LIMIT)?);
    }
    rows.sort_by_key(|row| std::cmp::Reverse(row.pada));
    rows.truncate(usize::try_from(LIMIT).unwrap_or(usize::MAX));
    let zona = ctx.instance().zona;
    let entries: Vec<Entry> = rows
        .into_iter()
        .map(|row| {
            let (when, machine) = frame::time(zona, row.pada);
            let who = match &row.jabatan {
                Some(jabatan) => format!("{} ({jabatan})", row.pelaku_nama),
                None => row.pelaku_nama.clone(),
            };
            Entry { who, what: words(&row), when, machine, tone: tone(&row.tindakan), reason: row.alasan }
        })
        .collect();
    let list = html! { @if entries.is_empty() { p.redup { "Belum ada perubahan yang tercatat di sini." } } @else { (timeline(&entries)) } };
    Ok(section("Riwayat", list))
}

/// "mengubah jabatan \"Kepala Dinas Sosial\"", with the post where somebody's penugasan is meant.
fn words(row: &AuditRow) -> String {
    let act = ACTS.iter().find(|(act, _)| *act == row.tindakan).map_or(row.tindakan.as_str(), |(_, words)| words);
    let value = |name: &str| row.nilai.iter().find(|value| value.bidang == name).map(|value| value.nilai.as_str());
    match (value("nama"), value("jabatan")) {
        (Some(nama), Some(jabatan)) if row.tindakan.ends_with("-penugasan") => format!("{act} {nama} sebagai {jabatan}"),
        (Some(nama), _) => format!("{act} \"{nama}\""),
        (None, _) => act.to_owned(),
    }
}

fn tone(tindakan: &str) -> Tone {
    match tindakan {
        "identity.block-akun"
        | "identity.unverify-akun"
        | "identity.close-opd"
        | "identity.close-jabatan"
        | "identity.end-orang"
        | "identity.end-penugasan" => Tone::Warn,
        _ => Tone::Neutral,
    }
}
