//! Entries of `accept` that no finding needs.

use super::Page;
use crate::messages::{Text, Words, words};

/// What is seen.
#[must_use]
pub fn message(code: &str) -> Text {
    (
        format!("nothing with the code `{code}` is found here: this accepts nothing"),
        format!("ここにコード `{code}` の指摘はありません。この項目は何も受け入れていません"),
    )
        .into()
}

/// What to do about it.
pub const HELP: Words = words(
    "delete the entry; the code and the place are those that `sekisho check` prints",
    "この項目を削除してください。コードと場所は `sekisho check` が表示するものです",
);

/// The page.
pub const PAGE: Page = Page {
    code: "accepts-nothing",
    what: words(
        "An entry of `accept` names a finding that is not there, or not there any more.",
        "`accept` の項目が、存在しない指摘、またはもう存在しない指摘を挙げています。",
    ),
    why: words(
        "An entry counts for its rule, its group or, at the top of the file, for the whole policy. One that is left over would silence the same finding when it comes back for another reason.",
        "項目は、書かれたルールかグループ、ファイルの最上位ならポリシー全体に効きます。残ったままの項目は、別の理由で同じ指摘が出たときにそれを隠してしまいます。",
    ),
    example: "- name: paste-sites\n  action: drop\n  from: any\n  to: [.paste.example]\n  accept: [shadowed-by-rul because SEC-1234]",
    remedy: words(
        "Delete the entry, or correct its code or its place.",
        "項目を削除するか、コードや場所を直してください。",
    ),
    references: &["This project: the policy file, `accept`"],
};
