//! An agenda as a calendar that a telephone follows (RFC 5545).

use icalendar::{Calendar, Class, Component, Event, EventLike, EventStatus, Property};
use praja_kernel::Moment;

use super::{Acara, Pandangan, Status};

/// The calendar of a leader. Closed events of which the reader may only know the time say no more.
pub(crate) fn calendar(nama: &str, host: &str, all: &[(Acara, Pandangan)]) -> String {
    let mut calendar = Calendar::new();
    calendar.name(nama);
    calendar.append_property(Property::new("PRODID", "-//Praja//e-Office//ID").done());
    // Telephones ask again so often; the older name of the same wish is the one most of them read.
    calendar.append_property(Property::new("REFRESH-INTERVAL", "PT1H").add_parameter("VALUE", "DURATION").done());
    calendar.append_property(Property::new("X-PUBLISHED-TTL", "PT1H").done());
    for (acara, pandangan) in all {
        calendar.push(event(acara, *pandangan, host));
    }
    calendar.to_string()
}

fn event(acara: &Acara, pandangan: Pandangan, host: &str) -> Event {
    let isi = &acara.isi;
    let mut event = Event::new();
    event
        .uid(&format!("{}@{host}", acara.id))
        .add_property("DTSTAMP", written(acara.created_at))
        .add_property("SEQUENCE", acara.versi.to_string())
        .add_property("DTSTART", written(isi.mulai))
        .add_property("DTEND", written(isi.selesai));
    event.status(match acara.status {
        Status::Dijadwalkan | Status::Dihadiri => EventStatus::Confirmed,
        Status::Diwakilkan => EventStatus::Tentative,
        Status::Batal => EventStatus::Cancelled,
    });
    if pandangan == Pandangan::Waktu {
        event.summary("Acara tertutup").class(Class::Private);
        return event.done();
    }
    let title = match &acara.wakil {
        Some((_, wakil)) => format!("{} (diwakili {wakil})", isi.judul),
        None => isi.judul.clone(),
    };
    event.summary(&title).location(&isi.tempat);
    let lines: Vec<String> = [
        ("Penyelenggara", &isi.penyelenggara),
        ("Pakaian", &isi.pakaian),
        ("Pendamping", &isi.pendamping),
        ("Keterangan", &isi.keterangan),
    ]
    .into_iter()
    .filter_map(|(name, value)| value.as_ref().map(|value| format!("{name}: {value}")))
    .collect();
    if !lines.is_empty() {
        event.description(&lines.join("\n"));
    }
    if isi.tertutup {
        event.class(Class::Private);
    }
    event.done()
}

/// A moment as RFC 5545 writes it in UTC.
fn written(at: Moment) -> String {
    at.utc().strftime("%Y%m%dT%H%M%SZ").to_string()
}
