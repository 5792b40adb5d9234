//! OPD that take a new name, merge, melt into a new one, or close; and names at log-in that follow a changed NIP or e-mail address.

use praja_identity::{jabatan, opd, penugasan::Jenis};
use praja_kernel::Id;
use praja_testkit::Kit;

use crate::{
    impor,
    jabatan::post,
    password,
    people::{DAY_MS, Ear, first, holder, office, send, turn_day},
    regency, signed_in, stranger,
};

#[test]
fn an_opd_takes_a_new_name_and_keeps_its_past() {
    let (kit, _) = regency();
    let mut admin = signed_in(&kit, "superadmin");
    let old = office(&kit, "Dinsos");
    let social = post(&kit, "kepala dinas sosial");
    let path = format!("/identity/opd/{old}/ganti-nama");
    let fields = [
        ("nama", "Dinas Sosial dan Pemberdayaan"),
        ("singkatan", "Dinsosdaya"),
        ("kode", "1.06.02"),
        ("jenis", "dinas"),
        ("berlaku_dari", "2026-11-22"),
        ("alasan", "Perda 3/2026"),
    ];
    assert_eq!(send(&mut admin, &path, &fields[..5]).status, 422, "without its regulation");
    assert_eq!(send(&mut admin, &path, &fields).status, 303);
    let new = office(&kit, "Dinsosdaya");
    let moved = kit.instance.db.read(|tx| jabatan::get(tx, social)).expect("read").expect("the post is there");
    assert_eq!(moved.opd, new, "posts go along");
    assert_eq!(holder(&kit, social).map(|(_, jenis)| jenis), Some(Jenis::Plt), "and their holders");
    let page = admin.get(&format!("/identity/opd/{old}"));
    assert!(page.says("OPD ini berakhir 21 November 2026") && page.says("Buka Dinas Sosial dan Pemberdayaan"), "{}", page.body);
    assert!(admin.get(&format!("/identity/opd/{new}")).says("Melanjutkan"));
    assert!(admin.get("/identity/opd?keadaan=berakhir").says("Berakhir 21 Nov 2026"));
    assert_eq!(send(&mut admin, &path, &fields).status, 422, "it has ended");
}

#[test]
fn a_merger_that_was_decided_for_later_waits_and_can_be_called_off() {
    let (kit, _) = regency();
    let mut admin = signed_in(&kit, "superadmin");
    let (from, to) = (office(&kit, "Disparbud"), office(&kit, "Disperindag"));
    let head = post(&kit, "kepala dinas pariwisata");
    let path = format!("/identity/opd/{from}/gabung");
    let fields = [("ke_teks", "perindustrian"), ("cara", "pindah"), ("berlaku", "2026-11-25"), ("alasan", "Perda 4/2026")];
    assert_eq!(
        send(&mut admin, &path, &[("ke_teks", "pariwisata"), ("cara", "pindah"), ("berlaku", "2026-11-25"), ("alasan", "x")])
            .status,
        422
    );
    assert_eq!(send(&mut admin, &path, &fields).status, 303);
    let page = admin.get(&format!("/identity/opd/{from}"));
    assert!(page.says("digabungkan ke OPD lain pada 25 November 2026") && page.says("Batalkan rencana"), "{}", page.body);
    assert!(admin.get("/identity/opd").says("Buka rencananya"));
    assert!(send(&mut admin, &path, &fields).says("Sudah ada rencana perubahan"), "one plan at a time");
    let cancel = page.body.split("action=\"").find(|part| part.starts_with("/identity/rencana/")).expect("a button");
    let cancel = cancel.split('"').next().expect("an address").to_owned();
    assert_eq!(admin.fill(&format!("/identity/opd/{from}"), &cancel, &[]).status, 303);
    kit.clock.move_ms(4 * DAY_MS);
    turn_day(&kit);
    assert_eq!(office(&kit, "Disparbud"), from, "nothing happened");
    // Decided again, for a day that comes.
    let mut admin = signed_in(&kit, "superadmin");
    let fields = [("ke_teks", "perindustrian"), ("cara", "akhiri"), ("berlaku", "2026-11-27"), ("alasan", "Perda 4/2026")];
    assert_eq!(send(&mut admin, &path, &fields).status, 303);
    kit.clock.move_ms(DAY_MS);
    turn_day(&kit);
    let active = kit.instance.db.read(opd::list_active).expect("read");
    assert!(active.iter().all(|one| one.id != from));
    assert_eq!(holder(&kit, head), None, "its posts ended");
    let mut admin = signed_in(&kit, "superadmin");
    assert!(admin.get(&format!("/identity/opd/{to}")).says("Melanjutkan"));
    assert!(admin.get(&format!("/identity/orang?opd={to}")).says("Wahyudi"), "its people are on the books of the other");
}

#[test]
fn an_opd_with_units_is_not_closed_and_one_without_is() {
    let (kit, _) = regency();
    let mut admin = signed_in(&kit, "superadmin");
    let path = |id: Id| format!("/identity/opd/{id}/tutup");
    let fields = [("berlaku", "2026-11-22"), ("alasan", "Perda 5/2026")];
    let kecamatan = office(&kit, "Kec. Tanjung Harapan");
    assert!(send(&mut admin, &path(kecamatan), &fields).says("2 unit di bawahnya"));
    let far = office(&kit, "Kec. Muara Jernih");
    assert_eq!(send(&mut admin, &path(far), &fields).status, 303);
    assert!(kit.instance.db.read(opd::list_active).expect("read").iter().all(|one| one.id != far));
    assert_eq!(holder(&kit, post_ended(&kit, "camat muara jernih")), None);
}

/// A post that was abolished, by the last word of the list of those.
fn post_ended(kit: &Kit, words: &str) -> Id {
    let page = signed_in(kit, "superadmin").get(&format!("/identity/jabatan?keadaan=dihapus&q={}", words.replace(' ', "+")));
    let at = first(&page, "jabatan");
    at.rsplit('/').next().and_then(|id| id.parse().ok()).expect("an identity")
}

#[test]
fn two_opd_melt_into_a_new_one_after_a_preview() {
    let (kit, _) = regency();
    let mut admin = signed_in(&kit, "superadmin");
    let (one, two) = (office(&kit, "Disparbud"), office(&kit, "Disperindag"));
    let heads = [post(&kit, "kepala dinas pariwisata"), post(&kit, "kepala dinas perindustrian")];
    let path = "/identity/opd/lebur";
    let fields = [
        ("satu_teks", "pariwisata"),
        ("dua_teks", "perindustrian"),
        ("nama", "Dinas Pariwisata dan Perdagangan"),
        ("singkatan", "Disparindag"),
        ("kode", "3.26.3.30"),
        ("jenis", "dinas"),
        ("berlaku_dari", "2026-11-22"),
        ("alasan", "Perda 5/2026"),
    ];
    let same: Vec<(&str, &str)> =
        fields.iter().map(|(name, value)| (*name, if *name == "dua_teks" { "pariwisata" } else { value })).collect();
    let page = send(&mut admin, path, &same);
    assert!(page.status == 422 && page.says("keduanya OPD yang sama") && page.says("value=\"Disparindag\""), "{}", page.body);
    let preview = send(&mut admin, path, &fields);
    assert!(preview.status == 200 && preview.says("Leburkan kedua OPD") && preview.says("jabatan,"), "{}", preview.body);
    assert!(
        preview.says(
            "penugasan Benyamin Rumbiak, S.E. sebagai Kepala Dinas Perindustrian dan Perdagangan berakhir 21 November 2026"
        ) && preview.says("sebagai Plt. sampai 21 Februari 2027"),
        "{}",
        preview.body
    );
    assert_eq!(office(&kit, "Disparbud"), one, "a preview changes nothing");
    let with = |more: &[(&'static str, String)]| {
        let mut sure: Vec<(&str, String)> = fields.iter().map(|(name, value)| (*name, (*value).to_owned())).collect();
        sure.push(("setuju", "ya".into()));
        sure.extend(more.iter().cloned());
        sure
    };
    let mut sent = |more: &[(&'static str, String)]| {
        let all = with(more);
        let all: Vec<(&str, &str)> = all.iter().map(|(name, value)| (*name, value.as_str())).collect();
        send(&mut admin, path, &all)
    };
    let ear = Ear::of(&kit);
    let undecided = sent(&[]);
    assert!(undecided.status == 422 && undecided.says("Pilih jabatan yang memimpin OPD baru"), "{}", undecided.body);
    assert_eq!(office(&kit, "Disparbud"), one, "nothing without a choice");
    let done = sent(&[("pimpin", two.to_string())]);
    assert_eq!(done.status, 303, "{}", done.body);
    let new = office(&kit, "Disparindag");
    let active = kit.off(|instance| instance.db.read(opd::list_active)).expect("read");
    assert!(active.iter().all(|opd| opd.id != one && opd.id != two), "both ended");
    for head in heads {
        let moved = kit.off(|instance| instance.db.read(|tx| jabatan::get(tx, head))).expect("read").expect("the post is there");
        assert_eq!(moved.opd, new, "posts go along");
    }
    // The chosen head leads, and finishes what is open at the other, which ends by itself.
    let leads = kit.off(|instance| instance.db.read(|tx| jabatan::head_of(tx, new))).expect("read").expect("a head");
    assert_eq!(leads.id, heads[1]);
    assert_eq!(holder(&kit, heads[1]), Some(("Benyamin Rumbiak, S.E.".into(), Jenis::Definitif)));
    assert_eq!(holder(&kit, heads[0]), Some(("Benyamin Rumbiak, S.E.".into(), Jenis::Plt)));
    let heard = ear.heard(&kit);
    assert!(
        heard.len() == 1 && heard[0].jabatan == heads[0] && heard[0].dari.is_some() && heard[0].kepada.is_some(),
        "{heard:?}"
    );
    let registry = post(&kit, "pengadministrasi persuratan dinas pariwisata");
    let above = kit.off(|instance| instance.db.read(|tx| jabatan::superior(tx, registry))).expect("read");
    assert_eq!(above.map(|post| post.id), Some(heads[1]), "those below stand below the head");
    let mut admin = signed_in(&kit, "superadmin");
    let page = admin.get(&format!("/identity/jabatan/{}", heads[0]));
    assert!(page.says("Jabatan ini dihapus pada 22 Februari 2027") && page.says("Dilebur ke dalam"), "{}", page.body);
    let page = admin.get(&format!("/identity/opd/{new}"));
    assert!(page.says("Melanjutkan") && page.says("Perindustrian") && page.says("Dinas Pariwisata</a>"), "{}", page.body);
    assert!(admin.get(&format!("/identity/orang?opd={new}")).says("Wahyudi"), "people are on its books");
    let mut heir = kit
        .off(|instance| {
            let sql = "SELECT pendahulu FROM identity_opd_pendahulu WHERE opd = ?1";
            instance.db.read(|tx| tx.list(sql, &[new.into()], |row| row.get::<Id>(0)))
        })
        .expect("read");
    heir.sort();
    let mut both = vec![one, two];
    both.sort();
    assert_eq!(heir, both, "it sees the files and registers of both");
}

#[test]
fn a_melting_planned_for_later_stands_on_the_pages_of_both_and_happens_on_its_day() {
    let (kit, _) = regency();
    let mut admin = signed_in(&kit, "superadmin");
    let (one, two) = (office(&kit, "Disparbud"), office(&kit, "Disperindag"));
    let fields = [
        ("satu_teks", "pariwisata"),
        ("dua_teks", "perindustrian"),
        ("nama", "Dinas Pariwisata dan Perdagangan"),
        ("singkatan", "Disparindag"),
        ("kode", "3.26.3.30"),
        ("jenis", "dinas"),
        ("berlaku_dari", "2026-11-24"),
        ("alasan", "Perda 5/2026"),
        ("setuju", "ya"),
    ];
    let first = one.to_string();
    let fields: Vec<(&str, &str)> = fields.iter().copied().chain([("pimpin", first.as_str())]).collect();
    assert_eq!(send(&mut admin, "/identity/opd/lebur", &fields).status, 303);
    for opd in [one, two] {
        let page = admin.get(&format!("/identity/opd/{opd}"));
        assert!(page.says("dilebur dengan OPD lain menjadi Dinas Pariwisata dan Perdagangan"), "{}", page.body);
    }
    let close = [("berlaku", "2026-11-25"), ("alasan", "Perda 6/2026")];
    assert!(send(&mut admin, &format!("/identity/opd/{two}/tutup"), &close).says("Sudah ada rencana perubahan"));
    kit.clock.move_ms(3 * DAY_MS);
    let head = post(&kit, "kepala dinas perindustrian");
    assert_eq!(holder(&kit, head).map(|(_, jenis)| jenis), Some(Jenis::Definitif), "until its day");
    turn_day(&kit);
    let new = office(&kit, "Disparindag");
    let leads = kit.off(|instance| instance.db.read(|tx| jabatan::head_of(tx, new))).expect("read");
    assert_eq!(leads.map(|post| post.nama), Some("Kepala Dinas Pariwisata".into()));
    assert_eq!(holder(&kit, head).map(|(_, jenis)| jenis), Some(Jenis::Plt));
    // Three months later the post that gave way is gone, with nobody's help.
    kit.clock.move_ms(93 * DAY_MS);
    turn_day(&kit);
    assert_eq!(holder(&kit, head), None);
    let posts = kit.off(|instance| instance.db.read(|tx| jabatan::list_of_opd(tx, new))).expect("read");
    assert!(posts.iter().all(|post| post.id != head) && posts.len() == 3, "{posts:?}");
}

#[test]
fn a_post_looked_for_from_a_person_s_page_knows_the_person() {
    let (kit, _) = regency();
    let mut admin = signed_in(&kit, "superadmin");
    let person = first(&admin.get("/identity/orang?q=wahyudi"), "orang");
    let page = admin.get(&person);
    let id = person.rsplit('/').next().expect("an id");
    assert!(page.says(&format!("/identity/jabatan?keadaan=kosong&amp;orang={id}")), "{}", page.body);
    let list = admin.get(&format!("/identity/jabatan?orang={id}"));
    assert!(list.says("Pilih jabatan untuk"), "{}", list.body);
    let at = list.body.find("/penugasan/baru?orang=").expect("a post leads to its form");
    let start = list.body[..at].rfind('"').expect("an address") + 1;
    let form = list.body[start..].split('"').next().expect("an address").to_owned();
    let page = admin.get(&form);
    assert!(page.says(&format!("value=\"{id}\"")) && page.says("Wahyudi"), "{}", page.body);
    assert!(admin.get(&format!("/identity/jabatan?orang={id}&q=zzz")).says("Pilih jabatan untuk"), "the search keeps the person");
}

#[test]
fn who_has_a_new_e_mail_address_logs_in_by_the_new_one_only() {
    let (kit, accounts) = regency();
    let sandi = password(&accounts, "staf").to_owned();
    let mut admin = signed_in(&kit, "superadmin");
    let find = |akun: &str| {
        let (sql, begin) = ("SELECT id FROM identity_orang WHERE email LIKE ?1", format!("{akun}@%"));
        kit.off(|instance| instance.db.read(|tx| tx.opt(sql, &[begin.as_str().into()], |row| row.get::<Id>(0))))
            .expect("read")
            .expect("known")
    };
    let staf = find("staf");
    let old: String = kit
        .off(|instance| {
            instance.db.read(|tx| tx.one("SELECT email FROM identity_orang WHERE id = ?1", &[staf.into()], |row| row.get(0)))
        })
        .expect("read");
    let log_in = |akun: &str| stranger(&kit).fill("/masuk", "/masuk", &[("akun", akun), ("sandi", sandi.as_str())]).status;
    assert_eq!(log_in(&old), 303);
    let path = format!("/identity/orang/{staf}/ubah");
    let form = admin.get(&path);
    let value = |name: &str| {
        let (_, rest) = form.body.split_once(&format!("name=\"{name}\"")).unwrap_or_else(|| panic!("a field {name}"));
        let tag = rest.split('>').next().unwrap_or_default();
        tag.split_once("value=\"").map(|(_, rest)| rest.split('"').next().unwrap_or_default().to_owned()).unwrap_or_default()
    };
    let (nama, nip) = (value("nama"), value("nip"));
    let fields = [("nama", nama.as_str()), ("nip", nip.as_str()), ("jenis", "pns"), ("email", "Staf.Baru@contoh.example")];
    let saved = send(&mut admin, &path, &fields);
    assert_eq!(saved.status, 303, "{}", saved.body);
    assert_eq!((log_in("staf.baru@contoh.example"), log_in(&old)), (303, 422));
}

#[test]
fn an_import_leaves_a_log_in_as_it_is_and_says_where_it_is_changed() {
    let (kit, _) = regency();
    let mut admin = signed_in(&kit, "superadmin");
    let file = String::from_utf8(admin.download("/identity/ekspor/pegawai?format=csv")).expect("text");
    let begin = file.find("staf@").expect("the officer has an address");
    let old = file[begin..].split([',', ';', '"', '\r', '\n']).next().expect("an address").to_owned();
    let text = file.replace(&old, "pindah@contoh.example");
    let at = impor::bring(&kit, &mut admin, "pegawai", "ubah.csv", text.as_bytes());
    let page = admin.get(&at);
    assert!(page.says("Surel orang ini dipakai untuk masuk.") && page.says("Ubah surel pada halaman pegawai"), "{}", page.body);
}
