//! Mail over SMTP.

use std::time::{Duration, UNIX_EPOCH};

use lettre::{
    Message, SmtpTransport, Transport,
    message::{
        Attachment, Mailbox, MultiPart, SinglePart,
        header::{ContentType, Header, HeaderName, HeaderValue},
    },
    transport::smtp::{
        authentication::Credentials,
        client::{Certificate, Tls, TlsParameters},
        extension::ClientId,
    },
};

use super::{Failure, send::Letter};
use crate::{
    channels::{Pengaman, Rahasia, Surel},
    outside::guard::{NOWHERE, leads_where_we_may},
};

/// A mail server that says nothing for so long is not there.
const PATIENCE: Duration = Duration::from_secs(20);

pub(super) fn send(settings: &Surel, rahasia: &Rahasia, letter: &Letter) -> Result<(), Failure> {
    let message = message(settings, letter)?;
    if !leads_where_we_may(&settings.mesin, settings.porta) {
        return Err(Failure::Way(NOWHERE.to_owned()));
    }
    let transport = transport(settings, rahasia)
        .map_err(|e| Failure::Way(format!("Sambungan surel tidak dapat disiapkan: {}", chain(&e))))?;
    match transport.send(&message) {
        Ok(_) => Ok(()),
        Err(e) => Err(judge(&e)),
    }
}

fn message(settings: &Surel, letter: &Letter) -> Result<Message, Failure> {
    let wrong = |what: &str| Failure::Address(format!("Alamat {what} tidak dapat dipakai."));
    let to = letter.to.parse().map_err(|_| wrong("penerima"))?;
    let from: lettre::Address = settings.dari.parse().map_err(|_| wrong("pengirim"))?;
    let name = Some(letter.name.clone()).filter(|name| !name.is_empty());
    let builder = Message::builder()
        .message_id(Some(format!("<{}@{}>", letter.id, from.domain())))
        .date(UNIX_EPOCH + Duration::from_secs(letter.at))
        .from(Mailbox::new(Some(letter.from.clone()), from))
        .to(Mailbox::new(name, to))
        .subject(&letter.subject)
        .header(AutoSubmitted);
    let made = match &letter.berkas {
        None => builder.header(ContentType::TEXT_PLAIN).body(letter.text.clone()),
        Some((name, bytes)) => {
            let pdf = ContentType::parse("application/pdf").expect("a type that everybody knows");
            let file = Attachment::new(name.clone()).body(bytes.clone(), pdf);
            builder.multipart(MultiPart::mixed().singlepart(SinglePart::plain(letter.text.clone())).singlepart(file))
        }
    };
    made.map_err(|e| Failure::Address(format!("Surel tidak dapat disusun: {e}")))
}

fn transport(settings: &Surel, rahasia: &Rahasia) -> Result<SmtpTransport, lettre::transport::smtp::Error> {
    let tls = match settings.pengaman {
        Pengaman::Tls => Tls::Wrapper(parameters(settings)?),
        Pengaman::Starttls => Tls::Required(parameters(settings)?),
        Pengaman::Tanpa => Tls::None,
    };
    let domain = settings.dari.rsplit_once('@').map_or("localhost", |(_, domain)| domain);
    let mut builder = SmtpTransport::builder_dangerous(&settings.mesin)
        .port(settings.porta)
        .tls(tls)
        .timeout(Some(PATIENCE))
        .hello_name(ClientId::Domain(domain.to_owned()));
    if let Some(user) = &settings.pengguna {
        builder = builder.credentials(Credentials::new(user.clone(), rahasia.kunci.clone()));
    }
    Ok(builder.build())
}

fn parameters(settings: &Surel) -> Result<TlsParameters, lettre::transport::smtp::Error> {
    let mut builder = TlsParameters::builder(settings.mesin.clone());
    if let Some(pem) = &settings.sertifikat {
        builder = builder.add_root_certificate(Certificate::from_pem(pem.as_bytes())?);
    }
    builder.build_rustls()
}

/// What the mail server meant. 5xx concerns this address, unless it is about who we are; everything else may pass.
fn judge(e: &lettre::transport::smtp::Error) -> Failure {
    let code = e.status().map(|code| code.to_string());
    let words = chain(e);
    match (e.is_permanent(), code.as_deref()) {
        (true, Some("530" | "534" | "535" | "538")) => Failure::Way("Mesin surel menolak nama pengguna atau sandi.".to_owned()),
        (true, Some(code)) => Failure::Address(format!("Mesin surel menolak penerima atau isinya ({code}): {words}")),
        _ if e.is_tls() || words.contains("certificate") => {
            Failure::Way(format!("Sambungan aman dengan mesin surel gagal: {words}"))
        }
        _ if e.is_timeout() || is_silence(e) => Failure::Way("Mesin surel tidak menjawab dalam 20 detik.".to_owned()),
        (_, Some(code)) => Failure::Way(format!("Mesin surel meminta menunggu ({code}): {words}")),
        _ => Failure::Way(format!("Mesin surel tidak dapat dihubungi: {words}")),
    }
}

/// Linux says "would block" where a line stayed silent for too long.
fn is_silence(e: &lettre::transport::smtp::Error) -> bool {
    let mut cause = std::error::Error::source(e);
    while let Some(next) = cause {
        if next.downcast_ref::<std::io::Error>().is_some_and(|io| io.kind() == std::io::ErrorKind::WouldBlock) {
            return true;
        }
        cause = next.source();
    }
    false
}

/// An error with its causes, at most 300 letters.
pub(crate) fn chain(e: &dyn std::error::Error) -> String {
    let mut words = e.to_string();
    let mut cause = e.source();
    while let Some(next) = cause {
        let text = next.to_string();
        if !words.contains(&text) {
            words.push_str(": ");
            words.push_str(&text);
        }
        cause = next.source();
    }
    words.chars().take(300).collect()
}

/// RFC 3834: no answering machine answers.
#[derive(Debug, Clone, Copy)]
struct AutoSubmitted;

impl Header for AutoSubmitted {
    fn name() -> HeaderName {
        HeaderName::new_from_ascii_str("Auto-Submitted")
    }

    fn parse(_: &str) -> Result<Self, Box<dyn std::error::Error + Send + Sync>> {
        Ok(Self)
    }

    fn display(&self) -> HeaderValue {
        HeaderValue::new(Self::name(), "auto-generated".to_owned())
    }
}
