//! `flow:`, which a rule may say more than once.

use super::reader::{Fault, Reader, fault};
use super::scan::{Piece, WrittenOption};
use super::value::{bad_piece, bad_word};
use crate::messages::suricata::{condition as words, shape as say};
use crate::suricata::{
    FlowDirection, FlowOption, FlowState, NotModelled, NotModelledKind, RuleOption, RuleProblem,
    StreamOption,
};

/// What `flow` knows.
const FLOW_WORDS: [&str; 11] = [
    "to_server",
    "to_client",
    "from_client",
    "from_server",
    "established",
    "not_established",
    "stateless",
    "no_stream",
    "only_stream",
    "no_frag",
    "only_frag",
];

impl Reader<'_> {
    pub(super) fn flow(
        &mut self,
        value: Piece<'_>,
        option: &WrittenOption<'_>,
    ) -> Result<(), Fault> {
        let earlier = self.options.iter().any(|o| match o {
            RuleOption::Flow(flow) => {
                flow.state.is_some() || flow.stream == Some(StreamOption::Only)
            }
            RuleOption::NotModelled(other) => other.keyword == "flow",
            _ => false,
        });
        if earlier {
            let problem = fault("written-twice", option, say::written_twice("flow"));
            return Err(Box::new(problem.help(words::FLOW_TOGETHER)));
        }
        if value.text.split(',').count() > 3 {
            return Err(bad_piece(value, words::FLOW_THREE));
        }
        let mut flow = FlowOption::default();
        let mut fragments = None;
        for word in value.split(',') {
            flow_word(word, &mut flow, &mut fragments)?;
        }
        let again = self.flow.is_some();
        let before = self.flow.unwrap_or_default();
        let asks = flow.state.is_some() || flow.stream.is_some() || fragments.is_some();
        let mut all = before.and(flow, asks);
        if all.contradicts {
            // Each of the two asks for its side of the same packet.
            all.flow.direction = None;
            self.carried_flow(value.text.to_owned());
        }
        self.flow = Some(all);
        self.options.retain(|option| !matches!(option, RuleOption::Flow(_)));
        if all.flow != FlowOption::default() {
            self.options.push(RuleOption::Flow(all.flow));
        }
        if again {
            self.warn_of_flow(all.flow, option);
        }
        if let Some(word) = fragments {
            self.carried_flow(word.to_owned());
        }
        Ok(())
    }

    fn carried_flow(&mut self, value: String) {
        let kind = NotModelledKind::Packet;
        self.options.push(RuleOption::NotModelled(NotModelled { keyword: "flow", value, kind }));
    }

    fn warn_of_flow(&mut self, all: FlowOption, option: &WrittenOption<'_>) {
        let asks = (all != FlowOption::default()).then(|| all.to_string());
        let message = words::flow_twice(asks.as_deref());
        let warning = RuleProblem::warning("flow-twice", option.span(), message);
        self.warnings.push(warning.help(words::FLOW_TOGETHER));
    }
}

/// What the `flow` options of a rule say together.
#[derive(Clone, Copy, Default)]
pub(super) struct Flows {
    flow: FlowOption,
    /// Whether some of them leave, or let, packets of the client be looked at, and of the server.
    sides: [bool; 2],
    /// The direction of those that ask for more than a direction.
    asked: Option<FlowDirection>,
    /// Whether two of those ask for different directions: such a rule never matches (measured).
    contradicts: bool,
}

impl Flows {
    /// With one more. A direction alone is no condition but says which packets are looked at: two of them mean both. With a state or
    /// a word about the stream it is a condition (measured; `detect-flow.c`, `DetectFlowSetup`).
    fn and(self, more: FlowOption, asks: bool) -> Self {
        use FlowDirection::{ToClient, ToServer};
        let sees = |side| more.direction.is_none_or(|direction| direction == side);
        let sides = [self.sides[0] || sees(ToServer), self.sides[1] || sees(ToClient)];
        let more_asked = more.direction.filter(|_| asks);
        let asked = self.asked.or(more_asked);
        let alone = match sides {
            [true, false] => Some(ToServer),
            [false, true] => Some(ToClient),
            _ => None,
        };
        Self {
            flow: FlowOption {
                direction: asked.or(alone),
                state: self.flow.state.or(more.state),
                stream: self.flow.stream.or(more.stream),
            },
            sides,
            asked,
            contradicts: self.contradicts
                || more_asked.is_some_and(|direction| asked != Some(direction)),
        }
    }
}

fn flow_word<'a>(
    word: Piece<'a>,
    flow: &mut FlowOption,
    fragments: &mut Option<&'a str>,
) -> Result<(), Fault> {
    let (direction, state, stream) = match word.text.to_ascii_lowercase().as_str() {
        "to_server" | "from_client" => (Some(FlowDirection::ToServer), None, None),
        "to_client" | "from_server" => (Some(FlowDirection::ToClient), None, None),
        "established" => (None, Some(FlowState::Established), None),
        "not_established" => (None, Some(FlowState::NotEstablished), None),
        "stateless" => (None, Some(FlowState::Stateless), None),
        "no_stream" => (None, None, Some(StreamOption::No)),
        "only_stream" => (None, None, Some(StreamOption::Only)),
        "no_frag" | "only_frag" if fragments.is_none() => {
            *fragments = Some(word.text);
            return Ok(());
        }
        "no_frag" | "only_frag" => return Err(bad_piece(word, words::EXCLUDE)),
        _ => return Err(bad_word(word, say::what::FLOW, &FLOW_WORDS)),
    };
    // The engine takes `not_established, stateless` together, as the former (measured).
    let both = [flow.state, state];
    let stateless = both.contains(&Some(FlowState::Stateless))
        && both.contains(&Some(FlowState::NotEstablished));
    let twice = (direction.is_some() && flow.direction.is_some())
        || (state.is_some() && flow.state.is_some() && !stateless)
        || (stream.is_some() && flow.stream.is_some());
    if twice {
        return Err(bad_piece(word, words::REPEATS));
    }
    flow.direction = flow.direction.or(direction);
    flow.state = if stateless { Some(FlowState::NotEstablished) } else { flow.state.or(state) };
    flow.stream = flow.stream.or(stream);
    Ok(())
}
