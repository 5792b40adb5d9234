//! Finding people, OPD and posts by typed words.

use praja_kernel::{escape_like, fold};
use praja_store::Sql;

/// More words than this are not looked at.
const WORDS: usize = 6;

/// Adds `predicate` (one `?` for a LIKE pattern) once per typed word, so that words may come in any order.
pub(crate) fn match_words(sql: &mut Sql, predicate: &'static str, words: &str) {
    for word in fold(words).split(' ').filter(|word| !word.is_empty()).take(WORDS) {
        sql.filter(predicate).bind(format!("%{}%", escape_like(word)));
    }
}
