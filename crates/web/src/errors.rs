//! Messages in place of a page: what happened, in the reader's words, and what to do now.

use maud::{Markup, html};

use crate::{Form, Icon, PageHeader, Shell, Tone, icon, page, plain_page, shell::Link};

/// The page does not exist, or the reader may not know that it does.
pub fn not_found(shell: &Shell) -> String {
    let text = "Alamat mungkin salah ketik, atau halaman sudah dipindahkan.";
    draw(shell, "Halaman tidak ditemukan", Tone::Info, text, html! {}, &[home(shell)])
}

/// The reader lacks a right. `right` says it in words ("mendaftarkan surat masuk"), `ask` who can give it.
pub fn forbidden(shell: &Shell, right: &str, ask: &str) -> String {
    let text = format!("Anda belum mempunyai hak untuk {right}.");
    let more = html! { p { "Untuk memintanya, hubungi " (ask) "." } };
    draw(shell, "Anda belum berhak membuka halaman ini", Tone::Warn, &text, more, &[home(shell)])
}

/// The page is for officers and a citizen asks.
pub fn officers_only(shell: &Shell) -> String {
    let text = "Halaman ini untuk pegawai dan pejabat pemerintah daerah. Akun Anda adalah akun warga atau badan.";
    let next =
        "Layanan untuk Anda ada pada halaman akun Anda. Jika Anda juga pegawai, keluar dahulu, lalu masuk sebagai pegawai.";
    let own = Link::new("Buka akun saya", "/warga").icon(Icon::Person);
    draw(shell, "Halaman ini untuk pegawai", Tone::Info, text, html! { p { (next) } }, &[own])
}

/// The page is for citizens and an officer asks.
pub fn citizens_only(shell: &Shell) -> String {
    let text = "Halaman ini untuk warga dan badan. Anda masuk sebagai pegawai.";
    let next = "Untuk mengurus keperluan pribadi, keluar dahulu, lalu masuk dengan akun warga Anda.";
    draw(shell, "Halaman ini untuk warga", Tone::Info, text, html! { p { (next) } }, &[home(shell)])
}

/// Somebody from outside, whose account only reads.
pub fn reads_only(shell: &Shell) -> String {
    let text = "Akun pemeriksa luar hanya membaca. Tidak ada yang disimpan.";
    let next = "Sampaikan temuan Anda dengan surat, atau minta pegawai yang berwenang mencatatnya.";
    draw(shell, "Akun ini hanya membaca", Tone::Info, text, html! { p { (next) } }, &[home(shell)])
}

/// A dangerous act asks for the password once more. `form` carries what was typed; `purpose` says what will be done.
pub fn prove_again(shell: &Shell, purpose: &str, form: &Form) -> String {
    let content = html! {
        p { "Yang akan dilakukan: " strong { (purpose) } "." }
        p { "Tindakan ini penting, maka sandi diminta lagi. Isian Anda tersimpan dan diteruskan setelah sandi cocok." }
        (form)
    };
    let header = PageHeader::new("Ketik sandi Anda sekali lagi");
    if is_working(shell) { page(shell, &header, content) } else { plain_page(shell, &header, content) }
}

/// Nobody is signed in, or the session has ended. `back` is where the reader wanted to go.
pub fn sign_in(shell: &Shell, back: &str) -> String {
    let mut href = format!("{}?ke=", shell.addresses.masuk);
    for byte in back.bytes() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'/' | b'-' | b'_' | b'.' | b'~' => href.push(char::from(byte)),
            _ => href.push_str(&format!("%{byte:02X}")),
        }
    }
    let text = "Sesi Anda belum dimulai atau sudah berakhir. Setelah masuk, Anda kembali ke halaman yang dituju.";
    draw(shell, "Silakan masuk lebih dahulu", Tone::Info, text, html! {}, &[Link::new("Masuk ke Praja", href)])
}

/// A rule said no. The message and next step are those of the kernel's trait `Refuse`; `back` is where the reader came from.
pub fn refused(shell: &Shell, message: &str, next_step: &str, back: Option<&str>) -> String {
    let more = html! { @if !next_step.is_empty() { p { (next_step) } } };
    let links: Vec<Link> =
        back.map(|href| Link::new("Kembali ke halaman sebelumnya", href)).into_iter().chain([home(shell)]).collect();
    draw(shell, "Tindakan ini belum dapat dilakukan", Tone::Warn, message, more, &links)
}

/// Something of ours failed. The incident code leads the helpdesk to the causes in the log.
pub fn fault(shell: &Shell, incident: &str) -> String {
    let text = "Ada gangguan di pihak kami, bukan pada isian Anda. Data yang sudah tersimpan tetap aman.";
    let more = html! {
        p { "Coba lagi beberapa saat lagi. Jika masih terjadi, sampaikan kode ini kepada petugas bantuan:" }
        p.kode { code { (incident) } }
    };
    draw(shell, "Halaman ini sedang terganggu", Tone::Bad, text, more, &[home(shell)])
}

/// What was sent is larger than allowed.
pub fn too_large(shell: &Shell, limit_mib: u64) -> String {
    let text = format!("Berkas atau isian melebihi batas {limit_mib} MiB, sehingga belum ada yang tersimpan.");
    let more = html! { p { "Perkecil berkas (misalnya pindai dengan 200 dpi), lalu kirim kembali." } };
    draw(shell, "Kiriman terlalu besar", Tone::Warn, &text, more, &[home(shell)])
}

/// One address sends forms with files too often.
pub fn too_often(shell: &Shell, back: &str) -> String {
    let text = "Alamat jaringan Anda terlalu sering mengirim formulir, sehingga kiriman terakhir belum diproses.";
    let more = html! { p { "Tunggu sepuluh menit, lalu kirim kembali." } };
    draw(shell, "Tunggu sebentar", Tone::Warn, text, more, &[Link::new("Kembali ke formulir", back)])
}

/// Somebody saved the same thing first. `who` and `when` say who and when, `href` shows the present state.
pub fn conflict(shell: &Shell, who: &str, when: &str, href: &str) -> String {
    let text = format!("{who} sudah menyimpan perubahan pada {when}, sesudah Anda membuka halaman ini.");
    let more = html! { p { "Perubahan Anda belum disimpan agar perubahan itu tidak tertimpa. Lihat keadaan terbaru, lalu ulangi bila masih perlu." } };
    draw(shell, "Data ini baru saja diubah orang lain", Tone::Warn, &text, more, &[Link::new("Lihat keadaan terbaru", href)])
}

/// The form's token is no longer valid: the session ended or the form lay open for long.
pub fn stale_form(shell: &Shell, back: Option<&str>) -> String {
    let text = "Halaman terbuka terlalu lama atau Anda sempat keluar dari akun, sehingga kiriman belum diproses.";
    let more = html! { p { "Buka kembali formulirnya, lalu kirim sekali lagi." } };
    let links: Vec<Link> = back.map(|href| Link::new("Buka kembali formulir", href)).into_iter().chain([home(shell)]).collect();
    draw(shell, "Formulir sudah kedaluwarsa", Tone::Info, text, more, &links)
}

/// The form was drawn for another person or another jabatan than the one signed in now.
pub fn other_holder(shell: &Shell) -> String {
    let text = "Formulir ini ditulis dengan akun atau jabatan lain daripada yang sedang Anda pakai, sehingga belum diproses.";
    let more = html! { p { "Ganti jabatan lewat nama Anda, atau masuk dengan akun yang menulisnya, lalu kirim kembali." } };
    draw(shell, "Formulir milik akun atau jabatan lain", Tone::Warn, text, more, &[home(shell)])
}

/// The same form was taken before, with other words.
pub fn taken_otherwise(shell: &Shell) -> String {
    let text = "Formulir ini sudah diterima sebelumnya dengan isi lain. Yang sudah diterima tidak diubah.";
    let more = html! { p { "Lihat keadaan terbarunya. Bila masih perlu diubah, isi formulir baru dari halamannya." } };
    draw(shell, "Formulir ini sudah diterima", Tone::Warn, text, more, &[home(shell)])
}

/// Too many attempts in a short time. `wait` says how long, as "5 menit".
pub fn too_many(shell: &Shell, wait: &str) -> String {
    let text = format!("Percobaan terlalu sering dalam waktu singkat. Tunggu {wait}, lalu coba lagi.");
    draw(shell, "Mohon tunggu sebentar", Tone::Warn, &text, html! {}, &[home(shell)])
}

/// The service is being maintained or is starting. `until` says until when, where that is known.
pub fn unavailable(shell: &Shell, until: Option<&str>) -> String {
    let more = html! { @if let Some(until) = until { p { "Layanan diperkirakan tersedia kembali " (until) "." } } };
    let text = "Layanan sedang dipelihara. Data Anda tetap aman; silakan kembali beberapa saat lagi.";
    draw(shell, "Layanan belum tersedia", Tone::Info, text, more, &[])
}

fn home(shell: &Shell) -> Link {
    Link::new("Kembali ke Beranda", shell.addresses.beranda.clone()).icon(Icon::Home)
}

fn draw(shell: &Shell, title: &str, tone: Tone, text: &str, more: Markup, links: &[Link]) -> String {
    let content = html! {
        div class={ "halangan " (tone.class()) } {
            (icon(tone.icon()))
            div {
                p.halangan-utama { (text) }
                (more)
                @if !links.is_empty() {
                    p.aksi { @for (at, link) in links.iter().enumerate() {
                        a.tombol.utama[at == 0] href=(link.href) { @if let Some(drawing) = link.icon { (icon(drawing)) } span { (link.label) } }
                    } }
                }
            }
        }
    };
    let header = PageHeader::new(title);
    if is_working(shell) { page(shell, &header, content) } else { plain_page(shell, &header, content) }
}

/// Officers keep their rail; strangers and citizens get one column.
fn is_working(shell: &Shell) -> bool {
    shell.user.is_some() && !shell.citizen
}
