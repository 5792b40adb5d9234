use std::collections::HashMap;

use praja_kernel::{Id, Sifat, tanggal_pendek};
use praja_module::{Ctx, Problem};
use praja_store::Tx;
use praja_web::{Markup, Tone, badge, frame, html};

use super::{PAGE, peran_badge, status_badge};
use crate::disposisi::{Disposisi, Konfirmasi, Status, Tujuan, instruksi, store};

/// Deeper than any office is tall; a slip in the data must not draw for ever.
const DEEPEST: usize = 12;

/// Every order on a letter or naskah of this class, and under each recipient those to whom it was passed on. `words`: may the reader read the notes and
/// reports of a secret letter?
pub(crate) fn draw(ctx: &Ctx, tx: &mut Tx<'_>, pokok: Id, sifat: Sifat, words: bool) -> Result<Markup, Problem> {
    let orders = store::of_surat(tx, pokok)?;
    let recipients = store::tujuan_of_surat(tx, pokok)?;
    Ok(draw_from(ctx, sifat, &orders, &recipients, None, words))
}

/// The orders below one recipient.
pub(crate) fn draw_below(
    ctx: &Ctx,
    tx: &mut Tx<'_>,
    sifat: Sifat,
    tujuan: &Tujuan,
    words: bool,
) -> Result<Option<Markup>, Problem> {
    let orders = store::of_surat(tx, tujuan.surat)?;
    let recipients = store::tujuan_of_surat(tx, tujuan.surat)?;
    let any = orders.iter().any(|one| one.induk == Some(tujuan.id));
    Ok(any.then(|| draw_from(ctx, sifat, &orders, &recipients, Some(tujuan.id), words)))
}

fn draw_from(ctx: &Ctx, sifat: Sifat, orders: &[Disposisi], recipients: &[Tujuan], induk: Option<Id>, words: bool) -> Markup {
    let mut by_order: HashMap<Id, Vec<&Tujuan>> = HashMap::new();
    for one in recipients {
        by_order.entry(one.disposisi).or_default().push(one);
    }
    let mine = ctx.scope().ok().and_then(|scope| scope.acting.as_ref()).map(|acting| acting.jabatan);
    Chain { ctx, sifat, orders, by_order, words, mine }.level(induk, 0)
}

struct Chain<'a> {
    ctx: &'a Ctx,
    sifat: Sifat,
    orders: &'a [Disposisi],
    by_order: HashMap<Id, Vec<&'a Tujuan>>,
    words: bool,
    mine: Option<Id>,
}

impl Chain<'_> {
    fn level(&self, induk: Option<Id>, depth: usize) -> Markup {
        html! {
            @if depth < DEEPEST {
                ol.rantai {
                    @for one in self.orders.iter().filter(|one| one.induk == induk && self.is_shown(one)) {
                        li { (self.order(one)) (self.recipients(one, depth)) }
                    }
                }
            }
        }
    }

    /// What the aide wrote down is nobody's business before the leader has confirmed it, but the leader's and the aide's.
    fn is_shown(&self, one: &Disposisi) -> bool {
        let draft = self.by_order.get(&one.id).is_some_and(|all| all.iter().all(|tujuan| tujuan.status == Status::Konsep));
        !draft
            || self.mine == Some(one.dari)
            || self.ctx.scope().is_ok_and(|scope| one.dicatat.as_ref().is_some_and(|(nama, _)| nama == scope.actor.nama()))
    }

    /// The words of an order that is more secret than its letter are read by whoever gave or got it.
    fn reads(&self, one: &Disposisi) -> bool {
        let party = || self.by_order.get(&one.id).into_iter().flatten().any(|tujuan| self.mine == Some(tujuan.kepada));
        if one.is_raised(self.sifat) { self.mine == Some(one.dari) || party() } else { self.words }
    }

    fn order(&self, one: &Disposisi) -> Markup {
        let (when, machine) = frame::time(self.ctx.instance().zona, one.created_at);
        html! {
            p {
                strong { (one.dari_jabatan) } @if !one.dari_nama.is_empty() { " (" (one.dari_nama) ")" }
                " · " time.redup datetime=(machine) { (when) }
            }
            @if let Some((nama, jabatan)) = &one.dicatat {
                p.redup { "Dicatatkan oleh " (nama) " (" (jabatan) ") atas arahan " (one.dari_jabatan) ". " (konfirmasi_badge(one.konfirmasi)) }
            }
            p { (instruksi::texts(&one.instruksi).join("; ")) "." @if let Some(batas) = one.batas { " Batas waktu " strong { (tanggal_pendek(batas)) } @if one.sementara { " (sementara)" } "." } }
            @if !one.catatan.is_empty() {
                @if self.reads(one) { p.kutipan { (one.catatan) } } @else { p.redup { "Catatan hanya tampil bagi yang berhak membacanya." } }
            }
        }
    }

    fn recipients(&self, one: &Disposisi, depth: usize) -> Markup {
        let today = self.ctx.today();
        html! {
            ul.penerima {
                @for tujuan in self.by_order.get(&one.id).into_iter().flatten() {
                    li {
                        p { a href={ (PAGE) "/" (tujuan.id) } { (tujuan.kepada_jabatan) } @if !tujuan.kepada_nama.is_empty() { " (" (tujuan.kepada_nama) ")" } }
                        p { (peran_badge(tujuan.peran)) " " (status_badge(tujuan.status)) @if tujuan.is_late(today) { " " (badge(Tone::Bad, "Terlambat")) } }
                        @if let Some(laporan) = &tujuan.laporan {
                            @if self.reads(one) { p.kutipan { (laporan) } }
                        }
                        @if self.orders.iter().any(|below| below.induk == Some(tujuan.id)) { (self.level(Some(tujuan.id), depth + 1)) }
                    }
                }
            }
        }
    }
}

/// Whether the leader has confirmed what the aide wrote down.
pub(crate) fn konfirmasi_badge(konfirmasi: Konfirmasi) -> Markup {
    match konfirmasi {
        Konfirmasi::Langsung => html! {},
        Konfirmasi::Menunggu => badge(Tone::Warn, konfirmasi.label()),
        Konfirmasi::Dibenarkan => badge(Tone::Good, konfirmasi.label()),
        Konfirmasi::Dibatalkan => badge(Tone::Bad, konfirmasi.label()),
    }
}
