//! The colours of each theme, role by role. Pass and drop differ in lightness too, for eyes that do
//! not tell green from red.

use ratatui::style::{Color, Modifier};

use super::theme::Role;
use crate::workbench::ThemeName;

/// A role's colour in each kind of terminal, and what else sets it apart.
#[derive(Debug, Clone, Copy)]
pub struct Paint {
    /// Where any colour can be shown.
    pub rgb: (u8, u8, u8),
    /// In the table of 256.
    pub table: u8,
    /// Among the terminal's own sixteen.
    pub sixteen: Color,
    /// Bold, or dim where there are few colours.
    pub modifier: Modifier,
}

/// A surface: in any colour, and in the table of 256.
#[derive(Debug, Clone, Copy)]
pub struct Ground {
    /// Where any colour can be shown.
    pub rgb: (u8, u8, u8),
    /// In the table of 256.
    pub table: u8,
}

const PLAIN: Modifier = Modifier::empty();
const BOLD: Modifier = Modifier::BOLD;
const DIM: Modifier = Modifier::DIM;

const fn paint(rgb: (u8, u8, u8), table: u8, sixteen: Color, modifier: Modifier) -> Paint {
    Paint { rgb, table, sixteen, modifier }
}

/// The colour of a role's letters.
#[must_use]
pub const fn letters(theme: ThemeName, role: Role) -> Paint {
    match theme {
        ThemeName::Dark => dark(role),
        ThemeName::Light => light(role),
        ThemeName::HighContrast => high_contrast(role),
    }
}

#[rustfmt::skip]
const fn dark(role: Role) -> Paint {
    match role {
        Role::Text | Role::Selected | Role::Marked
                      => paint((208, 211, 217), 252, Color::Reset,        PLAIN),
        Role::Muted   => paint((134, 140, 152), 245, Color::Reset,        DIM),
        Role::Accent  => paint((130, 186, 240), 117, Color::Cyan,         BOLD),
        Role::Pass    => paint((158, 216, 128), 150, Color::LightGreen,   BOLD),
        Role::Drop    => paint((224, 108, 108), 167, Color::Red,          BOLD),
        Role::Reject  => paint((222, 150, 88),  173, Color::LightRed,     BOLD),
        Role::Alert   => paint((152, 160, 222), 147, Color::LightBlue,    BOLD),
        Role::Unknown => paint((204, 152, 226), 176, Color::Magenta,      BOLD),
        Role::Changed => paint((240, 205, 110), 221, Color::Yellow,       BOLD),
        Role::Added   => paint((146, 196, 122), 114, Color::Green,        PLAIN),
        Role::Removed => paint((218, 124, 120), 174, Color::Red,          PLAIN),
        Role::Error   => paint((236, 130, 118), 210, Color::LightRed,     BOLD),
        Role::Keyword => paint((150, 190, 226), 110, Color::Cyan,         PLAIN),
        Role::Quoted  => paint((190, 200, 140), 144, Color::Green,        PLAIN),
        Role::Number  => paint((222, 184, 140), 180, Color::Yellow,       PLAIN),
    }
}

#[rustfmt::skip]
const fn light(role: Role) -> Paint {
    match role {
        Role::Text | Role::Selected | Role::Marked
                      => paint((38, 41, 48),    236, Color::Reset,        PLAIN),
        Role::Muted   => paint((96, 101, 112),  241, Color::Reset,        DIM),
        Role::Accent  => paint((16, 86, 168),   25,  Color::Blue,         BOLD),
        Role::Pass    => paint((30, 116, 40),   28,  Color::Green,        BOLD),
        Role::Drop    => paint((116, 0, 16),    88,  Color::Red,          BOLD),
        Role::Reject  => paint((150, 72, 0),    130, Color::Red,          BOLD),
        Role::Alert   => paint((66, 66, 172),   61,  Color::Blue,         BOLD),
        Role::Unknown => paint((118, 44, 146),  91,  Color::Magenta,      BOLD),
        Role::Changed => paint((122, 86, 0),    94,  Color::Magenta,      BOLD),
        Role::Added   => paint((24, 104, 44),   22,  Color::Green,        PLAIN),
        Role::Removed => paint((156, 34, 34),   124, Color::Red,          PLAIN),
        Role::Error   => paint((176, 28, 20),   124, Color::Red,          BOLD),
        Role::Keyword => paint((24, 84, 140),   24,  Color::Blue,         PLAIN),
        Role::Quoted  => paint((64, 92, 20),    58,  Color::Green,        PLAIN),
        Role::Number  => paint((128, 72, 16),   94,  Color::Magenta,      PLAIN),
    }
}

#[rustfmt::skip]
const fn high_contrast(role: Role) -> Paint {
    match role {
        Role::Text | Role::Selected | Role::Marked
                      => paint((255, 255, 255), 231, Color::White,        PLAIN),
        Role::Muted   => paint((204, 204, 204), 252, Color::Reset,        PLAIN),
        Role::Accent  => paint((110, 220, 255), 123, Color::LightCyan,    BOLD),
        Role::Pass    => paint((150, 255, 150), 157, Color::LightGreen,   BOLD),
        Role::Drop    => paint((255, 140, 140), 210, Color::LightRed,     BOLD),
        Role::Reject  => paint((255, 190, 100), 221, Color::LightRed,     BOLD),
        Role::Alert   => paint((190, 200, 255), 189, Color::LightBlue,    BOLD),
        Role::Unknown => paint((255, 170, 255), 219, Color::LightMagenta, BOLD),
        Role::Changed => paint((255, 236, 110), 227, Color::LightYellow,  BOLD),
        Role::Added   => paint((150, 255, 150), 157, Color::LightGreen,   PLAIN),
        Role::Removed => paint((255, 150, 150), 217, Color::LightRed,     PLAIN),
        Role::Error   => paint((255, 160, 140), 217, Color::LightRed,     BOLD),
        Role::Keyword => paint((150, 226, 255), 159, Color::LightCyan,    PLAIN),
        Role::Quoted  => paint((220, 255, 160), 193, Color::LightGreen,   PLAIN),
        Role::Number  => paint((255, 220, 160), 223, Color::LightYellow,  PLAIN),
    }
}

/// What lies behind everything.
#[must_use]
pub const fn ground(theme: ThemeName) -> Ground {
    match theme {
        ThemeName::Dark => Ground { rgb: (22, 25, 31), table: 234 },
        ThemeName::Light => Ground { rgb: (250, 249, 246), table: 231 },
        ThemeName::HighContrast => Ground { rgb: (0, 0, 0), table: 16 },
    }
}

/// What lies behind the selected row.
#[must_use]
pub const fn selected(theme: ThemeName) -> Ground {
    match theme {
        ThemeName::Dark => Ground { rgb: (47, 56, 72), table: 237 },
        ThemeName::Light => Ground { rgb: (217, 227, 241), table: 189 },
        ThemeName::HighContrast => Ground { rgb: (0, 48, 102), table: 17 },
    }
}

/// What lies behind the selected row of a pane that has not the focus.
#[must_use]
pub const fn marked(theme: ThemeName) -> Ground {
    match theme {
        ThemeName::Dark => Ground { rgb: (33, 38, 48), table: 235 },
        ThemeName::Light => Ground { rgb: (236, 239, 243), table: 255 },
        ThemeName::HighContrast => Ground { rgb: (48, 48, 48), table: 236 },
    }
}
