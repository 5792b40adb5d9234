use super::profile;
use crate::{Facts, Finding, Profil, Severity, Sistem};

/// What to buy for a finding, by its identity.
const WARES: &[(&[&str], &str)] = &[
    (
        &["fsync", "jenis-disk", "laju-tulis", "ruang-disk", "sisa-disk", "pertumbuhan", "galat-disk"],
        "SSD 480 GB untuk folder data",
    ),
    (&["disk-kedua", "cadangan-kedua"], "Disk USB 1 TB untuk cadangan, disimpan di gedung lain"),
    (&["memori", "memori-tersedia", "swap-terpakai", "tekanan-memori", "kehabisan-memori"], "Memori menjadi 4 GB atau lebih"),
    (&["ups"], "UPS yang sanggup menahan mesin 15 menit"),
    (&["kecepatan", "kapasitas", "arsitektur"], "Mesin dengan 4 inti dan 8 GB memori, atau jatah itu pada mesin virtual"),
    (&["kecepatan-tautan", "galat-tautan"], "Kabel jaringan baru dan sakelar gigabit"),
    (&["selisih-jam"], "Baterai papan induk (CR2032)"),
    (&["raid"], "Disk pengganti yang sama besar untuk larik disk"),
    (&["kantor-tautan"], "Sambungan yang lebih baik untuk kantor yang disebut di bawah"),
];

/// What to buy for a finding; `None` when it is mended without money.
pub(crate) fn ware(id: &str) -> Option<&'static str> {
    WARES.iter().find(|(ids, _)| ids.contains(&id)).map(|(_, ware)| *ware)
}

/// What stands before a system.
#[derive(Debug, Default)]
pub(super) struct Hurdles {
    /// To mend, one each.
    pub(super) fix: Vec<String>,
    /// To buy, one each.
    pub(super) buy: Vec<String>,
    /// The profile it asks for, when the machine is smaller.
    pub(super) larger: Option<Profil>,
    /// It must not be switched on before.
    pub(super) forbids: bool,
}

impl Hurdles {
    /// The machine is smaller than the profile on which the system runs well.
    pub(super) fn of_profile(profil: Profil, facts: &Facts) -> Self {
        let buy = profile::wares(facts, profil);
        Self { forbids: !buy.is_empty(), larger: (!buy.is_empty()).then_some(profil), buy, fix: Vec::new() }
    }

    /// What blocks hinders everything; what needs an agreement hinders every module; what a row asks for itself hinders it already as a warning.
    pub(super) fn of_findings(row: &Sistem, findings: &[Finding]) -> Self {
        let mut hurdles = Self::default();
        for finding in findings {
            let asked = row.perlu.iter().any(|id| id == finding.id) && finding.severity > Severity::Info;
            let general = match finding.severity {
                Severity::Blokir => true,
                Severity::WajibDisetujui => row.modul.is_some(),
                Severity::Peringatan | Severity::Info => false,
            };
            if !asked && !general {
                continue;
            }
            hurdles.forbids |= asked || finding.severity == Severity::Blokir;
            match ware(finding.id) {
                Some(ware) if hurdles.buy.iter().any(|one| one == ware) => {}
                Some(ware) => hurdles.buy.push(ware.to_owned()),
                None => hurdles.fix.push(format!("{} ({})", finding.title, finding.value)),
            }
        }
        hurdles
    }

    pub(super) fn join(&mut self, other: Self) {
        self.fix.extend(other.fix);
        for ware in other.buy {
            if !self.buy.contains(&ware) {
                self.buy.push(ware);
            }
        }
        self.larger = self.larger.or(other.larger);
        self.forbids |= other.forbids;
    }

    /// Something stands before it that somebody may agree to.
    pub(super) const fn is_agreeable(&self) -> bool {
        !self.forbids && (!self.fix.is_empty() || !self.buy.is_empty())
    }
}
