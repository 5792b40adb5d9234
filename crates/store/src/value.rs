use praja_kernel::{Date, Id, Moment};

use crate::{Result, StoreError};

/// A value bound to a statement. Money, dates and decimals travel as `Int` and `Text` (see the portable SQL rules).
#[derive(Debug, Clone, PartialEq)]
pub enum Value {
    /// NULL.
    Null,
    /// BIGINT.
    Int(i64),
    /// DOUBLE PRECISION.
    Real(f64),
    /// TEXT.
    Text(String),
    /// BYTEA.
    Blob(Vec<u8>),
    /// BOOLEAN.
    Bool(bool),
}

/// A value read from a row, borrowed from the engine.
#[derive(Debug, Clone, Copy)]
pub enum ValueRef<'a> {
    /// NULL.
    Null,
    /// BIGINT.
    Int(i64),
    /// DOUBLE PRECISION.
    Real(f64),
    /// TEXT.
    Text(&'a str),
    /// BYTEA.
    Blob(&'a [u8]),
    /// BOOLEAN (PostgreSQL only; SQLite gives `Int`).
    Bool(bool),
}

/// A type that can be read from a column.
pub trait FromValue: Sized {
    /// Reads the value, or says what was found instead.
    fn from_value(value: ValueRef<'_>) -> Result<Self>;
}

/// One row of an answer; columns count from 0.
pub enum Row<'a> {
    #[doc(hidden)]
    Sqlite(&'a rusqlite::Row<'a>),
    #[doc(hidden)]
    Pg(&'a postgres::Row),
}

impl Row<'_> {
    /// Reads column `index`.
    pub fn get<T: FromValue>(&self, index: usize) -> Result<T> {
        T::from_value(self.value(index)?).map_err(|e| StoreError::Statement(format!("column {index}: {e}")))
    }

    /// The number of columns.
    pub fn width(&self) -> usize {
        match self {
            Self::Sqlite(row) => row.as_ref().column_count(),
            Self::Pg(row) => row.len(),
        }
    }

    /// The value of column `index` as the engine has it.
    pub fn value(&self, index: usize) -> Result<ValueRef<'_>> {
        match self {
            Self::Sqlite(row) => sqlite_value(row, index),
            Self::Pg(row) => pg_value(row, index),
        }
    }
}

fn sqlite_value<'a>(row: &'a rusqlite::Row<'_>, index: usize) -> Result<ValueRef<'a>> {
    use rusqlite::types::ValueRef as Lite;
    let bad = |e: &dyn std::fmt::Display| StoreError::Statement(format!("column {index}: {e}"));
    Ok(match row.get_ref(index).map_err(|e| bad(&e))? {
        Lite::Null => ValueRef::Null,
        Lite::Integer(i) => ValueRef::Int(i),
        Lite::Real(f) => ValueRef::Real(f),
        Lite::Text(t) => ValueRef::Text(std::str::from_utf8(t).map_err(|e| bad(&e))?),
        Lite::Blob(b) => ValueRef::Blob(b),
    })
}

fn pg_value(row: &postgres::Row, index: usize) -> Result<ValueRef<'_>> {
    use postgres::types::Type;
    let column = row.columns().get(index).ok_or_else(|| StoreError::Statement(format!("no column {index}")))?;
    let bad = |e: postgres::Error| StoreError::Statement(format!("column {index}: {e}"));
    Ok(match *column.type_() {
        Type::INT8 => row.try_get::<_, Option<i64>>(index).map_err(bad)?.map_or(ValueRef::Null, ValueRef::Int),
        Type::INT4 => row.try_get::<_, Option<i32>>(index).map_err(bad)?.map_or(ValueRef::Null, |i| ValueRef::Int(i.into())),
        Type::BOOL => row.try_get::<_, Option<bool>>(index).map_err(bad)?.map_or(ValueRef::Null, ValueRef::Bool),
        Type::FLOAT8 => row.try_get::<_, Option<f64>>(index).map_err(bad)?.map_or(ValueRef::Null, ValueRef::Real),
        Type::BYTEA => row.try_get::<_, Option<&[u8]>>(index).map_err(bad)?.map_or(ValueRef::Null, ValueRef::Blob),
        Type::TEXT | Type::VARCHAR | Type::NAME => {
            row.try_get::<_, Option<&str>>(index).map_err(bad)?.map_or(ValueRef::Null, ValueRef::Text)
        }
        ref other => return Err(StoreError::Statement(format!("column {index} has the unportable type {other}"))),
    })
}

fn mismatch<T>(wanted: &str, found: ValueRef<'_>) -> Result<T> {
    let found = match found {
        ValueRef::Null => "NULL",
        ValueRef::Int(_) => "a whole number",
        ValueRef::Real(_) => "a float",
        ValueRef::Text(_) => "a text",
        ValueRef::Blob(_) => "bytes",
        ValueRef::Bool(_) => "a boolean",
    };
    Err(StoreError::Statement(format!("wanted {wanted}, found {found}")))
}

impl FromValue for i64 {
    fn from_value(value: ValueRef<'_>) -> Result<Self> {
        match value {
            ValueRef::Int(i) => Ok(i),
            other => mismatch("a whole number", other),
        }
    }
}

impl FromValue for f64 {
    fn from_value(value: ValueRef<'_>) -> Result<Self> {
        match value {
            ValueRef::Real(f) => Ok(f),
            other => mismatch("a float", other),
        }
    }
}

impl FromValue for bool {
    fn from_value(value: ValueRef<'_>) -> Result<Self> {
        match value {
            ValueRef::Bool(b) => Ok(b),
            ValueRef::Int(0) => Ok(false),
            ValueRef::Int(1) => Ok(true),
            other => mismatch("a boolean", other),
        }
    }
}

impl FromValue for String {
    fn from_value(value: ValueRef<'_>) -> Result<Self> {
        match value {
            ValueRef::Text(t) => Ok(t.to_owned()),
            other => mismatch("a text", other),
        }
    }
}

impl FromValue for Vec<u8> {
    fn from_value(value: ValueRef<'_>) -> Result<Self> {
        match value {
            ValueRef::Blob(b) => Ok(b.to_vec()),
            other => mismatch("bytes", other),
        }
    }
}

impl FromValue for Id {
    fn from_value(value: ValueRef<'_>) -> Result<Self> {
        match value {
            ValueRef::Text(t) => t.parse().map_err(|_| StoreError::Corrupt(format!("'{t}' is no identity"))),
            other => mismatch("an identity", other),
        }
    }
}

impl FromValue for Moment {
    fn from_value(value: ValueRef<'_>) -> Result<Self> {
        i64::from_value(value).map(Moment)
    }
}

impl FromValue for Date {
    fn from_value(value: ValueRef<'_>) -> Result<Self> {
        match value {
            ValueRef::Text(t) => t.parse().map_err(|_| StoreError::Corrupt(format!("'{t}' is no date"))),
            other => mismatch("a date", other),
        }
    }
}

impl<T: FromValue> FromValue for Option<T> {
    fn from_value(value: ValueRef<'_>) -> Result<Self> {
        match value {
            ValueRef::Null => Ok(None),
            other => T::from_value(other).map(Some),
        }
    }
}

impl From<ValueRef<'_>> for Value {
    fn from(value: ValueRef<'_>) -> Self {
        match value {
            ValueRef::Null => Self::Null,
            ValueRef::Int(i) => Self::Int(i),
            ValueRef::Real(f) => Self::Real(f),
            ValueRef::Text(t) => Self::Text(t.to_owned()),
            ValueRef::Blob(b) => Self::Blob(b.to_vec()),
            ValueRef::Bool(b) => Self::Bool(b),
        }
    }
}

macro_rules! value_from {
    ($($source:ty => |$name:ident| $value:expr;)*) => {
        $(impl From<$source> for Value { fn from($name: $source) -> Self { $value } })*
    };
}

value_from! {
    i64 => |v| Self::Int(v);
    f64 => |v| Self::Real(v);
    bool => |v| Self::Bool(v);
    &str => |v| Self::Text(v.to_owned());
    String => |v| Self::Text(v);
    &String => |v| Self::Text(v.clone());
    Vec<u8> => |v| Self::Blob(v);
    &[u8] => |v| Self::Blob(v.to_vec());
    Id => |v| Self::Text(v.to_string());
    &Id => |v| Self::Text(v.to_string());
    Moment => |v| Self::Int(v.0);
    Date => |v| Self::Text(v.to_string());
}

impl<T: Into<Value>> From<Option<T>> for Value {
    fn from(value: Option<T>) -> Self {
        value.map_or(Self::Null, Into::into)
    }
}

/// Binds values to the `?1`, `?2` … of a statement: `params![id, hal, now]`.
#[macro_export]
macro_rules! params {
    ($($value:expr),* $(,)?) => { &[$($crate::Value::from($value)),*] as &[$crate::Value] };
}
