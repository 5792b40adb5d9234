//! The least an actix-web and rusqlite program can do per request: what Praja's figures are measured against (`scripts/bench`).
//!
//! Same gzip, same hop to a blocking thread, same bytes around the rows, one commit per write, no sessions, no rights, no search.
//! Arguments: ADDRESS DATABASE PAGE. PAGE is a list as Praja drew it; its head and foot are sent as they are.

use std::{
    fmt::Write,
    sync::{Arc, Mutex},
};

use actix_web::{
    App, HttpResponse, HttpServer,
    middleware::Compress,
    web::{self, Data, Form, Query},
};
use rusqlite::{Connection, TransactionBehavior, params};

const LETTERS: i64 = 200_000;

struct Ceiling {
    writer: Mutex<Connection>,
    readers: Mutex<Vec<Connection>>,
    head: String,
    foot: String,
}

#[derive(serde::Deserialize)]
struct At {
    page: Option<i64>,
}

#[derive(serde::Deserialize)]
struct Letter {
    asal: String,
    hal: String,
}

fn open(path: &str) -> rusqlite::Result<Connection> {
    let conn = Connection::open(path)?;
    conn.execute_batch(
        "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA cache_size = -4096; PRAGMA wal_autocheckpoint = 4000;
         PRAGMA busy_timeout = 5000",
    )?;
    Ok(conn)
}

fn prepare(conn: &mut Connection) -> rusqlite::Result<()> {
    conn.execute_batch(
        "CREATE TABLE IF NOT EXISTS letter (id INTEGER PRIMARY KEY, agenda INTEGER NOT NULL, asal TEXT NOT NULL, nomor TEXT NOT NULL,
            hal TEXT NOT NULL, tanggal TEXT NOT NULL, status TEXT NOT NULL);
         CREATE TABLE IF NOT EXISTS counter (k TEXT PRIMARY KEY, n INTEGER NOT NULL);
         INSERT OR IGNORE INTO counter VALUES ('agenda', 200000);
         CREATE TABLE IF NOT EXISTS audit (id INTEGER PRIMARY KEY, letter INTEGER NOT NULL, what TEXT NOT NULL, at TEXT NOT NULL);",
    )?;
    let have: i64 = conn.query_row("SELECT COUNT(*) FROM letter", [], |row| row.get(0))?;
    let tx = conn.transaction()?;
    for id in have + 1..=LETTERS {
        tx.prepare_cached("INSERT INTO letter VALUES (?1, ?1, ?2, ?3, ?4, ?5, 'Tercatat')")?.execute(params![
            id,
            format!("Dinas Pekerjaan Umum {} Kabupaten", id % 40),
            format!("005/{id}/DPU/2026"),
            format!("Undangan rapat koordinasi nomor {id} dan pembahasan anggaran perubahan"),
            format!("{} Nov 2026", id % 28 + 1)
        ])?;
    }
    tx.commit()
}

async fn list(ceiling: Data<Ceiling>, at: Query<At>) -> HttpResponse {
    let page = at.page.unwrap_or(0).clamp(0, 3900);
    let html = web::block(move || -> rusqlite::Result<String> {
        let conn = ceiling.readers.lock().expect("no reader panics").pop();
        let conn = conn.map_or_else(|| open(&std::env::args().nth(2).unwrap_or_default()), Ok)?;
        let html = rows(&conn, &ceiling, page);
        ceiling.readers.lock().expect("no reader panics").push(conn);
        html
    });
    match html.await {
        Ok(Ok(html)) => HttpResponse::Ok().content_type("text/html; charset=utf-8").body(html),
        _ => HttpResponse::InternalServerError().finish(),
    }
}

fn rows(conn: &Connection, ceiling: &Ceiling, page: i64) -> rusqlite::Result<String> {
    let mut html = String::with_capacity(96 * 1024);
    html.push_str(&ceiling.head);
    let mut statement = conn.prepare_cached(
        "SELECT id, agenda, asal, nomor, hal, tanggal, status FROM letter WHERE id <= ?1 ORDER BY id DESC LIMIT 50",
    )?;
    let mut found = statement.query([LETTERS - page * 50])?;
    while let Some(row) = found.next()? {
        let (id, agenda): (i64, i64) = (row.get(0)?, row.get(1)?);
        let _ = write!(
            html,
            "<tr role=\"row\" data-href=\"/eoffice/surat-masuk/{id}\"><td role=\"cell\" class=\"teks pokok\" data-judul=\"Agenda\"><a href=\"/eoffice/surat-masuk/{id}\">{agenda}/2026</a></td>"
        );
        for (index, title) in [(5, "Diterima"), (4, "Hal"), (2, "Pengirim"), (3, "Nomor surat"), (6, "Status")] {
            let _ = write!(html, "<td role=\"cell\" class=\"teks baris\" data-judul=\"{title}\"><span class=\"lencana awas\">");
            html.push_str("<svg class=\"ikon\" width=\"20\" height=\"20\" aria-hidden=\"true\"></svg>");
            escape(row.get_ref(index)?.as_str().unwrap_or_default(), &mut html);
            html.push_str("</span></td>");
        }
        html.push_str("</tr>");
    }
    html.push_str(&ceiling.foot);
    Ok(html)
}

fn escape(text: &str, out: &mut String) {
    for letter in text.chars() {
        match letter {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            other => out.push(other),
        }
    }
}

async fn add(ceiling: Data<Ceiling>, letter: Form<Letter>) -> HttpResponse {
    let letter = letter.into_inner();
    let saved = web::block(move || -> rusqlite::Result<i64> {
        let mut conn = ceiling.writer.lock().expect("no writer panics");
        let tx = conn.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let agenda: i64 = tx.query_row("UPDATE counter SET n = n + 1 WHERE k = 'agenda' RETURNING n", [], |row| row.get(0))?;
        tx.prepare_cached(
            "INSERT INTO letter (agenda, asal, nomor, hal, tanggal, status) VALUES (?1, ?2, ?3, ?4, date('now'), 'Tercatat')",
        )?
        .execute(params![agenda, letter.asal, format!("{agenda}/AG"), letter.hal])?;
        let id = tx.last_insert_rowid();
        tx.prepare_cached("INSERT INTO audit (letter, what, at) VALUES (?1, 'create', datetime('now'))")?.execute([id])?;
        tx.commit()?;
        Ok(id)
    });
    match saved.await {
        Ok(Ok(id)) => HttpResponse::SeeOther().insert_header(("location", format!("/letters/{id}"))).finish(),
        _ => HttpResponse::ServiceUnavailable().finish(),
    }
}

#[actix_web::main]
async fn main() -> std::io::Result<()> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [address, database, page] = arguments.as_slice() else {
        return Err(std::io::Error::other("ceiling ADDRESS DATABASE PAGE"));
    };
    let mut writer = open(database).map_err(std::io::Error::other)?;
    prepare(&mut writer).map_err(std::io::Error::other)?;
    let page = std::fs::read_to_string(page)?;
    let parts =
        page.split_once("<tbody").and_then(|(head, rest)| Some((head, rest.split_once('>')?.1.split_once("</tbody>")?.1)));
    let (head, foot) = parts.ok_or_else(|| std::io::Error::other("PAGE holds no table"))?;
    let ceiling = Data::from(Arc::new(Ceiling {
        writer: Mutex::new(writer),
        readers: Mutex::default(),
        head: format!("{head}<tbody>"),
        foot: format!("</tbody>{foot}"),
    }));
    HttpServer::new(move || {
        App::new()
            .app_data(ceiling.clone())
            .wrap(Compress::default())
            .route("/letters", web::get().to(list))
            .route("/letters", web::post().to(add))
    })
    .workers(2)
    .on_connect(|connection, _| {
        if let Some(line) = connection.downcast_ref::<actix_web::rt::net::TcpStream>() {
            line.set_nodelay(true).unwrap_or_default();
        }
    })
    .bind(address)?
    .run()
    .await
}
