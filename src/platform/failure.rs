//! Tells why there is no window, where what is printed is read by nobody.

use rfd::{MessageDialog, MessageLevel};

/// Shows a sentence in a dialog and waits until it is read, if the program was started without a standard error.
///
/// On Windows the program that opens windows has no console; elsewhere what it prints is kept for whoever looks.
pub fn show_failure(sentence: &str) {
    if is_unheard() {
        MessageDialog::new()
            .set_level(MessageLevel::Error)
            .set_title("Offprint")
            .set_description(sentence)
            .show();
    }
}

#[cfg(windows)]
fn is_unheard() -> bool {
    use std::os::windows::io::AsRawHandle as _;
    std::io::stderr().as_raw_handle().is_null()
}

#[cfg(not(windows))]
fn is_unheard() -> bool {
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_can_read_what_is_printed_gets_no_dialog() {
        // A dialog would wait for ever for somebody to close it.
        assert!(!is_unheard());
        show_failure("nothing to see");
    }
}
