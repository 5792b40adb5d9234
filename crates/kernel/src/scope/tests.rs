use super::*;

const READ: Permission = Permission::new("eoffice.read-surat");
const REGISTER: Permission = Permission::new("eoffice.register-surat-masuk");
const SIGN: Permission = Permission::new("eoffice.sign-surat");

fn id(number: u8) -> Id {
    Id::v7(0, [number; 10])
}

fn clerk() -> Scope {
    let (own, former) = (id(1), id(2));
    Scope {
        actor: Actor::Pegawai { id: id(9), nama: "Siti Aminah".into() },
        acting: Some(ActingAs {
            penugasan: id(7),
            jabatan: id(5),
            nama: "Plt. Kasubag Umum".into(),
            opd: own,
            opd_nama: "Dinas Kesehatan".into(),
        }),
        opd_set: vec![own, former],
        roles: vec!["eoffice.tata-usaha".into()],
        permissions: vec![READ, REGISTER],
    }
}

#[test]
fn a_scope_may_only_what_its_roles_allow() {
    let scope = clerk();
    assert!(scope.may(READ) && scope.may(REGISTER) && !scope.may(SIGN));
    assert_eq!(REGISTER.module(), "eoffice");
}

#[test]
fn rows_of_the_predecessors_of_an_opd_are_covered() {
    let scope = clerk();
    assert_eq!(scope.opd(), Some(id(1)));
    assert!(scope.covers_opd(id(1)) && scope.covers_opd(id(2)) && !scope.covers_opd(id(3)));
}

#[test]
fn rows_are_visible_to_the_opds_the_post_and_the_person() {
    let expected =
        [format!("opd:{}", id(1)), format!("opd:{}", id(2)), format!("jabatan:{}", id(5)), format!("pegawai:{}", id(9))];
    assert_eq!(clerk().subjects(), expected);
}

#[test]
fn praja_itself_acts_without_the_rights_of_a_person() {
    let scope = Scope::system("desk.remind");
    assert_eq!(scope.subjects(), ["sistem:desk.remind"]);
    assert!(!scope.may(READ) && scope.opd().is_none());
    assert_eq!((scope.actor.nama(), scope.actor.id()), ("Praja (otomatis)", None));
}
