//! How lines are encrypted: what each way costs whom, and the words for a web server that stands in front.

use std::{net::SocketAddr, path::Path};

use serde::{Deserialize, Serialize};

use crate::{Finding, Severity};

/// The ways an installation's lines can be encrypted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum LineKind {
    /// Not at all.
    Tanpa,
    /// By an authority of the installation's own.
    Lokal,
    /// By a certificate that somebody keeps in files.
    Berkas,
    /// By a public authority, over ACME.
    Acme,
    /// By a web server that stands in front.
    Depan,
}

/// A web server that may stand in front.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum FrontServer {
    /// nginx.
    Nginx,
    /// Apache httpd.
    Apache,
}

impl FrontServer {
    /// The word in settings and commands.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Nginx => "nginx",
            Self::Apache => "apache",
        }
    }
}

const GROUP: &str = "Enkripsi";
const SOURCE: &str = "kebijakan peramban tentang halaman aman";

/// What the way chosen takes from whom, on which device.
pub fn losses(kind: LineKind) -> Vec<Finding> {
    let found = |id, title, severity, value: &str, threshold: &str, meaning: &str, remedy: &[&str]| Finding {
        id,
        group: GROUP,
        title,
        severity,
        value: value.to_owned(),
        threshold: threshold.to_owned(),
        source: SOURCE,
        meaning: meaning.to_owned(),
        remedy: remedy.iter().map(|&step| step.to_owned()).collect(),
    };
    match kind {
        LineKind::Tanpa => vec![found(
            "enkripsi-tanpa",
            "Jalur tanpa enkripsi",
            Severity::WajibDisetujui,
            "tanpa TLS",
            "TLS pada setiap jalur di luar mesin ini",
            "Sandi dan isi surat dapat dibaca siapa pun di jaringan yang sama, dan di semua ponsel tidak ada formulir luring, pemasangan halaman, maupun pemeriksaan berkas di perangkat.",
            &["Pakai cara ini hanya pada laptop latihan. Untuk bekerja, pilih lokal, berkas, acme, atau depan."],
        )],
        LineKind::Lokal => vec![
            found(
                "enkripsi-lokal-perangkat",
                "Perangkat yang belum diajari",
                Severity::WajibDisetujui,
                "otoritas sendiri",
                "penerbit yang dikenal ponsel",
                "Setiap ponsel dan komputer memperingatkan pembukanya sampai diajari satu kali; pada perangkat yang belum diajari tidak ada formulir luring.",
                &[
                    "Bagikan alamat /sertifikat beserta kode QR-nya; di sana ada petunjuk untuk Android, iPhone, Windows, dan Firefox.",
                ],
            ),
            found(
                "enkripsi-lokal-android",
                "Firefox dan aplikasi lain di Android",
                Severity::Peringatan,
                "tidak memakai sertifikat yang dipasang sendiri",
                "Chrome memakainya",
                "Di Android, Chrome mengikuti sertifikat yang dipasang pemakai; Firefox dan sebagian peramban bawaan pabrik tidak, sehingga tetap memperingatkan.",
                &["Anjurkan Chrome di ponsel Android."],
            ),
            found(
                "enkripsi-lokal-warga",
                "Warga",
                Severity::Peringatan,
                "ponsel warga tidak diajari",
                "warga membuka tanpa peringatan",
                "Warga yang memindai kode QR pada surat melihat peringatan peramban. Layanan warga memerlukan sertifikat yang dikenal umum.",
                &["Untuk melayani warga, pakai acme, berkas, atau server web yang sudah ada di depan Praja."],
            ),
        ],
        LineKind::Acme => vec![found(
            "enkripsi-acme",
            "Penerbit umum",
            Severity::Info,
            "diperbarui sendiri",
            "nama dikenal internet dan porta 443 terbuka dari internet",
            "Ponsel yang tidak lagi dimutakhirkan pabriknya (Android 7.0 dan lebih lama) dapat tidak mengenal penerbitnya.",
            &["Biarkan porta 443 terbuka dari internet; tanpa itu sertifikat tidak dapat diperbarui."],
        )],
        LineKind::Berkas => vec![found(
            "enkripsi-berkas",
            "Sertifikat dari berkas",
            Severity::Info,
            "diperbarui oleh Diskominfo",
            "berlaku lebih dari 30 hari",
            "Sertifikat yang lewat masanya membuat semua ponsel menolak. Praja memakai berkas baru tanpa dimulai ulang, tetapi tidak dapat memintanya sendiri.",
            &["Catat tanggal akhirnya; praja doctor memperingatkan 30 hari sebelumnya."],
        )],
        LineKind::Depan => vec![found(
            "enkripsi-depan",
            "Server web di depan",
            Severity::Info,
            "dijaga server web yang sudah ada",
            "berlaku lebih dari 30 hari",
            "Semua ponsel melihat sertifikat server web itu; bila server itu berhenti, Praja tidak terlihat.",
            &["Perbarui sertifikat pada server web itu seperti biasa."],
        )],
    }
}

/// The certificate and key of a web server in front.
#[derive(Debug, Clone, Copy)]
pub struct FrontPapers<'a> {
    /// Certificate chain, PEM.
    pub certificate: &'a Path,
    /// Private key, PEM.
    pub key: &'a Path,
}

/// Words for the configuration of a web server that stands in front: all of one host name goes to Praja, and Praja is told who asks.
/// Without papers the host answers on port 80 only, and the web server's own tool (certbot) may add them.
pub fn snippet(front: FrontServer, host: &str, praja: SocketAddr, papers: Option<FrontPapers<'_>>) -> String {
    match front {
        FrontServer::Nginx => nginx(host, praja, papers),
        FrontServer::Apache => apache(host, praja, papers),
    }
}

/// Attachments and imports; Praja itself refuses what is larger, with a page that says so.
const LARGEST_MIB: u32 = 64;

fn nginx(host: &str, praja: SocketAddr, papers: Option<FrontPapers<'_>>) -> String {
    let place = format!(
        "    location / {{\n        proxy_pass http://{praja};\n        proxy_http_version 1.1;\n        proxy_set_header Host $host;\n        \
         proxy_set_header X-Forwarded-For $remote_addr;\n        proxy_set_header X-Forwarded-Proto $scheme;\n        \
         proxy_set_header Connection \"\";\n        proxy_request_buffering off;\n        proxy_read_timeout 120s;\n    }}\n"
    );
    let head =
        "# Praja di belakang nginx. Simpan sebagai /etc/nginx/conf.d/praja.conf, periksa dengan nginx -t, lalu muat ulang.\n";
    let begin = format!("    server_name {host};\n    client_max_body_size {LARGEST_MIB}m;\n");
    let Some(papers) = papers else {
        return format!("{head}server {{\n    listen 80;\n    listen [::]:80;\n{begin}{place}}}\n");
    };
    format!(
        "{head}server {{\n    listen 80;\n    listen [::]:80;\n    server_name {host};\n    return 301 https://$host$request_uri;\n}}\n\
         server {{\n    listen 443 ssl;\n    listen [::]:443 ssl;\n{begin}    ssl_certificate {};\n    ssl_certificate_key {};\n    \
         ssl_protocols TLSv1.2 TLSv1.3;\n{place}}}\n",
        quoted(papers.certificate),
        quoted(papers.key)
    )
}

fn apache(host: &str, praja: SocketAddr, papers: Option<FrontPapers<'_>>) -> String {
    let place = format!(
        "    ProxyPreserveHost On\n    # Alamat penanya ditulis oleh Apache saja; yang dikirim penanya sendiri dibuang.\n    \
         RequestHeader unset X-Forwarded-For early\n    ProxyPass / http://{praja}/\n    ProxyPassReverse / http://{praja}/\n    \
         LimitRequestBody {}\n",
        u64::from(LARGEST_MIB) << 20
    );
    let head = "# Praja di belakang Apache. Jalankan a2enmod proxy proxy_http headers ssl, simpan sebagai\n\
                # /etc/apache2/sites-available/praja.conf, a2ensite praja, periksa dengan apachectl configtest, lalu muat ulang.\n";
    let Some(papers) = papers else {
        return format!(
            "{head}<VirtualHost *:80>\n    ServerName {host}\n    RequestHeader set X-Forwarded-Proto http\n{place}</VirtualHost>\n"
        );
    };
    format!(
        "{head}<VirtualHost *:80>\n    ServerName {host}\n    Redirect permanent / https://{host}/\n</VirtualHost>\n\
         <VirtualHost *:443>\n    ServerName {host}\n    SSLEngine on\n    SSLCertificateFile {}\n    SSLCertificateKeyFile {}\n    \
         RequestHeader set X-Forwarded-Proto https\n{place}</VirtualHost>\n",
        quoted(papers.certificate),
        quoted(papers.key)
    )
}

/// A path as both servers read it.
fn quoted(path: &Path) -> String {
    format!("\"{}\"", path.display().to_string().replace('\\', "\\\\").replace('"', "\\\""))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_way_but_a_known_authority_asks_for_agreement() {
        for (kind, gravest) in [
            (LineKind::Tanpa, Severity::WajibDisetujui),
            (LineKind::Lokal, Severity::WajibDisetujui),
            (LineKind::Berkas, Severity::Info),
            (LineKind::Acme, Severity::Info),
            (LineKind::Depan, Severity::Info),
        ] {
            let found = losses(kind);
            assert_eq!(crate::worst(&found), gravest, "{kind:?}");
            assert!(found.iter().all(|finding| !finding.meaning.is_empty() && !finding.remedy.is_empty()), "{kind:?}");
        }
    }

    #[test]
    fn a_snippet_without_papers_listens_to_plain_lines_only() {
        let praja: SocketAddr = ([127, 0, 0, 1], 7321).into();
        for front in [FrontServer::Nginx, FrontServer::Apache] {
            let text = snippet(front, "praja.batangkab.go.id", praja, None);
            assert!(text.contains("127.0.0.1:7321") && !text.contains("443"), "{text}");
        }
    }
}
