use std::process::Command;

/// What the real engine says of itself; where there is none it says so, and fails where one is required.
#[allow(clippy::print_stdout, reason = "a test says what it skips")]
pub fn engine() -> Option<String> {
    if let Ok(run) = Command::new("suricata").arg("-V").output() {
        return Some(String::from_utf8_lossy(&run.stdout).trim().to_owned());
    }
    let required = std::env::var_os("SEKISHO_REQUIRE_SURICATA").is_some();
    assert!(!required, "suricata is required here and is not installed");
    println!("skipped: suricata is not installed");
    None
}
