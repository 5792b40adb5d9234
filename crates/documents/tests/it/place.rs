//! Each required element of each kind stands where `config-templates/naskah/unsur.csv` says, on the shortest letter, on one of three
//! pages, and whoever signs it for whom.

use praja_documents::{KINDS, Kind, Pack, sample};
use serde_json::{Value, json};

use crate::tools::{ENGINE, Word, find, words};

struct Element<'t> {
    name: &'t str,
    source: &'t str,
    page: &'t str,
    left: f64,
    top: f64,
    right: f64,
    bottom: f64,
}

fn elements(kind: Kind) -> Vec<Element<'static>> {
    let table = include_str!("../../../../config-templates/naskah/unsur.csv");
    let rows = table.lines().skip(1).map(|line| line.split(',').collect::<Vec<_>>());
    rows.filter(|row| row[0] == kind.code())
        .map(|row| {
            let number = |at: usize| row[at].parse().unwrap_or_else(|_| panic!("{row:?}"));
            Element {
                name: row[1],
                source: row[2],
                page: row[3],
                left: number(4),
                top: number(5),
                right: number(6),
                bottom: number(7),
            }
        })
        .collect()
}

fn draw(kind: Kind, data: &Value) -> (Vec<Word>, usize) {
    let job = Pack::new(std::collections::BTreeMap::new()).job(kind, data).unwrap();
    let done = ENGINE.render(&job).unwrap_or_else(|e| panic!("{}: {e}", kind.code()));
    (words(&done.pdf), done.pages)
}

fn check(kind: Kind, data: &Value, which: &str) {
    let (words, _) = draw(kind, data);
    let mut wrong = Vec::new();
    for element in elements(kind) {
        let text = match element.source.strip_prefix("teks:") {
            Some(text) => text.to_owned(),
            None => data.pointer(element.source).and_then(Value::as_str).unwrap_or_default().to_owned(),
        };
        let found = find(&words, &text);
        let here = |word: &&&Word| {
            (element.page == "mana" || element.page == word.page.to_string())
                && (element.left..=element.right).contains(&word.x)
                && (element.top..=element.bottom).contains(&word.y)
        };
        if text.is_empty() || found.iter().find(here).is_none() {
            let places: Vec<_> = found.iter().map(|word| (word.page, word.x.round(), word.y.round())).collect();
            wrong.push(format!("{} ({text}): {places:?}", element.name));
        }
    }
    assert!(wrong.is_empty(), "{} {which}: {wrong:#?}", kind.code());
}

#[test]
fn each_element_of_each_sample_stands_in_its_place() {
    for kind in KINDS {
        assert!(elements(kind).len() >= 4, "{} names too few elements", kind.code());
        check(kind, &sample(kind), "as given");
    }
}

#[test]
fn the_shortest_letter_keeps_every_element_in_its_place() {
    for kind in KINDS {
        let mut data = sample(kind);
        let fields = data.as_object_mut().unwrap();
        for optional in ["tembusan", "lampiran_naskah", "penulis", "telepon"] {
            fields.remove(optional);
        }
        // What carries required elements itself (rows of a form, dictum, articles) keeps its first part.
        if let Some(Value::Array(body)) = fields.get_mut("isi") {
            body.truncate(1);
        }
        check(kind, &data, "shortest");
    }
}

#[test]
fn a_letter_of_three_pages_keeps_every_element_in_its_place_and_never_leaves_a_signature_alone() {
    for kind in KINDS {
        let mut data = sample(kind);
        let key = ["isi", "bagian"].into_iter().find(|key| data[*key].as_array().is_some_and(|list| !list.is_empty())).unwrap();
        let base = data[key].as_array().unwrap().clone();
        // A form of sections is lengthened within its first one; the others by repeating their parts.
        let mut pages = draw(kind, &data).1;
        for _ in 0..40 {
            if pages >= 3 {
                break;
            }
            lengthen(&mut data[key], &base, kind);
            pages = draw(kind, &data).1;
        }
        assert!(pages >= 3, "{} stays at {pages} pages", kind.code());
        check(kind, &data, "three pages");
        let (words, _) = draw(kind, &data);
        if let Some(name) =
            data.pointer("/ttd/nama").and_then(Value::as_str).filter(|_| kind.code() != "sop" && kind.code() != "spd")
        {
            let at = find(&words, name).last().copied().cloned().unwrap();
            let before = words
                .iter()
                .filter(|word| word.page == at.page && word.x < 94.0 && word.y > 15.0 && word.y < at.y - 20.0)
                .count();
            assert!(before > 0, "{}: the signature stands alone on page {}", kind.code(), at.page);
        }
    }
}

fn lengthen(part: &mut Value, base: &[Value], kind: Kind) {
    let list = part.as_array_mut().unwrap();
    match kind.code() {
        "surat-edaran" | "laporan" => {
            let body = list[1]["isi"].as_array_mut().unwrap();
            body.extend(vec![body[0].clone(); 4]);
        }
        "telaahan-staf" => {
            let body = list[3].as_array_mut().unwrap();
            body.extend(vec![body[0].clone(); 4]);
        }
        _ => {
            let last = list.pop().unwrap();
            let times = 6_usize.div_ceil(base.len());
            list.extend(std::iter::repeat_n(base, times).flatten().cloned());
            list.push(last);
        }
    }
}

/// Agreements are signed by two heads, who stand in their parties, and a power of attorney is given by whoever has it.
const OF_TWO: [&str; 3] = ["nota-kesepakatan", "perjanjian-kerja-sama", "surat-kuasa"];

#[test]
fn authority_is_written_in_its_lines_and_the_names_stay_in_their_place() {
    for kind in KINDS.into_iter().filter(|kind| !OF_TWO.contains(&kind.code())) {
        let code = kind.code();
        for (form, lines) in [
            ("langsung", vec!["KEPALA BAGIAN"]),
            ("an", vec!["BUPATI CONTOH", "KEPALA BAGIAN"]),
            ("ub", vec!["BUPATI CONTOH", "SEKRETARIS DAERAH", "u.b.", "KEPALA BAGIAN"]),
            ("plt", vec!["Plt. KEPALA"]),
            ("plh", vec!["Plh. KEPALA"]),
            ("pj", vec!["Pj. KEPALA"]),
        ] {
            let mut data = sample(kind);
            data["ttd"] = json!({
                "wewenang": form, "mandat": "Bupati Contoh", "perantara": "Sekretaris Daerah", "jabatan": "Kepala Bagian Umum",
                "nama": "Dian Kartika, S.H.", "pangkat": "Pembina", "nip": "197908082005011007"
            });
            check(kind, &data, form);
            let (words, _) = draw(kind, &data);
            let names = find(&words, "Dian Kartika,");
            // A form of a journey names whoever ordered it once more, without the block.
            let name = if code == "spd" { names.iter().find(|word| word.page == 1) } else { names.last() };
            let name = name.copied().cloned().unwrap();
            let above: Vec<&Word> = lines
                .iter()
                .map(|line| {
                    find(&words, line)
                        .into_iter()
                        .rfind(|word| word.page == name.page && word.y < name.y && word.y > name.y - 70.0)
                        .unwrap_or_else(|| panic!("{code} {form}: {line}"))
                })
                .collect();
            assert!(above.windows(2).all(|pair| pair[0].y < pair[1].y), "{code} {form}: lines in the wrong order");
            assert_eq!(!find(&words, "a.n. BUPATI").is_empty(), ["an", "ub"].contains(&form), "{code} {form}");
            let column = (name.x - 0.5)..(name.x + 12.0);
            assert!(above.iter().all(|word| column.contains(&word.x)), "{code} {form}: not above the name: {name:?} {above:?}");
        }
    }
}
