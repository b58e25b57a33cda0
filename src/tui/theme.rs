//! Colours by role. A pane names a role, never a colour.

use ratatui::style::{Color, Modifier, Style};

/// What a piece of text is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Role {
    /// Plain text.
    Text,
    /// Details, heads of columns, frames: dimmer.
    Muted,
    /// Focus and keys.
    Accent,
    /// Lets through.
    Pass,
    /// Discards in silence.
    Drop,
    /// Discards with an answer.
    Reject,
    /// Only logs.
    Alert,
    /// Cannot be told.
    Unknown,
    /// Differs from before.
    Changed,
    /// A line that came.
    Added,
    /// A line that went.
    Removed,
    /// The selected row.
    Selected,
    /// The selected row of a pane that has not the focus.
    Marked,
    /// Something went wrong.
    Error,
}

/// How many colours the terminal has.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Colours {
    /// None are wanted: bold, dim and reverse remain.
    None,
    /// The terminal's own sixteen.
    Sixteen,
    /// A table of 256.
    Table,
    /// Any.
    #[default]
    Any,
}

impl Colours {
    /// What a terminal can show, from what the environment says: whether `NO_COLOR` is set, `COLORTERM`, `TERM`.
    #[must_use]
    pub fn of(no_color: bool, colorterm: Option<&str>, term: Option<&str>) -> Self {
        match (no_color, colorterm, term) {
            (true, ..) => Self::None,
            (_, Some("truecolor" | "24bit"), _) => Self::Any,
            (_, _, Some(term)) if term.contains("256color") => Self::Table,
            (_, _, Some("dumb")) => Self::None,
            _ => Self::Sixteen,
        }
    }
}

/// A mapping of roles to colours.
#[derive(Debug, Clone, Copy, Default)]
pub struct Theme {
    colours: Colours,
}

/// A role's colour in each kind of terminal, and what else sets it apart.
struct Paint {
    rgb: (u8, u8, u8),
    table: u8,
    sixteen: Color,
    modifier: Modifier,
}

impl Theme {
    /// A theme for a terminal with these colours.
    #[must_use]
    pub const fn new(colours: Colours) -> Self {
        Self { colours }
    }

    /// The style of a role.
    #[must_use]
    pub fn style(&self, role: Role) -> Style {
        match role {
            Role::Selected => self.row(Modifier::BOLD | Modifier::REVERSED, (47, 56, 72), 237),
            Role::Marked => self.row(Modifier::BOLD, (33, 38, 48), 235),
            _ => self.foreground(&dark(role)),
        }
    }

    /// What lies behind everything: the dark theme brings its own ground where it can, so that it
    /// reads on a light terminal too.
    #[must_use]
    pub fn ground(&self) -> Style {
        match self.colours {
            Colours::None | Colours::Sixteen => Style::new(),
            Colours::Table => Style::new().bg(Color::Indexed(234)).fg(Color::Indexed(252)),
            Colours::Any => Style::new().bg(Color::Rgb(22, 25, 31)).fg(Color::Rgb(208, 211, 217)),
        }
    }

    fn foreground(self, paint: &Paint) -> Style {
        let style = Style::new().add_modifier(paint.modifier);
        let (r, g, b) = paint.rgb;
        match self.colours {
            Colours::None => style,
            Colours::Sixteen if paint.sixteen == Color::Reset => style,
            Colours::Sixteen => style.fg(paint.sixteen),
            Colours::Table => style.remove_modifier(Modifier::DIM).fg(Color::Indexed(paint.table)),
            Colours::Any => style.remove_modifier(Modifier::DIM).fg(Color::Rgb(r, g, b)),
        }
    }

    /// A row that is set apart by what lies behind it; its words keep their own colours where they can.
    fn row(self, plain: Modifier, rgb: (u8, u8, u8), table: u8) -> Style {
        match self.colours {
            Colours::None | Colours::Sixteen => Style::new().add_modifier(plain),
            Colours::Table => Style::new().bg(Color::Indexed(table)).add_modifier(Modifier::BOLD),
            Colours::Any => {
                Style::new().bg(Color::Rgb(rgb.0, rgb.1, rgb.2)).add_modifier(Modifier::BOLD)
            }
        }
    }
}

/// The dark theme. Pass is lighter than drop, for eyes that do not tell green from red.
const fn dark(role: Role) -> Paint {
    const PLAIN: Modifier = Modifier::empty();
    let (rgb, table, sixteen, modifier) = match role {
        Role::Text | Role::Selected | Role::Marked => ((208, 211, 217), 252, Color::Reset, PLAIN),
        Role::Muted => ((122, 128, 140), 244, Color::Reset, Modifier::DIM),
        Role::Accent => ((130, 186, 240), 117, Color::Cyan, Modifier::BOLD),
        Role::Pass => ((158, 216, 128), 150, Color::LightGreen, Modifier::BOLD),
        Role::Drop => ((216, 98, 98), 167, Color::Red, Modifier::BOLD),
        Role::Reject => ((222, 150, 88), 173, Color::LightRed, Modifier::BOLD),
        Role::Alert => ((152, 160, 222), 147, Color::LightBlue, Modifier::BOLD),
        Role::Unknown => ((204, 152, 226), 176, Color::Magenta, Modifier::BOLD),
        Role::Changed => ((240, 205, 110), 221, Color::Yellow, Modifier::BOLD),
        Role::Added => ((146, 196, 122), 114, Color::Green, PLAIN),
        Role::Removed => ((206, 112, 108), 167, Color::Red, PLAIN),
        Role::Error => ((236, 130, 118), 210, Color::LightRed, Modifier::BOLD),
    };
    Paint { rgb, table, sixteen, modifier }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ROLES: [Role; 14] = [
        Role::Text,
        Role::Muted,
        Role::Accent,
        Role::Pass,
        Role::Drop,
        Role::Reject,
        Role::Alert,
        Role::Unknown,
        Role::Changed,
        Role::Added,
        Role::Removed,
        Role::Selected,
        Role::Marked,
        Role::Error,
    ];

    #[test]
    fn without_colour_only_bold_dim_and_reverse_remain() {
        let theme = Theme::new(Colours::of(true, Some("truecolor"), Some("xterm-256color")));
        for role in ROLES {
            let style = theme.style(role);
            assert_eq!((style.fg, style.bg), (None, None), "{role:?}");
        }
        assert!(theme.style(Role::Selected).add_modifier.contains(Modifier::REVERSED));
        assert!(theme.style(Role::Muted).add_modifier.contains(Modifier::DIM));
        assert_eq!(theme.ground(), Style::new());
    }

    #[test]
    fn pass_and_drop_differ_in_lightness_too() {
        let lightness = |role| {
            let (r, g, b) = dark(role).rgb;
            (u32::from(r) * 3 + u32::from(g) * 6 + u32::from(b)) / 10
        };
        assert!(lightness(Role::Pass) > lightness(Role::Drop) + 50);
    }

    #[test]
    fn sixteen_colours_use_the_terminals_own_ground() {
        let theme = Theme::new(Colours::of(false, None, Some("linux")));
        assert_eq!(theme.style(Role::Drop).fg, Some(Color::Red));
        assert_eq!(theme.ground().bg, None);
    }
}
