mod chain;
mod rules;
