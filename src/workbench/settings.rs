//! What the operator prefers: the file of settings, read once. What is wrong in it is told with its
//! line, and the usual value stands in for it.

use std::path::{Path, PathBuf};

use toml_edit::{Document, Item, Key, TableLike, Value};

use super::files::{FileError, Input, load};
use super::folders::config_folder;
use crate::diagnostic::{Diagnostic, Place};
use crate::messages::Lang;
use crate::messages::settings::{self as say, Said};

/// The name of the file in the folder for settings.
const FILE: &str = "config.toml";
/// The settings there are.
const SETTINGS: [&str; 3] = ["theme", "language", "keys"];

/// A set of colours.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum ThemeName {
    /// Light letters on a dark ground.
    #[default]
    Dark,
    /// Dark letters on a light ground.
    Light,
    /// White letters on black, everything bright.
    HighContrast,
}

/// The settings, and what is wrong with them.
#[derive(Debug, Clone, Default)]
pub struct Settings {
    /// The file they were read from; `None` where there is none.
    pub file: Option<PathBuf>,
    /// What it says.
    pub text: String,
    /// The theme to begin with.
    pub theme: Option<ThemeName>,
    /// The language of what people read.
    pub language: Option<Lang>,
    /// Keys for actions, in the order of the file.
    pub keys: Vec<KeySetting>,
    /// What is wrong.
    pub problems: Vec<Diagnostic>,
}

/// Keys for one action.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeySetting {
    /// Where they are meant; `None`: wherever the action has keys.
    pub scope: Option<Written>,
    /// The action's name.
    pub action: Written,
    /// The names of the keys.
    pub keys: Vec<Written>,
}

/// A word of the file, and where it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Written {
    /// The word.
    pub text: String,
    /// Where it stands.
    pub place: Place,
}

impl ThemeName {
    /// Every theme, in the order in which they are switched.
    pub const ALL: [Self; 3] = [Self::Dark, Self::Light, Self::HighContrast];

    /// The word that settings use.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Dark => "dark",
            Self::Light => "light",
            Self::HighContrast => "high-contrast",
        }
    }

    /// The theme after this one, round and round.
    #[must_use]
    pub fn next(self) -> Self {
        let at = Self::ALL.iter().position(|&name| name == self).unwrap_or_default();
        Self::ALL[(at + 1) % Self::ALL.len()]
    }

    /// The theme that suits the terminal's own ground, where the environment tells it.
    #[must_use]
    pub fn of_terminal() -> Option<Self> {
        Self::of_ground(&std::env::var("COLORFGBG").ok()?)
    }

    /// The theme that suits the terminal's own ground, as `COLORFGBG` tells it: `15;0` is white on black.
    ///
    /// The last number is the ground: of the sixteen colours 7 and those from 9 on are light.
    /// Source: the variable that rxvt introduced; konsole and others set it too.
    #[must_use]
    pub fn of_ground(colorfgbg: &str) -> Option<Self> {
        let ground: u8 = colorfgbg.rsplit(';').next()?.parse().ok()?;
        Some(if ground == 7 || (9..=15).contains(&ground) { Self::Light } else { Self::Dark })
    }
}

impl Settings {
    /// Reads `file`, or else the file in the operator's own folder, which need not be there.
    ///
    /// # Errors
    /// [`FileError`] when `file` cannot be read; one that is only found there is among the problems.
    pub fn read(file: Option<&Path>) -> Result<Self, FileError> {
        let (path, named) = match (file, config_folder()) {
            (Some(file), _) => (file.to_owned(), true),
            (None, Some(folder)) => (folder.join(FILE), false),
            (None, None) => return Ok(Self::default()),
        };
        if !named && !path.exists() {
            return Ok(Self::default());
        }
        let settings = match load(&Input::File(path.clone())) {
            Ok(text) => Self::of(&text),
            Err(error) if named => return Err(error),
            Err(FileError(said)) => {
                let problems = vec![Diagnostic::error("settings-unreadable", None, said)];
                Self { problems, ..Self::default() }
            }
        };
        Ok(Self { file: Some(path), ..settings })
    }

    /// Reads settings from a text.
    #[must_use]
    pub fn of(text: &str) -> Self {
        let mut settings = Self { text: text.to_owned(), ..Self::default() };
        match Document::parse(text) {
            Ok(document) => {
                for (key, item) in entries(document.as_table()) {
                    settings.take(&key, item);
                }
            }
            Err(error) => {
                let place = Place::of(text, error.span().unwrap_or_default());
                settings.problem("settings-syntax", place, say::not_toml(error.message()));
            }
        }
        settings.keys.sort_by_key(|key| key.action.place.span.start);
        settings
    }

    fn take(&mut self, key: &Key, item: &Item) {
        let place = self.place(key.span());
        match key.get() {
            "theme" => {
                let words = ThemeName::ALL.map(ThemeName::word);
                self.theme = self.word(key, item, &words).map(|at| ThemeName::ALL[at]);
            }
            "language" => {
                let words = Lang::ALL.map(Lang::code);
                self.language = self.word(key, item, &words).map(|at| Lang::ALL[at]);
            }
            "keys" => match item.as_table_like() {
                Some(table) => self.take_keys(None, table),
                None => self.problem("wrong-kind", place, say::wrong_kind("keys", "`[keys]`")),
            },
            name => self.problem("unknown-setting", place, say::unknown_setting(name, &SETTINGS)),
        }
    }

    /// Which of `words` a setting is.
    fn word(&mut self, key: &Key, item: &Item, words: &[&str]) -> Option<usize> {
        let place = self.place(item.span());
        let Some(word) = item.as_str() else {
            let like = format!("`{} = \"{}\"`", key.get(), words.first().unwrap_or(&""));
            self.problem("wrong-kind", place, say::wrong_kind(key.get(), &like));
            return None;
        };
        let found = words.iter().position(|known| *known == word);
        if found.is_none() {
            self.problem("unknown-word", place, say::unknown_word(key.get(), word, words));
        }
        found
    }

    /// `pick-up = "M"`, `quit = ["q", "ctrl-c"]`, or a table of them for one place.
    fn take_keys(&mut self, scope: Option<&Written>, table: &dyn TableLike) {
        for (key, item) in entries(table) {
            let action = Written { text: key.get().to_owned(), place: self.place(key.span()) };
            if scope.is_none()
                && let Some(inner) = item.as_table_like()
            {
                self.take_keys(Some(&action), inner);
                continue;
            }
            let Some(keys) = self.key_names(item) else {
                let like = format!("`{} = [\"a\", \"ctrl-b\"]`", action.text);
                let said = say::wrong_kind(&action.text, &like);
                self.problem("wrong-kind", action.place, said);
                continue;
            };
            self.keys.push(KeySetting { scope: scope.cloned(), action, keys });
        }
    }

    fn key_names(&self, item: &Item) -> Option<Vec<Written>> {
        let one = |value: &Value| {
            let text = value.as_str()?.to_owned();
            Some(Written { text, place: self.place(value.span()) })
        };
        match item.as_value()? {
            Value::Array(array) => array.iter().map(one).collect(),
            value => Some(vec![one(value)?]),
        }
    }

    fn place(&self, span: Option<std::ops::Range<usize>>) -> Place {
        Place::of(&self.text, span.unwrap_or_default())
    }

    fn problem(&mut self, code: &'static str, place: Place, (message, help): Said) {
        self.problems.push(Diagnostic::error(code, place, message).help(help));
    }
}

/// The language of the locale; English where it is another one.
#[must_use]
pub fn locale_language() -> Lang {
    let named = |name| std::env::var(name).ok().filter(|value| !value.is_empty());
    let locale = ["LC_ALL", "LC_MESSAGES", "LANG"].into_iter().find_map(named);
    locale.and_then(|locale| Lang::of_locale(&locale)).unwrap_or_default()
}

/// The file that somebody means who types its name where no shell reads it: `~/` is the home folder.
#[must_use]
pub fn typed_path(typed: &str) -> PathBuf {
    let home = || std::env::var_os("HOME").filter(|home| !home.is_empty());
    match (typed.strip_prefix('~'), home()) {
        (Some(""), Some(home)) => PathBuf::from(home),
        (Some(rest), Some(home)) if rest.starts_with('/') => {
            let mut path = home;
            path.push(rest);
            PathBuf::from(path)
        }
        _ => PathBuf::from(typed),
    }
}

/// Keys and values of a table, with their places.
fn entries(table: &dyn TableLike) -> Vec<(Key, &Item)> {
    let with_key = |(name, item)| Some((table.key(name)?.clone(), item));
    table.iter().filter_map(with_key).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn problems(text: &str) -> Vec<(usize, String)> {
        let say = |d: &Diagnostic| {
            let help = d.help.as_ref().unwrap().say(Lang::English);
            (d.place.as_ref().unwrap().line, format!("{}; {help}", d.message.say(Lang::English)))
        };
        Settings::of(text).problems.iter().map(say).collect()
    }

    #[test]
    fn home_folder_is_known_where_no_shell_reads_a_name() {
        let home = typed_path("~");
        assert_eq!(typed_path("~/logs/a b.gz"), home.join("logs/a b.gz"));
        for name in ["a/~/b", "~other/x", "x~", "", "-", "/~"] {
            assert_eq!(typed_path(name), PathBuf::from(name));
        }
    }

    #[test]
    fn theme_language_and_keys_are_read_with_their_places() {
        let settings = Settings::of(
            "theme = \"light\"\nlanguage = \"ja\"\n\n[keys]\nquit = [\"Q\", \"ctrl-c\"]\n\n[keys.rules]\npick-up = \"M\"\n",
        );
        assert!(settings.problems.is_empty(), "{:?}", settings.problems);
        assert_eq!(
            (settings.theme, settings.language),
            (Some(ThemeName::Light), Some(Lang::Japanese))
        );
        let [quit, pick_up] = settings.keys.as_slice() else { panic!("{:?}", settings.keys) };
        assert_eq!((quit.scope.as_ref(), quit.action.place.line, quit.keys.len()), (None, 5, 2));
        assert_eq!(pick_up.scope.as_ref().unwrap().text, "rules");
        assert_eq!((pick_up.keys[0].text.as_str(), pick_up.keys[0].place.line), ("M", 8));
    }

    #[test]
    fn what_is_wrong_is_told_with_its_line_and_the_rest_is_used() {
        let text =
            "theme = \"drak\"\ncolour = 3\nlanguage = \"ja\"\n[keys]\nquit = 5\nundo = \"U\"\n";
        let all = problems(text);
        assert_eq!(all.iter().map(|(line, _)| *line).collect::<Vec<_>>(), [1, 2, 5]);
        assert!(all[0].1.contains("cannot be `drak`; choose one of `dark`"), "{all:?}");
        assert!(all[1].1.contains("no setting `colour`; settings are `theme`"), "{all:?}");
        assert!(all[2].1.contains("`quit` has a value of another kind"), "{all:?}");
        let settings = Settings::of(text);
        assert_eq!((settings.theme, settings.language), (None, Some(Lang::Japanese)));
        assert_eq!(settings.keys.len(), 1);
    }

    #[test]
    fn text_that_is_not_toml_says_where_and_nothing_of_it_is_used() {
        let settings = Settings::of("language = \"ja\"\ntheme = light\n");
        assert_eq!(settings.language, None);
        let line = settings.problems[0].place.as_ref().unwrap().line;
        assert_eq!((settings.problems.len(), line), (1, 2));
    }

    #[test]
    fn ground_of_the_terminal_tells_light_from_dark() {
        assert_eq!(ThemeName::of_ground("15;0"), Some(ThemeName::Dark));
        assert_eq!(ThemeName::of_ground("0;default;15"), Some(ThemeName::Light));
        assert_eq!(ThemeName::of_ground("0;7"), Some(ThemeName::Light));
        assert_eq!(ThemeName::of_ground("7;8"), Some(ThemeName::Dark));
        assert_eq!(ThemeName::of_ground("default;default"), None);
    }

    #[test]
    fn named_file_must_be_there() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("mine.toml");
        assert!(Settings::read(Some(&path)).is_err());
        std::fs::write(&path, "theme = \"light\"").unwrap();
        let settings = Settings::read(Some(&path)).unwrap();
        assert_eq!((settings.theme, settings.file), (Some(ThemeName::Light), Some(path)));
    }
}
