//! How each command of the guides is run here, in one table: what is replaced, what is expected, and what cannot be run at all.

/// How a command is run.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Way {
    /// It ends by itself, with 0.
    Run,
    /// It judges this machine, and says by its code whether something is worth a warning.
    Judges,
    /// It ends by itself with this code: the guide says that it refuses.
    Refuses(i32),
    /// It serves until the folder is needed again, or the page ends.
    Serves,
    /// A command that is named, not typed: its help must be there.
    Named,
    /// Needs the PostgreSQL of the tests.
    Postgres,
    /// Serves, on the PostgreSQL of the tests.
    PostgresServes,
    /// Needs PostgreSQL and the S3 service of the tests.
    S3,
    /// Cannot be run on a machine that tests, for this reason.
    Cannot(&'static str),
}

/// Page (all when empty), how the command begins (a `$` at the end: all of it), and the way. The first that fits counts.
pub const WAYS: &[(&str, &str, Way)] = &[
    ("", "apt install", Way::Cannot("installs packages as root")),
    ("", "nano ", Way::Cannot("an editor waits for somebody who types")),
    ("", "cargo build --release", Way::Cannot("the program under test was built before; a release takes many minutes")),
    ("", "cargo run --release", Way::Cannot("the program under test was built before; a release takes many minutes")),
    ("README.md", "scripts/test panduan$", Way::Cannot("it would start this test again")),
    ("README.md", "scripts/pictures --panduan$", Way::Cannot("needs a browser, and would write into the guides")),
    ("", "sudo -u postgres ", Way::Postgres),
    ("", "pg_isready", Way::Postgres),
    ("", "openssl req", Way::Run),
    ("", "install -m 600 ", Way::Run),
    ("", "rm praja-box/keys/lembar-pemulihan.*$", Way::Run),
    ("", "df -h$", Way::Run),
    ("pasang.md", "sudo ", Way::Cannot("changes the machine as root; scripts/test-machine does it on one of its own")),
    ("pasang.md", "systemctl ", Way::Cannot("there is no service here; scripts/test-machine has one")),
    ("pasang.md", "journalctl ", Way::Cannot("there is no service here; scripts/test-machine has one")),
    ("pasang.md", "praja try$", Way::Named),
    ("pasang.md", "praja serve", Way::Named), // install has just served it for its look; uninstall wants the folder at rest
    ("pasang.md", "praja install$", Way::Named),
    ("enkripsi.md", "praja install$", Way::Named),
    ("pasang.md", "praja install --schema$", Way::Run),
    ("pasang.md", "praja install --portable --root ./praja-lain", Way::Judges),
    ("pasang.md", "praja install --portable", Way::Run),
    ("pasang.md", "praja uninstall --root ./praja-kerja", Way::Run),
    ("akun.md", "praja admin link$", Way::Refuses(30)), // a demo regency has its administrator
    ("akun.md", "praja admin link --extra$", Way::Run),
    ("penyimpanan.md", "praja serve --config ./praja-baru/", Way::PostgresServes),
    ("penyimpanan.md", "praja backup restore$", Way::Named),
    (
        "penyimpanan.md",
        "praja backup restore pindah.cadangan --root ./praja-baru --recovery lembar-pemulihan.txt --database \"postgres://praja:SANDI@db.contoh.go.id/praja\" --settings",
        Way::S3,
    ),
    ("penyimpanan.md", "praja backup restore pindah.cadangan", Way::Postgres),
    ("", "praja try --help$", Way::Run),
    ("", "praja try --dry-run", Way::Judges),
    ("kajian.md", "praja assess --sites-contoh", Way::Run),
    ("kajian.md", "praja assess --quick --yes --sites kantor.csv --watch", Way::Cannot("it watches for a day")),
    ("", "praja assess ", Way::Judges),
    ("", "praja try", Way::Serves),
    ("", "praja serve", Way::Serves),
    ("", "praja --version$", Way::Run),
    ("", "praja status$", Way::Run),
    ("", "praja module list$", Way::Run),
    ("", "praja module routes$", Way::Run),
    (
        "periksa-naskah.md",
        "praja dokumen verify",
        Way::Cannot("needs a letter of another regency; installer/src/dokumen.rs draws and signs such ones"),
    ),
    ("", "praja audit ", Way::Run),
    ("cadangan-pulih.md", "praja backup create --scheduled$", Way::Refuses(10)), // the second place is on the one disk of a test
    ("cadangan-pulih.md", "praja backup list$", Way::Refuses(10)),
    ("cadangan-pulih.md", "praja status --config ./praja-pulih/", Way::Refuses(10)), // restored, and not yet served
    (
        "cadangan-pulih.md",
        "tail -n +3 ",
        Way::Cannot("needs the program age; installer/tests/copies.rs runs it where it is there"),
    ),
    ("aplikasi-lain.md", "printf ", Way::Run),
    ("aplikasi-lain.md", "chmod 600 ", Way::Run),
    ("aplikasi-lain.md", "curl ", Way::Run),
    ("", "praja recovery-sheet", Way::Run),
    ("", "praja config set KUNCI", Way::Named),
    ("", "praja config ", Way::Run),
    ("", "praja doctor", Way::Judges),
    ("", "praja support-bundle", Way::Run),
    ("", "tar -tzf praja-bantuan.tar.gz$", Way::Run),
    ("", "praja backup drill$", Way::Run),
    ("", "praja backup create", Way::Run),
    ("", "praja backup verify ", Way::Run),
    ("", "praja backup restore ", Way::Run),
];

/// Page, what the guide writes, what is written here instead. `{porta}`: a free port, `{cadangan}`: the backup made last,
/// `{pg}`: an empty database of the tests, `{peladen}`, `{nama}`: its server and the name of a user or database of its own.
pub const SWAPS: &[(&str, &str, &str)] = &[
    ("mulai.md", "--port 7333", "--port {porta}"),
    ("mulai.md", "--port 7322", "--port {porta}"),
    ("mulai.md", "127.0.0.1:7322", "127.0.0.1:{porta}"),
    ("daerah.md", "--port 7341", "--port {porta}"),
    ("pasang.md", "127.0.0.1:7345", "127.0.0.1:{porta}"),
    ("daerah.md", "praja serve", "praja serve --config ./manggarai/config/praja.yaml"), // the region that was just installed
    ("mulai.md", "praja-1906-2026-11-23-0041.cadangan", "{cadangan}"),
    ("penyimpanan.md", "sudo -u postgres createuser --pwprompt praja", "createuser --no-password {nama}"),
    ("penyimpanan.md", "sudo -u postgres createdb --owner praja praja", "createdb --owner {nama} {nama}"),
    ("penyimpanan.md", "-h PELADEN", "-h {peladen}"),
    (
        "penyimpanan.md",
        "\"postgres://praja:SANDI@db.contoh.go.id/praja?sslmode=verify-full&sslrootcert=/etc/praja/ca-db.pem\"",
        "\"{pg}\"",
    ),
    ("penyimpanan.md", "\"postgres://praja:SANDI@db.contoh.go.id/praja\"", "\"{pg}\""),
    ("penyimpanan.md", "--recovery lembar-pemulihan.txt", "--recovery praja-box/keys/lembar-pemulihan.txt"),
    ("cadangan-pulih.md", "/mnt/cadangan", "{folder}/kedua"),
    ("cadangan-pulih.md", "praja-box/data/cadangan/praja-1906-2026-11-26-0130.cadangan", "praja-box/data/cadangan/*.cadangan"),
    ("cadangan-pulih.md", "praja-1906-2026-11-26-0130.cadangan", "kedua/*.cadangan"),
    ("aplikasi-lain.md", "praja_TOKEN", "$(cat token.txt)"),
    ("aplikasi-lain.md", "https://praja.contoh.go.id", "$(cat alamat.txt)"),
    ("penyimpanan.md", "DNS:s3.contoh.go.id", "IP:127.0.0.1"),
    ("penyimpanan.md", "https://s3.contoh.go.id", "{s3}"),
    (
        "penyimpanan.md",
        "kunci_akses: keys/s3.kunci",
        "kunci_akses: {folder}/praja-box/keys/s3.kunci\n    path_style: true\n    ca: {folder}/s3.pem",
    ),
];

/// Blocks of settings: page, how the block begins, the file it is written to (added at its end when that is there), and what is run
/// then. The file of a regency is read by the program itself; other settings are laid over those of `praja-box` and must be taken.
pub const SETTINGS: &[(&str, &str, &str, Option<&str>)] = &[
    ("mulai.md", "alamat:", "praja-pulih/config/praja.local.yaml", Some("praja serve --config ./praja-pulih/config/praja.yaml")),
    (
        "daerah.md",
        "libur_daerah:",
        "manggarai/config/region/paket.yaml",
        Some("praja serve --config manggarai/config/praja.yaml"),
    ),
    ("enkripsi.md", "alamat:", "", None),
    ("penyimpanan.md", "basis_data:", "", None),
    ("penyimpanan.md", "blob:", "s3.yaml", None),
];

/// Answers that come from a command the guide describes in words: page, how the block begins, the command, its exit codes.
pub const ANSWERED_BY: &[(&str, &str, &str, &[i32])] = &[
    ("mulai.md", "  Dengan --lan", "praja try --root ./lan --lan", &[20]),
    ("mulai.md", "  BLOKIR", "praja audit verify --anchor jangkar-20261123-0045.txt", &[30]),
];

/// Blocks of text that no program prints here.
pub const NOT_PRINTED: &[(&str, &str, &str)] = &[
    ("kabar.md", "X-Praja-Id", "headers that a gateway receives; crates/desk tests them"),
    ("penyimpanan.md", "aws_access_key_id", "what the reader types into a file"),
];

/// Pages whose reader has an installation already.
pub const BEGIN_WITH_A_BOX: &[&str] =
    &["akun.md", "administrator.md", "aplikasi-lain.md", "cadangan-pulih.md", "doctor.md", "enkripsi.md", "penyimpanan.md"];

/// The way of a command.
pub fn way(page: &str, command: &str) -> Option<Way> {
    let fits = |begin: &str| begin.strip_suffix('$').map_or_else(|| command.starts_with(begin), |whole| command == whole);
    WAYS.iter().find(|(on, begin, _)| (on.is_empty() || *on == page) && fits(begin)).map(|(_, _, way)| *way)
}
