//! Rough handling: every form of every page, every field of it, filled with what nobody should be able to do harm with.
//!
//! Nothing fails, nothing is lost that was typed, nobody is told something in another language, and what is refused wrote nothing.

mod answer;
pub mod form;
mod stage;
mod value;

use std::{
    collections::{BTreeMap, BTreeSet},
    time::Instant,
};

use actix_web::test::TestRequest;
use praja_kernel::Id;
use praja_module::{Method, Route};
use praja_testkit::{Kit, Page, urlencode};

use crate::{
    somebody::{Somebody, everybody, kit, routes},
    tree::{Package, packages, read},
};
use answer::{Asked, judge};
use form::{Field, Form, Kind, forms};
use value::{Sent, hostile, likely};

/// Acts that no form of a page of the demo regency need send, each with when one does and the test that tries the act itself.
const WITHOUT_FORM: &[(&str, &str, &str)] = &[
    (
        "/desk/tanda-tangan/bsre",
        "a regency for training has no e-sign server",
        "the_e_sign_server_is_set_up_tried_and_its_password_never_shown_again",
    ),
    (
        "/desk/tanda-tangan/bsre/uji",
        "a regency for training has no e-sign server",
        "the_e_sign_server_is_set_up_tried_and_its_password_never_shown_again",
    ),
    (
        "/eoffice/naskah/{id}/tte",
        "shown only in a program with signatures, which this kit has not",
        "a_letter_signed_with_a_passphrase_is_the_file_that_is_shown_sent_and_compared",
    ),
    (
        "/eoffice/naskah/{id}/unggahan/hapus",
        "shown when a file is there, which only a program with the typesetter takes",
        "a_naskah_from_a_word_processor_gets_number_date_and_signature_on_its_own_pages",
    ),
    (
        "/eoffice/naskah/tanda-tangan",
        "shown only in a program with signatures, which this kit has not",
        "many_letters_are_signed_with_one_passphrase_and_each_has_its_outcome",
    ),
    (
        "/desk/jenis-naskah/{kode}/templat",
        "shown only in a program with the typesetter, which this kit has not",
        "a_template_is_shown_kept_refused_with_its_line_and_given_back",
    ),
    (
        "/desk/unggahan",
        "sent by the script, a piece at a time",
        "an_upload_that_was_cut_goes_on_where_it_stopped_and_is_forgotten_later",
    ),
    (
        "/desk/unggahan/{id}",
        "sent by the script, a piece at a time",
        "an_upload_that_was_cut_goes_on_where_it_stopped_and_is_forgotten_later",
    ),
    (
        "/desk/unggahan/{id}/hapus",
        "sent by the script, a piece at a time",
        "a_file_taken_out_of_the_form_is_forgotten_and_another_s_is_not_found",
    ),
    ("/masuk/kode", "asks who has a second step", "with_the_second_step_a_password_alone_opens_nothing"),
    (
        "/profil/dua-langkah/kode",
        "shown to who has a second step",
        "the_seed_is_sealed_in_the_database_and_new_recovery_codes_replace_the_old",
    ),
    (
        "/profil/dua-langkah/matikan",
        "shown to who has a second step",
        "turning_it_off_asks_for_the_password_when_it_was_typed_long_ago",
    ),
    (
        "/identity/akun/{id}/matikan-langkah-kedua",
        "shown to who has a second step",
        "an_admin_turns_it_off_for_who_lost_the_telephone_and_says_why",
    ),
    ("/identity/akun/{id}/buka-kunci", "shown where somebody is locked out", "a_locked_account_is_listed_and_unlocked"),
    (
        "/identity/akun/buka-alamat",
        "shown where an address is locked out",
        "an_address_that_was_shut_is_listed_and_opened_where_all_accounts_are_kept",
    ),
    (
        "/daftar/kode",
        "asks for a code that went to a telephone",
        "a_citizen_registers_with_a_code_and_logs_in_by_nik_e_mail_or_telephone",
    ),
    (
        "/daftar/kirim-ulang",
        "asks for a code that went to a telephone",
        "a_new_code_is_sent_after_a_minute_and_replaces_the_old_one",
    ),
    ("/warga/kontak/kode", "asks for a code that went to a telephone", "a_new_address_counts_after_its_code_only"),
    (
        "/desk/komentar/{id}/pulihkan",
        "offered once, by the notice after a comment was withdrawn",
        "whoever_sees_a_thing_comments_on_it_and_comes_back_to_it",
    ),
    (
        "/identity/rencana/{id}/batal",
        "shown while a change of tomorrow waits",
        "a_merger_that_was_decided_for_later_waits_and_can_be_called_off",
    ),
    ("/identity/orang/{id}/kembali", "shown for who has left", "somebody_is_written_down_found_changed_and_leaves"),
    (
        "/identity/impor/{id}/terapkan",
        "shown when a list was checked in the background",
        "offices_posts_and_people_come_in_one_after_the_other",
    ),
    (
        "/eoffice/impor/{id}/lembar",
        "shown when a book was read in the background",
        "a_row_of_headings_that_is_not_there_is_asked_for_again",
    ),
    (
        "/eoffice/impor/{id}/kolom",
        "shown when a book was read in the background",
        "a_mapping_that_cannot_work_comes_back_as_it_was_chosen_and_a_profile_is_used_again",
    ),
    (
        "/eoffice/impor/{id}/terapkan",
        "shown when a book was checked in the background",
        "a_second_import_makes_no_doubles_and_the_register_goes_on_behind_the_book",
    ),
    (
        "/eoffice/impor/{id}/urungkan",
        "shown when a book was taken over in the background",
        "an_import_is_taken_back_whole_with_its_numbers_on_record_and_can_come_again",
    ),
    (
        "/eoffice/impor/profil/{id}/hapus",
        "shown when a mapping was kept under a name",
        "a_mapping_that_cannot_work_comes_back_as_it_was_chosen_and_a_profile_is_used_again",
    ),
    ("/desk/kiriman/{id}/ulang", "shown where a message could not be sent", "a_refused_number_is_given_up_and_its_sender_told"),
    (
        "/pengaduan/tanggapi",
        "shown to who knows number and code of a complaint",
        "a_complaint_is_filed_answered_and_accepted_on_screen",
    ),
    ("/kepuasan", "opened by a sealed link", "a_survey_is_made_answered_and_read_on_screen"),
    (
        "/kotak-masuk/urungkan",
        "shown after they were ticked off",
        "what_only_has_to_be_read_is_ticked_off_together_and_taken_back",
    ),
    (
        "/identity/warga/{id}/kuasa/{kuasa}/cabut",
        "shown where a body has a deputy",
        "an_officer_revokes_a_power_with_a_reason_and_a_deputy_goes_back_to_the_own_account",
    ),
    (
        "/desk/klasifikasi/muat/terapkan",
        "after a list that passed its check",
        "a_regencys_own_list_is_checked_first_and_counts_only_after_the_decision",
    ),
    (
        "/desk/klasifikasi/muat/bawaan",
        "while a list of the regency is in force",
        "a_regencys_own_list_is_checked_first_and_counts_only_after_the_decision",
    ),
    (
        "/eoffice/arsip/penyusutan/susun/{jenis}",
        "shown where a file is past its time",
        "a_file_past_its_time_is_moved_with_a_berita_acara_and_only_once",
    ),
    (
        "/eoffice/arsip/penyusutan/{id}/musnahkan",
        "shown where a destruction was judged, approved and decided",
        "nothing_is_erased_before_the_berita_acara_and_everything_of_the_content_after",
    ),
    (
        "/eoffice/arsip/{id}/keluarkan/{isi}",
        "shown while something lies in an open file",
        "finished_letters_are_filed_together_and_the_file_is_closed",
    ),
    (
        "/eoffice/naskah/{id}/nomor",
        "shown to the signer of a naskah that everybody has initialled",
        "a_letter_is_written_initialled_numbered_signed_and_sent",
    ),
    (
        "/eoffice/simpul/terima",
        "sent by the box of another regency",
        "a_letter_reaches_the_box_of_another_regency_and_its_receipt_comes_back",
    ),
    (
        "/eoffice/naskah/{id}/amplop/{amplop}/ulang",
        "shown where an envelope could not be sent",
        "an_envelope_that_was_given_up_is_sent_again",
    ),
    (
        "/eoffice/naskah/{id}/srikandi",
        "shown to the signer where the national application numbers",
        "a_naskah_is_published_by_the_national_application_and_comes_back_with_its_number",
    ),
    (
        "/eoffice/naskah/{id}/srikandi/kembali",
        "shown for a naskah that the national application publishes",
        "a_naskah_is_published_by_the_national_application_and_comes_back_with_its_number",
    ),
    (
        "/desk/register/{id}/darurat",
        "shown for a register whose numbers the national application gives",
        "an_outage_is_decreed_ends_by_itself_and_is_reconciled",
    ),
    (
        "/desk/register/{id}/rekonsiliasi",
        "shown for numbers of a time of outage",
        "an_outage_is_decreed_ends_by_itself_and_is_reconciled",
    ),
    (
        "/eoffice/naskah/{id}/lampiran/{lampiran}/naik",
        "shown where several files follow a draft",
        "lampiran_become_pages_of_the_signed_file_in_their_order",
    ),
    (
        "/eoffice/naskah/{id}/lampiran/{lampiran}/hapus",
        "shown where a file follows a draft",
        "lampiran_become_pages_of_the_signed_file_in_their_order",
    ),
    ("/desk/register/{id}/darurat/akhiri", "shown in a time of outage", "an_outage_is_decreed_ends_by_itself_and_is_reconciled"),
    (
        "/eoffice/pembenaran/{id}",
        "shown for an order that an aide noted",
        "an_aide_writes_down_what_the_leader_directs_and_the_leader_confirms_with_one_tap",
    ),
    (
        "/eoffice/pembenaran/{id}/batal",
        "shown for an order that an aide noted",
        "what_the_leader_did_not_direct_is_cancelled_and_the_letter_waits_again",
    ),
];

/// Who sees most of what others wrote.
const SEES_MUCH: [&str; 6] = ["superadmin", "tata-usaha", "kadis", "auditor", "warga", "badan"];
/// After so many rounds nothing new is to be done with what the rounds before took in.
const ROUNDS: usize = 2;
/// Who has no account.
const STRANGER: &str = "a stranger";
/// The page of all patterns: what its forms show is not for sending.
const PATTERNS: &str = "/gaya";

/// Where a form was seen: by whom, on which page.
#[derive(Clone)]
struct Place<'a> {
    who: String,
    page: String,
    /// Somebody in the middle of something that only this browser remembers, with the form as it was shown.
    amid: Option<(Somebody<'a>, Form)>,
}

/// A form with everywhere it was seen.
struct Target<'a> {
    route: &'static Route,
    form: Form,
    places: Vec<Place<'a>>,
    tried: bool,
}

/// What was done, and what was wrong with it.
#[derive(Default)]
struct Tally<'a> {
    pages: usize,
    fields: usize,
    requests: usize,
    accepted: usize,
    targets: Vec<Target<'a>>,
    worn: BTreeSet<String>,
    /// What is wrong, with the first example and how often.
    wrong: BTreeMap<String, (String, usize)>,
}

impl<'a> Tally<'a> {
    fn wrong(&mut self, what: String, example: impl FnOnce() -> String) {
        self.wrong.entry(what).or_insert_with(|| (example(), 0)).1 += 1;
    }

    /// Remembers a form of a page.
    fn note(&mut self, routes: &[&'static Route], form: Form, place: Place<'a>) {
        let action = if form.action.is_empty() { &place.page } else { &form.action };
        let Some(route) = route_of(routes, action, form.post) else { return };
        let shape = form.shape();
        match self.targets.iter_mut().find(|known| std::ptr::eq(known.route, route) && known.form.shape() == shape) {
            Some(known) if known.places.len() < 8 => known.places.push(place),
            Some(_) => {}
            None => self.targets.push(Target { route, form, places: vec![place], tried: false }),
        }
    }

    /// The next form nobody has tried. What ends sessions, closes or abolishes things comes last: little is left to try afterwards.
    fn next(&mut self) -> Option<usize> {
        let open = self.targets.iter().enumerate().filter(|(_, target)| !target.tried);
        let next = open.min_by_key(|(_, target)| (is_final(target.route.path), target.route.path)).map(|(at, _)| at)?;
        self.targets[next].tried = true;
        Some(next)
    }
}

#[actix_web::test]
async fn no_form_can_be_broken_by_what_is_put_into_its_fields() {
    let began = Instant::now();
    let kit = kit();
    // With citizens and bodies in every state.
    kit.load_demo("identity");
    let routes = routes(&kit);
    let mut tally = Tally::default();
    for (who, path) in stage::set(&kit).await {
        let mut one = Somebody::signed_in(&kit, who);
        let page = one.visitor.get(&path).await;
        look(&routes, &one, &path, &page, &mut tally);
    }
    walk(&routes, everybody(&kit), &handed(&kit), &mut tally).await;
    let walked = began.elapsed();
    for _ in 0..ROUNDS {
        while let Some(at) = tally.next() {
            try_one(&kit, &routes, at, &mut tally).await;
        }
        // What was taken in is shown on other pages, and there is more to do with it.
        let others = SEES_MUCH.iter().filter_map(|who| Somebody::holding(&kit, who)).collect();
        walk(&routes, others, &[], &mut tally).await;
    }
    let reached: BTreeSet<&str> =
        tally.targets.iter().filter(|target| target.form.post && target.tried).map(|target| target.route.path).collect();
    let unreached: Vec<&str> = routes
        .iter()
        .filter(|route| route.method == Method::Post && !reached.contains(route.path))
        .map(|route| route.path)
        .collect();
    println!(
        "{} pages (the first walk took {walked:.1?}), {} routes, {} forms, {} fields, {} requests, {} accepted, {} forms used up; {:.1?}",
        tally.pages,
        routes.len(),
        tally.targets.len(),
        tally.fields,
        tally.requests,
        tally.accepted,
        tally.worn.len(),
        began.elapsed()
    );
    println!("used up: {:?}", tally.worn);
    println!("{} acts without a form: {unreached:?}", unreached.len());
    let wrong: Vec<String> =
        tally.wrong.iter().map(|(what, (example, times))| format!("{what} ({times} times)\n    {example}")).collect();
    assert!(wrong.is_empty(), "{} kinds of defects:\n{}", wrong.len(), wrong.join("\n"));
    let unknown: Vec<_> = unreached.iter().filter(|path| !WITHOUT_FORM.iter().any(|(known, ..)| known == *path)).collect();
    assert!(unknown.is_empty(), "no form sends {unknown:?}");
    let known = |path: &str| routes.iter().any(|route| route.method == Method::Post && route.path == path);
    let gone: Vec<_> = WITHOUT_FORM.iter().filter(|(path, ..)| !known(path)).collect();
    assert!(gone.is_empty(), "no such act: {gone:?}");
}

#[test]
fn every_act_that_no_form_need_send_is_tried_by_a_test_of_its_module() {
    let tests: String = packages().iter().flat_map(Package::tests).map(|path| read(&path)).collect();
    let missing: Vec<_> = WITHOUT_FORM.iter().filter(|(.., test)| !tests.contains(&format!("fn {test}("))).collect();
    assert!(missing.is_empty(), "no such test: {missing:#?}");
}

/// Pages to which somebody is led by a link outside the program.
fn handed(kit: &Kit) -> Vec<String> {
    let link = kit.off(praja_identity::administrator_link).expect("a link is made");
    let path = link.split_once("://").and_then(|(_, rest)| rest.find('/').map(|at| rest[at..].to_owned()));
    path.into_iter().collect()
}

fn is_final(path: &str) -> bool {
    const WORDS: [&str; 18] = [
        "hapus",
        "tutup",
        "berhenti",
        "gabung",
        "nonaktif",
        "keluar",
        "akhiri",
        "cabut",
        "matikan",
        "batal",
        "sandi",
        "ganti-nama",
        "selesai",
        "buang",
        "pindah",
        "slip",
        "bertindak",
        "blokir",
    ];
    WORDS.iter().any(|word| path.contains(word))
}

/// Everybody opens every page they may, and some of each kind that lies behind a link; every form seen is remembered.
async fn walk<'a>(routes: &[&'static Route], everybody: Vec<Somebody<'a>>, handed: &[String], tally: &mut Tally<'a>) {
    let mut opened: BTreeMap<&'static str, usize> = BTreeMap::new();
    for mut one in everybody {
        let pages = routes.iter().filter(|route| route.method == Method::Get && !route.path.contains('{'));
        let mut left: Vec<String> = pages.filter(|route| one.may(route.access)).map(|route| route.path.to_owned()).collect();
        left.extend(handed.iter().filter(|_| one.name == STRANGER).cloned());
        let mut seen: BTreeMap<&'static str, BTreeSet<String>> = BTreeMap::new();
        while let Some(path) = left.pop() {
            let page = one.visitor.get(&path).await;
            tally.pages += 1;
            look(routes, &one, &path, &page, tally);
            for href in page.body.split("href=\"").skip(1).filter_map(|part| part.split('"').next()).map(form::plain) {
                let bare = href.split(['?', '#']).next().unwrap_or_default();
                let Some(route) = route_of(routes, bare, false) else { continue };
                if !route.path.contains('{') && bare == href {
                    continue;
                }
                let known = seen.entry(route.path).or_default();
                let times = opened.entry(route.path).or_default();
                // Some of each kind for everybody, and one more once many have looked.
                let most = if *times < 40 { 3 } else { 2 };
                if known.len() < most && known.insert(href.clone()) {
                    *times += 1;
                    left.push(href);
                }
            }
        }
    }
}

/// What a page shows: that it is there, that nothing in it would run, and its forms.
fn look<'a>(routes: &[&'static Route], one: &Somebody<'a>, path: &str, page: &Page, tally: &mut Tally<'a>) {
    if page.status >= 500 {
        tally.wrong(format!("GET {path} fails"), || format!("{} as {}", page.status, one.name));
    }
    if let Some(mark) = answer::harm(page) {
        tally.wrong(format!("GET {path} shows {mark} as it was typed"), || one.name.clone());
    }
    for form in forms(&page.body).into_iter().filter(|_| path != PATTERNS) {
        tally.note(routes, form, Place { who: one.name.clone(), page: path.to_owned(), amid: None });
    }
}

pub fn route_of(routes: &[&'static Route], action: &str, post: bool) -> Option<&'static Route> {
    let bare = action.split(['?', '#']).next().unwrap_or_default();
    let method = if post { Method::Post } else { Method::Get };
    let of_method = || routes.iter().filter(|route| route.method == method);
    of_method().find(|route| route.path == bare).or_else(|| of_method().find(|route| matches(route.path, bare))).copied()
}

/// Does an address belong to a pattern, whatever its variable parts are?
fn matches(pattern: &str, path: &str) -> bool {
    let (parts, pieces): (Vec<&str>, Vec<&str>) = (pattern.split('/').collect(), path.split('/').collect());
    parts.len() == pieces.len()
        && parts.iter().zip(&pieces).all(|(part, piece)| part == piece || (part.starts_with('{') && !piece.is_empty()))
}

/// Somebody at a form, afresh: signed in a moment ago, with the form as it is now.
struct Sitting<'a> {
    one: Somebody<'a>,
    form: Form,
    place: Place<'a>,
}

impl<'a> Sitting<'a> {
    /// The form as it is now, wherever it is still to be seen.
    async fn begin(kit: &'a Kit, routes: &[&'static Route], target: &Target<'a>) -> Option<Self> {
        let shape = target.form.shape();
        for place in &target.places {
            if let Some((one, form)) = &place.amid {
                return Some(Self { one: one.clone(), form: form.clone(), place: place.clone() });
            }
            let one = if place.who == STRANGER { Some(Somebody::stranger(kit)) } else { Somebody::holding(kit, &place.who) };
            let Some(mut one) = one else { continue };
            let page = one.visitor.get(&place.page).await;
            let fresh = forms(&page.body).into_iter().find(|form| {
                let action = if form.action.is_empty() { &place.page } else { &form.action };
                let route = route_of(routes, action, form.post);
                form.shape() == shape && route.is_some_and(|route| std::ptr::eq(route, target.route))
            });
            if let Some(form) = fresh {
                return Some(Self { one, form, place: place.clone() });
            }
        }
        None
    }
}

async fn try_one<'a>(kit: &'a Kit, routes: &[&'static Route], at: usize, tally: &mut Tally<'a>) {
    let Target { route, form, places, .. } = &tally.targets[at];
    let target = Target { route, form: form.clone(), places: places.clone(), tried: true };
    if target.form.post {
        try_form(kit, routes, &target, tally).await;
    } else {
        try_question(kit, &target, tally).await;
    }
}

/// Sends a form with one field after the other filled with what it should not be.
async fn try_form<'a>(kit: &'a Kit, routes: &[&'static Route], target: &Target<'a>, tally: &mut Tally<'a>) {
    // Who typed a password too long ago would be asked for it again, and who tried too often would have to wait.
    kit.clock.move_ms(61 * 60 * 1000);
    let Some(mut sitting) = Sitting::begin(kit, routes, target).await else {
        tally.worn.insert(target.route.path.to_owned());
        return;
    };
    let today = kit.instance.today().to_string();
    let mut audits = count(kit);
    let names: Vec<String> = sitting.form.fields.iter().map(|field| field.name.clone()).collect();
    for name in names.iter().filter(|name| *name != "_csrf") {
        let Some(field) = sitting.form.field(name).cloned() else { continue };
        tally.fields += 1;
        let most = target.route.upload.map(|rule| rule.max_file);
        for (at, sent) in hostile(&field, most).into_iter().enumerate() {
            let filled = fill(&mut sitting.one, &sitting.form, &today, (at + tally.fields).is_multiple_of(2)).await;
            let asked = Asked::new(target.route, &sitting.form, &field, sent, filled, tally.requests);
            let page = send(&mut sitting, &asked, tally).await;
            let now = count(kit);
            for complaint in judge(&asked, &page, now != audits) {
                tally.wrong(complaint, || {
                    format!(
                        "{} as {}, {} = {} → {}",
                        sitting.place.page,
                        sitting.place.who,
                        field.name,
                        asked.sent.word(),
                        page.status
                    )
                });
            }
            audits = now;
            if page.status == 200 {
                remember(routes, &sitting, &sitting.place.page.clone(), &page, true, tally);
            }
            if page.status == 303 {
                tally.accepted += 1;
                follow(routes, &mut sitting, &page, &asked, tally).await;
                match Sitting::begin(kit, routes, target).await {
                    Some(next) => sitting = next,
                    None => {
                        tally.worn.insert(target.route.path.to_owned());
                        return;
                    }
                }
                audits = count(kit);
            }
        }
    }
}

/// Where an accepted form leads must be shown, with what was typed made harmless.
async fn follow<'a>(routes: &[&'static Route], sitting: &mut Sitting<'a>, page: &Page, asked: &Asked, tally: &mut Tally<'a>) {
    let to = page.location.clone().unwrap_or_default();
    if !to.starts_with('/') || to.starts_with("//") {
        tally.wrong(format!("POST {} leads away", asked.route.path), || to.clone());
        return;
    }
    let next = sitting.one.visitor.get(&to).await;
    tally.requests += 1;
    if next.status >= 400 {
        tally.wrong(format!("POST {} leads to a page that is not there", asked.route.path), || {
            format!("{to} {} after {} = {}", next.status, asked.field.name, asked.sent.word())
        });
    }
    if let Some(mark) = answer::harm(&next) {
        tally.wrong(format!("after POST {} a page shows {mark} as it was typed", asked.route.path), || to.clone());
    }
    remember(routes, sitting, &to, &next, sitting.one.name == STRANGER, tally);
}

/// The forms of a page that came after another. Where only this browser knows how it came there (`amid`), it stays there.
fn remember<'a>(routes: &[&'static Route], sitting: &Sitting<'a>, path: &str, page: &Page, amid: bool, tally: &mut Tally<'a>) {
    for form in forms(&page.body) {
        let amid = amid.then(|| (sitting.one.clone(), form.clone()));
        tally.note(routes, form, Place { who: sitting.one.name.clone(), page: path.to_owned(), amid });
    }
}

/// A question (search, filter) with one field after the other filled so; on any page it is asked from.
async fn try_question<'a>(kit: &'a Kit, target: &Target<'a>, tally: &mut Tally<'a>) {
    let Some(place) = target.places.first() else { return };
    let Some(mut one) = (if place.who == STRANGER { Some(Somebody::stranger(kit)) } else { Somebody::holding(kit, &place.who) })
    else {
        return;
    };
    let action = if target.form.action.is_empty() { &place.page } else { &target.form.action };
    let bare = action.split('?').next().unwrap_or_default().to_owned();
    for field in target.form.fields.clone() {
        tally.fields += 1;
        for sent in hostile(&field, None) {
            let mut pairs = Vec::new();
            for other in &target.form.fields {
                if other.name != field.name {
                    pairs.extend(other.values.iter().take(1).map(|value| (other.name.clone(), value.clone())));
                }
            }
            match &sent {
                Sent::Value(value) => pairs.push((field.name.clone(), value.clone())),
                Sent::Doubled(value) => pairs.extend([(field.name.clone(), "rapat".into()), (field.name.clone(), value.clone())]),
                Sent::Missing | Sent::File { .. } => {}
            }
            let borrowed: Vec<(&str, &str)> = pairs.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
            // Addresses end where a browser would cut them.
            let query = urlencode(&borrowed);
            let page = one.visitor.get(&format!("{bare}?{query}")).await;
            tally.requests += 1;
            if let Some(complaint) = answer::judge_question(target.route.path, &field, &sent, &page) {
                tally.wrong(complaint, || format!("{bare} as {}, {} = {} → {}", place.who, field.name, sent.word(), page.status));
            }
        }
    }
}

/// Everything the form would send: what stands in it, and what somebody would type into what is empty.
async fn fill(one: &mut Somebody<'_>, form: &Form, today: &str, whole: bool) -> Vec<(String, String)> {
    let mut all = Vec::new();
    for field in form.fields.iter().filter(|field| field.kind != Kind::File) {
        let shown: Vec<&String> = field.values.iter().filter(|value| !value.is_empty()).collect();
        let button = field.kind == Kind::Hidden && field.values.is_empty();
        if !shown.is_empty() {
            all.extend(shown.into_iter().map(|value| (field.name.clone(), value.clone())));
        } else if button || (whole && field.kind != Kind::Hidden && field.lookup.is_none()) {
            all.extend(likely(field, today).map(|value| (field.name.clone(), value)));
        } else if let (true, Some(lookup)) = (whole, &field.lookup) {
            picked(one, field, lookup, &mut all).await;
        } else if field.kind != Kind::Choice {
            all.push((field.name.clone(), String::new()));
        }
    }
    all
}

/// Takes the first choice of a picker, as its script would.
async fn picked(one: &mut Somebody<'_>, field: &Field, lookup: &str, all: &mut Vec<(String, String)>) {
    let base = field.name.trim_end_matches("_teks").to_owned();
    let separator = if lookup.contains('?') { '&' } else { '?' };
    let answer = one.visitor.get(&format!("{lookup}{separator}q=a")).await;
    let choices: serde_json::Value = serde_json::from_str(&answer.body).unwrap_or_default();
    let first = &choices["pilihan"][0];
    let text = |key: &str| first[key].as_str().unwrap_or_default().to_owned();
    all.retain(|(name, _)| *name != base && *name != format!("{base}_label"));
    all.extend([(base.clone(), text("nilai")), (format!("{base}_label"), text("label")), (field.name.clone(), text("label"))]);
}

/// Sends what was asked, from an address of its own: nobody has to wait because somebody else tried too often.
async fn send(sitting: &mut Sitting<'_>, asked: &Asked, tally: &mut Tally<'_>) -> Page {
    tally.requests += 1;
    let number = u32::try_from(tally.requests).unwrap_or_default().to_be_bytes();
    let action = if sitting.form.action.is_empty() { &sitting.place.page } else { &sitting.form.action };
    let (kind, body) = asked.body(sitting.form.multipart);
    let request = TestRequest::post()
        .uri(action)
        .peer_addr(([10, number[1], number[2], number[3]], 4000).into())
        .insert_header(("content-type", kind))
        .set_payload(body);
    sitting.one.visitor.send(request).await
}

/// Rows of the audit trail.
fn count(kit: &Kit) -> i64 {
    kit.off(|instance| instance.db.read(|tx| tx.scalar("SELECT COUNT(*) FROM store_audit", &[]))).expect("the trail is counted")
}

/// A fresh identity for a form, the same in every run.
fn form_key(number: usize) -> String {
    let mut random = [7_u8; 10];
    random[2..].copy_from_slice(&(number as u64).to_be_bytes());
    Id::v7(1_795_312_800_000, random).to_string()
}
