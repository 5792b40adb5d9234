//! A database of the release before, with orders in it, becomes one of this release.

use praja_eoffice::MODULE;
use praja_kernel::Moment;
use praja_store::{By, Db, Engine, Keys, MigrationSet, Options, StoreError, Value, params};
use praja_testkit::{CountedIds, StillClock, database};

const REBUILT: &str = "0016-disposisi-naskah.sql";
/// More than one chunk of anything.
const LETTERS: i64 = 400;

/// All columns of an order before, and of what each recipient was told.
const ORDER: &str = "SELECT id, surat, induk, opd, dari, dari_jabatan, dari_nama, dicatat_nama, dicatat_jabatan, konfirmasi,
    CAST(dikonfirmasi_pada AS TEXT), instruksi, catatan, batas, CASE WHEN sementara THEN 'ya' ELSE 'tidak' END, sifat,
    CASE WHEN wajib_laporan THEN 'ya' ELSE 'tidak' END, CAST(created_at AS TEXT), CAST(versi AS TEXT)
    FROM eoffice_disposisi ORDER BY id";
const PART: &str =
    "SELECT id, disposisi, surat, induk, CAST(urut AS TEXT), dari, opd, kepada, kepada_jabatan, kepada_nama, peran,
    CASE WHEN wajib_laporan THEN 'ya' ELSE 'tidak' END, status, kelompok, batas, urutan, ingat, CAST(created_at AS TEXT),
    CAST(dibaca_pada AS TEXT), dibaca_oleh, laporan, naskah, CAST(dilaporkan_pada AS TEXT), dilaporkan_oleh, alasan,
    CAST(selesai_pada AS TEXT), CAST(versi AS TEXT)
    FROM eoffice_disposisi_tujuan ORDER BY id";

fn by() -> By {
    let clock = StillClock::at(Moment(1_795_400_000_000));
    By::system("uji", Moment(1_795_400_000_000), CountedIds::new(clock))
}

fn sets(until: Option<&str>) -> Vec<MigrationSet> {
    let mut set = (MODULE.migrations)();
    set.files.retain(|file| until.is_none_or(|until| file.name < until));
    vec![set]
}

fn rows(db: &Db, sql: &'static str, columns: usize) -> Vec<Vec<Option<String>>> {
    let read = |tx: &mut praja_store::Tx<'_>| {
        tx.list(sql, &[], |row| (0..columns).map(|at| row.get::<Option<String>>(at)).collect::<Result<Vec<_>, StoreError>>())
    };
    db.read(read).expect("the rows are read")
}

/// Indexes of the two tables, as `table.index`.
fn indexes(db: &Db) -> Vec<String> {
    let sql = match db.engine() {
        Engine::Sqlite => {
            "SELECT tbl_name || '.' || name FROM sqlite_schema WHERE type = 'index' AND sql IS NOT NULL
             AND tbl_name LIKE 'eoffice_disposisi%' ORDER BY 1"
        }
        Engine::Postgres => {
            "SELECT CAST(tablename || '.' || indexname AS TEXT) COLLATE \"C\" FROM pg_indexes
             WHERE tablename LIKE 'eoffice_disposisi%' AND indexname NOT LIKE '%pkey' ORDER BY 1"
        }
    };
    db.read(|tx| tx.list(sql, &[], |row| row.get::<String>(0))).expect("the indexes are listed")
}

/// A letter, an order on it to two posts, one of which reports and one of which passes it on to a third.
fn letter(tx: &mut praja_store::Tx<'_>, at: i64) -> Result<(), StoreError> {
    let (surat, first, second) = (format!("surat-{at:04}"), format!("perintah-{at:04}-1"), format!("perintah-{at:04}-2"));
    tx.exec(
        "INSERT INTO eoffice_surat_masuk (id, opd, tahun, agenda, asal, asal_fold, nomor_surat, nomor_fold, tanggal_surat,
             tanggal_terima, hal, sifat, derajat, jumlah_lampiran, status, tenggat, tenggat_sementara, pemegang, pemegang_sejak,
             created_at, versi)
         VALUES (?1, 'opd-1', 2026, ?2, 'Badan Pusat Statistik', 'badan pusat statistik', NULL, '', '2026-11-18', '2026-11-20',
             'Data desa', 'biasa', 'biasa', 0, 'didisposisi', 9, FALSE, 'jabatan-2', 5, 5, 1)",
        params![surat.as_str(), at],
    )?;
    let order = "INSERT INTO eoffice_disposisi (id, surat, induk, opd, dari, dari_jabatan, dari_nama, dicatat_nama, dicatat_jabatan,
            konfirmasi, dikonfirmasi_pada, instruksi, catatan, batas, sementara, sifat, wajib_laporan, created_at, versi)
        VALUES (?1, ?2, ?3, 'opd-1', ?4, 'Kepala Dinas', 'Ratna', ?5, ?6, ?7, ?8, 'TL,UMK', ?9, ?10, ?11, 'biasa', TRUE, ?12, ?13)";
    let (none, aide) = (None::<&str>, Some("Budi"));
    let handed = format!("bagian-{at:04}-2");
    let (dated, even) = (Some("2026-12-01").filter(|_| at % 3 == 0), at % 2 == 0);
    tx.exec(
        order,
        params![
            first.as_str(),
            surat.as_str(),
            none,
            "jabatan-1",
            aide.filter(|_| even),
            Some("Sekretaris").filter(|_| even),
            if even { "menunggu" } else { "tidak-perlu" },
            Some(7_i64).filter(|_| even),
            "Tolong ditindaklanjuti; \u{201c}segera\u{201d}",
            dated,
            even,
            10 + at,
            3_i64
        ],
    )?;
    tx.exec(
        order,
        params![
            second.as_str(),
            surat.as_str(),
            Some(handed.as_str()),
            "jabatan-3",
            none,
            none,
            "tidak-perlu",
            None::<i64>,
            "",
            none,
            false,
            20 + at,
            1_i64
        ],
    )?;
    let part =
        "INSERT INTO eoffice_disposisi_tujuan (id, disposisi, surat, induk, urut, dari, opd, kepada, kepada_jabatan, kepada_nama,
            peran, wajib_laporan, status, kelompok, batas, urutan, ingat, created_at, dibaca_pada, dibaca_oleh, laporan, naskah,
            dilaporkan_pada, dilaporkan_oleh, alasan, selesai_pada, versi)
        VALUES (?1, ?2, ?3, ?4, ?5, 'jabatan-1', 'opd-1', ?6, 'Kepala Bidang', 'Sari', 'penanggung_jawab', TRUE, ?7, ?8, ?9,
            '9999-12-31', ?9, ?10, ?11, ?12, ?13, ?14, ?11, ?12, ?15, ?11, ?16)";
    let told = |id: &str, order: &str, induk: Option<&str>, urut: i64, to: &str, done: bool| -> Vec<Value> {
        let when = Some(30 + at).filter(|_| done);
        params![
            id,
            order,
            surat.as_str(),
            induk,
            urut,
            to,
            if done { "selesai" } else { "diterima" },
            if done { "selesai" } else { "terbuka" },
            dated,
            40 + at,
            when,
            Some("Sari").filter(|_| done),
            Some("Sudah dikirim kepada semua desa").filter(|_| done),
            Some("005/12/Dinkes").filter(|_| done),
            Some("di luar tugas").filter(|_| done && even),
            urut + 1
        ]
        .to_vec()
    };
    tx.exec(part, &told(&format!("bagian-{at:04}-1"), &first, None, 1, "jabatan-2", true))?;
    tx.exec(part, &told(&handed, &first, None, 2, "jabatan-3", false))?;
    tx.exec(part, &told(&format!("bagian-{at:04}-3"), &second, Some(&handed), 1, "jabatan-4", at % 5 == 0))?;
    Ok(())
}

#[test]
fn orders_reports_and_forwards_of_the_release_before_are_all_there_again_with_their_references_and_indexes() {
    let db = database(&Options::default());
    db.migrate(&sets(Some(REBUILT)), &by()).unwrap();
    for start in (0..LETTERS).step_by(50) {
        db.write(&by(), Keys::unaudited(), move |tx| (start..start + 50).try_for_each(|at| letter(tx, at))).unwrap();
    }
    let (orders, parts, named) = (rows(&db, ORDER, 19), rows(&db, PART, 27), indexes(&db));
    assert_eq!((orders.len() as i64, parts.len() as i64, named.len()), (2 * LETTERS, 3 * LETTERS, 9), "{named:?}");

    let done = db.migrate(&sets(None), &by()).unwrap();
    assert!(done.iter().any(|name| name.ends_with(REBUILT)), "{done:?}");
    assert_eq!(rows(&db, ORDER, 19), orders);
    assert_eq!(rows(&db, PART, 27), parts);
    assert_eq!(indexes(&db), named);
    let count = |sql: &'static str| db.read(|tx| tx.scalar::<i64>(sql, &[])).unwrap();
    assert_eq!(count("SELECT COUNT(*) FROM eoffice_disposisi WHERE pokok = 'surat'"), 2 * LETTERS, "each was given on a letter");
    assert_eq!(count("SELECT COUNT(*) FROM eoffice_disposisi_tujuan WHERE naskah_id IS NOT NULL"), 0);
    // Every reference leads somewhere: recipients to orders, orders to letters, what was passed on to the part it came from.
    assert_eq!(
        count(
            "SELECT COUNT(*) FROM eoffice_disposisi_tujuan t JOIN eoffice_disposisi d ON d.id = t.disposisi AND d.surat = t.surat"
        ),
        3 * LETTERS
    );
    assert_eq!(count("SELECT COUNT(*) FROM eoffice_disposisi d JOIN eoffice_surat_masuk s ON s.id = d.surat"), 2 * LETTERS);
    assert_eq!(count("SELECT COUNT(*) FROM eoffice_disposisi d JOIN eoffice_disposisi_tujuan t ON t.id = d.induk"), LETTERS);
    assert_eq!(
        count("SELECT COUNT(*) FROM eoffice_disposisi_tujuan a JOIN eoffice_disposisi_tujuan b ON b.id = a.induk"),
        LETTERS
    );

    // The new tables refuse a second row of one identity, and take an order on a naskah.
    let again = db.write(&by(), Keys::unaudited(), |tx| letter(tx, 1));
    assert!(again.is_err(), "letter and orders have their identities still");
    let twice = "INSERT INTO eoffice_disposisi (id, pokok, surat, opd, dari, dari_jabatan, dari_nama, konfirmasi, instruksi, catatan,
            sementara, sifat, wajib_laporan, created_at, versi)
        VALUES (?1, 'naskah', 'naskah-1', 'opd-1', 'jabatan-1', 'Kepala', 'Ratna', 'tidak-perlu', 'TL', '', FALSE, 'biasa', TRUE, 1, 1)";
    let give = |id: &'static str| db.write(&by(), Keys::unaudited(), move |tx| tx.exec(twice, params![id]));
    assert_eq!(give("perintah-baru").unwrap(), 1);
    assert!(give("perintah-0001-1").is_err());
    assert!(db.migrate(&sets(None), &by()).unwrap().is_empty());
}
