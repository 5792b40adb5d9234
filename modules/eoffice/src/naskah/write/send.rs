//! A signed naskah goes to everybody it is addressed to. Who that is, is frozen here.

use std::collections::BTreeMap;

use praja_desk::{attachments, deliveries, tasks};
use praja_identity::{jabatan, opd};
use praja_kernel::{Id, Sifat};
use praja_module::{Message, MessageKind, Problem};
use praja_store::{Tx, search};

use super::{Meja, PAGE, above, alamat, entry, judul, objek, pass};
use crate::{
    ID, NASKAH,
    amplop::write::{Pengirim, post, signed_file},
    daftar::Alamat as Line,
    naskah::{
        Naskah, Refusal, Status,
        alur::Langkah,
        store,
        tujuan::{Alamat, Cara, Keadaan, Penerima, Peran, meant},
        wewenang::mandator,
    },
    simpul,
};

/// What sending needs besides the naskah.
pub(crate) struct Kirim<'a> {
    /// The name of its kind.
    pub(crate) jenis: &'a str,
    /// The name of the office that sends.
    pub(crate) office: &'a str,
    pub(crate) pengirim: &'a Pengirim,
    /// How it goes to those outside this box, by their place, where whoever sends chose.
    pub(crate) cara: &'a BTreeMap<i64, Jalan>,
}

/// A way out of this box.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Jalan {
    pub(crate) cara: Cara,
    pub(crate) simpul: Option<Id>,
    /// The address, for one who gets it by e-mail.
    pub(crate) surel: Option<String>,
}

/// Everybody of this box who can be addressed from an OPD: every office, and the posts of the own one.
pub(crate) fn addresses(tx: &mut Tx<'_>, own: Id) -> Result<Vec<Alamat>, Problem> {
    let mut all = Vec::new();
    for post in jabatan::list_of_opd(tx, own)? {
        all.push(Alamat { opd: own, jabatan: Some(post.id), nama: vec![post.nama] });
    }
    for office in opd::list_active(tx)? {
        let head = jabatan::head_of(tx, office.id)?.map(|head| head.nama).unwrap_or_default();
        // The own head is a post of the own office.
        if office.id != own {
            all.push(Alamat { opd: office.id, jabatan: None, nama: vec![head, office.nama, office.singkatan] });
        }
    }
    Ok(all)
}

/// Who gets it, as it would be sent now.
pub(crate) fn recipients(tx: &mut Tx<'_>, naskah: &Naskah) -> Result<Vec<Penerima>, Problem> {
    let all = addresses(tx, naskah.opd)?;
    let alamat::Alamatan { kepada, tembusan: mut copies } = alamat::of(tx, naskah)?;
    let line = above(tx, naskah.isi.penandatangan)?;
    // The power is the mandator's, who gets a copy as the report of its use.
    if let Some(post) = mandator(naskah.isi.wewenang, &line)
        && !copies.iter().any(|line| praja_kernel::fold(&line.nama) == praja_kernel::fold(&post.nama))
    {
        copies.insert(0, Line { nama: post.nama.clone(), daftar: None });
    }
    // Who must act on it needs no copy besides.
    copies.retain(|copy| kepada.iter().all(|line| praja_kernel::fold(&line.nama) != praja_kernel::fold(&copy.nama)));
    let lines = kepada.into_iter().map(|line| (Peran::Tujuan, line));
    let lines: Vec<(Peran, Line)> = lines.chain(copies.into_iter().map(|line| (Peran::Tembusan, line))).collect();
    let nodes = if naskah.isi.sifat.is_secret() { Vec::new() } else { simpul::store::active(tx)? };
    let mut found = Vec::new();
    for (at, (peran, Line { nama, daftar })) in lines.into_iter().enumerate() {
        let who = meant(&nama, &all);
        let node = nodes.iter().find(|node| who.is_none() && node.reaches(&nama)).map(|node| node.id);
        found.push(Penerima {
            id: tx.new_id().unwrap_or_else(|_| Id::v7(0, [0; 10])),
            urut: i64::try_from(at).unwrap_or(i64::MAX) + 1,
            peran,
            opd: who.map(|who| who.opd),
            jabatan: who.and_then(|who| who.jabatan),
            cara: match (who, node) {
                (Some(_), _) => Cara::Praja,
                (None, Some(_)) => Cara::Simpul,
                (None, None) => Cara::Ekspedisi,
            },
            simpul: node,
            surel: None,
            kiriman: None,
            nama,
            daftar,
            keadaan: Keadaan::Belum,
            dikirim_pada: None,
            diterima_pada: None,
            tanda_terima: None,
            surat_masuk: None,
        });
    }
    Ok(found)
}

/// Sends it: recipients in this box have it at once, the others stand in the expedition book.
pub(crate) fn send(tx: &mut Tx<'_>, meja: &Meja, mut naskah: Naskah, with: &Kirim<'_>) -> Result<(), Problem> {
    let (jenis, office) = (with.jenis, with.office);
    if naskah.status != Status::Tertandatangani {
        return Err(Problem::refused(Refusal::NotNow { langkah: Langkah::Kirim, status: naskah.status }));
    }
    let now = tx.now()?;
    let mut all = recipients(tx, &naskah)?;
    for one in &mut all {
        if one.cara != Cara::Praja
            && let Some(way) = with.cara.get(&one.urut)
        {
            (one.cara, one.simpul, one.surel) = (way.cara, way.simpul, way.surel.clone());
        }
        if one.cara == Cara::Surel {
            one.kiriman = Some(mail(tx, &naskah, with, one)?);
        }
        if matches!(one.cara, Cara::Praja | Cara::Simpul | Cara::Surel) {
            one.keadaan = Keadaan::Dikirim;
            one.dikirim_pada = Some(now);
        }
    }
    store::penerima::insert(tx, naskah.id, naskah.opd, &all)?;
    naskah.dikirim_pada = Some(now);
    pass(tx, meja, &mut naskah, Langkah::Kirim, false, &[])?;
    for one in &all {
        deliver(tx, meja, &naskah, jenis, office, one)?;
        if let (Cara::Simpul, Some(node)) = (one.cara, one.simpul) {
            let node = simpul::store::find(tx, node)?.filter(|node| node.aktif).ok_or(Problem::Conflict)?;
            post(tx, with.pengirim, &naskah, (jenis, office), one, &node)?;
        }
    }
    if !naskah.isi.sifat.is_secret() {
        let readers = store::readers_of(tx, naskah.id)?;
        tx.index(&found_by(&naskah, jenis, readers))?;
    }
    Ok(tx.audit(&entry("eoffice.send-naskah", &naskah).with("penerima", all.len().to_string()))?)
}

/// Queues it for somebody by e-mail: the file, and where its authenticity is verified. What is not Biasa never leaves so.
fn mail(tx: &mut Tx<'_>, naskah: &Naskah, with: &Kirim<'_>, one: &Penerima) -> Result<Id, Problem> {
    if naskah.isi.sifat != Sifat::Biasa {
        return Err(Problem::refused(Refusal::NoMail("Hanya naskah biasa yang dikirim lewat surel.")));
    }
    let file = signed_file(tx, naskah)?
        .ok_or_else(|| Problem::refused(Refusal::NoMail("Naskah ini tidak mempunyai berkas PDF bertanda tangan.")))?;
    let nomor = naskah.nomor.as_ref().map_or("-", |nomor| nomor.teks.as_str());
    let surat = deliveries::Surat {
        alamat: one.surel.as_deref().unwrap_or_default(),
        nama: &one.nama,
        judul: &naskah.isi.hal,
        isi: &format!("{} nomor {nomor} dari {}, hal {}.", with.jenis.to_lowercase(), with.office, naskah.isi.hal),
        tautan: &naskah.token.as_ref().map(|token| format!("/v/{token}")).unwrap_or_default(),
        derajat: naskah.isi.derajat,
        berkas: deliveries::Berkas { objek: objek(naskah.id), sidik: file.sidik, nama: file.nama },
        latihan: with.pengirim.is_training(),
    };
    let queued = deliveries::queue_letter(tx, &surat)?;
    queued.ok_or_else(|| Problem::refused(Refusal::NoMail("Belum ada saluran surel yang aktif.")))
}

fn deliver(tx: &mut Tx<'_>, meja: &Meja, naskah: &Naskah, jenis: &str, office: &str, one: &Penerima) -> Result<(), Problem> {
    let Some(opd) = one.opd else { return Ok(()) };
    let head = jabatan::head_of(tx, opd)?.map(|head| head.id);
    let untuk = match (one.jabatan, naskah.isi.sifat, head) {
        (Some(post), ..) => format!("jabatan:{post}"),
        (None, Sifat::Biasa, _) => format!("opd:{opd}"),
        (None, _, Some(head)) => format!("jabatan:{head}"),
        (None, _, None) => return Ok(()),
    };
    let subjects = [untuk.clone()];
    store::allow(tx, naskah, &subjects)?;
    attachments::grant(tx, &objek(naskah.id), &subjects)?;
    let tautan = format!("{PAGE}/{}", naskah.id);
    match (one.peran, one.jabatan) {
        (Peran::Tujuan, None) => {
            let task = tasks::NewTask {
                untuk: untuk.clone(),
                judul: judul(&format!("Catat dalam buku agenda, {} dari {office}", jenis.to_lowercase()), naskah),
                tautan: format!("{}/baru?naskah={}", crate::surat_masuk::pages::LIST, naskah.id),
                objek: objek_terima(naskah.id, opd),
                jatuh_tempo: None,
                sementara: false,
            };
            tasks::open(tx, &task)?;
        }
        (Peran::Tujuan, Some(_)) => {
            let task = tasks::NewTask {
                untuk: untuk.clone(),
                judul: judul(&format!("Baca {}", jenis.to_lowercase()), naskah),
                tautan: tautan.clone(),
                objek: objek(naskah.id),
                jatuh_tempo: None,
                sementara: false,
            };
            tasks::open_light(tx, &task)?;
        }
        (Peran::Tembusan, _) => {}
    }
    let words = if one.peran == Peran::Tembusan {
        format!("Tembusan {} dari {office}", jenis.to_lowercase())
    } else {
        format!("{jenis} dari {office}")
    };
    let message =
        Message::new(MessageKind::Kabar, untuk, judul(&words, naskah), tautan).about(naskah.isi.sifat, naskah.isi.derajat);
    Ok(meja.kerja.message(tx, &message)?)
}

/// The name of a naskah that waits in another OPD to be entered in its agenda, in the task of that OPD.
pub(crate) fn objek_terima(naskah: Id, opd: Id) -> String {
    format!("{}/terima:{naskah}/{opd}", super::TABLE)
}

/// The registry of a recipient has entered it in its agenda.
pub(crate) fn received(tx: &mut Tx<'_>, naskah: Id, opd: Id, surat_masuk: Id, agenda: &str) -> Result<(), Problem> {
    let now = tx.now()?;
    for mut one in store::penerima::of(tx, naskah)? {
        if one.opd == Some(opd) && one.peran == Peran::Tujuan && one.keadaan == Keadaan::Dikirim {
            one.keadaan = Keadaan::Diterima;
            one.diterima_pada = Some(now);
            one.tanda_terima = Some(format!("Agenda {agenda}"));
            one.surat_masuk = Some(surat_masuk);
            store::penerima::save(tx, &one)?;
        }
    }
    tasks::done(tx, &objek_terima(naskah, opd))?;
    let act = praja_store::audit::Entry::new("eoffice.receive-naskah", super::TABLE, naskah);
    Ok(tx.audit(&act.with("opd", opd).with("agenda", agenda))?)
}

/// What the search knows about a signed naskah. Never called for a secret one.
pub(crate) fn found_by(naskah: &Naskah, jenis: &str, akses: Vec<String>) -> search::Entry {
    let isi = &naskah.isi;
    let mut teks = format!("{jenis} {} {}", naskah.penandatangan_jabatan, isi.kepada.join(" "));
    for text in isi.bidang.values().chain(isi.ringkasan.iter()).chain(isi.klasifikasi.iter()) {
        teks.push(' ');
        teks.push_str(text);
    }
    search::Entry {
        modul: ID,
        jenis: NASKAH,
        tautan: format!("{PAGE}/{}", naskah.id),
        judul: isi.hal.clone(),
        nomor: naskah.nomor.as_ref().map(|nomor| nomor.teks.clone()).unwrap_or_default(),
        teks,
        akses,
        pada: naskah.created_at,
    }
}
