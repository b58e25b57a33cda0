//! Colours by role. A pane names a role, never a colour.

use ratatui::style::{Color, Modifier, Style};

use super::paint::{self, Ground, Paint};
use crate::workbench::ThemeName;

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
    /// The name of an option of a rule.
    Keyword,
    /// A text in quotes in a rule.
    Quoted,
    /// A number in a rule.
    Number,
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
    name: ThemeName,
}

impl Theme {
    /// The dark theme, for a terminal with these colours.
    #[must_use]
    pub const fn new(colours: Colours) -> Self {
        Self { colours, name: ThemeName::Dark }
    }

    /// Another theme on the same terminal.
    #[must_use]
    pub const fn named(self, name: ThemeName) -> Self {
        Self { name, ..self }
    }

    /// Which theme it is.
    #[must_use]
    pub const fn name(&self) -> ThemeName {
        self.name
    }

    /// The style of a role.
    #[must_use]
    pub fn style(&self, role: Role) -> Style {
        match role {
            Role::Selected => {
                self.row(Modifier::BOLD | Modifier::REVERSED, paint::selected(self.name))
            }
            Role::Marked => self.row(Modifier::BOLD, paint::marked(self.name)),
            _ => self.foreground(&paint::letters(self.name, role)),
        }
    }

    /// What lies behind everything: a theme brings its own ground where it can, so that the dark one
    /// reads on a light terminal too.
    #[must_use]
    pub fn ground(&self) -> Style {
        let text = paint::letters(self.name, Role::Text);
        let ground = paint::ground(self.name);
        match self.colours {
            Colours::None | Colours::Sixteen => Style::new(),
            Colours::Table => {
                Style::new().bg(Color::Indexed(ground.table)).fg(Color::Indexed(text.table))
            }
            Colours::Any => Style::new().bg(colour(ground.rgb)).fg(colour(text.rgb)),
        }
    }

    fn foreground(self, paint: &Paint) -> Style {
        let style = Style::new().add_modifier(paint.modifier);
        match self.colours {
            Colours::None => style,
            Colours::Sixteen if paint.sixteen == Color::Reset => style,
            Colours::Sixteen => style.fg(paint.sixteen),
            Colours::Table => style.remove_modifier(Modifier::DIM).fg(Color::Indexed(paint.table)),
            Colours::Any => style.remove_modifier(Modifier::DIM).fg(colour(paint.rgb)),
        }
    }

    /// A row that is set apart by what lies behind it; its words keep their own colours where they can.
    fn row(self, plain: Modifier, ground: Ground) -> Style {
        match self.colours {
            Colours::None | Colours::Sixteen => Style::new().add_modifier(plain),
            Colours::Table => {
                Style::new().bg(Color::Indexed(ground.table)).add_modifier(Modifier::BOLD)
            }
            Colours::Any => Style::new().bg(colour(ground.rgb)).add_modifier(Modifier::BOLD),
        }
    }
}

const fn colour((r, g, b): (u8, u8, u8)) -> Color {
    Color::Rgb(r, g, b)
}

#[cfg(test)]
mod tests {
    use super::*;

    const ROLES: [Role; 17] = [
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
        Role::Keyword,
        Role::Quoted,
        Role::Number,
    ];

    /// Relative luminance and contrast as WCAG 2.1 defines them.
    fn luminance((r, g, b): (u8, u8, u8)) -> f64 {
        let linear = |c: u8| {
            let c = f64::from(c) / 255.0;
            if c <= 0.04045 { c / 12.92 } else { ((c + 0.055) / 1.055).powf(2.4) }
        };
        0.2126 * linear(r) + 0.7152 * linear(g) + 0.0722 * linear(b)
    }

    fn contrast(a: (u8, u8, u8), b: (u8, u8, u8)) -> f64 {
        let (a, b) = (luminance(a), luminance(b));
        (a.max(b) + 0.05) / (a.min(b) + 0.05)
    }

    #[test]
    fn every_role_can_be_read_on_every_ground_of_its_theme() {
        for theme in ThemeName::ALL {
            let enough = if theme == ThemeName::HighContrast { 7.0 } else { 4.5 };
            for role in ROLES {
                let letters = paint::letters(theme, role).rgb;
                let on = contrast(letters, paint::ground(theme).rgb);
                assert!(on >= enough, "{theme:?} {role:?}: {on:.2}");
                for ground in [paint::selected(theme), paint::marked(theme)] {
                    let on = contrast(letters, ground.rgb);
                    assert!(on >= enough * 0.6, "{theme:?} {role:?} in a selected row: {on:.2}");
                }
            }
        }
    }

    #[test]
    fn without_colour_only_bold_dim_and_reverse_remain() {
        for name in ThemeName::ALL {
            let colours = Colours::of(true, Some("truecolor"), Some("xterm-256color"));
            let theme = Theme::new(colours).named(name);
            for role in ROLES {
                let style = theme.style(role);
                assert_eq!((style.fg, style.bg), (None, None), "{role:?}");
            }
            assert!(theme.style(Role::Selected).add_modifier.contains(Modifier::REVERSED));
            assert_eq!(theme.ground(), Style::new());
        }
        let dark = Theme::new(Colours::None);
        assert!(dark.style(Role::Muted).add_modifier.contains(Modifier::DIM));
    }

    #[test]
    fn pass_and_drop_differ_in_lightness_too() {
        for theme in ThemeName::ALL {
            let (pass, drop) =
                (paint::letters(theme, Role::Pass), paint::letters(theme, Role::Drop));
            let apart = contrast(pass.rgb, drop.rgb);
            assert!(apart >= 1.5, "{theme:?}: {apart:.2}");
        }
    }

    #[test]
    fn sixteen_colours_use_the_terminals_own_ground() {
        let theme = Theme::new(Colours::of(false, None, Some("linux")));
        assert_eq!(theme.style(Role::Drop).fg, Some(Color::Red));
        assert_eq!(theme.ground().bg, None);
    }
}
