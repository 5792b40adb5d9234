//! The work nobody waits for: checking every chain, and an anchor every day.

use praja_kernel::Id;
use praja_module::Instance;
use praja_store::{Anchor, Keyring, Keys, Result, StoreError, Tx, audit::Entry};

use super::{Temuan, store};

/// Job: checks every chain.
pub(crate) const CHECK: &str = "identity.check-audit";
/// Job: takes an anchor.
pub(crate) const ANCHOR: &str = "identity.take-anchor";
/// How often progress is noted at least, in chains.
const STEP: usize = 5;

/// Name of a chain: the OPD's, what `umum` holds, or that it is one of its own.
pub(crate) fn name_of(names: &[(Id, String)], rantai: &str) -> String {
    if rantai == "umum" {
        return "Umum (masuk, warga, dan sistem)".into();
    }
    let found = names.iter().find(|(id, _)| id.to_string() == rantai);
    match found {
        Some((_, nama)) => nama.clone(),
        None if rantai.parse::<Id>().is_ok() => format!("OPD {rantai}"),
        // A chain of its own, named after the module that keeps it.
        None => format!("Rantai {rantai}"),
    }
}

/// Checks every row of every chain, also against the anchors that were brought along and those taken here.
pub(crate) fn check(instance: &Instance, text: &str) -> Result<()> {
    let id: Id = serde_json::from_str(text).map_err(|e| StoreError::Corrupt(format!("a job of the audit trail: {e}")))?;
    let Some(asked) = instance.db.read(|tx| store::get(tx, id))?.filter(|one| one.status.is_moving()) else { return Ok(()) };
    let (names, taken) = instance.db.read(|tx| Ok::<_, StoreError>((store::office_names(tx)?, store::anchors(tx, 1_000)?)))?;
    let mut found = Vec::new();
    let mut anchors: Vec<Anchor> = Vec::new();
    let brought = asked.jangkar.iter().map(|text| (text, "jangkar yang Anda unggah"));
    let kept = taken.iter().map(|one| (&one.teks, "jangkar yang tersimpan di sini"));
    for (text, which) in brought.chain(kept) {
        match text.parse::<Anchor>() {
            Ok(anchor) if anchor.instansi == instance.id.to_string() => anchors.push(anchor),
            Ok(_) => found.push(odd(instance, which, "milik pemasangan lain")),
            Err(e) => found.push(odd(instance, which, &e.to_string())),
        }
    }
    let own: String = instance.keys().signing().verifying_key().as_bytes().iter().map(|byte| format!("{byte:02x}")).collect();
    if anchors.iter().any(|anchor| anchor.kunci != own) {
        found.push(odd(
            instance,
            "salah satu jangkar",
            "ditandatangani kunci lain: kunci pemasangan diganti sesudah jangkar dibuat",
        ));
    }
    let by = instance.by_system(CHECK);
    let mut outcome = Ok(());
    let report = instance.db.verify_audit_with(
        &anchors,
        |rantai| name_of(&names, rantai),
        |done, total, rows| {
            if outcome.is_ok() && (done % STEP == 0 || done == total) {
                let (done, total) = (number(done), number(total));
                outcome = instance.db.write(&by, Keys::unaudited(), move |tx| store::progress(tx, id, done, total, rows));
            }
        },
    )?;
    outcome?;
    found.extend(report.problems.iter().map(Temuan::of));
    let (chains, rows, erased) = (number(report.chains), report.rows, report.erased);
    instance.db.write(&instance.by_system(CHECK), Keys::none(), move |tx| {
        store::finish(tx, id, chains, rows, erased, &found)?;
        tx.audit(
            &Entry::new("identity.check-audit", "identity_audit_periksa", id).with("baris", rows).with("masalah", found.len()),
        )
    })
}

fn odd(instance: &Instance, which: &str, what: &str) -> Temuan {
    Temuan { rantai: String::new(), nama: which.to_owned(), urut: 0, pada: instance.now(), kata: what.to_owned() }
}

/// Takes an anchor every day, so that none is missing when nobody thinks of it. Carrying it out of the house remains for people.
pub(crate) fn daily(instance: &Instance, _: &str) -> Result<()> {
    let (instansi, keys) = (instance.id.to_string(), instance.keys().clone());
    instance.db.write(&instance.by_system(ANCHOR), Keys::none(), move |tx| take(tx, &instansi, &keys).map(|_| ()))
}

/// Takes an anchor in a write, and writes down that it was taken. The anchor ends just before that row.
pub(crate) fn take(tx: &mut Tx<'_>, instansi: &str, keys: &Keyring) -> Result<Id> {
    let (id, names) = (tx.new_id()?, store::office_names(tx)?);
    let anchor = Anchor::take(tx, instansi, tx.now()?, &keys.signing(), |rantai| name_of(&names, rantai))?;
    store::insert_anchor(tx, id, number(anchor.heads.len()), &anchor.text(), &anchor.summary())?;
    tx.audit(&Entry::new("identity.create-jangkar", "identity_audit_jangkar", id).with("ringkas", anchor.summary()))?;
    Ok(id)
}

fn number(count: usize) -> i64 {
    i64::try_from(count).unwrap_or(i64::MAX)
}
