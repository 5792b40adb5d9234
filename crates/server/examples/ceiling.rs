//! The least an actix-web and rusqlite program can do per request: what Praja's figures are measured against (`scripts/bench`).
//!
//! Same gzip, same hop to a blocking thread, same bytes around the rows, one commit per write, no sessions, no rights, no search.
//! Arguments: ADDRESS DATABASE PAGE COPY. PAGE is a list as Praja drew it; its head and foot are sent as they are. COPY is a copy of a Praja
//! database: `POST /same` writes into it the very rows that a registration leaves in Praja's own, `POST /letters` only the three that
//! nobody could do without (letter, counter, audit).

use std::{
    fmt::Write,
    sync::{
        Arc, Mutex,
        atomic::{AtomicU64, Ordering},
    },
};

use actix_web::{
    App, HttpResponse, HttpServer,
    middleware::Compress,
    web::{self, Data, Form, Query},
};
use rusqlite::{Connection, OptionalExtension, TransactionBehavior, params};
use sha2::{Digest, Sha256};

const LETTERS: i64 = 200_000;

struct Ceiling {
    writer: Mutex<Connection>,
    copy: Mutex<Connection>,
    readers: Mutex<Vec<Connection>>,
    subject: String,
    pages: Vec<(i64, String)>,
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
        let conn = conn.map_or_else(|| open(&std::env::args().nth(4).unwrap_or_default()), Ok)?;
        let html = rows(&conn, &ceiling, page);
        ceiling.readers.lock().expect("no reader panics").push(conn);
        html
    });
    match html.await {
        Ok(Ok(html)) => HttpResponse::Ok().content_type("text/html; charset=utf-8").body(html),
        _ => HttpResponse::InternalServerError().finish(),
    }
}

/// The same list as Praja's: the letters that one office may see, newest first, through the same index.
fn rows(conn: &Connection, ceiling: &Ceiling, page: i64) -> rusqlite::Result<String> {
    let mut html = String::with_capacity(96 * 1024);
    html.push_str(&ceiling.head);
    let (created, id) = &ceiling.pages[usize::try_from(page).unwrap_or(0) % ceiling.pages.len()];
    let mut statement = conn.prepare_cached(
        "SELECT a.id, s.agenda, s.tahun, s.tanggal_terima, s.hal, s.asal, s.nomor_surat, s.derajat, s.status
         FROM eoffice_akses a JOIN eoffice_surat_masuk s ON s.id = a.id
         WHERE a.subject = ?1 AND (a.created_at, a.id) <= (?2, ?3) ORDER BY a.created_at DESC, a.id DESC LIMIT 50",
    )?;
    let mut found = statement.query(params![ceiling.subject, created, id])?;
    while let Some(row) = found.next()? {
        let (agenda, tahun): (i64, i64) = (row.get(1)?, row.get(2)?);
        let id = row.get_ref(0)?.as_str().unwrap_or_default();
        let _ = write!(
            html,
            "<tr role=\"row\" data-href=\"/eoffice/surat-masuk/{id}\"><td role=\"cell\" class=\"teks pokok\" data-judul=\"Agenda\"><a href=\"/eoffice/surat-masuk/{id}\">{agenda}/{tahun}</a></td>"
        );
        for (index, title) in [(3, "Diterima"), (4, "Hal"), (5, "Pengirim"), (6, "Nomor surat")] {
            let _ = write!(html, "<td role=\"cell\" class=\"teks baris\" data-judul=\"{title}\">");
            escape(row.get_ref(index)?.as_str().unwrap_or_default(), &mut html);
            html.push_str("</td>");
        }
        for (index, title) in [(7, "Sifat"), (8, "Status")] {
            let _ = write!(html, "<td role=\"cell\" class=\"teks baris\" data-judul=\"{title}\"><span class=\"lencana awas\">");
            html.push_str("<svg class=\"ikon\" width=\"20\" height=\"20\" aria-hidden=\"true\"><use href=\"/aset/e2fd2a2bc2ba11ff/ikon.svg#i7\"/></svg><span>");
            escape(row.get_ref(index)?.as_str().unwrap_or_default(), &mut html);
            html.push_str("</span></span></td>");
        }
        html.push_str("</tr>");
    }
    html.push_str(&ceiling.foot);
    Ok(html)
}

/// The office with the most letters, and where twenty of its pages begin.
fn places(conn: &Connection) -> rusqlite::Result<(String, Vec<(i64, String)>)> {
    let subject: String = conn.query_row(
        "SELECT subject FROM eoffice_akses WHERE subject LIKE 'opd:%' GROUP BY subject ORDER BY COUNT(*) DESC LIMIT 1",
        [],
        |row| row.get(0),
    )?;
    let mut pages = Vec::new();
    for page in 0..20 {
        let sql =
            "SELECT created_at, id FROM eoffice_akses WHERE subject = ?1 ORDER BY created_at DESC, id DESC LIMIT 1 OFFSET ?2";
        pages.extend(conn.query_row(sql, params![subject, page * 50], |row| Ok((row.get(0)?, row.get(1)?))).optional()?);
    }
    Ok((subject, pages))
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

/// The rows of one registration, as Praja writes them, without deciding anything.
fn same_rows(conn: &mut Connection, letter: &Letter, n: u64) -> rusqlite::Result<()> {
    let id = |kind: u8| format!("0193{kind:04x}-{:04x}-7000-8000-{:012x}", n % 65_536, n);
    let (surat, opd, now) = (id(1), "0193aaaa-0000-7000-8000-000000000001", 1_800_000_000_000_i64 + n as i64);
    let (objek, subject, jabatan) = (format!("eoffice_surat_masuk:{surat}"), format!("opd:{opd}"), format!("jabatan:{opd}"));
    let tx = conn.transaction_with_behavior(TransactionBehavior::Immediate)?;
    let kunci = format!("pegawai:{opd} /eoffice/surat-masuk/baru {}", id(2));
    let seen: Option<i64> = tx
        .prepare_cached("SELECT status FROM store_formulir WHERE kunci = ?1")?
        .query_row([&kunci], |row| row.get(0))
        .optional()?;
    let nomor = format!("{n}/BPS/2026");
    let twin: Option<String> = tx
        .prepare_cached(
            "SELECT id FROM eoffice_surat_masuk WHERE opd = ?1 AND nomor_fold = ?2 AND tanggal_surat = ?3 AND asal_fold = ?4",
        )?
        .query_row(params![opd, nomor, "2026-11-20", letter.asal], |row| row.get(0))
        .optional()?;
    debug_assert!(seen.is_none() && twin.is_none());
    let (register, agenda): (String, i64) = tx
        .prepare_cached(
            "INSERT INTO desk_register (id, opd, kelompok, tahun, terakhir) VALUES (?1, ?2, 'eoffice.surat-masuk', 2026, 1)
             ON CONFLICT (opd, kelompok, tahun) DO UPDATE SET terakhir = desk_register.terakhir + 1 RETURNING id, terakhir",
        )?
        .query_row(params![id(3), opd], |row| Ok((row.get(0)?, row.get(1)?)))?;
    tx.prepare_cached(
        "INSERT INTO desk_nomor (register, urut, nomor, unik, status, objek, pada, diubah) VALUES (?1, ?2, ?3, ?4, 'terpakai', ?5, ?6, ?6)",
    )?
    .execute(params![register, agenda, format!("{agenda}/2026"), format!("eoffice.surat-masuk 2026 {opd} {agenda}/2026"), objek, now])?;
    tx.prepare_cached(
        "INSERT INTO eoffice_surat_masuk (id, opd, tahun, agenda, asal, asal_fold, nomor_surat, nomor_fold, tanggal_surat, tanggal_terima,
            hal, sifat, derajat, tujuan, jumlah_lampiran, status, tenggat, tenggat_sementara, pemegang, pemegang_sejak, created_at, versi)
         VALUES (?1, ?2, 2026, ?3, ?4, ?4, ?5, ?5, '2026-11-20', '2026-11-22', ?6, 'biasa', 'biasa', 'Kepala Dinas', 0, 'tercatat', ?7, 0, ?8,
            ?7, ?7, 1)",
    )?
    .execute(params![surat, opd, agenda, letter.asal, nomor, letter.hal, now, jabatan])?;
    tx.prepare_cached(
        "INSERT INTO eoffice_akses (id, subject, created_at, status, tenggat) VALUES (?1, ?2, ?3, 'tercatat', ?3)",
    )?
    .execute(params![surat, subject, now])?;
    let head: Option<(i64, Vec<u8>)> = tx
        .prepare_cached("SELECT urut, sidik FROM store_audit WHERE rantai = ?1 ORDER BY urut DESC LIMIT 1")?
        .query_row([opd], |row| Ok((row.get(0)?, row.get(1)?)))
        .optional()?;
    let (last, before) = head.unwrap_or((0, vec![0; 32]));
    let fields = format!(
        "[[\"nomor_agenda\",\"{}\"],[\"asal\",\"{}\"],[\"hal\",\"{}\"]]",
        hash(&nomor),
        hash(&letter.asal),
        hash(&letter.hal)
    );
    let row = Sha256::new().chain_update(&before).chain_update(&fields).chain_update(&objek).finalize();
    tx.prepare_cached(
        "INSERT INTO store_audit (rantai, urut, pada, pelaku, pelaku_nama, jabatan, tindakan, objek, bidang, sebelum, sidik)
         VALUES (?1, ?2, ?3, ?4, 'Wulan Anggraini Pratiwi, A.Md.', 'Pengadministrasi Persuratan', 'eoffice.register-surat-masuk', ?5, ?6, ?7, ?8)",
    )?
    .execute(params![opd, last + 1, now, format!("pegawai:{opd}"), objek, fields, before, row.as_slice()])?;
    tx.prepare_cached("INSERT INTO store_audit_nilai (rantai, urut, isi) VALUES (?1, ?2, ?3)")?.execute(params![
        opd,
        last + 1,
        fields
    ])?;
    tx.prepare_cached(
        "INSERT INTO desk_tugas (id, untuk, judul, tautan, objek, sementara, urutan, status, oleh, oleh_nama, dibuat)
         VALUES (?1, ?2, ?3, ?4, ?5, 0, '9999-12-31', 'terbuka', ?2, 'Wulan', ?6)",
    )?
    .execute(params![id(4), jabatan, letter.hal, format!("/eoffice/surat-masuk/{surat}"), objek, now])?;
    tx.prepare_cached(
        "INSERT INTO desk_hitung (subject, terbuka) VALUES (?1, 1) ON CONFLICT (subject) DO UPDATE SET terbuka = desk_hitung.terbuka + 1",
    )?
    .execute([&jabatan])?;
    let seq: i64 =
        tx.prepare_cached("SELECT COALESCE(MAX(urut), 0) + 1 FROM store_peristiwa")?.query_row([], |row| row.get(0))?;
    tx.prepare_cached(
        "INSERT INTO store_peristiwa (id, urut, jenis, versi, objek, isi, pelaku, opd, pada) VALUES (?1, ?2, 'eoffice.surat-masuk-tercatat', 1, ?3, ?4, ?5, ?6, ?7)",
    )?
    .execute(params![id(5), seq, objek, fields, jabatan, opd, now])?;
    tx.prepare_cached("INSERT INTO store_cari_antre (id, isi, pada) VALUES (?1, ?2, ?3)")?.execute(params![
        id(6),
        fields,
        now
    ])?;
    tx.prepare_cached("INSERT INTO store_formulir (kunci, status, tujuan, pada) VALUES (?1, 303, ?2, ?3)")?
        .execute(params![kunci, surat, now])?;
    tx.commit()
}

fn hash(text: &str) -> String {
    Sha256::digest(text.as_bytes()).iter().map(|byte| format!("{byte:02x}")).collect()
}

async fn same(ceiling: Data<Ceiling>, letter: Form<Letter>) -> HttpResponse {
    static NEXT: AtomicU64 = AtomicU64::new(1);
    let (letter, n) = (letter.into_inner(), NEXT.fetch_add(1, Ordering::Relaxed));
    let saved = web::block(move || same_rows(&mut ceiling.copy.lock().expect("no writer panics"), &letter, n)).await;
    match saved {
        Ok(Ok(())) => HttpResponse::SeeOther().insert_header(("location", format!("/letters/{n}"))).finish(),
        _ => HttpResponse::ServiceUnavailable().finish(),
    }
}

#[actix_web::main]
async fn main() -> std::io::Result<()> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [address, database, page, copy] = arguments.as_slice() else {
        return Err(std::io::Error::other("ceiling ADDRESS DATABASE PAGE COPY"));
    };
    let mut writer = open(database).map_err(std::io::Error::other)?;
    prepare(&mut writer).map_err(std::io::Error::other)?;
    let page = std::fs::read_to_string(page)?;
    let parts =
        page.split_once("<tbody").and_then(|(head, rest)| Some((head, rest.split_once('>')?.1.split_once("</tbody>")?.1)));
    let (head, foot) = parts.ok_or_else(|| std::io::Error::other("PAGE holds no table"))?;
    let (subject, pages) = open(copy).and_then(|conn| places(&conn)).map_err(std::io::Error::other)?;
    let ceiling = Data::from(Arc::new(Ceiling {
        subject,
        pages,
        writer: Mutex::new(writer),
        copy: Mutex::new(open(copy).map_err(std::io::Error::other)?),
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
            .route("/same", web::post().to(same))
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
