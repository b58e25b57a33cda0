use super::condition::{Condition, Meaning, NoRow, To, meaning};
use super::{Access, Configuration};
use crate::messages::{Text, squid as say};

/// Rows that one line may become, where it leaves names to the lines below.
const ROWS: usize = 2_000;

/// A row of the policy.
pub(super) struct Row {
    pub allow: bool,
    pub asks: Condition,
    /// The line that it is of, by its index; nothing for the end of the list.
    pub line: Option<usize>,
    /// The line that left this to it.
    pub below: Option<usize>,
}

/// A line that makes no row.
pub(super) struct LostLine {
    pub line: usize,
    pub why: Text,
}

/// The rows of a policy in their order, and lines that made none.
pub(super) struct Rows {
    pub rows: Vec<Row>,
    pub lost: Vec<LostLine>,
}

/// Makes rows of the lines; says which cannot be.
pub(super) fn rows(conf: &mut Configuration) -> Rows {
    let access = std::mem::take(&mut conf.access);
    let meant: Vec<Result<Meaning, NoRow>> =
        access.iter().map(|line| meaning(conf, line.allow, &line.terms)).collect();
    let lines: Vec<(bool, Option<&Meaning>)> =
        access.iter().zip(&meant).map(|(line, meant)| (line.allow, meant.as_ref().ok())).collect();
    let mut rows = Rows { rows: Vec::new(), lost: Vec::new() };
    for (at, line) in access.iter().enumerate() {
        match &meant[at] {
            Err(NoRow::Never(why)) => {
                conf.note(&line.origin, "squid-proxy-only", why.clone());
                conf.report.imported += 1;
            }
            Err(NoRow::Lost(why)) => rows.lose(conf, at, line, why.clone()),
            Ok(meant) => match of_line(&lines, at, meant) {
                Ok(own) => {
                    conf.report.imported += 1;
                    let last = own.last().is_some_and(|row| row.asks == Condition::every());
                    rows.rows.extend(own);
                    if last {
                        say_unreached(conf, &access, at + 1, &rows.rows);
                        conf.access = access;
                        return rows;
                    }
                }
                Err(why) => rows.lose(conf, at, line, why),
            },
        }
    }
    let allow = !access.last().is_some_and(|line| line.allow);
    rows.rows.push(Row { allow, asks: Condition::every(), line: None, below: None });
    conf.access = access;
    rows
}

impl Rows {
    fn lose(&mut self, conf: &mut Configuration, at: usize, line: &Access, why: Text) {
        conf.lose(&line.origin, "squid-line", say::line_lost(line.allow, &why));
        self.lost.push(LostLine { line: at, why });
    }
}

/// What stands below a line that every request matches is never asked, in Squid either; but for what that line leaves to it.
fn say_unreached(conf: &mut Configuration, access: &[Access], from: usize, rows: &[Row]) {
    let is_asked = |at: usize| rows.iter().any(|row| row.line == Some(at));
    for (_, line) in access.iter().enumerate().skip(from).filter(|(at, _)| !is_asked(*at)) {
        conf.note(&line.origin.clone(), "squid-unreached", say::UNREACHED);
        conf.report.imported += 1;
    }
}

/// The rows of a line: above its own, for the servers that it does not mean, what the lines below say of them.
fn of_line(
    lines: &[(bool, Option<&Meaning>)],
    at: usize,
    meant: &Meaning,
) -> Result<Vec<Row>, Text> {
    let mut rows = Vec::new();
    left(lines, at, meant, at, &mut rows)?;
    rows.push(Row { allow: lines[at].0, asks: meant.all.clone(), line: Some(at), below: None });
    Ok(rows)
}

/// What the lines below `at` say of the servers that it leaves to them.
fn left(
    lines: &[(bool, Option<&Meaning>)],
    at: usize,
    meant: &Meaning,
    whose: usize,
    rows: &mut Vec<Row>,
) -> Result<(), Text> {
    for (to, list) in &meant.but {
        let plain = matches!(to, To::Urls(_));
        let these =
            Condition { to: to.clone(), list: list.clone(), tls: !plain, ..Condition::every() };
        let these = meant.all.and(&these)?;
        if !these.is_empty() {
            within(lines, at + 1, &these, whose, rows)?;
        }
    }
    Ok(())
}

/// What the lines from `start` on say of the requests in `base`.
fn within(
    lines: &[(bool, Option<&Meaning>)],
    start: usize,
    base: &Condition,
    whose: usize,
    rows: &mut Vec<Row>,
) -> Result<(), Text> {
    for (at, (allow, meant)) in lines.iter().enumerate().skip(start) {
        let Some(meant) = meant else { continue };
        let both = base.and(&meant.all)?;
        if both.is_empty() {
            continue;
        }
        let rest = Meaning { all: both, but: meant.but.clone() };
        left(lines, at, &rest, whose, rows)?;
        if rows.len() >= ROWS {
            return Err(say::TOO_MANY_ROWS.into());
        }
        let is_all = rest.all.from == base.from
            && rest.all.to == base.to
            && rest.all.ports == base.ports
            && (rest.all.tls, rest.all.http) == (base.tls, base.http);
        rows.push(Row { allow: *allow, asks: rest.all, line: Some(at), below: Some(whose) });
        if is_all {
            return Ok(());
        }
    }
    let allow = !lines.last().is_some_and(|(allow, _)| *allow);
    rows.push(Row { allow, asks: base.clone(), line: None, below: Some(whose) });
    Ok(())
}
