use super::*;

fn drawn(form: &Form) -> String {
    form.render().into_string()
}

fn register() -> Form {
    Form::post("/eoffice/surat-masuk", "token", "0198-kunci")
        .field(Field::text("perihal", "Perihal").required().hint("Salin dari surat."))
        .field(Field::date("tanggal", "Tanggal surat"))
        .field(Field::radio("sifat", "Sifat", &[("biasa", "Biasa"), ("segera", "Segera")]))
        .field(Field::password("sandi", "Kata sandi", "current-password"))
        .submit("Daftarkan surat")
}

#[test]
fn a_form_that_changes_something_carries_token_and_key() {
    let html = drawn(&register());
    assert!(html.contains(r#"<input type="hidden" name="_csrf" value="token">"#));
    assert!(html.contains(r#"<input type="hidden" name="_kunci" value="0198-kunci">"#));
    assert!(html.contains("data-sekali"));
    assert!(!drawn(&Form::get("/cari")).contains("_csrf"));
}

#[test]
fn a_problem_stands_under_its_field_and_in_the_summary() {
    let html = drawn(
        &register().problems(&[FieldProblem::new("perihal", "Isi perihal surat."), FieldProblem::new("sifat", "Pilih sifat.")]),
    );
    assert!(html.contains(r##"<a href="#f-perihal">Isi perihal surat.</a>"##));
    assert!(html.contains(r##"<a href="#f-sifat-0">Pilih sifat.</a>"##));
    assert!(html.contains(r#"aria-describedby="f-perihal-petunjuk f-perihal-masalah" aria-invalid="true""#));
    assert!(html.contains(r#"id="f-perihal-masalah""#) && html.contains(r#"role="alert""#));
    assert_eq!(html.matches("Isi perihal surat.").count(), 2);
}

#[test]
fn a_problem_without_a_field_is_still_said() {
    let html = drawn(&register().problems(&[FieldProblem::new("lain", "Berkas terlalu besar.")]));
    assert!(html.contains("<li>Berkas terlalu besar.</li>"));
}

#[test]
fn what_was_typed_is_shown_again_but_never_a_password() {
    let values = FormValues::new().with("perihal", "Undangan <rapat>").with("sifat", "segera").with("sandi", "rahasia-sekali");
    let html = drawn(&register().values(&values));
    assert!(html.contains(r#"value="Undangan &lt;rapat&gt;""#));
    assert!(html.contains(r#"value="segera" checked"#));
    assert!(!html.contains("rahasia-sekali"));
}

#[test]
fn a_date_that_is_none_stays_in_view_as_text() {
    let typed = drawn(&register().values(FormValues::new().with("tanggal", "kemarin")));
    assert!(typed.contains(r#"id="f-tanggal" type="text" name="tanggal" value="kemarin""#), "{typed}");
    let good = drawn(&register().values(FormValues::new().with("tanggal", "2026-11-22")));
    assert!(good.contains(r#"type="date" name="tanggal" value="2026-11-22""#));
}

#[test]
fn a_sent_form_with_nothing_ticked_does_not_fall_back_to_the_default() {
    let field = || Field::text("kota", "Kota").value("Kupang");
    assert!(drawn(&Form::get("/x").field(field())).contains(r#"value="Kupang""#));
    assert!(!drawn(&Form::get("/x").field(field()).values(FormValues::new().with("kota", ""))).contains("Kupang"));
}

#[test]
fn a_choice_that_left_the_list_is_not_lost() {
    let form = Form::get("/x").field(Field::select("opd", "OPD", &[("a", "Dinas A")])).values(FormValues::new().with("opd", "b"));
    assert!(drawn(&form).contains(r#"<option value="b" selected>b</option>"#));
}

#[test]
fn a_refusal_says_what_and_what_now() {
    let html = drawn(&register().refusal("Nomor surat sudah dipakai.", "Gunakan nomor lain."));
    assert!(html.contains("Nomor surat sudah dipakai.") && html.contains("<p>Gunakan nomor lain.</p>"));
}

#[test]
fn required_is_said_in_words() {
    assert!(drawn(&register()).contains(r#"Perihal <span class="wajib">(wajib diisi)</span>"#));
}

#[test]
fn a_file_says_how_large_it_may_be() {
    let html = drawn(&Form::post("/x", "t", "k").multipart().field(Field::file("berkas", "Pindaian", ".pdf").max_mib(10)));
    assert!(html.contains(r#"enctype="multipart/form-data""#));
    assert!(html.contains("Ukuran paling besar 10 MiB.") && html.contains(r#"data-paling-besar="10485760""#));
}

#[test]
fn the_safe_way_back_stands_before_what_takes_something_away() {
    let form = Form::post("/x", "t", "k").submit_danger("Tolak permohonan").cancel("Kembali tanpa menolak", "/y");
    let html = drawn(&form);
    assert!(html.find("Kembali tanpa menolak") < html.find("Tolak permohonan"), "{html}");
}

fn picker() -> Field {
    Field::picker("opd", "OPD", "/identity/pilih/opd").chosen("7", "Dinas Kesehatan")
}

#[test]
fn a_picker_carries_its_value_the_words_and_what_the_value_stands_for() {
    let html = drawn(&Form::get("/x").field(picker()));
    assert!(html.contains(r#"<input type="hidden" name="opd" value="7">"#), "{html}");
    assert!(html.contains(r#"name="opd_label" value="Dinas Kesehatan""#));
    assert!(html.contains(r#"id="f-opd" type="text" name="opd_teks" value="Dinas Kesehatan""#));
    let retyped = FormValues::new().with("opd", "7").with("opd_label", "Dinas Kesehatan").with("opd_teks", "dinas k");
    let html = drawn(&Form::get("/x").field(picker()).values(retyped));
    assert!(html.contains(r#"name="opd_label" value="Dinas Kesehatan""#) && html.contains(r#"value="dinas k""#));
    let stored = drawn(&Form::get("/x").field(picker()).values(FormValues::new().with_pick("opd", "9", "Inspektorat")));
    assert!(stored.contains(r#"name="opd_label" value="Inspektorat""#));
}

#[test]
fn what_a_picker_may_mean_is_offered_under_it() {
    use crate::picker::Choice;
    let field = picker().candidates(vec![Choice::new(1, "Dinas Kesehatan"), Choice::new(2, "Dinas Koperasi").note("Kupang")]);
    let html = drawn(&Form::get("/x").field(field).values(FormValues::new().with("opd", "7").with("opd_teks", "dinas k")));
    assert!(!html.contains(r#"type="hidden" name="opd" "#), "the choices carry the value");
    assert!(html.contains(r#"name="opd_label" value="dinas k""#), "a choice stands for the words as typed");
    assert_eq!(html.matches(r#"type="radio" name="opd""#).count(), 2);
}

#[test]
fn several_picks_are_boxes_to_tick_and_the_enter_key_still_sends_the_form() {
    use crate::picker::{Choice, Many};
    let field = Field::picker_many("ke", "Kepada", "/pilih").offers(vec![Choice::new(1, "Satu"), Choice::new(2, "Dua")]);
    let held =
        Many { chosen: vec![Choice::new(2, "Dua"), Choice::new(7, "Tujuh")], open: vec![Choice::new(9, "S")], typed: "s".into() };
    let html = drawn(&Form::post("/x", "t", "k").fold("Lain", vec![field.clone().picked(held)]).submit("Kirim surat"));
    let ticked = |value: &str| html.contains(&format!(r#"name="ke" value="{value}" checked"#));
    assert!(!ticked("1") && ticked("2") && ticked("7"), "{html}");
    assert!(html.contains(r#"name="ke_label" value="7 Tujuh""#) && html.contains(r#"name="ke_calon" value="9""#));
    assert!(html.contains("<details class=\"lipatan\" open"), "what was added is not hidden");
    assert!(html.find("Kirim surat") < html.find(r#"name="_tambah""#), "the first button is the main one");
    let kept = FormValues::new().with("ke", "7").with("ke_label", "7 Tujuh").with("ke_teks", "sat");
    let html = drawn(&Form::get("/x").field(field).values(kept));
    assert!(html.contains(r#"name="ke" value="7" checked"#) && html.contains(r#"name="ke_teks" value="sat""#), "{html}");
}

#[test]
fn two_forms_of_a_page_that_ask_the_same_give_each_part_an_identity_of_its_own() {
    let one = |form: &str| {
        let field = Field::select("alasan", "Alasan", &[("", "Tidak ada")]).hint("Dibaca siapa pun.").apart(form);
        let problems = [FieldProblem::new("alasan", "Pilih alasan.")];
        let form = Form::post("/x", "c", "k").field(field).problems(&problems).submit("Kirim");
        assert!(form.is_refused());
        html! { (form) }.into_string()
    };
    let both = one("tolak") + &one("setujui");
    let ids: Vec<&str> =
        both.split(" id=\"").skip(1).filter_map(|part| part.split('"').next()).filter(|id| id.starts_with("f-")).collect();
    let different: std::collections::BTreeSet<&&str> = ids.iter().collect();
    assert_eq!((ids.len(), different.len()), (6, 6), "{ids:?}");
    assert_eq!(both.matches(r#"name="alasan""#).count(), 2, "{both}");
    assert!(both.contains(r##"href="#f-tolak-alasan""##) && both.contains(r#"for="f-setujui-alasan""#), "{both}");
}
