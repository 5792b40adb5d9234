//! Every list walks an index: no table is read whole and nothing is sorted in memory, however many letters there are.

use praja_testkit::Kit;

const PAGES: [&str; 35] = [
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
    "/desk/instansi",
    "/desk/instansi?jenis=pusat",
    "/desk/instansi?q=dinas",
    "/desk/register",
    "/desk/jenis-naskah",
    "/desk/kalender",
    "/desk/kalender/2027/geser",
    "/desk/pengaduan",
    "/desk/pengaduan?status=dijawab",
    "/desk/kepuasan",
    "/desk/pilih/klasifikasi",
    "/desk/pilih/instansi?q=kem",
    "/pengaduan",
    "/v",
    "/v/kunci",
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
    let deeper = ["/eoffice/surat-masuk/01", "/desk/register/01", "/desk/instansi/01", "/desk/pengaduan/01", "/v/"];
    hrefs.filter(|href| deeper.iter().any(|one| href.starts_with(one)) || href.contains("surat-masuk?")).take(4).collect()
}
