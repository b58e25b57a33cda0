//! A rule of the engine in plain words: what it asks, and what is risky about it.

use super::{Lang, Text, Words, words};

/// Whom a rule is about: protocol, source with its ports, destination with its ports, and whether either way.
#[must_use]
pub fn header(protocol: &str, from: (&str, &str), to: (&str, &str), both: bool) -> Text {
    let end = |(address, port)| Text::made(|lang| said_end(address, port, lang));
    let (from, to) = (end(from), end(to));
    Text::made(|lang| {
        let (from, to) = (from.say(lang), to.say(lang));
        match (lang, both) {
            (Lang::English, false) => format!("{protocol} from {from} to {to}"),
            (Lang::English, true) => format!("{protocol} between {from} and {to}"),
            (Lang::Japanese, false) => format!("{}から{to}への {protocol}", from.trim_start()),
            (Lang::Japanese, true) => format!("{}と{to}の間の {protocol}", from.trim_start()),
        }
    })
}

/// One end: its addresses and ports. A single negated address leaves those of its family.
fn said_end(address: &str, port: &str, lang: Lang) -> String {
    let single = |text: &str| !text.contains(['[', ',']);
    let but = address.strip_prefix('!').filter(|but| single(but));
    let family = |but: &str| if but.contains(':') { "IPv6" } else { "IPv4" };
    let address = match (lang, but) {
        (Lang::English, Some(but)) if but.contains('$') => format!("any address outside {but}"),
        (Lang::Japanese, Some(but)) if but.contains('$') => format!(" {but} 以外のアドレス"),
        (Lang::English, Some(but)) => format!("any {} address but {but}", family(but)),
        (Lang::Japanese, Some(but)) => format!(" {but} 以外の {} アドレス", family(but)),
        (Lang::English, None) if address == "any" => "any address".to_owned(),
        (Lang::Japanese, None) if address == "any" => "任意のアドレス".to_owned(),
        (Lang::English, None) => address.to_owned(),
        (Lang::Japanese, None) => format!(" {address} "),
    };
    let list = port.strip_prefix('[').and_then(|rest| rest.strip_suffix(']'));
    let list = list.filter(|list| !list.contains(['[', '!'])).map(|list| list.replace(',', ", "));
    match (lang, port.strip_prefix('!').filter(|but| single(but)), list) {
        _ if port == "any" => address,
        (Lang::English, Some(but), _) => format!("{address}, any port but {but}"),
        (Lang::Japanese, Some(but), _) => format!("{address}の {but} 以外のポート"),
        (Lang::English, None, Some(list)) => format!("{address}, ports {list}"),
        (Lang::Japanese, None, Some(list)) => format!("{address}のポート {list} "),
        (Lang::English, None, None) => format!("{address}, port {port}"),
        (Lang::Japanese, None, None) => format!("{address}のポート {port} "),
    }
}

/// The protocol of a header, as people write it.
#[must_use]
pub fn protocol(word: &str) -> String {
    match word {
        "tcp-pkt" | "tcp-stream" => format!("TCP ({word})"),
        "ipv4" | "ip4" => "IPv4".to_owned(),
        "ipv6" | "ip6" => "IPv6".to_owned(),
        "icmpv4" => "ICMPv4".to_owned(),
        "icmpv6" => "ICMPv6".to_owned(),
        "pkthdr" => word.to_owned(),
        word => word.to_uppercase(),
    }
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
        "http.uri" => {
            ("the URI of the HTTP request (path and query)", "HTTP リクエストの URI(パスとクエリ)")
        }
        "http.uri.raw" => ("the URI as sent", "送られたままの URI"),
        "http.method" => ("the HTTP method", "HTTP メソッド"),
        "http.user_agent" => ("the User-Agent header", "User-Agent ヘッダー"),
        "http.header" => ("the block of HTTP headers", "HTTP ヘッダー"),
        "http.header_names" => ("the list of HTTP header names", "HTTP ヘッダー名の一覧"),
        "http.cookie" => ("the Cookie header", "Cookie ヘッダー"),
        "http.referer" => ("the Referer header", "Referer ヘッダー"),
        "http.content_type" => ("the Content-Type header", "Content-Type ヘッダー"),
        "http.request_line" => ("the request line", "リクエスト行"),
        "http.start" => (
            "the head of the HTTP request (request line and headers)",
            "HTTP リクエストの先頭部(リクエスト行とヘッダー)",
        ),
        "http.protocol" => ("the HTTP version", "HTTP のバージョン"),
        "dns.query" => ("the name asked for in DNS", "DNS で問い合わせる名前"),
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
    let (en, ja) = (buffer.say(Lang::English), buffer.say(Lang::Japanese));
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

/// Bytes that lie somewhere in particular: what is asked, and where.
#[must_use]
pub fn lying(content: &Text, place: &Text) -> Text {
    Text::made(|lang| match lang {
        Lang::English => format!("{}, {}", content.say(lang), place.say(lang)),
        Lang::Japanese => format!("{}({})", content.say(lang), place.say(lang)),
    })
}

/// `1 byte`, `2 bytes`.
fn bytes(count: impl Into<i64>) -> String {
    match count.into() {
        1 => "1 byte".to_owned(),
        count => format!("{count} bytes"),
    }
}

/// Where in a buffer bytes are looked for: from `offset` on, within `depth` bytes.
#[must_use]
pub fn window(offset: Option<u32>, depth: Option<u32>) -> Text {
    match (offset.unwrap_or_default(), depth) {
        (0, Some(depth)) => {
            (format!("within its first {}", bytes(depth)), format!("先頭 {depth} バイトの中"))
        }
        (from, Some(depth)) => (
            format!("within the {} behind its first {from}", bytes(depth)),
            format!("先頭 {from} バイトに続く {depth} バイトの中"),
        ),
        (from, None) => {
            (format!("behind its first {}", bytes(from)), format!("先頭 {from} バイトより後ろ"))
        }
    }
    .into()
}

/// Where bytes are looked for behind the match before: from `distance` on, to end within `within` bytes from there.
#[must_use]
pub fn behind(distance: Option<i32>, within: Option<i32>) -> Text {
    match (distance.unwrap_or_default(), within) {
        (0, None) => ("behind the match before".to_owned(), "直前の一致より後ろ".to_owned()),
        (distance, None) => (
            format!("{} or more behind the match before", bytes(distance)),
            format!("直前の一致の末尾から {distance} バイト以上後ろ"),
        ),
        (0, Some(within)) => (
            format!("within the {} behind the match before", bytes(within)),
            format!("直前の一致に続く {within} バイトの中"),
        ),
        (distance, Some(within)) => (
            format!(
                "within {}, counted from {} behind the match before",
                bytes(within),
                bytes(distance)
            ),
            format!("直前の一致の末尾から {distance} バイト後ろより {within} バイトの中"),
        ),
    }
    .into()
}

/// An expression that a buffer must, or must not, match.
#[must_use]
pub fn pcre(buffer: &Text, pattern: &str, negated: bool) -> Text {
    let (en, ja) = (buffer.say(Lang::English), buffer.say(Lang::Japanese));
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
        Lang::English => {
            format!("the length of {} in bytes is {}", buffer.say(lang), number.say(lang))
        }
        Lang::Japanese => {
            format!("{}の長さ(バイト)が{}", buffer.say(lang), number.say(lang))
        }
    })
}

/// Whether there are so many bytes.
#[must_use]
pub fn data_at(buffer: &Text, at: u32, negated: bool) -> Text {
    let (en, ja) = (buffer.say(Lang::English), buffer.say(Lang::Japanese));
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
        Lang::English => format!("{} is there", buffer.say(lang)),
        Lang::Japanese => format!("{}がある", buffer.say(lang)),
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
        "urilen-raw" => {
            ("the length of the URI as sent in bytes is", "送られたままの URI の長さ(バイト)が")
        }
        _ => ("the length of the URI in bytes is", "URI の長さ(バイト)が"),
    };
    Text::made(|lang| match lang {
        Lang::English => format!("{en} {}", number.say(lang)),
        Lang::Japanese => format!("{ja}{}", number.say(lang)),
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
            format!("at least one of these TCP flags is set: {names}"),
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

/// A bit of a connection, or of addresses: `op` is `set`, `unset`, `toggle`, `isset`, `isnotset`, `track` the engine's
/// word for whose it is.
#[must_use]
pub fn bit(op: &str, names: &str, track: &str) -> Text {
    let (of_en, of_ja) = match track {
        "by_src" => ("of the packet's source, across connections,", "(接続をまたぐ)送信元の"),
        "by_dst" => ("of the packet's destination, across connections,", "(接続をまたぐ)宛先の"),
        "by_both" => {
            ("of the pair of addresses, across connections,", "(接続をまたぐ)アドレスの組の")
        }
        _ => ("of the connection", "接続の"),
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

/// A threshold: `kind` is `limit`, `threshold`, `both` or `detection-filter`, `track` the engine's word for what is
/// counted apart; `pass`: it stands in a rule that passes.
#[must_use]
pub fn threshold(kind: &str, track: &str, (count, seconds): (u32, u32), pass: bool) -> Text {
    let (of_en, of_ja) = match track {
        "by_src" => (" of one source", "同じ送信元について "),
        "by_dst" => (" of one destination", "同じ宛先について "),
        "by_both" => (" of one pair of addresses", "同じアドレスの組について "),
        "by_flow" => (" of one connection", "同じ接続について "),
        _ => ("", ""),
    };
    match kind {
        "limit" if pass => (
            format!("only the first {count} matches{of_en} in {seconds} seconds act in full"),
            format!("{of_ja}{seconds} 秒間の最初の {count} 回の一致でだけ完全に働く"),
        ),
        "limit" => (
            format!("only the first {count} matches{of_en} in {seconds} seconds are logged"),
            format!("{of_ja}{seconds} 秒間に記録するのは最初の {count} 回だけ"),
        ),
        "threshold" => (
            format!("it acts on one in {count} matches{of_en} in {seconds} seconds only"),
            format!("{of_ja}{seconds} 秒間の一致のうち {count} 回ごとに 1 回だけ働く"),
        ),
        "both" => (
            format!(
                "it acts from match number {count}{of_en} in {seconds} seconds on, and logs once"
            ),
            format!("{of_ja}{seconds} 秒間で {count} 回目の一致から働き、記録は 1 回だけ"),
        ),
        _ => (
            format!("it acts only after {count} matches{of_en} in {seconds} seconds"),
            format!("{of_ja}{seconds} 秒間に {count} 回一致した後にだけ働く"),
        ),
    }
    .into()
}

/// An `alert` that is not logged either.
pub const NO_LOG: Words = words(
    "because of `noalert` not even a log line is written",
    "`noalert` があるため、ログにも記録しない",
);

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
            format!("the engine has made up its mind about the protocol, and it is not {protocol}"),
            format!("プロトコルの判別が済み、{protocol} ではない"),
        ),
    }
    .into()
}

/// `ssl_state`, by the words for the messages of the handshake.
#[must_use]
pub fn ssl_state(states: &[&str], negated: bool) -> Text {
    let names = states.iter().map(|state| match *state {
        "client_hello" => "ClientHello",
        "server_hello" => "ServerHello",
        "client_keyx" => "ClientKeyExchange",
        "server_keyx" => "ServerKeyExchange",
        other => other,
    });
    let names: Vec<&str> = names.collect();
    let (en, ja) = (names.join(" or "), names.join(" か "));
    if negated {
        (
            format!("the TLS handshake is at another message than {en}"),
            format!("TLS ハンドシェイクが {ja} 以外の段階である"),
        )
    } else {
        (
            format!("the {en} of the TLS handshake is complete"),
            format!("TLS ハンドシェイクの {ja} が揃っている"),
        )
    }
    .into()
}

/// A version of TLS, as written in a rule: `tls1.2`, `1.3`, `sslv3`.
#[must_use]
pub fn tls_version(versions: &[String], negated: bool) -> Text {
    let named = |version: &String| {
        let number = version.strip_prefix("tls").unwrap_or(version);
        if number.starts_with(|c: char| c.is_ascii_digit()) {
            format!("TLS {number}")
        } else {
            version.clone()
        }
    };
    let names: Vec<String> = versions.iter().map(named).collect();
    let (en, ja) = (names.join(" or "), names.join(" か "));
    if negated {
        (
            format!("the TLS version is not {en}: the engine never matches this"),
            format!("TLS のバージョンが {ja} でない(エンジンでは決して一致しない)"),
        )
    } else {
        (
            format!("the TLS version known so far (offered by the ClientHello, then chosen by the ServerHello) is {en}"),
            format!("その時点で分かっている TLS のバージョン(ClientHello で提示、ServerHello で決定)が {ja} である"),
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

/// Head of a rule in plain words.
pub const IN_WORDS: Words = words("in words", "意味");
/// Head of each of its conditions.
pub const AND: Words = words("and", "条件");
/// Head of what is risky about it.
pub const CAREFUL: Words = words("careful", "注意");
