mod list;
mod rules;
