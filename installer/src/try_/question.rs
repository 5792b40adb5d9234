use std::net::{Ipv4Addr, SocketAddr};

use anyhow::Result;
use praja_deploy::{
    Again, Answers, DEFAULT_PORT, Jenis, LocalFiles, Obstacle, Recommendation, Wilayah, read_settings, saved_answers,
};
use praja_kernel::{Moment, Zona};

use super::config_of;
use crate::{
    cli::TryOptions,
    embedded,
    exit::{self, Refused},
    lan, region,
    terminal::Terminal,
};

/// Where this run listens.
pub(super) struct Place {
    pub(super) address: SocketAddr,
    pub(super) url: String,
    pub(super) lan: bool,
}

/// Settles the address; asks before other devices are served. `None` when the answer was no.
pub(super) fn place(options: &TryOptions, terminal: &Terminal) -> Result<Option<Place>> {
    let before = match read_settings(&LocalFiles, &config_of(&options.root)) {
        Ok(settings) => Some(settings.alamat.port()),
        // A folder that cannot even be read is judged with the machine, in words for its owner.
        Err(Obstacle::NotInstalled { .. } | Obstacle::File { .. }) => None,
        Err(obstacle) => return Err(obstacle.into()),
    };
    let port = options.port.or(before).unwrap_or(DEFAULT_PORT);
    if !options.lan {
        let address = SocketAddr::new(Ipv4Addr::LOCALHOST.into(), port);
        return Ok(Some(Place { address, url: format!("http://{address}"), lan: false }));
    }
    let Some(ours) = lan::address() else { return Err(no_network(options).into()) };
    if !options.yes && !agree(options, SocketAddr::new(ours, port), terminal)? {
        return Ok(None);
    }
    let address = SocketAddr::new(Ipv4Addr::UNSPECIFIED.into(), port);
    Ok(Some(Place { address, url: format!("http://{}", SocketAddr::new(ours, port)), lan: true }))
}

fn agree(options: &TryOptions, ours: SocketAddr, terminal: &Terminal) -> Result<bool> {
    terminal.paragraph(&format!(
        "Dengan --lan, setiap perangkat di jaringan ini dapat membuka http://{ours} tanpa TLS. Isinya daerah contoh."
    ));
    let agreed = terminal.ask("Layani perangkat lain di jaringan ini?")?;
    if !agreed {
        let again = Again { port: Some(ours.port()), lan: !terminal.can_ask(), ..options.again() }.command();
        let next = if terminal.can_ask() { again } else { format!("{again} --yes") };
        terminal.text("Belum disetujui. Tidak ada yang diubah.");
        terminal.next(&next);
    }
    Ok(agreed)
}

/// `--lan` on a machine without a network.
fn no_network(options: &TryOptions) -> Refused {
    let message = "Mesin ini tidak terhubung ke jaringan mana pun; --lan memerlukan satu alamat jaringan.".to_owned();
    Refused { message, next: Again { lan: false, ..options.again() }.command(), code: exit::BLOCKED }
}

/// Asks to go on in spite of what needs approval.
pub(super) fn approved(options: &TryOptions, terminal: &Terminal) -> Result<bool> {
    if options.yes || terminal.ask("Ada temuan yang memerlukan persetujuan Anda. Lanjutkan?")? {
        return Ok(true);
    }
    terminal.text("\nBelum disetujui. Tidak ada yang diubah.");
    terminal.next(&format!("{} --yes", options.again().command()));
    Ok(false)
}

/// What is known before the machine is measured.
pub(super) struct Begun {
    saved: Option<Answers>,
    wilayah: Wilayah,
}

/// Looks for an installation begun earlier, and settles the region: it keeps the one it was born with.
pub(super) fn begun(options: &TryOptions) -> Result<Begun, Obstacle> {
    let asked = options.region.as_deref().map(find).transpose()?;
    let saved = match saved_answers(&LocalFiles, &options.root) {
        // Judged with the machine, in words for the folder's owner.
        Err(Obstacle::File { .. }) => None,
        other => other?,
    };
    if let Some(saved) = &saved {
        keep(options, saved, asked.as_ref())?;
    }
    let wilayah = match (&saved, asked) {
        (Some(saved), _) => saved.wilayah.clone(),
        (None, Some(asked)) => asked,
        (None, None) => find(region::DEFAULT)?,
    };
    Ok(Begun { saved, wilayah })
}

impl Begun {
    /// The answers given earlier, or new ones from the options.
    pub(super) fn answers(self, options: &TryOptions, now: Moment, place: &Place, advice: &Recommendation) -> Answers {
        let Self { saved, wilayah } = self;
        saved.unwrap_or_else(|| Answers {
            basis_data: options.database.clone(),
            jangkar: Some(Zona::of_region(&wilayah.kode).date(now)),
            modul: advice.modul.clone(),
            skala: options.scale.unwrap_or(1),
            ..Answers::new(wilayah, Jenis::Contoh, advice.profil, place.address, place.url.clone())
        })
    }
}

fn find(asked: &str) -> Result<Wilayah, Obstacle> {
    region::find(embedded::data(region::REGIONS)?, asked)
}

/// An installation keeps the region, size and kind it was born with.
fn keep(options: &TryOptions, saved: &Answers, asked: Option<&Wilayah>) -> Result<(), Obstacle> {
    let other = |found: String, asked: String| Obstacle::OtherInstallation { root: options.root.clone(), found, asked };
    if saved.jenis != Jenis::Contoh {
        return Err(other(format!("pemasangan asli {}", saved.wilayah), "percobaan".to_owned()));
    }
    match (asked, options.scale) {
        (Some(asked), _) if *asked != saved.wilayah => Err(other(saved.wilayah.to_string(), asked.to_string())),
        (_, Some(skala)) if skala != saved.skala => {
            Err(other(format!("data contoh berskala {}", saved.skala), format!("skala {skala}")))
        }
        _ => Ok(()),
    }
}
