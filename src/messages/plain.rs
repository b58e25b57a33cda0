//! A rule of the engine in plain words: what it asks, and what is risky about it.

use super::{Text, Words, words};

/// Whom a rule is about: protocol, source with its ports, destination with its ports, and whether either way.
#[must_use]
pub fn header(protocol: &str, from: (&str, &str), to: (&str, &str), both: bool) -> Text {
    let port_en = |port: &str| if port == "any" { String::new() } else { format!(" port {port}") };
    let port_ja =
        |port: &str| if port == "any" { String::new() } else { format!(" ポート {port}") };
    let arrow_en = if both { "between" } else { "from" };
    let joint_en = if both { "and" } else { "to" };
    let english = format!(
        "{protocol} {arrow_en} {}{} {joint_en} {}{}",
        from.0,
        port_en(from.1),
        to.0,
        port_en(to.1)
    );
    let (from_ja, to_ja) = (port_ja(from.1), port_ja(to.1));
    let japanese = if both {
        format!("{}{from_ja} と {}{to_ja} の間の {protocol}", from.0, to.0)
    } else {
        format!("{}{from_ja} から {}{to_ja} への {protocol}", from.0, to.0)
    };
    (english, japanese).into()
}

/// `flow:` in words, by its words.
#[must_use]
pub fn flow(word: &str) -> Words {
    match word {
        "to_server" => words("only what the client sends", "クライアントが送るものだけ"),
        "to_client" => words("only what the server sends", "サーバーが送るものだけ"),
        "established" => words(
            "only once the handshake is over (the packet after its ACK)",
            "ハンドシェイクの完了後だけ(ACK の次のパケットから)",
        ),
        "not_established" => words("only during the handshake", "ハンドシェイクの間だけ"),
        "stateless" => words("whether established or not", "確立しているかどうかを問わない"),
        "no_stream" => words("packets one by one, never joined", "パケット単位で、結合せずに見る"),
        _ => words("the joined stream, never single packets", "結合したストリームだけを見る"),
    }
}

/// A buffer as people call it; one without a name of its own by its keyword.
#[must_use]
pub fn buffer(name: &str) -> Text {
    let known = match name {
        "payload" => ("the payload", "ペイロード"),
        "tls.sni" => ("the server name in the ClientHello (SNI)", "ClientHello のサーバー名(SNI)"),
        "quic.sni" => ("the server name of QUIC", "QUIC のサーバー名"),
        "http.host" => ("the host name of the HTTP request", "HTTP リクエストのホスト名"),
        "http.host.raw" => ("the Host header as sent", "送られたままの Host ヘッダー"),
        "http.uri" => ("the path and query of the HTTP request", "HTTP リクエストのパスとクエリ"),
        "http.uri.raw" => ("the path as sent", "送られたままのパス"),
        "http.method" => ("the HTTP method", "HTTP メソッド"),
        "http.user_agent" => ("the User-Agent header", "User-Agent ヘッダー"),
        "http.header" => ("the HTTP headers", "HTTP ヘッダー"),
        "http.header_names" => ("the names of the HTTP headers", "HTTP ヘッダーの名前"),
        "http.cookie" => ("the cookies", "Cookie ヘッダー"),
        "http.referer" => ("the Referer header", "Referer ヘッダー"),
        "http.content_type" => ("the Content-Type header", "Content-Type ヘッダー"),
        "http.request_line" => ("the request line", "リクエスト行"),
        "http.start" => ("the request line and headers", "リクエスト行とヘッダー"),
        "http.protocol" => ("the HTTP version", "HTTP のバージョン"),
        "dns.query" => ("the name asked of DNS", "DNS で問い合わせる名前"),
        "ja3.hash" => ("the fingerprint of the TLS client (JA3)", "TLS クライアントの指紋(JA3)"),
        "ja4.hash" => ("the fingerprint of the TLS client (JA4)", "TLS クライアントの指紋(JA4)"),
        _ => return Text::verbatim(&format!("`{name}`")),
    };
    known.into()
}

/// How bytes must lie in a buffer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Lies {
    /// The buffer is exactly these.
    Exactly,
    /// A name and everything below it.
    NameAndBelow,
    /// The buffer ends with them.
    AtEnd,
    /// The buffer begins with them.
    AtStart,
    /// They are in it.
    Somewhere,
}

/// What a buffer must, or must not, contain.
#[must_use]
pub fn content(buffer: &Text, bytes: &str, lies: Lies, negated: bool, nocase: bool) -> Text {
    let (en, ja) = (buffer.say(super::Lang::English), buffer.say(super::Lang::Japanese));
    let not = if negated { "not " } else { "" };
    let english = match (lies, negated) {
        (Lies::Exactly, _) => format!("{en} is {not}exactly `{bytes}`"),
        (Lies::NameAndBelow, false) => format!("{en} is `{bytes}` or below it"),
        (Lies::NameAndBelow, true) => format!("{en} is neither `{bytes}` nor below it"),
        (Lies::AtEnd, false) => format!("{en} ends with `{bytes}`"),
        (Lies::AtEnd, true) => format!("{en} does not end with `{bytes}`"),
        (Lies::AtStart, false) => format!("{en} begins with `{bytes}`"),
        (Lies::AtStart, true) => format!("{en} does not begin with `{bytes}`"),
        (Lies::Somewhere, false) => format!("{en} contains `{bytes}`"),
        (Lies::Somewhere, true) => format!("{en} does not contain `{bytes}`"),
    };
    let japanese = match (lies, negated) {
        (Lies::Exactly, false) => format!("{ja}が `{bytes}` と一致する"),
        (Lies::Exactly, true) => format!("{ja}が `{bytes}` と一致しない"),
        (Lies::NameAndBelow, false) => format!("{ja}が `{bytes}` かその下の名前である"),
        (Lies::NameAndBelow, true) => format!("{ja}が `{bytes}` でもその下の名前でもない"),
        (Lies::AtEnd, false) => format!("{ja}が `{bytes}` で終わる"),
        (Lies::AtEnd, true) => format!("{ja}が `{bytes}` で終わらない"),
        (Lies::AtStart, false) => format!("{ja}が `{bytes}` で始まる"),
        (Lies::AtStart, true) => format!("{ja}が `{bytes}` で始まらない"),
        (Lies::Somewhere, false) => format!("{ja}に `{bytes}` が含まれる"),
        (Lies::Somewhere, true) => format!("{ja}に `{bytes}` が含まれない"),
    };
    if nocase {
        (format!("{english}, in capitals or not"), format!("{japanese}(大文字小文字を問わない)"))
            .into()
    } else {
        (english, japanese).into()
    }
}

/// Where in a buffer bytes are looked for: from `offset` on, within `depth` bytes.
#[must_use]
pub fn window(offset: Option<u32>, depth: Option<u32>) -> Text {
    match (offset, depth) {
        (offset, Some(depth)) => {
            let from = offset.unwrap_or_default();
            let to = u64::from(from) + u64::from(depth);
            (format!("within bytes {from} to {to}"), format!("{from} から {to} バイト目までの間"))
                .into()
        }
        (offset, None) => {
            let from = offset.unwrap_or_default();
            (format!("from byte {from} on"), format!("{from} バイト目以降")).into()
        }
    }
}

/// Where bytes are looked for behind the match before: from `distance` on, within `within` bytes.
#[must_use]
pub fn behind(distance: Option<i32>, within: Option<i32>) -> Text {
    let distance = distance.unwrap_or_default();
    match within {
        Some(within) => (
            format!("{distance} bytes or more behind the match before, within {within} bytes"),
            format!("直前の一致から {distance} バイト以降、{within} バイト以内"),
        ),
        None => (
            format!("{distance} bytes or more behind the match before"),
            format!("直前の一致から {distance} バイト以降"),
        ),
    }
    .into()
}

/// An expression that a buffer must, or must not, match.
#[must_use]
pub fn pcre(buffer: &Text, pattern: &str, negated: bool) -> Text {
    let (en, ja) = (buffer.say(super::Lang::English), buffer.say(super::Lang::Japanese));
    if negated {
        (
            format!("{en} does not match the expression `{pattern}`"),
            format!("{ja}が正規表現 `{pattern}` に一致しない"),
        )
    } else {
        (
            format!("{en} matches the expression `{pattern}`"),
            format!("{ja}が正規表現 `{pattern}` に一致する"),
        )
    }
    .into()
}

/// How long a buffer is.
#[must_use]
pub fn bytes_of(buffer: &Text, number: &Text) -> Text {
    Text::made(|lang| match lang {
        super::Lang::English => {
            format!("the length of {} in bytes is {}", buffer.say(lang), number.say(lang))
        }
        super::Lang::Japanese => {
            format!("{}の長さ(バイト)が{}", buffer.say(lang), number.say(lang))
        }
    })
}

/// Whether there are so many bytes.
#[must_use]
pub fn data_at(buffer: &Text, at: u32, negated: bool) -> Text {
    let (en, ja) = (buffer.say(super::Lang::English), buffer.say(super::Lang::Japanese));
    if negated {
        (format!("{en} has no byte at {at}"), format!("{ja}に {at} バイト目がない"))
    } else {
        (format!("{en} has a byte at {at}"), format!("{ja}に {at} バイト目がある"))
    }
    .into()
}

/// A buffer of which nothing is asked but that it is there.
#[must_use]
pub fn is_there(buffer: &Text) -> Text {
    Text::made(|lang| match lang {
        super::Lang::English => format!("{} is there", buffer.say(lang)),
        super::Lang::Japanese => format!("{}がある", buffer.say(lang)),
    })
}

/// How a buffer is changed before it is looked at; `None` where that is said otherwise.
#[must_use]
pub fn transform(name: &str) -> Text {
    match name {
        "dotprefix" => ("a dot is put in front first", "先頭にドットを付けてから比べる").into(),
        "to_lowercase" => ("put into small letters first", "小文字にしてから比べる").into(),
        "to_uppercase" => ("put into capitals first", "大文字にしてから比べる").into(),
        "strip_whitespace" => ("without its blanks", "空白を除いてから比べる").into(),
        "compress_whitespace" => {
            ("runs of blanks made one", "連続する空白を 1 つにしてから比べる").into()
        }
        "url_decode" => ("`%41` and its like undone first", "`%41` などを戻してから比べる").into(),
        other => (format!("changed by `{other}` first"), format!("`{other}` で変換してから比べる"))
            .into(),
    }
}

/// A number that is asked for.
#[must_use]
pub fn number(comparison: &str, a: u64, b: u64) -> Text {
    match comparison {
        "is" => (format!("{a}"), format!(" {a} である")),
        "is-not" => (format!("not {a}"), format!(" {a} でない")),
        "below" => (format!("less than {a}"), format!(" {a} 未満")),
        "above" => (format!("more than {a}"), format!(" {a} より大きい")),
        _ => (format!("more than {a} and less than {b}"), format!(" {a} より大きく {b} 未満")),
    }
    .into()
}

/// A field of a packet, by the keyword that asks for it.
#[must_use]
pub fn field(keyword: &str, number: &Text) -> Text {
    let (en, ja) = match keyword {
        "dsize" => ("the payload of the packet in bytes is", "パケットのペイロード長(バイト)が"),
        "ttl" => ("the time to live is", "TTL が"),
        "itype" => ("the ICMP type is", "ICMP タイプが"),
        "icode" => ("the ICMP code is", "ICMP コードが"),
        "ip_proto" => ("the IP protocol number is", "IP プロトコル番号が"),
        _ => ("the length of the path in bytes is", "パスの長さ(バイト)が"),
    };
    Text::made(|lang| match lang {
        super::Lang::English => format!("{en} {}", number.say(lang)),
        super::Lang::Japanese => format!("{ja}{}", number.say(lang)),
    })
}

/// Flags of TCP: `compare` is `exact`, `all`, `any` or `not`.
#[must_use]
pub fn flags(compare: &str, names: &str) -> Text {
    match compare {
        "exact" => (
            format!("exactly these TCP flags are set: {names}"),
            format!("TCP フラグがちょうど {names} である"),
        ),
        "all" => (
            format!("these TCP flags are set, perhaps others: {names}"),
            format!("TCP フラグ {names} がすべて立っている(ほかがあってもよい)"),
        ),
        "any" => (
            format!("one of these TCP flags is set: {names}"),
            format!("TCP フラグ {names} のどれかが立っている"),
        ),
        _ => (
            format!("not exactly these TCP flags are set: {names}"),
            format!("TCP フラグがちょうど {names} ではない"),
        ),
    }
    .into()
}

/// `sameip`.
pub const SAME_IP: Words =
    words("source and destination are the same address", "送信元と宛先が同じアドレスである");

/// A bit of the connection, or of an address: `op` is `set`, `unset`, `toggle`, `isset`, `isnotset`.
#[must_use]
pub fn bit(op: &str, names: &str, across: bool) -> Text {
    let (of_en, of_ja) = if across {
        ("across connections", "接続をまたぐ")
    } else {
        ("of the connection", "接続の")
    };
    match op {
        "set" => (
            format!("when it matches it sets the mark `{names}` {of_en}"),
            format!("一致すると{of_ja}目印 `{names}` を付ける"),
        ),
        "unset" => (
            format!("when it matches it takes the mark `{names}` {of_en} away"),
            format!("一致すると{of_ja}目印 `{names}` を外す"),
        ),
        "toggle" => (
            format!("when it matches it turns the mark `{names}` {of_en} over"),
            format!("一致すると{of_ja}目印 `{names}` を反転する"),
        ),
        "isset" => (
            format!("the mark `{names}` {of_en} was set before"),
            format!("{of_ja}目印 `{names}` がすでに付いている"),
        ),
        _ => (
            format!("the mark `{names}` {of_en} is not set"),
            format!("{of_ja}目印 `{names}` が付いていない"),
        ),
    }
    .into()
}

/// A threshold: `kind` is `limit`, `threshold`, `both` or `detection-filter`.
#[must_use]
pub fn threshold(kind: &str, count: u32, seconds: u32) -> Text {
    match kind {
        "limit" => (
            format!("only the first {count} matches in {seconds} seconds are logged"),
            format!("{seconds} 秒間に記録するのは最初の {count} 回だけ"),
        ),
        "threshold" => (
            format!("it acts on every {count}th match in {seconds} seconds only"),
            format!("{seconds} 秒間の一致のうち {count} 回ごとにだけ働く"),
        ),
        "both" => (
            format!("it acts from the {count}th match in {seconds} seconds on, and logs once"),
            format!("{seconds} 秒間で {count} 回目の一致から働き、記録は 1 回だけ"),
        ),
        _ => (
            format!("it acts only after {count} matches in {seconds} seconds"),
            format!("{seconds} 秒間に {count} 回一致した後にだけ働く"),
        ),
    }
    .into()
}

/// `app-layer-protocol`.
#[must_use]
pub fn app_layer(protocol: &str, negated: bool) -> Text {
    match (protocol, negated) {
        ("failed", false) => (
            "the engine has given up recognising the protocol".to_owned(),
            "エンジンがプロトコルの識別をあきらめている".to_owned(),
        ),
        (protocol, false) => (
            format!("the protocol was recognised as {protocol}"),
            format!("プロトコルが {protocol} と識別されている"),
        ),
        (protocol, true) => (
            format!("the protocol was recognised, and it is not {protocol}"),
            format!("プロトコルが識別され、{protocol} ではない"),
        ),
    }
    .into()
}

/// `ssl_state`.
#[must_use]
pub fn ssl_state(states: &str, negated: bool) -> Text {
    if negated {
        (
            format!("the TLS handshake is at another message than {states}"),
            format!("TLS ハンドシェイクが {states} 以外の段階である"),
        )
    } else {
        (
            format!("the TLS handshake is at {states}, complete"),
            format!("TLS ハンドシェイクの {states} が揃っている"),
        )
    }
    .into()
}

/// A version of TLS.
#[must_use]
pub fn tls_version(versions: &str, negated: bool) -> Text {
    if negated {
        (
            format!("the TLS version is not {versions}: the engine never matches this"),
            format!("TLS のバージョンが {versions} でない(エンジンでは決して一致しない)"),
        )
    } else {
        (
            format!("the TLS version, as known by then, is {versions}"),
            format!("その時点で分かっている TLS のバージョンが {versions} である"),
        )
    }
    .into()
}

/// A condition that is read but not evaluated.
#[must_use]
pub fn not_modelled(keyword: &str) -> Text {
    (
        format!("`{keyword}`, which is kept but not evaluated here"),
        format!("`{keyword}`(保持はするが、ここでは評価しない)"),
    )
        .into()
}

/// What is risky about a rule.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Risk {
    /// A pass at the first packet.
    PassAtSyn,
    /// A drop at the first packet.
    DropAtSyn,
    /// A pass of the client's packets only.
    AnswersMeetDefault,
    /// No `flow:` direction: answers match too.
    AnswersToo,
    /// The server name is compared letter by letter.
    CaseOfName,
    /// Capitals survive in a Host with port.
    HostWithPort,
    /// The end of a name without a dot.
    Lookalikes,
    /// The beginning of a name.
    NameGoesOn,
    /// `dotprefix` and no dot.
    DotMissing,
    /// Clients that send no name.
    NoName,
    /// A protocol rule that acts on the first segment.
    SplitHello,
    /// A pass by name holds for later requests.
    LaterRequests,
    /// TLS rules do not see QUIC.
    Quic,
    /// A pass leaves no log.
    PassSilent,
    /// A drop that is not logged.
    DropSilent,
    /// `reject` of what has no reset.
    RejectNotTcp,
    /// A pass with a threshold.
    PassCounts,
    /// Something is not evaluated.
    CannotTell,
}

impl Risk {
    /// It in one sentence, with what to do.
    #[must_use]
    pub const fn words(self) -> Words {
        match self {
            Self::PassAtSyn => words(
                "it passes the whole connection on its first packet, before a name is known: no rule about names is asked any more; `flow:to_server` avoids that",
                "最初のパケットで、名前が分かる前に接続全体を通過させます。名前のルールはもう問われません。`flow:to_server` を付けると避けられます",
            ),
            Self::DropAtSyn => words(
                "it drops the first packet already: names that rules above or below allow are never seen; `flow:to_server, established` waits for them",
                "最初のパケットをドロップするので、上下のルールが許可する名前は見られないままです。`flow:to_server, established` を付けると名前を待ちます",
            ),
            Self::AnswersMeetDefault => words(
                "it passes what the client sends, packet by packet: answers meet the rules below and the default action",
                "クライアントが送るものだけを 1 パケットずつ通過させます。応答は下のルールとデフォルトアクションに従います",
            ),
            Self::AnswersToo => words(
                "the arrow is about each packet, not the connection: answers are asked about as well, with the server as source; a flow direction avoids that",
                "矢印は接続ではなく個々のパケットの向きです。応答もサーバーを送信元として問われます。flow で方向を書くと避けられます",
            ),
            Self::CaseOfName => words(
                "the server name is compared as sent: without `nocase` a name in capitals is another name",
                "サーバー名は送られたまま比べられます。`nocase` がないと大文字の名前は別の名前になります",
            ),
            Self::HostWithPort => words(
                "a Host header with a port keeps its capitals: without `to_lowercase` such a name is another name",
                "ポートの付いた Host ヘッダーは大文字のまま残ります。`to_lowercase` がないと別の名前になります",
            ),
            Self::Lookalikes => words(
                "the end of a name also ends other names (`notexample.com`): write `dotprefix` behind the buffer and begin the content with a dot",
                "名前の末尾だけを見るので、`notexample.com` のような別の名前にも一致します。バッファの直後に `dotprefix` を書き、content をドットで始めてください",
            ),
            Self::NameGoesOn => words(
                "the name may go on behind what is written (`example.com.evil.example`): add `endswith`",
                "書かれた部分の後に名前が続くもの(`example.com.evil.example`)にも一致します。`endswith` を加えてください",
            ),
            Self::DotMissing => words(
                "`dotprefix` helps only when the content begins with a dot",
                "`dotprefix` は content がドットで始まるときだけ意味があります",
            ),
            Self::NoName => words(
                "a client that sends no name never matches, not even what must not be in it",
                "名前を送らないクライアントには一致しません。否定の条件でも同じです",
            ),
            Self::SplitHello => words(
                "it acts on the first segment, before the name: a ClientHello or request in two segments is dropped although a rule allows its name; `ssl_state:client_hello` or `http.start` waits",
                "名前の前に最初のセグメントで働くので、2 つに分かれた ClientHello やリクエストは、名前が許可されていてもドロップされます。`ssl_state:client_hello` や `http.start` を書くと待ちます",
            ),
            Self::LaterRequests => words(
                "it passes the connection, not the request: later requests on it are not asked about, whatever host they name",
                "通過させるのはリクエストではなく接続です。その後のリクエストは、どのホスト宛てでも問われません",
            ),
            Self::Quic => words(
                "it does not see the same site over QUIC (UDP port 443)",
                "同じサイトでも QUIC(UDP ポート 443)は見えません",
            ),
            Self::PassSilent => words(
                "it leaves no log line; `alert;` in it writes one",
                "ログに残りません。`alert;` を書くと残ります",
            ),
            Self::DropSilent => words(
                "`noalert` hides its drops from the log: nobody will see why something fails",
                "`noalert` のためドロップがログに残らず、失敗の理由が誰にも分かりません",
            ),
            Self::RejectNotTcp => words(
                "there is no reset but in TCP: AWS refuses `reject` for other protocols",
                "リセットがあるのは TCP だけです。AWS はほかのプロトコルの `reject` を受け付けません",
            ),
            Self::PassCounts => words(
                "a threshold on a pass: when it is used up a drop below takes the packet although the connection is passed",
                "pass のしきい値です。使い切ると、接続は通過扱いでも下の drop がパケットをドロップします",
            ),
            Self::CannotTell => words(
                "it asks for something that is not evaluated here: wherever it could decide, the verdict cannot be told",
                "ここでは評価しない条件を含みます。これが決め手になりうるところは判定できません",
            ),
        }
    }
}

/// Head of a rule in plain words.
pub const IN_WORDS: Words = words("in words", "意味");
/// Head of each of its conditions.
pub const AND: Words = words("and", "条件");
/// Head of what is risky about it.
pub const CAREFUL: Words = words("careful", "注意");
