use maud::{Markup, html};

use super::{NavItem, Shell, UserBadge};
use crate::{Icon, icon};

/// The bar at the top of a working page.
pub(super) fn top(shell: &Shell) -> Markup {
    html! {
        header.atas {
            (stamp(shell))
            div.atas-isi {
                (brand(shell))
                form.cari role="search" aria-label="Seluruh Praja" action=(shell.addresses.cari) method="get" {
                    label.senyap for="cari-q" { "Cari surat, berkas, atau nama" }
                    (icon(Icon::Search))
                    input #cari-q type="search" name="q" value=(shell.query) placeholder="Cari surat, berkas, atau nama"
                        autocomplete="off" data-pintas="/";
                    kbd.js-saja aria-hidden="true" { "/" }
                }
                @if let Some(user) = &shell.user {
                    a.atas-tombol href=(shell.addresses.kotak_masuk) {
                        (icon(Icon::Inbox)) span.atas-kata { "Kotak masuk" } (count(shell.inbox, "belum ditangani"))
                    }
                    a.atas-tombol.lonceng href=(shell.addresses.kabar) {
                        (icon(Icon::Bell)) span.atas-kata { "Kabar" } (count(shell.notices, "belum dibaca"))
                    }
                    (person(shell, user))
                } @else {
                    a.tombol href=(shell.addresses.masuk) { (icon(Icon::LogIn)) span { "Masuk" } }
                }
            }
        }
    }
}

/// The bar at the top of a public page.
pub(super) fn public_top(shell: &Shell) -> Markup {
    html! {
        header.atas {
            (stamp(shell))
            div.atas-isi {
                (brand(shell))
                @if shell.user.is_some() {
                    a.tombol.ringkas href=(shell.addresses.beranda) {
                        (icon(if shell.citizen { Icon::Person } else { Icon::Home }))
                        span.atas-kata { @if shell.citizen { "Akun saya" } @else { "Beranda" } }
                    }
                    @if shell.citizen {
                        a.atas-tombol.lonceng href=(shell.addresses.kabar) {
                            (icon(Icon::Bell)) span.atas-kata { "Kabar" } (count(shell.notices, "belum dibaca"))
                        }
                    }
                    form.satu method="post" action=(shell.addresses.keluar) {
                        input type="hidden" name=(crate::form::CSRF_FIELD) value=(shell.csrf);
                        button.tombol.ringkas type="submit" { (icon(Icon::LogOut)) span.atas-kata { "Keluar" } }
                    }
                }
            }
        }
    }
}

/// The modules, at the left on a desk, a sheet that opens from "Menu" on a phone.
pub(super) fn rail(shell: &Shell) -> Markup {
    html! {
        nav.rel #menu aria-label="Layanan" {
            a.rel-buka href="#menu" title="Buka menu" { (icon(Icon::Menu)) span { "Buka menu" } }
            div.rel-judul { span { "Layanan" } a.tombol.polos href="#isi" { (icon(Icon::Close)) span { "Tutup menu" } } }
            @for part in shell.nav.chunk_by(|a, b| a.group == b.group) {
                @if let Some(group) = part.first().and_then(|item| item.group.as_ref()) { p.rel-bagian { (group) } }
                ul { @for item in part { li { (door(item)) } } }
            }
            button.rel-lipat.js-saja type="button" data-lipat aria-expanded="true" aria-controls="menu" {
                (icon(Icon::Fold)) span { "Ciutkan menu" }
            }
        }
    }
}

/// The four doors at the bottom of a phone.
pub(super) fn bottom(shell: &Shell) -> Markup {
    html! {
        nav.bawah aria-label="Pintasan" {
            a href=(shell.addresses.beranda) { (icon(Icon::Home)) span { "Beranda" } }
            a href=(shell.addresses.kotak_masuk) { (icon(Icon::Inbox)) span { "Kotak masuk" } (count(shell.inbox, "belum ditangani")) }
            a href=(shell.addresses.cari) { (icon(Icon::Search)) span { "Cari" } }
            a href="#menu" { (icon(Icon::Menu)) span { "Menu" } }
        }
    }
}

fn stamp(shell: &Shell) -> Markup {
    html! {
        @if shell.contoh {
            p.latihan { strong { "LATIHAN" } " " span { "Semua data di sini contoh dan tidak berlaku sebagai dokumen resmi." } }
        }
    }
}

fn brand(shell: &Shell) -> Markup {
    html! {
        a.merek href=(shell.addresses.beranda) {
            img src=(shell.crest_url) alt="" width="32" height="36";
            span.merek-nama { (shell.regency) }
        }
    }
}

fn door(item: &NavItem) -> Markup {
    let current = item.active.then_some("page");
    html! {
        a href=(item.href) title=(item.label) aria-current=[current] { (icon(item.icon)) span { (item.label) } }
    }
}

/// The counter beside a door; nothing when nothing waits. Past 99 the exact number no longer helps.
fn count(waiting: u64, what: &str) -> Markup {
    html! {
        @if waiting > 0 {
            span.hitung {
                @if waiting > 99 { "99+" } @else { (waiting) }
                span.senyap { " " (what) }
            }
        }
    }
}

fn person(shell: &Shell, user: &UserBadge) -> Markup {
    html! {
        details.orang data-menu {
            summary {
                (icon(Icon::Person))
                span.orang-teks {
                    span.orang-nama { (user.nama) }
                    @if let Some(jabatan) = &user.jabatan {
                        span.orang-jabatan { span.senyap { "Bertindak sebagai " } (jabatan) }
                    }
                }
                (icon(Icon::Down))
            }
            div.lembar {
                p.lembar-nama { strong { (user.nama) } }
                @if let Some(jabatan) = &user.jabatan { p.redup { "Bertindak sebagai " (jabatan) } }
                @if user.pilihan.len() > 1 { (switcher(shell, user)) }
                a.lembar-tautan href=(shell.addresses.profil) { (icon(Icon::Settings)) span { "Profil dan keamanan" } }
                form method="post" action=(shell.addresses.keluar) {
                    input type="hidden" name=(crate::form::CSRF_FIELD) value=(shell.csrf);
                    button.lembar-tautan type="submit" { (icon(Icon::LogOut)) span { "Keluar dari akun" } }
                }
            }
        }
    }
}

fn switcher(shell: &Shell, user: &UserBadge) -> Markup {
    html! {
        form.ganti method="post" action=(shell.addresses.bertindak) {
            input type="hidden" name=(crate::form::CSRF_FIELD) value=(shell.csrf);
            label for="ganti-jabatan" { "Bertindak sebagai" }
            select #ganti-jabatan name="penugasan" {
                @for one in &user.pilihan { option value=(one.value) selected[one.active] { (one.label) } }
            }
            button.tombol type="submit" { "Ganti jabatan" }
        }
    }
}
