//! How long Suricata takes for the rules: a run that only reads them, less one without rules.

use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};

use crate::clock::{Load, of_children};

pub fn load(rules: &str) -> Result<Load, String> {
    let folder = tempfile::tempdir().map_err(|error| error.to_string())?;
    let all = run(folder.path(), rules)?;
    Ok(Load(all - run(folder.path(), "")?))
}

fn run(folder: &Path, rules: &str) -> Result<f64, String> {
    fs::write(folder.join("all.rules"), rules).map_err(|error| error.to_string())?;
    let before = of_children().ok_or("no times of other programs here")?;
    let status = Command::new("suricata")
        .args([
            "-T",
            "-S",
            "all.rules",
            "-l",
            ".",
            "--set",
            "vars.address-groups.HOME_NET=[10.0.0.0/8]",
        ])
        .current_dir(folder)
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status();
    match status {
        Ok(status) if status.success() => Ok(of_children().unwrap_or(before) - before),
        Ok(status) => Err(format!("it ended with {status}")),
        Err(error) => Err(error.to_string()),
    }
}
