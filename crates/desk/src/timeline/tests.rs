use praja_kernel::Moment;
use praja_store::audit::Nilai;

use super::*;

fn row(tindakan: &str, values: &[(&str, &str)]) -> AuditRow {
    let nilai = |(bidang, nilai): &(&str, &str)| Nilai { bidang: (*bidang).into(), garam: String::new(), nilai: (*nilai).into() };
    AuditRow {
        rantai: "umum".into(),
        urut: 1,
        pada: Moment(0),
        pelaku: "pegawai:1".into(),
        pelaku_nama: "Siti Uji".into(),
        jabatan: Some("Sekretaris".into()),
        tindakan: tindakan.into(),
        objek: "uji_surat:1".into(),
        alasan: None,
        bidang: Vec::new(),
        sebelum: String::new(),
        sidik: String::new(),
        nilai: values.iter().map(nilai).collect(),
    }
}

#[test]
fn an_act_reads_as_a_sentence() {
    let cases = [
        ("eoffice.register-surat-masuk", "mendaftarkan surat masuk"),
        ("desk.attach-lampiran", "menambahkan lampiran"),
        ("eoffice.forward-surat-masuk", "meneruskan surat masuk"),
        ("lain.merapikan-berkas", "merapikan berkas"),
        ("tanpa", "tanpa"),
    ];
    for (tindakan, words) in cases {
        assert_eq!(sentence(tindakan), words);
    }
}

#[test]
fn a_number_or_a_name_stands_in_the_sentence() {
    assert_eq!(what(&row("eoffice.register-surat-masuk", &[("agenda", "12")])), "mendaftarkan surat masuk dengan nomor 12");
    assert_eq!(what(&row("desk.cancel-nomor", &[("nomor", "005/1")])), "membatalkan nomor 005/1");
    assert_eq!(what(&row("desk.open-lampiran", &[("lampiran", "x"), ("nama", "a.pdf")])), "membuka lampiran \"a.pdf\"");
    assert_eq!(who(&row("x.y-z", &[])), "Siti Uji (Sekretaris)");
}

#[test]
fn what_takes_something_away_is_marked() {
    assert_eq!(tone("desk.cancel-nomor"), Tone::Bad);
    assert_eq!(tone("eoffice.register-surat-masuk"), Tone::Neutral);
    assert_eq!(tone("perizinan.issue-izin"), Tone::Good);
}
