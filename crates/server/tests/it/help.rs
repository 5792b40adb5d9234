//! Every page of officers says what it is for.

use praja_module::{Access, Method, Route};

/// Addresses that answer with a file, with JSON for a picker, or that lead on at once.
fn is_no_page(route: &Route) -> bool {
    let path = route.path;
    let last = path.rsplit('/').next().unwrap_or_default();
    let named = ["unduh", "berkas", "masalah", "contoh", "pdf"].contains(&last);
    named
        || path.contains("/pilih/")
        || path.starts_with("/identity/ekspor/")
        || path.starts_with("/identity/impor/templat/")
        || path.starts_with("/desk/lampiran/")
        || path.starts_with("/desk/komentar/{id}/lampiran/")
        || path == "/desk/pengaduan/{id}/lampiran/{lampiran}"
        || path == "/eoffice/arsip/{id}/isi/{isi}"
        || path == "/kabar/{id}"
        || path == "/desk/perangkat"
        || path.starts_with("/gaya/")
}

#[test]
fn every_page_of_officers_has_help() {
    let modules = praja_server::modules();
    let officers = |route: &&Route| {
        route.method == Method::Get && !matches!(route.access, Access::Public | Access::Warga) && !is_no_page(route)
    };
    let mut looked_at = 0;
    let mut without = Vec::new();
    for route in modules.iter().flat_map(|module| module.routes).filter(officers) {
        looked_at += 1;
        if praja_web::help::of(route.path).is_empty() {
            without.push(route.path);
        }
    }
    assert!(looked_at > 80, "{looked_at}");
    assert!(without.is_empty(), "write a line in config-templates/data/bantuan.csv for {without:?}");
}

#[test]
fn the_help_stands_on_the_page_of_an_officer_and_not_on_that_of_a_stranger() {
    let kit = praja_testkit::Kit::new(&[]);
    let page = actix_web::rt::System::new().block_on(kit.sign_in_as("superadmin").get("/identity/opd"));
    assert!(page.says("Bantuan untuk halaman ini") && page.says("Susunan perangkat daerah. Pilih satu OPD"), "{}", page.body);
    assert_eq!(page.body.matches("class=\"bantuan\"").count(), 1);
    let page = actix_web::rt::System::new().block_on(kit.stranger().get("/pengaduan"));
    assert!(!page.says("Bantuan untuk halaman ini"));
}
