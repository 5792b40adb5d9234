//! The permissions identity declares.

use praja_kernel::Permission;

/// Sees the people, posts and accounts of the own OPD and works on them.
pub const MANAGE_PEOPLE: Permission = Permission::new("identity.manage-people");
/// Extends [`MANAGE_PEOPLE`] to every OPD.
pub const MANAGE_ALL_OPD: Permission = Permission::new("identity.manage-all-opd");
/// Gives and takes roles in the own OPD, and makes roles of its own.
pub const MANAGE_ROLES: Permission = Permission::new("identity.manage-roles");
/// Sees the accounts of citizens and bodies, compares their papers, blocks and unblocks.
pub const MANAGE_WARGA: Permission = Permission::new("identity.manage-warga");
/// Reads the audit trail.
pub const READ_AUDIT: Permission = Permission::new("identity.read-audit");
/// Sees how the backups of the installation stand, and where they lie.
pub const READ_CADANGAN: Permission = Permission::new("identity.read-cadangan");

/// Lets other programs work with the letters of the own OPD by tokens, as far as one's own rights there go, and tells them what happens.
pub const MANAGE_TOKEN: Permission = Permission::new("identity.manage-token");

/// Every permission with what it allows.
pub(crate) const ALL: &[(Permission, &str)] = &[
    (MANAGE_PEOPLE, "Mengelola pegawai, jabatan dan akun pada OPD sendiri"),
    (MANAGE_ALL_OPD, "Mengelola pegawai, jabatan dan akun pada semua OPD"),
    (MANAGE_ROLES, "Memberi, mencabut dan membuat peran pada OPD sendiri"),
    (MANAGE_WARGA, "Mencocokkan dan memblokir akun warga dan badan"),
    (READ_AUDIT, "Membaca jejak audit"),
    (READ_CADANGAN, "Melihat cadangan dan latihan pulih"),
    (MANAGE_TOKEN, "Menghubungkan aplikasi lain dengan surat OPD sendiri: token dan webhook"),
];
