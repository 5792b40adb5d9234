//! Every list walks an index: no table is read whole and nothing is sorted in memory, however many letters there are.

use praja_testkit::Kit;

const PAGES: [&str; 20] = [
    "/",
    "/kotak-masuk",
    "/kotak-masuk?lihat=terlambat",
    "/kotak-masuk?lihat=selesai",
    "/cari?q=rapat",
    "/cari?q=005",
    "/profil",
    "/eoffice/surat-masuk",
    "/eoffice/surat-masuk?status=tercatat",
    "/eoffice/surat-masuk?status=dipindai",
    "/eoffice/surat-masuk?q=rapat",
    "/eoffice/surat-masuk/baru",
    "/eoffice/disposisi",
    "/eoffice/disposisi?lihat=keluar",
    "/eoffice/disposisi?lihat=masuk-selesai",
    "/eoffice/disposisi?lihat=pimpinan",
    "/eoffice/buku-agenda",
    "/eoffice/buku-agenda?dari=2026-01-01&sampai=2026-11-22&pengirim=dinas",
    "/eoffice/statistik",
    "/eoffice/pengaturan",
];

#[actix_web::test]
async fn no_page_reads_a_whole_table_or_sorts_in_memory() {
    let modules: Vec<_> =
        praja_server::modules().into_iter().filter(|module| !matches!(module.id, "identity" | "desk")).collect();
    let (kit, plans) = Kit::with_plans(&modules);
    for module in &modules {
        kit.load_demo_at(module.id, if praja_testkit::offers_postgres() { 25 } else { 1 });
    }
    for akun in ["tata-usaha", "kadis", "bupati", "auditor", "superadmin"] {
        let mut officer = kit.sign_in_as(akun);
        for path in PAGES {
            let page = officer.get(path).await;
            assert!([200, 403].contains(&page.status), "{akun} {path}: {}", page.status);
            for follow in links(&page.body) {
                officer.get(&follow).await;
            }
        }
    }
    let seen = plans.plans();
    assert!(seen.len() > 20, "only {} statements were seen", seen.len());
    let bad: Vec<String> = seen
        .iter()
        .filter(|plan| !plan.offences().is_empty())
        .map(|plan| format!("{}\n    {}", plan.sql.split_whitespace().collect::<Vec<_>>().join(" "), plan.lines.join("\n    ")))
        .collect();
    assert!(bad.is_empty(), "{} of {} statements:\n{}", bad.len(), seen.len(), bad.join("\n"));
}

/// The first few letters and the next page.
fn links(html: &str) -> Vec<String> {
    let hrefs = html.split("href=\"").skip(1).filter_map(|part| part.split('"').next()).map(|href| href.replace("&amp;", "&"));
    hrefs.filter(|href| href.starts_with("/eoffice/surat-masuk/01") || href.contains("surat-masuk?")).take(4).collect()
}
