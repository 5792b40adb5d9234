//! Codes and warnings that leave the house: to an e-mail address or a telephone number, through the port `Messenger`.

use std::sync::Arc;

use praja_module::{Contact, Ctx, Jenis, Message, MessageKind, Messenger, Response};
use praja_store::{Result, Tx};

use praja_web::{Markup, Notice, Tone, html};

use crate::{accounts::store::Akun, telepon};

/// The cookie of a rehearsal that carries the code to its page.
const REHEARSED: &str = "praja_kode_latihan";

/// An address that proves to belong to somebody by a code.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Alamat {
    /// An e-mail address.
    Surel(String),
    /// A mobile number as `+62812…`.
    Telepon(String),
}

impl Alamat {
    /// As the port knows it.
    fn contact(&self) -> Contact {
        match self {
            Self::Surel(address) => Contact::Email(address.clone()),
            Self::Telepon(number) => Contact::Phone(number.clone()),
        }
    }

    /// So that its owner recognises it and nobody else learns it: "si••••@contoh.id".
    pub(crate) fn masked(&self) -> String {
        match self {
            Self::Telepon(number) => telepon::masked(number),
            Self::Surel(address) => {
                let (name, host) = address.split_once('@').unwrap_or((address, ""));
                let shown: String = name.chars().take(2).collect();
                format!("{shown}••••@{host}")
            }
        }
    }

    /// The addresses of an account, the surer one first.
    pub(crate) fn of(akun: &Akun) -> Vec<Self> {
        let phone = akun.telepon.as_deref().and_then(telepon::parse).filter(|number| telepon::is_mobile(number));
        akun.email.clone().map(Self::Surel).into_iter().chain(phone.map(Self::Telepon)).collect()
    }

    /// As stored in a row with one column for each.
    pub(crate) fn columns(&self) -> (Option<&str>, Option<&str>) {
        match self {
            Self::Surel(address) => (Some(address), None),
            Self::Telepon(number) => (None, Some(number)),
        }
    }
}

/// Is this an e-mail address, as far as one can tell without writing to it?
pub(crate) fn is_email(text: &str) -> bool {
    let Some((name, host)) = text.rsplit_once('@') else { return false };
    let plain = |part: &str| !part.is_empty() && part.chars().all(|c| c.is_ascii_graphic() && !"<>()[]\\,;:\"@".contains(c));
    text.len() <= 200 && plain(name) && plain(host) && host.contains('.') && !host.starts_with('.') && !host.ends_with('.')
}

/// The ways out of this Instance. A contoh Instance sends nothing: there the code is shown on the page, so that everybody can practise.
#[derive(Clone)]
pub(crate) struct Ways {
    messenger: Option<Arc<dyn Messenger>>,
    contoh: bool,
    regency: String,
}

impl Ways {
    pub(crate) fn of(ctx: &Ctx) -> Self {
        let instance = ctx.instance();
        Self {
            messenger: instance.ports.messenger.clone(),
            contoh: instance.jenis == Jenis::Contoh,
            regency: instance.wilayah.nama.clone(),
        }
    }

    /// Does a code reach this address?
    pub(crate) fn reach(&self, tx: &mut Tx<'_>, to: &Alamat) -> Result<bool> {
        match &self.messenger {
            _ if self.contoh => Ok(true),
            Some(messenger) => messenger.can_send_code(tx, &to.contact()),
            None => Ok(false),
        }
    }

    /// Which kinds of addresses are reached at all: (e-mail, telephone).
    pub(crate) fn kinds(&self, tx: &mut Tx<'_>) -> Result<(bool, bool)> {
        let surel = self.reach(tx, &Alamat::Surel("warga@contoh.example".into()))?;
        let telepon = self.reach(tx, &Alamat::Telepon("+628110000000".into()))?;
        Ok((surel, telepon))
    }

    /// Queues a code. `untuk` says what it is for ("mendaftarkan akun").
    pub(crate) fn send_code(&self, tx: &mut Tx<'_>, to: &Alamat, code: &str, untuk: &str) -> Result<()> {
        let text = format!(
            "{code} adalah kode Anda untuk {untuk} di Praja {}. Berlaku 5 menit. Jangan berikan kepada siapa pun, termasuk petugas.",
            self.regency
        );
        self.tell(tx, to, "Kode Praja", text)
    }

    /// Queues something else about an account that its owner should know at once.
    pub(crate) fn tell(&self, tx: &mut Tx<'_>, to: &Alamat, subject: &str, text: String) -> Result<()> {
        match &self.messenger {
            Some(messenger) if !self.contoh => {
                messenger.send_code(tx, &to.contact(), &Message::new(MessageKind::Keamanan, "", subject, "/masuk").body(text))
            }
            _ => Ok(()),
        }
    }

    /// Tells the owner of an account what happened to it, in Praja and outside.
    pub(crate) fn warn(&self, tx: &mut Tx<'_>, akun: &Akun, subject: &str, text: &str) -> Result<()> {
        let Some(messenger) = &self.messenger else { return Ok(()) };
        let home = if akun.orang.is_some() { "/profil" } else { "/warga" };
        messenger.tell(tx, &Message::new(MessageKind::Keamanan, akun.actor().key(), subject, home).body(text))
    }

    /// In a contoh Instance, lets the next page show the code that would have been sent.
    pub(crate) fn show(&self, ctx: &Ctx, response: Response, code: &str) -> Response {
        if !self.contoh {
            return response;
        }
        response.with_cookie(ctx.cookie(REHEARSED, code, 5 * 60))
    }

    /// The code that would have been sent, on the page where it is typed.
    pub(crate) fn rehearsed(&self, ctx: &Ctx) -> Markup {
        let code = ctx.sent_cookie(REHEARSED).filter(|code| self.contoh && code.bytes().all(|byte| byte.is_ascii_digit()));
        html! {
            @if let Some(code) = code {
                (Notice::new(Tone::Info, format!("LATIHAN: kode yang seharusnya Anda terima: {code}"))
                    .text("Praja contoh tidak mengirim apa pun ke luar. Pada Praja yang bekerja, kode hanya ada pada pesan."))
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_cannot_be_an_address_is_told_apart() {
        for right in ["siti@contoh.go.id", "a.b+c@x.co", "warga_1@mail.contoh.id"] {
            assert!(is_email(right), "{right}");
        }
        for wrong in
            ["", "siti", "siti@", "@contoh.id", "siti@contoh", "si ti@contoh.id", "siti@.id", "a@b@c.id", "siti@contoh.id,x@y.id"]
        {
            assert!(!is_email(wrong), "{wrong}");
        }
    }

    #[test]
    fn a_masked_address_is_recognised_by_its_owner_only() {
        assert_eq!(Alamat::Surel("sitirahma@contoh.id".into()).masked(), "si••••@contoh.id");
        assert_eq!(Alamat::Telepon("+6281234567890".into()).masked(), "+6281••••••890");
    }
}
