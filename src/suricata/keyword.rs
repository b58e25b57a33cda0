use std::collections::HashMap;
use std::sync::LazyLock;

/// A keyword of the rule language: one row of `assets/suricata-keywords.csv`.
///
/// Source: `suricata --list-keywords=csv` of 7.0.10, and load verdicts measured on it.
#[derive(Debug, PartialEq, Eq, Hash)]
pub struct Keyword {
    /// Its name in the dotted form where there are several.
    pub name: &'static str,
    /// What it is.
    pub kind: KeywordKind,
    /// Whether the evaluator knows what it does; if not, its rule cannot be told.
    pub evaluated: bool,
    /// The application protocol it is about, if any.
    pub app: Option<&'static str>,
    /// Whose side it is about, if one.
    pub side: Option<Side>,
    /// Which value it takes.
    pub(super) value: ValueShape,
}

/// Which value a keyword takes, as the table words it: `none`, `needed`, `optional`; `quotes` or `quoted`; `not`.
#[derive(Debug, PartialEq, Eq, Hash)]
pub(super) struct ValueShape(&'static str);

/// Whether a value stands in quotes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Quotes {
    /// Never.
    None,
    /// It may.
    Allowed,
    /// It must.
    Required,
}

impl ValueShape {
    fn has(&self, word: &str) -> bool {
        self.0.split(' ').any(|w| w == word)
    }

    /// Whether a value is refused.
    pub(super) fn none(&self) -> bool {
        self.has("none")
    }

    /// Whether a value must be there.
    pub(super) fn needed(&self) -> bool {
        self.has("needed")
    }

    /// Whether a `!` before the value negates it.
    pub(super) fn negatable(&self) -> bool {
        self.has("not")
    }

    /// Whether it stands in quotes.
    pub(super) fn quotes(&self) -> Quotes {
        match (self.has("quoted"), self.has("quotes")) {
            (true, _) => Quotes::Required,
            (false, true) => Quotes::Allowed,
            (false, false) => Quotes::None,
        }
    }
}

/// What a keyword is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum KeywordKind {
    /// A sticky buffer: names the bytes that the following conditions look at.
    Buffer,
    /// A sticky buffer over headers of a packet (`ipv4.hdr`).
    PacketBuffer,
    /// `http_host;` and its like: says of the content before it which buffer it is about.
    Modifier,
    /// A condition on the bytes of the buffer named before it, or a change of one.
    Content,
    /// A change of the buffer before it is looked at.
    Transform,
    /// A condition on a packet.
    Packet,
    /// The same, and a rule with it stays `ip_only`.
    IpOnly,
    /// A condition on what an application protocol said.
    App,
    /// Something done after a match.
    After,
    /// Decoder events.
    Decoder,
    /// Says something about the rule and asks nothing.
    Meta,
}

/// A side of a connection.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Side {
    /// What the client says.
    Client,
    /// What the server says.
    Server,
}

/// Every keyword by every spelling; `name` is that of the dotted form.
static KEYWORDS: LazyLock<HashMap<&'static str, &'static Keyword>> = LazyLock::new(|| {
    let mut all = HashMap::new();
    for line in include_str!("../../assets/suricata-keywords.csv").lines().skip(1) {
        let mut cells = line.split(',');
        let mut cell = || cells.next().unwrap_or_default();
        let (name, kind, evaluated, app, side, also, value) =
            (cell(), cell(), cell(), cell(), cell(), cell(), cell());
        let keyword: &'static Keyword = Box::leak(Box::new(Keyword {
            name,
            kind: kind_of(kind),
            evaluated: evaluated == "evaluated",
            app: (!app.is_empty()).then_some(app),
            side: match side {
                "client" => Some(Side::Client),
                "server" => Some(Side::Server),
                _ => None,
            },
            value: ValueShape(value),
        }));
        all.insert(name, keyword);
        for spelling in also.split_whitespace() {
            all.insert(spelling, keyword);
        }
    }
    all
});

fn kind_of(word: &str) -> KeywordKind {
    match word {
        "buffer" => KeywordKind::Buffer,
        "packet-buffer" => KeywordKind::PacketBuffer,
        "modifier" => KeywordKind::Modifier,
        "content" => KeywordKind::Content,
        "transform" => KeywordKind::Transform,
        "packet" => KeywordKind::Packet,
        "ip-only" => KeywordKind::IpOnly,
        "app" => KeywordKind::App,
        "after" => KeywordKind::After,
        "decoder" => KeywordKind::Decoder,
        _ => KeywordKind::Meta,
    }
}

/// The keyword of that name, in any case, in any of its spellings.
#[must_use]
pub fn keyword(name: &str) -> Option<&'static Keyword> {
    // No keyword is longer; text that is none is not copied.
    (name.len() < 64).then(|| KEYWORDS.get(name.to_ascii_lowercase().as_str()).copied()).flatten()
}

/// Every keyword once, by name.
#[must_use]
pub fn keywords() -> Vec<&'static Keyword> {
    let mut all: Vec<&Keyword> =
        KEYWORDS.iter().filter(|(spelling, k)| **spelling == k.name).map(|(_, k)| *k).collect();
    all.sort_by_key(|k| k.name);
    all
}

/// Every spelling, for a "did you mean".
pub(super) fn spellings() -> impl Iterator<Item = &'static str> {
    KEYWORDS.keys().copied().filter(|name| *name != "payload")
}
