use maud::{Markup, html};

use crate::{Icon, icon};

/// What a state means to the reader. Always shown as colour, word and icon together.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Tone {
    /// Done, allowed, in time.
    Good,
    /// Needs attention soon.
    Warn,
    /// Refused, failed or late.
    Bad,
    /// Something to know.
    Info,
    /// A plain state without judgement.
    #[default]
    Neutral,
}

impl Tone {
    /// The class that carries the colour roles.
    pub const fn class(self) -> &'static str {
        match self {
            Self::Good => "baik",
            Self::Warn => "awas",
            Self::Bad => "buruk",
            Self::Info => "info",
            Self::Neutral => "netral",
        }
    }

    /// The icon that goes with the tone when nothing more telling is given.
    pub const fn icon(self) -> Icon {
        match self {
            Self::Good => Icon::Good,
            Self::Warn => Icon::Warn,
            Self::Bad => Icon::Bad,
            Self::Info => Icon::Info,
            Self::Neutral => Icon::Neutral,
        }
    }
}

/// A state in one word or two, with the tone's own icon.
pub fn badge(tone: Tone, word: &str) -> Markup {
    badge_with(tone, tone.icon(), word)
}

/// A state of more letters may be broken into lines.
const LONG: usize = 14;

/// A state in one word or two, with an icon of your choice.
pub fn badge_with(tone: Tone, drawing: Icon, word: &str) -> Markup {
    // A state told in a sentence would make its column wider than all others together.
    let long = if word.chars().count() > LONG { " panjang" } else { "" };
    html! { span class={ "lencana " (tone.class()) (long) } { (icon(drawing)) span { (word) } } }
}
