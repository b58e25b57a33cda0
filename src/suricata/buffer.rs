use super::option::Number;

/// Conditions on one buffer, in the order written: the engine asks them together.
#[derive(Debug, Clone, PartialEq)]
pub struct BufferMatch {
    /// Which bytes.
    pub buffer: Buffer,
    /// The value of the buffer's keyword, where it takes one (`frame:tls.pdu`).
    pub value: String,
    /// How they are changed before they are looked at, in the order written.
    pub transforms: Vec<Transform>,
    /// What they must contain; all of it.
    pub tests: Vec<ContentTest>,
}

/// A buffer by the keyword that names it, in the dotted form (`tls.sni`, `http.host`);
/// `payload` is what content without a sticky buffer looks at.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Buffer(pub(super) &'static super::Keyword);

impl Buffer {
    /// The keyword, in lower case; `payload` for raw content.
    #[must_use]
    pub fn name(self) -> &'static str {
        self.0.name
    }

    /// Whether it is the payload of packet or stream.
    #[must_use]
    pub fn is_payload(self) -> bool {
        self.0.name == "payload"
    }

    /// The keyword's row in the table.
    #[must_use]
    pub const fn keyword(self) -> &'static super::Keyword {
        self.0
    }
}

/// A keyword that is not evaluated, with its value as written.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Carried {
    /// The keyword in lower case.
    pub keyword: &'static str,
    /// Its value; empty where it takes none.
    pub value: String,
}

/// A change of a buffer.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Transform {
    /// Puts a dot in front.
    Dotprefix,
    /// Lower case.
    ToLowercase,
    /// Upper case.
    ToUppercase,
    /// Takes out spaces.
    StripWhitespace,
    /// Joins runs of spaces.
    CompressWhitespace,
    /// Undoes `%41`.
    UrlDecode,
    /// One that is not evaluated.
    NotModelled(Carried),
}

/// One condition on a buffer.
#[derive(Debug, Clone, PartialEq)]
pub enum ContentTest {
    /// `content:`.
    Content(Content),
    /// `pcre:`.
    Pcre(Pcre),
    /// `isdataat:`.
    IsDataAt {
        /// Whether `!` stands before it.
        negated: bool,
        /// How far.
        at: u32,
        /// Whether it counts from the end of the last match.
        relative: bool,
    },
    /// `bsize:`.
    Bsize(Number),
    /// One that is not evaluated.
    NotModelled(Carried),
}

/// Bytes that must, or must not, be there.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Content {
    /// The bytes.
    pub bytes: Vec<u8>,
    /// Whether `!` stands before them.
    pub negated: bool,
    /// `nocase`.
    pub nocase: bool,
    /// `startswith`.
    pub startswith: bool,
    /// `endswith`.
    pub endswith: bool,
    /// `offset:`, bytes from the start of the buffer.
    pub offset: Option<u32>,
    /// `depth:`, bytes looked at from `offset` on.
    pub depth: Option<u32>,
    /// `distance:`, bytes from the end of the match before.
    pub distance: Option<i32>,
    /// `within:`, bytes looked at from there.
    pub within: Option<i32>,
}

impl Content {
    /// Whether something says where it stands; `endswith` alone does not.
    #[must_use]
    pub const fn is_placed(&self) -> bool {
        self.startswith
            || self.depth.is_some()
            || self.offset.is_some()
            || self.distance.is_some()
            || self.within.is_some()
    }
}

/// A regular expression.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pcre {
    /// The expression, without slashes.
    pub pattern: String,
    /// Flags of PCRE itself: `i`, `s`, `m`, `x`, `A`, `E`, `G`.
    pub flags: String,
    /// Whether `!` stands before it.
    pub negated: bool,
    /// `R`: counts from the end of the last match.
    pub relative: bool,
}
