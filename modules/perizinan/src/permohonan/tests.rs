use super::{nomor, read_resi, resi};

#[test]
fn a_resi_has_ten_letters_that_cannot_be_confused_and_is_read_however_it_is_typed() {
    let one = resi([0, 31, 32, 255, 7, 8, 9, 10, 11, 12]);
    assert_eq!(one.len(), 10);
    assert!(!one.contains(['0', '1', 'I', 'O']));
    let typed = format!("{}-{} {}", &one[..4].to_lowercase(), &one[4..8], &one[8..]);
    assert_eq!(read_resi(&typed).as_deref(), Some(one.as_str()));
    for wrong in ["", "ABC", "0000000000", "ABCDEFGHJKL", "ABCDEFGHJ'"] {
        assert_eq!(read_resi(wrong), None, "{wrong}");
    }
}

#[test]
fn a_registration_number_names_service_day_and_place_of_the_day() {
    assert_eq!(nomor("SKP", "2026-11-27".parse().unwrap(), 7), "SKP-20261127-0007");
    assert_eq!(nomor("REK", "2026-11-27".parse().unwrap(), 12_345), "REK-20261127-12345");
}
