//! What there is to say when a policy is made of a configuration of Squid.

use super::{Lang, Text, Words, words};

/// Nothing to import.
pub const NO_ACCESS: Words = words(
    "there is no `http_access` line: Squid would deny everything",
    "`http_access` の行がありません。Squid はすべてを拒否します",
);
/// An access line without its parts.
pub const BROKEN_ACCESS: Words = words(
    "an `http_access` line needs `allow` or `deny`, and the name of an ACL: the line is not used, as Squid would not",
    "`http_access` の行には `allow` か `deny` と ACL の名前が必要です。Squid と同じく、この行は使いません",
);
/// An ACL line without its parts.
pub const BROKEN_ACL: Words =
    words("an `acl` line needs a name and a type", "`acl` の行には名前と種類が必要です");
/// Endless includes.
pub const TOO_MANY_LINES: Words = words(
    "the included files have more than a million lines: the rest is not used",
    "取り込まれるファイルが合わせて 100 万行を超えています。残りは使いません",
);
/// A list file by a pattern.
pub const NOT_ONE_FILE: Words = words(
    "the name of a list file must stand for one file: its values are missing",
    "リストファイルの名前は 1 つのファイルを指す必要があります。その値は含まれません",
);
/// A file that is nowhere.
pub const NOT_THERE: Words = words(
    "there is no such file, neither where its name says nor beside the configuration",
    "その名前の場所にも設定ファイルの隣にも、ファイルがありません",
);
/// A block whose condition is not known.
pub const NOT_TOLD: Words = words(
    "whether this line counts cannot be told: it stands in an `if` about something that is not known here, or has a `${…}` in it; it is not used",
    "この行が有効かどうか判断できません。ここでは分からない条件の `if` の中にあるか、`${…}` を含んでいます。この行は使いません",
);
/// Denied to clients that are not inside.
pub const OUTSIDE: Words = words(
    "no client inside home_net is meant: there is no row for it, and other clients are dropped anyway",
    "home_net の中のクライアントは対象になりません。ルールは作られませんが、ほかのクライアントはいずれにせよドロップされます",
);
/// Names and addresses in one line.
pub const TWO_KINDS_OF_SERVER: Words = words(
    "it asks for a server in two ways, such as by name and by address: a row asks in one",
    "名前とアドレスなど、2 通りの方法でサーバーを指定しています。ルールは 1 通りでしか指定できません",
);
/// Nothing is meant.
pub const NOTHING_IN_IT: Words = words(
    "no request is meant by this line, in Squid either",
    "Squid でも、この行に当てはまるリクエストはありません",
);
/// Below a line for everything.
pub const UNREACHED: Words = words(
    "a line above matches every request: this one is never asked, in Squid either",
    "上の行がすべてのリクエストに一致します。Squid でも、この行に問われることはありません",
);
/// A negation that grows too much.
pub const TOO_MANY_ROWS: Words = words(
    "what its `!` leaves to the lines below becomes more than 2,000 rows",
    "`!` が下の行に委ねるものが 2,000 行を超えます",
);

/// Another list of Squid's that decides.
#[must_use]
pub fn decides_too(directive: &str) -> Text {
    (
        format!("`{directive}` is not taken over, and may decide about requests too"),
        format!("`{directive}` は引き継がれません。これもリクエストの可否に関わることがあります"),
    )
        .into()
}

/// A file that is not there.
#[must_use]
pub fn no_file(name: &str, why: &Text) -> Text {
    Text::made(|lang| match lang {
        Lang::English => format!("`{name}` is not read, its lines are missing: {}", why.say(lang)),
        Lang::Japanese => {
            format!("`{name}` を読めないため、その内容は含まれません: {}", why.say(lang))
        }
    })
}

/// A file that includes itself.
#[must_use]
pub fn circular(name: &str) -> Text {
    (
        format!("`{name}` includes itself, or files include each other more than 16 deep: it is not read again"),
        format!("`{name}` が自分自身を取り込んでいるか、取り込みが 16 段を超えています。もう一度は読みません"),
    )
        .into()
}

/// One name for two types.
#[must_use]
pub fn two_kinds(name: &str, one: &str, other: &str) -> Text {
    (
        format!("`{name}` is of type `{one}` already, and cannot be of type `{other}`: Squid does not start with this line, which is not used"),
        format!("`{name}` はすでに `{one}` 型なので `{other}` 型にはできません。Squid はこの行があると起動しません。この行は使いません"),
    )
        .into()
}

/// Where clients were taken to be.
#[must_use]
pub fn home_net(nets: &str) -> Text {
    (
        format!("clients are taken to be in the private networks and those that ACLs name: {nets}; `--home-net` says it otherwise"),
        format!("クライアントはプライベートネットワークと ACL が挙げるネットワークにいるとみなします: {nets}。`--home-net` で変えられます"),
    )
        .into()
}

/// An ACL whose list is not there.
#[must_use]
pub fn values_missing(name: &str) -> Text {
    (
        format!("not all values of `{name}` are known, and without them this line would let more through"),
        format!("`{name}` の値がすべては分からず、欠けたままではこの行で許可される範囲が広がります"),
    )
        .into()
}

/// An ACL that nobody defined.
#[must_use]
pub fn no_acl(name: &str) -> Text {
    (format!("there is no ACL `{name}`"), format!("ACL `{name}` がありません")).into()
}

/// What a firewall cannot ask.
#[must_use]
pub fn not_asked(kind: &str) -> Text {
    (
        format!("a firewall cannot ask what an ACL of type `{kind}` asks"),
        format!("`{kind}` 型の ACL が調べるものを、ファイアウォールは調べられません"),
    )
        .into()
}

/// A negation that cannot be.
#[must_use]
pub fn not_negated(name: &str) -> Text {
    (
        format!("`!{name}` means every request without that name, which no row says"),
        format!("`!{name}` はその名前を持たないすべてのリクエストを意味し、ルールでは表せません"),
    )
        .into()
}

/// About the proxy itself.
#[must_use]
pub fn about_proxy(name: &str) -> Text {
    (
        format!("`{name}` is about the proxy itself: no request through a firewall is meant"),
        format!("`{name}` はプロキシ自身についてのものです。ファイアウォールを通るリクエストは対象になりません"),
    )
        .into()
}

/// A line that is lost.
#[must_use]
pub fn line_lost(allow: bool, why: &Text) -> Text {
    Text::made(|lang| {
        let why = why.say(lang);
        match (lang, allow) {
            (Lang::English, true) => {
                format!("what this line allows is left to the lines below: {why}")
            }
            (Lang::English, false) => format!(
                "what this line denies is left to the lines below, which may allow it: {why}"
            ),
            (Lang::Japanese, true) => format!("この行が許可するものは下の行に委ねられます: {why}"),
            (Lang::Japanese, false) => {
                format!("この行が拒否するものは下の行に委ねられ、許可されることがあります: {why}")
            }
        }
    })
}

/// Beside a row that stands for a lost line; policies are written in English.
#[must_use]
pub fn lost_note(why: &str) -> String {
    format!("not taken over from Squid: {why}")
}

/// Not an address.
#[must_use]
pub fn bad_address(text: &str) -> Text {
    (
        format!("`{text}` is no address, network or range: it is missing"),
        format!("`{text}` はアドレス、ネットワーク、範囲のいずれでもないため、含まれません"),
    )
        .into()
}

/// Not a port.
#[must_use]
pub fn bad_port(text: &str) -> Text {
    (
        format!("`{text}` is no port and no range of ports: it is missing"),
        format!("`{text}` はポートでもポートの範囲でもないため、含まれません"),
    )
        .into()
}

/// Not a name.
#[must_use]
pub fn bad_name(text: &str) -> Text {
    (
        format!("`{text}` is no host name: it is missing"),
        format!("`{text}` はホスト名ではないため、含まれません"),
    )
        .into()
}

/// An address where names stand.
#[must_use]
pub fn address_as_name(text: &str) -> Text {
    (
        format!("`{text}` is an address: in a URL it is no name, and a firewall sees none; it is missing"),
        format!("`{text}` はアドレスです。URL に書かれても名前ではなく、ファイアウォールには見えないため、含まれません"),
    )
        .into()
}

/// A star, which means nothing here.
#[must_use]
pub fn star_in_name(text: &str) -> Text {
    (
        format!("`{text}`: a `*` means nothing in Squid's names, so this matches nothing; write a leading dot"),
        format!("`{text}`: Squid の名前では `*` に意味がなく、何にも一致しません。先頭に `.` を書いてください"),
    )
        .into()
}

/// Letters that no name has.
#[must_use]
pub fn upper_case(text: &str) -> Text {
    (
        format!("`{text}` has capital letters and no `-i`: Squid sees names in lower case, so it matches nothing as it is; it is missing"),
        format!("`{text}` は大文字を含み `-i` がありません。Squid は名前を小文字で扱うためこのままでは一致せず、含まれません"),
    )
        .into()
}

/// A regular expression of another kind.
#[must_use]
pub fn other_regex(text: &str) -> Text {
    (
        format!("`{text}` is written in a way that the firewall's regular expressions do not have: it is missing"),
        format!("`{text}` の書き方はファイアウォールの正規表現にないため、含まれません"),
    )
        .into()
}

/// A regular expression about whole URLs.
#[must_use]
pub fn not_a_url(text: &str) -> Text {
    (
        format!("`{text}` looks at whole URLs, which a firewall never sees in one place, and not at all inside TLS; only `^http://` with a host, its dots escaped, and the beginning of a path is taken over"),
        format!("`{text}` は URL 全体を調べますが、ファイアウォールが URL 全体を一か所で見ることはなく、TLS の中ではまったく見えません。引き継げるのは `^http://`、ドットをエスケープしたホスト、パスの先頭からなるものだけです"),
    )
        .into()
}
