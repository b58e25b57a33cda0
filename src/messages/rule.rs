//! Rules of the engine, in words.

use super::{Text, Words, words};

/// What a rule's type means, by the engine's word for it: when the rule is asked, and how far its action reaches.
#[must_use]
pub fn rule_type(word: &str) -> Text {
    match word {
        "ip_only" => (
            "asked on the first packet each way (for TCP the SYN and its answer), before any name is known; its action \
             holds for the whole flow",
            "各方向の最初のパケット(TCP なら SYN とその応答)で、名前が分かる前に問われます。アクションはフロー全体に及びます",
        ),
        "like_ip_only" => (
            "asked on every packet, from the SYN on, because an address is negated; its action holds for the whole flow",
            "アドレスに否定があるため、SYN から全パケットで問われます。アクションはフロー全体に及びます",
        ),
        "pd_only" => (
            "asked once the engine knows which protocol is spoken, or that it is none it knows; its action holds for \
             the whole flow",
            "プロトコルが判明した時点(未知と分かった場合も含む)で問われます。アクションはフロー全体に及びます",
        ),
        "de_only" => (
            "asked of packets that are broken; its action holds for that packet only",
            "壊れたパケットで問われます。アクションはそのパケットだけに及びます",
        ),
        "app_layer" => (
            "asked on every packet from the first that shows the protocol, in both directions, before a name is known; \
             its action holds for the whole flow",
            "プロトコルが分かる最初のパケットから、名前が分かる前に、両方向の全パケットで問われます。アクションはフロー全体に及びます",
        ),
        "app_tx" => (
            "asked once the packet is there that completes what it looks at, such as the ClientHello; its action holds \
             for the whole flow",
            "見る対象(ClientHello など)が揃ったパケットで問われます。アクションはフロー全体に及びます",
        ),
        "stream" => (
            "asked on packets with data, of all the data so far; its action holds for the whole flow",
            "データのあるパケットで、それまでのデータ全体について問われます。アクションはフロー全体に及びます",
        ),
        "pkt_stream" => (
            "asked on packets with data, of the packet and of all the data so far; its action holds for the whole flow \
             of TCP, and for that packet only elsewhere",
            "データのあるパケットで、そのパケットとそれまでのデータ全体について問われます。アクションは TCP \
             ではフロー全体に、それ以外ではそのパケットだけに及びます",
        ),
        "pkt" => (
            "asked on every packet; its action holds for each packet that matches, one by one",
            "全パケットで問われます。アクションは一致したパケットごとに及びます",
        ),
        _ => ("not known to this version", "この版では分かりません"),
    }
    .into()
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
