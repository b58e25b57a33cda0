//! Contents, expressions, buffers and transforms.

use crate::messages::{Lang, Text, Words, words};

/// An old modifier out of its place.
pub const BSIZE_BEFORE_BUFFER: Words =
    words("bsize stands before any buffer", "bsize がバッファーより前にあります");
/// `rawbytes` in a buffer.
pub const RAWBYTES: Words =
    words("rawbytes is about raw content only", "rawbytes はバッファー外の content だけに使えます");

/// A word about a content, twice.
#[must_use]
pub fn said_twice(name: &str) -> Text {
    (
        format!("{name} is said twice of one content, or with what says the same"),
        format!("1 つの content に {name} が 2 回、または同じ意味のものと一緒に書かれています"),
    )
        .into()
}

/// Two words that exclude each other.
#[must_use]
pub fn does_not_go_with(name: &str, other: Words) -> Text {
    Text::made(|lang| match lang {
        Lang::English => format!("{name} does not go with {} of the same content", other.say(lang)),
        Lang::Japanese => {
            format!("同じ content に {name} と {} は一緒に書けません", other.say(lang))
        }
    })
}

/// A word that excludes others.
pub const OFFSET: Words = words("offset", "offset");
/// Another one.
pub const STARTSWITH: Words = words("startswith", "startswith");
/// Words that exclude others together.
pub const DISTANCE_AND_WITHIN: Words = words("distance and within", "distance・within");
/// The same from the other side.
pub const DEPTH_AND_OFFSET: Words = words("depth and offset", "depth・offset");

/// A place of a content that is looked for first.
#[must_use]
pub fn not_with_fast_pattern(name: &str) -> Text {
    (
        format!("{name} does not go with this content's fast_pattern"),
        format!("この content の fast_pattern と {name} は一緒に使えません"),
    )
        .into()
}

/// A distance too far.
pub const FARTHEST: Words = words("at most 1048576 either way", "前後とも 1048576 までです");

/// A window too small.
#[must_use]
pub fn no_room(name: &str, number: i32, len: usize) -> Text {
    (
        format!("{name}:{number} has no room for the content of {len} bytes"),
        format!("{name}:{number} には {len} バイトの content が入りません"),
    )
        .into()
}

/// What to do.
#[must_use]
pub fn at_least(name: &str, len: usize) -> Text {
    (format!("write at least {name}:{len}"), format!("{name}:{len} 以上にしてください")).into()
}

/// A place that is no number.
#[must_use]
pub fn no_number_or_name(value: &str) -> Text {
    (
        format!("`{value}` is neither a number nor a name of byte_extract"),
        format!("`{value}` は数でも byte_extract の名前でもありません"),
    )
        .into()
}

/// The same, of a value shown before.
pub const NO_NUMBER_OR_NAME: Words = words(
    "neither a number nor a name of byte_extract",
    "数でも byte_extract の名前でもありません",
);
/// How `isdataat` is written.
pub const ISDATAAT: Words =
    words("isdataat is written as `!1,relative`", "isdataat は `!1,relative` の形で書きます");
/// Half a byte.
pub const TWO_DIGITS: Words = words("a byte in hex has two digits", "16 進のバイトは 2 桁です");
/// How it is written.
pub const TWO_DIGITS_HELP: Words = words("as in `|0d 0a|`", "`|0d 0a|` の形で書いてください");

/// No digit.
#[must_use]
pub fn is_not_hex(shown: &str) -> Text {
    (format!("`{shown}` is not hex"), format!("`{shown}` は 16 進ではありません")).into()
}

/// What stands there.
pub const IS_NOT_HEX_HELP: Words =
    words("between bars stand bytes in hex", "`|` の間には 16 進のバイトを書きます");
/// A backslash before something else.
pub const BACKSLASH: Words = words(
    "a backslash only stands before \" \\ ; :",
    "バックスラッシュは \" \\ ; : の前だけに書けます",
);
/// What to do.
pub const BACKSLASH_HELP: Words = words(
    "for a backslash write two; a `.` needs none",
    "バックスラッシュ自体は 2 つ書きます。`.` の前には要りません",
);
/// A quote inside.
pub const QUOTE_INSIDE: Words = words(
    "a quote inside a content needs a backslash",
    "content の中の引用符にはバックスラッシュが必要です",
);
/// What to do.
pub const QUOTE_INSIDE_HELP: Words =
    words("write `\\\"`, or `|22|`", "`\\\"` または `|22|` と書いてください");
/// A hex part without its end.
pub const HEX_IS_OPEN: Words =
    words("the hex part is not closed by `|`", "16 進の部分が `|` で閉じられていません");
/// What to do.
pub const HEX_IS_OPEN_HELP: Words = words("for a bar write `|7c|`", "`|` 自体は `|7c|` と書きます");
/// `fast_pattern` of a content that cannot be looked for first.
pub const FAST_PATTERN_PLACED: Words = words(
    "fast_pattern does not go with a content that is negated or has a place",
    "否定や位置の指定がある content に fast_pattern は使えません",
);
/// `prefilter` of a content that cannot be looked for first.
pub const PREFILTER_PLACED: Words = words(
    "prefilter does not go with a content that is negated and has a place",
    "否定と位置の指定の両方がある content に prefilter は使えません",
);
/// `fast_pattern` of two.
pub const FAST_PATTERN_OF_TWO: Words = words(
    "fast_pattern is said of two contents",
    "fast_pattern が 2 つの content に書かれています",
);
/// `fast_pattern` twice.
pub const FAST_PATTERN_TWICE: Words = words(
    "fast_pattern is said twice of one content",
    "1 つの content に fast_pattern が 2 回書かれています",
);
/// How it is written.
pub const FAST_PATTERN: Words = words(
    "fast_pattern takes `only`, or an offset and a length: `2,4`",
    "fast_pattern には `only`、または位置と長さ (`2,4`) を書きます",
);

/// A part that is longer.
#[must_use]
pub fn has_only(len: usize) -> Text {
    (format!("the content has only {len} bytes"), format!("content は {len} バイトしかありません"))
        .into()
}

/// `prefilter` in front.
pub const PREFILTER_FIRST: Words =
    words("prefilter needs a condition before it", "prefilter の前に条件が必要です");

/// `prefilter` of something else.
#[must_use]
pub fn prefilter_with(condition: &str) -> Text {
    (
        format!("prefilter does not go with {condition}"),
        format!("prefilter は {condition} には使えません"),
    )
        .into()
}

/// A transform without anything asked.
pub const TRANSFORM_UNASKED: Words = words(
    "nothing is asked of what this transform gives",
    "この変換の結果に対する条件がありません",
);
/// A frame of nothing.
pub const NO_SUCH_FRAME: Words =
    words("the engine knows no such frame", "エンジンにそのようなフレームはありません");
/// `base64_data` alone.
pub const BASE64: Words = words(
    "base64_data needs a base64_decode before it",
    "base64_data の前に base64_decode が必要です",
);
/// A stream that is not there.
pub const NO_STREAM: Words = words(
    "tls.sni needs the stream, tcp-pkt has none",
    "tls.sni にはストリームが必要ですが、tcp-pkt にはありません",
);

/// A buffer again.
#[must_use]
pub fn named_twice(name: &str) -> Text {
    (
        format!("{name} is named twice; the engine takes both as one"),
        format!("{name} が 2 回書かれています。エンジンは 1 つとして扱います"),
    )
        .into()
}

/// What to do.
pub const NAMED_TWICE_HELP: Words =
    words("write its contents behind one another", "その content を続けて書いてください");

/// An old modifier without its content.
#[must_use]
pub fn needs_content_right_before(name: &str) -> Text {
    (
        format!("{name} needs a content right before it"),
        format!("{name} のすぐ前に content が必要です"),
    )
        .into()
}

/// A transform elsewhere.
pub const TRANSFORM_PLACE: Words = words(
    "a transform stands right behind a sticky buffer",
    "変換はバッファー名のすぐ後に書きます",
);

/// What to do.
#[must_use]
pub fn name_again(name: &str) -> Text {
    (
        format!("name the buffer again before {name}"),
        format!("{name} の前に、もう一度バッファー名を書いてください"),
    )
        .into()
}

/// A transform of addresses.
pub const ADDRESS_NOT_TRANSFORMED: Words =
    words("an address is not transformed", "アドレスは変換できません");
/// How `xor` is written.
pub const XOR: Words =
    words("xor takes bytes in hex, two digits each", "xor には 1 バイト 2 桁の 16 進を書きます");
/// A transform too late.
pub const LATE_TRANSFORM: Words = words(
    "the contents before this transform are asked of the unchanged buffer",
    "この変換より前の content は、変換前のバッファーに対する条件です",
);
/// A transform for nothing.
pub const IDLE_TRANSFORM: Words = words(
    "a transform behind the last content does nothing",
    "最後の content より後の変換は何もしません",
);
/// What to do.
pub const TRANSFORM_HELP: Words =
    words("put it right behind the buffer's name", "バッファー名のすぐ後に置いてください");
/// Which part is over, of TLS.
pub const HELLOS: Words = words("the hellos are", "hello のやり取り");
/// Which part is over, of HTTP.
pub const THAT_PART: Words = words("that part of the request is", "リクエストのその部分");

/// A negation that is looked for too late.
#[must_use]
pub fn bites_late(part: Words) -> Text {
    Text::made(|lang| match lang {
        Lang::English => format!(
            "once {} over, this is looked for in what was sent, not in what the transforms make of it",
            part.say(lang)
        ),
        Lang::Japanese => format!(
            "{}が終わると、変換の結果ではなく送られたままの内容の中でこれが探されます",
            part.say(lang)
        ),
    })
}

/// A negation with a place behind a transform.
pub const BITES_BARE: Words = words(
    "this is looked for in what was sent, not in what the transforms make of it",
    "変換の結果ではなく、送られたままの内容の中でこれが探されます",
);
/// What to do.
pub const ADD_WANTED: Words = words(
    "add a content that must be there, such as `content:\".\"` behind `dotprefix`",
    "含まれるべき content を加えてください。例: `dotprefix` の後なら `content:\".\"`",
);

/// What to do.
#[must_use]
pub fn add(text: &str) -> Text {
    (format!("add `{text}`"), format!("`{text}` を加えてください")).into()
}

/// `http.host` in capitals.
pub const HOST_IS_LOWER: Words =
    words("http.host is lower case already", "http.host はすでに小文字です");
/// What to do.
pub const LOWER_WITHOUT_NOCASE: Words = words(
    "write the content in lower case, without nocase",
    "content を nocase なしで、小文字で書いてください",
);
/// `http.method` with a space.
pub const NO_SPACE_AT_END: Words =
    words("http.method has no space at its end", "http.method の終わりに空白はありません");
/// The same in front.
pub const NO_SPACE_AT_START: Words =
    words("http.method has no space at its start", "http.method の始まりに空白はありません");
/// What to do.
pub const TAKE_SPACE_AWAY: Words = words("take the space away", "空白を消してください");
/// Capitals behind a transform.
pub const NEVER_CAPITALS: Words = words(
    "capitals never match behind to_lowercase",
    "to_lowercase の後で大文字は決して一致しません",
);
/// What to do.
pub const WRITE_LOWER: Words =
    words("write the content in lower case", "content を小文字で書いてください");
/// Small letters behind a transform.
pub const NEVER_SMALL: Words = words(
    "small letters never match behind to_uppercase",
    "to_uppercase の後で小文字は決して一致しません",
);
/// What to do.
pub const WRITE_UPPER: Words =
    words("write the content in capitals", "content を大文字で書いてください");
/// Blanks behind a transform.
pub const NEVER_TWO_BLANKS: Words = words(
    "compress_whitespace leaves no two blanks side by side",
    "compress_whitespace の後に連続した空白は残りません",
);
/// What to do.
pub const ONE_BLANK: Words = words("write one blank", "空白を 1 つにしてください");
/// Blanks behind another.
pub const NEVER_BLANKS: Words = words(
    "blanks never match behind strip_whitespace",
    "strip_whitespace の後で空白は決して一致しません",
);
/// What to do.
pub const TAKE_BLANKS_OUT: Words =
    words("take the blanks out of the content", "content から空白を除いてください");
/// A hash cut short.
pub const HASH: Words =
    words("this hash has 32 characters, in hex", "このハッシュは 16 進で 32 文字です");
/// What to do.
pub const WHOLE_HASH: Words = words("write the whole hash", "ハッシュの全体を書いてください");
/// A fingerprint cut short.
pub const FINGERPRINT: Words =
    words("a fingerprint has 59 characters", "フィンガープリントは 59 文字です");
/// How it is written.
pub const FINGERPRINT_HELP: Words = words(
    "write it as `aa:bb:cc:…`, 20 bytes in hex",
    "`aa:bb:cc:…` の形で、16 進の 20 バイトを書いてください",
);
/// A serial without colons.
pub const SERIAL: Words = words("a serial has colons", "シリアル番号はコロンで区切ります");
/// How it is written.
pub const SERIAL_HELP: Words =
    words("write it as `AA:BB:…`, bytes in hex", "`AA:BB:…` の形で、16 進のバイトを書いてください");

/// Contents that are too long.
#[must_use]
pub fn need_bytes(needed: i64, keyword: &str, most: u64) -> Text {
    (format!("the contents need {needed} bytes, {keyword} leaves {most}: it could never match"), format!("content には {needed} バイト必要ですが、{keyword} では {most} バイトまでです。決して一致しません")).into()
}

/// A content beside one that is all.
#[must_use]
pub fn another_is_whole(name: &str, len: usize) -> Text {
    (format!("another content is the whole of {name}, with {len} bytes: this one has no room"), format!("別の content が {name} の全体 ({len} バイト) を占めています。これが入る余地はありません")).into()
}

/// What to do.
pub const ANOTHER_IS_WHOLE_HELP: Words = words(
    "the engine does not start with such a rule; take one of them away",
    "このようなルールではエンジンが起動しません。どちらかを消してください",
);
/// Two places.
pub const ENDSWITH_OFFSET: Words = words(
    "endswith and offset both count: it must end the buffer and begin there or later",
    "endswith と offset は両方とも効きます。バッファーの終わりにあり、かつその位置以降で始まる必要があります",
);
/// What to do.
pub const KEEP_ONE: Words = words("keep the one that is meant", "意図するほうだけ残してください");
/// Behind the end.
pub const BEHIND_END: Words = words(
    "the content before it ends the buffer: nothing stands behind, it never matches",
    "前の content がバッファーの終わりです。後には何もないので、決して一致しません",
);
/// What to do.
pub const TAKE_ENDSWITH_AWAY: Words =
    words("take endswith away from the one before", "前の content から endswith を外してください");
/// A path in a name.
pub const SLASH_IN_HOST: Words = words(
    "a host name has no `/`: it never matches",
    "ホスト名に `/` はありません。決して一致しません",
);
/// What to do.
pub const NAME_ALONE: Words = words("write the name alone", "名前だけを書いてください");

/// No dot in front.
#[must_use]
pub fn without_dot(text: &str) -> Text {
    (
        format!("dotprefix without a dot in front: `{text}` also matches `not{text}`"),
        format!("dotprefix なのに先頭に `.` がありません。`{text}` は `not{text}` にも一致します"),
    )
        .into()
}

/// What to do.
#[must_use]
pub fn with_dot(text: &str) -> Text {
    (format!("write content:\".{text}\""), format!("content:\".{text}\" と書いてください")).into()
}

/// Capitals in an expression about hosts.
pub const HARDLY_MATCHES: Words = words(
    "http.host is lower case (but for one with a port): capitals hardly ever match",
    "http.host は (ポート付きのものを除き) 小文字です。大文字はほとんど一致しません",
);
/// What to do.
pub const ADD_I: Words = words("add the modifier /i", "修飾子 /i を付けてください");
/// Lengths that exclude each other.
pub const NO_LENGTH: Words = words(
    "no length meets all of these bsize: it never matches",
    "これらの bsize をすべて満たす長さはありません。決して一致しません",
);
/// A content of another length.
pub const OTHER_LENGTH: Words = words(
    "a content does not have the length that bsize asks for: it never matches",
    "bsize の求める長さの content ではありません。決して一致しません",
);
/// What to do.
pub const CORRECT_BSIZE: Words =
    words("take bsize away, or correct it", "bsize を外すか、直してください");

/// Something before the expression.
#[must_use]
pub fn before_slash(text: &str) -> Text {
    (
        format!("`{text}` before the first slash is not part of the expression"),
        format!("最初のスラッシュより前の `{text}` は式の一部になりません"),
    )
        .into()
}

/// What to do.
pub const BEFORE_SLASH_HELP: Words =
    words("put it behind the slash, or take it away", "スラッシュの後に置くか、消してください");
/// Options behind it.
pub const SWALLOWED: Words = words(
    "this is not read: a `;` is missing before it",
    "ここは読まれません。前に `;` がありません",
);
/// What to do.
pub const SWALLOWED_HELP: Words =
    words("end the expression with `\";`", "式を `\";` で終えてください");
/// Two buffers.
pub const ONE_BUFFER: Words =
    words("one expression looks into one buffer", "1 つの式が見るバッファーは 1 つです");
/// Counted from nothing.
pub const R_WITHOUT_MATCH: Words = words(
    "R counts from the match before, and nothing was matched before it",
    "R は直前の一致から数えますが、前に一致するものがありません",
);
/// A buffer twice.
pub const BUFFER_TWICE: Words = words(
    "a modifier that names a buffer does not go with a sticky buffer",
    "バッファーを指す修飾子は、バッファー名と一緒には使えません",
);

/// What to do.
#[must_use]
pub fn leave_out_or_write(name: &str) -> Text {
    (
        format!("leave it out, or write `{name};` before the expression"),
        format!("外すか、式の前に `{name};` と書いてください"),
    )
        .into()
}

/// Capitals of hosts.
pub const CAPITALS_OF_HOST: Words = words(
    "http.host is lower case: no capitals without /i",
    "http.host は小文字です。/i なしで大文字は使えません",
);
/// No slashes.
pub const NO_SLASHES: Words =
    words("an expression stands between slashes", "正規表現はスラッシュで囲みます");
/// How it is written.
pub const NO_SLASHES_HELP: Words = words("as in pcre:\"/^[a-z]+$/i\"", "例: pcre:\"/^[a-z]+$/i\"");

/// No modifier.
#[must_use]
pub fn no_modifier(flag: char) -> Text {
    (
        format!("`{flag}` is no modifier of an expression"),
        format!("`{flag}` は正規表現の修飾子ではありません"),
    )
        .into()
}

/// The usual ones.
pub const USUAL_MODIFIERS: Words =
    words("the usual ones are i, s, m, x, R", "よく使うのは i、s、m、x、R です");
/// A broken expression.
pub const OPEN_GROUP: Words = words("a `(` is not closed", "`(` が閉じられていません");
/// A broken expression.
pub const UNOPENED_GROUP: Words =
    words("a `)` closes nothing", "対応する `(` のない `)` があります");
/// A broken expression.
pub const OPEN_CLASS: Words = words("a `[` is not closed", "`[` が閉じられていません");
/// A broken expression.
pub const REPEATS_NOTHING: Words =
    words("a `*`, `+` or `?` repeats nothing", "`*`、`+`、`?` の前に繰り返すものがありません");
/// A broken expression.
pub const RANGE_BACKWARDS: Words =
    words("a range in `[ ]` runs backwards", "`[ ]` の中の範囲が逆です");
/// A broken expression.
pub const COUNT_BACKWARDS: Words =
    words("a count in `{ }` runs backwards", "`{ }` の中の回数が逆です");
/// A broken expression.
pub const BACKSLASH_AT_END: Words =
    words("a backslash stands at the end", "終わりにバックスラッシュがあります");
