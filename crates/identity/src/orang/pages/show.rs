use praja_kernel::{Date, Id, Nip, tanggal_panjang, tanggal_pendek};
use praja_module::{Ctx, Outcome, Problem};
use praja_store::Tx;
use praja_web::{
    Act, Cell, Column, EmptyState, Facts, Icon, Markup, PageHeader, Row, Table, Tone, act_bar, badge, detail, frame, html,
    next_step, section,
};

use super::LIST;
use crate::{
    accounts::store as accounts,
    opd::{self, Reach},
    orang::{
        golongan,
        store::{self, Rinci},
    },
    penugasan::{
        display_name,
        store::{self as held, Found},
    },
    riwayat,
};

/// One person that the asker may read about: on the books of the own OPD, or with a post there now or later. Others look as if they were
/// not there.
pub(crate) fn found(ctx: &Ctx, tx: &mut Tx<'_>, id: Id) -> Result<Rinci, Problem> {
    let row = store::get(tx, id)?.ok_or(Problem::NotFound)?;
    let reach = Reach::of(tx, ctx.scope()?)?;
    let guest = match &reach {
        Reach::All => true,
        Reach::Only(ids) => store::holds_within(tx, id, ids, ctx.today())?,
    };
    if guest || within(&reach, &row).is_ok() { Ok(row) } else { Err(Problem::NotFound) }
}

/// One person whose data the asker may change.
pub(crate) fn owned(ctx: &Ctx, tx: &mut Tx<'_>, id: Id) -> Result<Rinci, Problem> {
    let row = store::get(tx, id)?.ok_or(Problem::NotFound)?;
    within(&Reach::of(tx, ctx.scope()?)?, &row)?;
    Ok(row)
}

/// May who reaches so far change this person's data? Only those on the books of the own OPD: a Plt. from elsewhere does not bring along the
/// right to change the address to which a forgotten password is sent.
pub(crate) fn within(reach: &Reach, person: &Rinci) -> Result<(), Problem> {
    match reach {
        Reach::All => Ok(()),
        Reach::Only(_) if person.opd.is_some_and(|opd| reach.has(opd)) => Ok(()),
        Reach::Only(_) => Err(Problem::NotFound),
    }
}

/// The header of pages about one person.
pub(crate) fn header(person: &Rinci, title: &str, purpose: &str) -> PageHeader {
    let header = PageHeader::new(title).purpose(purpose).crumb("Pegawai", LIST);
    if title == person.nama_lengkap { header } else { header.crumb(&person.nama_lengkap, format!("{LIST}/{}", person.id)) }
}

/// GET /identity/orang/{id}
pub(crate) fn show(ctx: &Ctx, tx: &mut Tx<'_>) -> Outcome {
    let person = found(ctx, tx, ctx.param("id")?)?;
    let today = ctx.today();
    let reach = opd::reach(ctx, tx)?;
    let all = held::found_of_person(tx, person.id)?;
    let facts = facts(tx, &person)?;
    let (now, past): (Vec<&Found>, Vec<&Found>) =
        all.iter().partition(|one| !one.held.is_called_off() && one.held.sampai.is_none_or(|last| last >= today));
    let body = html! {
        (facts)
        (section("Jabatan", posts(&now, today, &reach)))
        @if !past.is_empty() { (section("Jabatan sebelumnya", earlier(&past))) }
        (riwayat::of(ctx, tx, &[format!("identity_orang:{}", person.id)])?)
    };
    let header = header(&person, &person.nama_lengkap, "Data pegawai ini dan jabatan yang dipegangnya.");
    let side = html! {
        @if within(&reach, &person).is_ok() { (acts(ctx, &person, today)) }
        @else { p.redup { "Pegawai ini tercatat pada OPD lain. Datanya diubah oleh admin OPD itu." } }
    };
    let content = html! { (state(&person, &now, today)) (detail(body, side)) };
    Ok(frame::respond(ctx, &header, content))
}

fn facts(tx: &mut Tx<'_>, person: &Rinci) -> Result<Facts, Problem> {
    let unit = match person.opd {
        Some(opd) => opd::name(tx, opd)?,
        None => None,
    };
    let akun = accounts::of_person(tx, person.id)?;
    let nip = person.nip.as_ref().map(|nip| nip.parse::<Nip>().map_or_else(|_| nip.clone(), |nip| nip.spaced()));
    let mut facts = Facts::new().add("Jenis pegawai", person.jenis.label());
    if person.jenis == crate::orang::Jenis::Pns || person.jenis == crate::orang::Jenis::Pppk {
        facts = facts.add_maybe("NIP", nip).add_maybe("Pangkat dan golongan", person.golongan.as_deref().map(golongan::display));
    }
    Ok(facts
        .add_maybe("Tanggal lahir", person.tanggal_lahir.map(tanggal_panjang))
        .add_maybe("Jenis kelamin", person.jenis_kelamin.map(|one| one.label()))
        .add_maybe("Unit kerja", unit)
        .add_maybe("Surel", person.email.as_deref())
        .add_maybe("Telepon", person.telepon.as_deref())
        .add(
            "Akun",
            match akun {
                Some(akun) if akun.nonaktif => {
                    html! { a href={ "/identity/akun/" (akun.id) } { (akun.nama) } " " (badge(Tone::Neutral, "Ditutup")) }
                }
                Some(akun) => html! { a href={ "/identity/akun/" (akun.id) } { (akun.nama) } },
                None => html! { span.redup { "Belum ada akun" } },
            },
        ))
}

fn state(person: &Rinci, now: &[&Found], today: Date) -> Markup {
    match person.berhenti {
        Some(last) if last < today => {
            let why = person.berhenti_sebab.as_deref().unwrap_or("tanpa keterangan");
            next_step(Tone::Neutral, format!("Pegawai ini berhenti bekerja {} ({why}).", tanggal_panjang(last)))
        }
        Some(last) => next_step(Tone::Warn, format!("Pegawai ini bekerja sampai {}.", tanggal_panjang(last))),
        None if !now.iter().any(|one| one.held.is_valid_on(today)) => {
            next_step(Tone::Warn, "Pegawai ini belum memegang jabatan, sehingga belum dapat bekerja dengan surat.")
        }
        None => html! {},
    }
}

fn posts(now: &[&Found], today: Date, reach: &Reach) -> Table {
    let rows = now.iter().map(|one| {
        let state = if one.held.mulai > today { badge(Tone::Info, "Akan datang") } else { badge(Tone::Good, "Berjalan") };
        let last = one.held.sampai.map_or_else(|| Cell::new("Tidak dibatasi"), |day| tanggal_pendek(day).into());
        let row = Row::new(vec![
            display_name(one.held.jenis, &one.held.jabatan_nama).into(),
            tanggal_pendek(one.held.mulai).into(),
            last,
            Cell::new(state),
        ]);
        // A post of another OPD is seen, and worked on by its own admin.
        if reach.has(one.opd) { row.href(format!("/identity/penugasan/{}", one.held.id)) } else { row }
    });
    Table::new("Jabatan")
        .column(Column::text("Jabatan"))
        .column(Column::date("Sejak"))
        .column(Column::date("Sampai"))
        .column(Column::text("Keadaan").corner())
        .rows(rows)
        .empty(EmptyState::new(Icon::Office, "Belum ada jabatan", "Pilih Tugaskan pada jabatan."))
}

fn earlier(past: &[&Found]) -> Table {
    let rows = past.iter().rev().map(|one| {
        let last = one.held.sampai.filter(|_| !one.held.is_called_off()).map_or_else(|| "Dibatalkan".into(), tanggal_pendek);
        Row::new(vec![
            display_name(one.held.jenis, &one.held.jabatan_nama).into(),
            tanggal_pendek(one.held.mulai).into(),
            last.into(),
            one.alasan_akhir.as_deref().map_or_else(Cell::empty, Cell::from),
        ])
    });
    Table::new("Jabatan sebelumnya")
        .column(Column::text("Jabatan"))
        .column(Column::date("Sejak"))
        .column(Column::date("Sampai"))
        .column(Column::text("Alasan berakhir").wide_only())
        .rows(rows)
}

fn acts(ctx: &Ctx, person: &Rinci, today: Date) -> Markup {
    let at = format!("{LIST}/{}", person.id);
    let mut list = vec![Act::link("Ubah data pegawai", format!("{at}/ubah")).main()];
    if person.berhenti.is_some_and(|last| last < today) {
        let back = Act::post("Catat bekerja kembali", format!("{at}/kembali"), ctx.csrf(), ctx.form_id().to_string());
        list.push(back.value("versi", person.versi.to_string()));
    } else {
        list.push(Act::link("Tugaskan pada jabatan", format!("/identity/jabatan?keadaan=kosong&orang={}", person.id)));
        list.push(Act::link("Catat berhenti bekerja", format!("{at}/berhenti")).danger());
    }
    act_bar(&list)
}
