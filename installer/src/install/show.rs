use praja_deploy::{
    Admin, Answers, Finding, Firewall, Layout, LineKind, Recommendation, TlsAnswer, losses as losses_of, outer_ports, snippet,
};

use crate::terminal::Terminal;

/// As what it is installed.
pub(super) const fn manner(layout: &Layout) -> &'static str {
    if layout.service { "sebagai layanan mesin ini" } else { "dalam satu folder" }
}

/// What was answered, as it will be written.
pub(super) fn answers(answers: &Answers, advice: &Recommendation, terminal: &Terminal) {
    terminal.heading("Jawaban");
    terminal.fact("Wilayah", &answers.wilayah.to_string());
    terminal.fact("Jenis", answers.jenis.name());
    let advised = if answers.profil == advice.profil { String::new() } else { format!(" (mesin ini: {})", advice.profil) };
    terminal.fact("Profil", &format!("{}{advised}", answers.profil));
    let modul = if answers.modul.is_empty() { "belum ada".to_owned() } else { answers.modul.join(", ") };
    terminal.fact("Modul", &modul);
    terminal.fact("Alamat publik", &answers.url_publik);
    terminal.fact("Mendengarkan di", &answers.alamat.to_string());
    terminal.fact("Enkripsi", answers.tls.name());
    terminal.fact("Basis data", if answers.basis_data.is_some() { "peladen PostgreSQL" } else { "tertanam" });
    let place = answers.cadangan.tempat.as_ref().map_or_else(|| "belum ada".to_owned(), |place| place.display().to_string());
    terminal.fact("Tempat kedua cadangan", &format!("{place}; setiap hari pukul {}", answers.cadangan.jam));
}

/// What the chosen way of encrypting takes from whom.
pub(super) fn losses(answers: &Answers) -> Vec<Finding> {
    losses_of(match answers.tls {
        TlsAnswer::Lokal => LineKind::Lokal,
        TlsAnswer::Berkas { .. } => LineKind::Berkas,
        TlsAnswer::Acme { .. } => LineKind::Acme,
        TlsAnswer::Depan { .. } => LineKind::Depan,
        TlsAnswer::Tanpa => LineKind::Tanpa,
    })
}

/// What has to be written into the web server in front, by who keeps it.
pub(super) fn front(answers: &Answers, terminal: &Terminal) {
    let TlsAnswer::Depan { server } = answers.tls else { return };
    let host = answers.url_publik.split_once("//").map_or("", |(_, host)| host);
    let host = host.split(':').next().unwrap_or_default();
    terminal.heading("Untuk server web di depan");
    terminal.text(&snippet(server, host, answers.alamat, None));
}

/// What has to be typed where rules of a firewall are kept by hand.
pub(super) fn firewall(answers: &Answers, layout: &Layout, system: &dyn Admin, terminal: &Terminal) {
    if !layout.service || matches!(answers.tls, TlsAnswer::Depan { .. }) {
        return;
    }
    let commands = Firewall::by_hand(system, &outer_ports(answers));
    if commands.is_empty() {
        return;
    }
    terminal.heading("Untuk firewall mesin ini");
    terminal.paragraph(
        "Aturan nftables di mesin ini menolak porta yang tidak disebut, dan Praja tidak mengubah aturan yang Anda tulis sendiri. Ketik ini \
         sebagai root, dan tulis porta yang sama pada /etc/nftables.conf agar tetap terbuka sesudah mesin dimulai ulang:",
    );
    commands.iter().for_each(|command| terminal.text(&format!("  {command}")));
}
