//! What must hold over the whole workspace: who may use whom, where SQL lives, what leaves the building.

mod addresses;
mod contract;
mod libraries;
mod migrations;
mod new_module;
mod order;
mod readme;
mod source;
mod sql;
mod tree;
