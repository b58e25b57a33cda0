//! What to look at outside the policy, in words.

use super::{Lang, Text, Words};

/// What the policy says makes this the cause.
#[must_use]
pub fn likely(what: &Text) -> Text {
    Text::made(|lang| match lang {
        Lang::English => format!("likely: {}", what.say(lang)),
        Lang::Japanese => format!("可能性大: {}", what.say(lang)),
    })
}

/// What the policy says rules this out.
#[must_use]
pub fn ruled_out(what: &Text) -> Text {
    Text::made(|lang| match lang {
        Lang::English => format!("ruled out: {}", what.say(lang)),
        Lang::Japanese => format!("該当なし: {}", what.say(lang)),
    })
}

/// `$HOME_NET`.
#[must_use]
pub fn home_net() -> Text {
    (
        "HOME_NET: rules for $HOME_NET are not asked about sources outside it",
        "HOME_NET: $HOME_NET のルールは、その外側の送信元には適用されません",
    )
        .into()
}

/// The source is inside.
#[must_use]
pub fn inside(from: &str, home_net: &str) -> Text {
    (format!("{from} is inside {home_net}"), format!("{from} は {home_net} の内側です")).into()
}

/// The source is outside.
#[must_use]
pub fn outside(from: &str, home_net: &str) -> Text {
    (
        format!(
            "{from} is not inside {home_net}: widen `home_net`, and that of the deployed policy"
        ),
        format!(
            "{from} は {home_net} の内側ではありません。`home_net` と、配備済みポリシーの HOME_NET を広げてください"
        ),
    )
        .into()
}

/// The revision that is deployed.
#[must_use]
pub fn deployed() -> Text {
    (
        "what is deployed: compare the sid of an alert line with this policy's",
        "配備されている版: アラートログの sid をこのポリシーの sid と比べてください",
    )
        .into()
}

/// The log's sid is here.
#[must_use]
pub fn sid_known(sid: u32) -> Text {
    (
        format!("sid {sid} of the log is a rule of this policy"),
        format!("ログの sid {sid} はこのポリシーのルールです"),
    )
        .into()
}

/// The log's sid is not here.
#[must_use]
pub fn sid_unknown(sid: u32) -> Text {
    (
        format!("sid {sid} of the log is not in this policy: another revision is deployed"),
        format!("ログの sid {sid} はこのポリシーにありません。別の版が配備されています"),
    )
        .into()
}

/// Other clients.
#[must_use]
pub fn client() -> Text {
    (
        "the client: another one may send the same request differently",
        "クライアント: 同じリクエストでも、クライアントによって送り方が違います",
    )
        .into()
}

/// No variant is blocked.
#[must_use]
pub fn clients_alike() -> Text {
    (
        "every way of sending it that is known here gets through",
        "知られている送り方では、どれも通過します",
    )
        .into()
}

/// Some variants are blocked.
#[must_use]
pub fn clients_blocked(names: &[Words]) -> Text {
    Text::made(|lang| {
        let names: Vec<&str> = names.iter().map(|name| name.say(lang)).collect();
        match lang {
            Lang::English => format!("blocked when sent otherwise: {}", names.join("; ")),
            Lang::Japanese => format!("送り方によっては遮断されます: {}", names.join("、")),
        }
    })
}

/// A connection older than the rules.
#[must_use]
pub fn old_flow() -> Text {
    (
        "an old connection: changed rules hold for new ones only; flush the flow or reconnect",
        "古い接続: 変更したルールは新しい接続にしか効きません。フローをフラッシュするか、接続し直してください",
    )
        .into()
}

/// Routes.
#[must_use]
pub fn routing() -> Text {
    (
        "routes: both directions must cross the same firewall endpoint (appliance mode on the transit gateway)",
        "経路: 往復とも同じファイアウォールエンドポイントを通る必要があります(Transit Gateway のアプライアンスモード)",
    )
        .into()
}

/// Midstream packets vanish.
#[must_use]
pub fn midstream_silent() -> Text {
    (
        "`stream_exception_policy: drop` makes connections that change their path hang in silence; `reject` tells the client",
        "`stream_exception_policy: drop` では、経路が変わった接続が無応答のまま止まります。`reject` ならクライアントに知らせます",
    )
        .into()
}

/// The default action.
#[must_use]
pub fn default_drop() -> Text {
    (
        "the default action: later packets of the connection may still meet it",
        "デフォルトアクション: 接続の後続パケットに適用されることがあります",
    )
        .into()
}

/// There is no default drop.
#[must_use]
pub fn no_default_drop() -> Text {
    (
        "this policy has no default drop",
        "このポリシーにはドロップするデフォルトアクションがありません",
    )
        .into()
}

/// The bidirectional default.
#[must_use]
pub fn both_directions() -> Text {
    (
        "the bidirectional default also drops the server's packets that nothing passed, such as banners; the `_to_server` form does not",
        "双方向のデフォルトアクションは、バナーのような、どのルールも通過させていないサーバー側パケットもドロップします。`_to_server` の形ならドロップしません",
    )
        .into()
}

/// Drops without a log line.
#[must_use]
pub fn unlogged(drop: &str) -> Text {
    let drop = drop.replace('_', " ");
    (
        format!("`{drop}` has no alert twin here: what it drops is not logged"),
        format!("`{drop}` と対になる alert がないため、ドロップしたものは記録されません"),
    )
        .into()
}

/// Name resolution.
#[must_use]
pub fn dns() -> Text {
    (
        "DNS: the name may not resolve, or be refused by a DNS firewall, before anything is sent",
        "DNS: 何も送信されないうちに、名前解決に失敗したり、DNS Firewall に拒否されたりすることがあります",
    )
        .into()
}

/// Timeouts.
#[must_use]
pub fn idle() -> Text {
    (
        "silence: connections idle for 350 seconds are forgotten by firewall and NAT gateway; keep-alives prevent it",
        "無通信: 350 秒間通信のない接続は、ファイアウォールと NAT ゲートウェイが忘れます。キープアライブで防げます",
    )
        .into()
}

/// The server.
#[must_use]
pub fn server() -> Text {
    (
        "the server itself: ask it from a network that does not cross the firewall",
        "サーバー自身: ファイアウォールを通らないネットワークから接続してみてください",
    )
        .into()
}
