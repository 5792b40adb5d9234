//! What a complaint is about, as the page of a thing says it: sealed, so that nobody forges it and nobody reads in it who handled the thing.

use praja_kernel::Id;
use praja_module::Ctx;
use praja_store::{Result, Tx};
use praja_web::{Icon, Link, Markup, Tone, badge, html, icon, section};
use serde::{Deserialize, Serialize};

use super::{PUBLIC, said};
use crate::{
    complaints::{Status, store},
    words::encode,
};

/// What the seal is for.
const PURPOSE: &str = "perihal-pengaduan";
/// More stages than this no thing has.
const STAGES: usize = 16;

/// A thing that may be complained about.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Perihal {
    /// `<table>:<id>`.
    pub objek: String,
    /// The OPD that answers.
    pub opd: Option<Id>,
    /// In words that strangers may read.
    pub tentang: String,
    /// Its stages so far, the present one last.
    pub tahap: Vec<TahapPerihal>,
}

/// A stage of a thing, and who had it then. Strangers read the name of the stage, never of the officers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TahapPerihal {
    /// In words: "Pemeriksa".
    pub nama: String,
    /// The persons.
    pub petugas: Vec<Id>,
}

impl Perihal {
    pub(super) fn sealed(&self, ctx: &Ctx) -> String {
        let mut kept = self.clone();
        let extra = kept.tahap.len().saturating_sub(STAGES);
        kept.tahap.drain(..extra);
        let bytes = serde_json::to_vec(&kept).unwrap_or_default();
        let sealed = ctx.instance().keys().seal(PURPOSE, &bytes).unwrap_or_default();
        sealed.iter().map(|byte| format!("{byte:02x}")).collect()
    }

    /// What was sealed; nothing for what we did not seal.
    pub(super) fn opened(ctx: &Ctx, sealed: &str) -> Option<Self> {
        let (pairs, rest) = sealed.as_bytes().as_chunks::<2>();
        let digit = |byte: u8| char::from(byte).to_digit(16).and_then(|digit| u8::try_from(digit).ok());
        let bytes: Option<Vec<u8>> = pairs.iter().map(|[high, low]| Some((digit(*high)? << 4) | digit(*low)?)).collect();
        let bytes = bytes.filter(|bytes| rest.is_empty() && !bytes.is_empty())?;
        let opened = ctx.instance().keys().open(PURPOSE, &bytes).ok()?;
        serde_json::from_slice(&opened).ok()
    }
}

/// The way from a thing's page to a complaint about it. `tentang` names the thing in words that strangers may read.
pub fn invite(ctx: &Ctx, objek: &str, opd: Option<Id>, tentang: &str) -> Markup {
    invite_at(ctx, &Perihal { objek: objek.to_owned(), opd, tentang: tentang.to_owned(), tahap: Vec::new() })
}

/// The same for a thing that goes through stages: whoever complains says about which.
pub fn invite_at(ctx: &Ctx, about: &Perihal) -> Markup {
    let link = Link::new("Sampaikan pengaduan", format!("{PUBLIC}?tentang={}", encode(&about.sealed(ctx))));
    html! {
        p.ajakan { (icon(Icon::Comment)) " Ada yang tidak sesuai? " a href=(link.href) { (link.label) } " tentang hal ini." }
    }
}

/// What was complained about a thing in the ordinary way, with its answers, for the page that its owner sees. Not what is about an officer or
/// for the inspectorate: at a counter an officer may open that page, too.
///
/// # Errors
/// When the database fails.
pub fn answers(ctx: &Ctx, tx: &mut Tx<'_>, objek: &str) -> Result<Markup> {
    let all = store::of(tx, objek)?;
    if all.is_empty() {
        return Ok(html! {});
    }
    let mut rows = Vec::new();
    for one in all {
        let answer = said(ctx, tx, &one)?;
        rows.push((one, answer));
    }
    let tone = |status: Status| match status {
        Status::Ditanggapi | Status::Selesai => Tone::Good,
        Status::Ditolak => Tone::Neutral,
        _ => Tone::Info,
    };
    Ok(section(
        "Pengaduan tentang hal ini",
        html! {
            @for (one, answer) in &rows {
                details {
                    summary { "Pengaduan " (one.nomor) " " (badge(tone(one.status), one.status.label())) }
                    @if !one.tahap.is_empty() { p.redup { "Tahap: " (one.tahap) } }
                    (answer)
                    @if one.status.is_open() { p { "Dijawab paling lambat " (praja_kernel::tanggal_panjang(one.tenggat)) "." } }
                }
            }
            p.redup { "Untuk menanggapi jawaban, buka " a href=(PUBLIC) { "halaman pengaduan" } " dengan nomor dan kode pada bukti pengaduan." }
        },
    ))
}
