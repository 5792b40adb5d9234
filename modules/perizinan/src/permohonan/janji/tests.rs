use praja_kernel::{Date, Moment, YearStatus, parse_days_off};

use super::*;
use crate::{
    alur::{Langkah, Meja},
    testing::permohonan,
};

fn date(text: &str) -> Date {
    text.parse().unwrap()
}

/// Filed on Monday 2 November 2026, with five days promised.
fn one(status: Status, mulai: Option<&str>, tenggat: Option<&str>) -> Permohonan {
    Permohonan { status, mulai: mulai.map(date), tenggat: tenggat.map(date), terpakai: 2, ..permohonan() }
}

fn step(dari: Status, ke: Status, tanggal: &str) -> Riwayat {
    Riwayat {
        langkah: Langkah::Kembalikan,
        dari,
        ke,
        meja: Meja::Pemeriksa,
        pada: Moment(0),
        tanggal: date(tanggal),
        oleh: String::new(),
        oleh_nama: String::new(),
        kode: String::new(),
        lompat: String::new(),
        catatan: String::new(),
        umum: true,
    }
}

fn printed(one: &Permohonan, since: Option<Date>, calendar: &WorkingCalendar) -> String {
    receipt(one, since, calendar, Aturan::default()).unwrap().unwrap_or_default()
}

/// The days off of 2026 are decreed; those of 2027 are not.
fn calendar() -> WorkingCalendar {
    let mut calendar = WorkingCalendar::new(date("2026-11-02"));
    let days = parse_days_off(include_str!("../../../../../config-templates/data/hari_libur_2026.csv")).unwrap();
    calendar.load(2026, YearStatus::Final { dasar: None }, days).unwrap();
    calendar
}

#[test]
fn no_day_is_promised_while_the_clock_stands_nor_of_what_ended_without_a_decision() {
    for status in Status::ALL {
        let one = one(*status, Some("2026-11-03"), Some("2026-11-10"));
        let ended = matches!(status, Status::Gugur | Status::DicabutPemohon);
        assert_eq!(one.janji().is_none(), status.jam() == Jam::Berhenti || ended, "{status:?}");
        assert_eq!(one.stands(), status.jam() == Jam::Berhenti, "{status:?}");
    }
    let early = one(Status::Dikembalikan, None, None);
    assert!(!early.stands(), "what was never complete has no clock that could stand");
}

#[test]
fn the_clock_stands_since_it_stopped_whatever_happened_while_it_stood() {
    let mut steps = vec![
        step(Status::Diajukan, Status::Lengkap, "2026-11-03"),
        step(Status::VerifikasiTeknis, Status::DitetapkanSkrd, "2026-11-05"),
        step(Status::DitetapkanSkrd, Status::MenungguBayar, "2026-11-09"),
    ];
    assert_eq!(since(&steps), Some(date("2026-11-05")));
    steps.push(step(Status::MenungguBayar, Status::Lunas, "2026-11-11"));
    assert_eq!(since(&steps), None);
    steps.push(step(Status::DrafSk, Status::Ditangguhkan, "2026-11-12"));
    assert_eq!(since(&steps), Some(date("2026-11-12")));
}

#[test]
fn why_the_clock_stands_is_told_by_its_state() {
    for (status, why) in [
        (Status::Dikembalikan, "selama menunggu perbaikan dari Anda"),
        (Status::DitetapkanSkrd, "selama bendahara menyiapkan tagihan"),
        (Status::MenungguBayar, "selama menunggu pembayaran Anda"),
        (Status::Ditangguhkan, "selama permohonan ditangguhkan"),
    ] {
        let words = used(&one(status, Some("2026-11-03"), Some("2026-11-10")), 2);
        assert_eq!(words, format!("2 dari 5 hari kerja terpakai; waktu berhenti {why}"));
    }
    let early = used(&one(Status::Dikembalikan, None, None), 0);
    assert!(early.contains("belum berjalan selama menunggu perbaikan"), "{early}");
}

#[test]
fn a_receipt_printed_again_promises_only_what_still_holds() {
    let calendar = calendar();
    let running = printed(&one(Status::Lengkap, Some("2026-11-03"), Some("2026-11-10")), None, &calendar);
    assert!(running.starts_with("10 November 2026; 5 hari kerja"), "{running}");
    let sent = printed(&one(Status::Diajukan, None, None), None, &calendar);
    assert!(sent.starts_with("10 November 2026 bila berkas lengkap; 5 hari kerja"), "{sent}");
    let stands = one(Status::MenungguBayar, Some("2026-11-03"), Some("2026-11-10"));
    assert_eq!(
        printed(&stands, Some(date("2026-11-05")), &calendar),
        "waktu berhenti sejak 5 November 2026; tanggal selesai dihitung lagi setelah dilanjutkan"
    );
    assert!(printed(&stands, None, &calendar).starts_with("waktu berhenti; tanggal"), "an imported one tells no steps");
    let back = printed(&one(Status::Dikembalikan, None, None), None, &calendar);
    assert!(back.starts_with("dihitung setelah perbaikan"), "{back}");
    for status in [Status::Gugur, Status::DicabutPemohon] {
        assert_eq!(printed(&one(status, None, None), None, &calendar), "", "{status:?}");
    }
}

#[test]
fn a_receipt_says_that_a_day_is_provisional() {
    let calendar = calendar();
    let due = Permohonan { sementara: true, ..one(Status::Lengkap, Some("2026-12-29"), Some("2027-01-05")) };
    assert!(printed(&due, None, &calendar).starts_with("5 Januari 2027 (sementara, menunggu penetapan hari libur); 5"));
    let sent = Permohonan { hari_ajukan: Some(date("2026-12-28")), ..one(Status::Diajukan, None, None) };
    assert!(printed(&sent, None, &calendar).contains("2027 (sementara, menunggu penetapan hari libur) bila berkas lengkap"));
}
