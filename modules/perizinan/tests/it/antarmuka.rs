//! Other programs are told of every step by a number and a state, and of nothing else.

use crate::{
    Person,
    alur::{NIK, kit, send, skp},
};

#[test]
fn a_program_is_told_of_every_step_of_an_application_and_of_nobody_in_it() {
    let kit = kit();
    let mut keeper = Person::officer(&kit, "pengelola-izin");
    let form = "/identity/webhook/baru";
    let made = keeper.fill(
        form,
        form,
        &[("nama", "Aplikasi warga"), ("alamat", "http://10.0.0.9/kabar"), ("peristiwa", "permohonan-izin.berubah")],
    );
    assert!(made.status == 303 || made.status == 200, "{}", made.body);
    let list = keeper.get("/identity/webhook");
    let hook = list
        .body
        .split("href=\"")
        .filter_map(|part| part.split('"').next())
        .find(|to| to.strip_prefix("/identity/webhook/").is_some_and(|id| id.len() == 36))
        .unwrap_or_else(|| panic!("it is listed: {}", list.body))
        .to_owned();
    let mut citizen = Person::stranger(&kit);
    let resi = skp(&mut citizen);
    send(&mut citizen, &resi);
    kit.work();
    let told = keeper.get(&hook);
    assert!(told.says("Permohonan izin berubah keadaan") && told.says("SKP-20261122-0001"), "{}", told.body);
    assert!(told.says("Ditahan (latihan)") && !told.body.contains(NIK) && !told.says("Siti Rahma"), "{}", told.body);
}
