//! Colours: contrast as WCAG 2.2 measures it, and an accent of the regency's choice made readable on both themes.

use std::fmt;

/// Paper of the light theme: page, then what lies on it. `praja.css` uses the same values (a test compares).
pub const LIGHT: Paper = Paper { surface: Rgb(0xf6, 0xf5, 0xf1), raised: Rgb(0xff, 0xff, 0xff), sunken: Rgb(0xee, 0xed, 0xe7) };
/// Paper of the dark theme.
pub const DARK: Paper = Paper { surface: Rgb(0x13, 0x18, 0x19), raised: Rgb(0x1b, 0x22, 0x23), sunken: Rgb(0x26, 0x2e, 0x30) };
/// Contrast that WCAG 2.2 AA asks of text (success criterion 1.4.3).
pub const READABLE: f64 = 4.5;
/// What a shade is brought to when it has to be adjusted at all: a little more than the least allowed.
const COMFORTABLE: f64 = 5.2;

/// The backgrounds of one theme.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Paper {
    /// The page.
    pub surface: Rgb,
    /// Cards, tables, bars.
    pub raised: Rgb,
    /// Table heads, hovered rows.
    pub sunken: Rgb,
}

/// A colour in sRGB, 8 bits each of red, green and blue.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Rgb(pub u8, pub u8, pub u8);

/// The accent colour of a regency, a valid `#rrggbb`. The default is a deep teal.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Accent(Rgb);

/// A text that is not a colour of the form `#rrggbb`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InvalidColor(String);

impl fmt::Display for InvalidColor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "warna {:?} bukan bentuk #rrggbb, misalnya #0e5a63", self.0)
    }
}

impl std::error::Error for InvalidColor {}

impl fmt::Display for Rgb {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "#{:02x}{:02x}{:02x}", self.0, self.1, self.2)
    }
}

impl Rgb {
    const BLACK: Self = Self(0, 0, 0);
    const WHITE: Self = Self(255, 255, 255);

    /// Reads `#rrggbb` or `rrggbb`.
    ///
    /// # Errors
    /// [`InvalidColor`] for anything else.
    pub fn parse(text: &str) -> Result<Self, InvalidColor> {
        let wrong = || InvalidColor(text.chars().take(20).collect());
        let digits = text.strip_prefix('#').unwrap_or(text);
        if digits.len() != 6 || !digits.bytes().all(|byte| byte.is_ascii_hexdigit()) {
            return Err(wrong());
        }
        let number = u32::from_str_radix(digits, 16).map_err(|_| wrong())?;
        let [_, red, green, blue] = number.to_be_bytes();
        Ok(Self(red, green, blue))
    }

    /// Relative luminance, 0 (black) to 1 (white), as WCAG 2.2 defines it.
    pub fn luminance(self) -> f64 {
        let channel = |value: u8| {
            let share = f64::from(value) / 255.0;
            if share <= 0.04045 { share / 12.92 } else { ((share + 0.055) / 1.055).powf(2.4) }
        };
        0.2126 * channel(self.0) + 0.7152 * channel(self.1) + 0.0722 * channel(self.2)
    }

    /// Contrast ratio between two colours, 1 to 21, as WCAG 2.2 defines it.
    pub fn contrast(self, other: Self) -> f64 {
        let (one, two) = (self.luminance(), other.luminance());
        (one.max(two) + 0.05) / (one.min(two) + 0.05)
    }

    /// This colour with `percent` of another mixed in (0 to 100).
    pub fn mix(self, other: Self, percent: u8) -> Self {
        let percent = u32::from(percent.min(100));
        let channel = |a: u8, b: u8| {
            let mixed = (u32::from(a) * (100 - percent) + u32::from(b) * percent + 50) / 100;
            u8::try_from(mixed).unwrap_or(u8::MAX)
        };
        Self(channel(self.0, other.0), channel(self.1, other.1), channel(self.2, other.2))
    }

    /// The nearest darker (or, on dark backgrounds, lighter) shade of the same hue that is readable on every background given.
    ///
    /// A colour that already is readable stays as it is.
    pub fn readable_on(self, backgrounds: &[Self]) -> Self {
        let reaches = |shade: &Self, ratio: f64| backgrounds.iter().all(|background| shade.contrast(*background) >= ratio);
        if reaches(&self, READABLE) {
            return self;
        }
        let light = backgrounds.iter().map(|one| one.luminance()).sum::<f64>() / backgrounds.len().max(1) as f64 > 0.18;
        let (hue, saturation, lightness) = self.hsl();
        (1..=100)
            .map(|step| {
                let share = f64::from(step) / 100.0;
                // A strong colour glares on dark paper, so that lighter shades are a little calmer.
                if light {
                    Self::from_hsl(hue, saturation, lightness * (1.0 - share))
                } else {
                    Self::from_hsl(hue, saturation * 0.7, lightness + (1.0 - lightness) * share)
                }
            })
            .find(|shade| reaches(shade, COMFORTABLE))
            .unwrap_or(if light { Self::BLACK } else { Self::WHITE })
    }

    /// Hue in degrees, saturation and lightness from 0 to 1.
    fn hsl(self) -> (f64, f64, f64) {
        let [red, green, blue] = [self.0, self.1, self.2].map(|channel| f64::from(channel) / 255.0);
        let (top, low) = (red.max(green).max(blue), red.min(green).min(blue));
        let (spread, lightness) = (top - low, f64::midpoint(top, low));
        if spread <= f64::EPSILON {
            return (0.0, 0.0, lightness);
        }
        let sixth = match top {
            _ if top <= red => ((green - blue) / spread).rem_euclid(6.0),
            _ if top <= green => (blue - red) / spread + 2.0,
            _ => (red - green) / spread + 4.0,
        };
        (sixth * 60.0, spread / (1.0 - (2.0 * lightness - 1.0).abs()), lightness)
    }

    fn from_hsl(hue: f64, saturation: f64, lightness: f64) -> Self {
        let reach = saturation * lightness.min(1.0 - lightness);
        let channel = |offset: f64| {
            let place = (offset + hue / 30.0).rem_euclid(12.0);
            let value = lightness - reach * (place - 3.0).min(9.0 - place).clamp(-1.0, 1.0);
            // In range by construction; the cast cannot cut anything off.
            (value * 255.0).round().clamp(0.0, 255.0) as u8
        };
        Self(channel(0.0), channel(8.0), channel(4.0))
    }
}

impl Default for Accent {
    fn default() -> Self {
        Self(Rgb(0x0e, 0x5a, 0x63))
    }
}

impl Accent {
    /// Reads `#rrggbb` as written in the region pack.
    ///
    /// # Errors
    /// [`InvalidColor`] for anything else: names of colours and short forms are refused.
    pub fn parse(text: &str) -> Result<Self, InvalidColor> {
        Rgb::parse(text).map(Self)
    }

    /// The colour as chosen, before any adjustment, as `#rrggbb`.
    pub fn hex(&self) -> String {
        self.0.to_string()
    }

    /// The roles of the accent on one paper: the accent itself, what is written on it, and a faint wash of it.
    pub fn on(&self, paper: &Paper) -> AccentRoles {
        let backgrounds = [paper.surface, paper.raised, paper.sunken];
        let mut accent = self.0.readable_on(&backgrounds);
        let mut soft = paper.raised.mix(accent, 12);
        // The wash lies under text in the accent's colour too, so it counts as a background of its own.
        if accent.contrast(soft) < READABLE {
            accent = accent.readable_on(&[paper.surface, paper.raised, paper.sunken, soft]);
            soft = paper.raised.mix(accent, 8);
        }
        let ink = [Rgb::WHITE, DARK.surface].into_iter().max_by(|a, b| a.contrast(accent).total_cmp(&b.contrast(accent)));
        AccentRoles { accent, ink: ink.unwrap_or(Rgb::WHITE), soft }
    }
}

/// How an accent appears on one theme.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct AccentRoles {
    /// Links, primary buttons, the active mark: readable on every paper of the theme.
    pub accent: Rgb,
    /// Text on the accent.
    pub ink: Rgb,
    /// A faint wash behind what is chosen.
    pub soft: Rgb,
}

/// The sheet that gives a regency its accent on both themes. Served as its own file (see [`crate::assets::theme_url`]).
pub fn theme_css(accent: &Accent) -> String {
    let rule = |paper: &Paper| {
        let roles = accent.on(paper);
        format!("--accent:{};--accent-ink:{};--accent-soft:{}", roles.accent, roles.ink, roles.soft)
    };
    let (light, dark) = (rule(&LIGHT), rule(&DARK));
    format!(
        ":root{{{light}}}\n@media (prefers-color-scheme:dark){{:root:not([data-tema=terang]){{{dark}}}}}\n:root[data-tema=gelap]{{{dark}}}\n\
         @media print{{:root,:root[data-tema]{{{light}}}}}\n"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    const TRIED: [&str; 14] = [
        "#0e5a63", "#ffff00", "#ffffff", "#000000", "#7a1f3d", "#1a5fb4", "#00ff00", "#ff0000", "#0000ff", "#777777", "#f5c518",
        "#123456", "#c0ffee", "#e8e8e8",
    ];

    #[test]
    fn contrast_is_what_the_standard_says() {
        assert!((Rgb::BLACK.contrast(Rgb::WHITE) - 21.0).abs() < 1e-9);
        assert!((Rgb(0x76, 0x76, 0x76).contrast(Rgb::WHITE) - 4.54).abs() < 0.01);
        assert!((Rgb::WHITE.contrast(Rgb::WHITE) - 1.0).abs() < 1e-9);
    }

    #[test]
    fn every_accent_becomes_readable_on_both_themes() {
        for text in TRIED {
            let accent = Accent::parse(text).expect("valid");
            for paper in [LIGHT, DARK] {
                let roles = accent.on(&paper);
                for background in [paper.surface, paper.raised, paper.sunken, roles.soft] {
                    assert!(roles.accent.contrast(background) >= READABLE, "{text}: {} on {background}", roles.accent);
                }
                assert!(roles.ink.contrast(roles.accent) >= READABLE, "{text}: {} on {}", roles.ink, roles.accent);
            }
        }
    }

    #[test]
    fn a_shade_keeps_its_hue() {
        let (hue, ..) = Rgb(0x7a, 0x1f, 0x3d).hsl();
        let (lighter, ..) = Rgb(0x7a, 0x1f, 0x3d).readable_on(&[DARK.surface]).hsl();
        assert!((hue - lighter).abs() < 3.0, "{hue} {lighter}");
        for text in TRIED {
            let color = Rgb::parse(text).expect("valid");
            let (hue, saturation, lightness) = color.hsl();
            assert_eq!(Rgb::from_hsl(hue, saturation, lightness), color, "{text}");
        }
    }

    #[test]
    fn a_readable_accent_is_left_alone() {
        let teal = Accent::default();
        assert_eq!(teal.on(&LIGHT).accent.to_string(), "#0e5a63");
        assert_ne!(teal.on(&DARK).accent.to_string(), "#0e5a63");
    }

    #[test]
    fn only_six_hexadecimal_digits_are_a_colour() {
        for text in ["", "#fff", "teal", "#12345g", "#1234567", "}body{", "+12345", "#é1234"] {
            assert!(Accent::parse(text).is_err(), "{text}");
        }
        assert_eq!(Accent::parse("0E5A63").expect("valid").hex(), "#0e5a63");
    }

    #[test]
    fn the_style_sheet_uses_the_same_paper_and_default_accent() {
        let sheet = String::from_utf8(crate::assets::find("praja.css").expect("embedded").bytes.into_owned()).expect("text");
        for (paper, roles) in [(LIGHT, Accent::default().on(&LIGHT)), (DARK, Accent::default().on(&DARK))] {
            for (role, color) in [
                ("surface", paper.surface),
                ("raised", paper.raised),
                ("sunken", paper.sunken),
                ("accent", roles.accent),
                ("accent-ink", roles.ink),
                ("accent-soft", roles.soft),
            ] {
                assert!(sheet.contains(&format!("--{role}: {color};")), "--{role}: {color};");
            }
        }
    }

    /// Reads `--role: #rrggbb;` out of the part of the sheet that carries a theme.
    fn role(part: &str, role: &str) -> Rgb {
        let start = part.find(&format!("--{role}: #")).unwrap_or_else(|| panic!("{role}")) + role.len() + 4;
        Rgb::parse(&part[start..start + 7]).expect("a colour")
    }

    #[test]
    fn every_role_of_text_is_readable_on_every_paper() {
        let sheet = String::from_utf8(crate::assets::find("praja.css").expect("embedded").bytes.into_owned()).expect("text");
        let dark = sheet.split(":root[data-tema=gelap]").nth(1).expect("dark part");
        for (part, paper) in [(sheet.as_str(), LIGHT), (dark, DARK)] {
            for ink in ["ink", "ink-muted", "good", "warn", "bad", "info"] {
                for background in [paper.surface, paper.raised, paper.sunken] {
                    let ratio = role(part, ink).contrast(background);
                    assert!(ratio >= READABLE, "{ink} on {background}: {ratio:.2}");
                }
            }
            for tone in ["good", "warn", "bad", "info"] {
                let ratio = role(part, tone).contrast(role(part, &format!("{tone}-soft")));
                assert!(ratio >= READABLE, "{tone} on its wash: {ratio:.2}");
            }
        }
    }
}
