use crate::messages::{Text, stateless as say};
use crate::net::{FlagTest, flag_names, protocol_word};
use crate::policy::{At, Endpoint, StatelessRow};

/// What a stateless row says, as the rule list and the rule pane show it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StatelessText {
    /// Where packets come from: `any`, or what the file says.
    pub from: String,
    /// Where they go.
    pub to: String,
    /// What else is asked of them: `tcp`, `port 443`, `from port 53`, `SYN of SYN, ACK`.
    pub asks: Vec<Text>,
}

/// What `row` says.
#[must_use]
pub fn stateless_text(row: &StatelessRow) -> StatelessText {
    let mut asks = Vec::new();
    if !row.protocols.is_empty() {
        let words: Vec<String> = row.protocols.iter().map(|p| protocol_word(*p)).collect();
        asks.push(Text::verbatim(&words.join(", ")));
    }
    if !row.source_ports.is_empty() {
        asks.push(say::from_port(&ports(&row.source_ports)));
    }
    if !row.ports.is_empty() {
        asks.push(say::to_port(&ports(&row.ports)));
    }
    asks.extend(row.tcp_flags.iter().map(flags));
    StatelessText { from: ends(&row.from), to: ends(&row.to), asks }
}

fn ends(ends: &[At<Endpoint>]) -> String {
    match ends {
        [] => Endpoint::Any.to_string(),
        ends => ends.iter().map(|end| end.value.to_string()).collect::<Vec<_>>().join(", "),
    }
}

fn ports(ranges: &[(u16, u16)]) -> String {
    let range = |(low, high): &(u16, u16)| match low == high {
        true => low.to_string(),
        false => format!("{low}-{high}"),
    };
    ranges.iter().map(range).collect::<Vec<_>>().join(", ")
}

fn flags(test: &FlagTest) -> Text {
    let masks = (test.masks != u8::MAX).then(|| flag_names(test.masks));
    say::flags(&flag_names(test.flags), masks.as_deref())
}
