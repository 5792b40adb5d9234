use praja_store::{By, Db, Keys};

use super::*;
use crate::testing::{engines, id, officer, sqlite};

fn to_me(subject: &str) -> Message {
    Message::new(MessageKind::Kabar, format!("pegawai:{}", id(3)), subject, "/uji/surat/1")
}

fn to_post(subject: &str) -> Message {
    Message::new(MessageKind::Tugas, format!("jabatan:{}", id(2)), subject, "/uji/surat/2")
}

fn send(db: &Db, by: &By, message: Message) {
    db.write(by, Keys::none(), move |tx| tell(tx, &message)).expect("it is told");
}

fn waits(db: &Db) -> i64 {
    db.read(|tx| waiting(tx, &officer())).expect("counters").kabar
}

fn shown(db: &Db, filter: &Filter) -> Vec<Kabar> {
    db.read(|tx| list(tx, &officer(), filter, 100)).expect("a list").0
}

#[test]
fn nothing_of_a_closed_letter_enters_a_notice() {
    let cases = [
        (MessageKind::Tugas, Sifat::Biasa, "Disposisi: rapat", "Hadiri rapat"),
        (MessageKind::Tugas, Sifat::Terbatas, "Ada tugas baru atas naskah Terbatas", ""),
        (MessageKind::Pengingat, Sifat::Rahasia, "Pengingat batas waktu naskah Rahasia", ""),
        (MessageKind::Kabar, Sifat::Rahasia, "Ada kabar tentang naskah Rahasia", ""),
        (MessageKind::Tugas, Sifat::SangatRahasia, "Ada naskah SR", ""),
        (MessageKind::Pengingat, Sifat::SangatRahasia, "Ada naskah SR", ""),
    ];
    for (jenis, sifat, judul, isi) in cases {
        let message =
            Message::new(jenis, "pegawai:x", "Disposisi: rapat", "/a").body("Hadiri rapat").about(sifat, Derajat::Biasa);
        for leaves in [false, true] {
            let told = Told::of(&message, leaves);
            assert_eq!((told.judul.as_str(), told.isi.as_str(), told.tautan.as_str()), (judul, isi, "/a"), "{jenis:?} {sifat:?}");
        }
    }
}

#[test]
fn codes_and_secret_links_are_kept_only_while_they_wait_to_leave() {
    let message = Message::new(MessageKind::Keamanan, "pegawai:x", "Kode masuk Anda", "/masuk/atur/abc").body("123456");
    let kept = Told::of(&message, true);
    assert_eq!((kept.isi.as_str(), kept.tautan.as_str()), ("123456", "/masuk/atur/abc"));
    let dropped = Told::of(&message, false);
    assert_eq!((dropped.isi.as_str(), dropped.tautan.as_str()), ("", "/profil"));
}

#[test]
fn a_notice_reaches_its_person_and_whoever_holds_the_post_and_is_counted() {
    for (db, by) in engines("desk_uji_kabar") {
        send(&db, &by, to_me("Satu"));
        send(&db, &by, to_post("Dua"));
        send(&db, &by, Message::new(MessageKind::Kabar, "jabatan:lain", "Tiga", "/"));
        let all = shown(&db, &Filter { baru: true, ..Filter::default() });
        assert_eq!(all.iter().map(|kabar| kabar.judul.as_str()).collect::<Vec<_>>(), ["Dua", "Satu"], "{:?}", db.engine());
        assert_eq!((waits(&db), all[0].oleh.as_str()), (2, "Siti Uji"));
        let id = all[0].id;
        for _ in 0..2 {
            db.write(&by, Keys::none(), move |tx| read(tx, &officer(), &[id])).expect("it is marked");
        }
        assert_eq!(waits(&db), 1, "reading twice counts once");
        let now = shown(&db, &Filter::default());
        assert_eq!((now[0].status, now[0].dibaca.as_ref().map(|(nama, _)| nama.as_str())), (Status::Dibaca, Some("Siti Uji")));
        assert_eq!(shown(&db, &Filter { jenis: Some(MessageKind::Kabar), ..Filter::default() }).len(), 1);
    }
}

#[test]
fn marking_all_leaves_what_came_while_the_reader_was_looking() {
    for (db, by) in engines("desk_uji_kabar_semua") {
        send(&db, &by, to_me("Satu"));
        send(&db, &by, to_post("Dua"));
        let newest = shown(&db, &Filter::default())[0].id;
        send(&db, &by, to_me("Tiga"));
        let marked = db.write(&by, Keys::none(), move |tx| read_all(tx, &officer(), newest)).expect("they are marked");
        assert_eq!((marked, waits(&db)), (2, 1), "{:?}", db.engine());
    }
}

#[test]
fn others_cannot_read_or_mark_a_notice() {
    let (db, by, _) = sqlite();
    send(&db, &by, Message::new(MessageKind::Kabar, "jabatan:lain", "Bukan untuk Anda", "/"));
    let foreign = db.read(|tx| store::list(tx, "jabatan:lain", &Filter::default(), 10)).unwrap()[0].id;
    assert_eq!(db.read(|tx| get(tx, &officer(), foreign)).unwrap(), None);
    assert_eq!(db.write(&by, Keys::none(), move |tx| read(tx, &officer(), &[foreign])).unwrap(), 0);
}

#[test]
fn a_notice_never_leads_out_of_this_box() {
    let (db, by, _) = sqlite();
    for href in ["https://contoh.example/", "//contoh.example/", "javascript:1", ""] {
        let message = Message { href: href.into(), ..to_me("x") };
        assert!(db.write(&by, Keys::none(), move |tx| tell(tx, &message)).is_err(), "{href}");
    }
}

#[test]
fn notices_page_without_loss_or_repetition() {
    for (db, by) in engines("desk_uji_kabar_halaman") {
        for number in 0..23 {
            send(&db, &by, if number % 3 == 0 { to_post(&format!("P{number}")) } else { to_me(&format!("S{number}")) });
        }
        let whole = shown(&db, &Filter::default());
        let (mut pieces, mut filter) = (Vec::new(), Filter::default());
        loop {
            let (page, next) = db.read(|tx| list(tx, &officer(), &filter, 5)).unwrap();
            pieces.extend(page);
            filter.sebelum = next;
            if next.is_none() {
                break;
            }
        }
        assert_eq!(pieces, whole, "{:?}", db.engine());
        assert_eq!(whole.len(), 23);
    }
}

#[test]
fn lists_of_notices_walk_an_index() {
    let (db, by, plans) = sqlite();
    send(&db, &by, to_me("Satu"));
    for baru in [true, false] {
        for jenis in [None, Some(MessageKind::Kabar)] {
            for sebelum in [None, Some(id(9))] {
                shown(&db, &Filter { baru, jenis, sebelum });
            }
        }
    }
    waits(&db);
    db.read(|tx| get(tx, &officer(), id(9))).unwrap();
    let bad: Vec<_> = plans.plans().into_iter().filter(|plan| !plan.offences().is_empty()).collect();
    assert!(bad.is_empty(), "{bad:#?}");
}
