//! Things in states that the demo regency does not have, so that the forms which are shown only then are tried as well.

mod izin;

use praja_testkit::{Kit, Page, Visitor};

use super::{
    form::{forms, plain},
    value::PDF,
};

const LIST: &str = "/eoffice/surat-masuk";
/// Two dots, as somebody photographs a page.
const PNG: &[u8] = b"\x89PNG\x0d\x0a\x1a\x0a\x00\x00\x00\x0dIHDR\x00\x00\x00\x02\x00\x00\x00\x01\x08\x02\x00\x00\x00{@\xe8\xdd\x00\x00\x00\x0dIDATx\x9cc\x10P0\x00\"\x00\x02g\x00\xc1\x93D\x0ea\x00\x00\x00\x00IEND\xaeB`\x82";

/// Whom each such form is shown to, and where.
pub async fn set(kit: &Kit) -> Vec<(&'static str, String)> {
    let mut shown = vec![("sekdis", "/profil".to_owned())];
    let mut superadmin = kit.sign_in_as("superadmin");
    let new = "/identity/peran/baru";
    let role = [("nama", "Peran uji kasar"), ("izin", "identity.read-audit")];
    let role = led(&superadmin.fill(new, new, &role).await);
    shown.extend(["", "/ubah", "/akhiri"].map(|act| ("superadmin", format!("{role}{act}"))));
    // Somebody whose account is closed.
    drop(kit.sign_in_as("sespri"));
    let list = superadmin.get("/identity/akun?q=Meiliana+Tanuwijaya").await;
    let account = link(&list, "/identity/akun/0");
    let close = format!("{account}/nonaktifkan");
    led(&superadmin.fill(&close, &close, &[("alasan", "Pindah tugas ke provinsi")]).await);
    shown.push(("superadmin", account));
    // Letters: one that waits to be led on, one of two photographs, one that only its leader opens.
    let mut registry = kit.sign_in_as("tata-usaha");
    let waits = letter(&mut registry, "K/1", "biasa", &[("pindaian", "surat.pdf", PDF)]).await;
    shown.push(("tata-usaha", format!("{waits}/arahkan")));
    let photos = [("pindaian", "satu.png", PNG), ("pindaian", "dua.png", PNG)];
    let of_photos = letter(&mut registry, "K/2", "biasa", &photos).await;
    shown.push(("tata-usaha", link(&registry.get(&of_photos).await, "/desk/lampiran/0")));
    let secret = letter(&mut registry, "K/3", "rahasia", &photos).await;
    let mut leader = kit.sign_in_as("kadis");
    let opened = leader.fill(&secret, &format!("{secret}/buka"), &[]).await;
    shown.extend([("kadis", secret), ("kadis", link(&opened, "/desk/lampiran/0"))]);
    // An aide.
    let form = "/eoffice/pengaturan/sekretaris/baru";
    let page = leader.get(form).await;
    let offered = |name: &str| {
        let form = forms(&page.body).into_iter().find(|form| form.field(name).is_some()).expect("the form is there");
        form.field(name).map(|field| field.options.clone()).unwrap_or_default()
    };
    let (leaders, aides) = (offered("pimpinan"), offered("sekretaris"));
    let post = leaders.iter().find(|id| !id.is_empty()).expect("a leader is offered");
    let aide = aides.iter().find(|id| !id.is_empty() && *id != post).expect("an aide is offered");
    let today = kit.instance.today().to_string();
    led(&leader.fill(form, form, &[("pimpinan", post), ("sekretaris", aide), ("mulai", &today)]).await);
    shown.push(("kadis", "/eoffice/pengaturan".to_owned()));
    shown.push(draft(kit).await);
    shown.extend(izin::set(kit).await);
    shown
}

/// A whole draft of the demo that its writer may hand on: who, and where.
async fn draft(kit: &Kit) -> (&'static str, String) {
    for who in ["staf", "kabid", "sekdis", "tata-usaha", "tu-izin"] {
        let mut writer = kit.sign_in_as(who);
        let list = writer.get("/eoffice/naskah?status=konsep").await;
        for one in links(&list, "/eoffice/naskah/0") {
            let form = format!("{one}/ajukan");
            if forms(&writer.get(&form).await.body).iter().any(|found| found.post && found.action == form) {
                return (who, form);
            }
        }
    }
    panic!("the demo has no draft that its writer may hand on")
}

/// Registers a letter that is not led on at once.
async fn letter(registry: &mut Visitor<'_>, nomor: &str, sifat: &str, files: &[(&str, &str, &[u8])]) -> String {
    let form = format!("{LIST}/baru");
    let fields = [
        ("asal_teks", "Badan Pusat Statistik Kabupaten"),
        ("nomor_surat", nomor),
        ("tanggal_surat", "18 November 2026"),
        ("tanggal_terima", "2026-11-20"),
        ("hal", "Permintaan data potensi desa"),
        ("sifat", sifat),
    ];
    led(&registry.upload(&form, &form, &fields, files).await)
}

/// Where an accepted form leads.
fn led(page: &Page) -> String {
    assert_eq!(page.status, 303, "{}", page.body);
    page.location.clone().expect("it leads somewhere")
}

/// The first address of a page that begins so.
fn link(page: &Page, begins: &str) -> String {
    let found = links(page, begins).into_iter().next();
    found.unwrap_or_else(|| panic!("no {begins} in {}", page.body))
}

/// The addresses of a page that begin so, each once.
fn links(page: &Page, begins: &str) -> Vec<String> {
    let all = page.body.split("href=\"").skip(1).filter_map(|part| part.split('"').next()).map(plain);
    let mut found: Vec<String> = Vec::new();
    for href in all.filter(|href| href.starts_with(begins)) {
        let bare = href.split(['?', '#']).next().unwrap_or_default().to_owned();
        if !found.contains(&bare) {
            found.push(bare);
        }
    }
    found
}
