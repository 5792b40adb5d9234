use super::*;
use crate::rights::{MANAGE_PEOPLE, MANAGE_ROLES};

const READ_SURAT: Permission = Permission::new("eoffice.read-surat-masuk");
const CALENDAR: Permission = Permission::new("desk.manage-calendar");
const EVERY: [Permission; 6] = [MANAGE_PEOPLE, MANAGE_ROLES, MANAGE_ALL_OPD, READ_AUDIT, READ_SURAT, CALENDAR];

fn id(n: u8) -> Id {
    Id::v7(0, [n; 10])
}

fn giver(permissions: &[Permission]) -> Giver {
    let mut permissions = permissions.to_vec();
    permissions.sort();
    Giver { orang: id(1), jabatan: vec![id(11), id(12)], permissions }
}

fn admin() -> Giver {
    giver(&[MANAGE_PEOPLE, MANAGE_ROLES])
}

fn superadmin() -> Giver {
    giver(&[MANAGE_PEOPLE, MANAGE_ROLES, MANAGE_ALL_OPD])
}

#[test]
fn an_admin_gives_the_work_of_services_and_what_the_admin_holds_and_nothing_of_the_whole_regency() {
    let table = [
        (MANAGE_PEOPLE, true, true),
        (MANAGE_ROLES, true, true),
        (MANAGE_ALL_OPD, false, true),
        (READ_AUDIT, false, true),
        (READ_SURAT, true, true),
        (CALENDAR, false, true),
    ];
    for (permission, by_admin, by_superadmin) in table {
        assert_eq!(admin().may_give(permission), by_admin, "{}", permission.name());
        assert_eq!(superadmin().may_give(permission), by_superadmin, "{}", permission.name());
    }
}

#[test]
fn nobody_passes_on_administration_without_holding_it() {
    let clerk = giver(&[MANAGE_ROLES, READ_AUDIT, CALENDAR]);
    assert!(!clerk.may_give(MANAGE_PEOPLE) && !clerk.may_give(MANAGE_ALL_OPD));
    assert!(clerk.may_give(READ_AUDIT) && clerk.may_give(CALENDAR), "what one holds");
}

#[test]
fn nobody_gives_to_oneself_or_to_a_post_one_holds() {
    for target in
        [Target::Orang(id(1), None), Target::Orang(id(1), Some(id(50))), Target::Jabatan(id(11)), Target::Jabatan(id(12))]
    {
        assert_eq!(give(&superadmin(), &[READ_SURAT], target), Err(Refusal::ToOneself));
    }
    assert_eq!(give(&superadmin(), &[READ_SURAT], Target::Jabatan(id(13))), Ok(()));
    assert_eq!(give(&superadmin(), &[READ_SURAT], Target::Orang(id(2), None)), Ok(()));
}

/// Somebody must appoint the first holder of each role; whoever administers the regency does so for others and sees no letter by it.
#[test]
fn a_superadmin_gives_others_what_the_superadmin_does_not_hold_and_gains_nothing_by_it() {
    let who = superadmin();
    for izin in [READ_SURAT, CALENDAR, READ_AUDIT] {
        assert!(!who.holds(izin), "{}", izin.name());
        assert_eq!(give(&who, &[izin], Target::Jabatan(id(13))), Ok(()));
        assert_eq!(give(&who, &[izin], Target::Orang(id(2), None)), Ok(()));
        for own in [Target::Orang(who.orang, None), Target::Orang(who.orang, Some(id(50))), Target::Jabatan(id(11))] {
            assert_eq!(give(&who, &[izin], own), Err(Refusal::ToOneself), "{} to oneself", izin.name());
        }
        // Nor by putting it into a role of one's own making that one holds already.
        let mut wanted = vec![MANAGE_ROLES, izin];
        wanted.sort();
        let draft = Draft { nama: "Pengelola".into(), keterangan: String::new(), izin: wanted };
        let raised = check(&who, &Registry::default(), &draft, Some((&[MANAGE_ROLES], true)), &[]);
        assert_eq!(raised, Err(vec![Refusal::ToOneself]), "{}", izin.name());
    }
}

#[test]
fn an_admin_gives_a_person_a_role_for_an_opd_only() {
    assert_eq!(give(&admin(), &[READ_SURAT], Target::Orang(id(2), None)), Err(Refusal::OpdMissing));
    assert_eq!(give(&admin(), &[READ_SURAT], Target::Orang(id(2), Some(id(50)))), Ok(()));
    assert_eq!(give(&admin(), &[READ_SURAT, READ_AUDIT], Target::Jabatan(id(13))), Err(Refusal::MoreThanMay));
    assert_eq!(give(&admin(), &[], Target::Jabatan(id(13))), Err(Refusal::Empty));
}

/// Whatever set of permissions somebody holds and whatever role they try to give or raise, their own rights stay the same.
#[test]
fn no_act_adds_to_the_rights_of_whoever_does_it() {
    for mask in 0_u32..64 {
        let held: Vec<Permission> =
            EVERY.iter().enumerate().filter(|(at, _)| mask & (1 << at) != 0).map(|(_, one)| *one).collect();
        let who = giver(&held);
        for role in 1_u32..64 {
            let mut wanted: Vec<Permission> =
                EVERY.iter().enumerate().filter(|(at, _)| role & (1 << at) != 0).map(|(_, one)| *one).collect();
            wanted.sort();
            for target in [Target::Orang(who.orang, Some(id(50))), Target::Jabatan(id(11))] {
                assert!(give(&who, &wanted, target).is_err(), "{held:?} gives {wanted:?} to oneself");
            }
            // A role that is held is raised: what is new in it must be held already.
            let draft = Draft { nama: "Petugas".into(), keterangan: String::new(), izin: wanted.clone() };
            let before: Vec<Permission> = wanted.iter().copied().filter(|one| held.contains(one)).collect();
            let raised = check(&who, &Registry::default(), &draft, Some((&before, true)), &[]);
            assert_eq!(raised.is_ok(), before.len() == wanted.len(), "{held:?} raises {before:?} to {wanted:?}");
        }
    }
}

#[test]
fn a_role_of_ones_own_making_has_a_name_of_its_own_and_permissions_one_may_give() {
    let draft = |nama: &str, izin: &[Permission]| Draft { nama: nama.into(), keterangan: String::new(), izin: izin.to_vec() };
    let taken = ["pembaca surat".to_owned()];
    let ok = |draft: &Draft| check(&admin(), &Registry::of(&[&crate::MODULE]), draft, None, &taken);
    assert_eq!(ok(&draft("Penerima surat", &[READ_SURAT])), Ok(()));
    let cases = [
        (draft("ab", &[READ_SURAT]), Refusal::Name),
        (draft("Pembaca  SURAT", &[READ_SURAT]), Refusal::NameTaken { nama: "Pembaca  SURAT".into() }),
        (draft("superadmin", &[READ_SURAT]), Refusal::NameTaken { nama: "superadmin".into() }),
        (draft("Penerima surat", &[]), Refusal::NoPermission),
        (draft("Penerima surat", &[READ_AUDIT]), Refusal::MoreThanMay),
    ];
    for (draft, expected) in cases {
        assert_eq!(ok(&draft), Err(vec![expected]));
    }
}

#[test]
fn a_mightier_role_is_not_changed_by_a_lesser_admin() {
    let draft = Draft { nama: "Pengawas".into(), keterangan: String::new(), izin: vec![READ_SURAT] };
    let before = [READ_AUDIT, READ_SURAT];
    assert_eq!(check(&admin(), &Registry::default(), &draft, Some((&before, false)), &[]), Err(vec![Refusal::MoreThanMay]));
    assert_eq!(check(&superadmin(), &Registry::default(), &draft, Some((&before, false)), &[]), Ok(()));
}
