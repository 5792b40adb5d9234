//! What is taken along is what the list shows: every list that can be downloaded, found from the route table, is read page by page under
//! each of its chips and orders, and compared row by row with its spreadsheet and its CSV.

use std::{
    collections::{BTreeMap, BTreeSet},
    io::{Cursor, Write},
    process::{Command, Stdio},
    sync::Arc,
};

use calamine::{Data, Reader, Xlsx};
use praja_kernel::{Date, Derajat, Sifat, fold, parse_tanggal};
use praja_module::{Message, MessageKind, Method, Module};
use praja_store::{Keys, StoreError};
use praja_testkit::{Kit, Page, Visitor};

/// Who looks, in this order: the first who may open a list compares it.
const ACCOUNTS: [&str; 12] = [
    "tata-usaha",
    "kadis",
    "superadmin",
    "admin-opd",
    "auditor",
    "bupati",
    "identity.petugas-warga",
    "loket",
    "kepala-izin",
    "pengelola-izin",
    "bendahara-izin",
    "surveyor",
];
/// So many ways of showing one list are compared.
const WAYS: usize = 14;
/// So many pages of one list are turned; the fictional regency has none that is longer.
const PAGES: usize = 120;

/// What is taken along in another shape than it is shown; only its two files are compared. With the reason.
const OTHERWISE: [(&str, &str); 2] = [
    (
        "/desk/kepuasan",
        "the page shows one service by element, the file has a row for each service and a column for each element",
    ),
    (
        "/desk/kepuasan/laporan",
        "the page shows one period by element, service and person, the file is that of the results: a row for each service",
    ),
];

/// A row of a list as it is shown: its cells by the titles of their columns, the first one by itself.
#[derive(Debug)]
struct Shown {
    name: String,
    cells: BTreeMap<String, String>,
}

#[actix_web::test]
async fn every_download_holds_the_rows_of_its_list_as_filtered_and_sorted_on_all_pages() {
    let others: Vec<&'static Module> =
        praja_server::modules().into_iter().filter(|module| !matches!(module.id, "identity" | "desk")).collect();
    let kit = Kit::giving(&others, |ports| ports.documents = Some(Arc::new(praja_documents::Drawer::in_here(true))));
    send_out(&kit).await;
    // The usual kit has nobody of the public.
    kit.load_demo("identity");
    others.iter().for_each(|module| kit.load_demo(module.id));
    let routes: BTreeSet<&str> = kit
        .parts
        .modules
        .iter()
        .flat_map(|module| module.routes)
        // The page of patterns shows samples, which lead nowhere.
        .filter(|route| route.method == Method::Get && !route.path.contains('{') && !route.path.starts_with("/gaya"))
        .map(|route| route.path)
        .collect();
    // Lists of one thing ("/desk/register/{id}") are found by the first link to one.
    let all = kit.parts.modules.iter().flat_map(|module| module.routes);
    let parts: Vec<&str> = all.filter(|route| route.method == Method::Get).map(|route| route.path).collect();
    let of_one: Vec<&str> =
        parts.iter().filter(|path| path.contains('{')).filter_map(|path| path.strip_suffix("/unduh")).collect();
    let mut people: Vec<Visitor<'_>> = ACCOUNTS.iter().map(|akun| kit.sign_in_as(akun)).collect();
    let (mut compared, mut ways, mut rows) = (BTreeSet::new(), 0, 0);
    for list in &routes {
        for visitor in &mut people {
            let page = visitor.get(list).await;
            for pattern in &of_one {
                let found = links(&page.body).into_iter().find(|href| goes_by(path_of(href), pattern));
                let Some(one) = found.filter(|_| !compared.contains(*pattern)) else { continue };
                rows += compare(visitor, &one).await;
                ways += 1;
                compared.insert((*pattern).to_owned());
            }
            let Some(download) = links(&page.body).into_iter().find(|href| href.contains("format=xlsx")) else { continue };
            for way in ways_of(list, &page.body) {
                rows += compare(visitor, &way).await;
                ways += 1;
            }
            compared.insert(path_of(&download).to_owned());
            // A page without parameters may offer the download of one year.
            let whose = |pattern: &&&str| goes_by(path_of(&download), &format!("{pattern}/unduh"));
            compared.extend(of_one.iter().find(whose).map(|pattern| (*pattern).to_owned()));
            break;
        }
    }
    let declared: BTreeSet<String> =
        routes.iter().filter(|path| path.ends_with("/unduh")).chain(&of_one).map(|path| (*path).to_owned()).collect();
    let missed: Vec<_> = declared.difference(&compared).collect();
    assert!(missed.is_empty(), "no list offers these downloads, or nobody who was tried may see it: {missed:?}");
    println!("{} lists, {ways} ways of showing them, {rows} rows compared", compared.len());
    assert!(ways > compared.len() && rows > 500, "{} lists, {ways} ways, {rows} rows", compared.len());
}

/// A way out of the house and notices to everybody, which a box for trying writes down and holds back.
async fn send_out(kit: &Kit) {
    let form = "/desk/saluran/baru?jenis=surel";
    let fields =
        [("nama", "Surel dinas"), ("mesin", "localhost"), ("porta", "25"), ("pengaman", "tanpa"), ("dari", "praja@contoh.go.id")];
    let sent = kit.sign_in_as("superadmin").fill(form, form, &fields).await;
    assert_eq!(sent.status, 303, "{}", sent.body);
    // Somebody practises.
    let exercise = "/desk/latihan/eoffice.surat-masuk";
    let begun = kit.sign_in_as("tata-usaha").fill(exercise, &format!("{exercise}/mulai"), &[]).await;
    assert_eq!(begun.status, 303, "{}", begun.body);
    kit.off(|instance| {
        instance.db.write(&instance.by_system("uji.kabari"), Keys::none(), |tx| {
            for opd in praja_identity::opd::list_active(tx)? {
                for derajat in Derajat::ALL {
                    let message = Message::new(MessageKind::Kabar, format!("opd:{}", opd.id), "Rapat koordinasi", "/kotak-masuk");
                    praja_desk::notices::tell(tx, &message.about(Sifat::Biasa, *derajat))?;
                }
            }
            Ok::<_, StoreError>(())
        })
    })
    .expect("everybody is told");
    let (_, failed) = kit.work();
    assert_eq!(failed, Vec::<String>::new());
}

/// Does an address go by the path of a route, whatever its parameters are?
fn goes_by(address: &str, pattern: &str) -> bool {
    let (one, other): (Vec<&str>, Vec<&str>) = (address.split('/').collect(), pattern.split('/').collect());
    one.len() == other.len() && one.iter().zip(&other).all(|(part, known)| known.starts_with('{') || part == known)
}

/// The list itself, and what its chips and the heads of its columns lead to.
fn ways_of(list: &str, body: &str) -> Vec<String> {
    let mut ways = vec![list.to_owned()];
    let chips = body.split("class=\"cip\"").skip(1).filter_map(|part| part.split("href=\"").nth(1));
    let heads = body.split("<th ").skip(1).filter_map(|part| part.split("</th>").next()?.split("href=\"").nth(1));
    for part in heads.chain(chips) {
        let href = part.split('"').next().unwrap_or_default().replace("&amp;", "&");
        if path_of(&href) == list && !ways.contains(&href) {
            ways.push(href);
        }
    }
    ways.truncate(WAYS);
    ways
}

/// Reads a list to its end and both its downloads; gives how many rows there were.
async fn compare(visitor: &mut Visitor<'_>, way: &str) -> usize {
    let (mut shown, mut next, mut downloads) = (Vec::new(), Some(way.to_owned()), Vec::new());
    for _ in 0..PAGES {
        let Some(address) = next.take() else { break };
        let page = open(visitor, &address).await;
        assert_eq!(page.status, 200, "{address}");
        if downloads.is_empty() {
            downloads = links(&page.body).into_iter().filter(|href| href.contains("format=")).collect();
        }
        shown.extend(rows_of(list_of(&page.body)));
        next = page
            .body
            .split("<a ")
            .find(|part| part.split('>').next().is_some_and(|tag| tag.contains("rel=\"next\"")))
            .and_then(href);
    }
    assert!(next.is_none(), "{way} has more than {PAGES} pages");
    if shown.is_empty() {
        return 0;
    }
    let link = |format: &str| downloads.iter().find(|href| href.contains(&format!("format={format}"))).cloned();
    let (xlsx, csv) = (link("xlsx"), link("csv"));
    let sheet = spreadsheet(&open(visitor, &xlsx.unwrap_or_else(|| panic!("{way} offers no spreadsheet"))).await.bytes);
    let plain = comma_separated(&open(visitor, &csv.unwrap_or_else(|| panic!("{way} offers no CSV"))).await.bytes);
    assert_eq!(sheet.len(), plain.len(), "{way}: the two files have as many rows");
    for (one, other) in sheet.iter().zip(&plain) {
        for (column, value) in one {
            let said = other.get(column).unwrap_or_else(|| panic!("{way}: the CSV has no column {column}"));
            assert!(same(value, said), "{way}, {column}: {value:?} in the spreadsheet, {said:?} in the CSV");
        }
    }
    if OTHERWISE.iter().any(|(list, _)| path_of(way) == *list) {
        return plain.len();
    }
    assert_eq!(plain.len(), shown.len(), "{way}: as many rows are taken along as are shown");
    if !way.contains('?') {
        let pdf = link("pdf").unwrap_or_else(|| panic!("{way} offers no PDF"));
        on_paper(way, &open(visitor, &pdf).await, &plain);
    }
    for (at, (row, taken)) in shown.iter().zip(&plain).enumerate() {
        let whole = taken.values().cloned().collect::<Vec<_>>().join(" ");
        assert!(
            fold(&whole).contains(&fold(&as_a_file_says(&row.name))),
            "{way}, row {}: {:?} is shown, {whole:?} is taken along",
            at + 1,
            row.name
        );
        for (title, cell) in &row.cells {
            if let Some(value) = taken.get(title).filter(|value| says_words(value) && cell != "kosong") {
                // A file keeps amounts as numbers; a page writes them as people do.
                let amount = value.parse::<i64>().is_ok_and(|amount| *cell == praja_kernel::Rupiah(amount).to_string());
                let all = amount || value.split("; ").all(|part| fold(cell).contains(&fold(part)));
                assert!(all, "{way}, row {}, {title}: {cell:?} and {value:?}", at + 1);
            }
        }
    }
    shown.len()
}

/// The PDF holds the same rows in the same order: the words of every cell stand in it, one after the other.
fn on_paper(way: &str, page: &Page, rows: &[Line]) {
    if rows.len() > praja_web::export::MOST_ROWS_ON_PAPER {
        assert!(page.status == 422 && page.says("Persempit saringan daftar"), "{way}: {}", page.body);
        return;
    }
    assert_eq!(page.status, 200, "{way}: {}", page.body);
    let text = squeezed(&text_of(&page.bytes));
    assert!(text.contains(&format!("Jumlahbaris{}", praja_kernel::ribuan(rows.len() as u64))), "{way}: {text}");
    let mut from = 0;
    for (at, row) in rows.iter().enumerate() {
        let mut begins = usize::MAX;
        for (column, value) in row.iter().filter(|(_, value)| says_words(value)) {
            let amount = value.parse::<i64>().map(|amount| praja_kernel::Rupiah(amount).to_string());
            let mut said = [Some(value.clone()), amount.ok()].into_iter().flatten().map(|value| squeezed(&value));
            let found = said.find_map(|value| text[from..].find(&value));
            let found = found.unwrap_or_else(|| panic!("{way}, row {}, {column}: {value:?} is not on paper", at + 1));
            begins = begins.min(found);
        }
        from += if begins == usize::MAX { 0 } else { begins };
    }
}

/// Without blanks and the unseen marks where long words may break.
fn squeezed(text: &str) -> String {
    text.chars().filter(|letter| !letter.is_whitespace() && *letter != '\u{200B}').collect()
}

/// The text of a PDF in the order in which it was drawn: cell by cell.
fn text_of(pdf: &[u8]) -> String {
    let mut reader = Command::new("pdftotext")
        .args(["-raw", "-", "-"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("pdftotext (poppler-utils) is there");
    let (mut input, bytes) = (reader.stdin.take().expect("a pipe"), pdf.to_vec());
    let fed = std::thread::spawn(move || input.write_all(&bytes));
    let done = reader.wait_with_output().expect("it ends");
    fed.join().expect("it was fed").expect("it reads all");
    assert!(done.status.success(), "no PDF");
    String::from_utf8_lossy(&done.stdout).into_owned()
}

/// A date as files write it ("2026-11-22"); anything else as it is.
fn as_a_file_says(shown: &str) -> String {
    parse_tanggal(shown).map_or_else(|_| shown.to_owned(), |date| date.to_string())
}

/// Neither empty nor a date, which a list writes otherwise.
fn says_words(value: &str) -> bool {
    !value.is_empty() && value.get(..10).unwrap_or(value).parse::<Date>().is_err()
}

fn links(body: &str) -> Vec<String> {
    body.split("<a ").skip(1).filter_map(href).collect()
}

/// Opens an address that a page gave.
async fn open(visitor: &mut Visitor<'_>, address: &str) -> Page {
    assert!(address.parse::<actix_web::http::Uri>().is_ok(), "{address:?} stands in a page and is no address");
    visitor.get(address).await
}

fn href(tag: &str) -> Option<String> {
    let tag = tag.split('>').next()?;
    Some(tag.split("href=\"").nth(1)?.split('"').next()?.replace("&amp;", "&"))
}

fn path_of(href: &str) -> &str {
    href.split('?').next().unwrap_or(href)
}

/// The list that can be taken along, where a page has several; the page where its ways of being taken along stand elsewhere.
fn list_of(body: &str) -> &str {
    body.split("<div class=\"daftar\">").skip(1).find(|part| part.contains("format=xlsx")).unwrap_or(body)
}

fn rows_of(body: &str) -> Vec<Shown> {
    let mut rows = Vec::new();
    for part in body.split("<tbody role=\"rowgroup\">").skip(1) {
        let part = part.split("</tbody>").next().unwrap_or_default();
        for row in part.split("<tr role=\"row\"").skip(1) {
            let mut cells = Vec::new();
            for cell in row.split("<td role=\"cell\"").skip(1) {
                let cell = cell.split("</td>").next().unwrap_or_default();
                let Some((tag, content)) = cell.split_once('>') else { continue };
                let Some(title) = tag.split("data-judul=\"").nth(1) else { continue };
                cells.push((decode(title.split('"').next().unwrap_or_default()), pieces(content)));
            }
            let name = cells.first().and_then(|(_, pieces)| pieces.first().cloned()).unwrap_or_default();
            let cells = cells.into_iter().map(|(title, pieces)| (title, pieces.join(" "))).collect();
            rows.push(Shown { name, cells });
        }
    }
    rows
}

/// The texts between the tags.
fn pieces(html: &str) -> Vec<String> {
    let mut all = Vec::new();
    for part in html.split('<') {
        let text = if part.len() == html.len() { part } else { part.split_once('>').map_or(part, |(_, text)| text) };
        let text = decode(text).split_whitespace().collect::<Vec<_>>().join(" ");
        if !text.is_empty() && text != "–" {
            all.push(text);
        }
    }
    all
}

fn decode(text: &str) -> String {
    text.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"").replace("&#39;", "'").replace("&amp;", "&")
}

type Line = BTreeMap<String, String>;

fn spreadsheet(bytes: &[u8]) -> Vec<Line> {
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(bytes.to_vec())).expect("a spreadsheet");
    let range = book.worksheet_range_at(0).expect("a sheet").expect("it can be read");
    let mut rows = range.rows();
    let heads: Vec<String> = rows.next().expect("a head").iter().map(ToString::to_string).collect();
    rows.map(|row| heads.iter().cloned().zip(row.iter().map(value)).collect()).collect()
}

/// Dates as days since 1899, with a mark of their own.
fn value(cell: &Data) -> String {
    match cell {
        Data::Empty => String::new(),
        Data::DateTime(at) => format!("@{}", at.as_f64()),
        other => other.to_string(),
    }
}

fn comma_separated(bytes: &[u8]) -> Vec<Line> {
    let text = bytes.strip_prefix(b"\xEF\xBB\xBF").expect("it begins with the mark by which spreadsheets know UTF-8");
    let mut reader = csv::ReaderBuilder::new().flexible(true).from_reader(text);
    let heads = reader.headers().expect("a head").clone();
    let lines = reader.records().map(|line| line.expect("a line"));
    lines.map(|line| heads.iter().map(str::to_owned).zip(line.iter().map(harmless)).collect()).collect()
}

/// Without the apostrophe that keeps spreadsheets from calculating.
fn harmless(text: &str) -> String {
    text.strip_prefix('\'').unwrap_or(text).to_owned()
}

fn same(sheet: &str, csv: &str) -> bool {
    let Some(days) = sheet.strip_prefix('@') else { return sheet == csv };
    let Ok(days) = days.parse::<f64>() else { return false };
    let (day, clock) = csv.split_once(' ').unwrap_or((csv, "00:00:00"));
    let Ok(day) = day.parse::<Date>() else { return false };
    let begin = Date::new(1899, 12, 30).expect("a day");
    let whole = f64::from((day - begin).get_days());
    let mut seconds = 0.0;
    for part in clock.split(':') {
        seconds = seconds * 60.0 + part.parse::<f64>().unwrap_or(f64::NAN);
    }
    (whole + seconds / 86_400.0 - days).abs() < 1.0 / 86_400.0
}
