//! Licences of another service come into the archive by themselves: once each, and also those that were issued while e-Office was off.

use praja_desk::attachments::{self, Rule};
use praja_eoffice::MODULE;
use praja_kernel::{Date, Id};
use praja_module::events::{BerkasIzin, IzinDitindak, IzinDitolak, IzinTerbit};
use praja_store::{Event, Keys};
use praja_testkit::Kit;

use crate::{Officer, PDF, arsip::ARSIP};

const TERBIT: Date = Date::constant(2026, 11, 20);

fn opd(kit: &Kit) -> Id {
    kit.off(|instance| instance.db.read(praja_identity::opd::list_active))
        .expect("offices are read")
        .into_iter()
        .find(|opd| opd.singkatan == "Dinkes")
        .expect("the office is there")
        .id
}

/// Attaches a paper to a thing of another module and tells of it, in one transaction as licensing does.
fn told<E: Event + Clone + Send + Sync + 'static>(
    kit: &Kit,
    objek: &str,
    event: impl Fn(BerkasIzin) -> E + Send + Sync + 'static,
) -> String {
    let objek = objek.to_owned();
    kit.off(move |instance| {
        let upload = attachments::made(instance, "dokumen", "izin.pdf", PDF, &Rule::DOCUMENTS).expect("it is stored");
        let by = instance.by_system("uji.terbit");
        let done = instance.db.write(&by, Keys::none(), move |tx| {
            let lampiran = attachments::attach(tx, &objek, &[], &upload)?;
            let berkas =
                BerkasIzin { objek: objek.clone(), lampiran, sidik: upload.blob.sidik.clone(), klasifikasi: "500.16.7.2".into() };
            tx.emit(&event(berkas))?;
            Ok::<_, praja_module::Problem>(lampiran.to_string())
        });
        done.expect("it is told")
    })
}

fn issued(kit: &Kit, nomor: &str) -> String {
    let (opd, izin, nomor) =
        (opd(kit), Id::v7(i64::try_from(nomor.len()).unwrap_or(0), [nomor.as_bytes()[6]; 10]), nomor.to_owned());
    told(kit, &format!("perizinan_izin:{nomor}"), move |berkas| IzinTerbit {
        izin,
        permohonan: None,
        nomor: nomor.clone(),
        jenis: "SKP".into(),
        layanan: "Surat Keterangan Penelitian".into(),
        opd,
        diajukan: None,
        tenggat: None,
        tanggal: TERBIT,
        berlaku_sampai: None,
        berkas: Some(berkas),
    })
}

fn file_page(tu: &mut Officer<'_>) -> String {
    let list = tu.get(ARSIP);
    assert!(list.says("Izin dan suratnya tahun 2026"), "{}", list.body);
    let mut links = list.body.split("href=\"").filter_map(|rest| rest.split('"').next());
    links.find(|to| to.strip_prefix("/eoffice/arsip/").is_some_and(|id| id.len() == 36)).expect("a file is listed").to_owned()
}

#[test]
fn a_licence_and_its_letters_come_into_the_archive_by_themselves_and_stay_with_their_owner() {
    let kit = Kit::new(&[&MODULE]);
    issued(&kit, "503/001/SKP/2026");
    let office = opd(&kit);
    told(&kit, "perizinan_izin_peristiwa:1", move |berkas| IzinDitindak {
        izin: Id::v7(1, [1; 10]),
        nomor: "503/001/SKP/2026".into(),
        layanan: "Surat Keterangan Penelitian".into(),
        opd: office,
        tindakan: "Bekukan".into(),
        tanggal: TERBIT,
        berkas: vec![berkas],
    });
    told(&kit, "perizinan_permohonan:1", move |berkas| IzinDitolak {
        permohonan: Id::v7(2, [2; 10]),
        nomor: "SKP-20261120-0001".into(),
        jenis: "SKP".into(),
        layanan: "Surat Keterangan Penelitian".into(),
        opd: office,
        diajukan: None,
        tanggal: TERBIT,
        alasan: "syarat".into(),
        berkas: Some(berkas),
    });
    assert_eq!(kit.work().1, Vec::<String>::new());
    let mut tu = Officer::of(&kit, "tata-usaha");
    let berkas = file_page(&mut tu);
    let page = tu.get(&berkas);
    assert!(page.says("500.16.7.2") && page.says("3 tahun aktif, 7 tahun inaktif, lalu Permanen"), "{}", page.body);
    for words in ["503/001/SKP/2026", "Risalah: bekukan", "Penolakan Surat Keterangan Penelitian", "Izin dan suratnya"] {
        assert!(page.says(words), "{words}: {}", page.body);
    }
    assert!(!page.says("Keluarkan dari berkas"), "nobody put it there");
    let paper = page.body.split("href=\"").filter_map(|rest| rest.split('"').next()).find(|to| to.contains("/isi/"));
    let paper = paper.expect("the paper can be opened").to_owned();
    assert!(tu.get(&paper).bytes.starts_with(b"%PDF"));
    assert_eq!(Officer::of(&kit, "staf").get(&paper).status, 403, "only who keeps the archive");
    assert_eq!(Officer::of(&kit, "tu.setda").get(&paper).status, 404, "another office's archive is its own");
    let out = paper.replace("/isi/", "/keluarkan/");
    let refused = tu.fill(&berkas, &out, &[]);
    assert!(refused.status == 422 || refused.status == 409, "{}: {}", refused.status, refused.body);
    assert!(tu.get(&berkas).says("503/001/SKP/2026"), "it still lies there");
    let csv = tu.get(&format!("{berkas}/unduh?format=csv"));
    assert!(csv.says("503/001/SKP/2026"), "{}", csv.body);
}

#[test]
fn what_is_told_twice_or_worked_on_twice_after_a_kill_is_filed_once() {
    let kit = Kit::new(&[&MODULE]);
    let lampiran = issued(&kit, "503/002/SKP/2026");
    kit.work();
    let mut tu = Officer::of(&kit, "tata-usaha");
    let berkas = file_page(&mut tu);
    let once = |page: &praja_testkit::Page| page.body.matches("503/002/SKP/2026").count();
    let before = once(&tu.get(&berkas));
    // The process was killed after the archive was written and before the job ended: the job runs again with what it was given.
    let payload = serde_json::json!({
        "opd": opd(&kit), "nomor": "503/002/SKP/2026", "tanggal": "2026-11-20", "uraian": "Surat Keterangan Penelitian",
        "berkas": [{"objek": "perizinan_izin:503/002/SKP/2026", "lampiran": lampiran, "sidik": "", "klasifikasi": "500.16.7.2"}],
    })
    .to_string();
    let job = MODULE.jobs.iter().find(|job| job.kind == "eoffice.file-izin").expect("the job is declared");
    for _ in 0..2 {
        kit.off(|instance| (job.run)(instance, &payload)).expect("it runs again");
    }
    kit.run_job("eoffice.catch-up-izin");
    kit.run_job("eoffice.catch-up-izin");
    assert_eq!(kit.work().1, Vec::<String>::new());
    assert_eq!(once(&tu.get(&berkas)), before);
    assert!(tu.get(&berkas).says("1 surat, naskah, atau izin"));
}

#[test]
fn a_file_that_was_closed_takes_nothing_more_and_a_new_one_is_opened() {
    let kit = Kit::new(&[&MODULE]);
    issued(&kit, "503/003/SKP/2026");
    kit.work();
    let mut tu = Officer::of(&kit, "tata-usaha");
    let berkas = file_page(&mut tu);
    let close = format!("{berkas}/tindakan/tutup");
    let done = crate::arsip::send(&mut tu, &close, &[("ditutup", "2026-11-22")]);
    assert_eq!(done.status, 303, "{}", done.body);
    issued(&kit, "503/004/SKP/2026");
    assert_eq!(kit.work().1, Vec::<String>::new());
    assert!(!tu.get(&berkas).says("503/004/SKP/2026"));
    assert_eq!(tu.get(ARSIP).body.matches("Izin dan suratnya tahun 2026").count(), 2);
}

#[test]
fn licences_issued_before_e_office_was_switched_on_come_into_its_archive_afterwards() {
    let folder = tempfile::tempdir().expect("a folder");
    {
        let kit = Kit::kept(folder.path(), &[], |_| {});
        for nomor in ["503/005/SKP/2026", "503/006/SKP/2026"] {
            issued(&kit, nomor);
        }
        assert_eq!(kit.work().1, Vec::<String>::new());
    }
    let kit = Kit::kept(folder.path(), &[&MODULE], |_| {});
    kit.work();
    assert!(!Officer::of(&kit, "tata-usaha").get(ARSIP).says("Izin dan suratnya"), "nobody has asked for it yet");
    kit.run_job("eoffice.catch-up-izin");
    assert_eq!(kit.work().1, Vec::<String>::new());
    let mut tu = Officer::of(&kit, "tata-usaha");
    let page = file_page(&mut tu);
    let page = tu.get(&page);
    assert!(page.says("503/005/SKP/2026") && page.says("503/006/SKP/2026"), "{}", page.body);
}
