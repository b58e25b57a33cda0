/// A language the program speaks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Lang {
    /// English.
    #[default]
    English,
}

/// A sentence for a person. Made by the functions of this room, shown in the language asked for.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Text {
    english: String,
}

impl Text {
    /// The sentence in `lang`.
    #[must_use]
    pub fn say(&self, lang: Lang) -> &str {
        match lang {
            Lang::English => &self.english,
        }
    }
}

impl From<String> for Text {
    fn from(english: String) -> Self {
        Self { english }
    }
}

impl From<&str> for Text {
    fn from(english: &str) -> Self {
        Self { english: english.to_owned() }
    }
}
