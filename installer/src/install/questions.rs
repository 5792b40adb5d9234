//! The questions: at most nine with the last yes, each with a default and a line that helps; each has a flag and a key.

use std::{
    cell::RefCell,
    path::{Path, PathBuf},
};

use anyhow::Result;
use praja_deploy::{
    Admin, Again, Answers, Asked, Firewall, FrontServer, Given, Host, Jenis, Layout, NO_PLACE, Obstacle, Profil, Recommendation,
    TlsAnswer, Wilayah, YaTidak, outer_ports,
};

use super::answers::{region, usual_address, usual_backup};
use crate::{
    embedded,
    exit::{self, Refused},
    lan,
    region::REGIONS,
    served::module_list,
    terminal::Terminal,
};

/// What is needed to come to whole answers.
pub(super) struct Asking<'a> {
    pub(super) given: Given,
    pub(super) terminal: &'a Terminal,
    pub(super) layout: &'a Layout,
    pub(super) advice: &'a Recommendation,
    pub(super) system: &'a dyn Admin,
    pub(super) host: &'a dyn Host,
    /// Somebody answers; else everything is as given or usual.
    pub(super) asks: bool,
    pub(super) again: &'a Again,
    /// What was typed, as flags: whoever says no at the end is not asked again.
    pub(super) said: RefCell<Vec<String>>,
}

const WAYS: [(&str, &str); 5] = [
    ("lokal", "otoritas sendiri; setiap ponsel diajari satu kali"),
    ("acme", "penerbit umum; perlu nama di internet dan porta 443 terbuka"),
    ("berkas", "sertifikat daerah yang sudah ada"),
    ("depan", "nginx atau Apache di mesin ini yang menjaga porta 443"),
    ("tanpa", "tanpa enkripsi; hanya untuk latihan"),
];

/// More to choose from would leave a screen of 24 lines.
const OFFERED: usize = 12;

/// The regencies whose name holds these words; none for a code.
fn holding(words: &str) -> Result<Vec<Wilayah>, String> {
    let csv = embedded::data(REGIONS).map_err(|error| error.to_string())?;
    Ok(if words.starts_with(|letter: char| letter.is_ascii_digit()) { Vec::new() } else { crate::region::holding(csv, words) })
}

/// A certificate and its key, both there.
fn two_files(text: &str) -> Result<(PathBuf, PathBuf), String> {
    let Some((sertifikat, kunci)) = text.split_once(',') else {
        return Err("Tulis dua berkas dipisahkan koma, misalnya /etc/ssl/a.pem, /etc/ssl/a.key.".to_owned());
    };
    let there = |path: &str| {
        let path = Path::new(path.trim());
        match path.is_absolute() && path.is_file() {
            true => Ok(path.to_path_buf()),
            false => Err(format!("Berkas {} tidak ada; tulis jalur lengkapnya, diawali /.", path.display())),
        }
    };
    Ok((there(sertifikat)?, there(kunci)?))
}

impl Asking<'_> {
    /// Whole answers, and the flags that say what was typed.
    pub(super) fn answers(mut self) -> Result<(Answers, Vec<String>)> {
        let Given { wilayah, modul, tls, url_publik, cadangan, .. } = &self.given;
        let place = cadangan.as_ref().and_then(|cadangan| cadangan.tempat.as_ref());
        let all = wilayah.is_some() && modul.is_some() && tls.is_some() && url_publik.is_some() && place.is_some();
        if self.asks && !all {
            self.terminal.heading("Pertanyaan");
            self.terminal.paragraph(
                "Tekan Enter untuk memakai jawaban di dalam kurung siku. Belum ada yang diubah sampai Anda menyetujui rencana.",
            );
        }
        let wilayah = self.wilayah()?;
        let modul = self.modul()?;
        let tls = self.tls()?;
        let alamat = self.given.alamat.unwrap_or_else(|| usual_address(self.layout, Some(&tls)));
        let url_publik = self.url(&tls, alamat.port())?;
        let cadangan = self.cadangan()?;
        let jenis = self.given.jenis.unwrap_or(Jenis::Asli);
        let profil = self.given.profil.unwrap_or(self.advice.profil);
        if profil == Profil::Klaster {
            return Err(Obstacle::ClusterNotHere.into());
        }
        let answers = Answers {
            modul,
            tls,
            cadangan,
            basis_data: self.given.basis_data.take(),
            skala: self.given.skala.unwrap_or(1),
            jangkar: self.given.jangkar,
            pengguna: self.given.pengguna.take().unwrap_or_else(|| "praja".to_owned()),
            ..Answers::new(wilayah, jenis, profil, alamat, url_publik)
        };
        let answers = Answers { firewall: self.firewall(&answers)?, ..answers };
        Ok((answers, self.said.take()))
    }

    /// Notes what was typed.
    fn typed(&self, flag: &str, value: impl Into<String>) {
        self.said.borrow_mut().extend([flag.to_owned(), value.into()]);
    }

    fn wilayah(&self) -> Result<Wilayah> {
        if let Some(asked) = &self.given.wilayah {
            return Ok(region(asked)?);
        }
        if !self.asks {
            let message = "Kabupaten atau kota pemilik pemasangan ini belum disebut.".to_owned();
            let next = format!("{} --region \"Manggarai Barat\"", self.again.command());
            return Err(Refused { message, next, code: exit::USAGE }.into());
        }
        let mut help = "Kabupaten atau kota: nama, sebagian nama, atau kode.".to_owned();
        loop {
            let words = self.terminal.input("Wilayah", &help, None, |words| {
                let words = words.trim();
                if words.len() < 3 {
                    return Err("Tulis paling sedikit tiga huruf.".to_owned());
                }
                match holding(words)?.len() {
                    most if most > OFFERED => Err(format!("{most} kabupaten dan kota memuat \"{words}\". Tulis lebih lengkap.")),
                    _ => Ok(()),
                }
            })?;
            let (near, found) = match (&holding(&words).map_err(anyhow::Error::msg)?[..], region(&Asked::Words(words.clone()))) {
                (several @ [_, _, ..], _) => {
                    (several.iter().map(|wilayah| (wilayah.kode.clone(), wilayah.nama.clone())).collect(), None)
                }
                (_, Ok(found)) => (Vec::new(), Some(found)),
                (_, Err(Obstacle::UnknownRegion { near, .. })) if !near.is_empty() => (near, None),
                (_, Err(other)) => return Err(other.into()),
            };
            if let Some(found) = found {
                self.terminal.fact("Wilayah", &found.to_string());
                self.typed("--region", found.kode.as_str());
                return Ok(found);
            }
            let mut items: Vec<String> = near.iter().map(|(kode, nama)| format!("{nama} ({kode})")).collect();
            items.push("Bukan salah satunya, ketik lagi".to_owned());
            let chosen = self.terminal.choose("Yang Anda maksud", "", &items, 0)?;
            if let Some((kode, _)) = near.get(chosen) {
                self.typed("--region", kode.as_str());
                return Ok(region(&Asked::Words(kode.clone()))?);
            }
            help = "Nama lengkap atau kode, misalnya 53.15.".to_owned();
        }
    }

    fn modul(&self) -> Result<Vec<String>> {
        if let Some(given) = &self.given.modul {
            return Ok(given.clone());
        }
        let held = module_list();
        if !self.asks || held.is_empty() {
            return Ok(self.advice.modul.clone());
        }
        let reason = |id: &str| {
            let all = self.advice.stages.iter().flat_map(|stage| &stage.systems);
            all.filter(|system| system.modul.as_deref() == Some(id))
                .map(|system| system.reason.clone())
                .next()
                .unwrap_or_default()
        };
        self.terminal.text("");
        held.iter().for_each(|module| self.terminal.item(&format!("{}: {}", module.judul, reason(&module.id))));
        let items: Vec<String> = held.iter().map(|module| module.judul.clone()).collect();
        let on: Vec<bool> = held.iter().map(|module| self.advice.modul.contains(&module.id)).collect();
        let help =
            "Spasi memberi atau menghapus tanda, Enter selesai. Yang bertanda disarankan untuk mesin ini; dapat diubah kemudian.";
        let chosen = self.terminal.checklist("Modul yang dinyalakan", help, &items, &on)?;
        let ids: Vec<String> = chosen.into_iter().filter_map(|at| held.get(at)).map(|module| module.id.clone()).collect();
        self.typed("--modul", ids.join(","));
        Ok(ids)
    }

    fn tls(&self) -> Result<TlsAnswer> {
        if let Some(given) = &self.given.tls {
            return Ok(given.clone());
        }
        let front = self.front();
        let usual = match (self.layout.service, front) {
            (false, _) => 4,
            (true, Some(_)) => 3,
            (true, None) => 0,
        };
        if !self.asks {
            return Ok(match (self.layout.service, front) {
                (false, _) => TlsAnswer::Tanpa,
                (true, Some(server)) => TlsAnswer::Depan { server },
                (true, None) => TlsAnswer::Lokal,
            });
        }
        let items: Vec<String> = WAYS.iter().map(|(name, what)| format!("{name}: {what}")).collect();
        let help = "Sandi dan isi surat hanya aman bila jalurnya dienkripsi. Rinciannya ada pada panduan pasang.";
        let way = WAYS[self.terminal.choose("Cara enkripsi", help, &items, usual)?].0;
        self.typed("--tls", way);
        Ok(match way {
            "lokal" => TlsAnswer::Lokal,
            "acme" => TlsAnswer::Acme { surel: self.mail()?, direktori: None },
            "berkas" => self.files()?,
            "depan" => {
                let server = front.map_or_else(|| self.web_server(), Ok)?;
                self.typed("--server-web", server.name());
                TlsAnswer::Depan { server }
            }
            _ => TlsAnswer::Tanpa,
        })
    }

    fn mail(&self) -> Result<String> {
        let help = "Penerbit memberi tahu alamat ini bila ada masalah.";
        let surel = self.terminal.input("Surel untuk penerbit", help, None, |text| {
            if text.contains('@') && text.contains('.') {
                Ok(())
            } else {
                Err("Tulis alamat surel, misalnya diskominfo@daerah.go.id.".to_owned())
            }
        })?;
        self.typed("--surel", surel.as_str());
        Ok(surel)
    }

    /// Both in one question: with a region to choose and a firewall to open, two would make ten.
    fn files(&self) -> Result<TlsAnswer> {
        let help = "Dua berkas PEM dengan jalur lengkap, dipisahkan koma: sertifikat beserta rantainya, lalu kuncinya.";
        let typed = self.terminal.input("Sertifikat, kunci", help, None, |text| two_files(text).map(drop))?;
        let (sertifikat, kunci) = two_files(&typed).map_err(anyhow::Error::msg)?;
        self.typed("--sertifikat", sertifikat.display().to_string());
        self.typed("--kunci-tls", kunci.display().to_string());
        Ok(TlsAnswer::Berkas { sertifikat, kunci })
    }

    fn web_server(&self) -> Result<FrontServer> {
        let items = ["nginx".to_owned(), "apache".to_owned()];
        Ok(if self.terminal.choose("Server web", "Yang menjaga porta 443 di mesin ini.", &items, 0)? == 0 {
            FrontServer::Nginx
        } else {
            FrontServer::Apache
        })
    }

    /// A web server that is installed on this machine.
    fn front(&self) -> Option<FrontServer> {
        if self.system.has("nginx") {
            return Some(FrontServer::Nginx);
        }
        ["apache2", "httpd"].iter().any(|name| self.system.has(name)).then_some(FrontServer::Apache)
    }

    fn url(&self, tls: &TlsAnswer, port: u16) -> Result<String> {
        if let Some(given) = &self.given.url_publik {
            return Ok(given.clone());
        }
        let usual = self.usual_url(tls, port);
        if !self.asks {
            return Ok(usual);
        }
        let help = "Alamat yang diketik pegawai dan warga, dan tercetak pada surat. Sebaiknya nama, bukan angka.";
        let url = self.terminal.input("Alamat publik", help, Some(&usual), praja_deploy::check_url)?;
        self.typed("--url", url.as_str());
        Ok(url)
    }

    fn usual_url(&self, tls: &TlsAnswer, port: u16) -> String {
        let scheme = if *tls == TlsAnswer::Tanpa { "http" } else { "https" };
        let own = self.host.read(Path::new("/etc/hostname")).map(|text| text.trim().to_lowercase()).unwrap_or_default();
        let usable =
            own.contains('.') && !own.ends_with(".localdomain") && praja_deploy::check_url(&format!("https://{own}")).is_ok();
        let behind = matches!(tls, TlsAnswer::Depan { .. });
        let host = match (self.layout.service, usable) {
            (true, true) => own,
            (true, false) => lan::address().map_or_else(|| "127.0.0.1".to_owned(), |address| address.to_string()),
            (false, _) => "127.0.0.1".to_owned(),
        };
        match (scheme, port) {
            ("https", 443) | ("http", 80) => format!("{scheme}://{host}"),
            _ if behind => format!("{scheme}://{host}"),
            _ => format!("{scheme}://{host}:{port}"),
        }
    }

    fn cadangan(&self) -> Result<praja_deploy::Cadangan> {
        let mut cadangan = self.given.cadangan.clone().unwrap_or_else(usual_backup);
        if let Some(place) = &cadangan.tempat {
            if place.as_os_str() == NO_PLACE {
                cadangan.tempat = None;
            }
            return Ok(cadangan);
        }
        if !self.asks {
            return Ok(cadangan);
        }
        let help =
            "Folder pada disk lain atau USB, jalur lengkap. Kosongkan bila belum ada; cadangan lalu hanya ada di disk ini.";
        let place = self.terminal.input("Tempat kedua cadangan", help, Some(""), |text| match text.trim() {
            "" => Ok(()),
            text if Path::new(text).is_absolute() => Ok(()),
            _ => Err("Tulis jalur lengkapnya, diawali /, misalnya /mnt/cadangan.".to_owned()),
        })?;
        self.typed("--cadangan-tempat", if place.trim().is_empty() { NO_PLACE } else { place.trim() });
        cadangan.tempat = Some(place.trim()).filter(|place| !place.is_empty()).map(PathBuf::from);
        Ok(cadangan)
    }

    fn firewall(&self, answers: &Answers) -> Result<YaTidak> {
        if let Some(given) = self.given.firewall {
            return Ok(given);
        }
        let ports: Vec<String> = outer_ports(answers).iter().map(ToString::to_string).collect();
        let behind = matches!(answers.tls, TlsAnswer::Depan { .. });
        if !self.asks || !self.layout.service || behind || ports.is_empty() || Firewall::find(self.system).is_none() {
            return Ok(YaTidak::Tidak);
        }
        let items = [format!("Ya, buka porta {}", ports.join(" dan ")), "Tidak, akan saya atur sendiri".to_owned()];
        let help = "Tanpa porta yang terbuka, Praja hanya terlihat dari mesin ini.";
        let yes = self.terminal.choose("Firewall mesin ini menyala", help, &items, 0)? == 0;
        self.typed("--firewall", if yes { "ya" } else { "tidak" });
        Ok(YaTidak::from(yes))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_certificate_and_its_key_are_named_in_one_answer_and_both_must_be_there() {
        let here = std::env::current_exe().unwrap();
        let path = here.display();
        assert_eq!(two_files(&format!(" {path} , {path}")).unwrap(), (here.clone(), here.clone()));
        for (typed, said) in [
            (format!("{path}"), "dipisahkan koma"),
            (format!("{path}, /tidak/ada.key"), "/tidak/ada.key tidak ada"),
            (format!("relatif.pem, {path}"), "relatif.pem tidak ada"),
        ] {
            let told = two_files(&typed).unwrap_err();
            assert!(told.contains(said), "{typed}: {told}");
        }
    }
}
