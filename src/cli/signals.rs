use std::io;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;

#[cfg(unix)]
use super::Exit;

/// Set when the system asks the process to end: the command then ends in good order. Asked a second time, the process ends at
/// once.
#[cfg(unix)]
pub fn stop_on_signal() -> io::Result<Arc<AtomicBool>> {
    use signal_hook::consts::{SIGHUP, SIGINT, SIGTERM};
    use signal_hook::flag;
    let stop = Arc::new(AtomicBool::new(false));
    for signal in [SIGINT, SIGTERM, SIGHUP] {
        flag::register_conditional_shutdown(signal, Exit::Failed as i32, Arc::clone(&stop))?;
        flag::register(signal, Arc::clone(&stop))?;
    }
    Ok(stop)
}

/// Set by nothing here.
#[cfg(not(unix))]
pub fn stop_on_signal() -> io::Result<Arc<AtomicBool>> {
    Ok(Arc::default())
}
