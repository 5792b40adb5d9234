//! Rights and roles of the desk.

use praja_kernel::Permission;

/// The right to work with the inbox and the search: everybody with an office account holds it through [`PEGAWAI`].
pub const USE_DESK: Permission = Permission::new("desk.use-desk");
/// Adds, changes and merges outside agencies and people.
pub const MANAGE_INSTANSI: Permission = Permission::new("desk.manage-instansi");
/// Sees the registers of the own OPD, sets numbers aside, enters those from paper and cancels.
pub const MANAGE_REGISTER: Permission = Permission::new("desk.manage-register");
/// Extends [`MANAGE_REGISTER`] to every OPD, and sets how kinds of naskah are numbered.
pub const MANAGE_ALL_REGISTER: Permission = Permission::new("desk.manage-all-register");
/// Keeps the working calendar: days off, closures, the decree of a year.
pub const MANAGE_CALENDAR: Permission = Permission::new("desk.manage-calendar");
/// Reads and answers the complaints of the own OPD.
pub const ANSWER_PENGADUAN: Permission = Permission::new("desk.answer-pengaduan");
/// Reads how satisfied people are with the own OPD.
pub const READ_KEPUASAN: Permission = Permission::new("desk.read-kepuasan");
/// Reads how services do in the whole regency, in figures and without anybody's case: what each module gives its leaders.
pub const READ_ANGKA: Permission = Permission::new("desk.read-angka");
/// Answers what people ask about their own data, and keeps the record of failures to protect them.
pub const MANAGE_DATA_PRIBADI: Permission = Permission::new("desk.manage-data-pribadi");
/// Reads what every office measured of its line.
pub const READ_UKUR: Permission = Permission::new("desk.read-ukur");
/// Reads what the participants of a training did.
pub const READ_LATIHAN: Permission = Permission::new("desk.read-latihan");
/// Receives what is for the inspectorate: reports of wrongs, and complaints about officers.
pub const INSPECT_PENGADUAN: Permission = Permission::new("desk.inspect-pengaduan");
/// Writes complaints down for people at a counter, on the telephone or at SP4N-LAPOR.
pub const RECORD_PENGADUAN: Permission = Permission::new("desk.record-pengaduan");
/// Extends [`ANSWER_PENGADUAN`] and [`READ_KEPUASAN`] to every OPD, and to complaints whose OPD nobody has decided.
pub const MANAGE_PENGADUAN: Permission = Permission::new("desk.manage-pengaduan");
/// The role that every account of an officer holds.
pub const PEGAWAI: &str = "desk.pegawai";
/// The role of whoever answers complaints.
pub const PENJAWAB: &str = "desk.penjawab-pengaduan";
/// The role of whoever receives complaints for the inspectorate.
pub const PENGAWAS: &str = "desk.pengawas-pengaduan";
/// The role of whoever keeps the desk of the whole regency in order.
pub const PENGELOLA: &str = "desk.pengelola";

/// The right to set up ways out for notices and to see what became of messages.
pub const MANAGE_NOTICES: Permission = Permission::new("desk.manage-notices");

/// The right to set how long a front-office device may stay untouched.
pub const MANAGE_LOKET: Permission = Permission::new("desk.manage-loket");

/// The right to set how the regency signs: its own authority, its e-sign server.
pub const MANAGE_TTE: Permission = Permission::new("desk.manage-tanda-tangan");
