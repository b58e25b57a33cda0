/// A language the program speaks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Lang {
    /// English.
    #[default]
    English,
    /// Japanese.
    Japanese,
}

impl Lang {
    /// Every language, the usual one first.
    pub const ALL: [Self; 2] = [Self::English, Self::Japanese];

    /// Its code, as in `LANG` and in settings: `en`, `ja`.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::English => "en",
            Self::Japanese => "ja",
        }
    }

    /// The language after this one, round and round.
    #[must_use]
    pub const fn next(self) -> Self {
        match self {
            Self::English => Self::Japanese,
            Self::Japanese => Self::English,
        }
    }

    /// The language of a locale's name such as `ja_JP.UTF-8`, or of a code.
    #[must_use]
    pub fn of_locale(name: &str) -> Option<Self> {
        let code = name.split(['_', '.', '-', '@']).next().unwrap_or_default();
        Self::ALL.into_iter().find(|lang| lang.code().eq_ignore_ascii_case(code))
    }
}

/// Words that never change, in every language.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Words {
    english: &'static str,
    japanese: &'static str,
}

/// Words that never change: English, Japanese.
#[must_use]
pub const fn words(english: &'static str, japanese: &'static str) -> Words {
    Words { english, japanese }
}

impl Words {
    /// The words in `lang`.
    #[must_use]
    pub const fn say(self, lang: Lang) -> &'static str {
        match lang {
            Lang::English => self.english,
            Lang::Japanese => self.japanese,
        }
    }
}

/// A sentence for a person. Made by the functions of this room, shown in the language asked for.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default)]
pub struct Text {
    english: Box<str>,
    japanese: Box<str>,
}

impl Text {
    /// A sentence that contains others: `make` writes it in the language it is given.
    pub fn made(make: impl Fn(Lang) -> String) -> Self {
        (make(Lang::English), make(Lang::Japanese)).into()
    }

    /// A name, a number, a text of the operator: the same in every language.
    #[must_use]
    pub fn verbatim(text: &str) -> Self {
        (text, text).into()
    }

    /// The sentence with something done to it in every language.
    #[must_use]
    pub fn map(&self, change: impl Fn(&str) -> String) -> Self {
        Self::made(|lang| change(self.say(lang)))
    }

    /// The sentence in `lang`.
    #[must_use]
    pub fn say(&self, lang: Lang) -> &str {
        match lang {
            Lang::English => &self.english,
            Lang::Japanese => &self.japanese,
        }
    }
}

/// English, Japanese.
impl<E: Into<String>, J: Into<String>> From<(E, J)> for Text {
    fn from((english, japanese): (E, J)) -> Self {
        let (english, japanese): (String, String) = (english.into(), japanese.into());
        Self { english: english.into(), japanese: japanese.into() }
    }
}

impl From<&Self> for Text {
    fn from(text: &Self) -> Self {
        text.clone()
    }
}

impl From<Words> for Text {
    fn from(words: Words) -> Self {
        (words.english, words.japanese).into()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn language_is_that_of_the_locale() {
        assert_eq!(Lang::of_locale("ja_JP.UTF-8"), Some(Lang::Japanese));
        assert_eq!(Lang::of_locale("ja"), Some(Lang::Japanese));
        assert_eq!(Lang::of_locale("en_GB"), Some(Lang::English));
        assert_eq!(Lang::of_locale("C"), None);
    }
}
