//! Applications: one that a citizen writes, one that was sent, and whatever lies at each desk.

use std::collections::BTreeSet;

use praja_testkit::{Kit, Visitor};

use super::{PDF, PNG, led, links};

/// Everybody who has a desk. Two stand at some: whose turn it is the program decides.
const DESKS: [&str; 15] = [
    "loket",
    "loket2",
    "pemeriksa",
    "pemeriksa2",
    "opd-teknis",
    "surveyor",
    "surveyor2",
    "kasi-izin",
    "kabid-izin",
    "sekretaris-izin",
    "kepala-izin",
    "bendahara-izin",
    "bendahara-izin2",
    "pengelola-izin",
    "auditor",
];
const DESK: &str = "/perizinan/izin";

/// Whom each form of theirs is shown to, and where.
pub async fn set(kit: &Kit) -> Vec<(&'static str, String)> {
    let mut shown = Vec::new();
    let mut citizen = kit.sign_in_as("warga");
    // One that is sent, whose papers the next may use again.
    let sent = letter(&mut citizen).await;
    let send = format!("{sent}/kirim");
    led(&citizen.fill(&send, &send, &[]).await);
    shown.push(("warga", format!("{sent}/cabut")));
    let draft = begin(&mut citizen).await;
    shown.extend(["/pemohon", "/isi/1", "/isi/2", "/berkas"].map(|step| ("warga", format!("{draft}{step}"))));
    let ready = letter(&mut citizen).await;
    shown.extend(["/berkas", "/kirim"].map(|step| ("warga", format!("{ready}{step}"))));
    // One that is being examined, one that rests: what the back office may do with each is shown then.
    for rests in [false, true] {
        let sent = letter(&mut citizen).await;
        let send = format!("{sent}/kirim");
        led(&citizen.fill(&send, &send, &[]).await);
        let one = examined(kit, &sent).await;
        if rests {
            let why = [("alasan_tangguh", "Menunggu putusan sengketa lahan.")];
            let mut officer = kit.sign_in_as(one.0);
            led(&officer.fill(&one.1, &format!("{}/tangguhkan", one.1), &why).await);
        }
        shown.push(("kabid-izin", one.1.clone()));
        shown.push(one);
    }
    // One of the demo that needs a recommendation, and one whose bill is to be sent.
    shown.push(turn(kit, &["pemeriksa", "pemeriksa2"], "lengkap", "MKM-", "periksa").await);
    shown.push(bill(kit).await);
    let mut seen = BTreeSet::new();
    for who in DESKS {
        let mut officer = kit.sign_in_as(who);
        let mine = officer.get(&format!("{DESK}?pandangan=saya")).await;
        for one in links(&mine, &format!("{DESK}/0")) {
            let page = officer.get(&one).await;
            // One of each state is enough: what may be done is the same.
            let acts: Vec<String> = links(&page, &format!("{one}/"));
            let shape: Vec<String> =
                acts.iter().map(|act| act[one.len()..].chars().filter(|c| !c.is_numeric()).collect()).collect();
            let posts: Vec<&str> = page.body.split("action=\"").skip(1).filter_map(|part| part.split('"').next()).collect();
            let posts: Vec<String> = posts.iter().map(|post| post.replace(&one, "")).collect();
            if seen.insert((shape, posts)) {
                shown.extend(acts.into_iter().filter(|act| !act.contains("/berkas/")).map(|act| (who, act)));
                shown.push((who, one));
            }
        }
    }
    shown
}

/// Leads what a citizen sent through the front office to whoever examines it; gives them and its page at the desk.
async fn examined(kit: &Kit, sent: &str) -> (&'static str, String) {
    turn(kit, &["loket", "loket2"], "diajukan", sent, "lengkap").await;
    turn(kit, &["pemeriksa", "pemeriksa2"], "lengkap", sent, "periksa").await
}

/// Whoever of these has it does so with it, whatever came earlier.
async fn turn(kit: &Kit, officers: &[&'static str], state: &str, sent: &str, act: &str) -> (&'static str, String) {
    let resi = sent.rsplit('/').next().unwrap_or_default();
    for &who in officers {
        let mut officer = kit.sign_in_as(who);
        let mine = officer.get(&format!("{DESK}?pandangan=saya&keadaan={state}")).await;
        for one in links(&mine, &format!("{DESK}/0")) {
            let page = officer.get(&one).await;
            let act = format!("{one}/{act}");
            if page.body.contains(resi) && page.body.contains(&act) {
                led(&officer.fill(&one, &act, &[("lompat", "korektif-sistem")]).await);
                return (who, one);
            }
        }
    }
    panic!("{sent} has nobody who would {act}")
}

/// A bill of the demo that its treasurer is to send.
async fn bill(kit: &Kit) -> (&'static str, String) {
    for who in ["bendahara-izin", "bendahara-izin2"] {
        let mut treasurer = kit.sign_in_as(who);
        let mine = treasurer.get(&format!("{DESK}?pandangan=saya&keadaan=ditetapkan-skrd")).await;
        for one in links(&mine, &format!("{DESK}/0")) {
            let form = format!("{DESK}/retribusi/tagihan/{}", one.rsplit('/').next().unwrap_or_default());
            let page = treasurer.get(&form).await;
            if page.status == 200 && page.body.contains(&format!("action=\"{form}\"")) {
                return (who, form);
            }
        }
    }
    panic!("the demo has no bill that its treasurer is to send")
}

/// Begins an application for a research letter; gives its page.
async fn begin(citizen: &mut Visitor<'_>) -> String {
    let form = "/perizinan/ajukan/SKP";
    let fields = [
        ("permintaan", "baru"),
        ("nama", "Siti Rahma"),
        ("nik", "5315015209850001"),
        ("alamat", "Dusun Melati RT 02 RW 01, Desa Lalang Jaya"),
        ("telepon", "081234567890"),
        ("benar", "1"),
    ];
    let first = led(&citizen.fill(form, form, &fields).await);
    first.split("/isi/").next().unwrap_or_default().to_owned()
}

/// A whole one that is not sent.
async fn letter(citizen: &mut Visitor<'_>) -> String {
    let one = begin(citizen).await;
    let parts: [&[(&str, &str)]; 2] = [
        &[("golongan", "Perguruan tinggi atau sekolah"), ("lembaga", "Universitas Contoh"), ("pekerjaan", "Mahasiswa S-1")],
        &[
            ("judul_penelitian", "Pola tanam lada putih"),
            ("tujuan", "Mengetahui pola tanam petani lada"),
            ("bidang", "Pertanian"),
            ("lokasi", "Desa Lalang Jaya"),
            // Ahead of the walk, which takes weeks by its own clock.
            ("mulai", "2027-06-01"),
            ("selesai", "2027-09-30"),
        ],
    ];
    for (at, fields) in parts.into_iter().enumerate() {
        let form = format!("{one}/isi/{}", at + 1);
        led(&citizen.fill(&form, &form, fields).await);
    }
    let list = format!("{one}/berkas");
    for (syarat, name, bytes) in [
        ("surat_kampus", "surat.pdf", PDF),
        ("proposal", "proposal.pdf", PDF),
        ("pernyataan_taat", "taat.pdf", PDF),
        ("pernyataan_sah", "sah.pdf", PDF),
        ("ktp", "ktp.png", PNG),
        ("foto", "foto.png", PNG),
    ] {
        led(&citizen.upload(&list, &format!("{list}/{syarat}"), &[], &[("berkas", name, bytes)]).await);
    }
    one
}
