//! The tour of the workbench: what each stop says before and after its key was tried.

use super::{Text, Words, words};

/// How to go on, and how to be done with it.
pub const KEYS: Words = words(
    "`{next-stop}` goes on, `{end-tour}` ends the tour.",
    "`{next-stop}` で次へ進み、`{end-tour}` でツアーを終えます。",
);
/// The tour is over, or was skipped.
pub const OVER: Words = words(
    "the tour is over: `{tour}` begins it again, `{help}` shows every key",
    "ツアーを終えました。`{tour}` でまた始められます。`{help}` でキーの一覧を表示します",
);
/// A tour is asked for in a lesson.
pub const IN_LESSON: Words = words("leave the lesson first", "先に、レッスンをやめてください");
/// Something of the tour is asked for while none goes on.
pub const NO_TOUR: Words = words("no tour goes on", "ツアー中ではありません");
/// There is no stop before.
pub const FIRST_STOP: Words = words("this is the first stop", "ツアーの最初です");

/// The head of the panel: which stop.
#[must_use]
pub fn stop_of(number: usize, all: usize) -> Text {
    (format!("Tour {number} of {all}"), format!("ツアー {number} / {all}")).into()
}

/// What is on the screen.
pub const SCREEN: Words = words("What is on the screen", "画面の見方");
/// The same where the order of the list decides.
pub const SCREEN_STRICT: Words = words(
    "The rules stand in the order in which they are asked. PRIORITY is the number of the group, then the place in it. The test says what becomes of a request; the cases are requests whose verdict must stay. `{next-pane}` goes from pane to pane.",
    "ルールは、問われる順に並んでいます。優先度は、グループの番号とグループ内の順番です。テストではリクエストがどうなるかを確かめ、ケースには判定が変わってはならないリクエストを残します。`{next-pane}` で次のペインへ移ります。",
);
/// The same where the action decides first.
pub const SCREEN_ACTION: Words = words(
    "The rules, by group. This policy has action order: pass is asked before drop, drop before reject, wherever they stand. The test says what becomes of a request; the cases are requests whose verdict must stay. `{next-pane}` goes from pane to pane.",
    "ルールはグループごとに並んでいます。このポリシーは action order で、位置にかかわらず pass、drop、reject の順に問われます。テストではリクエストがどうなるかを確かめ、ケースには判定が変わってはならないリクエストを残します。`{next-pane}` で次のペインへ移ります。",
);

/// A request is tried.
pub const REQUEST: Words = words("Try a request", "リクエストを試す");
/// How.
pub const REQUEST_TASK: Words = words(
    "Who may reach what? `{type-request}`, then a source such as 10.1.2.3, `{next-field}`, and a URL such as https://example.com. The verdict appears while you type; `{to-answer}` leaves the fields.",
    "だれがどこへ届くかを確かめます。`{type-request}` を押し、10.1.2.3 のような送信元、`{next-field}`、https://example.com のような URL の順に入力します。判定は打つそばから出ます。`{to-answer}` で入力を終えます。",
);
/// What can be seen then.
pub const REQUEST_SEEN: Words = words(
    "The verdict stands first, then what decided and on which packet. Where a rule decided, `◀ decides` marks it in the list, and `{go-to-deciding-rule}` goes there. `{keep-case}` keeps the request as a case.",
    "最初に判定、続いて、どのパケットで何が決めたかが出ます。ルールが決めたときは一覧に `◀ 決め手` の印が付き、`{go-to-deciding-rule}` でそこへ移れます。`{keep-case}` でリクエストをケースとして残します。",
);

/// Why it got its verdict.
pub const WHY: Words = words("Why", "なぜ");
/// How to see it.
pub const WHY_TASK: Words = words(
    "`{why}` explains the verdict of the request: every rule, whether it was asked, and which of its conditions is met or missed. In there `{next-tab}` goes from view to view, and `{close}` comes back here.",
    "`{why}` で判定の理由を見ます。ルールごとに、問われたかどうか、どの条件に一致し、どの条件に一致しなかったかが分かります。その中では `{next-tab}` で次の表示へ移り、`{close}` でここに戻ります。",
);
/// What else is there.
pub const WHY_SEEN: Words = words(
    "`{what-would-change-it}` searches for the smallest edits that would change the verdict, and tries them before it offers them. `{other-clients}` asks for clients that send the request otherwise, `{both-orders}` for the other rule order.",
    "`{what-would-change-it}` は、判定を変える最小の編集を探し、試してから提案します。`{other-clients}` は送り方の異なるクライアント、`{both-orders}` はもう一方のルール順序での結果を示します。",
);

/// A rule is moved.
pub const MOVE: Words = words("Move a rule", "ルールを動かす");
/// How.
pub const MOVE_TASK: Words = words(
    "The place of a rule is its priority. `{pick-up}` in the rule list picks the selected rule up; `↑` and `↓` carry it.",
    "ルールの位置が優先度です。ルール一覧で `{pick-up}` を押すと、選んだルールを持ち上げます。`↑` と `↓` で運びます。",
);
/// What can be seen then.
pub const MOVE_SEEN: Words = words(
    "While a rule is carried, its priority, the verdict and the cases are those of the new place. `{put-down}` puts it down there, `{put-back}` takes it back; `{undo}` undoes the last edit at any time.",
    "運んでいる間は、優先度も判定もケースも、新しい位置でのものです。`{put-down}` でそこに置き、`{put-back}` で元に戻します。直前の編集は、いつでも `{undo}` で取り消せます。",
);

/// It is saved and checked.
pub const KEEP: Words = words("Save, verify, go on", "保存と検証、その先");
/// How.
pub const KEEP_TASK: Words = words(
    "The file is written by `{save}` only. `{show-changes}` shows what is unsaved, `{show-findings}` what speaks against the policy, `{show-second-opinion}` what Suricata itself, where installed, says of the cases. `{lessons}` opens lessons, `{palette}` finds any action, `{help}` shows every key.",
    "ファイルに書き込むのは `{save}` だけです。`{show-changes}` で未保存の変更、`{show-findings}` でポリシーの問題点、`{show-second-opinion}` で(インストールされていれば)Suricata 自身によるケースの判定を見ます。`{lessons}` でレッスン、`{palette}` で操作の検索、`{help}` でキーの一覧です。",
);
