//! `praja dokumen verify`: is this paper, or this file, what it says it is? Needs no network, and no installation either where the regency's
//! public keys were taken along.

use std::{fs, path::Path};

use anyhow::{Context, Result};
use praja_deploy::Severity;
use praja_desk::verify::{self, Facts, Naskah, PublicKey, Status, Unproven};
use praja_kernel::tanggal_panjang;
use serde::Serialize;
use sha2::{Digest, Sha256};

use crate::{
    box_::ServerBox,
    cli::DokumenVerifyOptions,
    exit::{self, Code, Refused},
    terminal::Terminal,
};

/// A verdict, as `--json` writes it. The keys are a promise: docs/json.md.
#[derive(Debug, Serialize)]
struct Report {
    /// `sah`, `terbukti` (signed by the regency, but its records could not be asked), `dicabut`, `belum-ditandatangani`, or `tidak-sah`.
    putusan: &'static str,
    /// One sentence each; empty when all is whole.
    masalah: Vec<String>,
    /// The codes that were found.
    kode: Vec<Kode>,
    /// The signatures in a PDF.
    tanda_tangan: Vec<Signed>,
}

/// One code.
#[derive(Debug, Serialize)]
struct Kode {
    token: Option<String>,
    daerah: Option<String>,
    nomor: Option<String>,
    tanggal: Option<String>,
    jenis: Option<String>,
    penandatangan: Option<String>,
    keadaan: &'static str,
}

/// One signature.
#[derive(Debug, Serialize)]
struct Signed {
    nama: String,
    utuh: bool,
    seluruh_berkas: bool,
    penerbit_dikenal: bool,
}

/// Checks what was given. Ends with 30 unless everything about it is right, with 10 when the records that know of a withdrawal were not at hand.
pub(crate) fn verify(options: &DokumenVerifyOptions, terminal: &Terminal) -> Result<Code> {
    let report = examine(options)?;
    let code = match report.putusan {
        "sah" => exit::OK,
        "terbukti" => exit::WARNINGS,
        _ => exit::BLOCKED,
    };
    if options.report.json {
        terminal.json(&report)?;
    } else {
        show(&report, options, terminal);
    }
    Ok(code)
}

fn examine(options: &DokumenVerifyOptions) -> Result<Report> {
    let path = Path::new(&options.what);
    let read = || fs::read(path).with_context(|| format!("Berkas {} tidak dapat dibaca.", path.display()));
    let bytes = if path.is_file() { Some(read()?) } else { None };
    let is_pdf = |bytes: &[u8]| bytes.trim_ascii_start().starts_with(b"%PDF-");
    let mut report = Report { putusan: "tidak-sah", masalah: Vec::new(), kode: Vec::new(), tanda_tangan: Vec::new() };
    let mut print = None;
    let codes = match bytes {
        Some(bytes) if is_pdf(&bytes) => {
            print = Some(Sha256::digest(&bytes).iter().map(|byte| format!("{byte:02x}")).collect::<String>());
            from_pdf(&bytes, options, &mut report)?
        }
        Some(bytes) => vec![String::from_utf8_lossy(&bytes).trim().to_owned()],
        None if !options.what.contains('#') && !options.what.starts_with("1.") => return Err(neither(options)),
        None => vec![options.what.clone()],
    };
    judge(&codes, print.as_deref(), options, &mut report)?;
    Ok(report)
}

fn neither(options: &DokumenVerifyOptions) -> anyhow::Error {
    let message = format!(
        "\"{}\" bukan berkas yang ada dan bukan isi kode QR. Isi kode QR berupa alamat dengan tanda #; apit dengan tanda petik.",
        options.what
    );
    Refused { message, next: "praja dokumen verify surat.pdf".into(), code: exit::BLOCKED }.into()
}

/// The codes in a PDF; what its signatures say goes into the report.
#[cfg(feature = "documents")]
fn from_pdf(bytes: &[u8], options: &DokumenVerifyOptions, report: &mut Report) -> Result<Vec<String>> {
    use praja_documents::pades::{Root, check};
    let mut roots = Vec::new();
    for path in &options.otoritas {
        let read = fs::read(path).with_context(|| format!("Berkas {} tidak dapat dibaca.", path.display()))?;
        let certificate = der(&read).with_context(|| format!("Berkas {} bukan sertifikat DER atau PEM.", path.display()))?;
        roots.push(Root { certificate, is_certified: false });
    }
    let (Ok(codes), Ok(found)) = (praja_documents::addresses(bytes), check(bytes, &roots)) else {
        report.masalah.push("Berkas ini bukan PDF yang utuh.".into());
        return Ok(Vec::new());
    };
    for (at, one) in found.iter().enumerate() {
        let number = at + 1;
        if !one.intact {
            report
                .masalah
                .push(format!("Tanda tangan ke-{number} tidak cocok dengan isi berkas: berkas diubah sesudah ditandatangani."));
        } else if !options.otoritas.is_empty() && !one.trusted {
            report.masalah.push(format!("Tanda tangan ke-{number} ({}) tidak diterbitkan oleh otoritas yang disebut.", one.name));
        }
        report.tanda_tangan.push(Signed {
            nama: one.name.clone(),
            utuh: one.intact,
            seluruh_berkas: one.whole,
            penerbit_dikenal: one.trusted,
        });
    }
    if found.last().is_some_and(|last| last.intact && !last.whole) {
        report.masalah.push("Ada yang ditambahkan ke berkas sesudah tanda tangan terakhir.".into());
    }
    if found.is_empty() && codes.is_empty() {
        report.masalah.push("PDF ini tidak memuat kode verifikasi maupun tanda tangan elektronik.".into());
    }
    Ok(codes)
}

#[cfg(not(feature = "documents"))]
fn from_pdf(_: &[u8], _: &DokumenVerifyOptions, report: &mut Report) -> Result<Vec<String>> {
    report.masalah.push("Program ini dibangun tanpa pembaca PDF; periksa isi kode QR-nya.".into());
    Ok(Vec::new())
}

/// A certificate as authorities hand it out: bytes, or base64 between two lines.
#[cfg(feature = "documents")]
fn der(bytes: &[u8]) -> Option<Vec<u8>> {
    use base64::{Engine, prelude::BASE64_STANDARD};
    const HEAD: &str = "-----BEGIN CERTIFICATE-----";
    if bytes.first() == Some(&0x30) {
        return Some(bytes.to_vec());
    }
    let text = std::str::from_utf8(bytes).ok()?;
    let (_, rest) = text.split_once(HEAD)?;
    let (body, _) = rest.split_once("-----END")?;
    BASE64_STANDARD.decode(body.split_whitespace().collect::<String>()).ok()
}

/// Are the facts of these codes signed by the regency, and does it still stand by them?
fn judge(codes: &[String], print: Option<&str>, options: &DokumenVerifyOptions, report: &mut Report) -> Result<()> {
    let config = &options.report.at.config;
    let has_records = options.kunci.is_empty() && config.exists();
    if options.kunci.is_empty() && !has_records && !codes.is_empty() {
        return Err(without_keys(options));
    }
    let mut known = Vec::new();
    for path in &options.kunci {
        let text = fs::read_to_string(path).with_context(|| format!("Berkas {} tidak dapat dibaca.", path.display()))?;
        known.extend(keys(&text));
    }
    let tokens: Vec<String> = codes.iter().filter_map(|code| token(code)).collect();
    let mut records = vec![None; tokens.len()];
    if has_records {
        (known, records) = ServerBox::new(config.clone()).documents(&tokens)?;
    }
    let mut states = Vec::new();
    for code in codes {
        let facts = verify::check(code, &known);
        let record = facts.as_ref().ok().and_then(|facts| {
            let at = tokens.iter().position(|token| *token == facts.token)?;
            records.get(at).cloned().flatten()
        });
        let state = state(&facts, record.as_ref(), has_records, print, report);
        states.push(state);
        report.kode.push(told(facts.ok(), state));
    }
    report.putusan = verdict(&states, report);
    Ok(())
}

fn without_keys(options: &DokumenVerifyOptions) -> anyhow::Error {
    let message = "Tidak ada pemasangan Praja di mesin ini, dan kunci publik daerah belum disebut. Ambil kunci.txt dari alamat /v/kunci.txt daerah itu, satu kali saja, selagi ada jaringan.";
    let next = format!("praja dokumen verify {} --kunci kunci.txt", praja_deploy::typed(Path::new(&options.what)));
    Refused { message: message.into(), next, code: exit::BLOCKED }.into()
}

/// The token in an address; only the facts decide whether it belongs to them.
fn token(code: &str) -> Option<String> {
    let (before, _) = code.split_once('#')?;
    Some(before.rsplit('/').next()?.to_owned())
}

/// `NAME KEY`, a line each, as /v/kunci.txt gives them.
fn keys(text: &str) -> impl Iterator<Item = PublicKey> {
    text.lines().filter_map(|line| {
        let (id, key) = line.trim().split_once(' ')?;
        Some(PublicKey { id: id.to_owned(), kunci: key.trim().to_owned() })
    })
}

fn state(
    facts: &Result<Facts, Unproven>,
    record: Option<&Naskah>,
    has_records: bool,
    print: Option<&str>,
    report: &mut Report,
) -> &'static str {
    let facts = match facts {
        Ok(facts) => facts,
        Err(why) => {
            report.masalah.push(format!("Kode tidak terbukti. {why}"));
            return "tidak-terbukti";
        }
    };
    match record {
        None if has_records => {
            report.masalah.push(format!("Naskah {} tidak ada dalam catatan pemasangan ini.", facts.nomor));
            "tidak-ditemukan"
        }
        None => "terbukti",
        Some(one) => {
            if let (Some(known), Some(print)) = (&one.sidik, print)
                && known != print
            {
                report.masalah.push(format!("Berkas ini bukan berkas naskah {} yang diterbitkan: sidiknya berbeda.", one.nomor));
            }
            match one.status {
                Status::Sah => "sah",
                Status::Menunggu => {
                    report.masalah.push(format!("Naskah {} belum ditandatangani.", one.nomor));
                    "belum-ditandatangani"
                }
                Status::Dibekukan => {
                    let why = one.alasan.as_deref().unwrap_or("tanpa alasan tercatat");
                    report.masalah.push(format!("Naskah {} sedang dibekukan: {why}", one.nomor));
                    "dibekukan"
                }
                Status::Dicabut => {
                    let why = one.alasan.as_deref().unwrap_or("tanpa alasan tercatat");
                    report.masalah.push(format!("Naskah {} sudah dicabut: {why}", one.nomor));
                    "dicabut"
                }
            }
        }
    }
}

fn told(facts: Option<Facts>, keadaan: &'static str) -> Kode {
    let part = |of: fn(&Facts) -> String| facts.as_ref().map(of);
    Kode {
        token: part(|facts| facts.token.clone()),
        daerah: part(|facts| facts.daerah.clone()),
        nomor: part(|facts| facts.nomor.clone()),
        tanggal: part(|facts| facts.tanggal.to_string()),
        jenis: part(|facts| facts.jenis.clone()),
        penandatangan: part(|facts| facts.penandatangan.clone()),
        keadaan,
    }
}

/// The worst of all that was found. A signature without a code proves that the file is whole, not that the regency issued it.
fn verdict(states: &[&'static str], report: &Report) -> &'static str {
    for bad in ["dicabut", "dibekukan", "belum-ditandatangani"] {
        if states.contains(&bad) && report.masalah.len() == 1 {
            return bad;
        }
    }
    if !report.masalah.is_empty() {
        return "tidak-sah";
    }
    if !states.is_empty() && states.iter().all(|state| *state == "sah") { "sah" } else { "terbukti" }
}

fn show(report: &Report, options: &DokumenVerifyOptions, terminal: &Terminal) {
    terminal.heading("Pemeriksaan naskah");
    for one in &report.kode {
        let lines = [
            ("Pemerintah daerah", &one.daerah),
            ("Jenis", &one.jenis),
            ("Nomor", &one.nomor),
            ("Penandatangan", &one.penandatangan),
        ];
        lines
            .iter()
            .filter_map(|(name, value)| Some((name, value.as_ref()?)))
            .for_each(|(name, value)| terminal.fact(name, value));
        if let Some(day) = one.tanggal.as_ref().and_then(|text| text.parse().ok()) {
            terminal.fact("Tanggal", &tanggal_panjang(day));
        }
    }
    for one in &report.tanda_tangan {
        let how = match (one.utuh, one.seluruh_berkas, one.penerbit_dikenal) {
            (false, ..) => "tidak cocok dengan isi berkas",
            (true, _, true) => "utuh, penerbitnya dikenal",
            (true, ..) => "utuh",
        };
        terminal.fact("Tanda tangan", &format!("{}: {how}", if one.nama.is_empty() { "tidak terbaca" } else { &one.nama }));
    }
    report.masalah.iter().for_each(|problem| terminal.marked(Severity::Blokir, problem));
    let latihan = report.kode.iter().any(|one| one.daerah.as_deref().is_some_and(|name| name.starts_with("LATIHAN")));
    let said = match report.putusan {
        "sah" => "SAH",
        "terbukti" if report.kode.is_empty() => "UTUH: berkas tidak berubah sejak ditandatangani, tetapi tanpa kode verifikasi",
        "terbukti" => "TERBUKTI: diterbitkan dan ditandatangani daerah itu",
        "dicabut" => "DICABUT",
        "dibekukan" => "DIBEKUKAN: sementara tidak berlaku",
        "belum-ditandatangani" => "BELUM DITANDATANGANI",
        _ => "TIDAK SAH",
    };
    terminal.fact("Putusan", said);
    if latihan {
        terminal.paragraph("Naskah ini dibuat daerah contoh untuk berlatih; tidak berlaku di mana pun.");
    }
    if report.putusan == "terbukti" && !options.kunci.is_empty() {
        terminal.paragraph("Pencabutan hanya diketahui catatan penerbit. Bila ada jaringan, buka alamat dalam kode QR untuk memastikan naskah belum dicabut.");
    }
}

#[cfg(test)]
#[cfg(feature = "documents")]
mod tests {
    use std::{path::PathBuf, sync::Arc};

    use base64::{Engine, prelude::BASE64_URL_SAFE_NO_PAD as BASE64};
    use clap::Parser;
    use ed25519_dalek::{Signer, SigningKey};
    use praja_documents::{Drawer, Signatures};
    use praja_kernel::{Clock, Date, Moment, Zona};
    use praja_module::{
        documents::{Documents, Drawing},
        signing::{Mark, Secret, Signing, Way, Who},
    };

    use super::*;

    const NOW: Moment = Moment(1_795_400_000_000);
    const TOKEN: &str = "7zzzzzzzzzzzzzzzzzzzzzzzzz";

    struct Still;

    impl Clock for Still {
        fn now(&self) -> Moment {
            NOW
        }
    }

    #[derive(Parser)]
    struct Line {
        #[command(flatten)]
        options: DokumenVerifyOptions,
    }

    /// A folder with the public key of a regency, and the address on one of its letters, signed as ADR 0021 fixes it.
    fn regency() -> (tempfile::TempDir, String) {
        let key = SigningKey::from_bytes(&[7; 32]);
        let hex = |bytes: &[u8]| bytes.iter().map(|byte| format!("{byte:02x}")).collect::<String>();
        let public = key.verifying_key();
        let name = hex(&Sha256::digest(public.as_bytes())[..8]);
        let facts =
            format!("Kabupaten Contoh\n{TOKEN}\n000.8.3.3/15/Diskominfo\n2026-11-23\nSurat Dinas\nRatna Wulandari, Kepala Dinas");
        let signature = key.sign(format!("PRAJA-FAKTA 1\n{facts}").as_bytes());
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("kunci.txt"), format!("{name} {}\n", hex(public.as_bytes()))).unwrap();
        let proof = format!("1.{name}.{}.{}", BASE64.encode(&facts), BASE64.encode(signature.to_bytes()));
        (folder, format!("https://contoh.example/v/{TOKEN}#{proof}"))
    }

    fn checked(folder: &Path, what: &str, more: &[&str]) -> Result<Report> {
        let nowhere = folder.join("tidak-ada.yaml").display().to_string();
        let arguments = [&["verify", what, "--config", &nowhere], more].concat();
        examine(&Line::try_parse_from(arguments).unwrap().options)
    }

    fn in_folder(folder: &Path, name: &str) -> String {
        folder.join(name).display().to_string()
    }

    /// A letter with the code as a link, signed by an authority whose certificate lies beside it.
    fn letter(folder: &Path, address: &str) -> PathBuf {
        let (drawer, signing) = (Drawer::in_here(false), Signatures { contoh: false });
        let mut data = drawer.sample("surat-dinas").unwrap();
        data["qr"] = serde_json::json!({ "svg": drawer.code(address).unwrap(), "alamat": "contoh.example/v", "tautan": address });
        let pdf = drawer.draw(&Drawing::new("surat-dinas", data, Date::constant(2026, 11, 23))).unwrap().pdf;
        let authority = signing.new_authority("Kabupaten Contoh", "frasa", NOW).unwrap();
        fs::write(folder.join("otoritas.crt"), signing.certificate(&authority).unwrap()).unwrap();
        let provider = signing.provider(Way::Lokal(authority), Arc::new(Still)).unwrap();
        let who = Who { name: "Ratna Wulandari".into(), post: "Kepala Dinas".into(), ..Who::default() };
        let mark = Mark::new("Ratna Wulandari", "Surat Dinas", "Kotacontoh", NOW, Zona::Wib);
        let signed = provider.sign(&who, &Secret::passphrase("frasa"), &[pdf], &mark).unwrap().remove(0);
        let path = folder.join("surat.pdf");
        fs::write(&path, signed).unwrap();
        path
    }

    #[test]
    fn a_code_is_proven_by_the_key_file_alone_and_one_changed_letter_is_found() {
        let (folder, address) = regency();
        let key = in_folder(folder.path(), "kunci.txt");
        let report = checked(folder.path(), &address, &["--kunci", &key]).unwrap();
        assert_eq!((report.putusan, report.kode[0].nomor.as_deref()), ("terbukti", Some("000.8.3.3/15/Diskominfo")));
        let at = address.len() - 9;
        let other = if &address[at..=at] == "A" { "B" } else { "A" };
        let changed = format!("{}{other}{}", &address[..at], &address[at + 1..]);
        let report = checked(folder.path(), &changed, &["--kunci", &key]).unwrap();
        assert_eq!(report.putusan, "tidak-sah");
        assert!(report.masalah[0].contains("Tanda tangan tidak cocok"), "{:?}", report.masalah);
        fs::write(folder.path().join("lain.txt"), "0011223344556677 00\n").unwrap();
        let stranger = checked(folder.path(), &address, &["--kunci", &in_folder(folder.path(), "lain.txt")]).unwrap();
        assert!(stranger.putusan == "tidak-sah" && stranger.masalah[0].contains("bukan kunci daerah"), "{:?}", stranger.masalah);
    }

    #[test]
    fn without_keys_and_without_an_installation_the_way_to_the_keys_is_told() {
        let (folder, address) = regency();
        let error = checked(folder.path(), &address, &[]).unwrap_err();
        assert!(error.to_string().contains("/v/kunci.txt"), "{error}");
        let error = checked(folder.path(), "surat-yang-tidak-ada.pdf", &[]).unwrap_err();
        assert!(error.to_string().contains("bukan berkas yang ada"), "{error}");
    }

    #[test]
    fn a_signed_file_is_proven_and_one_flipped_bit_or_one_added_line_is_found() {
        let (folder, address) = regency();
        let path = letter(folder.path(), &address);
        let (key, authority) = (in_folder(folder.path(), "kunci.txt"), in_folder(folder.path(), "otoritas.crt"));
        let what = path.display().to_string();
        let look = || checked(folder.path(), &what, &["--kunci", &key, "--otoritas", &authority]).unwrap();
        let report = look();
        assert_eq!((report.putusan, report.kode.len(), report.tanda_tangan.len()), ("terbukti", 1, 1), "{:?}", report.masalah);
        assert!(report.tanda_tangan[0].penerbit_dikenal && report.tanda_tangan[0].utuh);
        let whole = fs::read(&path).unwrap();
        let at = whole.windows(6).position(|six| six == b"stream").unwrap() + 40;
        let mut changed = whole.clone();
        changed[at] ^= 1;
        fs::write(&path, &changed).unwrap();
        let report = look();
        assert!(
            report.putusan == "tidak-sah" && report.masalah[0].contains("diubah sesudah ditandatangani"),
            "{:?}",
            report.masalah
        );
        fs::write(&path, [whole.as_slice(), b"\n% catatan\n"].concat()).unwrap();
        let report = look();
        assert!(report.putusan == "tidak-sah" && report.masalah[0].contains("ditambahkan"), "{:?}", report.masalah);
        fs::write(&path, b"%PDF-1.7 putus").unwrap();
        assert!(look().masalah[0].contains("bukan PDF yang utuh"));
    }

    #[test]
    fn the_records_of_the_regency_tell_what_is_revoked_unknown_or_another_file() {
        let (folder, address) = regency();
        let known: Vec<PublicKey> = keys(&fs::read_to_string(folder.path().join("kunci.txt")).unwrap()).collect();
        let facts = verify::check(&address, &known);
        let record = |status, alasan: Option<&str>| Naskah {
            token: TOKEN.into(),
            objek: "uji:1".into(),
            status,
            jenis: "Surat Dinas".into(),
            nomor: "15".into(),
            tanggal: Date::constant(2026, 11, 23),
            hal: None,
            jabatan: "Kepala Dinas".into(),
            penandatangan: "Ratna Wulandari".into(),
            opd_nama: "Dinas".into(),
            tanda_tangan: verify::TandaTangan::Lokal,
            ditandatangani: Some(NOW),
            sidik: Some("aa".into()),
            bukti: String::new(),
            dicabut: None,
            alasan: alasan.map(str::to_owned),
            pengganti: None,
        };
        for (record, print, expected, words) in [
            (Some(record(Status::Sah, None)), Some("aa"), "sah", ""),
            (Some(record(Status::Sah, None)), Some("bb"), "tidak-sah", "sidiknya berbeda"),
            (Some(record(Status::Dicabut, Some("salah nama"))), None, "dicabut", "salah nama"),
            (Some(record(Status::Dibekukan, Some("sengketa"))), None, "dibekukan", "sengketa"),
            (Some(record(Status::Menunggu, None)), None, "belum-ditandatangani", "belum ditandatangani"),
            (None, None, "tidak-sah", "tidak ada dalam catatan"),
        ] {
            let mut report = Report { putusan: "", masalah: Vec::new(), kode: Vec::new(), tanda_tangan: Vec::new() };
            let state = state(&facts, record.as_ref(), true, print, &mut report);
            assert_eq!(verdict(&[state], &report), expected, "{words}");
            assert!(report.masalah.concat().contains(words), "{:?}", report.masalah);
        }
    }
}
