//! What each key does: the help, the footer and `docs/keys.md` say it with these words.

use super::{Words, words};

/// Where keys mean something, as the help heads it.
pub mod scope {
    use super::{Words, words};

    /// Everywhere but in texts and overlays.
    pub const EVERYWHERE: Words = words("Everywhere", "どこでも");
    /// The rule list.
    pub const RULES: Words = words("Rules", "ルール");
    /// While rules are marked.
    pub const MARKED: Words = words("Marked rules", "印を付けたルール");
    /// While a rule is carried.
    pub const CARRY: Words = words("Carrying a rule", "ルールの移動中");
    /// After a search.
    pub const FOUND: Words = words("After a search", "検索のあと");
    /// The test pane.
    pub const TEST: Words = words("Test", "テスト");
    /// The fields of the test bar.
    pub const FIELD: Words = words("Typing a request", "リクエストの入力中");
    /// The pane of the selected rule.
    pub const RULE: Words = words("Selected rule", "選択中のルール");
    /// The case list.
    pub const CASES: Words = words("Cases", "ケース");
    /// The list of all actions.
    pub const PALETTE: Words = words("Choosing an action", "操作の選択");
    /// The help.
    pub const HELP: Words = words("Help", "ヘルプ");
    /// The question before leaving.
    pub const LEAVE: Words = words("Leaving with unsaved changes", "未保存のまま終了するとき");
    /// The picture of who reaches what.
    pub const MATRIX: Words = words("Who reaches what", "誰が何に届くか");
    /// The answer to one question about that.
    pub const ACCESS: Words = words("What reaches what, exactly", "届く先の厳密な答え");
    /// The list of findings.
    pub const FINDINGS: Words = words("Reading the findings", "指摘の一覧");
    /// What the real engine said.
    pub const OPINION: Words = words("Reading the second opinion", "セカンドオピニオンの表示");
    /// The list of lessons.
    pub const LESSONS: Words = words("Choosing a lesson", "レッスンの選択");
    /// The question which logs are meant.
    pub const LOG_FILES: Words = words("Naming logs", "ログの指定");
    /// The counts of logs.
    pub const LOGS: Words = words("Logs", "ログ");
    /// The requests behind one.
    pub const LOG_REQUESTS: Words = words("Requests of the logs", "ログのリクエスト");
    /// Rules made of logs.
    pub const SUGGESTION: Words =
        words("Reviewing rules made of logs", "ログから作ったルールの確認");
    /// The panel of a lesson.
    pub const LESSON: Words = words("In a lesson", "レッスン中");
    /// The tour.
    pub const TOUR: Words = words("While the tour goes on", "ツアー中");
    /// The question about unsaved changes that were left behind.
    pub const LEFT: Words = words("Unsaved changes left behind", "残っていた未保存の変更");
    /// The question about a file that others changed.
    pub const DISK: Words = words("File changed by others", "ほかで変更されたファイル");
    /// Something to be read and closed.
    pub const NOTICE: Words = words("Told something", "お知らせ");
    /// The view of differences.
    pub const DIFF: Words = words("Looking at differences", "差分の表示");
    /// The list of what a policy says beside its rules.
    pub const DEFINITIONS: Words = words("Everything but the rules", "ルール以外のすべて");
    /// A form.
    pub const FORM: Words = words("Form", "編集フォーム");
    /// The text of a hand-written rule.
    pub const FORM_TEXT: Words =
        words("Rule form, in Suricata's language", "ルールの編集 (Suricata の構文)");
    /// The view that explains the verdict.
    pub const EXPLAIN: Words = words("Explaining the verdict", "判定の説明");
    /// The rows there.
    pub const REASONS: Words = words("Rows of an explanation", "説明の行");
    /// The edits offered there.
    pub const OFFERS: Words = words("Edits that would change the verdict", "判定を変える編集");
    /// The filter of the rows there.
    pub const FILTER: Words = words("Typing a filter", "絞り込みの入力中");
    /// The name of a case that is kept.
    pub const KEEP: Words = words("Keeping a case", "ケースの追加");
    /// A question for one line of text.
    pub const PROMPT: Words = words("Asked for a line", "1 行の入力");
    /// The search line.
    pub const SEARCH: Words = words("Searching", "検索中");
}

/// The page that `sekisho keys` prints, before its tables.
pub const PAGE: Words = words("\
# Keys

Made by `sekisho keys` from the table that the screen uses, with the keys of your settings. A key belongs to the innermost place that knows it. \
In a text every printable key is text.

The mouse selects rules, fields and cases; the wheel scrolls.

What is copied goes to the clipboard of the terminal you sit at (OSC 52), over ssh too. Not every terminal allows that; \
tmux does with `set -g set-clipboard on`.

Settings are in `config.toml`, in the folder that the system has for settings (`~/.config/sekisho` on Linux), or in the \
file of `--config`. All of them:

```toml
theme = \"light\"                 # dark, light or high-contrast; else what suits the terminal
language = \"ja\"                 # en or ja; else that of the locale

[keys]                           # by the names below, wherever the action has keys
undo = [\"z\", \"ctrl-z\"]
[keys.rules]                     # in one place
new-rule = \"z\"
```
", "\
# キー

画面と同じ表から、設定のキーを反映して `sekisho keys` が作ります。キーは、それを知るいちばん内側の場所のものとして働きます。\
文字の入力中は、表示できるキーはすべて文字になります。

マウスではルール、欄、ケースを選べます。ホイールでスクロールします。

コピーしたものは、手元の端末のクリップボードに入ります (OSC 52)。ssh 越しでも同じです。許さない端末もあります。\
tmux では `set -g set-clipboard on` で使えます。

設定は `config.toml` に書きます。場所はシステムの設定フォルダー (Linux では `~/.config/sekisho`) か、`--config` で指定したファイルです。\
設定できるものは次のとおりです。

```toml
theme = \"light\"                 # dark、light、high-contrast。なければ端末に合わせる
language = \"ja\"                 # en か ja。なければロケールの言語

[keys]                           # 操作の名前で。その操作のキーがあるところすべてで有効
undo = [\"z\", \"ctrl-z\"]
[keys.rules]                     # 1 か所だけで有効
new-rule = \"z\"
```
");

/// Head of a key column.
pub const KEY: Words = words("key", "キー");
/// Head of the column of names.
pub const NAME: Words = words("name", "名前");
/// What settings call a place of keys.
#[must_use]
pub fn place(name: &str) -> String {
    format!("`[keys.{name}]`")
}
/// Head of the column that says what a key does.
pub const DOES: Words = words("what it does", "動作");

/// Sentences of the help, and words of the footer.
pub mod help {
    #![allow(missing_docs, reason = "each sentence says what it is")]
    use super::{Words, words};

    // logs
    pub const LOGS: Words = words("hold logs against the policy", "ログをポリシーと照合する");
    pub const COMPLETE_NAME: Words = words("complete the name", "名前を補完する");
    pub const READ_LOGS: Words = words("read the logs", "ログを読み込む");
    pub const LOOK_BEHIND: Words = words(
        "show the requests behind the count; go to the rule",
        "この件数のリクエストを表示する、またはルールへ移る",
    );
    pub const BLOCKED: Words =
        words("list the requests that are blocked", "止まったリクエストを一覧にする");
    pub const STOP_REPLAY: Words = words(
        "end the reading of the logs and keep what was counted",
        "ログの読み込みを中止し、数えた分を残す",
    );
    pub const REPLAY_AGAIN: Words =
        words("read the logs again, against the policy of now", "今のポリシーでログを読み込み直す");
    pub const SUGGEST_RULES: Words = words(
        "make rules of what the default action blocks, for review",
        "デフォルトアクションで止まるものからルールを作り、確認する",
    );
    pub const OTHER_LOGS: Words = words("read other logs", "ほかのログを読み込む");
    pub const NEXT_PART: Words = words("next part of the list", "次の項目へ");
    pub const PART_BEFORE: Words = words("part of the list before", "前の項目へ");
    pub const CLOSE_LOGS: Words =
        words("close; what is being read goes on", "閉じる (読み込みは続きます)");
    pub const TRY_REQUEST: Words = words(
        "try the request: show its verdict and why",
        "リクエストを試し、判定と理由を表示する",
    );
    pub const TO_COUNTS: Words = words("back to the counts", "件数の一覧へ戻る");
    pub const TAKE_RULES: Words = words(
        "put the rules into the policy, as one edit",
        "ルールを 1 回の編集としてポリシーに加える",
    );

    pub const LESSONS: Words =
        words("lessons; in a lesson, to its panel", "レッスンの一覧。レッスン中はそのパネルへ");
    pub const START_LESSON: Words = words("start the lesson", "レッスンを始める");
    pub const CHOOSE_A: Words = words("choose the first answer", "1 つ目の答えを選ぶ");
    pub const CHOOSE_B: Words = words("choose the second answer", "2 つ目の答えを選ぶ");
    pub const CHOOSE_C: Words = words("choose the third answer", "3 つ目の答えを選ぶ");
    pub const CHOOSE_D: Words = words("choose the fourth answer", "4 つ目の答えを選ぶ");
    pub const NEXT_STEP: Words = words(
        "next step; from the last one, the lesson is done",
        "次のステップへ。最後のステップならレッスンを終える",
    );
    pub const SKIP_STEP: Words =
        words("pass this step over, to come back to it later", "このステップを飛ばし、後で戻る");
    pub const STEP_BACK: Words = words("step before", "前のステップへ");
    pub const HINT: Words = words("show a hint", "ヒントを見る");
    pub const LEAVE_LESSON: Words = words("leave the lesson", "レッスンをやめる");
    pub const LEAVE_PANEL: Words = words(
        "in a task and after it, to the rules; else leave the lesson",
        "実習とその後ではルールへ。それ以外ではレッスンをやめる",
    );
    pub const TOUR: Words = words("tour of the workbench", "ワークベンチのツアー");
    pub const NEXT_STOP: Words = words(
        "next stop of the tour; from the last one, it is over",
        "ツアーの次へ。最後ならツアーを終える",
    );
    pub const STOP_BEFORE: Words = words("stop before", "ツアーの前へ");
    pub const END_TOUR: Words = words("end the tour", "ツアーを終える");
    pub const QUIT: Words =
        words("leave; asks if something is unsaved", "終了する。未保存の変更があれば確認する");
    pub const SAVE: Words = words("save", "保存する");
    pub const SAVE_AS: Words = words("save under another name", "別の名前で保存する");
    pub const HELP: Words = words("show the keys", "キーの一覧を表示する");
    pub const NEXT_THEME: Words = words(
        "switch the theme: dark, light, high-contrast",
        "テーマを切り替える: dark、light、high-contrast",
    );
    pub const NEXT_LANGUAGE: Words =
        words("switch the language: English, Japanese", "言語を切り替える: 英語、日本語");
    pub const PALETTE: Words = words(
        "list every action, and do one; a number goes to a rule",
        "すべての操作から選んで実行する。数字ならそのルールへ移る",
    );
    pub const RUN: Words = words("do it", "実行する");
    pub const COPY_RULE: Words =
        words("copy the rule, as the policy writes it", "ルールをポリシーに書かれたままコピーする");
    pub const COPY_COMPILED: Words = words(
        "copy the rules for Suricata that it is compiled to",
        "コンパイル後の Suricata ルールをコピーする",
    );
    pub const COPY_SENTENCE: Words =
        words("copy the sentence about the request", "リクエストの判定文をコピーする");
    pub const COPY_REQUEST: Words =
        words("copy the request, as a command", "リクエストをコマンドとしてコピーする");
    pub const SHOW_MATRIX: Words = words(
        "who reaches what: a picture of sources and what rows name",
        "誰が何に届くか: 送信元と宛先の図",
    );
    pub const ACCESS_ROW: Words = words(
        "what reaches this rule, and with which rules its order decides",
        "このルールに届くリクエストと、順序で結果が変わるルール",
    );
    pub const ASK_ACCESS: Words = words(
        "ask exactly: what a source reaches, who reaches a name, what reaches a rule",
        "厳密に調べる: ソースから届く先、名前に届く送信元、ルールに届くもの",
    );
    pub const TRY_REACHED: Words = words("try the request", "このリクエストを試す");
    pub const TRY_CELL: Words = words("try a request of this cell", "このマスのリクエストを試す");
    pub const COLUMN_LEFT: Words = words("the column before", "左の列へ");
    pub const COLUMN_RIGHT: Words = words("the next column", "右の列へ");
    pub const SHOW_FINDINGS: Words = words(
        "list the findings: what may not be as meant, and what mends it",
        "指摘の一覧: 意図と違うかもしれないところと、その直し方",
    );
    pub const ACCEPT_FINDING: Words = words(
        "accept the finding, with a reason that the policy keeps",
        "理由をポリシーに残して指摘を受け入れる",
    );
    pub const APPLY_FIX: Words =
        words("make the edit that mends the finding", "指摘を直す編集を行う");
    pub const SHOW_OPINION: Words = words(
        "verify: what the real Suricata says to the cases",
        "検証: ケースに対する本物の Suricata の判定を表示する",
    );
    pub const SHOW_CHANGES: Words =
        words("show what is unsaved, as a difference", "未保存の変更を差分で表示する");
    pub const NEXT_TAB: Words = words(
        "to the other texts: policy, compiled rules",
        "もう一方の文面へ: ポリシー、コンパイル後のルール",
    );
    pub const UNDO: Words = words("take the last change back", "直前の変更を取り消す");
    pub const REDO: Words = words("make it again", "取り消した変更をやり直す");
    pub const NEXT_PANE: Words = words("to the next pane", "次のペインへ");
    pub const PREVIOUS_PANE: Words = words("to the pane before", "前のペインへ");
    pub const TO_RULES: Words = words("back to the rules", "ルールへ戻る");
    pub const TYPE_REQUEST: Words = words(
        "type a request: source, URL, destination",
        "リクエストを入力する: 送信元、URL、宛先",
    );
    pub const KEEP_CASE: Words =
        words("keep the request as a case", "リクエストをケースとして残す");
    pub const SEARCH: Words = words(
        "search rules by what they say: name, address, domain, sid, ticket, note",
        "ルールを検索する: 名前、アドレス、ドメイン、sid、チケット、メモ",
    );
    pub const GO_TO_DECIDER: Words =
        words("select the rule that decides the request", "リクエストの判定を決めたルールを選ぶ");
    pub const UP: Words = words("up", "上へ");
    pub const DOWN: Words = words("down", "下へ");
    pub const PAGE_UP: Words = words("a page up", "1 ページ上へ");
    pub const PAGE_DOWN: Words = words("a page down", "1 ページ下へ");
    pub const FIRST: Words = words("to the first", "先頭へ");
    pub const LAST: Words = words("to the last", "末尾へ");
    pub const OPEN: Words = words(
        "show the rule in full; fold or unfold a group",
        "ルールの全体を表示する。グループなら開閉する",
    );
    pub const FOLD: Words = words("fold the group", "グループを閉じる");
    pub const UNFOLD: Words = words("unfold the group", "グループを開く");
    pub const PICK_UP: Words =
        words("pick the rule up, to carry it", "ルールを持ち上げて移動を始める");
    pub const MOVE_UP: Words = words(
        "move the rule up at once, also across groups",
        "ルールをすぐ 1 つ上へ移す。グループもまたぐ",
    );
    pub const MOVE_DOWN: Words = words(
        "move the rule down at once, also across groups",
        "ルールをすぐ 1 つ下へ移す。グループもまたぐ",
    );
    pub const EDIT: Words = words("edit the rule, or the group", "ルールまたはグループを編集する");
    pub const NEW: Words = words("new rule below", "下に新しいルールを作る");
    pub const NEW_HAND: Words = words(
        "new hand-written rule below, in Suricata's language",
        "下に Suricata の構文でルールを手書きする",
    );
    pub const DELETE: Words = words("delete the rule", "ルールを削除する");
    pub const MARK: Words = words(
        "mark the rule, or take its mark away; on a group all of it",
        "ルールに印を付ける・外す。グループの上では全ルール",
    );
    pub const MARK_GROUP: Words = words(
        "mark all rules of the group, or take their marks away",
        "グループの全ルールに印を付ける・外す",
    );
    pub const MARK_RANGE: Words = words(
        "mark every rule from the one marked last to this one",
        "最後に印を付けたルールからここまで印を付ける",
    );
    pub const UNMARK: Words = words("take all marks away", "印をすべて外す");
    pub const CARRY_MARKED: Words = words(
        "pick the marked rules up, to carry them together",
        "印のあるルールをまとめて持ち上げて移動を始める",
    );
    pub const MOVE_HERE: Words = words(
        "move the marked rules right below this row, into its group",
        "印のあるルールをこの行のすぐ下へ、そのグループに移す",
    );
    pub const COPY_HERE: Words = words(
        "copy the marked rules right below this row, into its group",
        "印のあるルールをこの行のすぐ下へ、そのグループに複製する",
    );
    pub const TOGGLE_MARKED: Words = words(
        "disable the marked rules; enable them where all are off",
        "印のあるルールを無効にする。すべて無効なら有効にする",
    );
    pub const DELETE_MARKED: Words = words("delete the marked rules", "印のあるルールを削除する");
    pub const SPACE_GROUPS: Words = words(
        "give the groups priorities with gaps, in one edit",
        "全グループの優先度を間隔を空けて一度に振り直す",
    );
    pub const SPACE_IN_AIR: Words = words(
        "put the group down here and give all groups priorities with gaps",
        "グループをここに置き、全グループの優先度を間隔を空けて振り直す",
    );
    pub const TOGGLE: Words = words("disable or enable the rule", "ルールの有効・無効を切り替える");
    pub const DUPLICATE: Words = words("duplicate the rule", "ルールを複製する");
    pub const PRIORITY: Words =
        words("change the priority of the group", "グループの優先度を変える");
    pub const CARRY_UP: Words = words("carry it up", "上へ運ぶ");
    pub const CARRY_DOWN: Words = words("carry it down", "下へ運ぶ");
    pub const PUT_DOWN: Words = words("put it down here", "ここに置く");
    pub const PUT_BACK: Words = words("put it back", "元の場所に戻す");
    pub const NEXT_MATCH: Words = words("next match", "次の一致へ");
    pub const PREVIOUS_MATCH: Words = words("match before", "前の一致へ");
    pub const NEXT_FIELD: Words = words("next field", "次の欄へ");
    pub const PREVIOUS_FIELD: Words = words("field before", "前の欄へ");
    pub const CLEAR_FIELD: Words = words("empty the field", "欄を空にする");
    pub const LEAVE_FIELD: Words =
        words("leave the field, back to where you were", "入力をやめて元の場所に戻る");
    pub const TO_ANSWER: Words = words("to the answer", "判定へ");
    pub const EDIT_CASE: Words = words("edit the case", "ケースを編集する");
    pub const NEW_CASE: Words = words("new case", "新しいケースを作る");
    pub const DEFINITIONS: Words = words(
        "everything but the rules: settings, sources, lists, sets, groups, stateless, cases",
        "ルール以外のすべて: 設定、送信元、リスト、セット、グループ、ステートレス、ケース",
    );
    pub const EDIT_DEFINITION: Words = words("edit it", "編集する");
    pub const ADD_DEFINITION: Words = words(
        "add one more; on a stateless group: a rule in it",
        "1 つ追加する。ステートレスグループの上では、その中のルールを追加する",
    );
    pub const DELETE_DEFINITION: Words =
        words("delete it, if nothing uses it", "どこからも使われていなければ削除する");
    pub const LOAD_CASE: Words =
        words("load the case into the test bar", "ケースをテスト欄に読み込む");
    pub const DELETE_CASE: Words = words("delete the case", "ケースを削除する");
    pub const CLOSE: Words = words("close", "閉じる");
    pub const CANCEL: Words = words("close; nothing is changed", "何も変えずに閉じる");
    pub const ACCEPT: Words = words("accept", "確定する");
    pub const ACCEPT_TEXT: Words = words(
        "accept the rule; `enter` begins a new line here",
        "ルールを確定する。ここでは `enter` は改行",
    );
    pub const COMPLETE_RULE: Words = words(
        "complete a keyword or a set, or go to the next field",
        "キーワードやセットを補完する。なければ次の欄へ",
    );
    pub const COMPLETE: Words =
        words("complete a name, or go to the next field", "名前を補完する。なければ次の欄へ");
    pub const SAVE_AND_LEAVE: Words = words("save and leave", "保存して終了する");
    pub const DISCARD: Words = words("leave without saving", "保存せずに終了する");
    pub const STAY: Words = words("stay", "終了しない");
    pub const OTHER_VERDICT: Words = words(
        "want another verdict: pass, drop or reject",
        "期待する判定を変える: pass、drop、reject",
    );
    pub const WHY: Words = words(
        "why this verdict: what decided, what came after, what did not match",
        "判定の理由: 決め手、後に続くもの、一致しなかったもの",
    );
    pub const WHY_THIS: Words = words(
        "why not this rule: what it asks of the request, and gets",
        "このルールが決めない理由: 条件と、リクエストの実際の値",
    );
    pub const CHANGE: Words = words(
        "what would change the verdict: the smallest edits, each with what else it changes",
        "判定を変えるには: 最小の編集と、それで変わるほかのもの",
    );
    pub const APPLY: Words =
        words("make the edit; undo takes it back", "この編集を行う。取り消せる");
    pub const CLIENTS: Words = words(
        "the same request as other clients send it",
        "同じリクエストを別のクライアントが送る場合",
    );
    pub const ORDERS: Words = words(
        "the same request in strict and in action order",
        "同じリクエストを厳格な順序とアクション順で比べる",
    );
    pub const ELSEWHERE: Words = words(
        "it passes here and is blocked all the same: where else to look",
        "ここでは通るのに遮断される: ほかに確認するところ",
    );
    pub const NEXT_VIEW: Words = words("to the next view", "次の表示へ");
    pub const PREVIOUS_VIEW: Words = words("to the view before", "前の表示へ");
    pub const TO_RULE: Words = words("go to the rule in the list", "一覧のそのルールへ移る");
    pub const FILTER: Words = words(
        "list only rows with this in their name, source, target or sid",
        "名前・送信元・宛先・sid で行を絞り込む",
    );
    pub const KEEP_FILTER: Words = words("keep the filter", "絞り込みを残す");
    pub const NO_FILTER: Words = words("list every row again", "すべての行に戻す");
    pub const RESTORE: Words =
        words("restore them, as unsaved changes", "未保存の変更として復元する");
    pub const RESTORE_BOTH: Words =
        words("restore them, and keep newer changes", "復元し、新しい変更も残す");
    pub const DISCARD_LEFT: Words = words("throw them away", "破棄する");
    pub const SHOW_DIFFERENCE: Words = words("look at the difference", "差分を見る");
    pub const DECIDE_LATER: Words = words("decide at the next start", "次に起動したときに決める");
    pub const MERGE_THEIRS: Words =
        words("keep both: make their changes here too", "両方残す: 相手の変更をここにも加える");
    pub const TAKE_THEIRS: Words = words(
        "take theirs; `{undo}` brings yours back",
        "相手の内容にする。`{undo}` で自分の内容に戻せる",
    );
    pub const OVERWRITE: Words = words("write mine to the file", "自分の内容をファイルに書き込む");
    pub const GO_ON: Words = words("go on; nothing is written", "何も書き込まずに続ける");
    pub const TO_MATCH: Words = words(
        "go to the rule; then `{next-match}` and `{previous-match}` walk the matches",
        "ルールへ移る。続けて `{next-match}` と `{previous-match}` で一致をたどれる",
    );
}

/// Words of the footer: one or two each.
pub mod short {
    #![allow(missing_docs, reason = "each word says what it is")]
    use super::{Words, words};

    pub const TRY: Words = words("try", "試す");
    pub const ASK: Words = words("ask", "調べる");
    pub const LEFT: Words = words("left", "左");
    pub const RIGHT: Words = words("right", "右");
    // logs
    pub const LOGS: Words = words("logs", "ログ");
    pub const READ_LOGS: Words = words("read", "読み込む");
    pub const LOOK_BEHIND: Words = words("look", "見る");
    pub const BLOCKED: Words = words("blocked", "止まったもの");
    pub const STOP_REPLAY: Words = words("end", "中止");
    pub const REPLAY_AGAIN: Words = words("again", "再実行");
    pub const SUGGEST_RULES: Words = words("suggest", "提案");
    pub const OTHER_LOGS: Words = words("other logs", "ほかのログ");
    pub const TRY_REQUEST: Words = words("try it", "試す");
    pub const TO_COUNTS: Words = words("back", "戻る");

    pub const START_LESSON: Words = words("start", "開始");
    pub const CHOOSE: Words = words("b c … choose", "b c … 選択");
    pub const NEXT_STEP: Words = words("next", "次へ");
    pub const STEP_BACK: Words = words("back", "戻る");
    pub const HINT: Words = words("hint", "ヒント");
    pub const LEAVE_LESSON: Words = words("leave the lesson", "レッスンをやめる");
    pub const END_TOUR: Words = words("end the tour", "ツアー終了");
    pub const LEAVE: Words = words("leave", "終了");
    pub const KEYS: Words = words("keys", "キー一覧");
    pub const SAVE: Words = words("save", "保存");
    pub const ALL: Words = words("actions", "操作");
    pub const RUN: Words = words("do it", "実行");
    pub const COPY: Words = words("copy", "コピー");
    pub const COPY_COMPILED: Words = words("copy compiled", "コンパイル後をコピー");
    pub const CHANGES: Words = words("changes", "変更");
    pub const OTHER_TEXTS: Words = words("policy, rules", "ポリシー/ルール");
    pub const UNDO: Words = words("undo", "取り消し");
    pub const REDO: Words = words("redo", "やり直し");
    pub const PANES: Words = words("panes", "ペイン");
    pub const REQUEST: Words = words("test", "テスト");
    pub const KEEP: Words = words("keep as case", "ケースに残す");
    pub const FIND: Words = words("find", "検索");
    pub const DECIDER: Words = words("deciding rule", "決め手のルール");
    pub const CARRY: Words = words("carry", "移動");
    pub const EDIT: Words = words("edit", "編集");
    pub const NEW: Words = words("new", "新規");
    pub const FOLD: Words = words("fold", "開閉");
    pub const PRIORITY: Words = words("priority", "優先度");
    pub const UP: Words = words("up", "上");
    pub const DOWN: Words = words("down", "下");
    pub const PUT_DOWN: Words = words("put down", "置く");
    pub const PUT_BACK: Words = words("put back", "戻す");
    pub const NEXT: Words = words("next", "次");
    pub const BEFORE: Words = words("before", "前");
    pub const NEXT_FIELD: Words = words("next field", "次の欄");
    pub const EMPTY: Words = words("empty", "空にする");
    pub const DONE: Words = words("done", "完了");
    pub const TO_ANSWER: Words = words("answer", "判定へ");
    pub const CLOSE: Words = words("close", "閉じる");
    pub const CANCEL: Words = words("cancel", "やめる");
    pub const ACCEPT: Words = words("accept", "確定");
    pub const COMPLETE: Words = words("complete", "補完");
    pub const ADD: Words = words("add", "追加");
    pub const DEFINITIONS: Words = words("policy", "ポリシー");
    pub const LOAD: Words = words("try it", "試す");
    pub const DELETE: Words = words("delete", "削除");
    pub const MOVE_HERE: Words = words("move here", "ここへ移動");
    pub const COPY_HERE: Words = words("copy here", "ここへ複製");
    pub const TOGGLE: Words = words("on/off", "有効・無効");
    pub const MARK_RANGE: Words = words("range", "範囲");
    pub const UNMARK: Words = words("unmark", "印を外す");
    pub const SPACE_GROUPS: Words = words("new priorities", "優先度の振り直し");
    pub const SAVE_AND_LEAVE: Words = words("save and leave", "保存して終了");
    pub const DISCARD: Words = words("discard and leave", "保存せず終了");
    pub const STAY: Words = words("stay", "続ける");
    pub const OTHER_VERDICT: Words = words("other verdict", "別の判定");
    pub const CHANGE: Words = words("change it", "変えるには");
    pub const APPLY: Words = words("make the edit", "この編集を行う");
    pub const ACCEPT_FINDING: Words = words("accept it", "受け入れる");
    pub const APPLY_FIX: Words = words("mend it", "直す");
    pub const WHY: Words = words("why", "理由");
    pub const WHY_THIS: Words = words("why not", "決めない理由");
    pub const NEXT_VIEW: Words = words("next view", "次の表示");
    pub const TO_RULE: Words = words("to the rule", "ルールへ");
    pub const FILTER: Words = words("filter", "絞り込み");
    pub const NO_FILTER: Words = words("all rows", "全行");
    pub const RESTORE: Words = words("restore", "復元");
    pub const DIFFERENCE: Words = words("difference", "差分");
    pub const THROW_AWAY: Words = words("throw away", "破棄");
    pub const LATER: Words = words("later", "後で");
    pub const MERGE: Words = words("keep both", "両方残す");
    pub const THEIRS: Words = words("take theirs", "相手の内容");
    pub const MINE: Words = words("write mine", "自分の内容");
    pub const SAVE_AS: Words = words("other name", "別名");
    pub const GO: Words = words("go there", "移る");
    pub const RULES: Words = words("rules", "ルール");
}
