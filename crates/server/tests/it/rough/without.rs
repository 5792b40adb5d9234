//! Acts that no form of the walk sends.

use crate::tree::{Package, packages, read};

/// Forms whose moment is over when their turn comes, each with why. An hour passes before each form, so that nobody is asked for a password
/// again or has to wait; what their fields do is tried by the tests of their own.
pub const MOMENTARY: &[(&str, &str)] = &[
    ("/desk/komentar/{id}/tarik", "a comment is taken back within a quarter of an hour"),
    ("/kabar/pilihan", "the bar that takes an act back is shown once, after it"),
    ("/pengelola-pertama/{kode}", "the link of the console ends after a while"),
    ("/perizinan/izin/antrean/panggil", "shown on a device that was made a counter, which its cookie says"),
    ("/warga/kuasa/selesai", "shown while somebody acts for a body, which ends with the session"),
];

/// Acts that no form of a page of the demo regency need send, each with when one does and the test that tries the act itself.
pub const WITHOUT_FORM: &[(&str, &str, &str)] = &[
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
        "/eoffice/naskah/baru/{jenis}/pratinjau",
        "offered only in a program with the typesetter, which this kit has not",
        "a_new_naskah_is_seen_as_pdf_and_as_a_picture_and_nothing_is_kept",
    ),
    (
        "/eoffice/naskah/{id}/pratinjau",
        "offered only in a program with the typesetter, which this kit has not",
        "changes_of_a_draft_are_seen_by_its_writer_alone_and_only_while_it_is_one",
    ),
    (
        "/eoffice/naskah/{id}/tte",
        "shown only in a program with signatures, which this kit has not",
        "a_letter_signed_with_a_passphrase_is_the_file_that_is_shown_sent_and_compared",
    ),
    (
        "/eoffice/naskah/{id}/unggahan/hapus",
        "shown when a file is there, which only a program with the typesetter takes",
        "a_naskah_from_a_word_processor_gets_number_date_code_and_signature_on_its_own_pages",
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
    ("/kepuasan", "opened by a sealed link", "a_survey_is_made_answered_reported_acted_upon_and_published"),
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
        "/eoffice/naskah/{id}/disposisi",
        "shown to whoever received an internal naskah, of which the demo sends none",
        "a_nota_dinas_is_disposed_of_passed_on_reported_and_approved_like_a_letter",
    ),
    (
        "/identity/webhook/{id}/ganti",
        "shown for the address of a program, and nothing that is typed here is one",
        "who_does_not_answer_rests_and_who_is_stopped_is_told_nothing",
    ),
    (
        "/identity/webhook/{id}/uji",
        "shown for the address of a program, and nothing that is typed here is one",
        "who_does_not_answer_rests_and_who_is_stopped_is_told_nothing",
    ),
    (
        "/identity/webhook/{id}/kiriman/{kiriman}/ulang",
        "shown for what was sent to a program and did not arrive",
        "what_fails_is_tried_again_set_aside_and_sent_again_under_the_same_name",
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
    (
        "/perizinan/izin/antrean/{id}/lagi",
        "shown on a device that was made a counter, for somebody who was called",
        "whoever_takes_a_number_is_called_to_a_counter_and_served",
    ),
    (
        "/perizinan/izin/antrean/{id}/selesai",
        "shown on a device that was made a counter, for somebody who was called",
        "whoever_takes_a_number_is_called_to_a_counter_and_served",
    ),
    (
        "/perizinan/izin/antrean/{id}/lewati",
        "shown on a device that was made a counter, for somebody who was called",
        "whoever_does_not_come_is_passed_over_and_may_be_called_again_that_day",
    ),
    (
        "/perizinan/izin/antrean/{id}/panggil",
        "shown on a device that was made a counter, for somebody who was called",
        "whoever_does_not_come_is_passed_over_and_may_be_called_again_that_day",
    ),
    (
        "/perizinan/izin/impor/profil/{id}/hapus",
        "shown for a file that could be read, and nothing that is sent here can be",
        "names_of_services_are_paired_by_whoever_imports_and_a_profile_remembers_them",
    ),
    (
        "/perizinan/izin/impor/{id}/kolom",
        "shown for a file that could be read, and nothing that is sent here can be",
        "names_of_services_are_paired_by_whoever_imports_and_a_profile_remembers_them",
    ),
    (
        "/perizinan/izin/impor/{id}/lembar",
        "shown for a file that could be read, and nothing that is sent here can be",
        "names_of_services_are_paired_by_whoever_imports_and_a_profile_remembers_them",
    ),
    (
        "/perizinan/izin/impor/{id}/layanan",
        "shown for a file that could be read, and nothing that is sent here can be",
        "names_of_services_are_paired_by_whoever_imports_and_a_profile_remembers_them",
    ),
    (
        "/perizinan/izin/impor/{id}/terapkan",
        "shown for a file that could be read, and nothing that is sent here can be",
        "names_of_services_are_paired_by_whoever_imports_and_a_profile_remembers_them",
    ),
    (
        "/perizinan/izin/impor/{id}/urungkan",
        "shown for a file that could be read, and nothing that is sent here can be",
        "the_same_file_again_makes_no_doubles_and_a_better_one_renews_what_nobody_used",
    ),
    (
        "/perizinan/izin/kuota/baru",
        "shown where a service has so many places, which none that is shipped has",
        "who_comes_over_the_quota_waits_in_line_and_goes_on_as_soon_as_there_is_a_place",
    ),
    (
        "/perizinan/izin/kuota/{id}",
        "shown where a service has so many places, which none that is shipped has",
        "who_comes_over_the_quota_waits_in_line_and_goes_on_as_soon_as_there_is_a_place",
    ),
    (
        "/perizinan/izin/loket/{kode}/{id}",
        "the second of two forms at the counter, for an applicant whose particulars hold",
        "somebody_who_is_there_is_registered_with_two_forms_and_takes_a_receipt_home",
    ),
    (
        "/perizinan/izin/tanda-tangan",
        "shown only in a program with signatures, which this kit has not",
        "a_citizen_without_an_account_gets_a_signed_letter_and_sees_every_step",
    ),
    (
        "/perizinan/izin/{id}/serahkan",
        "shown for a signed document, and this kit signs none",
        "a_citizen_without_an_account_gets_a_signed_letter_and_sees_every_step",
    ),
    (
        "/perizinan/izin/{id}/izinkan-kembali",
        "shown after a first return",
        "a_file_goes_back_once_with_everything_that_is_wrong_and_a_second_time_only_with_leave",
    ),
    (
        "/perizinan/izin/{id}/survei",
        "shown for an application that needs a look at the place, when its turn has come",
        "two_officers_stand_by_the_report_before_it_counts_and_everybody_reads_it",
    ),
    (
        "/perizinan/izin/{id}/jadwal-ulang",
        "shown while a survey is ahead",
        "the_back_office_moves_a_survey_with_a_reason_that_the_applicant_reads",
    ),
    (
        "/perizinan/permohonan/{resi}/unggahan",
        "sent by the script, a piece at a time",
        "an_applicant_s_file_comes_in_pieces_and_goes_on_where_it_stopped",
    ),
    (
        "/perizinan/permohonan/{resi}/unggahan/{id}",
        "sent by the script, a piece at a time",
        "an_applicant_s_file_comes_in_pieces_and_goes_on_where_it_stopped",
    ),
    (
        "/perizinan/permohonan/{resi}/unggahan/{id}/hapus",
        "sent by the script, a piece at a time",
        "an_applicant_s_file_comes_in_pieces_and_goes_on_where_it_stopped",
    ),
];

#[test]
fn every_act_that_no_form_need_send_is_tried_by_a_test_of_its_module() {
    let tests: String = packages().iter().flat_map(Package::tests).map(|path| read(&path)).collect();
    let missing: Vec<_> = WITHOUT_FORM.iter().filter(|(.., test)| !tests.contains(&format!("fn {test}("))).collect();
    assert!(missing.is_empty(), "no such test: {missing:#?}");
}
