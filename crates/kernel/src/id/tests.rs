use proptest::prelude::*;

use super::*;

#[test]
fn only_the_canonical_spelling_is_an_identity() {
    let canonical = "019ab3f0-1c2d-7e3f-8a4b-5c6d7e8f9a0b";
    let id: Id = canonical.parse().unwrap();
    assert_eq!(id.to_string(), canonical);
    assert_eq!(format!("{id:?}"), canonical);
    assert_eq!(id.word(), "019ab3f01c2d7e3f8a4b5c6d7e8f9a0b");
    for text in [
        "",
        "019AB3F0-1C2D-7E3F-8A4B-5C6D7E8F9A0B",
        "019ab3f01c2d7e3f8a4b5c6d7e8f9a0b",
        "{019ab3f0-1c2d-7e3f-8a4b-5c6d7e8f9a0b}",
        "urn:uuid:019ab3f0-1c2d-7e3f-8a4b-5c6d7e8f9a0b",
        " 019ab3f0-1c2d-7e3f-8a4b-5c6d7e8f9a0b",
        "019ab3f0-1c2d-7e3f-8a4b-5c6d7e8f9a0",
        "019ab3f0-1c2d-7e3f-8a4b-5c6d7e8f9a0g",
    ] {
        assert_eq!(text.parse::<Id>(), Err(InvalidId), "{text:?}");
    }
}

#[test]
fn an_identity_is_a_uuid_of_version_seven() {
    let id = Id::v7(1_790_000_000_000, [0xff; 10]);
    assert_eq!(Uuid::from_bytes(*id.bytes()).get_version_num(), 7);
    assert_eq!(Id::v7(-1, [3; 10]), Id::v7(0, [3; 10]));
}

proptest! {
    #[test]
    fn identities_sort_by_time(ms in 0i64..1 << 47, gap in 1i64..1 << 40, first: [u8; 10], second: [u8; 10]) {
        let (earlier, later) = (Id::v7(ms, first), Id::v7(ms + gap, second));
        prop_assert!(earlier < later);
        prop_assert!(earlier.to_string() < later.to_string());
        prop_assert!(earlier.word() < later.word());
    }

    #[test]
    fn a_written_identity_reads_back(ms in 0i64..1 << 47, random: [u8; 10]) {
        let id = Id::v7(ms, random);
        prop_assert_eq!(id.to_string().parse(), Ok(id));
    }
}
