//! What happens afterwards: an event becomes a delivery for each address that asked for it, a job sends it, and what was sent is forgotten
//! after a while.

use praja_kernel::{Id, Moment};
use praja_module::{Instance, Jenis, Outgoing, events::KabarAplikasi};
use praja_store::{Delivery, Keys, Result, StoreError, Tx};

use super::{Kait, Kiriman, Next, Status, UJI, body, next, rest_ms, store};

/// The job that sends one delivery.
pub(crate) const SEND: &str = "identity.send-kait";
/// The job that forgets old ones.
pub(crate) const SWEEP: &str = "identity.sweep-kait";
/// How long they are kept, in milliseconds: ninety days.
const KEPT_MS: i64 = 90 * 24 * 60 * 60 * 1000;

/// Hears what happened to a letter. Who is told is decided here; what is said is written by the job, which knows the house's address.
pub(crate) fn hear(tx: &mut Tx<'_>, delivery: &Delivery) -> Result<()> {
    let Some(kabar) = delivery.read::<KabarAplikasi>()? else { return Ok(()) };
    for kait in store::of_opd(tx, kabar.opd)? {
        if kait.aktif && kait.isi.peristiwa.contains(&kabar.jenis) {
            tell(tx, &kait, &kabar)?;
        }
    }
    Ok(())
}

/// Queues one delivery: the event itself stands in it until it is sent.
pub(crate) fn tell(tx: &mut Tx<'_>, kait: &Kait, kabar: &KabarAplikasi) -> Result<Id> {
    let id = tx.new_id()?;
    let text = serde_json::to_string(kabar).map_err(|e| StoreError::Corrupt(e.to_string()))?;
    store::queue(tx, id, kait.id, &kabar.jenis, &kabar.nomor, &text)?;
    let now = tx.now()?;
    enqueue(tx, id, now)?;
    Ok(id)
}

/// Each try has a key of its own, because the job under way still holds its own.
pub(crate) fn enqueue(tx: &mut Tx<'_>, id: Id, at: Moment) -> Result<()> {
    tx.enqueue(SEND, &id, at, Some(&format!("{SEND}:{id}:{}", at.ms())))?;
    Ok(())
}

/// The job: sends one delivery, notes what became of it, and says when it is tried again.
pub(crate) fn run(instance: &Instance, payload: &str) -> Result<()> {
    let id: Id = serde_json::from_str(payload).map_err(|e| StoreError::Corrupt(e.to_string()))?;
    let found = instance.db.read(|tx| {
        let Some(one) = store::delivery(tx, id)?.filter(|one| one.status == Status::Menunggu) else { return Ok(None) };
        Ok::<_, StoreError>(store::get(tx, one.kait)?.map(|kait| (one, kait)))
    })?;
    let Some((one, kait)) = found else { return Ok(()) };
    let (now, by) = (instance.now(), instance.by_system(SEND));
    let end = |status, why: &'static str| {
        let one = Kiriman { status, sebab: Some(why.to_owned()), selesai_pada: Some(now), ..one.clone() };
        instance.db.write(&by, Keys::unaudited(), move |tx| store::save(tx, &one))
    };
    if !kait.aktif {
        return end(Status::Batal, "Webhook ini dihentikan.");
    }
    // Nothing of a training ever leaves the house.
    if instance.jenis == Jenis::Contoh {
        return end(Status::Ditahan, "Ruang latihan tidak mengirim apa pun ke luar.");
    }
    if let Some(until) = kait.istirahat_sampai.filter(|until| *until > now) {
        let one = Kiriman { coba_pada: until, ..one };
        return instance.db.write(&by, Keys::unaudited(), move |tx| {
            store::save(tx, &one)?;
            enqueue(tx, one.id, until)
        });
    }
    let outcome = send(instance, &kait, &one)?;
    instance.db.write(&by, Keys::unaudited(), move |tx| settle(tx, &one, &kait, &outcome))
}

/// What a try came to: the status, or why nobody answered.
type Answer = std::result::Result<u16, String>;

fn send(instance: &Instance, kait: &Kait, one: &Kiriman) -> Result<Answer> {
    let kabar: KabarAplikasi = serde_json::from_str(&one.isi).map_err(|e| StoreError::Corrupt(e.to_string()))?;
    let Some(outside) = &instance.ports.outside else { return Ok(Err("Program ini tidak dapat menghubungi mesin lain.".into())) };
    let rahasia = kait.rahasia(instance)?;
    let text = body(one.id, &kabar, one.dibuat, instance.zona, &instance.url_publik);
    Ok(outside.post(&Outgoing {
        url: &kait.isi.alamat,
        certificate: kait.isi.sertifikat.as_deref(),
        own_machine: is_here(&instance.url_publik),
        id: one.id,
        at: u64::try_from(instance.now().ms() / 1000).unwrap_or(0),
        secret: &rahasia,
        body: &text,
    }))
}

/// Is Praja reached on this machine alone? Then the programs that it tells are here, too.
fn is_here(url: &str) -> bool {
    let host = url.split("://").nth(1).unwrap_or_default().split([':', '/']).next().unwrap_or_default();
    ["127.0.0.1", "localhost"].contains(&host)
}

fn settle(tx: &mut Tx<'_>, one: &Kiriman, kait: &Kait, outcome: &Answer) -> Result<()> {
    // A second process may have been faster.
    let Some(mut one) = store::delivery(tx, one.id)?.filter(|now| now.status == Status::Menunggu) else { return Ok(()) };
    let now = tx.now()?;
    let (answer, why) = match outcome {
        Ok(status) => (Some(*status), format!("Dijawab {status}.")),
        Err(why) => (None, why.clone()),
    };
    one.jawaban = answer.map(i64::from);
    // Whoever answers is there, also when this is not wanted.
    let (gagal, rests) = match answer {
        Some(..500) => (0, None),
        _ => (kait.gagal + 1, rest_ms(kait.gagal + 1).map(|ms| now.plus_ms(ms))),
    };
    store::note(tx, kait.id, gagal, rests)?;
    match next(answer, one.percobaan) {
        Next::Sent => (one.status, one.sebab, one.selesai_pada) = (Status::Terkirim, None, Some(now)),
        Next::GiveUp => {
            (one.status, one.sebab, one.selesai_pada) = (Status::Gagal, Some(why), Some(now));
            one.percobaan += 1;
        }
        Next::Again(ms) => {
            one.percobaan += 1;
            one.coba_pada = now.plus_ms(ms).max(rests.unwrap_or_default());
            one.sebab = Some(why);
            enqueue(tx, one.id, one.coba_pada)?;
        }
    }
    store::save(tx, &one)
}

/// The job: forgets what was told long ago.
pub(crate) fn sweep(instance: &Instance, _payload: &str) -> Result<()> {
    let before = Id::v7(instance.now().ms() - KEPT_MS, [0; 10]);
    let by = instance.by_system(SWEEP);
    let mut last = Id::v7(0, [0; 10]);
    loop {
        let some = instance.db.read(|tx| store::after(tx, last, 100))?;
        let Some(end) = some.last() else { return Ok(()) };
        last = *end;
        for kait in some {
            instance.db.write(&by, Keys::unaudited(), move |tx| store::sweep(tx, kait, before).map(|_| ()))?;
        }
    }
}

/// A trial.
pub(crate) fn trial(kait: &Kait) -> KabarAplikasi {
    KabarAplikasi {
        jenis: UJI.into(),
        opd: kait.opd,
        id: kait.id,
        nomor: String::new(),
        status: UJI.into(),
        alamat: praja_module::api::DOCUMENT.into(),
    }
}
