//! Why rows did or did not decide a request, in words.

use super::Lang::{English, Japanese};
use super::{Text, Words, words};

/// What a row can ask.
pub mod part {
    use super::{Words, words};

    /// Who asks.
    pub const SOURCE: Words = words("source", "送信元");
    /// Which server.
    pub const DESTINATION: Words = words("destination", "宛先");
    /// Which port.
    pub const PORT: Words = words("port", "ポート");
    /// Which protocol.
    pub const PROTOCOL: Words = words("protocol", "プロトコル");
    /// Which name.
    pub const NAME: Words = words("name", "名前");
    /// Which path.
    pub const PATH: Words = words("path", "パス");
    /// Direction, state, bits, options.
    pub const PACKET: Words = words("packet", "パケット");
}

/// A condition that is met.
pub const YES: Words = words("yes", "合う");
/// One that misses.
pub const NO: Words = words("no", "違う");
/// One of which it cannot be told.
pub const CANNOT_TELL: Words = words("?", "?");
/// A condition that a row does not have.
pub const NOT_ASKED: Words = words("-", "-");

/// A row in a table of several groups.
#[must_use]
pub fn row(group: &str, name: &str) -> String {
    format!("{group} / {name}")
}

/// Heads of the three lists.
pub mod list {
    use super::{Words, words};

    /// The row that decided.
    pub const DECIDED: Words = words("Decided it", "決め手");
    /// Rows that match as well.
    pub const CAME_AFTER: Words =
        words("Matched too, but came after", "一致したが、決め手より後だったもの");
    /// Rows that miss.
    pub const MISSED: Words = words("Did not match", "一致しなかったもの");
    /// Both rule orders.
    pub const ORDERS: Words = words("In either rule order", "2 つのルール順序での結果");
    /// Client variants.
    pub const VARIANTS: Words = words(
        "The same request as other clients send it (≠: it ends otherwise)",
        "同じリクエストを別のクライアントが送る場合 (≠: 結果が異なる)",
    );

    /// Causes outside the policy.
    #[must_use]
    pub const fn elsewhere(blocked: bool) -> Words {
        if blocked {
            words(
                "It is blocked here already. If it passes one day, and is blocked all the same, look at",
                "ここですでに遮断されています。通るようにしても遮断されるときは、次を確認してください",
            )
        } else {
            words(
                "It passes here. If it is blocked all the same, look at",
                "ここでは通ります。それでも遮断されるときは、次を確認してください",
            )
        }
    }
}

/// In front of a client whose request ends otherwise than the usual one's.
pub const DIFFERS: &str = "≠";

/// One row in full: what it does, what it is called, what it was for the request.
#[must_use]
pub fn one_row(action: &str, rule: &Text, note: &Text) -> Text {
    let action = action.to_uppercase();
    Text::made(|lang| format!("{action} {}: {}", rule.say(lang), note.say(lang)))
}

/// How many rows of a list are shown.
#[must_use]
pub fn of_many(head: Words, shown: usize, all: usize) -> Text {
    if shown == all {
        return head.into();
    }
    Text::made(|lang| match lang {
        English => format!("{}: the closest {shown} of {all}", head.say(lang)),
        Japanese => format!("{}: {all} 件のうち近いもの {shown} 件", head.say(lang)),
    })
}

/// How to see the rest.
pub const MORE: Words = words(
    "`--all` shows every row, `--why RULE` one of them in full",
    "`--all` ですべての行、`--why RULE` で 1 行の詳細を表示します",
);

/// A server whose address nobody gave: somewhere that no rule speaks of.
pub const SOMEWHERE: Words = words("an address elsewhere", "ほかのアドレス");

/// What a packet has, as the evaluator writes it: some of that is words.
#[must_use]
pub fn got(text: &str) -> Text {
    let japanese = match text {
        "nothing" => "なし".to_owned(),
        "not modelled" => "モデル化していない".to_owned(),
        "unknown protocol" => "未知のプロトコル".to_owned(),
        other => match other.strip_suffix(" bytes of data") {
            Some(number) => format!("データ {number} バイト"),
            None => other.to_owned(),
        },
    };
    (text, japanese).into()
}

/// Whom a row is about that says `any`.
pub const ANYBODY: Words = words("any, that is `home_net`", "any(`home_net` の中のすべて)");

/// An address that is in none of the sets asked for.
#[must_use]
pub fn not_in(got: &Text, wanted: &Text) -> Text {
    Text::made(|lang| match lang {
        English => format!("{} is not in {}", got.say(lang), wanted.say(lang)),
        Japanese => format!("{} は {} に含まれません", got.say(lang), wanted.say(lang)),
    })
}

/// Addresses of which some are only modelled: what an IP set reference of AWS holds is not known.
#[must_use]
pub fn modelled(wanted: &str) -> Text {
    (format!("{wanted} (modelled)"), format!("{wanted} (モデル)")).into()
}

/// Another port.
#[must_use]
pub fn other_port(got: &Text, wanted: &Text) -> Text {
    Text::made(|lang| match lang {
        English => format!("it is for port {}, not {}", wanted.say(lang), got.say(lang)),
        Japanese => {
            format!("ポートの条件は {} です (実際は {})", wanted.say(lang), got.say(lang))
        }
    })
}

/// Other names.
#[must_use]
pub fn other_name(wanted: &Text) -> Text {
    Text::made(|lang| match lang {
        English => format!("it is for {}", wanted.say(lang)),
        Japanese => format!("名前の条件は {} です", wanted.say(lang)),
    })
}

/// Anything else.
#[must_use]
pub fn other(got: &Text, wanted: &Text) -> Text {
    Text::made(|lang| match lang {
        English => format!("it asks for {}, not {}", wanted.say(lang), got.say(lang)),
        Japanese => format!("条件は {} です (実際は {})", wanted.say(lang), got.say(lang)),
    })
}

/// Protocols of which any will do, as a condition of the evaluator writes them.
#[must_use]
pub fn one_of(protocols: &[String]) -> String {
    protocols.join(" or ")
}

/// A condition's value, as the evaluator writes it: some of that is words.
#[must_use]
pub fn wanted(text: &str) -> Text {
    (text, text.replace(" or ", " または ")).into()
}

/// What a row was for the request, as a sentence about it.
pub mod standing {
    use super::{English, Japanese, Text, Words, words};

    /// It decided, on this packet.
    #[must_use]
    pub fn decided(at: &Text) -> Text {
        Text::made(|lang| match lang {
            English => format!("decides, at {}", at.say(lang)),
            Japanese => format!("{} で決めます", at.say(lang)),
        })
    }

    /// It matches on a packet on which, or before which, another rule had decided.
    #[must_use]
    pub fn came_after(at: &Text, decided: Option<&Text>) -> Text {
        let before = decided.filter(|before| *before != at);
        Text::made(|lang| match (lang, before.map(|before| before.say(lang))) {
            (English, Some(before)) => {
                format!("matches at {}; it was decided before that, at {before}", at.say(lang))
            }
            (English, None) => {
                format!("matches at {}, but what stands above it decides", at.say(lang))
            }
            (Japanese, Some(before)) => {
                format!("{} で一致しますが、その前の {before} で決まっています", at.say(lang))
            }
            (Japanese, None) => {
                format!("{} で一致しますが、上にあるものが決めます", at.say(lang))
            }
        })
    }

    /// An alert that writes its line.
    #[must_use]
    pub fn logged(at: &Text) -> Text {
        Text::made(|lang| match lang {
            English => format!("writes a log line at {}; alerts do not decide", at.say(lang)),
            Japanese => {
                format!("{} でログに記録します。alert は判定を決めません", at.say(lang))
            }
        })
    }

    /// An alert that a pass, or a flow that is decided, keeps from writing its line.
    #[must_use]
    pub fn silenced(at: &Text) -> Text {
        Text::made(|lang| match lang {
            English => format!(
                "would write a log line at {}, but it was decided before it is asked",
                at.say(lang)
            ),
            Japanese => {
                format!("{} でログに記録するところですが、問われる前に決まっています", at.say(lang))
            }
        })
    }

    /// Switched off.
    pub const SWITCHED_OFF: Words = words("is switched off", "無効です");
    /// No rule comes of it.
    pub const NOTHING_COMPILED: Words =
        words("compiles to no rule", "ルールにコンパイルされません");
    /// No packet gets as far.
    pub const NOT_ASKED: Words = words(
        "is not asked: no packet gets as far",
        "問われません。そこまで届くパケットがありません",
    );
    /// It hangs on what is not modelled.
    pub const CANNOT_TELL: Words = words("cannot be told", "判定できません");
    /// Every condition is met, but never all on one packet.
    pub const NEVER_TOGETHER: Words = words(
        "what it asks for never comes together on one packet",
        "条件のすべてが 1 つのパケットで揃うことがありません",
    );
}

/// What the action that decided does to the rest of the connection.
#[must_use]
pub fn sticks(action: &str) -> Text {
    match action {
        "pass" => (
            "the pass holds for the whole connection: later packets are not inspected, both ways",
            "pass は接続全体に及びます。以降のパケットは両方向とも検査されません",
        ),
        "drop" => (
            "the drop holds for the whole connection: every later packet is dropped, both ways",
            "drop は接続全体に及びます。以降のパケットは両方向ともドロップされます",
        ),
        _ => (
            "the reject holds for the whole connection: every later packet is dropped, both ways",
            "reject は接続全体に及びます。以降のパケットは両方向ともドロップされます",
        ),
    }
    .into()
}

/// The action held for single packets.
pub const PER_PACKET: Words = words(
    "the action holds packet by packet: every later one is asked again",
    "アクションはパケットごとに及びます。以降のパケットは改めて問われます",
);

/// A request that every client sends alike.
pub const NO_VARIANTS: Words =
    words("no other way of sending it is known here", "ほかの送り方は知られていません");

/// What is known from the first packet on.
#[must_use]
pub fn known_at_first(from: &str, to: &Text, port: Option<u16>) -> Text {
    Text::made(|lang| {
        let to = to.say(lang);
        match (lang, port) {
            (English, Some(port)) => format!("{from} → {to} port {port}"),
            (Japanese, Some(port)) => format!("{from} → {to} ポート {port}"),
            (_, None) => format!("{from} → {to}"),
        }
    })
}

/// No rule of that name or number.
#[must_use]
pub fn no_such_rule(asked: &str, meant: Option<&str>) -> Text {
    match meant {
        Some(meant) => (
            format!("no rule `{asked}`: did you mean `{meant}`?"),
            format!("ルール `{asked}` はありません。`{meant}` のことですか?"),
        ),
        None => (
            format!("no rule `{asked}`: give its name, `group/name`, or its number in the list"),
            format!(
                "ルール `{asked}` はありません。名前、`グループ/名前`、または一覧の番号で指定してください"
            ),
        ),
    }
    .into()
}

/// A name that several groups use.
#[must_use]
pub fn several_rules(asked: &str, places: &[String]) -> Text {
    let places = places.join(", ");
    (
        format!("`{asked}` names several rules: write one of {places}"),
        format!("`{asked}` という名前のルールは複数あります。次のどれかを書いてください: {places}"),
    )
        .into()
}

/// A rule that decided, in a list of packets.
#[must_use]
pub fn decided_by(who: &Text) -> Text {
    Text::made(|lang| match lang {
        English => format!("decided by {}", who.say(lang)),
        Japanese => format!("決め手は {}", who.say(lang)),
    })
}

/// An outcome in a table of destinations: who, and for which.
#[must_use]
pub fn by_and_to(by: &Text, to: &Text) -> Text {
    Text::made(|lang| match lang {
        English => format!("by {:<40}  to {}", by.say(lang), to.say(lang)),
        Japanese => format!("{}   宛先 {}", by.say(lang), to.say(lang)),
    })
}

/// A condition beside what the request has.
#[must_use]
pub fn wants_and_has(wanted: &Text, got: &Text) -> Text {
    Text::made(|lang| match lang {
        English => format!("wants {}   has {}", wanted.say(lang), got.say(lang)),
        Japanese => format!("条件 {}   実際 {}", wanted.say(lang), got.say(lang)),
    })
}

/// What became of a packet.
pub mod packet {
    use super::{Words, words};

    /// It is discarded.
    pub const DROPPED: Words = words("dropped", "破棄");
    /// It goes around the stateful rules.
    pub const BYPASSES: Words = words("bypasses", "迂回");
    /// It goes on.
    pub const PASSES: Words = words("passes", "通過");
}
