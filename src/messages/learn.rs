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

/// Something of a lesson is asked for while none goes on.
pub const NO_LESSON: Words = words("no lesson goes on", "レッスン中ではありません");
/// There is no answer to choose, or not that one.
pub const NOTHING_TO_CHOOSE: Words =
    words("there is no such answer to choose", "選べる答えがありません");
/// A question that was not answered yet.
pub const CHOOSE_FIRST: Words = words(
    "choose an answer first; `{skip-step}` passes the question over",
    "先に答えを選んでください。`{skip-step}` で飛ばせます",
);
/// A task whose goals are not met.
pub const NOT_MET: Words = words(
    "not all goals are met: `esc` goes to the rules, `{skip-step}` passes the task over",
    "まだ達成していない目標があります。`esc` でルールへ移ります。`{skip-step}` で飛ばせます",
);
/// There is no hint, or no more.
pub const NO_HINT: Words = words("there is no more hint", "ヒントはもうありません");
/// There is no step before.
pub const FIRST_STEP: Words = words("this is the first step", "最初のステップです");
/// Behind the right answer.
pub const IS_RIGHT: Words = words("right", "正解");
/// Behind the answer that was chosen and is wrong.
pub const IS_WRONG: Words = words("not this", "不正解");
/// A goal that is met.
pub const MET: Words = words("met    ", "達成");
/// A goal that is not met.
pub const NOT_YET: Words = words("not yet", "未達");
/// A lesson that is done.
pub const IS_DONE: Words = words("done", "済");
/// A lesson that was begun.
pub const IS_BEGUN: Words = words("begun", "途中");
/// All goals are met; the panel takes the keys.
pub const ALL_MET_HERE: Words = words(
    "All goals are met: `{next-step}` goes on.",
    "目標はすべて達成です。`{next-step}` で先へ進みます。",
);
/// All goals are met; the panes take the keys.
pub const ALL_MET: Words = words(
    "All goals are met: `{lessons}`, then `{next-step}` goes on.",
    "目標はすべて達成です。`{lessons}`、続けて `{next-step}` で先へ進みます。",
);
/// The panel takes the keys, and there is something to do in the rules.
pub const TO_THE_WORK: Words = words(
    "`esc` goes to the rules, `{hint}` shows a hint, `{lessons}` comes back here.",
    "`esc` でルールへ移ります。`{hint}` でヒント、`{lessons}` でここに戻ります。",
);
/// The panes take the keys.
pub const TO_THE_PANEL: Words = words(
    "`{lessons}` comes back here, for hints and to go on.",
    "`{lessons}` でここに戻ると、ヒントを見たり先へ進んだりできます。",
);

/// Below a text that does not fit.
pub const MORE: Words = words(" ↓ more ", " ↓ 続き ");

/// A lesson that is over, but for a step that was passed over.
#[must_use]
pub fn skipped(step: usize) -> Text {
    (
        format!("the lesson is not done: step {step} was passed over"),
        format!("レッスンはまだ終わっていません。ステップ {step} を飛ばしました"),
    )
        .into()
}

/// The head of the list of lessons.
#[must_use]
pub fn title(done: usize, all: usize) -> Text {
    (format!("Lessons, {done} of {all} done"), format!("レッスン({all} 件中 {done} 件済み)")).into()
}

/// A topic of the quiz, by its word in files.
#[must_use]
pub fn topic(word: &str) -> Words {
    match word {
        "order" => words("Order of rules", "ルールの順序"),
        "groups" => words("Priority of groups", "グループの優先度"),
        "default" => words("Default action", "デフォルトアクション"),
        "action-order" => words("Action order", "アクション順"),
        _ => words("Packets before the name", "名前より前のパケット"),
    }
}

/// What decides questions about a topic, in a sentence.
#[must_use]
pub fn topic_why(word: &str) -> Text {
    match word {
        "order" => (
            "Of the rules that match, the one that stands highest decides; alert only logs.",
            "一致するルールのうち、一番上にあるものが決めます。alert は記録するだけです。",
        ),
        "groups" => (
            "The group with the lowest priority number is asked first, wherever it stands in the file.",
            "ファイル内の位置にかかわらず、優先度の番号が小さいグループが先に問われます。",
        ),
        "default" => (
            "No rule that decides matches source and name; what is left meets the default action, if there is one.",
            "送信元と名前に一致して判定を決めるルールがありません。残りは、あればデフォルトアクションに従います。",
        ),
        "action-order" => (
            "In action order pass is asked before drop, and drop before reject, wherever the rules stand.",
            "action order では、位置にかかわらず pass、drop、reject の順に問われます。",
        ),
        _ => (
            "A rule that asks for addresses and ports only decides on the SYN, before any name is known.",
            "アドレスとポートしか問わないルールは、名前が分かる前の SYN で決まります。",
        ),
    }
    .into()
}

/// The head of a question of the quiz.
#[must_use]
pub fn question_of(number: u64) -> Text {
    (format!("Question {number}"), format!("問題 {number}")).into()
}

/// How often answers about a topic were right.
#[must_use]
pub fn accuracy(topic: Words, right: u32, all: u32) -> Text {
    Text::made(|lang| match lang {
        Lang::English => format!("{}: {right} of {all} right", topic.say(lang)),
        Lang::Japanese => format!("{}: {all} 問中 {right} 問正解", topic.say(lang)),
    })
}

/// How hard the quiz is, behind the last lesson of the list.
#[must_use]
pub fn quiz(difficulty: u8) -> Text {
    (format!("Quiz, difficulty {difficulty}"), format!("クイズ(難しさ {difficulty})")).into()
}

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
            "通信できる: どのルールにも一致せず、デフォルトでもドロップされない".to_owned(),
        ),
        "pass" => (format!("works, passed by {en}"), format!("通信できる: {ja}が通過させる")),
        "drop" => {
            (format!("times out, dropped by {en}"), format!("タイムアウトする: {ja}がドロップする"))
        }
        "reject" => {
            (format!("is reset, rejected by {en}"), format!("リセットされる: {ja}が拒否する"))
        }
        _ => (
            format!("begins, then a part is lost to {en}"),
            format!("途中まで通るが、残りを{ja}がドロップする"),
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
            (Lang::Japanese, "drop") => format!("{request}ドロップされること。"),
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
