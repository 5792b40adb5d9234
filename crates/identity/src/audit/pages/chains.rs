//! Whole chains to take along: streamed row by row, and verified elsewhere without Praja's database.

use std::io;

use praja_module::{Body, Ctx, Input, Outcome, Problem, Response, Writer};
use praja_store::{Keys, StoreError, Tx, audit::Entry};
use praja_web::{Act, Cell, Column, EmptyState, Icon, PageHeader, Row, Table, frame, html, section};

use super::{LIST, parts};
use crate::audit::{kerja::name_of, store};

/// Where the chains are listed.
pub(super) fn address() -> String {
    format!("{LIST}/rantai")
}

/// GET /identity/audit/rantai: every chain with its length, and how its file is verified.
pub(crate) fn chains(ctx: &Ctx, tx: &mut Tx<'_>) -> Outcome {
    let names = store::office_names(tx)?;
    let mut all: Vec<(String, String, i64)> = tx
        .audit_chains()?
        .into_iter()
        .map(|(rantai, rows)| {
            let nama = name_of(&names, &rantai);
            (rantai, nama, rows)
        })
        .collect();
    all.sort_by_key(|(rantai, nama, _)| (rantai != "umum", praja_kernel::fold(nama)));
    let rows = all.iter().map(|(rantai, nama, rows)| {
        let act = |label: &str, nilai: &str| {
            Act::post(label, format!("{}/{rantai}/unduh", address()), ctx.csrf(), ctx.form_id().to_string()).value("nilai", nilai)
        };
        Row::new(vec![
            nama.as_str().into(),
            rows.to_string().into(),
            Cell::new(html! { div.aksi { (act("Unduh dengan nilai", "ya")) (act("Unduh tanpa nilai", "tidak")) } }),
        ])
    });
    let table = Table::new("Rantai")
        .column(Column::text("Rantai"))
        .column(Column::number("Baris terakhir"))
        .column(Column::text("Berkas"))
        .rows(rows)
        .empty(EmptyState::new(Icon::Shield, "Belum ada rantai", "Rantai terbentuk dengan tindakan pertama yang dicatat."));
    let header = PageHeader::new("Rantai jejak audit untuk dibawa")
        .purpose("Satu berkas untuk satu rantai, baris demi baris, yang dapat diperiksa di luar Praja.")
        .crumb("Jejak audit", LIST);
    let how = html! {
        ol {
            li { "Salin berkasnya ke komputer mana pun yang mempunyai program " code { "praja" } ". Basis data, kunci, dan internet tidak diperlukan." }
            li { "Jalankan " code { "praja audit verify --export BERKAS" } ". Setiap baris dihitung ulang sidiknya dan dicocokkan dengan baris berikutnya." }
            li { "Sertakan jangkar yang disimpan di luar Praja, " code { "praja audit verify --export BERKAS --anchor JANGKAR" } ": rantai yang dipotong hanya ketahuan dari jangkar." }
        }
        p.redup { "Tanpa nilai: isi setiap bidang ditinggalkan, sidiknya ikut, sehingga rantai tetap dapat diperiksa. Setiap pengunduhan tercatat." }
    };
    Ok(frame::respond(ctx, &header, html! { (parts(&address())) (section("Cara memeriksa berkas", how)) (table) }))
}

/// POST /identity/audit/rantai/{rantai}/unduh: the chain, written while it is sent. Taking it along is itself written down.
pub(crate) fn download(ctx: &Ctx, input: &Input) -> Outcome {
    let rantai: String = ctx.param("rantai")?;
    let known = ctx.read(|tx| tx.audit_chains())?;
    if !known.iter().any(|(one, _)| *one == rantai) {
        return Err(Problem::NotFound);
    }
    let masked = input.text("nilai") != "ya";
    let named = rantai.clone();
    ctx.write(Keys::none(), move |tx| {
        let entry = Entry::new("identity.download-rantai", "store_audit", &named);
        tx.audit(&entry.with("nilai", if masked { "tanpa nilai" } else { "dengan nilai" }))
    })?;
    let (instance, day) = (ctx.instance().clone(), ctx.today());
    let name = format!("jejak-audit-{rantai}-{day}.jsonl");
    let write = Writer::new(move |out| {
        let written: Result<i64, StoreError> = instance.db.export_audit(&rantai, |_| masked, out);
        written.map(|_| ()).map_err(io::Error::other)
    });
    Ok(Response::of(Body::Stream { write, mime: "application/x-ndjson", name }))
}
