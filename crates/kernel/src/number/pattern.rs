use std::{fmt, str::FromStr};

use jiff::civil::date;

use super::{NumberParts, NumberToken};
use crate::bulan_romawi;

/// How letter numbers of one kind look: literal text and tokens, for example `{klas}/{no}/{unit}`.
///
/// ```
/// use praja_kernel::{Date, NumberParts, NumberPattern};
///
/// let pattern: NumberPattern = "{klas}/{no:03}/{unit}/{tahun}".parse()?;
/// let date = Date::new(2026, 11, 22).expect("a real day");
/// let number = pattern.render(&NumberParts::new(41, date).klas("503").unit("DPMPTSP"))?;
/// assert_eq!(number, "503/041/DPMPTSP/2026");
/// # Ok::<(), praja_kernel::PatternError>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct NumberPattern {
    text: String,
    pieces: Vec<Piece>,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash)]
enum Piece {
    Literal(String),
    Token(NumberToken),
}

/// Why a number pattern cannot be used, or a number cannot be made from it. Positions count letters from 1.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PatternError {
    /// Nothing was typed.
    #[error("Pola nomor belum diisi.")]
    Empty,
    /// A name between braces that is no token.
    #[error("Bagian {{{token}}} pada huruf ke-{position} tidak dikenal. Mungkin maksud Anda {{{nearest}}}.")]
    UnknownToken {
        /// Where the brace opens.
        position: usize,
        /// What stands between the braces.
        token: String,
        /// The token most like it.
        nearest: &'static str,
    },
    /// Padding other than `:01` to `:09`, or on a token other than `{no}`.
    #[error("Lebar nomor pada huruf ke-{position} tidak dikenal. Tulis misalnya {{no:03}} untuk 001.")]
    Width {
        /// Where the brace opens.
        position: usize,
    },
    /// A brace without its partner.
    #[error("Kurung kurawal pada huruf ke-{position} tidak berpasangan.")]
    Brace {
        /// Where the brace is.
        position: usize,
    },
    /// A line break or another control character.
    #[error("Pola nomor memuat tanda yang tidak dapat dicetak pada huruf ke-{position}.")]
    Control {
        /// Where it is.
        position: usize,
    },
    /// No `{no}`.
    #[error("Pola nomor harus memuat {{no}} satu kali.")]
    MissingNo,
    /// A second `{no}`.
    #[error("Bagian {{no}} muncul lagi pada huruf ke-{position}. Pola nomor memuat {{no}} satu kali saja.")]
    SecondNo {
        /// Where the second one opens.
        position: usize,
    },
    /// A digit or a token directly beside `{no}`: "1" + "2026" and "12" + "026" would be one string.
    #[error(
        "Bagian {{no}} pada huruf ke-{position} menempel pada angka atau bagian lain. Pisahkan dengan tanda, misalnya garis miring."
    )]
    Unseparated {
        /// Where `{no}` opens.
        position: usize,
    },
    /// "+ nomor pihak lain", which is a second field and not part of the number.
    #[error("\"+ nomor pihak lain\" bukan bagian pola nomor; nomor pihak lain diisi pada kolom tersendiri.")]
    OtherParty,
    /// A token of the pattern for which this letter has nothing.
    #[error("Nomor belum dapat dibuat karena {{{token}}} pada pola belum ada isinya.")]
    MissingPart {
        /// The token.
        token: &'static str,
    },
}

impl NumberPattern {
    /// The pattern as it was typed.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// The tokens in the order in which they stand.
    pub fn tokens(&self) -> impl Iterator<Item = NumberToken> {
        self.pieces.iter().filter_map(|piece| match piece {
            Piece::Token(token) => Some(*token),
            Piece::Literal(_) => None,
        })
    }

    /// The number of one letter; [`PatternError::MissingPart`] when the pattern names a part that is empty.
    pub fn render(&self, parts: &NumberParts<'_>) -> Result<String, PatternError> {
        let mut number = String::with_capacity(self.text.len() + 16);
        for piece in &self.pieces {
            match piece {
                Piece::Literal(text) => number.push_str(text),
                Piece::Token(token) => number.push_str(&value(*token, parts)?),
            }
        }
        Ok(number)
    }

    /// A number as it would look, for the settings page.
    pub fn example(&self) -> String {
        let parts = NumberParts::new(15, date(2026, 11, 22)).klas("000.8.3.3").unit("OR").aman("B").jenis("SK");
        self.render(&parts).expect("every part is given")
    }
}

impl FromStr for NumberPattern {
    type Err = PatternError;

    fn from_str(text: &str) -> Result<Self, PatternError> {
        let text = text.trim();
        if text.is_empty() {
            return Err(PatternError::Empty);
        }
        if text.to_lowercase().contains("+ nomor pihak lain") {
            return Err(PatternError::OtherParty);
        }
        let pieces = read_pieces(text)?;
        check_no(&pieces)?;
        Ok(Self { text: text.to_owned(), pieces: pieces.into_iter().map(|(_, piece)| piece).collect() })
    }
}

impl fmt::Display for NumberPattern {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.text)
    }
}

/// Pieces with the position at which each begins.
fn read_pieces(text: &str) -> Result<Vec<(usize, Piece)>, PatternError> {
    let mut pieces: Vec<(usize, Piece)> = Vec::new();
    let mut letters = (1..).zip(text.chars());
    while let Some((position, letter)) = letters.next() {
        match letter {
            '{' => {
                let mut name = String::new();
                loop {
                    match letters.next() {
                        Some((_, '}')) => break,
                        None | Some((_, '{')) => return Err(PatternError::Brace { position }),
                        Some((_, letter)) => name.push(letter),
                    }
                }
                pieces.push((position, Piece::Token(read_token(&name, position)?)));
            }
            '}' => return Err(PatternError::Brace { position }),
            letter if letter.is_control() => return Err(PatternError::Control { position }),
            letter => match pieces.last_mut() {
                Some((_, Piece::Literal(text))) => text.push(letter),
                _ => pieces.push((position, Piece::Literal(letter.to_string()))),
            },
        }
    }
    Ok(pieces)
}

fn read_token(name: &str, position: usize) -> Result<NumberToken, PatternError> {
    let (bare, width) = name.split_once(':').map_or((name, None), |(bare, width)| (bare, Some(width)));
    match (NumberToken::by_name(bare), width) {
        (Some(token), None) => Ok(token),
        (Some(NumberToken::No { .. }), Some(width)) => match width.as_bytes() {
            [b'0', digit @ b'1'..=b'9'] => Ok(NumberToken::No { width: digit - b'0' }),
            _ => Err(PatternError::Width { position }),
        },
        (Some(_), Some(_)) => Err(PatternError::Width { position }),
        (None, _) => Err(PatternError::UnknownToken { position, token: name.to_owned(), nearest: nearest(bare) }),
    }
}

/// `{no}` stands exactly once, and between signs: otherwise two letters could carry one string.
fn check_no(pieces: &[(usize, Piece)]) -> Result<(), PatternError> {
    let mut found = pieces.iter().enumerate().filter(|(_, (_, piece))| matches!(piece, Piece::Token(NumberToken::No { .. })));
    let (index, (position, _)) = found.next().ok_or(PatternError::MissingNo)?;
    if let Some((_, (position, _))) = found.next() {
        return Err(PatternError::SecondNo { position: *position });
    }
    let touches = |piece: Option<&(usize, Piece)>, at_end: bool| match piece {
        None => false,
        Some((_, Piece::Token(_))) => true,
        Some((_, Piece::Literal(text))) => {
            let beside = if at_end { text.chars().next_back() } else { text.chars().next() };
            beside.is_some_and(|letter| letter.is_ascii_digit())
        }
    };
    let before = index.checked_sub(1).and_then(|before| pieces.get(before));
    if touches(before, true) || touches(pieces.get(index + 1), false) {
        return Err(PatternError::Unseparated { position: *position });
    }
    Ok(())
}

fn value(token: NumberToken, parts: &NumberParts<'_>) -> Result<String, PatternError> {
    let given = |text: &str| match text.trim() {
        "" => Err(PatternError::MissingPart { token: token.name() }),
        text => Ok(text.to_owned()),
    };
    match token {
        NumberToken::No { width } => Ok(format!("{:0width$}", parts.no, width = usize::from(width))),
        NumberToken::Klas => given(parts.klas),
        NumberToken::Unit => given(parts.unit),
        NumberToken::Aman => given(parts.aman),
        NumberToken::Jenis => given(parts.jenis),
        NumberToken::Bln => Ok(parts.tanggal.month().to_string()),
        NumberToken::Bln2 => Ok(format!("{:02}", parts.tanggal.month())),
        NumberToken::Rom => Ok(bulan_romawi(parts.tanggal.month()).to_owned()),
        NumberToken::Tahun => Ok(parts.tanggal.year().to_string()),
    }
}

/// The known token that takes the fewest changes of letters; capital and small letters count as half the same.
fn nearest(name: &str) -> &'static str {
    let score = |known: &&&str| {
        let changes = edits(&name.to_lowercase(), &known.to_lowercase());
        // "{nomor}" and "{bulan}" begin like the token that was meant.
        let begins_alike = name.chars().next().map(|letter| letter.to_ascii_lowercase())
            == known.chars().next().map(|letter| letter.to_ascii_lowercase());
        2 * changes - usize::from(begins_alike && changes > 0)
    };
    NumberToken::NAMES.iter().min_by_key(score).copied().unwrap_or("no")
}

/// Levenshtein distance: inserted, removed and changed letters.
fn edits(from: &str, to: &str) -> usize {
    let to: Vec<char> = to.chars().collect();
    let mut row: Vec<usize> = (0..=to.len()).collect();
    for (index, letter) in from.chars().enumerate() {
        let mut diagonal = row[0];
        row[0] = index + 1;
        for (column, other) in to.iter().enumerate() {
            let changed = diagonal + usize::from(letter != *other);
            diagonal = row[column + 1];
            row[column + 1] = changed.min(row[column] + 1).min(diagonal + 1);
        }
    }
    row[to.len()]
}
