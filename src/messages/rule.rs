//! Rules of the engine, in words.

use super::{Text, Words, words};

/// What a rule's type means, by the engine's word for it: when the rule is asked, and, where it `decides` something, how
/// far its action reaches.
#[must_use]
pub fn rule_type(word: &str, decides: bool) -> Text {
    let ((asked_en, asked_ja), (reach_en, reach_ja)) = (asked(word), reach(word));
    if decides {
        (
            format!("asked {asked_en}; its action holds for {reach_en}"),
            format!("{asked_ja}問われます。アクションは{reach_ja}及びます"),
        )
    } else {
        (format!("asked {asked_en}"), format!("{asked_ja}問われます"))
    }
    .into()
}

/// When a rule of a type is asked.
fn asked(word: &str) -> (&'static str, &'static str) {
    match word {
        "ip_only" => (
            "on the first packet each way (for TCP the SYN and its answer), before any name is known",
            "各方向の最初のパケット(TCP なら SYN とその応答)で、名前が分かる前に",
        ),
        "like_ip_only" => (
            "on every packet, from the first on, because an address is negated",
            "アドレスに否定があるため、最初のパケットから全パケットで",
        ),
        "pd_only" => (
            "once the engine knows which protocol is spoken, or that it is none it knows",
            "プロトコルが判明した時点(未知と分かった場合も含む)で",
        ),
        "de_only" => ("of packets that are broken", "壊れたパケットで"),
        "app_layer" => (
            "on every packet from the first that shows the protocol, in both directions, which may be before a name is known",
            "プロトコルが分かる最初のパケットから(名前が分かる前のこともあります)、両方向の全パケットで",
        ),
        "app_tx" => (
            "on the packet that completes what it looks at: a ClientHello, the headers of a request, a DNS query",
            "見る対象(ClientHello、リクエストのヘッダー、DNS の問い合わせなど)が揃ったパケットで",
        ),
        "stream" => (
            "on packets with data, of all the data so far",
            "データのあるパケットで、それまでのデータ全体について",
        ),
        "pkt_stream" => (
            "on packets with data, of the packet and of all the data so far",
            "データのあるパケットで、そのパケットとそれまでのデータ全体について",
        ),
        _ => ("on every packet", "全パケットで"),
    }
}

/// How far the action of a rule of a type reaches.
fn reach(word: &str) -> (&'static str, &'static str) {
    match word {
        "ip_only" | "like_ip_only" | "pd_only" | "app_layer" | "app_tx" | "stream" => {
            ("the whole flow", "フロー全体に")
        }
        "pkt_stream" => (
            "the whole flow in TCP, for that packet only otherwise",
            " TCP ではフロー全体に、それ以外ではそのパケットだけに",
        ),
        "de_only" => ("that packet only", "そのパケットだけに"),
        _ => ("each packet that matches, one by one", "一致したパケットごとに"),
    }
}

/// What an action does, by its word.
#[must_use]
pub fn action(word: &str) -> Text {
    match word {
        "pass" => (
            "lets through, and asks no rule below on this packet",
            "通過させ、このパケットについて以降のルールを問いません",
        ),
        "drop" => (
            "discards without a word; the client waits until it gives up",
            "黙って破棄します。クライアントはあきらめるまで待ち続けます",
        ),
        "reject" | "rejectsrc" => (
            "discards and answers with a TCP reset or an ICMP error",
            "破棄し、TCP リセットか ICMP エラーを返します",
        ),
        "rejectdst" => {
            ("discards and resets the server's side", "破棄し、サーバー側の接続をリセットします")
        }
        "rejectboth" => ("discards and resets both sides", "破棄し、両側の接続をリセットします"),
        "alert" => {
            ("writes a log line and decides nothing", "ログに記録するだけで、何も決めません")
        }
        _ => {
            ("sets the engine itself; decides nothing", "エンジン自身の設定であり、何も決めません")
        }
    }
    .into()
}

/// How the list of keywords begins that are evaluated.
pub const EVALUATED: Words = words(
    "Evaluated: a rule with these gets a verdict",
    "評価するキーワード: これらを使うルールは判定できます",
);
/// How the list of keywords begins that are only carried.
pub const CARRIED: Words = words(
    "Read and kept, but not evaluated: a rule with one of these cannot be told wherever it could decide",
    "読み込んで保持しますが、評価はしません: これらを使うルールが決め手になりうるところは判定できません",
);
/// What can be explained.
pub const TOPICS: Words = words(
    "what can be explained: `findings` and the code of each, `keywords`, `exit-codes`, and a rule in quotes behind `rule`",
    "説明できるもの: `findings` とその各コード、`keywords`、`exit-codes`、`rule` に続く引用符で囲んだルール",
);
/// The exit codes, one a line.
pub const EXIT_CODES: Words = words(
    "\
0  all is well
1  it could not run: a file, the disk, or wrong usage
2  findings, failed cases, or a verdict other than the one expected
3  the input is not valid
",
    "\
0  問題なし
1  実行できなかった: ファイル、ディスク、使い方の誤り
2  指摘、失敗したケース、期待と異なる判定がある
3  入力が正しくない
",
);
