//! The target of a request: its host, and the path as rules see it.
//!
//! Source: libhtp 0.5; measured.

/// The authority of a target in absolute form, without the user's name; `None` when it is empty.
pub(super) fn authority(target: &[u8]) -> Option<&[u8]> {
    let rest = after_scheme(target)?;
    let end = rest.iter().position(|b| matches!(b, b'/' | b'?' | b'#')).unwrap_or(rest.len());
    let user = rest[..end].iter().rposition(|b| *b == b'@').map_or(0, |at| at + 1);
    (user < end).then(|| &rest[user..end])
}

fn after_scheme(target: &[u8]) -> Option<&[u8]> {
    let colon = target.windows(3).position(|w| w == b"://")?;
    let of_scheme = |b: &u8| b.is_ascii_alphanumeric() || b"+-.".contains(b);
    target[..colon].iter().all(of_scheme).then(|| &target[colon + 3..])
}

/// The host of a Host header. The parser lower-cases it only when there is no colon (measured).
pub(super) fn host_of(written: &[u8]) -> Vec<u8> {
    if written.contains(&b':') { host_name(written) } else { written.to_ascii_lowercase() }
}

/// The host of a target: without its port, in lower case, without the dot of the root (measured).
pub(super) fn parsed_host(authority: &[u8]) -> Vec<u8> {
    let mut host = host_name(authority).to_ascii_lowercase();
    while host.last() == Some(&b'.') {
        host.pop();
    }
    host
}

/// The host without its port; an address in brackets keeps them.
fn host_name(authority: &[u8]) -> Vec<u8> {
    if authority.starts_with(b"[") {
        let end = authority.iter().position(|b| *b == b']').map_or(authority.len(), |i| i + 1);
        return authority[..end].to_vec();
    }
    let colon = authority.iter().position(|b| *b == b':').unwrap_or(authority.len());
    authority[..colon].to_vec()
}

/// The URI as rules see it: path and query, percent signs decoded once, the path cleaned.
pub(super) fn normalised(target: &[u8]) -> Vec<u8> {
    let target = match after_scheme(target) {
        Some(rest) => {
            // Without a path nothing is left (measured).
            rest.iter().position(|b| *b == b'/').map_or(&b""[..], |slash| &rest[slash..])
        }
        None => target,
    };
    let query = target.iter().position(|b| *b == b'?').unwrap_or(target.len());
    let (path, query) = target.split_at(query);
    [without_dots(&decoded(path)), decoded(query)].concat()
}

/// Percent signs decoded once; a wrong one stays.
fn decoded(bytes: &[u8]) -> Vec<u8> {
    let hex = |b: &u8| char::from(*b).to_digit(16).and_then(|d| u8::try_from(d).ok());
    let mut out = Vec::with_capacity(bytes.len());
    let mut rest = bytes;
    while let Some((&first, after)) = rest.split_first() {
        if first == b'%'
            && let [a, b, tail @ ..] = after
            && let (Some(a), Some(b)) = (hex(a), hex(b))
        {
            out.push(a << 4 | b);
            rest = tail;
        } else {
            out.push(first);
            rest = after;
        }
    }
    out
}

/// Slashes joined, backslashes turned, dot segments resolved.
fn without_dots(path: &[u8]) -> Vec<u8> {
    let path: Vec<u8> = path.iter().map(|b| if *b == b'\\' { b'/' } else { *b }).collect();
    if !path.starts_with(b"/") {
        return path;
    }
    let mut out: Vec<&[u8]> = Vec::new();
    let segments: Vec<&[u8]> = path[1..].split(|b| *b == b'/').collect();
    let last = segments.len() - 1;
    for (i, segment) in segments.into_iter().enumerate() {
        match segment {
            b"." => {}
            b".." => {
                out.pop();
            }
            b"" if i < last => {}
            _ => {
                out.push(segment);
                continue;
            }
        }
        if i == last {
            out.push(b"");
        }
    }
    [b"/", &out.join(&b'/')[..]].concat()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn uri_is_decoded_once_and_its_path_cleaned() {
        let uri = |target: &str| String::from_utf8(normalised(target.as_bytes())).unwrap();
        assert_eq!(uri("/a/../%61dmin"), "/admin");
        assert_eq!(uri("//x//y"), "/x/y");
        assert_eq!(uri("/%2541"), "/%41");
        assert_eq!(uri("/%zz"), "/%zz");
        assert_eq!(uri("http://a.org/p?q=%20"), "/p?q= ");
    }

    #[test]
    fn host_is_what_stands_before_the_port() {
        assert_eq!(host_of(b"A.org"), b"a.org");
        assert_eq!(host_of(b"A.org:80"), b"A.org");
        assert_eq!(host_name(b"[2001:db8::1]:80"), b"[2001:db8::1]");
        assert_eq!(authority(b"http://u@b.org:81/p"), Some(&b"b.org:81"[..]));
        assert_eq!(authority(b"http:///p"), None);
        assert_eq!(parsed_host(b"B.org.:81"), b"b.org");
    }
}
