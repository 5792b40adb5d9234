//! What must hold over the whole workspace: who may use whom, where SQL lives, what leaves the building, and two regencies in one
//! process.

#![allow(clippy::unwrap_used)]

mod acts;
mod addresses;
mod antarmuka;
mod contract;
mod exports;
mod help;
mod libraries;
mod migrations;
mod new_module;
mod order;
mod plans;
mod readme;
mod regencies;
mod rights;
mod rough;
mod somebody;
mod source;
mod sql;
mod templates;
mod tree;
