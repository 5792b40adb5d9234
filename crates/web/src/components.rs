pub(crate) mod act;
pub(crate) mod blocks;
pub(crate) mod facts;
pub(crate) mod history;
pub(crate) mod tree;
