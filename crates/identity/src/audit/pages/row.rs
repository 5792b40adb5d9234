use praja_module::{Ctx, Outcome, Problem};
use praja_store::Tx;
use praja_web::{Cell, Column, EmptyState, Facts, Icon, PageHeader, Row, Table, frame, html, section};

use super::{LIST, encoded, field, sentence};
use crate::audit::{kerja::name_of, store};

/// GET /identity/audit/baris/{rantai}/{urut}: one row with its values and its place in the chain.
pub(crate) fn show(ctx: &Ctx, tx: &mut Tx<'_>) -> Outcome {
    let (rantai, urut): (String, i64) = (ctx.param("rantai")?, ctx.param("urut")?);
    let one = tx.audit_row(&rantai, urut)?.ok_or(Problem::NotFound)?;
    let names = store::office_names(tx)?;
    let (when, _) = frame::time(ctx.instance().zona, one.pada);
    let actor = html! { a href={ (LIST) "?pelaku=" (encoded(&one.pelaku)) } { (one.pelaku_nama) } };
    let objek = html! { a href={ (LIST) "?objek=" (encoded(&one.objek)) } { span.kode { (one.objek) } } };
    let mut facts = Facts::new().add("Waktu", when).add("Pelaku", actor);
    if let Some(jabatan) = &one.jabatan {
        facts = facts.add("Untuk jabatan", jabatan);
    }
    facts = facts
        .add("Tindakan", html! { (sentence(ctx, &one.tindakan)) " " span.redup.kode { (one.tindakan) } })
        .add("Objek", objek);
    if let Some(reason) = &one.alasan {
        facts = facts.add("Alasan", reason);
    }
    let values = one.bidang.iter().map(|(name, _)| {
        let value = one.nilai.iter().find(|value| value.bidang == *name);
        // An erased value leaves its hash: that something stood there is still proven.
        let shown = value
            .map_or_else(|| Cell::new(html! { span.redup { "dihapus menurut ketentuan" } }), |value| value.nilai.as_str().into());
        Row::new(vec![field(name).into(), shown])
    });
    let values = Table::new("Nilai")
        .column(Column::text("Bidang"))
        .column(Column::text("Nilai"))
        .rows(values)
        .empty(EmptyState::new(Icon::List, "Tanpa nilai", "Tindakan ini tidak mencatat nilai."));
    let sound = one.expected_hash() == one.sidik;
    let chain = Facts::new()
        .add("Rantai", name_of(&names, &rantai))
        .add("Baris", urut.to_string())
        .add("Sidik baris ini", html! { span.kode.putus { (one.sidik) } })
        .add("Sidik baris sebelumnya", html! { span.kode.putus { (one.sebelum) } })
        .add("Isi dan sidik", if sound { "cocok" } else { "tidak cocok: baris ini diubah" });
    let older = (urut > 1).then(|| format!("{LIST}/baris/{rantai}/{}", urut - 1));
    let newer = tx.audit_row(&rantai, urut + 1)?.map(|next| format!("{LIST}/baris/{rantai}/{}", next.urut));
    let header = PageHeader::new(format!("Baris {urut}")).crumb("Jejak audit", LIST);
    let content = html! {
        (facts)
        (section("Nilai yang dicatat", values))
        (section("Tempat dalam rantai", chain))
        p.aksi {
            @if let Some(href) = older { a.tombol href=(href) rel="prev" { "Baris sebelumnya" } }
            @if let Some(href) = newer { a.tombol href=(href) rel="next" { "Baris sesudahnya" } }
        }
    };
    Ok(frame::respond(ctx, &header, content))
}
