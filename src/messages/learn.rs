//! Lessons: what is said around their own texts.

use super::{Lang, Text, Words, words};

/// What is wrong, and what to do about it.
type Said = (Text, Text);

/// A part of the lessons, by its word in files.
#[must_use]
pub fn part(word: &str) -> Words {
    match word {
        "first-match" => words("First match", "最初の一致"),
        "names" => words("Names", "名前"),
        "packets" => words("Packets", "パケット"),
        _ => words("Operations", "運用"),
    }
}

/// The question where a lesson writes none.
pub const WHAT_HAPPENS: Words = words("What happens?", "何が起きますか?");
/// Head of what is asked.
pub const PREDICT: Words = words("Predict", "予想");
/// Head of what is to be done.
pub const DO: Words = words("Your turn", "実習");
/// Head of what was learned.
pub const RECAP: Words = words("Remember", "まとめ");
/// Head of the policy of a lesson.
pub const POLICY: Words = words("The policy", "ポリシー");
/// Head of the goals of a task.
pub const GOALS: Words = words("Goals", "目標");
/// Head of the answers of a handout.
pub const ANSWERS: Words = words("Answers", "解答");
/// Head of the changes before a question.
pub const AFTER: Words =
    words("Now the policy is changed:", "ここでポリシーを次のように変更します。");
/// Head of a solution.
pub const SOLUTION: Words = words("One solution", "解答例");
/// The title of a handout.
pub const HANDOUT: Words = words("Lessons on egress policies", "送信ポリシーのレッスン");
/// The right answer in a handout.
pub const RIGHT: Words = words("Right", "正解");

/// A hint, by its level from 1.
#[must_use]
pub fn hint(level: usize) -> Text {
    (format!("Hint {level}"), format!("ヒント {level}")).into()
}

/// A lesson with its number.
#[must_use]
pub fn lesson_of(number: usize, all: usize) -> Text {
    (format!("Lesson {number} of {all}"), format!("レッスン {number} / {all}")).into()
}

/// An outcome to choose: `works, passed by wiki`. `fate` is its word in files, `by` the rule or `default`.
#[must_use]
pub fn outcome(fate: &str, by: &str) -> Text {
    let default = by == "default";
    let (en, ja) = if default {
        ("the default action".to_owned(), "デフォルトアクション".to_owned())
    } else {
        (by.to_owned(), format!("{by} "))
    };
    match fate {
        "pass" if default => (
            "works: no rule matches, and nothing is dropped by default".to_owned(),
            "通信できる: どのルールにも一致せず、デフォルトでも破棄されない".to_owned(),
        ),
        "pass" => (format!("works, passed by {en}"), format!("通信できる: {ja}が通過させる")),
        "drop" => {
            (format!("times out, dropped by {en}"), format!("タイムアウトする: {ja}が破棄する"))
        }
        "reject" => {
            (format!("is reset, rejected by {en}"), format!("リセットされる: {ja}が拒否する"))
        }
        _ => (
            format!("begins, then a part is lost to {en}"),
            format!("途中まで通るが、残りを{ja}が破棄する"),
        ),
    }
    .into()
}

/// Which rules wrote a log line.
#[must_use]
pub fn logged(names: &[String]) -> Text {
    let name = |name: &String, default: &str| match name.as_str() {
        "default" => default.to_owned(),
        name => format!("`{name}`"),
    };
    let list = |default: &str| -> Vec<String> { names.iter().map(|n| name(n, default)).collect() };
    if names.is_empty() {
        return ("Log lines: none.", "ログ: なし。").into();
    }
    (
        format!("Log lines: {}.", list("the default's alert").join(", ")),
        format!("ログ: {}。", list("デフォルトの alert").join("、")),
    )
        .into()
}

/// The request of a question.
#[must_use]
pub fn request(from: &str, url: &str, dst: Option<&str>, client: Option<&str>) -> Text {
    let client = client.map(client_words);
    let say = |lang: Lang| {
        let to = dst.map_or_else(String::new, |dst| match lang {
            Lang::English => format!(" at {dst}"),
            Lang::Japanese => format!("(アドレス {dst})"),
        });
        let how = client.map_or_else(String::new, |client| match lang {
            Lang::English => format!(", {}", client.say(lang)),
            Lang::Japanese => format!("({})", client.say(lang)),
        });
        match lang {
            Lang::English => format!("{from} asks for {url}{to}{how}."),
            Lang::Japanese => format!("{from} が {url}{to} にアクセスします{how}。"),
        }
    };
    Text::made(say)
}

/// How a client sends a request, by the client's word in files.
fn client_words(word: &str) -> Words {
    match word {
        "post-quantum" => words(
            "with a post-quantum ClientHello in two segments",
            "耐量子鍵交換のため ClientHello が 2 セグメントに分かれます",
        ),
        "no-server-name" => words("without a server name (SNI)", "サーバー名(SNI)を送りません"),
        "upper-case" => words("with the name in capitals", "名前を大文字で送ります"),
        "trailing-dot" => words("with a dot behind the name", "名前の末尾にドットを付けます"),
        "host-with-port" => words(
            "with `Host:` in capitals and with its port",
            "`Host:` を大文字で、ポート付きで送ります",
        ),
        "plain-on-443" => words("as plain HTTP on port 443", "ポート 443 で平文の HTTP を使います"),
        "quic" => words("over QUIC (HTTP/3)", "QUIC(HTTP/3)を使います"),
        "second-request" => words(
            "and then, on the same connection, for http://another.example",
            "続けて同じ接続で http://another.example にもアクセスします",
        ),
        _ => words("with CONNECT, as to a proxy", "プロキシ宛てのように CONNECT を使います"),
    }
}

/// How a solution is written: one rule above another.
#[must_use]
pub fn moved(rule: &str, above: &str) -> Text {
    (format!("Move `{rule}` above `{above}`."), format!("`{rule}` を `{above}` の上に移す。"))
        .into()
}

/// How a solution is written: a rule less.
#[must_use]
pub fn removed(rule: &str) -> Text {
    (format!("Remove `{rule}`."), format!("`{rule}` を削除する。")).into()
}

/// How a solution is written: a text in place of another.
#[must_use]
pub fn replaced(find: &str, put: &str) -> Text {
    let (find, put) = (find.trim_end(), put.trim_end());
    (
        format!("Replace\n\n```yaml\n{find}\n```\n\nwith\n\n```yaml\n{put}\n```"),
        format!("次を\n\n```yaml\n{find}\n```\n\nこう書き換える。\n\n```yaml\n{put}\n```"),
    )
        .into()
}

/// A goal that a case of the policy cannot say.
#[must_use]
pub fn goal(request: &Text, expect: &str) -> Text {
    let say = |lang: Lang| {
        let request = request.say(lang);
        match (lang, expect) {
            (Lang::English, "pass") => format!("{request} It must work."),
            (Lang::English, "drop") => format!("{request} It must be dropped."),
            (Lang::English, _) => format!("{request} It must be reset."),
            (Lang::Japanese, "pass") => format!("{request}通信できること。"),
            (Lang::Japanese, "drop") => format!("{request}破棄されること。"),
            (Lang::Japanese, _) => format!("{request}リセットされること。"),
        }
    };
    Text::made(say)
}

/// A case as a goal: its name, and the action expected.
#[must_use]
pub fn case(name: &str, from: &str, url: &str, expect: &str) -> String {
    format!("{name}: {from} → {url} → {}", expect.to_uppercase())
}

/// All lessons are right.
#[must_use]
pub fn all_right(lessons: usize) -> Text {
    (
        format!("{lessons} lessons, all confirmed by the engine"),
        format!("{lessons} 件のレッスンはすべてエンジンで確認できました"),
    )
        .into()
}

/// Some lessons are wrong.
#[must_use]
pub fn some_wrong(wrong: usize, lessons: usize) -> Text {
    (
        format!("{wrong} of {lessons} lessons are wrong"),
        format!("{lessons} 件のレッスンのうち {wrong} 件に誤りがあります"),
    )
        .into()
}

/// A folder without lessons.
#[must_use]
pub fn no_lessons(folder: &str) -> Said {
    (
        (
            format!("there is no lesson in `{folder}`"),
            format!("`{folder}` にはレッスンがありません"),
        )
            .into(),
        (
            "a lesson is a folder with `lesson.yaml` and `policy.yaml`; docs/lessons.md says what stands in them",
            "レッスンは `lesson.yaml` と `policy.yaml` のあるフォルダーです。書き方は docs/lessons.md にあります",
        )
            .into(),
    )
}

/// How many files were written.
#[must_use]
pub fn written(lessons: usize, file: &str) -> Text {
    (
        format!("{lessons} lessons written to {file}"),
        format!("{lessons} 件のレッスンを {file} に書き出しました"),
    )
        .into()
}

/// The version of a lesson's file.
#[must_use]
pub fn version() -> Said {
    (
        ("only version 1 of lessons is known", "対応しているレッスンのバージョンは 1 だけです")
            .into(),
        ("write `lesson: 1`", "`lesson: 1` と書いてください").into(),
    )
}

/// A step of two kinds, or none.
#[must_use]
pub fn one_kind_of_step() -> Said {
    (
        ("a step is of one kind", "ステップの種類は 1 つだけです").into(),
        (
            "write one of `read`, `predict`, `do`, `recap` for each item of `steps`",
            "`steps` の項目ごとに `read`、`predict`、`do`、`recap` のどれか 1 つを書いてください",
        )
            .into(),
    )
}

/// An outcome that is none or several.
#[must_use]
pub fn one_outcome() -> Said {
    (
        ("an outcome is one verdict and one rule", "結果は判定とルールの 1 組です").into(),
        ("write it like `{drop: rule-name}`", "`{drop: ルール名}` のように書いてください").into(),
    )
}

/// Too few or too many wrong answers.
#[must_use]
pub fn how_many_others() -> Said {
    (
        ("a question has one to three wrong answers", "誤答の選択肢は 1 つから 3 つです").into(),
        ("write one to three outcomes", "1 つから 3 つの結果を書いてください").into(),
    )
}

/// Not three hints.
#[must_use]
pub fn three_hints() -> Said {
    (
        ("a task has three hints", "実習にはヒントが 3 つ必要です").into(),
        (
            "write a nudge, then where to look, then what to do",
            "きっかけ、見るところ、やり方の順に書いてください",
        )
            .into(),
    )
}

/// A rule that a lesson names and its policy does not have.
#[must_use]
pub fn no_such_rule(name: &str) -> Said {
    (
        (
            format!("the policy of the lesson has no rule `{name}`"),
            format!("レッスンのポリシーに `{name}` というルールはありません"),
        )
            .into(),
        (
            "write the name of a rule of policy.yaml, or `default`",
            "policy.yaml のルール名か `default` を書いてください",
        )
            .into(),
    )
}

/// A text to replace that is not there exactly once.
#[must_use]
pub fn not_once(times: usize) -> Said {
    (
        (
            format!("the text to replace stands in the policy {times} times"),
            format!("置き換える文字列がポリシーに {times} 回現れます"),
        )
            .into(),
        (
            "write a text that stands there exactly once",
            "ちょうど 1 回だけ現れる文字列を書いてください",
        )
            .into(),
    )
}

/// A change after which the policy would be none.
#[must_use]
pub fn change_refused(why: &Text) -> Text {
    Text::made(|lang| match lang {
        Lang::English => format!("the change cannot be made: {}", why.say(lang)),
        Lang::Japanese => format!("この変更はできません: {}", why.say(lang)),
    })
}

/// A request whose verdict depends on the address.
#[must_use]
pub fn depends() -> Text {
    ("the verdict depends on the server's address", "判定がサーバーのアドレスによって変わります")
        .into()
}

/// A client that does not send such requests.
#[must_use]
pub fn client_does_not_fit(client: &str, url: &str) -> Text {
    (
        format!("a client of the kind `{client}` does not send {url}"),
        format!("種類が `{client}` のクライアントは {url} を送りません"),
    )
        .into()
}

/// A request that has no single answer.
#[must_use]
pub fn cannot_ask(why: &Text) -> Said {
    (
        Text::made(|lang| match lang {
            Lang::English => format!("this request cannot be asked: {}", why.say(lang)),
            Lang::Japanese => format!("このリクエストは判定できません: {}", why.say(lang)),
        }),
        (
            "change `from`, `url`, `dst` or `client`; `dst` settles the server's address",
            "`from`、`url`、`dst`、`client` を直してください。サーバーのアドレスは `dst` で決まります",
        )
            .into(),
    )
}

/// An answer that is not the engine's.
#[must_use]
pub fn wrong_answer(claim: &Text, really: &Text) -> Said {
    (
        Text::made(|lang| match lang {
            Lang::English => {
                format!("the engine does not say `{}`: {}", claim.say(lang), really.say(lang))
            }
            Lang::Japanese => {
                format!(
                    "エンジンの答えは「{}」ではありません: {}",
                    claim.say(lang),
                    really.say(lang)
                )
            }
        }),
        ("correct `answer`, or the policy", "`answer` かポリシーを直してください").into(),
    )
}

/// Another packet than the lesson says.
#[must_use]
pub fn wrong_packet(claim: &str, really: &str) -> Said {
    (
        (
            format!("it is not decided on `{claim}` but on `{really}`"),
            format!("決まるのは `{claim}` ではなく `{really}` です"),
        )
            .into(),
        ("correct `packet`, or the policy", "`packet` かポリシーを直してください").into(),
    )
}

/// Other log lines than the lesson says.
#[must_use]
pub fn wrong_logs(claim: &[String], really: &[String]) -> Said {
    let (claim, really) = (claim.join(", "), really.join(", "));
    (
        (
            format!("it is not [{claim}] that write log lines but [{really}]"),
            format!("ログを書くのは [{claim}] ではなく [{really}] です"),
        )
            .into(),
        ("correct `logs`, or the policy", "`logs` かポリシーを直してください").into(),
    )
}

/// Two answers to choose are the same.
#[must_use]
pub fn same_choice() -> Said {
    (
        ("two answers to choose from are the same", "同じ選択肢が 2 つあります").into(),
        ("write another outcome", "別の結果を書いてください").into(),
    )
}

/// A lesson without a question.
#[must_use]
pub fn nothing_to_predict() -> Said {
    (
        ("the lesson has nothing to predict", "予想するステップがありません").into(),
        ("add a step `predict`", "`predict` のステップを加えてください").into(),
    )
}

/// A lesson without a recap.
#[must_use]
pub fn no_recap() -> Said {
    (
        ("the lesson does not end with a recap", "最後のステップがまとめではありません").into(),
        ("add a step `recap` at the end", "最後に `recap` のステップを加えてください").into(),
    )
}

/// A lesson with two tasks.
#[must_use]
pub fn two_tasks() -> Said {
    (
        ("the lesson has more than one task", "実習が 2 つ以上あります").into(),
        ("make two lessons of it", "レッスンを 2 つに分けてください").into(),
    )
}

/// A task without a goal.
#[must_use]
pub fn no_goal() -> Said {
    (
        ("the task has no goal", "実習に目標がありません").into(),
        (
            "add `cases` to policy.yaml, or `goals` to the task",
            "policy.yaml に `cases` を、または実習に `goals` を加えてください",
        )
            .into(),
    )
}

/// A task that is done before it begins.
#[must_use]
pub fn done_already() -> Said {
    (
        (
            "the goals of the task are met at the start",
            "始めから実習の目標がすべて満たされています",
        )
            .into(),
        (
            "add a case that the policy fails as it is",
            "今のポリシーでは失敗するケースを加えてください",
        )
            .into(),
    )
}

/// A goal that the solution does not meet.
#[must_use]
pub fn not_solved(goal: &str) -> Said {
    (
        (
            format!("the solution does not meet the goal `{goal}`"),
            format!("解答例では目標 `{goal}` が満たされません"),
        )
            .into(),
        ("correct `solution`, or the goal", "`solution` か目標を直してください").into(),
    )
}
