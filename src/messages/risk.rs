//! What is risky about a rule of the engine.

use super::{Words, words};

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
    /// `to_client`: the source is the server.
    ServerIsSource,
    /// A protocol that is recognised late.
    LateProtocol,
    /// Something about names.
    Name(NameRisk),
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
                "it passes the whole connection on its first packet, before a name is known: no rule about names is asked any more; in strict order `flow:to_server` avoids that",
                "最初のパケットで、名前が分かる前に接続全体を通過させます。名前のルールはもう問われません。strict order なら `flow:to_server` を付けると避けられます",
            ),
            Self::DropAtSyn => words(
                "it drops the first packet already: names that other rules allow are never seen; in TCP `flow:to_server, established` waits for them",
                "最初のパケットを破棄するので、ほかのルールが許可する名前は見られないままです。TCP では `flow:to_server, established` を付けると名前を待ちます",
            ),
            Self::AnswersMeetDefault => words(
                "it passes packets one by one, and only those that match: answers meet the other rules and the default action",
                "一致したパケットを 1 つずつ通過させるだけです。応答はほかのルールとデフォルトアクションに従います",
            ),
            Self::AnswersToo => words(
                "the arrow is about each packet, not the connection: answers are asked about as well, with the server as source; a flow direction avoids that",
                "矢印は接続ではなく個々のパケットの向きです。応答もサーバーを送信元として問われます。flow で方向を書くと避けられます",
            ),
            Self::ServerIsSource => words(
                "the arrow is about each packet: what the server sends comes from the server, so the source of this rule is about servers",
                "矢印は個々のパケットの向きです。サーバーが送るものの送信元はサーバーなので、このルールの送信元はサーバーのことになります",
            ),
            Self::LateProtocol => words(
                "what the engine recognises late, or never, gets through: a few bytes each way are not enough for it",
                "エンジンの判別が遅れたもの、判別できないものは通ります。双方向に数バイトだけのやり取りでは判別できません",
            ),
            Self::Name(risk) => risk.words(),
            Self::SplitHello => words(
                "it acts on the first segment, before the name: a ClientHello or request in two segments is blocked even where a rule allows its name; `ssl_state:client_hello` or `http.start` waits",
                "名前の前に最初のセグメントで働くので、2 つに分かれた ClientHello やリクエストは、名前が許可されていてもブロックされます。`ssl_state:client_hello` や `http.start` を書くと待ちます",
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
                "only TCP has a reset: AWS refuses `reject` for other protocols",
                "リセットがあるのは TCP だけです。AWS はほかのプロトコルの `reject` を受け付けません",
            ),
            Self::PassCounts => words(
                "a threshold on a pass: once it is used up, a drop below takes the packet although the connection counts as passed",
                "pass にしきい値があります。使い切ると、接続は通過扱いでも下の drop がパケットを破棄します",
            ),
            Self::CannotTell => words(
                "it asks for something that is not evaluated here: wherever it could decide, the verdict cannot be told",
                "ここでは評価しない条件を含みます。これが決め手になりうるところは判定できません",
            ),
        }
    }
}

/// What is risky about a name that is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum NameRisk {
    /// The server name is compared letter by letter.
    CaseOfName,
    /// Capitals survive in a Host with port.
    HostWithPort,
    /// The end of a name without a dot.
    Lookalikes,
    /// The beginning of a name.
    GoesOn,
    /// A part of a name.
    Anywhere,
    /// `dotprefix` and no dot.
    DotMissing,
    /// Clients that send no name.
    NotSent,
    /// The same, where a name must not be something.
    NotSentEither,
}

impl NameRisk {
    /// It in one sentence, with what to do.
    #[must_use]
    pub const fn words(self) -> Words {
        match self {
            Self::CaseOfName => words(
                "the name is compared as sent: without `nocase` a name in capitals is another name",
                "名前は送られたまま比べられます。`nocase` がないと大文字の名前は別の名前になります",
            ),
            Self::HostWithPort => words(
                "a Host header with a port keeps its capitals: without `to_lowercase` such a name is another name",
                "ポートの付いた Host ヘッダーは大文字のまま残ります。`to_lowercase` がないと別の名前になります",
            ),
            Self::Lookalikes => words(
                "the end of a name also ends other names (`notexample.com`): write `dotprefix` behind the buffer and begin the content with a dot",
                "名前の末尾だけを見るので、`notexample.com` のような別の名前にも一致します。バッファの直後に `dotprefix` を書き、content をドットで始めてください",
            ),
            Self::GoesOn => words(
                "the name may go on behind what is written (`example.com.evil.example`): add `endswith`",
                "書かれた部分の後に文字が続く名前(`example.com.evil.example`)にも一致します。`endswith` を加えてください",
            ),
            Self::Anywhere => words(
                "it may stand anywhere in the name (`notexample.com`, `example.com.evil.example`): for a name and all below it write `dotprefix`, a dot in front, and `endswith`",
                "名前のどこにあっても一致します(`notexample.com`、`example.com.evil.example`)。ある名前とその下だけなら、`dotprefix` と `endswith` を書き、content をドットで始めてください",
            ),
            Self::DotMissing => words(
                "`dotprefix` helps only when the content begins with a dot",
                "`dotprefix` は content がドットで始まるときだけ意味があります",
            ),
            Self::NotSent => words(
                "a client that sends no name never matches",
                "名前を送らないクライアントには一致しません",
            ),
            Self::NotSentEither => words(
                "a client that sends no name never matches, though nothing of the kind is in a name it does not send",
                "名前を送らないクライアントには一致しません。否定の条件でも同じです",
            ),
        }
    }
}
