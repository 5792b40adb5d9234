//! Charts that stay sharp and legible at every width: positions in percent, letters in pixels, a table underneath.

use maud::{Markup, html};

/// One value of a chart.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Point {
    /// What it belongs to: a month, an OPD.
    pub label: String,
    /// The value, in any whole unit.
    pub value: i64,
    /// The value as people read it: "Rp1.250.000", "87,5 %".
    pub shown: String,
}

impl Point {
    /// A value with the words that show it.
    pub fn new(label: impl Into<String>, value: i64, shown: impl Into<String>) -> Self {
        Self { label: label.into(), value, shown: shown.into() }
    }
}

/// Compares few things: one lying bar each, labelled directly. It is a table, so nothing needs to be told twice.
///
/// Bars start at zero; values below zero have no bar, only their number.
pub fn bars(title: &str, label_head: &str, value_head: &str, points: &[Point]) -> Markup {
    let top = points.iter().map(|point| point.value).max().unwrap_or(0).max(1);
    html! {
        figure.grafik {
            figcaption { (title) }
            table.batang {
                thead.senyap { tr { th scope="col" { (label_head) } th scope="col" { (value_head) } } }
                tbody {
                    @for point in points {
                        tr {
                            th scope="row" { (point.label) }
                            td {
                                svg width="100%" height="14" aria-hidden="true" focusable="false" {
                                    rect.alas width="100%" height="14" rx="3" {}
                                    rect.isi-batang width=(percent(share(point.value, 0, top))) height="14" rx="3" {}
                                }
                                span { (point.shown) }
                            }
                        }
                    }
                }
            }
        }
    }
}

/// Height of the drawing of a line chart in pixels, and its margins above and below.
const HEIGHT: f64 = 200.0;
const ABOVE: f64 = 28.0;
const BELOW: f64 = 28.0;

/// Shows how one thing moves over time. The scale starts at zero unless values go below it.
pub fn line(title: &str, label_head: &str, value_head: &str, points: &[Point]) -> Markup {
    let low = points.iter().map(|point| point.value).min().unwrap_or(0).min(0);
    let top = points.iter().map(|point| point.value).max().unwrap_or(0).max(low + 1);
    let place = |at: usize| {
        let across = if points.len() < 2 { 0.5 } else { at as f64 / (points.len() - 1) as f64 };
        let up = share(points[at].value, low, top);
        // Six percent stay free at each side, so that the outer labels are not cut.
        (percent(0.06 + across * 0.88), HEIGHT - BELOW - up * (HEIGHT - ABOVE - BELOW))
    };
    let last = points.len().saturating_sub(1);
    html! {
        figure.grafik {
            figcaption { (title) }
            svg.garis width="100%" height=(HEIGHT) role="img" aria-label=(summary(title, points)) {
                line.sumbu x1="0" x2="100%" y1=(HEIGHT - BELOW) y2=(HEIGHT - BELOW) {}
                @for at in 1..points.len() {
                    @let ((x1, y1), (x2, y2)) = (place(at - 1), place(at));
                    line.ruas x1=(x1) y1=(round(y1)) x2=(x2) y2=(round(y2)) {}
                }
                @for (at, point) in points.iter().enumerate() {
                    @let (x, y) = place(at);
                    circle.titik cx=(x) cy=(round(y)) r="3.5" {}
                    @if at == last || extreme(points, at) { text.nilai x=(x) y=(round(y - 10.0)) text-anchor="middle" { (point.shown) } }
                    text.skala.jarang[at % 3 != 1 && points.len() > 6] x=(x) y=(HEIGHT - 8.0) text-anchor="middle" { (point.label) }
                }
            }
            details.angka-grafik {
                summary { "Lihat angka sebagai tabel" }
                table {
                    thead { tr { th scope="col" { (label_head) } th scope="col" { (value_head) } } }
                    tbody { @for point in points { tr { th scope="row" { (point.label) } td { (point.shown) } } } }
                }
            }
        }
    }
}

/// One of several lines in a chart.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Series {
    /// What it counts: "Masuk", "Selesai".
    pub name: String,
    /// A value for each label.
    pub values: Vec<i64>,
}

impl Series {
    /// A line.
    pub fn new(name: impl Into<String>, values: Vec<i64>) -> Self {
        Self { name: name.into(), values }
    }
}

/// Lines that a reader can still tell apart, by colour and by how they are drawn.
const MOST_LINES: usize = 4;

/// Compares how up to four things move over the same time. Each line has its own colour and stroke, and every value is in the table.
pub fn lines(title: &str, label_head: &str, labels: &[String], series: &[Series]) -> Markup {
    let series = &series[..series.len().min(MOST_LINES)];
    let all = || series.iter().flat_map(|one| one.values.iter().copied());
    let low = all().min().unwrap_or(0).min(0);
    let top = all().max().unwrap_or(0).max(low + 1);
    let place = |at: usize, value: i64| {
        let across = if labels.len() < 2 { 0.5 } else { at as f64 / (labels.len() - 1) as f64 };
        (percent(0.06 + across * 0.88), round(HEIGHT - BELOW - share(value, low, top) * (HEIGHT - ABOVE - BELOW)))
    };
    html! {
        figure.grafik {
            figcaption { (title) }
            ul.deret {
                @for (at, one) in series.iter().enumerate() {
                    li { svg.garis width="28" height="12" aria-hidden="true" { line class={ "ruas ruas-" (at + 1) } x1="0" x2="28" y1="6" y2="6" {} } (one.name) }
                }
            }
            svg.garis width="100%" height=(HEIGHT) role="img" aria-label={ (title) ". Angka lengkap ada di tabel." } {
                line.sumbu x1="0" x2="100%" y1=(HEIGHT - BELOW) y2=(HEIGHT - BELOW) {}
                @for (at, one) in series.iter().enumerate() {
                    @for (step, pair) in one.values.windows(2).enumerate() {
                        @let ((x1, y1), (x2, y2)) = (place(step, pair[0]), place(step + 1, pair[1]));
                        line class={ "ruas ruas-" (at + 1) } x1=(x1) y1=(y1) x2=(x2) y2=(y2) {}
                    }
                    @if let [only] = one.values[..] { @let (x, y) = place(0, only); circle.titik cx=(x) cy=(y) r="3.5" {} }
                }
                @for (at, label) in labels.iter().enumerate() {
                    text.skala.jarang[at % 3 != 1 && labels.len() > 6] x=(place(at, low).0) y=(HEIGHT - 8.0) text-anchor="middle" { (label) }
                }
            }
            details.angka-grafik {
                summary { "Lihat angka sebagai tabel" }
                table {
                    thead { tr { th scope="col" { (label_head) } @for one in series { th scope="col" { (one.name) } } } }
                    tbody {
                        @for (at, label) in labels.iter().enumerate() {
                            tr { th scope="row" { (label) } @for one in series { td { @if let Some(value) = one.values.get(at) { (value) } @else { "–" } } } }
                        }
                    }
                }
            }
        }
    }
}

/// Only the first highest value is labelled (and the last one): more would crowd a phone.
fn extreme(points: &[Point], at: usize) -> bool {
    let top = points.iter().map(|point| point.value).max();
    points.iter().position(|point| Some(point.value) == top) == Some(at)
        // A neighbour of the last label would overlap it.
        && at + 2 < points.len().max(2)
}

fn summary(title: &str, points: &[Point]) -> String {
    match (points.first(), points.last()) {
        (Some(first), Some(last)) => {
            format!(
                "{title}: dari {} ({}) sampai {} ({}). Angka lengkap ada di tabel.",
                first.shown, first.label, last.shown, last.label
            )
        }
        _ => format!("{title}: belum ada angka."),
    }
}

fn share(value: i64, low: i64, top: i64) -> f64 {
    let (value, low, top) = (value as f64, low as f64, top as f64);
    ((value - low) / (top - low)).clamp(0.0, 1.0)
}

fn percent(share: f64) -> String {
    format!("{:.2}%", share * 100.0)
}

fn round(pixels: f64) -> String {
    format!("{pixels:.1}")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn months(values: &[i64]) -> Vec<Point> {
        values.iter().enumerate().map(|(at, value)| Point::new(format!("B{at}"), *value, value.to_string())).collect()
    }

    #[test]
    fn the_longest_bar_is_whole_and_half_of_it_is_half() {
        let drawn = bars("Surat per OPD", "OPD", "Surat", &months(&[10, 5, 0, -3])).into_string();
        for width in ["100.00%", "50.00%", "0.00%"] {
            assert!(drawn.contains(&format!(r#"class="isi-batang" width="{width}""#)), "{drawn}");
        }
        assert!(drawn.contains("<span>-3</span>"));
    }

    #[test]
    fn a_line_has_a_table_and_a_sentence() {
        let drawn = line("Surat masuk", "Bulan", "Surat", &months(&[3, 9, 4, 6])).into_string();
        assert!(drawn.contains("Surat masuk: dari 3 (B0) sampai 6 (B3)."));
        assert_eq!(drawn.matches("class=\"ruas\"").count(), 3);
        assert_eq!(drawn.matches("<th scope=\"row\">").count(), 4);
        assert!(!drawn.contains("NaN") && !drawn.contains("style="));
    }

    #[test]
    fn several_lines_are_told_apart_and_all_their_values_are_in_the_table() {
        let labels: Vec<String> = ["Jan", "Feb", "Mar"].map(str::to_owned).into();
        let series = [Series::new("Masuk", vec![3, 9, 4]), Series::new("Selesai", vec![1, 7])];
        let drawn = lines("Surat", "Bulan", &labels, &series).into_string();
        assert_eq!((drawn.matches("ruas-1\"").count(), drawn.matches("ruas-2\"").count()), (3, 2), "with the sample in the key");
        assert_eq!(drawn.matches("<td>").count(), 6);
        assert!(drawn.contains("<td>–</td>"), "a missing value is no zero");
        assert!(!lines("Surat", "Bulan", &[], &[]).into_string().contains("NaN"));
    }

    #[test]
    fn a_chart_of_nothing_or_of_one_value_is_drawn() {
        for values in [&[][..], &[0][..], &[7][..], &[i64::MAX, i64::MIN][..]] {
            let drawn = line("x", "y", "z", &months(values)).into_string() + &bars("x", "y", "z", &months(values)).into_string();
            assert!(!drawn.contains("NaN") && !drawn.contains("inf"), "{drawn}");
        }
    }
}
