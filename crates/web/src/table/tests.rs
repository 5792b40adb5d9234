use super::*;
use crate::Field;

fn list(address: &Address) -> Table {
    Table::new("Surat")
        .column(Column::text("Agenda").sort_by(address, "agenda"))
        .column(Column::text("Pengirim").key("pengirim"))
        .column(Column::text("Klasifikasi").key("klas").spare())
        .row(Row::new(vec!["12".into(), "Dinas A".into(), "005".into()]).href("/surat/1").pick("1", "agenda 12"))
}

fn drawn(table: Table) -> String {
    table.render().into_string()
}

#[test]
fn the_column_that_sorts_a_list_by_itself_says_so_and_its_head_turns_the_order() {
    let drawn = |address: &Address| {
        let table = Table::new("x")
            .column(Column::text("Agenda").sort_first(address, "-agenda"))
            .column(Column::text("Hal").sort_by(address, "hal"));
        table.row(Row::new(vec!["1".into(), "a".into()])).render().into_string()
    };
    let silent = drawn(&Address::new("/x"));
    assert!(silent.contains("aria-sort=\"descending\"") && silent.contains("href=\"/x?urut=agenda\""), "{silent}");
    let other = drawn(&Address::new("/x").set(SORT, "hal"));
    assert_eq!(other.matches("aria-sort").count(), 1, "{other}");
    assert!(other.contains("href=\"/x?urut=-hal\"") && other.contains("href=\"/x?urut=agenda\""), "{other}");
}

#[test]
fn a_reader_sees_the_columns_asked_for_and_the_usual_ones_before_that() {
    let shown = |address: &Address| {
        let html = drawn(list(address).choose_columns(address));
        (html.contains(">Dinas A<"), html.contains(">005<"))
    };
    let plain = Address::new("/surat");
    assert_eq!(shown(&plain), (true, false));
    assert_eq!(shown(&plain.clone().add("kolom", "-").add("kolom", "klas")), (false, true));
    assert_eq!(shown(&plain.clone().add("kolom", "-")), (false, false));
    assert_eq!(drawn(list(&plain)).matches("role=\"columnheader\"").count(), 3, "without a choice every column is in view");
}

#[test]
fn choosing_columns_keeps_the_filters() {
    let address = Address::new("/surat").set("status", "tercatat").add("kolom", "klas");
    let html = drawn(list(&address).choose_columns(&address));
    assert!(html.contains(r#"<input type="hidden" name="status" value="tercatat">"#), "{html}");
    assert!(html.contains(r#"href="/surat?status=tercatat">Kembalikan kolom awal"#));
    assert!(html.contains(r#"id="kolom-klas" type="checkbox" name="kolom" value="klas" checked"#));
}

#[test]
fn a_head_sorts_up_then_down_and_begins_at_the_top() {
    let href = |address: &Address| {
        let html = drawn(list(address));
        html.split("<a href=\"").nth(1).and_then(|rest| rest.split('"').next()).unwrap_or_default().to_owned()
    };
    let plain = Address::new("/surat").set("lama", "17.x");
    assert_eq!(href(&plain), "/surat?urut=agenda");
    assert_eq!(href(&plain.clone().set(SORT, "agenda")), "/surat?urut=-agenda");
    assert_eq!(href(&plain.set(SORT, "-agenda")), "/surat?urut=agenda");
    assert!(drawn(list(&Address::new("/surat").set(SORT, "-agenda"))).contains(r#"aria-sort="descending""#));
}

#[test]
fn chosen_rows_travel_with_a_form_that_stands_beside_the_table() {
    let bulk = Bulk::new("/tugas/massal", "token", "0198", "tugas").act("Tandai selesai", "selesai", Icon::Check);
    let html = drawn(list(&Address::new("/surat")).bulk(bulk));
    assert!(html.contains(r#"name="pilih" value="1" form="massal-0198" aria-label="Pilih agenda 12""#), "{html}");
    assert!(html.contains(r#"name="aksi" value="selesai""#) && html.contains(r#"name="_csrf" value="token""#));
    assert!(html.find("</table>") < html.find("<form"));
}

#[test]
fn a_filter_that_is_set_can_be_taken_off_alone_or_with_all_others() {
    let address =
        Address::new("/surat").set("urut", "-agenda").set("dari", "2026-11-01").set("opd", "7").set("opd_teks", "Dinas A");
    let filters = Filters::new(&address)
        .field(Field::date("dari", "Diterima sejak"))
        .field(Field::picker("opd", "OPD", "/identity/pilih/opd"))
        .is_set("Sejak 1 Nov 2026", &["dari"])
        .is_set("OPD: Dinas A", &["opd", "opd_teks"]);
    let html = filters.render().into_string();
    assert!(html.contains(r#"href="/surat?urut=-agenda&amp;opd=7&amp;opd_teks=Dinas%20A""#), "{html}");
    assert!(html.contains(r#"href="/surat?urut=-agenda">Hapus semua saringan"#));
    assert_eq!(html.matches(r#"type="hidden" name="urut""#).count(), 1);
    assert_eq!(html.matches(r#"type="hidden" name="dari""#).count(), 0, "the field carries it");
}

#[test]
fn a_table_in_which_nothing_takes_the_keyboard_takes_it_itself() {
    let table = |row: Row| Table::new("Rata-rata & median").column(Column::text("Langkah")).rows([row]).render().into_string();
    let plain = table(Row::new(vec!["Dicatat".into()]));
    assert!(
        plain.contains("<div class=\"tabel-bingkai\" tabindex=\"0\" role=\"group\" aria-label=\"Rata-rata &amp; median\">"),
        "{plain}"
    );
    let linked = table(Row::new(vec!["Dicatat".into()]).href("/x"));
    assert!(linked.contains("<div class=\"tabel-bingkai\"><table"), "{linked}");
}
