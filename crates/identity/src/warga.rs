//! Citizens (warga) and bodies (badan): their accounts, registered by themselves and proved by a code.

pub(crate) mod daftar;
mod draft;
pub(crate) mod kontak;
pub(crate) mod kuasa;
pub(crate) mod pages;
pub(crate) mod petugas;
pub(crate) mod store;

use praja_kernel::{Id, Nik};
use praja_module::{Ctx, Input, Outcome, Problem, Response};
use praja_store::{Keys, StoreError, Tx, audit::Entry};

use crate::{
    accounts,
    kirim::{Alamat, Ways},
    persetujuan,
    profil::own,
    sessions, slip,
};

praja_kernel::words! {
    /// What kind of body has an account.
    pub enum JenisBadan ("jenis badan") {
        /// Perseroan terbatas, also perorangan (UU 40/2007, UU 6/2023).
        Pt => "pt", "Perseroan terbatas (PT)";
        /// Persekutuan komanditer.
        Cv => "cv", "Persekutuan komanditer (CV)";
        /// Firma or persekutuan perdata.
        Firma => "firma", "Firma";
        /// Cooperative (UU 25/1992).
        Koperasi => "koperasi", "Koperasi";
        /// Foundation (UU 16/2001).
        Yayasan => "yayasan", "Yayasan";
        /// Association, also community organisations (UU 17/2013).
        Perkumpulan => "perkumpulan", "Perkumpulan atau ormas";
        /// Enterprise of a village (PP 11/2021).
        Bumdes => "bumdes", "BUM Desa";
        /// Enterprise of a region or of the state.
        Bumn => "bumn-bumd", "BUMN atau BUMD";
    }
}

/// Somebody who wants an account, checked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Baru {
    /// A citizen.
    Warga {
        /// Number.
        nik: Nik,
        /// Name as on the KTP.
        nama: String,
    },
    /// A body.
    Badan {
        /// What kind.
        jenis: JenisBadan,
        /// NIB, or NPWP where there is none.
        nomor: String,
        /// Name as in its deed.
        nama: String,
        /// Name of who answers for it.
        wakil: String,
        /// NIK of who answers for it.
        wakil_nik: Nik,
    },
}

/// POST /warga/persetujuan: gives or withdraws a consent.
pub(crate) fn consent(ctx: &Ctx, input: &Input) -> Outcome {
    let akun = own(ctx)?.id;
    let tujuan = persetujuan::tujuan(input.text("tujuan")).ok_or(Problem::NotFound)?;
    let gives = input.text("beri") == "ya";
    if tujuan.wajib && !gives {
        return Err(Problem::NotFound);
    }
    let response = ctx.submit(input, Keys::none(), move |tx| {
        let changed = if gives {
            persetujuan::store::give(tx, akun, tujuan)?
        } else {
            persetujuan::store::withdraw(tx, akun, &tujuan.kunci)?
        };
        if changed {
            let act = if gives { "identity.grant-consent" } else { "identity.withdraw-consent" };
            tx.audit(&Entry::new(act, "identity_akun", akun).with("nama", &tujuan.judul).with("versi", &tujuan.versi))?;
        }
        Ok::<_, StoreError>("/warga".to_owned())
    })?;
    let done = if gives { "diberikan" } else { "dicabut" };
    Ok(response.with_notice(&format!("Persetujuan \"{}\" {done}.", tujuan.judul)))
}

/// POST /warga/tutup: the account opens nothing any more. What was applied for stays on record, as the law of archives asks.
pub(crate) fn close(ctx: &Ctx, input: &Input) -> Outcome {
    if input.text("yakin") != "ya" {
        return Ok(pages::close_again(ctx, input));
    }
    let (akun, ways) = (own(ctx)?, Ways::of(ctx));
    ctx.write(Keys::none(), move |tx| {
        accounts::store::set_closed(tx, akun.id, true)?;
        accounts::store::set_names(tx, akun.id, &[])?;
        slip::store::cancel(tx, akun.id)?;
        sessions::store::revoke_all(tx, akun.id)?;
        store::release(tx, akun.id)?;
        for one in persetujuan::SEMUA.iter() {
            persetujuan::store::withdraw(tx, akun.id, &one.kunci)?;
        }
        tx.audit(&Entry::new("identity.close-account", "identity_akun", akun.id).with("akun", &akun.nama))?;
        ways.warn(tx, &akun, "Akun Anda ditutup", "Akun Anda di Praja sudah ditutup atas permintaan Anda.")
    })?;
    Ok(Response::redirect("/masuk").with_cookie(ctx.session_cookie("", 0)).with_notice("Akun Anda sudah ditutup."))
}

/// The citizen (`warga`) or body (`badan`) of a rehearsal, made when first asked for. The numbers belong to a region that does not exist.
pub(crate) fn rehearsal(tx: &mut Tx<'_>, who: &str) -> praja_store::Result<Option<Id>> {
    let nik = |text: &str| text.parse::<Nik>().map_err(|e| StoreError::Corrupt(e.to_string()));
    let (baru, nomor) = match who {
        "warga" => (Baru::Warga { nik: nik("5399994101900001")?, nama: "Yuliana Contoh".into() }, "5399994101900001"),
        "badan" => {
            let (wakil, wakil_nik) = ("Yuliana Contoh".into(), nik("5399994101900001")?);
            let (nomor, nama) = ("9999000000001", "Koperasi Contoh Sejahtera");
            (Baru::Badan { jenis: JenisBadan::Koperasi, nomor: nomor.into(), nama: nama.into(), wakil, wakil_nik }, nomor)
        }
        _ => return Ok(None),
    };
    if let Some(known) = accounts::store::holder_of_name(tx, nomor)? {
        // Somebody may have practised blocking on it.
        accounts::store::set_closed(tx, known, false)?;
        return Ok(Some(known));
    }
    let to = Alamat::Surel(format!("{who}@praja.example"));
    store::insert(tx, &baru, Some(&to), "-").map(Some)
}
