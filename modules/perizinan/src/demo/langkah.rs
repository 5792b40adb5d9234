//! What officers do with the applications of the demo, each at its hour.

use praja_desk::{
    attachments,
    registers::{self, Register},
    verify,
};
use praja_identity::opd;
use praja_kernel::{Actor, Id, Moment, Scope, Sifat};
use praja_module::{Instance, Problem, Upload};
use praja_store::{By, Keys, PutError, Result, StoreError, Tx};

use super::{kertas, permohonan::Aksi};
use crate::{
    alur::{Langkah, Meja, Status},
    izin::{self, Keadaan, dokumen},
    jenis::{self, Jenis},
    peristiwa,
    permohonan::{
        AlasanLompat, AlasanTolak, Permohonan,
        isian::Jawaban,
        store,
        write::{self, Catatan, Kerja},
    },
    rekomendasi, sla, survei,
};

pub(super) fn fault(problem: Problem) -> StoreError {
    match problem {
        Problem::Store(e) => e,
        Problem::Refused(refusal) => StoreError::Statement(refusal.message()),
        other => StoreError::Statement(format!("{other:?}")),
    }
}

pub(super) fn put(instance: &Instance, name: &str, bytes: &[u8]) -> Result<Upload> {
    let blob = instance.blobs.put(&mut &*bytes, attachments::MAX_BYTES).map_err(|e| match e {
        PutError::Store(e) => e,
        other => StoreError::Corrupt(format!("a demo paper: {other:?}")),
    })?;
    Ok(Upload { field: String::new(), name: name.to_owned(), head: bytes.get(..512).unwrap_or(bytes).to_vec(), blob })
}

/// Does what is next, as whoever has it; what does not fit (it was refused, or is not there yet) is left.
pub(super) fn step(instance: &Instance, id: Id, at: Moment, aksi: Aksi) -> Result<()> {
    let Some(one) = instance.db.read(|tx| store::get(tx, id))? else { return Ok(()) };
    let jenis = instance.db.read(|tx| jenis::store::version(tx, one.jenis_versi))?;
    let local = instance.zona.local(at);
    let team = instance.db.read(|tx| survei::present(tx, id))?.map(|(_, team)| team).unwrap_or_default();
    let actor = match (one.petugas, one.status) {
        (Some(orang), _) => Actor::Pegawai { id: orang, nama: one.petugas_nama.clone() },
        (None, Status::Dikembalikan) => Actor::Sistem { tugas: Actor::PUBLIK.into() },
        (None, _) => match team.into_iter().next().filter(|_| one.meja == Meja::Surveyor) {
            Some(first) => Actor::Pegawai { id: first.orang, nama: first.nama },
            None => Scope::system("perizinan.load-demo").actor,
        },
    };
    let by = By { actor, jabatan: None, opd: Some(one.opd), at, ids: instance.ids.clone() };
    let keys = Keys::of([
        write::turn_key(one.opd),
        write::turn_key(one.opd_teknis.unwrap_or(one.opd)),
        Register::on(one.opd, izin::KELOMPOK, local.date()).lock(),
    ]);
    let paper = match aksi {
        Aksi::Terbitkan if one.status == Status::Tte => {
            let words = [jenis.nama.as_str(), "CONTOH UNTUK LATIHAN, tidak berlaku", one.pemohon.nama.as_str(), one.sebutan()];
            Some(put(instance, "dokumen-contoh.pdf", &kertas::pdf(&words))?)
        }
        _ => None,
    };
    let issuer = verify::Issuer::of(instance);
    instance.db.write(&by, keys, move |tx| {
        let kerja = Kerja::on(tx, local)?;
        act(tx, &kerja, one.clone(), &jenis, aksi, paper.as_ref(), &issuer).map_err(fault)
    })
}

fn act(
    tx: &mut Tx<'_>,
    kerja: &Kerja,
    mut one: Permohonan,
    jenis: &Jenis,
    aksi: Aksi,
    paper: Option<&Upload>,
    issuer: &verify::Issuer,
) -> std::result::Result<(), Problem> {
    let langkah = match aksi {
        Aksi::Ajukan => return Ok(()),
        Aksi::Kembalikan => Langkah::Kembalikan,
        Aksi::Perbaiki => Langkah::Ajukan,
        Aksi::Dahulukan => Langkah::NyatakanLengkap,
        Aksi::Langkah(langkah) => langkah,
        Aksi::Terbitkan => Langkah::Tandatangani,
    };
    if crate::alur::next(one.status, langkah, &one.keadaan()).is_err() {
        return Ok(());
    }
    let mut note = Catatan::default();
    match langkah {
        Langkah::Kembalikan => {
            let pesan = "Surat permohonan: buram atau terpotong. Pindai ulang sampai tanda tangan terlihat.".to_owned();
            let first = jenis.syarat.first().map_or_else(String::new, |syarat| format!("syarat:{}", syarat.kode));
            let defect = store::Kekurangan {
                putaran: 1,
                tentang: first,
                kode: "buram".into(),
                pesan,
                selesai: false,
                sidik: String::new(),
            };
            let by = tx.by()?.actor.key();
            store::add_defect(tx, one.id, &defect, &by)?;
            note = Catatan::umum("1 kekurangan perlu diperbaiki.");
        }
        Langkah::Ajukan => store::mend_all(tx, one.id)?,
        // A reason stands only where somebody really waits longer, as at the desks themselves.
        Langkah::NyatakanLengkap if matches!(aksi, Aksi::Dahulukan) && store::first_in_line(tx, &one)?.is_some() => {
            note = note.lompat(Some(AlasanLompat::Rentan));
        }
        Langkah::MintaRekomendasi => {
            if let Some(opd) = one.opd_teknis {
                let jam = sla::Jam { sla: one.sla, mulai: one.mulai, terpakai: one.terpakai, lanjut: one.lanjut };
                let share =
                    sla::share(&kerja.calendar, &jam, kerja.today, jenis.sla.rekomendasi_persen).map_err(write::beyond)?;
                rekomendasi::store::insert(tx, one.id, opd, kerja.today, share.hari, share.tenggat.date)?;
            }
        }
        Langkah::BeriRekomendasi => {
            if let Some(open) = rekomendasi::store::open(tx, one.id)? {
                let used = kerja.calendar.working_days_between(open.hari_diminta, kerja.today).map_err(write::beyond)?;
                rekomendasi::store::answer(tx, &open, rekomendasi::Hasil::Setuju, "Sesuai rencana tata ruang.", used)?;
            }
            note = Catatan::umum("Sesuai rencana tata ruang.").kode("setuju");
        }
        Langkah::JadwalkanSurvei => {
            let team = survei::rencana::surveyors(tx, kerja, &one)?;
            let day = kerja.calendar.add_working_days(kerja.today, 1).map_err(write::beyond)?.date;
            survei::store::insert(tx, one.id, day, "09.00", &team)?;
            note = Catatan::umum(format!("Pemeriksaan lapangan {} pukul 09.00.", praja_kernel::tanggal_panjang(day)));
        }
        // Where somebody practises, the first officer has written the report and the second is to stand by it.
        Langkah::MulaiBap => {
            if let Some(open) = survei::store::of(tx, one.id)?.into_iter().find(|one| one.hasil.is_none()) {
                let bap = survei::bap::contoh(jenis);
                let team = survei::store::officers(tx, open.id)?;
                if let Some(writer) = team.first() {
                    survei::store::report(tx, &open, "sesuai", &bap.written(), &writer.nama)?;
                    survei::store::confirm(tx, open.id, writer.orang, None)?;
                }
            }
        }
        Langkah::CatatBap => {
            if let Some(open) = survei::store::of(tx, one.id)?.into_iter().next() {
                for petugas in survei::store::officers(tx, open.id)? {
                    survei::store::confirm(tx, open.id, petugas.orang, None)?;
                }
                if let Some(written) = survei::store::get(tx, open.id)? {
                    survei::store::finish(tx, &written, None)?;
                }
            }
        }
        Langkah::Tolak => {
            let dasar = "Peraturan Daerah contoh tentang penyelenggaraan pelayanan";
            (one.kode_tolak, one.dasar_tolak) = (Some(AlasanTolak::Syarat.as_str().into()), Some(dasar.into()));
            note = Catatan::umum(format!("Surat permohonan tidak dapat dibenarkan pemberinya. Dasar: {dasar}"))
                .kode(AlasanTolak::Syarat.as_str());
        }
        Langkah::KirimParaf => one.sisa_paraf.clone_from(&jenis.alur.paraf),
        Langkah::Tandatangani => {
            let nomor = issue(tx, kerja, &one, jenis, paper, issuer)?;
            note = Catatan::umum(format!("Nomor {nomor}."));
        }
        Langkah::Serahkan => note = Catatan::umum(format!("Diterima {}.", one.pemohon.nama)),
        _ => {}
    }
    write::act(tx, kerja, one, langkah, &note).map(|_| ())
}

/// Number, code and file of what is issued, as signed on paper.
fn issue(
    tx: &mut Tx<'_>,
    kerja: &Kerja,
    one: &Permohonan,
    jenis: &Jenis,
    paper: Option<&Upload>,
    issuer: &verify::Issuer,
) -> std::result::Result<String, Problem> {
    let who = dokumen::penanda(tx, one.opd, kerja.today)?.ok_or(Problem::NotFound)?;
    let office = opd::get(tx, one.opd)?.ok_or(Problem::NotFound)?;
    let unit = office.singkatan.to_uppercase();
    let id = tx.new_id()?;
    let register = Register::on(one.opd, izin::KELOMPOK, kerja.today);
    let drawn = registers::draw(tx, &register, &izin::objek(id), |urut| {
        dokumen::number(jenis, &unit, kerja.today, urut).unwrap_or_default()
    })?;
    let issued = verify::issue(
        tx,
        issuer,
        &verify::New {
            objek: izin::objek(id),
            jenis: jenis.nama.clone(),
            nomor: drawn.nomor.clone(),
            tanggal: kerja.today,
            hal: format!("{} untuk {}", jenis.nama, one.pemohon.nama),
            sifat: Sifat::Biasa,
            jabatan: who.display(),
            penandatangan: who.nama.clone(),
            opd_nama: office.nama,
            tanda_tangan: verify::TandaTangan::Basah,
            ditandatangani: Some(tx.now()?),
            sidik: paper.map(|paper| paper.blob.sidik.clone()),
        },
    )?;
    let lampiran = match paper {
        Some(paper) => Some(attachments::attach(tx, &izin::objek(id), &[], paper)?),
        None => None,
    };
    let (subject, lokasi) = izin::subject(jenis, one);
    let izin = izin::store::Izin {
        id,
        permohonan: Some(one.id),
        jenis: one.jenis,
        jenis_nama: jenis.nama.clone(),
        nomor: drawn.nomor.clone(),
        urut: drawn.urut,
        tanggal: kerja.today,
        nama: one.pemohon.nama.clone(),
        nik: one.pemohon.nik.full().to_owned(),
        objek: subject,
        lokasi,
        keadaan: Keadaan::Aktif,
        berlaku_dari: kerja.today,
        berlaku_sampai: izin::until(&jenis.masa, kerja.today, &Jawaban::read(&one.isian)),
        lama: None,
        pengganti: None,
        token: Some(issued.token),
        lampiran,
        penandatangan: who.nama.clone(),
        jabatan: who.display(),
        peringatan: 0,
        created_at: tx.now()?,
        versi: 1,
    };
    izin::store::insert(tx, &izin)?;
    izin::store::add_event(tx, id, "terbit", "", "")?;
    // Leaders read the figures of the months; the archive takes what is old by itself.
    peristiwa::store::count(tx, one.opd, &peristiwa::bulan(kerja.today), &jenis.kode, peristiwa::Hitung::Terbit)?;
    Ok(drawn.nomor)
}
