use praja_kernel::Moment;

use super::{bulan, jam, lama, median};

#[test]
fn the_median_of_a_histogram_is_its_middle_value() {
    assert_eq!(median(&[]), None);
    assert_eq!(median(&[(7, 1)]), Some(7));
    assert_eq!(median(&[(9, 1), (1, 1), (4, 1)]), Some(4));
    assert_eq!(median(&[(1, 1), (2, 1)]), Some(1), "of two the lower");
    assert_eq!(median(&[(100, 1), (2, 5)]), Some(2));
    assert_eq!(median(&[(3, 0), (8, 2)]), Some(8));
}

#[test]
fn a_median_is_never_outside_its_values_and_never_falls_when_values_rise() {
    for low in 0..20 {
        for high in low..20 {
            let middle = median(&[(low, 3), (high, 2)]).unwrap();
            assert!((low..=high).contains(&middle));
            assert!(median(&[(low + 1, 3), (high + 1, 2)]).unwrap() > middle);
        }
    }
}

#[test]
fn durations_read_as_people_say_them() {
    for (hours, words) in [(0, "kurang dari 1 jam"), (5, "5 jam"), (24, "1 hari"), (51, "2 hari 3 jam"), (250, "10 hari")] {
        assert_eq!(lama(hours), words);
    }
    assert_eq!(jam(Moment(0), Moment(7_300_000)), 2);
    assert_eq!(jam(Moment(9), Moment(0)), 0);
    assert_eq!(bulan("2026-03-09".parse().unwrap()), "2026-03");
}
