//! The desk's pages, asked for through the guard.

use praja_kernel::{Date, Id, Permission};
use praja_module::{Access, Ctx, Outcome, Route, Tile, TileValue, Upload};
use praja_store::{Keys, MigrationSet, Tx, search};
use praja_web::{PageHeader, frame, html};

use super::*;
use crate::{
    tasks::NewTask,
    testing::{Office, id, now, text},
};

pub(crate) static NEIGHBOUR: Module = Module {
    id: "uji",
    title: "Layanan uji",
    routes: &[
        Route::get_as("/uji/surat/{id}", Access::SignedIn, "Satu surat", letter),
        Route::post_as("/uji/kirim", Access::SignedIn, "Menerima berkas", receive).with_upload(attachments::MAX_BYTES, 5),
    ],
    tiles: &[
        Tile {
            title: "Surat hari ini",
            access: Access::SignedIn,
            value: |_, _| Ok(TileValue { value: "42".into(), note: "3 dari kemarin".into(), href: "/uji".into() }),
        },
        Tile {
            title: "Hanya kepala",
            access: Access::Needs(Permission::new("uji.lead-all")),
            value: |_, _| Ok(TileValue { value: "99".into(), note: String::new(), href: String::new() }),
        },
    ],
    ..MODULE_WITHOUT_ANYTHING
};

/// How a module takes the files of a form.
fn receive(ctx: &Ctx, input: &praja_module::Input) -> Outcome {
    let files = attachments::received(ctx, input, "berkas", &attachments::Rule::ANY)?;
    let subjects = ctx.scope()?.subjects();
    let saved = ctx.submit(input, Keys::none(), move |tx| {
        attachments::attach_all(tx, "uji_surat:terima", &subjects, &files, false)?;
        Ok::<_, praja_module::Problem>("/uji/surat/terima".to_owned())
    })?;
    Ok(saved)
}

/// How a module shows what hangs on a thing and what happened to it.
fn letter(ctx: &Ctx, tx: &mut Tx<'_>) -> Outcome {
    let objek = format!("uji_surat:{}", ctx.param::<Id>("id")?);
    let (attached, history) = (attachments::of(tx, &objek)?, timeline::of(ctx, tx, &objek)?);
    let said = comments::section(ctx, tx, &objek)?;
    let about = satisfaction::About { objek: objek.clone(), opd: id(1), layanan: "Surat uji".into(), gratis: false };
    let content = html! {
        (complaints::invite(ctx, &objek, Some(id(1)), "Surat uji")) (satisfaction::invite(ctx, &about))
        (attachments::table(ctx, &attached)) (history) (said) (attachments::field("berkas", "Pindaian").name())
    };
    Ok(frame::respond(ctx, &PageHeader::new("Surat"), content))
}

const MODULE_WITHOUT_ANYTHING: Module = Module {
    id: "kosong",
    title: "Kosong",
    legal_basis: &[],
    needs: &[],
    migrations: || MigrationSet { owner: "kosong", files: Vec::new() },
    routes: &[],
    menu: &[],
    permissions: &[],
    roles: &[],
    tiles: &[],
    jobs: &[],
    search: &[],
    api: &[],
    demo: None,
    training: &[],
    listens: &[],
    provide: None,
    event_keys: |_| Keys::none(),
    on_event: None,
};

fn give(office: &Office, judul: &str, due: Option<Date>) {
    let task = NewTask {
        untuk: format!("opd:{}", id(1)),
        judul: judul.into(),
        tautan: "/uji/surat/1".into(),
        objek: format!("uji_surat:{judul}"),
        jatuh_tempo: due,
        sementara: false,
    };
    office.instance.db.write(&office.by(), Keys::none(), move |tx| tasks::open(tx, &task)).expect("a task opens");
}

fn index(office: &Office, number: usize, akses: &str) {
    let entry = search::Entry {
        modul: "uji",
        jenis: "surat masuk",
        tautan: format!("/uji/surat/{number}"),
        judul: format!("Undangan rapat <{number}>"),
        nomor: format!("005/{number}/UJI"),
        akses: vec![akses.to_owned()],
        pada: now(),
        ..search::Entry::default()
    };
    office.instance.db.write(&office.by(), Keys::none(), move |tx| tx.index(&entry)).expect("it is indexed");
}

#[actix_web::test]
async fn the_start_page_greets_by_name_and_post_and_shows_what_is_late() {
    let office = Office::new(&[&NEIGHBOUR]);
    let empty = text(office.get("/").await).await;
    assert!(empty.contains("Selamat pagi, Siti Uji"));
    assert!(empty.contains("Minggu, 22 November 2026. Anda bertindak sebagai Sekretaris, Dinas Uji."));
    assert!(empty.contains("Tidak ada yang menunggu Anda") && empty.contains("Semua dalam batas waktu"));
    assert!(empty.contains("Surat hari ini") && empty.contains("42") && !empty.contains("Hanya kepala"));
    give(&office, "Arahkan surat dari BPS", Date::new(2026, 11, 18).ok());
    let page = text(office.get("/").await).await;
    assert!(page.contains("Arahkan surat dari BPS") && page.contains("Terlambat 2 hari kerja"), "{page}");
}

#[actix_web::test]
async fn the_inbox_pages_and_filters_and_says_when_it_is_empty() {
    let office = Office::new(&[]);
    for (view, words) in
        [("terbuka", "Tidak ada yang menunggu"), ("terlambat", "Tidak ada yang terlambat"), ("selesai", "Belum ada tugas")]
    {
        let page = text(office.get(&format!("/kotak-masuk?lihat={view}")).await).await;
        assert!(page.contains(words), "{view}");
    }
    for number in 0..51 {
        give(&office, &format!("Tugas nomor {number:02}"), None);
    }
    give(&office, "Yang terlambat", Date::new(2026, 11, 2).ok());
    let first = text(office.get("/kotak-masuk").await).await;
    assert!(first.contains("52 tugas terbuka") && first.contains("Yang terlambat") && !first.contains("Tugas nomor 01"));
    let older = first.split("rel=\"next\"").next().and_then(|before| before.rsplit("href=\"").next()).expect("a next page");
    let older = older.split('"').next().unwrap().replace("&amp;", "&");
    let second = text(office.get(&older).await).await;
    assert!(second.contains("Tugas nomor 01") && !second.contains("Yang terlambat"), "{older}");
    let late = text(office.get("/kotak-masuk?lihat=terlambat").await).await;
    assert!(late.contains("Yang terlambat") && !late.contains("Tugas nomor"));
    for strange in
        ["/kotak-masuk?lihat=%27", "/kotak-masuk?setelah=x_y", "/kotak-masuk?lihat=selesai&setelah=99999999999999999999_x"]
    {
        assert_eq!(office.get(strange).await.status(), 200, "{strange}");
    }
}

#[actix_web::test]
async fn the_search_finds_only_what_its_reader_may_see_page_by_page() {
    let office = Office::new(&[&NEIGHBOUR]);
    let mine = format!("opd:{}", id(1));
    for number in 0..35 {
        index(&office, number, &mine);
    }
    index(&office, 99, "opd:lain");
    assert!(text(office.get("/cari").await).await.contains("Tulis apa yang Anda cari"));
    let first = text(office.get("/cari?q=undangan").await).await;
    assert!(
        first.contains("35 hasil")
            && first.contains("rapat &lt;34&gt;")
            && first.contains("<mark>Undangan</mark>")
            && !first.contains("&lt;99&gt;")
    );
    assert!(first.contains("Surat masuk") && first.contains("Layanan uji") && first.contains("22 Nov 2026"));
    let older = first
        .split("href=\"/cari?q=undangan&amp;sebelum=")
        .nth(1)
        .and_then(|rest| rest.split('"').next())
        .expect("an older page");
    let second = text(office.get(&format!("/cari?q=undangan&sebelum={older}")).await).await;
    assert!(second.contains("&lt;0&gt;") && !second.contains("&lt;34&gt;"));
    assert!(text(office.get("/cari?q=005/17").await).await.contains("<mark>17</mark>"), "a fragment of a number");
    let none = text(office.get("/cari?q=%3Cscript%3E").await).await;
    assert!(none.contains("Tidak ada hasil untuk") && !none.contains("<script>"));
}

#[actix_web::test]
async fn what_happened_to_a_thing_stands_on_its_page_newest_first_with_its_attachments() {
    let office = Office::new(&[&NEIGHBOUR]);
    let address = format!("/uji/surat/{}", id(8));
    assert!(text(office.get(&address).await).await.contains("Belum ada lampiran"));
    let blob = office.instance.blobs.put(&mut &b"%PDF-1.7 isi"[..], 100).expect("the file is stored");
    let upload = Upload { field: "berkas".into(), name: "pindaian.pdf".into(), head: b"%PDF-1.7".to_vec(), blob };
    let key = registers::RegisterKey { opd: id(1), kelompok: "uji.surat", tahun: 2026 };
    let objek = format!("uji_surat:{}", id(8));
    let write = office.instance.db.write(&office.by(), Keys::of([key.lock()]), move |tx| {
        attachments::attach(tx, &objek, &[format!("opd:{}", id(1))], &upload)?;
        let drawn = registers::reserve(tx, &key, &objek, |urut| urut.to_string())?;
        registers::cancel(tx, &key, drawn.urut, "Surat ganda")
    });
    write.expect("both are written");
    let page = text(office.get(&address).await).await;
    let places: Vec<_> = ["membatalkan nomor 1", "memesan nomor 1", "menambahkan lampiran &quot;pindaian.pdf&quot;"]
        .iter()
        .map(|words| page.find(words).unwrap_or_else(|| panic!("{words} is not in {page}")))
        .collect();
    assert!(places.is_sorted(), "newest first");
    assert!(page.contains("Siti Uji (Sekretaris)") && page.contains("Surat ganda") && page.contains("22 Nov 2026 09.00 WIB"));
    assert!(page.contains("12 B") && page.contains("?unduh=1"));
}

#[actix_web::test]
async fn the_patterns_are_shown_to_whoever_is_signed_in() {
    let office = Office::new(&[]);
    assert_eq!(office.get("/gaya").await.status(), 200);
    assert_eq!(office.get(&format!("{}?q=camat", praja_web::gaya::LOOKUP)).await.status(), 200);
}

#[actix_web::test]
async fn whoever_sees_a_thing_comments_on_it_and_comes_back_to_it() {
    let office = Office::new(&[&NEIGHBOUR]);
    let page = format!("/uji/surat/{}", id(40));
    assert!(text(office.get(&page).await).await.contains("Belum ada komentar"));
    let sent = office.fill(&page, "/desk/komentar", &[("isi", "Mohon <segera>\nditindaklanjuti")]).await;
    assert_eq!(sent.headers().get("location").map(|to| to.to_str().unwrap()), Some(format!("{page}#komentar").as_str()));
    let body = text(office.get(&page).await).await;
    assert!(body.contains("Mohon &lt;segera&gt;") && body.contains("Tarik komentar"));
    let empty = office.fill(&page, "/desk/komentar", &[("isi", "  ")]).await;
    assert_eq!(empty.status(), 422);
    let other = text(office.get(&format!("/uji/surat/{}", id(41))).await).await;
    assert!(!other.contains("Mohon"), "another thing has its own comments");
    let forged = office.fill(&page, "/desk/komentar", &[("izin", "00.00"), ("isi", "Palsu")]).await;
    assert_eq!(forged.status(), 303, "the first leave counts, not one that was added");
    let komentar = body.split("/desk/komentar/").nth(1).and_then(|rest| rest.split('/').next()).unwrap();
    let back = office.fill(&page, &format!("/desk/komentar/{komentar}/tarik"), &[("kembali", &page)]).await;
    assert_eq!(back.status(), 303);
    let kept = back.headers().get("set-cookie").unwrap().to_str().unwrap().split(';').next().unwrap().to_owned();
    let request = actix_web::test::TestRequest::get().uri(&page).cookie(actix_web::cookie::Cookie::parse(kept).unwrap());
    let with_undo = text(office.send(request).await).await;
    assert!(with_undo.contains("ditarik oleh penulisnya") && with_undo.contains("Kembalikan komentar"));
    let sealed = with_undo.split("name=\"isi\" value=\"").nth(1).and_then(|rest| rest.split('"').next()).unwrap().to_owned();
    let restore = format!("/desk/komentar/{komentar}/pulihkan");
    let forged = office.fill(&page, &restore, &[("isi", "00.00")]).await;
    assert_eq!(forged.status(), 403, "words that were not sealed are not put into somebody's mouth");
    office.fill(&page, &restore, &[("isi", &sealed), ("kembali", &page)]).await;
    let again = text(office.get(&page).await).await;
    assert!(again.contains("Mohon &lt;segera&gt;") && !again.contains("ditarik oleh penulisnya"));
}

#[test]
fn every_route_and_permission_of_the_desk_belongs_to_it() {
    for (permission, meaning) in MODULE.permissions {
        assert!(permission.module() == "desk" && !meaning.is_empty());
    }
    // Short addresses for what everybody opens, and for what stands on paper.
    let fixed = [
        "/",
        "/kotak-masuk",
        "/belum-terkirim",
        "/tanpa-sambungan",
        "/loket",
        "/cari",
        "/kabar",
        "/gaya",
        "/v",
        "/pengaduan",
        "/data-pribadi",
        "/kepuasan",
        "/ukur",
    ];
    let below = |path: &str| {
        ["/desk/", "/data-pribadi/", "/gaya/", "/kabar/", "/kotak-masuk/", "/v/", "/pengaduan/", "/kepuasan/", "/ukur/"]
            .iter()
            .any(|prefix| path.starts_with(prefix))
    };
    assert!(MODULE.routes.iter().all(|route| fixed.contains(&route.path) || below(route.path)));
    assert!(MODULE.roles.iter().any(|role| role.id == PEGAWAI && role.permissions == [USE_DESK]));
}
