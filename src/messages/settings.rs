//! What is wrong with the file of settings, and what to do.

use super::Text;

/// What is wrong, and what to do.
pub type Said = (Text, Text);

fn said(message: impl Into<Text>, help: impl Into<Text>) -> Said {
    (message.into(), help.into())
}

/// Words of which one is to be written.
fn either(words: &[&str]) -> String {
    words.iter().map(|word| format!("`{word}`")).collect::<Vec<_>>().join(", ")
}

/// The file is not TOML.
#[must_use]
pub fn not_toml(what: &str) -> Said {
    said(
        (format!("this is not TOML: {what}"), format!("TOML として読めません: {what}")),
        (
            "until this is mended, nothing of the file is used",
            "直すまで、このファイルの設定は一つも使われません",
        ),
    )
}

/// A setting that there is not.
#[must_use]
pub fn unknown_setting(name: &str, known: &[&str]) -> Said {
    let known = either(known);
    said(
        (format!("there is no setting `{name}`"), format!("`{name}` という設定はありません")),
        (format!("settings are {known}"), format!("設定できるもの: {known}")),
    )
}

/// A value of another kind than is wanted.
#[must_use]
pub fn wrong_kind(name: &str, wanted: &str) -> Said {
    said(
        (format!("`{name}` has a value of another kind"), format!("`{name}` の値の種類が違います")),
        (format!("write it like {wanted}"), format!("{wanted} のように書いてください")),
    )
}

/// A word that is none of those known.
#[must_use]
pub fn unknown_word(setting: &str, word: &str, known: &[&str]) -> Said {
    let known = either(known);
    said(
        (
            format!("`{setting}` cannot be `{word}`"),
            format!("`{setting}` を `{word}` にはできません"),
        ),
        (format!("choose one of {known}"), format!("次から選んでください: {known}")),
    )
}

/// An action that there is not, with the nearest that there is.
#[must_use]
pub fn unknown_action(name: &str, near: Option<&str>) -> Said {
    let what =
        (format!("no action is called `{name}`"), format!("`{name}` という操作はありません"));
    match near {
        Some(near) => {
            said(what, (format!("did you mean `{near}`?"), format!("`{near}` のことですか")))
        }
        None => said(
            what,
            (
                "`sekisho keys` prints the names of all actions",
                "操作の名前は `sekisho keys` で一覧できます",
            ),
        ),
    }
}

/// A place of keys that there is not.
#[must_use]
pub fn unknown_scope(name: &str, known: &[&str]) -> Said {
    let known = either(known);
    said(
        (
            format!("keys have no place called `{name}`"),
            format!("`{name}` というキーの場所はありません"),
        ),
        (format!("places are {known}"), format!("場所: {known}")),
    )
}

/// An action that means nothing in a place.
#[must_use]
pub fn not_in_scope(action: &str, scope: &str, scopes: &[&str]) -> Said {
    let scopes = either(scopes);
    said(
        (
            format!("`{action}` means nothing in `{scope}`"),
            format!("`{action}` は `{scope}` では使えません"),
        ),
        (format!("it has keys in {scopes}"), format!("使える場所: {scopes}")),
    )
}

/// A key that there is not.
#[must_use]
pub fn unknown_key(name: &str) -> Said {
    said(
        (format!("no key is called `{name}`"), format!("`{name}` というキーはありません")),
        (
            "a key is one character, `ctrl-` and a letter, or `enter`, `esc`, `tab`, `shift-tab`, `space`, `up`, `down`, \
             `left`, `right`, `home`, `end`, `pgup`, `pgdn`, `delete`, `backspace`",
            "キーは 1 文字か、`ctrl-` と 1 文字、または `enter`, `esc`, `tab`, `shift-tab`, `space`, `up`, `down`, `left`, \
             `right`, `home`, `end`, `pgup`, `pgdn`, `delete`, `backspace` です",
        ),
    )
}

/// An action without a key.
#[must_use]
pub fn no_key(action: &str) -> Said {
    said(
        (format!("`{action}` is left without a key"), format!("`{action}` にキーがありません")),
        ("name at least one key", "キーを 1 つ以上書いてください"),
    )
}

/// A key that would be typed as text.
#[must_use]
pub fn typed_there(key: &str, scope: &str) -> Said {
    said(
        (
            format!("in `{scope}` the key `{key}` is text that is typed"),
            format!("`{scope}` では `{key}` は文字として入力されます"),
        ),
        (
            "use a key that is no character, or one with `ctrl-`",
            "文字でないキーか、`ctrl-` を付けたキーにしてください",
        ),
    )
}

/// A key that means something else already.
#[must_use]
pub fn key_taken(key: &str, scope: &str, action: &str, other: &str) -> Said {
    said(
        (
            format!("in `{scope}` the key `{key}` would mean both `{action}` and `{other}`"),
            format!("`{scope}` で `{key}` が `{action}` と `{other}` の両方になります"),
        ),
        (
            format!("take another key, or give `{other}` another one too"),
            format!("別のキーにするか、`{other}` のキーも変えてください"),
        ),
    )
}

/// A key for everywhere that means something else in a pane.
#[must_use]
pub fn key_hidden(key: &str, scope: &str, inner: &str, outer: &str) -> Said {
    said(
        (
            format!("in `{scope}` the key `{key}` means `{inner}`, not `{outer}`"),
            format!("`{scope}` では `{key}` は `{inner}` であり、`{outer}` ではありません"),
        ),
        (
            "where that is not meant, give one of them another key",
            "意図と違うなら、どちらかを別のキーにしてください",
        ),
    )
}

/// `~/.config/sekisho/config.toml, line 3`.
#[must_use]
pub fn place(file: &str, line: usize) -> Text {
    (format!("{file}, line {line}"), format!("{file} の {line} 行目")).into()
}

/// What is done about settings that cannot be used.
#[must_use]
pub fn goes_on() -> Text {
    (
        "What is wrong keeps its usual value; everything else is used.",
        "誤りのある設定は既定のままとし、ほかはすべて使います。",
    )
        .into()
}

/// The title over what is wrong.
#[must_use]
pub fn title() -> Text {
    ("Settings", "設定").into()
}
