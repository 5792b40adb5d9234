//! Messages to people without an account: by the address they gave, in the texts of the regency, at most so many a day.

use praja_kernel::words;
use praja_module::{Contact, Message};
use praja_store::{Result, Tx};

use super::{
    Isi, Muatan, Status,
    spread::{HELD, is_training, queue, way_to},
    store::{self, New},
};

/// One address is told so much within a day; whoever gives somebody else's number cannot make it ring all day.
const PER_DAY: i64 = 20;
const DAY_MS: i64 = 24 * 60 * 60 * 1000;

words! {
    /// What became of a message to somebody without an account.
    pub enum Hasil ("hasil kabar ke luar") {
        /// It is on its way.
        Antre => "antre", "Dalam antrean kiriman";
        /// A training sends nothing.
        Ditahan => "ditahan", "Ditahan (latihan)";
        /// The regency has no way to addresses of this kind.
        TanpaSaluran => "tanpa-saluran", "Tidak ada saluran";
        /// That address was told enough today.
        Terlalu => "terlalu-sering", "Terlalu sering";
    }
}

/// Tells somebody without an account, in the transaction of what it tells about. Whoever calls gives one of its own fixed sentences as
/// the subject; the text around it is the regency's template of this kind of message. Nothing an officer types leaves this way.
/// [`Message::to`] is not looked at. Every message stands in the list of messages with what became of it.
///
/// # Errors
/// When the database fails.
pub fn tell_contact(tx: &mut Tx<'_>, to: &Contact, nama: &str, message: &Message) -> Result<Hasil> {
    let Some(saluran) = way_to(tx, to)? else { return Ok(Hasil::TanpaSaluran) };
    let alamat = match to {
        Contact::Email(alamat) | Contact::Phone(alamat) => alamat,
    };
    let penerima = format!("kontak:{alamat}");
    let now = tx.now()?;
    if store::nth_latest(tx, &penerima, PER_DAY)?.is_some_and(|at| now.ms() - at.ms() < DAY_MS) {
        return Ok(Hasil::Terlalu);
    }
    let by = tx.by()?.actor.clone();
    let muatan = Muatan {
        isi: String::new(),
        tautan: message.href.clone(),
        derajat: message.derajat,
        dari: String::new(),
        jumlah: 0,
        berkas: None,
    };
    let held = is_training(tx)?;
    let new = New {
        kabar: None,
        saluran: saluran.id,
        penerima: &penerima,
        penerima_nama: nama,
        alamat,
        jenis: Isi::from(message.jenis),
        judul: &message.subject,
        muatan: &muatan,
        oleh: &by.key(),
        status: if held { Status::Ditahan } else { Status::Menunggu },
        sebab: held.then_some(HELD),
    };
    queue(tx, &new)?;
    Ok(if held { Hasil::Ditahan } else { Hasil::Antre })
}
