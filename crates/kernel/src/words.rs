/// A word, read from storage or from a form, that none of the choices has.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("\"{word}\" bukan {noun} yang dikenal. Pilih salah satu: {known}.")]
pub struct UnknownWord {
    /// What was being chosen, as in "derajat".
    pub noun: &'static str,
    /// The word that was read.
    pub word: String,
    /// The words that exist, separated by commas.
    pub known: String,
}

/// Declares an enum that is stored as a word and shown by a label.
///
/// Gives `ALL`, `as_str()` (the stored word), `label()` (what people read), `parse()`, `FromStr` and serde by the stored word.
/// An unknown word is refused rather than guessed; read from a table it is a Fault.
///
/// ```
/// praja_kernel::words! {
///     /// How a counter was left.
///     pub enum Loket ("keadaan loket") {
///         /// Serves.
///         Buka => "buka", "Buka";
///         /// Does not serve.
///         Tutup => "tutup", "Tutup sementara";
///     }
/// }
/// assert_eq!(Loket::parse("tutup"), Ok(Loket::Tutup));
/// assert_eq!(Loket::Tutup.label(), "Tutup sementara");
/// assert_eq!(Loket::parse("libur").unwrap_err().to_string(), "\"libur\" bukan keadaan loket yang dikenal. Pilih salah satu: buka, tutup.");
/// ```
#[macro_export]
macro_rules! words {
    ($(#[$meta:meta])* $vis:vis enum $name:ident ($noun:literal) {
        $($(#[$doc:meta])* $variant:ident => $word:literal, $label:literal;)+
    }) => {
        $(#[$meta])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        $vis enum $name { $($(#[$doc])* $variant,)+ }

        impl $name {
            /// Every value, in the order in which people see them.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];

            /// The word that is stored.
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $word,)+ }
            }

            /// What people read, in Indonesian.
            pub const fn label(self) -> &'static str {
                match self { $(Self::$variant => $label,)+ }
            }

            /// Reads a stored word; letters must match exactly.
            pub fn parse(word: &str) -> Result<Self, $crate::UnknownWord> {
                Self::ALL.iter().copied().find(|value| value.as_str() == word).ok_or_else(|| $crate::UnknownWord {
                    noun: $noun,
                    word: word.to_owned(),
                    known: Self::ALL.iter().map(|value| value.as_str()).collect::<Vec<_>>().join(", "),
                })
            }
        }

        impl ::std::str::FromStr for $name {
            type Err = $crate::UnknownWord;

            fn from_str(word: &str) -> Result<Self, $crate::UnknownWord> {
                Self::parse(word)
            }
        }

        impl $crate::__serde::Serialize for $name {
            fn serialize<S: $crate::__serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(self.as_str())
            }
        }

        impl<'de> $crate::__serde::Deserialize<'de> for $name {
            fn deserialize<D: $crate::__serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let word = <::std::string::String as $crate::__serde::Deserialize>::deserialize(deserializer)?;
                Self::parse(&word).map_err($crate::__serde::de::Error::custom)
            }
        }
    };
}
