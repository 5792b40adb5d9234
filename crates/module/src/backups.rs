use praja_kernel::Moment;

/// Tells of the backups of an installation; given by the program that serves it.
pub trait Backups: Send + Sync {
    /// What is known now.
    ///
    /// # Errors
    /// A sentence for whoever looks, where a place does not answer or the settings cannot be read.
    fn look(&self) -> Result<BackupView, String>;
}

/// The backups as whoever looks after them sees them in a browser: nothing is done from there.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct BackupView {
    /// When they are made by themselves; none where nobody asked for that.
    pub plan: Option<BackupPlan>,
    /// The place in the installation, then the second one where it is named.
    pub places: Vec<BackupPlace>,
    /// The last rehearsal of a restore.
    pub drill: Option<BackupDrill>,
    /// What was judged.
    pub findings: Vec<BackupFinding>,
    /// What a command on this installation ends in, as ` --config /srv/praja/config/praja.yaml`.
    pub at: String,
}

/// When backups are made by themselves.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BackupPlan {
    /// Every day, as `02:15` in the zone of the region.
    pub jam: String,
    /// How many are kept in each place.
    pub simpan: u32,
}

/// A place with the backups in it, newest first.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BackupPlace {
    /// The second place, where a copy survives this machine.
    pub second: bool,
    /// Its folder.
    pub folder: String,
    /// It can be read now.
    pub reachable: bool,
    /// It is on the disk the data are on.
    pub same_disk: bool,
    /// What lies there.
    pub copies: Vec<BackupCopy>,
}

/// One backup.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BackupCopy {
    /// Name of its file.
    pub name: String,
    /// When it was made.
    pub at: Moment,
    /// Its size.
    pub bytes: u64,
    /// The release that made it.
    pub release: String,
    /// It was read through, and whether it was whole; none while nobody has.
    pub whole: Option<bool>,
}

/// A restore that was rehearsed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BackupDrill {
    /// When.
    pub at: Moment,
    /// With the copy of the second place.
    pub second: bool,
    /// Name of the file.
    pub name: String,
    /// Rows that came back.
    pub rows: u64,
    /// Attachments that came back.
    pub files: u64,
    /// Chains of the audit trail that were followed to their end.
    pub chains: usize,
    /// What went wrong, a sentence each; empty when all is well.
    pub problems: Vec<String>,
}

/// How something stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Standing {
    /// As it should be.
    Well,
    /// Somebody should look at it.
    Look,
    /// Somebody must act.
    Act,
}

/// One thing that was judged, as `praja doctor` judges it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BackupFinding {
    /// What it is about.
    pub title: String,
    /// How it stands.
    pub standing: Standing,
    /// What was found.
    pub value: String,
    /// What that means; empty when all is well.
    pub meaning: String,
    /// What to do, one act each; empty when all is well.
    pub remedy: Vec<String>,
}
