//! The backups of the installation: how they stand, where they lie, and the last rehearsal of a restore. Nothing is done from here:
//! whoever can open the keys of all letters sits at the machine.

use praja_kernel::{Moment, ribuan, tanggal_jam};
use praja_module::{BackupCopy, BackupDrill, BackupFinding, BackupPlace, BackupPlan, BackupView, Ctx, Outcome, Standing};
use praja_store::Tx;
use praja_web::{
    Cell, Column, EmptyState, Facts, Icon, Markup, Notice, PageHeader, Row, Table, Tone, badge, frame, html, next_step, section,
};

/// The address of the page.
pub(crate) const PAGE: &str = "/identity/cadangan";
const HOUR_MS: i64 = 60 * 60 * 1000;

/// GET /identity/cadangan
pub(crate) fn show(ctx: &Ctx, _: &mut Tx<'_>) -> Outcome {
    let header = PageHeader::new("Cadangan")
        .purpose("Salinan seluruh data dan lampiran. Halaman ini hanya menampilkan; perintahnya diketik di komputer Praja.");
    let content = match ctx.instance().ports.backups.as_ref().map(|backups| backups.look()) {
        Some(Ok(view)) => whole(ctx, &view),
        Some(Err(why)) => html! { (Notice::new(Tone::Bad, "Keadaan cadangan tidak dapat dilihat").text(why)) },
        None => html! {
            (EmptyState::new(
                Icon::Archive,
                "Cadangan tidak terlihat dari sini",
                "Di komputer Praja, ketik praja backup list untuk melihat cadangan dan tempatnya.",
            ))
        },
    };
    Ok(frame::respond(ctx, &header, content))
}

fn whole(ctx: &Ctx, view: &BackupView) -> Markup {
    html! {
        (next_step(tone(worst(&view.findings)), sentence(ctx, view)))
        @for finding in view.findings.iter().filter(|finding| finding.standing != Standing::Well) { (ill(finding)) }
        @for place in &view.places { (section(place_title(place), html! { (facts(ctx, place)) (copies(ctx, place)) })) }
        (section("Latihan pulih terakhir", drill(ctx, view.drill.as_ref())))
        (section("Pengaturan", plan(view.plan.as_ref())))
        (section("Yang dapat dilakukan di komputer Praja", commands(&view.at)))
    }
}

fn worst(findings: &[BackupFinding]) -> Standing {
    findings.iter().map(|finding| finding.standing).max().unwrap_or(Standing::Well)
}

const fn tone(standing: Standing) -> Tone {
    match standing {
        Standing::Well => Tone::Good,
        Standing::Look => Tone::Warn,
        Standing::Act => Tone::Bad,
    }
}

/// How it stands, in one sentence.
fn sentence(ctx: &Ctx, view: &BackupView) -> String {
    let newest = |second: bool| {
        let of = view.places.iter().filter(|place| place.second == second).flat_map(|place| &place.copies);
        of.map(|copy| copy.at).max()
    };
    let age = |at: Moment| age(ctx.now(), at);
    match (newest(false), newest(true)) {
        (Some(first), Some(second)) => {
            format!("Cadangan terbaru dibuat {}; di tempat kedua ada yang dibuat {}.", age(first), age(second))
        }
        (Some(first), None) => format!("Cadangan terbaru dibuat {}, dan hanya ada di komputer ini.", age(first)),
        (None, Some(second)) => format!("Di komputer ini tidak ada cadangan; di tempat kedua ada yang dibuat {}.", age(second)),
        (None, None) => "Belum ada cadangan.".to_owned(),
    }
}

fn ill(finding: &BackupFinding) -> Markup {
    html! {
        (Notice::new(tone(finding.standing), format!("{}: {}", finding.title, finding.value)).text(finding.meaning.as_str()))
        @if !finding.remedy.is_empty() { ul.berbutir { @for act in &finding.remedy { li { (act) } } } }
    }
}

const fn place_title(place: &BackupPlace) -> &'static str {
    if place.second { "Tempat kedua" } else { "Di komputer ini" }
}

fn facts(ctx: &Ctx, place: &BackupPlace) -> Facts {
    let state = match (place.reachable, place.second && place.same_disk) {
        (false, _) => badge(Tone::Bad, "Tidak dapat dibaca"),
        (true, true) => badge(Tone::Warn, "Disk yang sama dengan data"),
        (true, false) => badge(Tone::Good, "Dapat dibaca"),
    };
    let newest = place.copies.first().map(|copy| age(ctx.now(), copy.at));
    Facts::new()
        .add("Folder", html! { code { (place.folder) } })
        .add("Keadaan", state)
        .add("Banyaknya", ribuan(place.copies.len() as u64))
        .add("Terbaru", newest.unwrap_or_else(|| "belum ada".to_owned()))
}

fn copies(ctx: &Ctx, place: &BackupPlace) -> Table {
    let empty = if place.reachable {
        EmptyState::new(Icon::Archive, "Belum ada cadangan di sini", "Yang pertama dibuat pada jam cadangan berikutnya.")
    } else {
        EmptyState::new(
            Icon::Archive,
            "Tempat ini tidak dapat dibaca",
            "Pasang disknya; salinan yang tertinggal menyusul sendiri.",
        )
    };
    Table::new(place_title(place))
        .column(Column::text("Dibuat"))
        .column(Column::text("Umur"))
        .column(Column::number("Ukuran"))
        .column(Column::text("Rilis").wide_only())
        .column(Column::text("Berkas").wide_only())
        .column(Column::text("Diperiksa").corner())
        .rows(place.copies.iter().map(|copy| row(ctx, copy)))
        .empty(empty)
}

fn row(ctx: &Ctx, copy: &BackupCopy) -> Row {
    let (tone, checked) = match copy.whole {
        Some(true) => (Tone::Good, "Utuh"),
        Some(false) => (Tone::Bad, "Rusak"),
        None => (Tone::Neutral, "Belum diperiksa"),
    };
    let texts = [tanggal_jam(ctx.instance().zona.local(copy.at)), age(ctx.now(), copy.at), size(copy.bytes)];
    let mut cells: Vec<Cell> = texts.into_iter().map(Cell::from).collect();
    cells.extend([copy.release.as_str().into(), copy.name.as_str().into(), badge(tone, checked).into()]);
    Row::new(cells)
}

fn drill(ctx: &Ctx, drill: Option<&BackupDrill>) -> Markup {
    let Some(drill) = drill else {
        return html! { p { "Belum pernah. Latihan pulih memulihkan cadangan terbaru ke folder sementara, memeriksanya, lalu menghapusnya." } };
    };
    let result = match drill.problems.is_empty() {
        true => badge(Tone::Good, "Pulih utuh"),
        false => badge(Tone::Bad, "Gagal"),
    };
    let from = if drill.second { "tempat kedua" } else { "komputer ini" };
    let facts = Facts::new()
        .add("Hasil", result)
        .add("Pada", format!("{}, {}", tanggal_jam(ctx.instance().zona.local(drill.at)), age(ctx.now(), drill.at)))
        .add("Cadangan", html! { code { (drill.name) } ", dari " (from) })
        .add("Baris", ribuan(drill.rows))
        .add("Lampiran", ribuan(drill.files))
        .add("Rantai jejak audit", ribuan(drill.chains as u64));
    html! {
        (facts)
        @if !drill.problems.is_empty() { ul.berbutir { @for problem in &drill.problems { li { (problem) } } } }
    }
}

fn plan(plan: Option<&BackupPlan>) -> Markup {
    match plan {
        Some(plan) => html! {
            (Facts::new().add("Setiap hari pukul", plan.jam.replace(':', ".")).add("Disimpan di setiap tempat", format!("{} cadangan", plan.simpan)))
        },
        None => html! { p { "Tidak ada cadangan yang dibuat dengan sendirinya pada pemasangan ini." } },
    }
}

fn commands(at: &str) -> Markup {
    let command = |words: &str| html! { code { "praja " (words) (at) } };
    html! {
        ul.berbutir {
            li { "Membuat cadangan dan salinannya sekarang: " (command("backup create --scheduled")) }
            li { "Melatih pemulihan: " (command("backup drill")) }
            li { "Menyebut tempat kedua: " (command("config set cadangan.tempat /mnt/cadangan")) }
        }
        p { "Memulihkan memerlukan lembar pemulihan dari brankas; langkahnya ada pada panduan \"Cadangan dan pemulihan\"." }
    }
}

/// "3 jam lalu"; from two days on "2 hari lalu".
fn age(now: Moment, at: Moment) -> String {
    match (now.ms() - at.ms()).div_euclid(HOUR_MS) {
        ..1 => "baru saja".to_owned(),
        hours @ 1..48 => format!("{hours} jam lalu"),
        hours => format!("{} hari lalu", ribuan(hours.unsigned_abs() / 24)),
    }
}

/// "512 KiB"; from one MiB on "1,5 MiB".
fn size(bytes: u64) -> String {
    let tenths = bytes.saturating_mul(10).div_ceil(1024 * 1024);
    if bytes < 1024 * 1024 {
        format!("{} KiB", bytes.div_ceil(1024))
    } else {
        format!("{},{} MiB", ribuan(tenths / 10), tenths % 10)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ages_and_sizes_are_told_in_the_unit_that_is_read_at_once() {
        for (minutes, told) in
            [(-5, "baru saja"), (59, "baru saja"), (60, "1 jam lalu"), (2_879, "47 jam lalu"), (2_880, "2 hari lalu")]
        {
            assert_eq!(age(Moment(0), Moment(-minutes * 60_000)), told);
        }
        for (bytes, told) in
            [(0, "0 KiB"), (1, "1 KiB"), (1_048_575, "1024 KiB"), (1_048_576, "1,0 MiB"), (1_610_612_736, "1.536,0 MiB")]
        {
            assert_eq!(size(bytes), told, "{bytes}");
        }
    }
}
