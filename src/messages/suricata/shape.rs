//! How rules in Suricata's language are built: their parts, values, names and numbers.

use crate::messages::Lang::{English, Japanese};
use crate::messages::{Text, Words, words};

/// A value, and what is wrong with it.
#[must_use]
pub fn value(value: &str, why: &Text) -> Text {
    Text::made(|lang| format!("`{value}`: {}", why.say(lang)))
}

/// A word is not what is wanted here.
#[must_use]
pub fn is_not(word: &str, what: Words) -> Text {
    Text::made(|lang| match lang {
        English => format!("`{word}` is not {}", what.say(lang)),
        Japanese => format!("`{word}` は{}ではありません", what.say(lang)),
    })
}

/// What words can be.
pub mod what {
    use super::{Words, words};

    /// Of `app-layer-protocol`.
    pub const DETECTED_PROTOCOL: Words =
        words("a protocol that the engine detects", "エンジンが検出するプロトコル");
    /// Of an event.
    pub const PROTOCOL: Words = words("a protocol of the engine", "エンジンのプロトコル");
    /// Of a keyword with a few values.
    pub const VALUE: Words = words("a value of this keyword", "このキーワードの値");
    /// Of `target`.
    pub const TARGET: Words = words("a target", " target の値");
    /// Of `flow`.
    pub const FLOW: Words = words("a word of flow", " flow の語");
    /// Of `ssl_state`.
    pub const STATE: Words = words("a state", "状態の名前");
    /// Of `ssl_version`.
    pub const SSL_VERSION: Words = words("a version of ssl_version", " ssl_version のバージョン");
    /// Of `tls.version`.
    pub const TLS_VERSION: Words = words("a version of tls.version", " tls.version のバージョン");
    /// Of `flowbits` and `xbits`.
    pub const BIT: Words = words("something to do with a bit", "ビットの操作");
    /// Of `threshold`.
    pub const THRESHOLD: Words = words("a word of a threshold", " threshold の語");
    /// Its type.
    pub const TYPE: Words = words("a type", "種類");
    /// What it counts by.
    pub const COUNTED_BY: Words = words("something to count by", "数える単位");
    /// The first word of a rule.
    pub const ACTION: Words = words("an action", "アクション");
    /// The second.
    pub const HEADER_PROTOCOL: Words =
        words("a protocol of a header", "ヘッダーに書けるプロトコル");
    /// The arrow.
    pub const DIRECTION: Words = words("a direction", "向き");
    /// The name of an option.
    pub const KEYWORD: Words = words("a keyword", "キーワード");
}

/// `did you mean …?`
#[must_use]
pub fn did_you_mean(near: &str) -> Text {
    (format!("did you mean `{near}`?"), format!("`{near}` のことですか?")).into()
}

/// What there is to choose from.
#[must_use]
pub fn choices(known: &str) -> Text {
    (format!("there are {known}"), format!("使えるのは {known} です")).into()
}

/// A keyword with a value it does not take.
#[must_use]
pub fn takes_no_value(name: &str) -> Text {
    (format!("{name} takes no value"), format!("{name} に値は書けません")).into()
}

/// How it is written.
#[must_use]
pub fn write_alone(name: &str) -> Text {
    (format!("write `{name};`"), format!("`{name};` と書いてください")).into()
}

/// A keyword without its value.
#[must_use]
pub fn needs_value(name: &str) -> Text {
    (format!("{name} needs a value: `{name}:…;`"), format!("{name} には値が必要です: `{name}:…;`"))
        .into()
}

/// Quotes that lack.
pub const NEEDS_QUOTES: Words =
    words("the value must stand in double quotes", "値は二重引用符で囲む必要があります");
/// What to do.
pub const WRITE_QUOTES: Words = words("write it as \"…\"", "\"…\" の形で書いてください");
/// Quotes that are too many.
#[must_use]
pub fn no_quotes(name: &str) -> Text {
    (format!("{name} takes its value without quotes"), format!("{name} の値は引用符で囲みません"))
        .into()
}
/// What to do.
pub const TAKE_QUOTES_AWAY: Words = words("take the quotes away", "引用符を外してください");
/// Nothing between them.
pub const EMPTY_QUOTES: Words =
    words("there is nothing between the quotes", "引用符の間に何もありません");
/// What to do.
pub const WRITE_WHAT_IS_MATCHED: Words =
    words("write what is to be matched", "一致させたいものを書いてください");
/// The second one lacks.
pub const OPEN_QUOTES: Words = words("the closing quote is missing", "閉じる引用符がありません");
/// Why that may be.
pub const ESCAPE_SEMICOLON: Words = words(
    "a `;` inside quotes needs a backslash before it: `\\;`",
    "引用符の中の `;` の前にはバックスラッシュ が必要です: `\\;`",
);

/// A number that cannot be read.
#[must_use]
pub fn number_up_to(most: u64) -> Text {
    (
        format!("write a number up to {most}, `<5`, `>5`, `!5` or `1-5`"),
        format!("{most} までの数、または `<5`、`>5`、`!5`、`1-5` の形で書いてください"),
    )
        .into()
}

/// A whole number is wanted.
pub const WHOLE_NUMBER: Words = words("write a whole number", "整数で書いてください");
/// Of a place.
pub const WHOLE_TO_65535: Words =
    words("write a whole number from 0 to 65535", "0 から 65535 までの整数で書いてください");

/// `sid`, `rev`.
#[must_use]
pub fn from_one_to(name: &str, most: u32) -> Text {
    (
        format!("{name} is a number from 1 to {most}"),
        format!("{name} は 1 から {most} までの数です"),
    )
        .into()
}

/// A keyword that may stand once.
#[must_use]
pub fn written_twice(name: &str) -> Text {
    (format!("{name} is written twice"), format!("{name} が 2 回書かれています")).into()
}

/// A word of a list that may stand once.
pub const TWICE: Words = words("is written twice", "2 回書かれています");

/// The rule has no options.
pub const NO_OPTIONS: Words = words("the rule has no options", "ルールにオプションがありません");
/// What to do.
pub const NO_OPTIONS_HELP: Words =
    words("at least `(sid:1000001;)` is needed", "少なくとも `(sid:1000001;)` が必要です");
/// Something stands behind the rule.
pub const TEXT_BEHIND: Words = words("text behind the rule", "ルールの後に余分な文字があります");
/// What to do.
pub const TEXT_BEHIND_HELP: Words = words(
    "a rule ends with `)`; a comment needs a line of its own",
    "ルールは `)` で終わります。コメントは別の行に書いてください",
);
/// An option without its end.
pub const NO_SEMICOLON: Words =
    words("no `;` ends this option", "このオプションの終わりに `;` がありません");
/// What to do.
pub const NO_SEMICOLON_HELP: Words = words(
    "every option ends with `;`, the last one too, and `)` ends the rule",
    "オプションは最後のものも `;` で終わり、ルールは `)` で終わります",
);
/// An end without an option.
pub const NOTHING_BEFORE_SEMICOLON: Words =
    words("nothing stands before this `;`", "この `;` の前に何もありません");
/// What to do.
pub const TAKE_SEMICOLON_AWAY: Words = words("take the `;` away", "`;` を消してください");

/// The parts of a header, in their order.
pub const HEADER: [Words; 7] = [
    words("action", "アクション"),
    words("protocol", "プロトコル"),
    words("source", "送信元"),
    words("source port", "送信元ポート"),
    words("direction", "向き"),
    words("destination", "宛先"),
    words("destination port", "宛先ポート"),
];

/// A header that ends too soon.
#[must_use]
pub fn ends_before(part: Words) -> Text {
    Text::made(|lang| match lang {
        English => format!("the rule ends before its {}", part.say(lang)),
        Japanese => format!("ルールが{}の前で終わっています", part.say(lang)),
    })
}

/// A part of a header that is none.
#[must_use]
pub fn is_no_part(text: &str, part: Words) -> Text {
    Text::made(|lang| match lang {
        English => format!("`{text}` is not a {}", part.say(lang)),
        Japanese => format!("`{text}` は{}ではありません", part.say(lang)),
    })
}

/// Tabs.
pub const HEADER_TABS: Words = words(
    "header fields are parted by spaces: the engine does not take a tab there",
    "ヘッダーの項目は空白で区切ります。エンジンはそこでタブを受け付けません",
);
/// No space behind the header.
pub const SPACE_BEFORE_OPTIONS: Words =
    words("put a space before the `(`", "`(` の前に空白を入れてください");
/// What a rule looks like.
pub const SHAPE_OF_RULE: Words = words(
    "a rule is: action protocol source port -> destination port (options)",
    "ルールの形: アクション プロトコル 送信元 ポート -> 宛先 ポート (オプション)",
);
/// The usual actions.
pub const USUAL_ACTIONS: Words =
    words("use pass, drop, reject or alert", "pass、drop、reject、alert のどれかを使ってください");
/// The usual protocols.
pub const USUAL_PROTOCOLS: Words = words(
    "use tls, http, dns, quic, tcp, udp, icmp, ip …",
    "tls、http、dns、quic、tcp、udp、icmp、ip などを使ってください",
);

/// A protocol in capitals.
#[must_use]
pub fn in_lower_case(near: &str) -> Text {
    (format!("write it in lower case: `{near}`"), format!("小文字で書いてください: `{near}`"))
        .into()
}

/// An arrow to the left.
pub const EXCHANGE_SIDES: Words =
    words("exchange the two sides and write `->`", "左右を入れ替えて `->` と書いてください");
/// The arrows there are.
pub const ARROWS: Words = words("use `->` or `<>`", "`->` か `<>` を使ってください");

/// A line that the engine does not read.
pub const LINE_SKIPPED: Words = words(
    "the engine passes over a line that begins with a blank, without a word",
    "エンジンは空白で始まる行を、何も言わずに読み飛ばします",
);
/// What to do.
pub const LINE_SKIPPED_HELP: Words = words(
    "take the blank away; to turn the rule off write `#` before it",
    "空白を消してください。ルールを無効にするには前に `#` を書きます",
);
/// A byte that ends a line.
pub const NUL_BYTE: Words = words(
    "the engine reads this line up to the NUL byte",
    "エンジンはこの行を NUL バイトまでしか読みません",
);
/// What to do.
pub const NUL_BYTE_HELP: Words = words("take the byte away", "そのバイトを消してください");

/// A rule longer than the engine reads.
#[must_use]
pub fn too_long(bytes: usize, most: usize) -> Text {
    (
        format!("the rule has {bytes} bytes, the engine reads {most}"),
        format!("ルールは {bytes} バイトあります。エンジンが読むのは {most} バイトまでです"),
    )
        .into()
}

/// What to do.
pub const TOO_LONG_HELP: Words = words(
    "split it into several rules, or use a variable",
    "複数のルールに分けるか、変数を使ってください",
);

/// A character that rules do not have.
#[must_use]
pub fn control_character(shown: &str) -> Text {
    (
        format!("the control character `{shown}` is not allowed in a rule"),
        format!("制御文字 `{shown}` はルールに書けません"),
    )
        .into()
}

/// What to do.
pub const CONTROL_CHARACTER_HELP: Words = words(
    "take it away; inside a content write it in hex",
    "消してください。content の中では 16 進で書けます",
);

/// A sid again.
#[must_use]
pub fn sid_twice(sid: u32, newer: bool) -> Text {
    match newer {
        true => (
            format!("sid {sid} is written twice; this newer revision replaces the earlier rule"),
            format!("sid {sid} が 2 回書かれています。新しいリビジョンであるこちらが前のルールを置き換えます"),
        ),
        false => (
            format!("sid {sid} is written twice"),
            format!("sid {sid} が 2 回書かれています"),
        ),
    }
    .into()
}

/// What to do.
pub const OWN_SID: Words =
    words("give each rule a sid of its own", "ルールごとに別の sid を付けてください");
/// What to do, where one replaces the other.
pub const OWN_SID_OR_NONE: Words = words(
    "give each rule a sid of its own, or take the old one away",
    "ルールごとに別の sid を付けるか、古いルールを消してください",
);
/// A rule without a number.
pub const NO_SID: Words = words("the rule has no sid", "ルールに sid がありません");
/// What to do.
pub const NO_SID_HELP: Words = words(
    "add `sid:1000001;` with a number of its own",
    "`sid:1000001;` のように、重ならない番号を付けてください",
);

/// Options that a message swallowed.
pub const SWALLOWED_BY_MSG: Words = words(
    "this became part of the message: a `;` is missing before it",
    "メッセージの一部になっています。前に `;` がありません",
);
/// What to do.
pub const END_MSG: Words =
    words("end the message with `\";`", "メッセージを `\";` で終えてください");

/// A condition about another protocol than the rule.
#[must_use]
pub fn about_another(name: &str, app: &str, before: &str) -> Text {
    (
        format!("{name} is about {app}, the rule about {before}"),
        format!("{name} は {app} についてのもので、ルールは {before} についてのものです"),
    )
        .into()
}

/// What to do in a rule about QUIC.
pub const QUIC_SNI: Words =
    words("for QUIC write `quic.sni`", "QUIC では `quic.sni` と書いてください");
/// Conditions of both sides.
pub const BOTH_SIDES: Words = words(
    "one rule cannot ask of the client's and of the server's words",
    "1 つのルールでクライアントとサーバーの両方の内容を条件にすることはできません",
);
/// What to do.
pub const TWO_RULES: Words = words(
    "make two rules, and join them with flowbits",
    "ルールを 2 つに分け、flowbits でつないでください",
);

/// A buffer that nothing is asked of.
#[must_use]
pub fn nothing_asked(name: &str) -> Text {
    (format!("nothing is asked of {name}"), format!("{name} に対する条件がありません")).into()
}

/// What to do.
#[must_use]
pub fn write_content(name: &str) -> Text {
    (
        format!("write a content behind it: `{name}; content:\"…\";`"),
        format!("後に content を書いてください: `{name}; content:\"…\";`"),
    )
        .into()
}

/// A word about a content, without one.
#[must_use]
pub fn needs_content(name: &str) -> Text {
    (format!("{name} needs a content before it"), format!("{name} の前に content が必要です"))
        .into()
}

/// A field of addresses or ports that cannot be resolved.
pub mod field {
    use super::Text;

    /// No such variable.
    #[must_use]
    pub fn no_variable(name: &str) -> Text {
        (
            format!("the variable `${name}` is not defined"),
            format!("変数 `${name}` は定義されていません"),
        )
            .into()
    }

    /// What to do.
    #[must_use]
    pub fn define() -> Text {
        (
            "define it among the variables of the rule group",
            "ルールグループの変数で定義してください",
        )
            .into()
    }

    /// No such reference.
    #[must_use]
    pub fn no_reference(name: &str) -> Text {
        (
            format!("the IP set reference `@{name}` is not declared"),
            format!("IP セット参照 `@{name}` は宣言されていません"),
        )
            .into()
    }

    /// What to do.
    #[must_use]
    pub fn declare() -> Text {
        (
            "declare it among the references of the rule group",
            "ルールグループの参照で宣言してください",
        )
            .into()
    }

    /// Nothing is left.
    #[must_use]
    pub fn no_address(text: &str) -> Text {
        (format!("`{text}` leaves no address"), format!("`{text}` にはアドレスが 1 つも残りません"))
            .into()
    }

    /// Nothing is left.
    #[must_use]
    pub fn no_port(text: &str) -> Text {
        (format!("`{text}` leaves no port"), format!("`{text}` にはポートが 1 つも残りません"))
            .into()
    }

    /// Variables that name one another.
    #[must_use]
    pub fn circles() -> Text {
        ("the variables go round in circles", "変数が互いを参照して循環しています").into()
    }

    /// A range of IPv6 addresses.
    #[must_use]
    pub fn v6_range(entry: &str) -> Text {
        (
            format!("`{entry}`: the engine takes no range of IPv6; write a network"),
            format!(
                "`{entry}`: エンジンは IPv6 の範囲を受け付けません。ネットワークで書いてください"
            ),
        )
            .into()
    }

    /// A bracket too many.
    #[must_use]
    pub fn closes_too_often(text: &str) -> Text {
        (format!("`{text}` has a `]` too many"), format!("`{text}` の `]` が多すぎます")).into()
    }

    /// A bracket too few.
    #[must_use]
    pub fn is_not_closed(text: &str) -> Text {
        (format!("`{text}` lacks a `]`"), format!("`{text}` の `]` が足りません")).into()
    }

    /// Nothing between two commas.
    #[must_use]
    pub fn empty_entry(text: &str) -> Text {
        (format!("`{text}` has an empty entry"), format!("`{text}` に空の項目があります")).into()
    }

    /// No address.
    #[must_use]
    pub fn is_no_address(text: &str) -> Text {
        (
            format!("`{text}` is not an address: write one like 10.0.0.0/8"),
            format!("`{text}` はアドレスではありません。10.0.0.0/8 の形で書いてください"),
        )
            .into()
    }

    /// No port.
    #[must_use]
    pub fn is_no_port(text: &str) -> Text {
        (
            format!("`{text}` is not a port: write a number, 8000:9000 or any"),
            format!("`{text}` はポートではありません。番号、8000:9000、any の形で書いてください"),
        )
            .into()
    }

    /// An exclusion of exclusions.
    #[must_use]
    pub fn excludes_itself(name: &str) -> Text {
        (
            format!("`!${name}`: the variable excludes ports itself"),
            format!("`!${name}`: この変数の中にすでにポートの除外があります"),
        )
            .into()
    }
}
