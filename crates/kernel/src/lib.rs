//! The words every part of Praja shares, pure: no clock, no disk, no network, no database.

mod actor;
mod angka;
mod calendar;
mod cara_kerja;
mod derajat;
mod desimal;
mod fold;
mod id;
mod jam;
mod moment;
mod nik;
mod nip;
mod number;
mod permission;
mod refuse;
mod rupiah;
mod scope;
mod sifat;
mod tanggal;
mod terbilang;
mod words;

pub use actor::Actor;
pub use angka::ribuan;
pub use calendar::{
    CalendarError, DayOff, DayOffKind, Due, Pekan, WorkingCalendar, YearStatus, parse_days_off, parse_year_statuses,
};
pub use cara_kerja::{CaraKerja, Jalur};
pub use derajat::{AturanTenggat, BasisTenggat, Derajat, Tenggat};
pub use desimal::{Desimal, DesimalError, Rounding};
pub use fold::{escape_like, fold};
pub use id::{Id, IdSource, InvalidId};
pub use jam::{JamError, parse_jam};
pub use jiff::civil::{Date, DateTime, Time};
pub use moment::{Clock, Moment, Zona};
pub use nik::{Nik, NikError};
pub use nip::{JenisAsn, JenisKelamin, Nip, NipError};
pub use number::{NUMBER_PRESETS, NumberParts, NumberPattern, NumberPreset, NumberRule, NumberToken, PatternError};
pub use permission::Permission;
pub use refuse::{FieldProblem, Refuse};
pub use rupiah::{Rupiah, RupiahError};
pub use rust_decimal::Decimal;
pub use scope::{ActingAs, Scope};
#[doc(hidden)]
pub use serde as __serde;
pub use sifat::Sifat;
pub use tanggal::{
    TanggalError, bulan_romawi, days_after, days_between, hari, hari_tanggal, jam, nama_bulan, parse_tanggal, relatif,
    sisa_waktu, tanggal_jam, tanggal_panjang, tanggal_pendek, years_after,
};
pub use terbilang::terbilang;
pub use words::UnknownWord;
