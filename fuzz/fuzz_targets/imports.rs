#![no_main]
#![allow(dead_code, reason = "one reader of several")]

#[path = "../../tests/fuzz/bodies.rs"]
mod bodies;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| bodies::imports(bytes));
