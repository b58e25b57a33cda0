//! What is wrong with addresses, sites, ports and protocols, and what to do.

use super::words::{Said, said, short};
use crate::messages::Text;

/// Host bits.
#[must_use]
pub fn host_bits(text: &str, meant: &str) -> Said {
    said(
        (
            format!("`{text}` has bits set outside its prefix"),
            format!("`{text}` はプレフィックスの外のビットが立っています"),
        ),
        (
            format!("did you mean the network `{meant}`? For one address leave the prefix out"),
            format!(
                "ネットワーク `{meant}` のことですか? 1 つのアドレスならプレフィックスを省いてください"
            ),
        ),
    )
}

/// Not an address.
#[must_use]
pub fn not_an_address(text: &str) -> Said {
    said(
        (
            format!("`{}` is not an address", short(text)),
            format!("`{}` はアドレスではありません", short(text)),
        ),
        (
            "write an address or a network: `10.1.2.3`, `10.1.0.0/16`, `2001:db8::/32`",
            "アドレスかネットワークを書いてください: `10.1.2.3`、`10.1.0.0/16`、`2001:db8::/32`",
        ),
    )
}

/// A `!` in front.
#[must_use]
pub fn negation(text: &str) -> Said {
    said(
        (
            format!("`{}`: nothing is negated in a rule", short(text)),
            format!("`{}`: ルールに否定は書けません", short(text)),
        ),
        (
            "put a rule with the opposite action above, or use `except` in a source",
            "逆のアクションのルールを上に置くか、送信元の `except` を使ってください",
        ),
    )
}

/// Not a domain name.
#[must_use]
pub fn not_a_domain(text: &str, why: &Text) -> Said {
    let written = why.map(|why| match why.contains(text) {
        true => why.to_owned(),
        false => format!("`{}`: {why}", short(text)),
    });
    said(
        written,
        (
            "write `example.com` for that name only, `.example.com` with everything below it, `\"*.example.com\"` for what is below it",
            "その名前だけなら `example.com`、配下も含めるなら `.example.com`、配下だけなら `\"*.example.com\"` と書いてください",
        ),
    )
}

/// `example.com/path`.
#[must_use]
pub fn path_without_scheme(text: &str, host: &str) -> Said {
    said(
        (
            format!("`{}` has a path but no scheme", short(text)),
            format!("`{}` にはパスがあるのにスキームがありません", short(text)),
        ),
        (
            format!(
                "write \"http://{text}\", or `{host}` for the whole name: over TLS a path cannot be seen"
            ),
            format!(
                "\"http://{text}\" と書くか、名前全体なら `{host}` と書いてください。TLS ではパスが見えません"
            ),
        ),
    )
}

/// `example.com:8443`.
#[must_use]
pub fn port_in_name(text: &str, host: &str, port: &str) -> Said {
    said(
        (
            format!("`{}` has a port but no scheme", short(text)),
            format!("`{}` にはポートがあるのにスキームがありません", short(text)),
        ),
        (
            format!("write \"https://{host}:{port}\", or `{host}` and `ports: [{port}]`"),
            format!(
                "\"https://{host}:{port}\" と書くか、`{host}` と `ports: [{port}]` に分けてください"
            ),
        ),
    )
}

/// A path in an https URL.
#[must_use]
pub fn path_over_https(path: &str, host: &str) -> Said {
    said(
        (
            format!(
                "the path `{}` cannot be checked over https: TLS hides it from the firewall",
                short(path)
            ),
            format!(
                "https ではパス `{}` を検査できません。TLS に隠れてファイアウォールから見えません",
                short(path)
            ),
        ),
        (
            format!(
                "write \"https://{host}\" for the whole name; a path is possible for http only"
            ),
            format!(
                "名前全体なら \"https://{host}\" と書いてください。パスを書けるのは http だけです"
            ),
        ),
    )
}

/// A scheme that `to` does not know.
#[must_use]
pub fn url_scheme(scheme: &str) -> Said {
    said(
        (
            format!("`{}://` cannot stand in `to`: only http and https can", short(scheme)),
            format!(
                "`to` に `{}://` は書けません。書けるのは http と https だけです",
                short(scheme)
            ),
        ),
        (
            "for anything else write an address in `to`, and `protocol` and `ports` beside it",
            "それ以外は `to` にアドレスを書き、`protocol` と `ports` を添えてください",
        ),
    )
}

/// `https://*`.
#[must_use]
pub fn any_host(scheme: &str) -> Said {
    let protocol = if scheme.eq_ignore_ascii_case("https") { "tls" } else { "http" };
    said(
        (
            format!("`{scheme}://*` names no site"),
            format!("`{scheme}://*` ではサイトが定まりません"),
        ),
        (
            format!(
                "for every site write `to: any` and `protocol: {protocol}`; `http://*/path*` is a path on any site"
            ),
            format!(
                "すべてのサイトなら `to: any` と `protocol: {protocol}` を書いてください。`http://*/path*` は任意のサイトのパスです"
            ),
        ),
    )
}

/// An address in an https URL.
#[must_use]
pub fn address_over_https(host: &str) -> Said {
    said(
        (
            format!("`https://{host}` can never match: clients send no server name for an address"),
            format!(
                "`https://{host}` は一致することがありません。アドレスに対してクライアントはサーバー名を送りません"
            ),
        ),
        (
            format!("write `to: {host}` and `protocol: tls`"),
            format!("`to: {host}` と `protocol: tls` を書いてください"),
        ),
    )
}

/// A character that no path contains.
#[must_use]
pub fn bad_path(path: &str, c: char) -> Said {
    said(
        (
            format!("the path `{}` contains `{}`", short(path), c.escape_default()),
            format!("パス `{}` に `{}` が含まれています", short(path), c.escape_default()),
        ),
        (
            "write it as clients send it, with `%20` for a blank",
            "クライアントが送る形で書いてください。空白は `%20` です",
        ),
    )
}

/// A star inside a path.
#[must_use]
pub fn inner_star(path: &str) -> Said {
    said(
        (
            format!("`*` can only end the path `{}`", short(path)),
            format!("`*` を書けるのはパスの末尾だけです: `{}`", short(path)),
        ),
        (
            "write `/path/*` for everything below, or hand-written Suricata with `http.uri` and `pcre`",
            "配下すべてなら `/path/*` と書くか、`http.uri` と `pcre` を使った Suricata ルールを手書きしてください",
        ),
    )
}

/// A regular expression that does not compile.
#[must_use]
pub fn bad_regex(regex: &str, why: &str) -> Said {
    let why = why.lines().last().unwrap_or_default().trim_start_matches("error: ");
    said(
        (
            format!("the regular expression `{}` cannot be read: {}", short(regex), short(why)),
            format!("正規表現 `{}` が読めません: {}", short(regex), short(why)),
        ),
        (
            "check its brackets; a point is written `\\.`",
            "括弧を確かめてください。点そのものは `\\.` と書きます",
        ),
    )
}

/// Not a port.
#[must_use]
pub fn bad_port(text: &str) -> Said {
    said(
        (
            format!("`{}` is not a port", short(text)),
            format!("`{}` はポートではありません", short(text)),
        ),
        (
            "write a number from 1 to 65535, or a range like `8000-8010`",
            "1 から 65535 までの数か、`8000-8010` のような範囲を書いてください",
        ),
    )
}

/// A range that ends before it begins.
#[must_use]
pub fn inverted_range(text: &str, low: &str, high: &str) -> Said {
    said(
        (
            format!("the port range `{text}` ends before it begins"),
            format!("ポートの範囲 `{text}` は終わりが始まりより前です"),
        ),
        (format!("did you mean `{low}-{high}`?"), format!("`{low}-{high}` のことですか?")),
    )
}

/// A protocol that a URL cannot have.
#[must_use]
pub fn url_against_protocol(protocol: &str, own: &str) -> Said {
    said(
        (
            format!("`{protocol}` contradicts the URL in `to`, whose scheme means `{own}`"),
            format!("`{protocol}` は `to` の URL と矛盾します。スキームは `{own}` を意味します"),
        ),
        (
            "leave the protocol out, or write the name without scheme",
            "プロトコルを省くか、名前をスキームなしで書いてください",
        ),
    )
}

/// A protocol that tells no names.
#[must_use]
pub fn name_against_protocol(protocol: &str, target: &str) -> Said {
    said(
        (
            format!("`{protocol}` tells no names, but `to` asks for `{}`", short(target)),
            format!(
                "`{protocol}` では名前が見えませんが、`to` は `{}` を求めています",
                short(target)
            ),
        ),
        (
            "names can be seen over tls, http, quic and dns; for the rest write addresses in `to`",
            "名前が見えるのは tls、http、quic、dns です。ほかは `to` にアドレスを書いてください",
        ),
    )
}

/// A URL whose port is not among `ports`.
#[must_use]
pub fn url_against_ports(port: u16, ports: &str) -> Said {
    said(
        (
            format!(
                "the URL's port {port} is not among `ports` ({}): it could never match",
                short(ports)
            ),
            format!(
                "URL のポート {port} が `ports`({})にありません。一致することがありません",
                short(ports)
            ),
        ),
        (
            "leave `ports` out: the port in the URL is enough",
            "`ports` は要りません。URL のポートで足ります",
        ),
    )
}

/// Ports of a protocol without ports.
#[must_use]
pub fn ports_on(protocol: &str) -> Said {
    let (why, why_ja) = if protocol == "ip" {
        ("`ip` is more than what has ports", "`ip` にはポートのないものも含まれます")
    } else {
        ("icmp has no ports", "icmp にポートはありません")
    };
    said(
        (format!("`ports` cannot be asked for: {why}"), format!("`ports` は書けません。{why_ja}")),
        (
            "write `protocol: tcp`, `udp`, or both; or leave `ports` out",
            "`protocol: tcp`、`udp`、または両方を書くか、`ports` を省いてください",
        ),
    )
}

/// Ports, but of what?
#[must_use]
pub fn ports_without_protocol() -> Said {
    said(
        (
            "`ports` needs a protocol where `to` is `any` or an address",
            "`to` が `any` かアドレスのとき、`ports` にはプロトコルが要ります",
        ),
        (
            "write `protocol: tcp`, or `protocols: [tcp, udp]`",
            "`protocol: tcp` か `protocols: [tcp, udp]` を書いてください",
        ),
    )
}
