use crate::{FromValue, Result, Row, StoreError, Tx, Value};

/// A statement put together from static fragments, with only the predicates that are present.
///
/// Fragments use a bare `?` per value; the builder numbers them. Nothing but `&'static str` ever becomes SQL text, so nobody's
/// input can.
#[derive(Debug, Clone)]
pub struct Sql {
    text: String,
    values: Vec<Value>,
    marks: usize,
    has_where: bool,
}

impl Sql {
    /// Begins with a fragment.
    pub fn new(fragment: &'static str) -> Self {
        let mut sql = Self { text: String::with_capacity(256), values: Vec::new(), marks: 0, has_where: false };
        sql.append(fragment);
        sql
    }

    /// Adds a fragment as it is.
    pub fn push(&mut self, fragment: &'static str) -> &mut Self {
        self.text.push(' ');
        self.append(fragment);
        self
    }

    /// Adds a predicate, with WHERE before the first and AND before the others.
    pub fn filter(&mut self, predicate: &'static str) -> &mut Self {
        self.text.push_str(if self.has_where { " AND " } else { " WHERE " });
        self.has_where = true;
        self.append(predicate);
        self
    }

    /// Binds the next `?`.
    pub fn bind(&mut self, value: impl Into<Value>) -> &mut Self {
        self.values.push(value.into());
        self
    }

    /// Adds `column IN (?, ?, …)` as a predicate; an empty list matches nothing.
    pub fn filter_in(&mut self, column: &'static str, values: impl IntoIterator<Item = impl Into<Value>>) -> &mut Self {
        let values: Vec<Value> = values.into_iter().map(Into::into).collect();
        if values.is_empty() {
            return self.filter("1 = 0");
        }
        self.filter(column);
        self.text.push_str(" IN (");
        for (index, value) in values.into_iter().enumerate() {
            if index > 0 {
                self.text.push_str(", ");
            }
            self.append("?");
            self.values.push(value);
        }
        self.text.push(')');
        self
    }

    /// The text with numbered marks.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Reads every row.
    pub fn list<T>(&self, tx: &mut Tx<'_>, map: impl FnMut(&Row<'_>) -> Result<T>) -> Result<Vec<T>> {
        self.check()?;
        tx.list_text(&self.text, &self.values, map)
    }

    /// Reads the first row, if there is one.
    pub fn opt<T>(&self, tx: &mut Tx<'_>, map: impl FnMut(&Row<'_>) -> Result<T>) -> Result<Option<T>> {
        Ok(self.list(tx, map)?.into_iter().next())
    }

    /// Reads the first column of the only row.
    pub fn scalar<T: FromValue>(&self, tx: &mut Tx<'_>) -> Result<T> {
        self.opt(tx, |row| row.get(0))?.ok_or(StoreError::Missing)
    }

    /// Runs the statement and gives the number of rows it changed.
    pub fn exec(&self, tx: &mut Tx<'_>) -> Result<u64> {
        self.check()?;
        tx.exec_text(&self.text, &self.values)
    }

    fn append(&mut self, fragment: &str) {
        for letter in fragment.chars() {
            self.text.push(letter);
            if letter == '?' {
                self.marks += 1;
                self.text.push_str(&self.marks.to_string());
            }
        }
    }

    fn check(&self) -> Result<()> {
        if self.marks == self.values.len() {
            return Ok(());
        }
        Err(StoreError::Statement(format!("{} marks but {} values in: {}", self.marks, self.values.len(), self.text)))
    }
}
