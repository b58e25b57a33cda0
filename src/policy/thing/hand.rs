//! Where hand-written rules name a set or a reference: in their headers. A `$` in an option is a byte like any other.

use std::ops::Range;

/// Where `text` names the set or reference `name`: the bytes of the name, without what stands before it.
#[must_use]
pub fn variable_places(text: &str, sigil: char, name: &str) -> Vec<Range<usize>> {
    let goes_on = |c: char| c.is_ascii_alphanumeric() || c == '_';
    let sought = format!("{sigil}{name}");
    let places = text.match_indices(&sought).map(|(at, _)| at + 1..at + sought.len());
    places.filter(|place| !text[place.end..].starts_with(goes_on)).collect()
}

/// The same within the headers of the rules of `text`.
#[must_use]
pub fn header_places(text: &str, sigil: char, name: &str) -> Vec<Range<usize>> {
    let headers = headers(text);
    let mut places = variable_places(text, sigil, name);
    places.retain(|place| headers.iter().any(|h| h.start <= place.start && place.end <= h.end));
    places
}

/// `text` with `new` at these places, which are in its order.
#[must_use]
pub fn renamed_at(text: &str, places: &[Range<usize>], new: &str) -> String {
    let mut out = text.to_owned();
    for place in places.iter().rev() {
        out.replace_range(place.clone(), new);
    }
    out
}

/// What stands before the options of each rule. A rule is a line, or several that a `\` at the end joins; a line that
/// begins with `#` is none.
///
/// Source: Suricata 7.0.10, `detect-engine-loader.c`, as `suricata::parse_rules` reads it.
fn headers(text: &str) -> Vec<Range<usize>> {
    let mut headers = Vec::new();
    let mut start = 0;
    let mut end = 0;
    for line in text.split_inclusive('\n') {
        end += line.len();
        let rule = &text[start..end];
        let joins = line.trim_end_matches(['\n', '\r']).ends_with('\\');
        if joins && !rule.starts_with('#') && end < text.len() {
            continue;
        }
        // Behind blanks the engine reads no rule; what is no comment there is still meant as one.
        if !rule.trim_start().starts_with('#') {
            headers.push(start..rule.find('(').map_or(end, |options| start + options));
        }
        start = end;
    }
    headers
}

#[cfg(test)]
mod tests {
    use super::{header_places, renamed_at, variable_places};

    #[test]
    fn name_of_a_set_ends_where_no_more_of_a_name_follows() {
        let text = "drop tls $IN any -> [$IN_TWO,!$IN] $IN (msg:\"IN @IN\";)";
        let places = variable_places(text, '$', "IN");
        assert_eq!(places.len(), 3);
        assert_eq!(variable_places(text, '@', "IN").len(), 1);
        assert_eq!(
            renamed_at(text, &places, "INSIDE"),
            "drop tls $INSIDE any -> [$IN_TWO,!$INSIDE] $INSIDE (msg:\"IN @IN\";)"
        );
    }

    #[test]
    fn rules_name_sets_in_their_headers_alone() {
        let text = "# $IN\ndrop http $IN any \\\n  -> [$IN] any \\\n  (msg:\"$IN\"; \\\n  content:\"$IN\"; sid:1;)\n \
                    # $IN \\\n $IN\npass ip $IN any -> any any (pcre:\"/($IN/\"; sid:2;)\n# $IN \\\ndrop ip $IN any";
        let renamed = renamed_at(text, &header_places(text, '$', "IN"), "OUT");
        assert_eq!(
            renamed,
            "# $IN\ndrop http $OUT any \\\n  -> [$OUT] any \\\n  (msg:\"$IN\"; \\\n  content:\"$IN\"; sid:1;)\n \
             # $IN \\\n $IN\npass ip $OUT any -> any any (pcre:\"/($IN/\"; sid:2;)\n# $IN \\\ndrop ip $OUT any"
        );
    }
}
