use praja_kernel::{CaraKerja, Moment};
use praja_store::{Keys, PlanLog};

use super::{
    plain::{LETTERS, Next, Walk, letters},
    store::Filter,
    *,
};
use crate::{
    READ_UKUR,
    testing::{Office, engines_with, id, sqlite, text},
};

const ANGKA: Angka = Angka { p50_us: 20_000, p95_us: 40_000, goyah_us: 5_000, unduh_kbit: Some(8_000), unggah_kbit: Some(900) };

#[test]
fn figures_are_taken_from_the_times_and_only_when_they_can_be_true() {
    let angka = Angka::of(&[30_000, 10_000, 20_000], Some(5_000), None).unwrap();
    assert_eq!((angka.p50_us, angka.p95_us, angka.goyah_us, angka.unggah_kbit), (20_000, 30_000, 15_000, None));
    assert_eq!(Angka::of(&[7], None, None).unwrap().goyah_us, 0);
    let impossible: [(&[u64], Option<u64>); 4] = [(&[], None), (&[60_000_001], None), (&[1], Some(0)), (&[1], Some(100_000_001))];
    for (times, rate) in impossible {
        assert_eq!(Angka::of(times, rate, None), None, "{times:?} {rate:?}");
    }
}

/// Leads a browser on whose answers take so long, and whose weighed page takes `weigh`.
fn walked(answer: i64, weigh: i64) -> Next {
    let mut now = 1_000_000;
    let mut walk = Walk::begin(Moment(now));
    for _ in 0..20 {
        now += answer;
        match walk.step(Moment(now)) {
            Next::On(text) => walk = Walk::parse(&text).unwrap(),
            Next::Weigh(text) => return Walk::parse(&text).unwrap().step(Moment(now + weigh)),
            other => return other,
        }
    }
    panic!("never weighed")
}

#[test]
fn without_a_script_the_answers_and_the_way_down_are_measured() {
    let Next::Done(angka) = walked(50, 1_074) else { panic!("not done") };
    // 262,144 letters of six bits in 1.024 s, after the answer itself.
    assert_eq!(
        (angka.p50_us, angka.p95_us, angka.goyah_us, angka.unduh_kbit, angka.unggah_kbit),
        (50_000, 50_000, 0, Some(1_536), None)
    );
    assert!(matches!(walked(50, 10), Next::Done(_)), "a page that was there at once is very fast, not infinitely");
    assert_eq!(walked(120_001, 10), Next::Again, "something else was done in between");
    assert_eq!(walked(50, 120_001), Next::Again);
    assert_eq!(walked(-1, 10), Next::Again, "the clock was set back");
    for broken in ["", "x", "1", "1|0|x", "1|0|1|2|3|4|5|6|7|8|9"] {
        assert_eq!(Walk::parse(broken), None, "{broken}");
    }
}

#[test]
fn the_weighed_letters_cannot_be_made_much_lighter() {
    let text = letters(LETTERS, 7);
    assert_eq!(text.len(), LETTERS);
    assert!(text.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"_.".contains(&byte)));
    assert_ne!(text, letters(LETTERS, 8));
    let mut counts = [0_u32; 256];
    text.bytes().for_each(|byte| counts[usize::from(byte)] += 1);
    let even = u32::try_from(LETTERS / 64).unwrap();
    assert!(counts.iter().filter(|count| **count > 0).all(|count| count.abs_diff(even) < even / 5), "each letter about as often");
    assert_eq!(counts.iter().filter(|count| **count > 0).count(), 64);
}

#[test]
fn measurements_are_kept_under_their_office_and_every_way_of_listing_walks_an_index() {
    let (lite, by, plans) = sqlite();
    let pg_plans = PlanLog::default();
    let others = engines_with("desk_uji_ukur", &pg_plans).into_iter().skip(1);
    for (db, by) in [(lite, by)].into_iter().chain(others) {
        db.write(&by, Keys::none(), |tx| {
            for round in 0..7_u64 {
                let slow = Angka { p95_us: 40_000 + round * 300_000, ..ANGKA };
                keep(tx, id(1), &slow, Dengan::Skrip)?;
            }
            keep(tx, id(2), &Angka { unggah_kbit: None, ..ANGKA }, Dengan::Polos)
        })
        .unwrap();
        let list = |filter: Filter| db.read(|tx| store::list(tx, &filter, 50)).unwrap();
        assert_eq!(list(Filter::default()).len(), 8);
        assert_eq!(list(Filter { opd: Some(id(2)), ..Filter::default() })[0].dengan, Dengan::Polos);
        let hemat = list(Filter { cara: Some(CaraKerja::Hemat), ..Filter::default() });
        assert!(!hemat.is_empty() && hemat.iter().all(|one| one.cara == CaraKerja::Hemat && one.angka.cara().0 == one.cara));
        let both = Filter {
            opd: Some(id(1)),
            cara: Some(CaraKerja::Daring),
            dari: Some(Moment(0)),
            sampai: Some(Moment(i64::MAX)),
            ..Filter::default()
        };
        assert_eq!(list(both).len(), 1);
        // Page after page, each row once.
        let (mut seen, mut filter) = (Vec::new(), Filter { opd: Some(id(1)), ..Filter::default() });
        loop {
            let page = db.read(|tx| store::list(tx, &filter, 3)).unwrap();
            let Some(last) = page.last() else { break };
            filter.sebelum = Some((last.pada, last.id));
            seen.extend(page.into_iter().map(|one| one.id));
        }
        assert_eq!(seen.len(), 7);
        assert!(seen.is_sorted_by(|newer, older| newer > older), "the newest first");
    }
    let ours: Vec<_> = plans.plans().into_iter().chain(pg_plans.plans()).filter(|plan| plan.sql.contains("desk_ukur")).collect();
    assert!(ours.len() >= 5, "{}", ours.len());
    let bad: Vec<_> = ours.iter().filter(|plan| !plan.offences().is_empty()).collect();
    assert!(bad.is_empty(), "{bad:#?}");
}

#[actix_web::test]
async fn an_officer_measures_with_the_script_and_without_and_everybody_sees_only_what_he_may() {
    let office = Office::with(&[], &[READ_UKUR]);
    let page = text(office.get("/ukur").await).await;
    assert!(page.contains("Ukur jaringan") && page.contains("ukur.js") && page.contains("/ukur/langkah"), "{page}");

    // The script: weight goes up and nothing is kept; then the figures.
    let weight = office.fill("/ukur", "/ukur", &[("beban", "abc")]).await;
    assert_eq!(text(weight).await, "{}");
    let kept = |office: &Office| office.instance.db.read(|tx| store::list(tx, &Filter::default(), 50)).unwrap();
    assert!(kept(&office).is_empty());
    for (waktu, unduh) in [("", "5"), ("1,x", "5"), ("1000", "0"), ("99999999999", "5"), ("1000", "cepat")] {
        let answer = office.fill("/ukur", "/ukur", &[("waktu", waktu), ("unduh", unduh), ("unggah", "9")]).await;
        assert_eq!(answer.status().as_u16(), 303);
        assert!(kept(&office).is_empty(), "{waktu} {unduh}");
    }
    let answer = office.fill("/ukur", "/ukur", &[("waktu", "21000,19000,20000"), ("unduh", "300"), ("unggah", "900")]).await;
    assert_eq!(answer.status().as_u16(), 303);
    let all = kept(&office);
    assert_eq!((all.len(), all[0].dengan, all[0].cara, all[0].angka.p50_us), (1, Dengan::Skrip, CaraKerja::Hemat, 20_000));
    let page = text(office.get("/ukur").await).await;
    assert!(page.contains("Daring hemat") && page.contains("300 kbit/detik") && page.contains("20,0 ms"), "{page}");

    // Without it: from step to step. The clock of the test stands, so that every answer takes no time at all.
    let mut at = "/ukur/langkah".to_owned();
    let done = loop {
        let answer = office.get(&at).await;
        if let Some(next) = answer.headers().get("location") {
            at = next.to_str().unwrap().to_owned();
            continue;
        }
        let page = text(answer).await;
        match page.split("content=\"0; url=").nth(1) {
            Some(rest) => at = rest.split('"').next().unwrap().to_owned(),
            None => break page,
        }
    };
    assert!(done.contains("Simpan hasil"), "{done}");
    let sealed = done.split("name=\"hasil\" value=\"").nth(1).unwrap().split('"').next().unwrap();
    let answer = office.fill("/ukur", "/ukur", &[("hasil", sealed)]).await;
    assert_eq!(answer.status().as_u16(), 303);
    assert_eq!((kept(&office).len(), kept(&office)[0].dengan), (2, Dengan::Polos));
    let mut forged = sealed.to_owned();
    forged.replace_range(0..1, if forged.starts_with('3') { "4" } else { "3" });
    office.fill("/ukur", "/ukur", &[("hasil", &forged)]).await;
    assert_eq!(kept(&office).len(), 2, "figures without our seal are not taken");
    assert_eq!(office.get("/ukur/langkah?s=palsu").await.headers().get("location").unwrap(), "/ukur");

    // What comes down is as heavy as asked for, within bounds.
    assert_eq!(text(office.get("/ukur/berkas?kb=64").await).await.len(), 64 * 1024);
    assert_eq!(text(office.get("/ukur/berkas?kb=99999999").await).await.len(), 4 * 1024 * 1024);
    assert!(text(office.get("/ukur/berkas").await).await.is_empty());

    // The list, its filter and its file.
    let list = text(office.get("/desk/ukur").await).await;
    assert_eq!(list.matches("<tr").count(), 3, "{list}");
    let narrowed = text(office.get("/desk/ukur?cara=hemat&dari=2020-01-01").await).await;
    assert_eq!(narrowed.matches("<tr").count(), 2, "{narrowed}");
    assert!(text(office.get("/desk/ukur?cara=titip").await).await.contains("Belum ada pengukuran di sini"));
    assert!(text(office.get("/desk/ukur?dari=kemarin").await).await.contains("kemarin"), "what was typed stays");
    assert_eq!(office.get("/desk/ukur?cara=apa").await.status().as_u16(), 404);
    assert!(text(office.get("/desk/ukur/unduh?format=csv").await).await.contains("Daring hemat"));
    let plain = Office::new(&[]);
    assert_eq!(plain.get("/desk/ukur").await.status().as_u16(), 403, "{READ_UKUR} is needed");
    assert_eq!(plain.get("/desk/ukur/unduh").await.status().as_u16(), 403);
    assert_eq!(plain.get("/ukur").await.status().as_u16(), 200);
}

#[actix_web::test]
async fn the_offices_of_the_tree_are_told_by_the_middle_of_their_latest_measurements() {
    let office = Office::with_demo();
    let db = &office.instance.db;
    let before = db.read(summary).unwrap();
    assert!(before.len() >= 4 && before.iter().all(|one| one.times == 2), "the fictional regency has some, once: {before:?}");
    let opd = db.read(opd::list_active).unwrap().pop().unwrap();
    assert!(before.iter().all(|one| one.kode != opd.kode), "{} has none yet", opd.nama);
    for (p95_us, up) in [(10_000, None), (30_000, Some(700)), (90_000, Some(500))] {
        let angka = Angka { p95_us, unggah_kbit: up, ..ANGKA };
        db.write(&office.by(), Keys::none(), move |tx| keep(tx, opd.id, &angka, Dengan::Skrip)).unwrap();
    }
    let after = db.read(summary).unwrap();
    assert_eq!(after.len(), before.len() + 1);
    let one = after.iter().find(|one| one.kode == opd.kode).unwrap();
    assert_eq!((one.nama.as_str(), one.times, one.p95_us, one.up_kbit), (opd.nama.as_str(), 3, 30_000, Some(500)));
    let list = text(office.get("/desk/ukur").await).await;
    assert!(list.contains(&opd.nama) && list.contains("Berkala"), "{list}");
    let narrowed = text(office.get(&format!("/desk/ukur?opd={}", opd.id)).await).await;
    assert_eq!(narrowed.matches("<tr").count(), 4, "{narrowed}");
}
