//! A leader's agenda is kept, collides aloud, is given away, reported on, and followed by a telephone.

use praja_eoffice::MODULE;
use praja_testkit::Kit;

use crate::{KABID, Officer, register};

const AGENDA: &str = "/eoffice/agenda";
const BARU: &str = "/eoffice/agenda/baru";

fn event<'a>(changes: &[(&'a str, &'a str)]) -> Vec<(&'a str, &'a str)> {
    let mut fields = vec![
        ("judul", "Rapat koordinasi stunting"),
        ("tanggal", "23-11-2026"),
        ("mulai", "08.30"),
        ("selesai", "10.00"),
        ("tempat", "Aula Bappeda"),
    ];
    for change in changes {
        fields.retain(|(name, _)| name != &change.0);
        fields.push(*change);
    }
    fields
}

/// Sends a form of the agenda with its hidden fields.
fn send(officer: &mut Officer<'_>, page: &str, fields: &[(&str, &str)]) -> praja_testkit::Page {
    let shown = officer.get(page);
    let hidden: Vec<(String, String)> = ["pimpinan", "versi", "surat"]
        .iter()
        .filter_map(|name| shown.hidden(name).map(|value| ((*name).to_owned(), value.to_owned())))
        .filter(|(name, _)| fields.iter().all(|(given, _)| given != name))
        .collect();
    let mut all: Vec<(&str, &str)> = hidden.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    all.extend(fields);
    officer.fill(page, page, &all)
}

#[test]
fn the_registry_puts_an_invitation_on_the_leaders_agenda_and_a_collision_is_named() {
    let kit = Kit::new(&[&MODULE]);
    let mut tu = Officer::of(&kit, "tata-usaha");
    let letter = register(&mut tu, &[("hal", "Undangan rapat koordinasi stunting")]);
    let new = format!("{BARU}?surat={}", letter.rsplit('/').next().unwrap_or_default());
    let form = tu.get(&new);
    assert!(form.says("Undangan rapat koordinasi stunting") && form.says("Badan Pusat Statistik"), "{}", form.body);
    let empty = send(&mut tu, &new, &event(&[("judul", ""), ("mulai", "pagi")]));
    assert!(
        empty.status == 422 && empty.says("Nama acara belum diisi") && empty.says("bukan waktu") && empty.says("Aula Bappeda")
    );
    let saved = send(&mut tu, &new, &event(&[]));
    assert_eq!(saved.status, 303, "{}", saved.body);
    let page = saved.location.unwrap();
    assert!(tu.get(&page).says("Senin, 23 November 2026, pukul 08.30 sampai 10.00"), "{}", tu.get(&page).body);
    assert!(tu.get(&letter).says("Rapat koordinasi stunting"), "the letter names what it led to");

    let close = event(&[("judul", "Apel"), ("mulai", "10.15"), ("selesai", "11.00")]);
    let collides = send(&mut tu, BARU, &close);
    assert!(
        collides.status == 422 && collides.says("bertabrakan") && collides.says("Rapat koordinasi stunting"),
        "{}",
        collides.body
    );
    assert!(collides.says("Tetap simpan"), "{}", collides.body);
    let mut meant = close.clone();
    meant.push(("tetap", "ya"));
    assert_eq!(send(&mut tu, BARU, &meant).status, 303);

    let week = tu.get(&format!("{AGENDA}?dari=2026-11-23&sampai=2026-11-29"));
    assert!(week.says("Apel") && week.says("Aula Bappeda"), "{}", week.body);
    let sheet = tu.get(&format!("{AGENDA}/lembar?tanggal=2026-11-23"));
    assert!(sheet.says("08.30–10.00") && sheet.says("Apel"), "{}", sheet.body);
    let csv = tu.get(&format!("{AGENDA}/unduh?dari=2026-11-23&sampai=2026-11-29&format=csv"));
    assert!(csv.says("Rapat koordinasi stunting") && csv.says("Aula Bappeda"), "{}", csv.body);
}

#[test]
fn a_closed_event_is_read_by_the_leader_and_shows_others_only_its_time() {
    let kit = Kit::new(&[&MODULE]);
    let mut kadis = Officer::of(&kit, "kadis");
    let saved = send(&mut kadis, BARU, &event(&[("judul", "Pembinaan pegawai"), ("tertutup", "ya")]));
    assert_eq!(saved.status, 303, "{}", saved.body);
    let page = saved.location.unwrap();
    let mut staf = Officer::of(&kit, "staf");
    let list = staf.get(&format!("{AGENDA}?dari=2026-11-23&sampai=2026-11-29"));
    assert!(list.says("Acara tertutup") && !list.says("Pembinaan pegawai") && !list.says("Aula Bappeda"), "{}", list.body);
    let shown = staf.get(&page);
    assert!(shown.status == 200 && !shown.says("Pembinaan pegawai") && !shown.says("Ubah acara"), "{}", shown.body);
    assert_ne!(staf.get(&format!("{page}/ubah")).status, 200);
    assert!(!staf.get(&format!("{AGENDA}/unduh?dari=2026-11-23&format=csv")).says("Pembinaan"));
    let mut tu = Officer::of(&kit, "tata-usaha");
    assert!(!tu.get(&page).says("Pembinaan pegawai"), "the registry does not read it either");
    let collides = send(&mut tu, BARU, &event(&[]));
    assert!(collides.status == 422 && collides.says("acara tertutup") && !collides.says("Pembinaan"), "{}", collides.body);
    assert_eq!(Officer::of(&kit, "tu.setda").get(&page).status, 404, "another office does not even know of it");
}

#[test]
fn an_event_is_given_to_somebody_else_who_has_a_task_until_it_is_taken_back() {
    let kit = Kit::new(&[&MODULE]);
    let mut kadis = Officer::of(&kit, "kadis");
    let page = send(&mut kadis, BARU, &event(&[])).location.unwrap();
    let give = format!("{page}/tindakan/wakilkan");
    let nobody = send(&mut kadis, &give, &[]);
    assert!(nobody.status == 422 && nobody.says("Pilih jabatan yang mewakili"), "{}", nobody.body);
    let own = send(&mut kadis, &give, &[("wakil_teks", "Kepala Dinas Kesehatan")]);
    assert!(own.status == 422 && own.says("tidak mewakili dirinya"), "{}", own.body);
    let given = send(&mut kadis, &give, &[("wakil_teks", KABID)]);
    assert_eq!(given.status, 303, "{}", given.body);
    let mut kabid = Officer::of(&kit, "kabid");
    assert!(kabid.inbox().contains("Rapat koordinasi stunting"));
    assert!(kabid.get(&format!("{AGENDA}?pimpinan=mewakili&dari=2026-11-23")).says("Rapat koordinasi stunting"));
    assert!(kabid.get(&page).says("Aula Bappeda"));
    let early = kadis.get(&format!("{page}/tindakan/hadir"));
    assert!(early.says("belum dimulai"), "{}", early.body);
    let again = format!("{page}/tindakan/kembalikan");
    assert_eq!(send(&mut kadis, &again, &[]).status, 303);
    assert!(!kabid.inbox().contains("Wakili"), "the task is gone");
    let cancel = format!("{page}/tindakan/batal");
    let silent = send(&mut kadis, &cancel, &[]);
    assert!(silent.status == 422 && silent.says("Alasannya belum ditulis"), "{}", silent.body);
    assert_eq!(send(&mut kadis, &cancel, &[("alasan", "Diundur panitia.")]).status, 303);
    assert!(kadis.get(&page).says("Diundur panitia."));
}

#[test]
fn what_came_of_an_event_that_began_is_written_down() {
    let kit = Kit::new(&[&MODULE]);
    let mut kadis = Officer::of(&kit, "kadis");
    let page = send(&mut kadis, BARU, &event(&[("tanggal", "20-11-2026")])).location.unwrap();
    let attend = format!("{page}/tindakan/hadir");
    assert_eq!(send(&mut kadis, &attend, &[("hasil", "Lokus ditetapkan.")]).status, 303);
    let shown = kadis.get(&page);
    assert!(shown.says("Dihadiri") && shown.says("Lokus ditetapkan.") && shown.says("Susun notula"), "{}", shown.body);
    let id = page.rsplit('/').next().unwrap_or_default();
    let minutes = format!("/eoffice/naskah/baru/notula?acara={id}");
    let form = kadis.get(&minutes);
    assert!(form.says("Jumat, 20 November 2026") && form.says("Aula Bappeda") && form.says("Lokus ditetapkan."), "{}", form.body);
    let fields = [
        ("acara", id),
        ("hal", "Rapat koordinasi stunting"),
        ("penandatangan_teks", "Kepala Dinas Kesehatan"),
        ("sifat", "biasa"),
        ("derajat", "biasa"),
    ];
    let written = kadis.fill(&minutes, "/eoffice/naskah/baru/notula", &fields);
    assert_eq!(written.status, 303, "{}", written.body);
    let shown = kadis.get(&page);
    assert!(shown.says("Notula atau laporan") && !shown.says("Susun notula"), "{}", shown.body);
    let foreign = Officer::of(&kit, "tu.setda").fill("/eoffice/naskah/baru/notula", "/eoffice/naskah/baru/notula", &fields);
    assert_ne!(foreign.status, 303, "nobody attaches minutes to a foreign agenda");
    let edit = kadis.get(&format!("{page}/ubah"));
    assert!(edit.says("sudah berstatus Dihadiri"), "{}", edit.body);
}

#[test]
fn a_telephone_follows_an_agenda_until_its_address_is_withdrawn() {
    let kit = Kit::new(&[&MODULE]);
    let mut kadis = Officer::of(&kit, "kadis");
    send(&mut kadis, BARU, &event(&[]));
    let page = "/eoffice/agenda/kalender";
    let unnamed = kadis.fill(page, page, &[]);
    assert!(unnamed.status == 422 && unnamed.says("Nama perangkat belum diisi"), "{}", unnamed.body);
    let leader = crate::choice(&kadis.get(page), "Kepala Dinas Kesehatan");
    let made = kadis.fill(page, page, &[("pimpinan", leader.as_str()), ("nama", "Ponsel ajudan")]);
    let shown = kadis.get(&made.location.expect("leads to the address"));
    let at = shown.body.find("/eoffice/kalender/").expect("the address is shown");
    let address: String = shown.body[at..].chars().take_while(|letter| *letter != '<').collect();
    let mut stranger = Officer(kit.stranger());
    let feed = stranger.get(&address);
    assert!(
        feed.status == 200 && feed.body.starts_with("BEGIN:VCALENDAR") && feed.says("Rapat koordinasi stunting"),
        "{}",
        feed.body
    );
    let again = format!("{page}?alamat={}", address.rsplit('/').next().unwrap_or_default());
    assert!(!Officer::of(&kit, "kabid").get(&again).says(&address), "only who made it sees it again");
    assert_eq!(stranger.get("/eoffice/kalender/0123456789abcdef0123456789abcdef").status, 404);
    let list = kadis.get(page);
    assert!(list.says("Ponsel ajudan") && !list.says(&address), "the address is shown once");
    let revoke = list
        .body
        .split("action=\"")
        .find(|rest| rest.contains("/cabut\""))
        .and_then(|rest| rest.split('"').next())
        .unwrap()
        .to_owned();
    assert_ne!(Officer::of(&kit, "kabid").fill(page, &revoke, &[]).status, 303, "nobody else withdraws it");
    assert_eq!(kadis.fill(page, &revoke, &[]).status, 303);
    assert_eq!(stranger.get(&address).status, 404);
}
