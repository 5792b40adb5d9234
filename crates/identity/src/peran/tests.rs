use super::*;
use crate::rights::{MANAGE_ALL_OPD, MANAGE_PEOPLE, MANAGE_ROLES, MANAGE_TOKEN, MANAGE_WARGA, READ_AUDIT, READ_CADANGAN};

fn grant(peran: &str, opd: Option<Id>) -> Grant {
    Grant { peran: peran.into(), opd }
}

fn id(n: u8) -> Id {
    Id::v7(0, [n; 10])
}

#[test]
fn permissions_of_several_roles_are_joined_and_sorted() {
    let registry = Registry::of(&[&crate::MODULE]);
    let grants = [grant("identity.superadmin", None), grant("identity.auditor", None), grant("identity.admin-opd", None)];
    let (roles, permissions) = registry.resolve(&grants, &[], Some(id(1)));
    assert_eq!(roles, ["identity.admin-opd", "identity.auditor", "identity.superadmin"]);
    let mut expected = vec![MANAGE_PEOPLE, MANAGE_ALL_OPD, MANAGE_ROLES, MANAGE_WARGA, READ_AUDIT, READ_CADANGAN, MANAGE_TOKEN];
    expected.sort();
    assert_eq!(permissions, expected);
}

#[test]
fn a_role_bound_to_an_opd_counts_only_there() {
    let registry = Registry::of(&[&crate::MODULE]);
    let grants = [grant("identity.admin-opd", Some(id(1)))];
    assert_eq!(registry.resolve(&grants, &[], Some(id(1))).1, [MANAGE_PEOPLE, MANAGE_ROLES, MANAGE_TOKEN]);
    assert!(registry.resolve(&grants, &[], Some(id(2))).1.is_empty());
    assert!(registry.resolve(&grants, &[], None).1.is_empty());
}

#[test]
fn a_role_of_a_module_that_is_not_in_the_binary_allows_nothing() {
    let registry = Registry::of(&[&crate::MODULE]);
    let (roles, permissions) = registry.resolve(&[grant("hilang.petugas", None)], &[], Some(id(1)));
    assert_eq!(roles, ["hilang.petugas"]);
    assert!(permissions.is_empty());
}

#[test]
fn a_role_of_ones_own_making_allows_what_it_names_where_it_counts() {
    let registry = Registry::of(&[&crate::MODULE]);
    let izin = [grant("identity.read-audit", Some(id(1))), grant("hilang.baca-semua", None)];
    assert_eq!(registry.resolve(&[], &izin, Some(id(1))).1, [READ_AUDIT], "what no module knows allows nothing");
    assert!(registry.resolve(&[], &izin, Some(id(2))).1.is_empty());
}
