//! The way of an application: its states, who has it in each, whether the clock runs, and which act leads where. Pure.
//!
//! States and order: domain of a regency's PTSP (Permendagri 138/2017), with the front office's check before the clock begins.

use praja_kernel::{Refuse, words};

use crate::jenis::Paraf;

words! {
    /// How far an application has come.
    pub(crate) enum Status ("keadaan permohonan") {
        /// Its applicant still writes it.
        Draf => "draf", "Draf";
        /// Sent; the front office checks whether it is complete.
        Diajukan => "diajukan", "Diperiksa kelengkapannya";
        /// Back with the applicant, with everything that is to be mended.
        Dikembalikan => "dikembalikan", "Dikembalikan untuk diperbaiki";
        /// Complete: day 0 of the clock; waits for the back office.
        Lengkap => "lengkap", "Lengkap, menunggu pemeriksa";
        /// The back office examines it.
        VerifikasiTeknis => "verifikasi-teknis", "Diperiksa pemeriksa teknis";
        /// The technical OPD is asked.
        MintaRekomendasi => "minta-rekomendasi", "Menunggu rekomendasi OPD teknis";
        /// The place is going to be looked at.
        SurveiDijadwalkan => "survei-dijadwalkan", "Menunggu pemeriksaan lapangan";
        /// It was looked at; the report is written and signed.
        Bap => "bap", "Berita acara pemeriksaan ditulis";
        /// Everything is known; the back office concludes.
        Rekomendasi => "rekomendasi", "Disimpulkan pemeriksa";
        /// The fee is set.
        DitetapkanSkrd => "ditetapkan-skrd", "Retribusi ditetapkan";
        /// The applicant pays.
        MenungguBayar => "menunggu-bayar", "Menunggu pembayaran";
        /// Paid.
        Lunas => "lunas", "Sudah dibayar";
        /// The document is drafted.
        DrafSk => "draf-sk", "Dokumen disusun";
        /// It is initialled.
        Paraf => "paraf", "Diparaf berjenjang";
        /// It waits for the signature.
        Tte => "tte", "Menunggu tanda tangan";
        /// Signed and valid.
        Terbit => "terbit", "Terbit";
        /// In the applicant's hands.
        Diserahkan => "diserahkan", "Diserahkan";
        /// Refused, with code, rule and the right to object.
        Ditolak => "ditolak", "Ditolak";
        /// The applicant took it back.
        DicabutPemohon => "dicabut-pemohon", "Dicabut pemohon";
        /// Not mended in time.
        Gugur => "gugur", "Gugur";
        /// Held up by a dispute or a quota.
        Ditangguhkan => "ditangguhkan", "Ditangguhkan";
    }
}

words! {
    /// Who has an application now.
    pub(crate) enum Meja ("meja") {
        /// The applicant.
        Pemohon => "pemohon", "Pemohon";
        /// Front office.
        Loket => "loket", "Loket (front office)";
        /// Back office.
        Pemeriksa => "pemeriksa", "Pemeriksa (back office)";
        /// Technical OPD.
        OpdTeknis => "opd-teknis", "OPD teknis";
        /// Survey team.
        Surveyor => "surveyor", "Tim pemeriksa lapangan";
        /// Treasurer.
        Bendahara => "bendahara", "Bendahara penerimaan";
        /// Head of section.
        Kasi => "kasi", "Kepala seksi";
        /// Head of division.
        Kabid => "kabid", "Kepala bidang";
        /// Secretary.
        Sekretaris => "sekretaris", "Sekretaris";
        /// Head of the PTSP.
        Kepala => "kepala", "Kepala DPMPTSP";
        /// Nobody: it is at its end.
        Selesai => "selesai", "Selesai";
    }
}

/// Whether the days of a state count.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Jam {
    /// Before the clock begins, or after it ended.
    Luar,
    /// Its days count.
    Jalan,
    /// Its days do not count: others than the office are to act.
    Berhenti,
}

impl Status {
    /// Whether the days of this state count. Every state between Lengkap and Terbit runs or stands; on the free path all but a return and a
    /// suspension run.
    pub(crate) const fn jam(self) -> Jam {
        match self {
            Self::Lengkap
            | Self::VerifikasiTeknis
            | Self::MintaRekomendasi
            | Self::SurveiDijadwalkan
            | Self::Bap
            | Self::Rekomendasi
            | Self::Lunas
            | Self::DrafSk
            | Self::Paraf
            | Self::Tte => Jam::Jalan,
            Self::Dikembalikan | Self::DitetapkanSkrd | Self::MenungguBayar | Self::Ditangguhkan => Jam::Berhenti,
            Self::Draf
            | Self::Diajukan
            | Self::Terbit
            | Self::Diserahkan
            | Self::Ditolak
            | Self::DicabutPemohon
            | Self::Gugur => Jam::Luar,
        }
    }

    /// Is it at its end?
    pub(crate) const fn is_final(self) -> bool {
        matches!(self, Self::Terbit | Self::Diserahkan | Self::Ditolak | Self::DicabutPemohon | Self::Gugur)
    }

    /// Who has it, of an application whose next initial is `paraf`.
    pub(crate) const fn meja(self, paraf: Option<Paraf>) -> Meja {
        match self {
            Self::Draf | Self::Dikembalikan | Self::MenungguBayar => Meja::Pemohon,
            Self::Diajukan => Meja::Loket,
            Self::Lengkap | Self::VerifikasiTeknis | Self::Rekomendasi | Self::Lunas | Self::DrafSk | Self::Ditangguhkan => {
                Meja::Pemeriksa
            }
            Self::MintaRekomendasi => Meja::OpdTeknis,
            Self::SurveiDijadwalkan | Self::Bap => Meja::Surveyor,
            Self::DitetapkanSkrd => Meja::Bendahara,
            Self::Paraf => match paraf {
                Some(Paraf::Kasi) => Meja::Kasi,
                Some(Paraf::Kabid) => Meja::Kabid,
                Some(Paraf::Sekretaris) => Meja::Sekretaris,
                None => Meja::Kepala,
            },
            Self::Tte => Meja::Kepala,
            Self::Terbit | Self::Diserahkan | Self::Ditolak | Self::DicabutPemohon | Self::Gugur => Meja::Selesai,
        }
    }

    /// The colour of its line on the public page: done, in work, or back and refused.
    pub(crate) const fn is_bad(self) -> bool {
        matches!(self, Self::Dikembalikan | Self::Ditolak | Self::Gugur | Self::DicabutPemohon)
    }
}

words! {
    /// What is done with an application.
    pub(crate) enum Langkah ("langkah") {
        /// Sends it, for the first time or mended.
        Ajukan => "ajukan", "Ajukan";
        /// The front office finds it complete.
        NyatakanLengkap => "nyatakan-lengkap", "Nyatakan lengkap";
        /// All defects at once.
        Kembalikan => "kembalikan", "Kembalikan";
        /// The back office begins.
        MulaiPeriksa => "mulai-periksa", "Mulai memeriksa";
        /// Asks the technical OPD.
        MintaRekomendasi => "minta-rekomendasi", "Minta rekomendasi";
        /// The technical OPD answers.
        BeriRekomendasi => "beri-rekomendasi", "Beri rekomendasi";
        /// Sets day and team.
        JadwalkanSurvei => "jadwalkan-survei", "Jadwalkan pemeriksaan lapangan";
        /// The team has been there.
        MulaiBap => "mulai-bap", "Mulai berita acara";
        /// The report is signed.
        CatatBap => "catat-bap", "Simpan berita acara";
        /// The back office finds it fit.
        Setujui => "setujui", "Setujui";
        /// The treasurer sends the bill.
        KirimTagihan => "kirim-tagihan", "Kirim tagihan";
        /// A credit matched, or two people confirmed.
        Lunasi => "lunasi", "Catat pembayaran";
        /// The document is drafted.
        SusunDokumen => "susun-dokumen", "Susun dokumen";
        /// Sends the draft to be initialled.
        KirimParaf => "kirim-paraf", "Kirim untuk diparaf";
        /// Initials it.
        Paraf => "paraf", "Paraf";
        /// Sends the draft back to the back office.
        KembalikanDraf => "kembalikan-draf", "Kembalikan draf";
        /// Signs.
        Tandatangani => "tandatangani", "Tanda tangani";
        /// Hands it over.
        Serahkan => "serahkan", "Serahkan";
        /// Refuses it.
        Tolak => "tolak", "Tolak";
        /// The applicant takes it back.
        Cabut => "cabut", "Cabut permohonan";
        /// The time for mending is over.
        Gugurkan => "gugurkan", "Nyatakan gugur";
        /// A dispute or a quota holds it up.
        Tangguhkan => "tangguhkan", "Tangguhkan";
        /// It goes on where it was.
        Lanjutkan => "lanjutkan", "Lanjutkan";
        /// Nobody decided in time, and the rule of the type says that it counts as granted.
        Kabulkan => "kabulkan", "Catat sebagai dikabulkan menurut hukum";
    }
}

impl Langkah {
    /// What somebody did, as a history says it after who did it.
    pub(crate) const fn kalimat(self) -> &'static str {
        match self {
            Self::Ajukan => "mengirim permohonan",
            Self::NyatakanLengkap => "menyatakan permohonan lengkap",
            Self::Kembalikan => "mengembalikan permohonan untuk diperbaiki",
            Self::MulaiPeriksa => "mulai memeriksa",
            Self::MintaRekomendasi => "meminta rekomendasi",
            Self::BeriRekomendasi => "memberi rekomendasi",
            Self::JadwalkanSurvei => "menjadwalkan pemeriksaan lapangan",
            Self::MulaiBap => "menulis berita acara",
            Self::CatatBap => "mengesahkan berita acara",
            Self::Setujui => "menyimpulkan dapat disetujui",
            Self::KirimTagihan => "mengirim tagihan",
            Self::Lunasi => "mencatat pembayaran",
            Self::SusunDokumen => "menyusun dokumen",
            Self::KirimParaf => "mengirim dokumen untuk diparaf",
            Self::Paraf => "memaraf dokumen",
            Self::KembalikanDraf => "mengembalikan dokumen",
            Self::Tandatangani => "menandatangani dokumen",
            Self::Serahkan => "menyerahkan dokumen",
            Self::Tolak => "menolak permohonan",
            Self::Cabut => "mencabut permohonan",
            Self::Gugurkan => "menyatakan permohonan gugur",
            Self::Tangguhkan => "menangguhkan permohonan",
            Self::Lanjutkan => "melanjutkan permohonan",
            Self::Kabulkan => "mencatat permohonan dikabulkan menurut hukum",
        }
    }

    /// Is it the applicant who takes it, wherever the application lies?
    pub(crate) const fn is_applicants(self) -> bool {
        matches!(self, Self::Ajukan | Self::Cabut)
    }
}

/// What the way depends on besides the state.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Keadaan {
    /// A recommendation is needed and not there yet.
    pub(crate) perlu_rekomendasi: bool,
    /// The place must be looked at and was not yet.
    pub(crate) perlu_survei: bool,
    /// The fee is more than nothing.
    pub(crate) berbayar: bool,
    /// It was complete once: the clock began.
    pub(crate) pernah_lengkap: bool,
    /// Who still initials, in order.
    pub(crate) sisa_paraf: Vec<Paraf>,
    /// Where it was before it was suspended.
    pub(crate) sebelum_tangguh: Option<Status>,
}

/// Why an act is not possible.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("Permohonan ini sedang \"{}\", sehingga tidak dapat: {}.", .status.label(), .langkah.label().to_lowercase())]
pub(crate) struct NotNow {
    /// What was tried.
    pub(crate) langkah: Langkah,
    /// Where it stands.
    pub(crate) status: Status,
}

impl Refuse for NotNow {
    fn code(&self) -> &'static str {
        "perizinan.permohonan.not-now"
    }

    fn next_step(&self) -> String {
        "Muat ulang halaman ini untuk melihat keadaannya yang terbaru.".into()
    }
}

/// Where an act leads.
///
/// # Errors
/// [`NotNow`] where the act does not belong to the state.
pub(crate) fn next(status: Status, langkah: Langkah, keadaan: &Keadaan) -> Result<Status, NotNow> {
    use Langkah as L;
    use Status as S;
    let after_check = || {
        if keadaan.perlu_rekomendasi || keadaan.perlu_survei { None } else { Some(S::Rekomendasi) }
    };
    let to = match (status, langkah) {
        (S::Draf, L::Ajukan) => Some(S::Diajukan),
        // What was complete before goes back to whoever returned it: the clock goes on at once.
        (S::Dikembalikan, L::Ajukan) => Some(if keadaan.pernah_lengkap { S::VerifikasiTeknis } else { S::Diajukan }),
        (S::Diajukan, L::NyatakanLengkap) => Some(S::Lengkap),
        (S::Diajukan | S::VerifikasiTeknis | S::Rekomendasi, L::Kembalikan) => Some(S::Dikembalikan),
        (S::Lengkap, L::MulaiPeriksa) => Some(S::VerifikasiTeknis),
        (S::VerifikasiTeknis | S::Rekomendasi, L::MintaRekomendasi) if keadaan.perlu_rekomendasi => Some(S::MintaRekomendasi),
        (S::MintaRekomendasi, L::BeriRekomendasi) => {
            Some(if keadaan.perlu_survei { S::VerifikasiTeknis } else { S::Rekomendasi })
        }
        (S::VerifikasiTeknis | S::Rekomendasi, L::JadwalkanSurvei) if keadaan.perlu_survei => Some(S::SurveiDijadwalkan),
        (S::SurveiDijadwalkan, L::MulaiBap) => Some(S::Bap),
        (S::Bap, L::CatatBap) => Some(if keadaan.perlu_rekomendasi { S::VerifikasiTeknis } else { S::Rekomendasi }),
        (S::VerifikasiTeknis | S::Rekomendasi, L::Setujui) => {
            after_check().map(|_| if keadaan.berbayar { S::DitetapkanSkrd } else { S::DrafSk })
        }
        (S::DitetapkanSkrd, L::KirimTagihan) => Some(S::MenungguBayar),
        (S::MenungguBayar, L::Lunasi) => Some(S::Lunas),
        (S::Lunas, L::SusunDokumen) => Some(S::DrafSk),
        (S::DrafSk, L::KirimParaf) => Some(if keadaan.sisa_paraf.is_empty() { S::Tte } else { S::Paraf }),
        (S::Paraf, L::Paraf) => Some(if keadaan.sisa_paraf.len() > 1 { S::Paraf } else { S::Tte }),
        (S::Paraf | S::Tte, L::KembalikanDraf) => Some(S::DrafSk),
        (S::Tte, L::Tandatangani) => Some(S::Terbit),
        (S::Terbit, L::Serahkan) => Some(S::Diserahkan),
        (S::VerifikasiTeknis | S::Rekomendasi, L::Tolak) => Some(S::Ditolak),
        (S::Dikembalikan, L::Gugurkan) => Some(S::Gugur),
        (from, L::Cabut) if !from.is_final() && !matches!(from, S::Draf | S::Tte) => Some(S::DicabutPemohon),
        (from, L::Tangguhkan) if matches!(from.jam(), Jam::Jalan) && from != S::Tte => Some(S::Ditangguhkan),
        (from, L::Kabulkan) if matches!(from.jam(), Jam::Jalan) && !matches!(from, S::DrafSk | S::Paraf | S::Tte) => {
            // What is owed is owed also where nobody decided in time.
            Some(if keadaan.berbayar && from != S::Lunas { S::DitetapkanSkrd } else { S::DrafSk })
        }
        (S::Ditangguhkan, L::Lanjutkan) => keadaan.sebelum_tangguh.filter(|before| matches!(before.jam(), Jam::Jalan)),
        _ => None,
    };
    to.ok_or(NotNow { langkah, status })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn walk(from: Status, acts: &[Langkah], mut keadaan: Keadaan) -> Status {
        acts.iter().fold(from, |status, act| {
            let to = next(status, *act, &keadaan).unwrap_or_else(|e| panic!("{e}"));
            match act {
                Langkah::BeriRekomendasi => keadaan.perlu_rekomendasi = false,
                Langkah::CatatBap => keadaan.perlu_survei = false,
                Langkah::NyatakanLengkap => keadaan.pernah_lengkap = true,
                Langkah::Paraf => {
                    keadaan.sisa_paraf.remove(0);
                }
                _ => {}
            }
            to
        })
    }

    #[test]
    fn the_shortest_way_is_free_and_asks_nobody_else() {
        use Langkah as L;
        let acts = [L::Ajukan, L::NyatakanLengkap, L::MulaiPeriksa, L::Setujui, L::KirimParaf, L::Tandatangani, L::Serahkan];
        assert_eq!(walk(Status::Draf, &acts, Keadaan::default()), Status::Diserahkan);
    }

    #[test]
    fn what_silence_grants_is_paid_all_the_same_and_once_only() {
        let next = |status, berbayar| next(status, Langkah::Kabulkan, &Keadaan { berbayar, ..Keadaan::default() });
        assert_eq!(next(Status::VerifikasiTeknis, false), Ok(Status::DrafSk));
        assert_eq!(next(Status::VerifikasiTeknis, true), Ok(Status::DitetapkanSkrd));
        assert_eq!(next(Status::MintaRekomendasi, true), Ok(Status::DitetapkanSkrd));
        assert_eq!(next(Status::Lunas, true), Ok(Status::DrafSk), "it was paid");
    }

    #[test]
    fn the_longest_way_asks_the_opd_looks_at_the_place_and_is_paid() {
        use Langkah as L;
        let keadaan = Keadaan {
            perlu_rekomendasi: true,
            perlu_survei: true,
            berbayar: true,
            sisa_paraf: vec![Paraf::Kasi, Paraf::Kabid],
            ..Keadaan::default()
        };
        let acts = [
            L::Ajukan,
            L::NyatakanLengkap,
            L::MulaiPeriksa,
            L::MintaRekomendasi,
            L::BeriRekomendasi,
            L::JadwalkanSurvei,
            L::MulaiBap,
            L::CatatBap,
            L::Setujui,
            L::KirimTagihan,
            L::Lunasi,
            L::SusunDokumen,
            L::KirimParaf,
            L::Paraf,
            L::Paraf,
            L::Tandatangani,
        ];
        assert_eq!(walk(Status::Draf, &acts, keadaan), Status::Terbit);
    }

    #[test]
    fn nothing_is_approved_before_everybody_who_must_be_asked_has_answered() {
        for (rekomendasi, survei) in [(true, false), (false, true), (true, true)] {
            let keadaan = Keadaan { perlu_rekomendasi: rekomendasi, perlu_survei: survei, ..Keadaan::default() };
            assert!(next(Status::VerifikasiTeknis, Langkah::Setujui, &keadaan).is_err());
            assert!(next(Status::Rekomendasi, Langkah::Setujui, &keadaan).is_err());
        }
    }

    #[test]
    fn every_state_between_complete_and_issued_runs_or_stands_and_no_other_does() {
        let outside = [
            Status::Draf,
            Status::Diajukan,
            Status::Terbit,
            Status::Diserahkan,
            Status::Ditolak,
            Status::DicabutPemohon,
            Status::Gugur,
        ];
        for status in Status::ALL {
            assert_eq!(status.jam() == Jam::Luar, outside.contains(status), "{status:?}");
        }
        let stands: Vec<_> = Status::ALL.iter().filter(|status| status.jam() == Jam::Berhenti).collect();
        assert_eq!(stands, [&Status::Dikembalikan, &Status::DitetapkanSkrd, &Status::MenungguBayar, &Status::Ditangguhkan]);
    }

    #[test]
    fn on_the_free_path_only_a_return_or_a_suspension_stops_the_clock() {
        let free = Keadaan { sisa_paraf: vec![Paraf::Kasi], sebelum_tangguh: Some(Status::DrafSk), ..Keadaan::default() };
        let mut reached = vec![Status::Lengkap];
        while let Some(new) = reached
            .iter()
            .find_map(|from| Langkah::ALL.iter().find_map(|act| next(*from, *act, &free).ok().filter(|to| !reached.contains(to))))
        {
            reached.push(new);
        }
        for status in reached {
            if status.jam() == Jam::Berhenti {
                assert!(matches!(status, Status::Dikembalikan | Status::Ditangguhkan), "{status:?}");
            }
        }
    }

    #[test]
    fn what_is_at_its_end_takes_no_act_but_the_handing_over() {
        for status in Status::ALL.iter().filter(|status| status.is_final()) {
            for act in Langkah::ALL {
                let allowed = (*status, *act) == (Status::Terbit, Langkah::Serahkan);
                assert_eq!(next(*status, *act, &Keadaan::default()).is_ok(), allowed, "{status:?} {act:?}");
            }
        }
    }

    #[test]
    fn what_was_suspended_goes_on_where_it_was_and_nowhere_else() {
        let keadaan = Keadaan { sebelum_tangguh: Some(Status::MintaRekomendasi), ..Keadaan::default() };
        assert_eq!(next(Status::Ditangguhkan, Langkah::Lanjutkan, &keadaan), Ok(Status::MintaRekomendasi));
        assert!(next(Status::Ditangguhkan, Langkah::Lanjutkan, &Keadaan::default()).is_err());
    }
}
