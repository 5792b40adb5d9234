use crate::naskah::{
    Refusal, Status,
    alur::{Langkah, go},
};

/// Every pair of state and act that leads anywhere, when everybody has initialled.
const WAYS: &[(Status, Langkah, Status)] = &[
    (Status::Konsep, Langkah::Ajukan, Status::SiapTte),
    (Status::Dikoreksi, Langkah::Ajukan, Status::SiapTte),
    (Status::Paraf, Langkah::Paraf, Status::SiapTte),
    (Status::Paraf, Langkah::Kembalikan, Status::Dikoreksi),
    (Status::SiapTte, Langkah::Kembalikan, Status::Dikoreksi),
    (Status::Paraf, Langkah::Tarik, Status::Konsep),
    (Status::SiapTte, Langkah::Tarik, Status::Konsep),
    (Status::SiapTte, Langkah::Tolak, Status::Ditolak),
    (Status::SiapTte, Langkah::Nomori, Status::Menandatangani),
    (Status::Menandatangani, Langkah::Lepas, Status::SiapTte),
    (Status::Menandatangani, Langkah::Tandatangani, Status::Tertandatangani),
    (Status::Tertandatangani, Langkah::Kirim, Status::Dikirim),
    (Status::Tertandatangani, Langkah::Cabut, Status::Dicabut),
    (Status::Dikirim, Langkah::Cabut, Status::Dicabut),
    (Status::Diberkaskan, Langkah::Cabut, Status::Dicabut),
    (Status::Tertandatangani, Langkah::Berkaskan, Status::Diberkaskan),
    (Status::Dikirim, Langkah::Berkaskan, Status::Diberkaskan),
    (Status::Diberkaskan, Langkah::Keluarkan, Status::Dikirim),
];

#[test]
fn every_pair_of_state_and_act_is_decided() {
    for &status in Status::ALL {
        for &langkah in Langkah::ALL {
            let expected = WAYS.iter().find(|(from, act, _)| *from == status && *act == langkah).map(|(.., to)| *to);
            let decided = go(status, langkah, true);
            match expected {
                Some(to) => assert_eq!(decided, Ok(to), "{status:?} {langkah:?}"),
                None => assert_eq!(decided, Err(Refusal::NotNow { langkah, status }), "{status:?} {langkah:?}"),
            }
        }
    }
}

#[test]
fn a_naskah_waits_in_the_chain_until_everybody_has_initialled() {
    assert_eq!(go(Status::Konsep, Langkah::Ajukan, false), Ok(Status::Paraf));
    assert_eq!(go(Status::Paraf, Langkah::Paraf, false), Ok(Status::Paraf));
}

#[test]
fn what_is_signed_never_becomes_a_draft_again() {
    let signed = [Status::Tertandatangani, Status::Dikirim, Status::Diberkaskan, Status::Dicabut];
    for status in signed {
        for &langkah in Langkah::ALL {
            if let Ok(after) = go(status, langkah, true) {
                assert!(signed.contains(&after), "{status:?} {langkah:?}");
            }
        }
    }
}
