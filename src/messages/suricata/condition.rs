//! Conditions on packets and protocols, what a rule says of itself, and what its parts are together.

use crate::messages::{Text, Words, words};

/// Two thresholds.
pub const ONE_THRESHOLD: Words = words(
    "a rule has one threshold or one detection_filter",
    "1 つのルールに書けるのは threshold か detection_filter のどちらか 1 つです",
);

/// A keyword that is not read.
#[must_use]
pub fn is_not_read(name: &str) -> Text {
    (format!("{name} is not read"), format!("{name} は読み取れません")).into()
}

/// A protocol already fixed.
#[must_use]
pub fn about_already(app: &str) -> Text {
    (format!("the rule is about {app} already"), format!("ルールはすでに {app} についてのものです"))
        .into()
}

/// What to do.
pub const LEAVE_PROTOCOL_OUT: Words = words(
    "leave app-layer-protocol out, or use the header tcp",
    "app-layer-protocol を外すか、ヘッダーを tcp にしてください",
);
/// Several protocols.
pub const MIXED_PROTOCOLS: Words = words(
    "a rule asks for one protocol, or excludes several different ones",
    "1 つのルールで求めるプロトコルは 1 つ、または別々のいくつかを除外する形です",
);
/// `ip_proto` elsewhere.
pub const IP_PROTO_HEADER: Words = words(
    "ip_proto needs the header protocol ip",
    "ip_proto にはヘッダーのプロトコル ip が必要です",
);
/// A protocol without a name.
pub const IP_PROTO_NUMBER: Words = words(
    "this IP protocol is not known: write its number",
    "この IP プロトコルは不明です。番号で書いてください",
);
/// Protocols that exclude each other.
pub const NO_PROTOCOL: Words =
    words("no protocol is all of that", "すべてに当てはまるプロトコルはありません");
/// How flags are written.
pub const FLAGS: Words = words(
    "the flags are F S R P A U E C (or 0 for none), in capitals",
    "フラグは大文字の F S R P A U E C (なければ 0) です",
);
/// Words of flow, together.
pub const FLOW_TOGETHER: Words = words(
    "write its words together: `flow:to_server, established`",
    "1 つにまとめて書いてください: `flow:to_server, established`",
);
/// Too many words.
pub const FLOW_THREE: Words =
    words("flow takes three words at most", "flow に書ける語は 3 つまでです");
/// Two words.
pub const EXCLUDE: Words = words("these exclude each other", "これらは互いに排他です");
/// A word again.
pub const REPEATS: Words = words(
    "excludes, or repeats, another word of this flow",
    "この flow の別の語と矛盾するか、重なっています",
);

/// What several `flow` come to; nothing: that they ask for nothing.
#[must_use]
pub fn flow_twice(asks: Option<&str>) -> Text {
    match asks {
        Some(asks) => (
            format!("flow is written twice: the engine then asks for `{asks}`"),
            format!("flow が 2 回書かれています。エンジンは `{asks}` を求めることになります"),
        )
            .into(),
        None => (
            "flow is written twice: the engine then asks for neither direction nor state",
            "flow が 2 回書かれています。エンジンは向きも状態も求めないことになります",
        )
            .into(),
    }
}

/// A bit without a name.
pub const BIT_NAME: Words = words(
    "a bit needs a name without blanks: `set,name`",
    "ビットには空白のない名前が必要です: `set,名前`",
);
/// The same for addresses.
pub const XBIT_NAME: Words = words(
    "a bit needs a name: `set,name,track ip_src`",
    "ビットには名前が必要です: `set,名前,track ip_src`",
);
/// What it is kept for.
pub const XBIT_TRACK: Words = words(
    "xbits need `track ip_src`, `ip_dst` or `ip_pair`",
    "xbits には `track ip_src`、`ip_dst`、`ip_pair` のどれかが必要です",
);
/// How long.
pub const XBIT_EXPIRE: Words = words(
    "expire takes seconds, a whole number above 0",
    "expire には 1 以上の整数で秒数を書きます",
);

/// How counters are written.
#[must_use]
pub fn write(text: &str) -> Text {
    (format!("write `{text}`"), format!("`{text}` の形で書いてください")).into()
}

/// Numbers that count nothing.
pub const ABOVE_ZERO: Words =
    words("count and seconds are numbers above 0", "count と seconds は 1 以上の数です");
/// `gid`.
pub const GID: Words = words("gid is a whole number", "gid は整数です");
/// `priority`.
pub const PRIORITY: Words = words(
    "priority is a whole number, 1 is the highest",
    "priority は整数で、1 が最も高い優先度です",
);
/// `priority` again.
pub const PRIORITY_TWICE: Words = words(
    "priority is written twice; the highest counts",
    "priority が 2 回書かれています。最も高いものが効きます",
);
/// What to do.
pub const KEEP_ONE: Words = words("keep one of them", "どちらか 1 つにしてください");

/// A priority that is odd.
#[must_use]
pub fn unusual_priority(priority: &str) -> Text {
    (
        format!("priority {priority} is out of the usual range"),
        format!("priority {priority} は通常の範囲外です"),
    )
        .into()
}

/// What is usual.
pub const USUAL_PRIORITY: Words =
    words("use 1 (highest) to 255", "1 (最高) から 255 までを使ってください");
/// How a class is written.
pub const CLASS: Words = words(
    "a class is one word, such as trojan-activity",
    "クラスは trojan-activity のような 1 語です",
);

/// A class that nobody knows.
#[must_use]
pub fn unknown_class(class: &str) -> Text {
    (
        format!("the class `{class}` is not known; the priority stays 3"),
        format!("クラス `{class}` は不明です。priority は 3 のままです"),
    )
        .into()
}

/// What to do.
pub const UNKNOWN_CLASS_HELP: Words =
    words("write `priority:` where it matters", "必要なら `priority:` を書いてください");
/// How a reference is written.
pub const REFERENCE: Words = words(
    "a reference is a kind and an id: `url,example.com`",
    "reference は種類と ID です: `url,example.com`",
);

/// A reference that nobody knows.
#[must_use]
pub fn unknown_reference(kind: &str) -> Text {
    (
        format!("`{kind}` is not a known kind of reference"),
        format!("`{kind}` は不明な種類の reference です"),
    )
        .into()
}

/// What is known.
pub const USUAL_REFERENCES: Words = words("use url or cve", "url か cve を使ってください");
/// A second target.
pub const ONE_TARGET: Words = words("a rule has one target", "1 つのルールの target は 1 つです");
/// How a version is asked for.
pub const REQUIRES_VERSION: Words = words(
    "a version is asked for as in `version >= 7.0.4`",
    "バージョンは `version >= 7.0.4` の形で書きます",
);

/// A rule for another engine.
#[must_use]
pub fn lacks(what: &str) -> Text {
    (
        format!("the engine passes over this rule: it lacks `{what}`"),
        format!("エンジンには `{what}` がないため、このルールを読み飛ばします"),
    )
        .into()
}

/// Which engine.
pub const ANSWERS_OF: Words =
    words("the answers are those of Suricata 7.0.10", "判断は Suricata 7.0.10 のものです");
/// Versions, some negated.
pub const ALL_OR_NONE: Words = words(
    "either all versions have a `!` or none",
    "`!` はすべてのバージョンに付けるか、どれにも付けないかです",
);

/// How a version is written.
#[must_use]
pub fn write_version(bare: &str) -> Text {
    (format!("write `tls.version:{bare}`"), format!("`tls.version:{bare}` と書いてください")).into()
}

/// `iprep`.
pub const IPREP: Words = words(
    "iprep needs reputation files; an engine without them refuses the rule",
    "iprep には評価ファイルが必要です。それがないエンジンはルールを拒否します",
);
/// What to do.
pub const IPREP_HELP: Words =
    words("use an IP set, or an IP set reference", "IP セットか IP セット参照を使ってください");
/// How `byte_extract` is written.
pub const BYTE_EXTRACT: Words = words(
    "write bytes, offset and a name: `1,0,name`",
    "バイト数、位置、名前を書いてください: `1,0,name`",
);
/// How `byte_math` is written.
pub const BYTE_MATH: Words = words(
    "write `bytes 1, offset 0, oper +, rvalue 1, result name`",
    "`bytes 1, offset 0, oper +, rvalue 1, result name` の形で書いてください",
);
/// How others are written.
pub const BYTE_TEST: Words = words(
    "write `1,>,5,0` (byte_test) or `1,0` (byte_jump)",
    "`1,>,5,0` (byte_test) か `1,0` (byte_jump) の形で書いてください",
);
/// Relative to nothing.
pub const RELATIVE_TO_WHAT: Words = words(
    "relative to what? nothing before it was matched",
    "前に一致するものがないので、relative の基準がありません",
);
/// A number.
pub const NUMBER: Words = words(
    "write a number, `<5`, `>5`, `!5` or `1-5`",
    "数、または `<5`、`>5`、`!5`、`1-5` の形で書いてください",
);
/// The bits there are.
pub const FRAGBITS: Words = words("the bits are M, D and R", "ビットは M、D、R です");
/// Numbers of operations.
pub const OPNUM: Words =
    words("write numbers or ranges: `3,5-9`", "数か範囲で書いてください: `3,5-9`");
/// An interface.
pub const INTERFACE: Words =
    words("write an interface's UUID", "インターフェースの UUID を書いてください");
/// `flowint`.
pub const FLOWINT: Words = words(
    "write `name,+,1`, `name,>,5` or `name,isset`",
    "`name,+,1`、`name,>,5`、`name,isset` の形で書いてください",
);
/// `flowvar`.
pub const FLOWVAR: Words = words(
    "write a name and a content: `name,\"value\"`",
    "名前と内容を書いてください: `name,\"value\"`",
);
/// `stream_size`.
pub const STREAM_SIZE: Words = words(
    "write a side, an operator and a number: `server,<,1000`",
    "側、演算子、数を書いてください: `server,<,1000`",
);
/// `geoip`.
pub const GEOIP: Words = words(
    "write countries of two letters, perhaps behind src, dst or both: `dst,JP,US`",
    "2 文字の国コードを書いてください。前に src、dst、both も書けます: `dst,JP,US`",
);
/// `hostbits`.
pub const HOSTBITS: Words = words(
    "write `set,name` or `isset,name,src`",
    "`set,name` か `isset,name,src` の形で書いてください",
);
/// A parser that is off.
pub const PARSER_IS_OFF: Words = words(
    "the engine does not parse this protocol by default",
    "エンジンは既定ではこのプロトコルを解析しません",
);
/// Names of bits.
pub const DNP3_IND: Words = words(
    "the engine takes names of bits, none with a `!`",
    "ビットの名前を書きます。`!` は付けられません",
);
/// A plain number.
pub const PLAIN_NUMBER: Words = words("write a number", "数で書いてください");
/// Nothing is wrong.
pub const ANYTHING: Words = words("", "");
/// Files over UDP.
pub const FILE_DATA_TCP: Words = words("file.data needs TCP", "file.data には TCP が必要です");

/// Files in what has none.
#[must_use]
pub fn no_files(app: &str) -> Text {
    (
        format!("{app} carries no files that the engine could look at"),
        format!("{app} には、エンジンが調べられるファイルはありません"),
    )
        .into()
}

/// `flow` and a condition look at different sides.
#[must_use]
pub fn contradicting_sides(flow_is_of_client: bool) -> Text {
    let (flow, words, flow_ja, words_ja) = match flow_is_of_client {
        true => ("client", "server", "クライアント", "サーバー"),
        false => ("server", "client", "サーバー", "クライアント"),
    };
    (
        format!("flow looks at what the {flow} says, a condition at the {words}'s words"),
        format!("flow は{flow_ja}の内容を、条件は{words_ja}の内容を見ています"),
    )
        .into()
}

/// What to do.
#[must_use]
pub fn write_flow(side: &str) -> Text {
    (format!("write flow:{side}"), format!("flow:{side} と書いてください")).into()
}

/// Raw headers of nobody.
pub const RAW_HEADER_SIDE: Words = words(
    "http.header.raw needs to know whose headers are meant",
    "http.header.raw には、どちらのヘッダーかの指定が必要です",
);
/// What to do.
pub const RAW_HEADER_SIDE_HELP: Words = words(
    "add `flow:to_server;` or `flow:to_client;`",
    "`flow:to_server;` か `flow:to_client;` を加えてください",
);

/// A header of other packets.
#[must_use]
pub fn not_in_packets(name: &str) -> Text {
    (
        format!("{name} is not in packets of this rule's protocol"),
        format!("{name} は、このルールのプロトコルのパケットにはありません"),
    )
        .into()
}

/// A frame beside others.
pub const FRAME_ALONE: Words = words(
    "a frame does not go with other buffers or raw content",
    "フレームは、ほかのバッファーやバッファー外の content と一緒には使えません",
);

/// A packet and a protocol.
#[must_use]
pub fn packet_and_protocol(packet: &str) -> Text {
    (format!("{packet} is about a packet; it does not go with what a protocol said"), format!("{packet} はパケットについての条件です。プロトコルの内容についての条件とは一緒に使えません")).into()
}

/// A packet and a stream.
#[must_use]
pub fn packet_and_stream(packet: &str) -> Text {
    (
        format!("{packet} is about a packet, the rule about the stream"),
        format!("{packet} はパケットについての条件ですが、ルールはストリームについてのものです"),
    )
        .into()
}

/// No parentheses.
pub const NO_PARENTHESES: Words = words(
    "the options stand without parentheses; the engine takes them all the same",
    "オプションが括弧で囲まれていません。エンジンはそれでも受け付けます",
);
/// What to do.
pub const NO_PARENTHESES_HELP: Words =
    words("put them between `(` and `)`", "`(` と `)` で囲んでください");

/// A protocol that is never seen.
#[must_use]
pub fn never_sees(header: &str, app: &str) -> Text {
    (
        format!("a rule about {header} never sees {app}: it never matches"),
        format!("{header} のルールが {app} を見ることはありません。決して一致しません"),
    )
        .into()
}

/// What to do.
#[must_use]
pub fn begin_with(app: &str) -> Text {
    (format!("begin the rule with `{app}`"), format!("ルールのプロトコルを `{app}` にしてください"))
        .into()
}

/// Ports of ICMP.
pub const ICMP_PORTS: Words = words(
    "ICMP has no ports: a rule that asks for one never matches",
    "ICMP にポートはありません。ポートを求めるルールは決して一致しません",
);
/// What to do.
pub const WRITE_ANY: Words = words("write `any`", "`any` と書いてください");
/// Flags of the client alone.
pub const SYN_ONLY: Words = words(
    "with a port, the engine asks this of packets from the client only",
    "ポートがあると、エンジンはクライアントからのパケットだけにこれを問います",
);
/// What to do.
pub const SYN_ONLY_HELP: Words =
    words("add `flow:to_server;` to say so", "`flow:to_server;` を加えて明示してください");
/// A range of IPv6.
pub const V6_RANGE: Words = words(
    "the engine reports an error for a range of IPv6 addresses, and loads the rule",
    "エンジンは IPv6 アドレスの範囲をエラーと報告しますが、ルールは読み込みます",
);
/// What to do.
pub const V6_RANGE_HELP: Words =
    words("write networks: 2001:db8::/120", "ネットワークで書いてください: 2001:db8::/120");
/// A version that never is.
pub const SSL_VERSION_NEVER: Words = words(
    "ssl_version with a `!` never matches, whatever the version",
    "`!` 付きの ssl_version は、どのバージョンでも決して一致しません",
);
/// What to do.
pub const WRITE_VERSIONS: Words =
    words("write the versions that are meant", "意図するバージョンを書いてください");
/// A state that never is.
pub const SSL_STATE_NEVER: Words =
    words("ssl_state:unknown never matches", "ssl_state:unknown は決して一致しません");
/// What to do.
pub const SSL_STATE_HELP: Words =
    words("use client_hello or server_hello", "client_hello か server_hello を使ってください");
