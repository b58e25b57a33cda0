#![no_main]
#![allow(dead_code, reason = "one reader of several")]

#[path = "../../tests/fuzz/keys.rs"]
mod keys;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| keys::keys(bytes));
