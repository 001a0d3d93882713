//! Properties instead of examples: what must hold of any data, any damage and any question.
//!
//! Owns nothing but the list. Each property is in a module of its own; `made_up` makes the data, `open` asks.
//! `PROPTEST_CASES=5000 cargo test -p clicks --test properties` tries more than the few cases of every day.

mod again;
mod agreement;
#[path = "../common/mod.rs"]
mod common;
mod csv;
mod damage;
mod filters;
mod made_up;
mod open;
mod order;
mod plain_csv;
mod requests;
mod urls;
