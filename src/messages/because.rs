//! Why the rule that decided matches, in words: what stands behind the colon of a sentence.

use super::Lang::{English, Japanese};
use super::Text;

/// An entry of a row that covers the name asked for; `list`: the list it stands in.
#[must_use]
pub fn name(entry: &str, list: Option<&str>, host: &str) -> Text {
    let place = list.map(|list| format!(" of list `{list}`")).unwrap_or_default();
    let place_ja = list.map(|list| format!("リスト `{list}` の ")).unwrap_or_default();
    if entry == host {
        return (format!("it names {host}{place}"), format!("{place_ja}{host} を名指ししています"))
            .into();
    }
    (format!("`{entry}`{place} covers {host}"), format!("{place_ja}`{entry}` は {host} を含みます"))
        .into()
}

/// A row for an address or a network.
#[must_use]
pub fn address(entry: &str, dst: &str) -> Text {
    if entry == dst {
        return (format!("it names {dst}"), format!("{dst} を名指ししています")).into();
    }
    (format!("{dst} is in {entry}"), format!("{dst} は {entry} に含まれます")).into()
}

/// A row for everything that its sources ask for; `ports`: on these ports only.
#[must_use]
pub fn anything(from: &str, ports: Option<&str>) -> Text {
    match ports {
        Some(ports) => (
            format!("it is for everything from {from} to port {ports}"),
            format!("{from} からポート {ports} への通信すべてが対象です"),
        )
            .into(),
        None => (
            format!("it is for everything from {from}"),
            format!("{from} からの通信すべてが対象です"),
        )
            .into(),
    }
}

/// A rule that decides on a packet that comes before the name.
#[must_use]
pub fn before_the_name(why: Option<&Text>) -> Text {
    Text::made(|lang| match (lang, why.map(|why| why.say(lang))) {
        (English, Some(why)) => format!("{why}; the name is not known yet"),
        (English, None) => {
            "the name is not known yet, and it asks for addresses and ports only".to_owned()
        }
        (Japanese, Some(why)) => format!("{why}。名前はまだ分かりません"),
        (Japanese, None) => {
            "名前はまだ分かりませんが、このルールが見るのはアドレスとポートだけです".to_owned()
        }
    })
}

/// A condition of a hand-written rule.
#[must_use]
pub fn condition(wanted: &str, got: &str) -> Text {
    (
        format!("it asks for {wanted}, and has {got}"),
        format!("求めるのは {wanted}、実際は {got} です"),
    )
        .into()
}

/// A default action drops what nothing passed.
#[must_use]
pub fn nothing_passed(name_known: bool) -> Text {
    if name_known {
        return ("no rule passes it", "通過させるルールがありません").into();
    }
    (
        "no rule passes it by then, and the name is not known yet",
        "この時点で通過させるルールがなく、名前もまだ分かりません",
    )
        .into()
}
