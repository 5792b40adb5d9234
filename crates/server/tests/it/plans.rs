//! Every list walks an index: no table is read whole and nothing is sorted in memory, however many letters there are.

use std::collections::{BTreeMap, BTreeSet};

use praja_module::{Access, Method, Route};
use praja_testkit::Kit;

use crate::{
    rough::{form, route_of},
    somebody::{Somebody, modules, routes},
};

/// Asked besides what the pages themselves offer.
const MORE: [&str; 35] = [
    "/identity/warga?keadaan=belum",
    "/identity/warga?keadaan=diblokir",
    "/identity/warga?q=5315015209850001",
    "/identity/warga?jenis=badan&keadaan=ditutup&q=a",
    "/cari?q=rapat",
    "/cari?q=005",
    "/kotak-masuk?lihat=terlambat",
    "/kotak-masuk?lihat=selesai",
    "/kotak-masuk?lihat=terbuka&modul=eoffice&untuk=jabatan&q=rapat",
    "/kotak-masuk?lihat=selesai&untuk=opd&q=rapat",
    "/kotak-masuk?lihat=terlambat&untuk=pegawai&modul=desk",
    "/kabar?lihat=semua",
    "/kabar?lihat=semua&jenis=keamanan&sebelum=01a1ec1d-7560-7007-8000-000000000169",
    "/kabar?jenis=tugas",
    "/kabar/terkirim?sebelum=01a1ec1d-7560-7007-8000-000000000169",
    "/desk/kiriman?status=gagal",
    "/desk/kiriman?status=menunggu&sebelum=01a1ec1d-7560-7007-8000-000000000169",
    "/desk/kiriman?saluran=01a1ec1d-7560-7007-8000-000000000169",
    "/desk/kiriman?saluran=01a1ec1d-7560-7007-8000-000000000169&status=terkirim",
    "/desk/kalender/2027/geser",
    "/desk/pilih/klasifikasi?q=000",
    "/desk/pilih/instansi?q=kem",
    "/desk/instansi?urut=-nama",
    "/desk/instansi?jenis=pusat&urut=-nama",
    "/identity/opd?urut=nama",
    "/identity/opd?urut=-nama",
    "/identity/opd?jenis=dinas&urut=-nama&q=dinas",
    "/eoffice/surat-masuk?q=rapat",
    "/eoffice/disposisi?lihat=pimpinan",
    "/eoffice/naskah?status=siap_tte",
    "/eoffice/naskah?q=rapat",
    "/eoffice/buku-keluar?dari=2026-01-01&sampai=2026-11-22&tujuan=badan&jenis=surat-dinas",
    "/eoffice/buku-keluar?dari=2026-01-01&sampai=2026-11-22&cetak=1",
    "/eoffice/buku-agenda?dari=2026-01-01&sampai=2026-11-22&pengirim=dinas&sifat=biasa&status=selesai&klasifikasi=000&urut=lama",
    "/eoffice/buku-agenda?dari=2026-01-01&sampai=2026-11-22&cetak=ya",
];

/// What must have been asked of among them: notices, deliveries, channels, late letters, disposal.
const REACHED: [&str; 7] = [
    "FROM desk_kabar",
    "FROM desk_kiriman",
    "FROM desk_saluran",
    "FROM desk_tugas",
    "FROM eoffice_disposisi",
    "FROM eoffice_susut",
    "FROM eoffice_akses WHERE subject = ?1 AND tenggat < ?2",
];

/// Tables that grow with the regency's offices, not with its work: read whole where all of it is shown.
const SMALL: [&str; 1] = ["identity_peran_khusus"];

/// Addresses of a page with each of its questions answered in turn: every choice, every word and day.
fn questions(path: &str, html: &str) -> Vec<String> {
    let mut all = Vec::new();
    for one in form::forms(html).into_iter().filter(|one| !one.post) {
        let action = if one.action.is_empty() { path } else { &one.action };
        for field in &one.fields {
            let values = match field.kind {
                form::Kind::Choice => field.options.clone(),
                form::Kind::Date => vec!["2026-11-01".to_owned()],
                form::Kind::Hidden => Vec::new(),
                _ => vec!["rapat".to_owned()],
            };
            all.extend(values.into_iter().take(8).map(|value| {
                let pairs = [(field.name.as_str(), value.as_str())];
                format!("{}?{}", action.split('?').next().unwrap_or_default(), praja_testkit::urlencode(&pairs))
            }));
        }
    }
    all
}

/// Opens everything that somebody can reach, a few of each kind.
async fn open_all(one: &mut Somebody<'_>, routes: &[&'static Route]) -> usize {
    let plain = routes.iter().filter(|route| route.method == Method::Get && !route.path.contains('{'));
    let mut left: Vec<String> = plain.filter(|route| one.may(route.access)).map(|route| route.path.to_owned()).collect();
    left.extend(MORE.map(str::to_owned));
    let mut seen: BTreeSet<String> = left.iter().cloned().collect();
    let mut of_kind: BTreeMap<(&'static str, String), usize> = BTreeMap::new();
    while let Some(path) = left.pop() {
        let page = one.visitor.get(&path).await;
        assert!(page.status < 500, "{} {path}: {}", one.name, page.status);
        let links = page.body.split("href=\"").skip(1).filter_map(|part| part.split('"').next()).map(form::plain);
        for next in links.chain(questions(&path, &page.body)) {
            let next = next.split('#').next().unwrap_or_default();
            let Some(route) = route_of(routes, next, false) else { continue };
            // What is asked is told apart by its names and their values, what is shown by its address.
            let query = next.split_once('?').map_or("", |(_, query)| query);
            let kind = query.split('&').map(|pair| if pair.len() > 40 { pair.split('=').next().unwrap_or(pair) } else { pair });
            let kind = (route.path, kind.collect::<Vec<_>>().join("&"));
            let times = of_kind.entry(kind).or_default();
            if *times < 2 && seen.len() < MOST && seen.insert(next.to_owned()) {
                *times += 1;
                left.push(next.to_owned());
            }
        }
    }
    seen.len()
}

/// So many pages does one person open.
const MOST: usize = 400;

#[actix_web::test]
async fn no_page_reads_a_whole_table_or_sorts_in_memory() {
    let modules = modules();
    let (kit, plans) = Kit::with_plans(&modules);
    for module in &modules {
        kit.load_demo_at(module.id, if praja_testkit::offers_postgres() { 25 } else { 1 });
    }
    let routes = routes(&kit);
    let mut opened = 0;
    let officers = ["tata-usaha", "kadis", "bupati", "sespri", "auditor", "superadmin", "admin-opd", "desk.pengelola"];
    for who in officers.into_iter().chain(["loket", "kepala-izin", "pengelola-izin", "warga"]) {
        let mut one = Somebody::signed_in(&kit, who);
        opened += open_all(&mut one, &routes).await;
    }
    let public = routes.iter().filter(|route| route.access == Access::Public).count();
    let mut stranger = Somebody::stranger(&kit);
    assert!(open_all(&mut stranger, &routes).await > public / 2);
    // What the clock does by itself reads as much as any page.
    for job in kit.parts.modules.iter().flat_map(|module| module.jobs).filter(|job| job.every_s.is_some()) {
        kit.run_job(job.kind);
    }
    let seen = plans.plans();
    println!("{opened} pages, {} statements", seen.len());
    assert!(seen.len() > 150, "only {} statements were seen", seen.len());
    for part in REACHED {
        let flat = |sql: &str| sql.split_whitespace().collect::<Vec<_>>().join(" ");
        assert!(seen.iter().any(|plan| flat(&plan.sql).contains(part)), "nothing was asked of {part}");
    }
    let bad: Vec<String> = seen
        .iter()
        .filter(|plan| !plan.offences_besides(&SMALL).is_empty())
        .map(|plan| format!("{}\n    {}", plan.sql.split_whitespace().collect::<Vec<_>>().join(" "), plan.lines.join("\n    ")))
        .collect();
    assert!(bad.is_empty(), "{} of {} statements:\n{}", bad.len(), seen.len(), bad.join("\n"));
}
