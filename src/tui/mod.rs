//! tui
/// x
pub struct Options {
    /// x
    pub colour: bool,
}
/// x
pub fn run(_s: crate::workbench::Session, _o: &Options) -> std::io::Result<()> {
    Ok(())
}
/// x
pub fn keys_markdown() -> String {
    String::new()
}
