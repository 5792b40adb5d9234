use std::{net::SocketAddr, path::PathBuf};

use clap::{Args, ValueEnum};
use praja_deploy::{Again, Jenis, Profil, SERVICE_ROOT};

use super::Jawab;

/// Everything here is a question's answer, or a key of an answers file.
#[derive(Debug, Clone, Default, Args)]
pub(crate) struct InstallOptions {
    /// Folder pemasangan (bawaan: /srv/praja; dengan --portable ./praja-box)
    #[arg(long, value_name = "FOLDER")]
    pub(crate) root: Option<PathBuf>,
    /// Pasang dalam satu folder, tanpa hak root dan tanpa layanan
    #[arg(long)]
    pub(crate) portable: bool,
    /// Berkas jawaban YAML; kunci yang tidak disebut ditanyakan
    #[arg(long, value_name = "BERKAS")]
    pub(crate) answers: Option<PathBuf>,
    /// Simpan jawaban ke berkas ini, untuk mesin kedua
    #[arg(long, value_name = "BERKAS")]
    pub(crate) save_answers: Option<PathBuf>,
    /// Tampilkan skema JSON berkas jawaban
    #[arg(long)]
    pub(crate) schema: bool,
    /// Tampilkan rencana saja, tanpa mengubah apa pun
    #[arg(long)]
    pub(crate) dry_run: bool,
    /// Jangan bertanya; setujui rencana
    #[arg(long)]
    pub(crate) yes: bool,
    /// Kabupaten atau kota: kode, nama, atau bagian nama
    #[arg(long, value_name = "WILAYAH")]
    pub(crate) region: Option<String>,
    /// asli untuk bekerja, contoh untuk berlatih (bawaan: asli)
    #[arg(long, value_name = "JENIS", hide_possible_values = true)]
    pub(crate) jenis: Option<JenisArg>,
    /// Ukuran: mini, standar atau penuh (bawaan: menurut mesin)
    #[arg(long, value_name = "PROFIL", hide_possible_values = true)]
    pub(crate) profil: Option<ProfilArg>,
    /// Modul yang dinyalakan, dipisah koma (bawaan: menurut rekomendasi)
    #[arg(long, value_name = "MODUL", value_delimiter = ',')]
    pub(crate) modul: Vec<String>,
    /// Alamat IP dan porta tempat Praja mendengarkan
    #[arg(long, value_name = "IP:PORTA")]
    pub(crate) alamat: Option<SocketAddr>,
    /// Alamat yang diketik pengguna, misalnya https://praja.daerah.go.id
    #[arg(long, value_name = "URL")]
    pub(crate) url: Option<String>,
    /// Pakai peladen PostgreSQL ini, bukan basis data tertanam
    #[arg(long, value_name = "URL")]
    pub(crate) database: Option<String>,
    /// Cara enkripsi: lokal, berkas, acme, depan atau tanpa
    #[arg(long, value_name = "CARA")]
    pub(crate) tls: Option<String>,
    /// Berkas sertifikat PEM, untuk --tls berkas
    #[arg(long, value_name = "BERKAS")]
    pub(crate) sertifikat: Option<PathBuf>,
    /// Berkas kunci PEM, untuk --tls berkas
    #[arg(long, value_name = "BERKAS")]
    pub(crate) kunci_tls: Option<PathBuf>,
    /// Alamat surel untuk penerbit, untuk --tls acme
    #[arg(long, value_name = "SUREL")]
    pub(crate) surel: Option<String>,
    /// Alamat direktori penerbit, untuk --tls acme
    #[arg(long, value_name = "URL")]
    pub(crate) direktori: Option<String>,
    /// Server web di depan: nginx atau apache, untuk --tls depan
    #[arg(long, value_name = "NAMA")]
    pub(crate) server_web: Option<String>,
    /// Folder pada disk lain untuk tempat kedua cadangan, atau tidak
    #[arg(long, value_name = "FOLDER")]
    pub(crate) cadangan_tempat: Option<PathBuf>,
    /// Jam pembuatan cadangan setiap hari (bawaan: 02:15)
    #[arg(long, value_name = "JAM")]
    pub(crate) cadangan_jam: Option<String>,
    /// Banyaknya cadangan yang disimpan (bawaan: 30)
    #[arg(long, value_name = "N")]
    pub(crate) cadangan_simpan: Option<u32>,
    /// Pengguna sistem yang menjalankan layanan (bawaan: praja)
    #[arg(long, value_name = "NAMA")]
    pub(crate) pengguna: Option<String>,
    /// Buka porta Praja pada firewall: ya atau tidak (bawaan: tidak)
    #[arg(long, value_name = "YA|TIDAK", hide_possible_values = true)]
    pub(crate) firewall: Option<Jawab>,
}

#[derive(Debug, Args)]
pub(crate) struct UninstallOptions {
    /// Folder pemasangan (bawaan: /srv/praja)
    #[arg(long, value_name = "FOLDER")]
    pub(crate) root: Option<PathBuf>,
    /// Sisakan data, kunci dan pengaturan
    #[arg(long)]
    pub(crate) keep_data: bool,
    /// Tampilkan yang akan dihapus saja
    #[arg(long)]
    pub(crate) dry_run: bool,
    /// Jangan bertanya; hapus
    #[arg(long)]
    pub(crate) yes: bool,
}

/// Real or for trying.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum JenisArg {
    Asli,
    Contoh,
}

impl From<JenisArg> for Jenis {
    fn from(jenis: JenisArg) -> Self {
        match jenis {
            JenisArg::Asli => Self::Asli,
            JenisArg::Contoh => Self::Contoh,
        }
    }
}

/// A size.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum ProfilArg {
    Mini,
    Standar,
    Penuh,
    Klaster,
}

impl From<ProfilArg> for Profil {
    fn from(profil: ProfilArg) -> Self {
        match profil {
            ProfilArg::Mini => Self::Mini,
            ProfilArg::Standar => Self::Standar,
            ProfilArg::Penuh => Self::Penuh,
            ProfilArg::Klaster => Self::Klaster,
        }
    }
}

impl InstallOptions {
    /// What has to be typed to ask for the same again, without the yes.
    pub(crate) fn again(&self) -> Again {
        let mut words: Vec<String> = Vec::new();
        let mut add = |flag: &str, value: Option<String>| {
            words.extend(value.into_iter().flat_map(|value| [flag.to_owned(), value]));
        };
        let path = |path: &Option<PathBuf>| path.as_ref().map(|path| path.display().to_string());
        let yes_no = |yes| if yes { "ya" } else { "tidak" }.to_owned();
        add("--answers", path(&self.answers));
        add("--jenis", self.jenis.map(|jenis| Jenis::from(jenis).to_string()));
        add(
            "--profil",
            self.profil.filter(|profil| *profil != ProfilArg::Klaster).map(|profil| Profil::from(profil).to_string()),
        );
        add("--modul", Some(self.modul.join(",")).filter(|modul| !modul.is_empty()));
        add("--url", self.url.clone());
        add("--tls", self.tls.clone());
        add("--sertifikat", path(&self.sertifikat));
        add("--kunci-tls", path(&self.kunci_tls));
        add("--surel", self.surel.clone());
        add("--direktori", self.direktori.clone());
        add("--server-web", self.server_web.clone());
        add("--cadangan-tempat", path(&self.cadangan_tempat));
        add("--cadangan-jam", self.cadangan_jam.clone());
        add("--cadangan-simpan", self.cadangan_simpan.map(|simpan| simpan.to_string()));
        add("--pengguna", self.pengguna.clone());
        add("--firewall", self.firewall.map(|answer| yes_no(answer.into())));
        words.extend(self.portable.then(|| "--portable".to_owned()));
        let (region, database) = (self.region.clone(), self.database.clone());
        let (port, host) = (self.alamat.map(|alamat| alamat.port()), self.alamat.map(|alamat| alamat.ip()));
        Again { region, database, port, host, install: Some(words), ..Again::of(self.root()) }
    }
}

impl UninstallOptions {
    /// The folder asked for, or that of a service.
    pub(crate) fn root(&self) -> PathBuf {
        self.root.clone().unwrap_or_else(|| SERVICE_ROOT.into())
    }
}
