//! Who may do what with applications.

use praja_desk::READ_ANGKA;
use praja_kernel::Permission;
use praja_module::Role;

/// Sees applications: at the PTSP all, at a technical OPD those it is asked about.
pub const READ: Permission = Permission::new("perizinan.read-izin");
/// Takes applications at the counter, checks whether they are complete, hands documents over.
pub const RECEIVE: Permission = Permission::new("perizinan.receive-permohonan");
/// Examines, asks others, concludes and drafts.
pub const VERIFY: Permission = Permission::new("perizinan.verify-permohonan");
/// Gives the recommendation of the own OPD.
pub const RECOMMEND: Permission = Permission::new("perizinan.recommend-permohonan");
/// Looks at places and writes the report.
pub const SURVEY: Permission = Permission::new("perizinan.survey-permohonan");
/// Initials drafts as head of section.
pub const INITIAL_KASI: Permission = Permission::new("perizinan.initial-kasi");
/// Initials drafts as head of division, and allows a second return for what could be seen the first time.
pub const INITIAL_KABID: Permission = Permission::new("perizinan.initial-kabid");
/// Initials drafts as secretary.
pub const INITIAL_SEKRETARIS: Permission = Permission::new("perizinan.initial-sekretaris");
/// Signs what is issued; freezes and revokes.
pub const SIGN: Permission = Permission::new("perizinan.sign-izin");
/// Sends bills, matches bank files, confirms payments.
pub const COLLECT: Permission = Permission::new("perizinan.collect-retribusi");
/// Writes and publishes types of service, and sets how the module works.
pub const CONFIGURE: Permission = Permission::new("perizinan.configure-perizinan");
/// Brings in what the program before this one issued, and takes an import back.
pub const IMPORT: Permission = Permission::new("perizinan.import-izin");
/// Reads and exports everything, masked, for the inspectorate and auditors.
pub const INSPECT: Permission = Permission::new("perizinan.inspect-perizinan");
/// Writes down what the inspectorate found: about a refusal, about a place looked at again.
pub const REVIEW: Permission = Permission::new("perizinan.review-perizinan");
/// Sees a whole NIK; each reveal is written down.
pub const REVEAL: Permission = Permission::new("perizinan.reveal-nik");

/// Every permission with what it allows.
pub(crate) const PERMISSIONS: &[(Permission, &str)] = &[
    (READ, "Melihat permohonan izin yang menjadi urusan OPD sendiri"),
    (RECEIVE, "Menerima permohonan di loket, memeriksa kelengkapan, menyerahkan dokumen"),
    (VERIFY, "Memeriksa permohonan, meminta rekomendasi, menyusun dokumen"),
    (RECOMMEND, "Memberi rekomendasi teknis OPD sendiri"),
    (SURVEY, "Memeriksa lapangan dan menulis berita acara"),
    (INITIAL_KASI, "Memaraf dokumen sebagai kepala seksi"),
    (INITIAL_KABID, "Memaraf dokumen sebagai kepala bidang dan mengizinkan pengembalian kedua"),
    (INITIAL_SEKRETARIS, "Memaraf dokumen sebagai sekretaris"),
    (SIGN, "Menandatangani, membekukan dan mencabut izin"),
    (COLLECT, "Menagih retribusi, mencocokkan berkas bank, mengonfirmasi pembayaran"),
    (CONFIGURE, "Mengatur jenis layanan perizinan dan menerbitkannya"),
    (IMPORT, "Mengimpor daftar izin dari aplikasi lama, dan mengurungkannya"),
    (INSPECT, "Membaca dan mengekspor seluruh permohonan secara tersamar untuk pengawasan"),
    (REVIEW, "Mencatat penilaian pengawas atas penolakan dan hasil uji ulang lapangan"),
    (REVEAL, "Membuka NIK pemohon secara utuh; setiap pembukaan dicatat"),
];

/// The role of the front office.
pub const LOKET: &str = "perizinan.loket";
/// The role of the back office.
pub const PEMERIKSA: &str = "perizinan.pemeriksa";
/// The role of whoever answers for a technical OPD.
pub const OPD_TEKNIS: &str = "perizinan.opd-teknis";
/// The role of survey teams.
pub const SURVEYOR: &str = "perizinan.surveyor";
/// The role of treasurers.
pub const BENDAHARA: &str = "perizinan.bendahara";
/// The role of heads of section.
pub const KASI: &str = "perizinan.kasi";
/// The role of heads of division.
pub const KABID: &str = "perizinan.kabid";
/// The role of the secretary.
pub const SEKRETARIS: &str = "perizinan.sekretaris";
/// The role of the head.
pub const KEPALA: &str = "perizinan.kepala";
/// The role of whoever keeps the types of service.
pub const PENGELOLA: &str = "perizinan.pengelola";
/// The role of the inspectorate.
pub const PENGAWAS: &str = "perizinan.pengawas";
/// The role of an auditor from outside: reads, writes nothing, and is given for a time only (by the last word of its name).
pub const PEMERIKSA_LUAR: &str = "perizinan.pemeriksa-luar";

/// The roles a regency starts with.
pub(crate) const ROLES: &[Role] = &[
    Role { id: LOKET, title: "Petugas loket perizinan", permissions: &[READ, RECEIVE, REVEAL] },
    Role { id: PEMERIKSA, title: "Pemeriksa permohonan izin", permissions: &[READ, VERIFY, REVEAL] },
    Role { id: OPD_TEKNIS, title: "Pemberi rekomendasi teknis", permissions: &[READ, RECOMMEND] },
    Role { id: SURVEYOR, title: "Pemeriksa lapangan", permissions: &[READ, SURVEY] },
    Role { id: BENDAHARA, title: "Bendahara penerimaan perizinan", permissions: &[READ, COLLECT] },
    Role { id: KASI, title: "Kepala seksi perizinan", permissions: &[READ, INITIAL_KASI, REVEAL] },
    Role { id: KABID, title: "Kepala bidang perizinan", permissions: &[READ, INITIAL_KABID, REVEAL] },
    Role { id: SEKRETARIS, title: "Sekretaris DPMPTSP", permissions: &[READ, INITIAL_SEKRETARIS] },
    Role { id: KEPALA, title: "Kepala DPMPTSP", permissions: &[READ, SIGN, INSPECT, READ_ANGKA] },
    Role { id: PENGELOLA, title: "Pengelola layanan perizinan", permissions: &[READ, CONFIGURE, IMPORT] },
    Role { id: PENGAWAS, title: "Pengawas perizinan", permissions: &[INSPECT, REVIEW, READ_ANGKA] },
    Role { id: PEMERIKSA_LUAR, title: "Pemeriksa luar perizinan", permissions: &[INSPECT] },
];
