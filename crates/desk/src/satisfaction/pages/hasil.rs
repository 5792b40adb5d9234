//! What everybody reads: the results that were published.

use praja_identity::opd;
use praja_module::{Ctx, Outcome};
use praja_store::Tx;
use praja_web::{EmptyState, Facts, Icon, PageHeader, frame, html, section};

use crate::{
    satisfaction::{
        index,
        rules::{e2, elements},
        store, sums,
    },
    visitors,
};

/// So many reports are shown, of this year and the two before.
const SHOWN: i64 = 60;

/// GET /kepuasan/hasil
pub(crate) fn results(ctx: &Ctx, tx: &mut Tx<'_>) -> Outcome {
    if let Some(stopped) = visitors::stop(ctx) {
        return Ok(stopped);
    }
    let mut parts = Vec::new();
    for (tahun, masa, opd, _) in store::published(tx, ctx.today().year() - 2, SHOWN)? {
        let tahun = i16::try_from(tahun).unwrap_or_default();
        let (dari, sampai) = masa.span(tahun);
        let sums = sums(tx, opd, None, &dari, &sampai)?;
        let Some(hasil) = index(&sums) else { continue };
        let plans = store::plans(tx, opd, tahun, masa)?;
        parts.push((opd::name(tx, opd)?.unwrap_or_default(), masa, tahun, sums, hasil, plans));
    }
    let content = html! {
        @if parts.is_empty() { (EmptyState::new(Icon::Chart, "Belum ada hasil yang diterbitkan", "Hasil survei tampil di sini setelah diterbitkan perangkat daerahnya.")) }
        @for (nama, masa, tahun, sums, hasil, plans) in &parts {
            (section(&format!("{nama}, {} {tahun}", masa.label()), html! {
                p { strong { (e2(hasil.ikm_e2)) } " (" (hasil.mutu.huruf) ", " (hasil.mutu.kinerja.to_lowercase()) "), dari " (sums.responden) " responden." }
                (elements().iter().zip(&hasil.rata_e2).fold(Facts::new(), |facts, (unsur, mean)| facts.add(unsur.nama.as_str(), mean.map_or_else(|| "-".to_owned(), e2))))
                @if !plans.is_empty() {
                    h3 { "Yang kami perbaiki" }
                    ul { @for (_, plan, done, _) in plans { li { (plan.tindakan) @if *done { " (selesai)" } } } }
                }
            }))
        }
        p { "Indeks dihitung menurut PermenPANRB 14/2017 dari sembilan unsur dengan bobot sama." }
    };
    let header = PageHeader::new("Hasil survei kepuasan masyarakat").purpose("Yang diterbitkan perangkat daerah.");
    Ok(frame::respond_plain(ctx, &header, content))
}
