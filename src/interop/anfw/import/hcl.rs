//! Terraform's language: expressions as items, so far as the files themselves say what they are.

use std::cell::{Cell, RefCell};
use std::collections::{HashMap, HashSet};
use std::ops::Range;

use hcl::edit::Span as _;
use hcl::edit::expr::{Expression, FuncCall, Traversal, TraversalOperator};
use hcl::edit::template::{Element, Template};

use crate::policy::{Item, ItemKind};

/// Deeper than any value that leads to another.
const DEEPEST: usize = 32;

/// More turns than any group has rules.
const MOST_TURNS: usize = 10_000;

/// How many bytes may come of a module's names: lists of lists of one another are more than any module means.
const LARGEST: usize = 1 << 26;

/// The values of a module: `var.NAME` and `local.NAME`.
#[derive(Default)]
pub struct Values<'a> {
    /// What was asked for, or written.
    pub named: HashMap<String, Named<'a>>,
    /// What was left as it is written in texts of several lines, and not said yet.
    pub left: RefCell<Vec<String>>,
    /// What names are at a depth, so that each is made once there.
    made: RefCell<HashMap<(String, usize), Made>>,
    /// How many bytes came of names so far.
    size: Cell<usize>,
    /// A name that would have been too much.
    pub too_large: RefCell<Option<String>>,
    /// What is repeated at the moment, the innermost last.
    turns: RefCell<Vec<Turn>>,
}

/// One turn of something that is repeated: what it is called there, its key and its value.
pub struct Turn {
    /// `each`, `count`, or the name of a dynamic block's iterator.
    pub called: String,
    /// `each.key`, or of a count `count.index`.
    pub key: Item,
    /// `each.value`.
    pub value: Item,
}

/// What a name is.
struct Made {
    kind: ItemKind,
    /// What was left as it is written in it.
    left: Vec<String>,
    size: usize,
}

/// A value of a module.
pub enum Named<'a> {
    Given(String),
    /// An expression, the text it stands in, and where that begins in its file.
    Written(&'a Expression, Text<'a>),
}

/// A text that was parsed, and where it begins in its file.
#[derive(Clone, Copy)]
pub struct Text<'a> {
    pub text: &'a str,
    pub base: usize,
}

impl Text<'_> {
    /// The bytes of something parsed, in the file.
    pub fn span(self, span: Option<Range<usize>>) -> Range<usize> {
        let span = span.unwrap_or_default();
        span.start + self.base..span.end + self.base
    }

    /// An expression as it is written, on one line and not too long.
    fn shown(self, expression: &Expression) -> String {
        let written = self.text.get(expression.span().unwrap_or_default()).unwrap_or_default();
        let line: Vec<&str> = written.split_whitespace().collect();
        line.join(" ").chars().take(60).collect()
    }
}

impl Values<'_> {
    /// What an expression is; what only Terraform can tell is named as it is written.
    pub fn item(&self, of: &Expression, text: Text<'_>, depth: usize) -> Item {
        let unknown = || ItemKind::Unknown(text.shown(of));
        let kind = match of {
            _ if depth > DEEPEST => unknown(),
            Expression::Null(_) => ItemKind::Null,
            Expression::Bool(value) => ItemKind::Word(value.as_ref().to_string()),
            Expression::Number(value) => ItemKind::Word(value.value().to_string()),
            Expression::String(value) => ItemKind::Text(value.as_str().to_owned()),
            Expression::Array(array) => {
                ItemKind::List(array.iter().map(|item| self.item(item, text, depth + 1)).collect())
            }
            Expression::Object(object) => {
                let fields = object.iter().filter_map(|(key, value)| {
                    let key = match key.as_ident() {
                        Some(name) => name.as_str().to_owned(),
                        None => self.item(key.as_expr()?, text, depth + 1).text()?.to_owned(),
                    };
                    Some((key, self.item(value.expr(), text, depth + 1)))
                });
                ItemKind::Map(fields.collect())
            }
            Expression::StringTemplate(template) => self.template(template, text, depth),
            Expression::HeredocTemplate(heredoc) => self.template(&heredoc.template, text, depth),
            Expression::Parenthesis(inner) => self.item(inner.inner(), text, depth + 1).kind,
            Expression::Traversal(path) => self.path(path, text, depth).unwrap_or_else(unknown),
            Expression::FuncCall(call) => self.call(call, text, depth).unwrap_or_else(unknown),
            Expression::Variable(_)
            | Expression::Conditional(_)
            | Expression::UnaryOp(_)
            | Expression::BinaryOp(_)
            | Expression::ForExpr(_) => unknown(),
        };
        Item::new(text.span(of.span()), kind)
    }

    /// A text with its `${…}` replaced; those that nobody can tell stay as they are written.
    fn template(&self, template: &Template, text: Text<'_>, depth: usize) -> ItemKind {
        let elements: Vec<&Element> = template.iter().collect();
        if let [Element::Interpolation(only)] = elements[..] {
            return self.item(&only.expr, text, depth + 1).kind;
        }
        let mut out = String::new();
        let mut left: Vec<String> = Vec::new();
        for element in elements {
            match element {
                Element::Literal(literal) => out.push_str(literal.as_str()),
                Element::Interpolation(inner) => {
                    let item = self.item(&inner.expr, text, depth + 1);
                    match item.text() {
                        Some(value) => out.push_str(value),
                        None => {
                            let written = format!("${{{}}}", text.shown(&inner.expr));
                            out.push_str(&written);
                            left.push(written);
                        }
                    }
                }
                Element::Directive(_) => {
                    out.push_str("%{…}");
                    left.push("%{…}".to_owned());
                }
            }
        }
        // A text on one line is an address or a name: half of it is none. Of rules the others are used.
        if !left.is_empty() && !out.contains('\n') {
            return ItemKind::Unknown(out);
        }
        self.left.borrow_mut().append(&mut left);
        ItemKind::Text(out)
    }

    fn path(&self, path: &Traversal, text: Text<'_>, depth: usize) -> Option<ItemKind> {
        let Expression::Variable(root) = &path.expr else { return None };
        let names: Option<Vec<&str>> = path.operators.iter().map(|step| attribute(step)).collect();
        // An index chooses among copies of a resource; where nobody can tell which, the rules are those of all of them.
        let index = path.operators.iter().find_map(|step| match step.value() {
            TraversalOperator::Index(index) => {
                self.item(index, text, depth + 1).text().map(|index| format!("[{index}]"))
            }
            _ => None,
        });
        let index = index.unwrap_or_default();
        let plain = path.operators.iter().filter(|step| attribute(step).is_some());
        match (root.as_str(), names.as_deref()) {
            (root @ ("var" | "local"), Some([name])) => self.value(format!("{root}.{name}"), depth),
            (root, _) if self.is_turn(root) => self.of_turn(root, &path.operators),
            ("aws_networkfirewall_rule_group", _) => {
                let names: Vec<&str> = plain.filter_map(|step| attribute(step)).collect();
                let [name, "arn" | "id"] = names[..] else { return None };
                Some(ItemKind::Resource(format!("aws_networkfirewall_rule_group.{name}{index}")))
            }
            _ => None,
        }
    }

    /// Does something for each turn of what is repeated over a list or a map; nothing where only Terraform can tell that.
    pub fn each(
        &self,
        over: &Item,
        called: &str,
        mut turn: impl FnMut(Option<&str>),
    ) -> Option<()> {
        let keyed: Vec<(Item, Item)> = match &over.kind {
            ItemKind::List(items) => {
                items.iter().map(|item| (item.clone(), item.clone())).collect()
            }
            ItemKind::Map(fields) => fields
                .iter()
                .map(|(key, value)| {
                    (Item::new(value.span.clone(), ItemKind::Text(key.clone())), value.clone())
                })
                .collect(),
            ItemKind::Null
            | ItemKind::Word(_)
            | ItemKind::Text(_)
            | ItemKind::Resource(_)
            | ItemKind::Unknown(_) => return None,
        };
        let is_known = |(_, value): &(Item, Item)| !matches!(value.kind, ItemKind::Unknown(_));
        if keyed.len() > MOST_TURNS || !keyed.iter().all(is_known) {
            return None;
        }
        for (key, value) in keyed {
            let name = key.text().map(str::to_owned);
            self.turns.borrow_mut().push(Turn { called: called.to_owned(), key, value });
            turn(name.as_deref());
            self.turns.borrow_mut().pop();
        }
        Some(())
    }

    fn is_turn(&self, root: &str) -> bool {
        self.turns.borrow().iter().any(|turn| turn.called == root)
    }

    /// What `each.value.name` and its kin are in this turn.
    fn of_turn(
        &self,
        root: &str,
        steps: &[hcl::edit::Decorated<TraversalOperator>],
    ) -> Option<ItemKind> {
        let turns = self.turns.borrow();
        let turn = turns.iter().rev().find(|turn| turn.called == root)?;
        let (first, rest) = steps.split_first()?;
        let mut found = match attribute(first)? {
            "key" | "index" => &turn.key,
            "value" => &turn.value,
            _ => return None,
        };
        for step in rest {
            found = match step.value() {
                TraversalOperator::Index(Expression::String(name)) => found.get(name.as_str())?,
                other => found.get(attribute(other)?)?,
            };
        }
        Some(found.kind.clone())
    }

    /// What a name is; nothing where that is too much.
    fn value(&self, name: String, depth: usize) -> Option<ItemKind> {
        let key = (name, depth);
        if !self.made.borrow().contains_key(&key) {
            let before = self.left.take();
            let kind = match self.named.get(&key.0) {
                Some(Named::Given(value)) => Some(ItemKind::Text(value.clone())),
                Some(Named::Written(value, text)) => Some(self.item(value, *text, depth + 1).kind),
                None => None,
            };
            let left = self.left.replace(before);
            let kind = kind?;
            let size = size(&kind) + left.iter().map(|left| UNIT + left.len()).sum::<usize>();
            self.made.borrow_mut().insert(key.clone(), Made { kind, left, size });
        }
        let made = self.made.borrow();
        let made = made.get(&key)?;
        if !self.fits(made.size) {
            self.too_large.borrow_mut().get_or_insert(key.0);
            return None;
        }
        self.left.borrow_mut().extend(made.left.iter().cloned());
        Some(made.kind.clone())
    }

    /// Whether there is room for so many more bytes; they are taken then.
    fn fits(&self, more: usize) -> bool {
        let size = self.size.get().saturating_add(more);
        let fits = size <= LARGEST;
        if fits {
            self.size.set(size);
        }
        fits
    }

    /// The functions of Terraform that put texts and lists together.
    ///
    /// Source: Terraform's language documentation, built-in functions.
    fn call(&self, call: &FuncCall, text: Text<'_>, depth: usize) -> Option<ItemKind> {
        let arguments: Vec<Item> =
            call.args.iter().map(|argument| self.item(argument, text, depth + 1)).collect();
        let is_known = |item: &Item| !matches!(item.kind, ItemKind::Unknown(_));
        if !call.name.namespace.is_empty() || !arguments.iter().all(is_known) {
            return None;
        }
        let first = arguments.first()?;
        match call.name.name.as_str() {
            "toset" | "tolist" | "tostring" | "tonumber" | "sensitive" | "nonsensitive" => {
                Some(first.kind.clone())
            }
            "concat" => {
                let all = arguments.iter().flat_map(|list| list.items().iter().cloned());
                Some(ItemKind::List(all.collect()))
            }
            "flatten" => {
                let all = first.items().iter().flat_map(|list| list.items().iter().cloned());
                Some(ItemKind::List(all.collect()))
            }
            "distinct" => {
                let mut seen = HashSet::new();
                let kept = first.items().iter().filter(|item| seen.insert(&item.kind));
                Some(ItemKind::List(kept.cloned().collect()))
            }
            "sort" => {
                let mut sorted = first.items().to_vec();
                // What nobody can tell stands at the end.
                sorted.sort_by(|a, b| {
                    let (a, b) = (a.text(), b.text());
                    a.is_none().cmp(&b.is_none()).then(a.cmp(&b))
                });
                Some(ItemKind::List(sorted))
            }
            "compact" => {
                let is_some = |item: &&Item| item.kind != ItemKind::Null && item.text() != Some("");
                Some(ItemKind::List(first.items().iter().filter(is_some).cloned().collect()))
            }
            "join" => {
                let items = arguments.get(1)?;
                let texts: Option<Vec<&str>> = items.items().iter().map(Item::text).collect();
                let (texts, between) = (texts?, first.text()?);
                let fits = self.fits(texts.len().saturating_mul(between.len()));
                fits.then(|| ItemKind::Text(texts.join(between)))
            }
            "lower" => Some(ItemKind::Text(first.text()?.to_lowercase())),
            "upper" => Some(ItemKind::Text(first.text()?.to_uppercase())),
            "trimspace" => Some(ItemKind::Text(first.text()?.trim().to_owned())),
            "chomp" => {
                Some(ItemKind::Text(first.text()?.trim_end_matches(['\r', '\n']).to_owned()))
            }
            _ => None,
        }
    }
}

/// What a value takes beside its text.
const UNIT: usize = size_of::<Item>();

/// About how many bytes a value takes.
fn size(kind: &ItemKind) -> usize {
    UNIT + match kind {
        ItemKind::Null => 0,
        ItemKind::Word(text)
        | ItemKind::Text(text)
        | ItemKind::Resource(text)
        | ItemKind::Unknown(text) => text.len(),
        ItemKind::List(items) => items.iter().map(|item| size(&item.kind)).sum(),
        ItemKind::Map(fields) => {
            fields.iter().map(|(name, item)| UNIT + name.len() + size(&item.kind)).sum()
        }
    }
}

/// The attribute that a step leads to.
fn attribute(step: &TraversalOperator) -> Option<&str> {
    match step {
        TraversalOperator::GetAttr(name) => Some(name.as_str()),
        TraversalOperator::AttrSplat(_)
        | TraversalOperator::FullSplat(_)
        | TraversalOperator::Index(_)
        | TraversalOperator::LegacyIndex(_) => None,
    }
}
