//! The screens of disposal: the lists, choosing files, one list, its steps.

pub(crate) mod choose;
pub(crate) mod line;
pub(crate) mod list;
pub(crate) mod paper;
pub(crate) mod show;
pub(crate) mod step;

use praja_module::{Ctx, Problem};
use praja_store::Tx;
use praja_web::{Facts, Markup, PageHeader, Tone, badge};

use super::{Jenis, Status, Susut, store};
use crate::arsip::{self, Persetujuan, pages::me};

/// Where the lists are.
pub(crate) const LIST: &str = "/eoffice/arsip/penyusutan";

/// The list of the address, when it is the own OPD's.
fn load(ctx: &Ctx, tx: &mut Tx<'_>) -> Result<Susut, Problem> {
    store::find(tx, &[me(ctx)?.opd], ctx.param("id")?)?.ok_or(Problem::NotFound)
}

pub(crate) fn address(susut: &Susut) -> String {
    format!("{LIST}/{}", susut.id)
}

/// "daftar pemusnahan arsip nomor 3".
pub(crate) fn name(susut: &Susut) -> String {
    format!("daftar {} nomor {}", susut.jenis.label().to_lowercase(), susut.nomor)
}

/// Where files are chosen for a new list.
pub(crate) fn choose_address(jenis: Jenis) -> String {
    format!("{LIST}/susun/{}", jenis.as_str())
}

/// A page below the lists.
fn under(title: &str) -> PageHeader {
    PageHeader::new(title).crumb("Arsip", arsip::pages::LIST).crumb("Penyusutan", LIST)
}

/// A page about one list.
fn below(susut: &Susut, title: &str) -> PageHeader {
    let own = format!("{} nomor {}", susut.jenis.label(), susut.nomor);
    under(title).crumb(own.clone(), address(susut)).purpose(format!("{own}."))
}

fn status_badge(status: Status) -> Markup {
    let tone = match status {
        Status::Disusun => Tone::Info,
        Status::Dinilai | Status::Disetujui | Status::Ditetapkan => Tone::Warn,
        Status::Selesai => Tone::Good,
        Status::Batal => Tone::Neutral,
    };
    badge(tone, status.label())
}

fn facts(susut: &Susut) -> Facts {
    Facts::new()
        .add("Nomor daftar", susut.nomor.to_string())
        .add("Status", status_badge(susut.status))
        .add("Jenis", susut.jenis.label())
        .add("Isi", format!("{} berkas", susut.jumlah))
        .add_maybe("Persetujuan", susut.persetujuan.map(Persetujuan::label))
        .add("Disusun oleh", &susut.oleh_nama)
}
