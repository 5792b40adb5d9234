//! Citizens ask about their own data with their account, and read the answer there.

use praja_testkit::Kit;

use crate::wait;

const LIST: &str = "/desk/data-pribadi";

#[test]
fn a_citizen_asks_with_the_account_is_answered_and_nobody_else_reads_it() {
    let kit = Kit::new(&[]);
    kit.load_demo("identity");
    let mut citizen = kit.sign_in_as("warga");
    let form = wait(citizen.get("/data-pribadi/ajukan"));
    assert!(form.says("******") && !form.says("name=\"nik\""), "the NIK is that of the account: {}", form.body);
    let short =
        wait(citizen.fill("/data-pribadi/ajukan", "/data-pribadi/ajukan", &[("jenis", "akses"), ("isi", "x"), ("kontak", "?")]));
    assert!(
        short.status == 422 && short.says("Tulis 10 sampai 4000 huruf") && short.says("surel atau nomor telepon"),
        "{}",
        short.body
    );
    let fields = [("jenis", "penghapusan"), ("isi", "Hapus permohonan lama saya."), ("kontak", "warga@contoh.example")];
    let sent = wait(citizen.fill("/data-pribadi/ajukan", "/data-pribadi/ajukan", &fields));
    assert_eq!(sent.status, 303, "{}", sent.body);
    let page = wait(citizen.get("/data-pribadi"));
    assert!(page.says("DP-2026-00001") && page.says("sisa 72 jam") && page.says("Menunggu jawaban"), "{}", page.body);
    kit.clock.move_ms(73 * 60 * 60 * 1000);
    let mut officer = kit.sign_in_as("desk.pengelola");
    let list = wait(officer.get(LIST));
    assert!(list.says("lewat 1 jam"), "{}", list.body);
    let at =
        list.body.split("data-href=\"").find(|row| row.contains("DP-2026-00001")).unwrap().split('"').next().unwrap().to_owned();
    let versi = wait(officer.get(&at)).hidden("versi").unwrap().to_owned();
    let refuse = [("versi", versi.as_str()), ("hasil", "ditolak"), ("jawaban", "Permohonan adalah arsip negara.")];
    let answer = wait(officer.upload(&at, &format!("{at}/jawab"), &refuse, &[]));
    assert!(answer.status == 422 && answer.says("Penolakan menyebut peraturan"), "{}", answer.body);
    let mut whole = refuse.to_vec();
    whole.push(("dasar", "UU 43/2009 tentang Kearsipan"));
    assert_eq!(wait(officer.upload(&at, &format!("{at}/jawab"), &whole, &[])).status, 303);
    let mut citizen = kit.sign_in_as("warga");
    let page = wait(citizen.get("/data-pribadi"));
    assert!(
        page.says("Permohonan adalah arsip negara.") && page.says("UU 43/2009") && page.says("Ditolak dengan alasan"),
        "{}",
        page.body
    );
    assert!(!wait(kit.stranger().get("/data-pribadi")).says("DP-2026-00001"));
    assert_ne!(wait(kit.stranger().get("/data-pribadi/ajukan")).status, 200);
    assert_eq!(wait(kit.sign_in_as("tata-usaha").get(LIST)).status, 403);
}
