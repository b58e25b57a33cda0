//! What the real engine says to our verdicts, in words.

use super::Lang::{English, Japanese};
use super::{Lang, Text, Words, words};

/// One line for the title: `agrees with Suricata 7.0.10: 41 of 41`.
#[must_use]
pub fn agrees(version: &str, agree: usize, of: usize, undetermined: usize) -> Text {
    let (apart, apart_ja) = match undetermined {
        0 => Default::default(),
        n => (format!(", {n} undetermined"), format!("、判定不能 {n}")),
    };
    (
        format!("agrees with Suricata {version}: {agree} of {of}{apart}"),
        format!("Suricata {version} と一致: {of} 件中 {agree} 件{apart_ja}"),
    )
        .into()
}

/// The same in short.
#[must_use]
pub fn agrees_short(agree: usize, of: usize) -> Text {
    (format!("Suricata agrees: {agree} of {of}"), format!("Suricata と一致: {agree}/{of}")).into()
}

/// Some answers are others.
#[must_use]
pub fn differs_in(version: &str, disagree: usize, of: usize) -> Text {
    (
        format!("differs from Suricata {version}: {disagree} of {of}"),
        format!("Suricata {version} と不一致: {of} 件中 {disagree} 件"),
    )
        .into()
}

/// The same in short.
#[must_use]
pub fn differs_short(disagree: usize, of: usize) -> Text {
    (format!("Suricata differs: {disagree} of {of}"), format!("Suricata と不一致: {disagree}/{of}"))
        .into()
}

/// Every answer is the same, but the engine does not load rules that we do.
#[must_use]
pub fn loads_less(version: &str, rules: usize) -> Text {
    (
        format!("differs from Suricata {version}: it does not load {}", count(rules, "rule")),
        format!("Suricata {version} と不一致: {rules} 個のルールを読み込みません"),
    )
        .into()
}

/// The same in short.
#[must_use]
pub fn loads_less_short(rules: usize) -> Text {
    (
        format!("Suricata refuses {}", count(rules, "rule")),
        format!("Suricata が {rules} 個のルールを拒否"),
    )
        .into()
}

/// The order of the rules cannot be had on the engine.
#[must_use]
pub fn cannot_verify(version: &str) -> Text {
    (
        format!("not verifiable with Suricata {version}"),
        format!("Suricata {version} では検証できません"),
    )
        .into()
}

/// The same in short.
#[must_use]
pub fn cannot_verify_short() -> Text {
    ("Suricata cannot verify", "Suricata では検証不可").into()
}

/// What the title says, with the key that shows more.
#[must_use]
pub fn shown_by_key(what: &Text) -> Text {
    Text::made(|lang| format!("{} (`{{show-second-opinion}}`)", what.say(lang)))
}

/// There is no engine.
#[must_use]
pub fn missing() -> Text {
    (
        "no second opinion: install suricata (`?` says how)",
        "検証なし: suricata をインストールしてください (`?` に方法)",
    )
        .into()
}

/// The same in short.
#[must_use]
pub fn missing_short() -> Text {
    ("no second opinion (`?`)", "検証なし (`?`)").into()
}

/// The engine took too long.
#[must_use]
pub fn hung() -> Text {
    (
        "no second opinion: suricata hung (`{show-second-opinion}` says more)",
        "検証なし: suricata が応答しません (`{show-second-opinion}` に詳細)",
    )
        .into()
}

/// The engine failed.
#[must_use]
pub fn failed() -> Text {
    (
        "no second opinion: suricata failed (`{show-second-opinion}` says more)",
        "検証なし: suricata が失敗しました (`{show-second-opinion}` に詳細)",
    )
        .into()
}

/// The engine hung or failed, in short.
#[must_use]
pub fn no_opinion_short() -> Text {
    ("no second opinion (`{show-second-opinion}`)", "検証なし (`{show-second-opinion}`)").into()
}

/// The engine is being asked for the first time.
#[must_use]
pub fn asking() -> Text {
    ("asking Suricata …", "Suricata に確認中 …").into()
}

/// There is nothing to ask about.
#[must_use]
pub fn no_cases(short: bool) -> Text {
    if short {
        ("keep a case: Suricata checks it", "ケースを保存すると Suricata が検証").into()
    } else {
        (
            "keep a case (`{type-request}`, `{keep-case}`) and Suricata checks it too",
            "ケースを保存すると (`{type-request}`、`{keep-case}`) Suricata も検証します",
        )
            .into()
    }
}

/// What is shown is about the policy before.
#[must_use]
pub fn of_before() -> Text {
    (
        "about the policy before the last change; it is asked again when nothing has changed for a second, or at once with `{save}`",
        "直前の変更より前のポリシーについての結果です。1 秒間変更がなければ、または `{save}` で、もう一度確認します",
    )
        .into()
}

/// What was sent and how long it took.
#[must_use]
pub fn effort(flows: usize, packets: u64, seconds: f64, of_engine: f64) -> Text {
    let counted = count(flows, "flow");
    (
        format!("{counted}, {packets} packets, {seconds:.1} s (of it the engine: {of_engine:.1} s)"),
        format!("フロー {flows} 件、パケット {packets} 個、{seconds:.1} 秒 (うちエンジン {of_engine:.1} 秒)"),
    )
        .into()
}

/// How strict order is compared.
pub const STRICT: Words = words(
    "strict order, which stock Suricata does not have: Suricata tells which rules match on each packet \
                          and their types, the order is applied by Sekisho",
    "厳格な順序: 標準の Suricata にはありません。各パケットに一致するルールとその種類を Suricata に聞き、順序は Sekisho が適用します",
);

/// How action order is compared.
pub const ACTION: Words = words(
    "action order: the verdicts are Suricata's own",
    "アクション順: 判定は Suricata のものです",
);

/// Why nothing could be compared.
#[must_use]
pub fn not_verifiable(reader: &Text, setter: &Text, variable: &str) -> Text {
    Text::made(|lang| {
        let (reader, setter) = (reader.say(lang), setter.say(lang));
        match lang {
            English => format!(
                "not verifiable: {reader} reads `{variable}` above {setter}, which changes it; stock Suricata asks the setter first"
            ),
            Japanese => format!(
                "検証できません: {reader} が、`{variable}` を変える {setter} より上でそれを読んでいます。標準の Suricata は変える側を先に問います"
            ),
        }
    })
}

/// What to do about a ruleset that is not verifiable.
#[must_use]
pub fn not_verifiable_help() -> Text {
    (
        "move the rule that reads below the one that sets, if that is what is meant",
        "それが意図どおりなら、変数を読むルールを、設定するルールの下に移してください",
    )
        .into()
}

/// A question that one of the two cannot answer.
#[must_use]
pub fn untold(question: &str, by_us: bool) -> Text {
    if by_us {
        (
            format!("CANNOT TELL  {question}: the verdict is undetermined here"),
            format!("判定不能  {question}: ここでは判定が定まりません"),
        )
            .into()
    } else {
        (
            format!("CANNOT TELL  {question}: more rules match on a packet than Suricata keeps"),
            format!(
                "判定不能  {question}: 1 パケットに一致するルールが Suricata の保持数を超えます"
            ),
        )
            .into()
    }
}

/// A question of which no packet reaches the engine.
#[must_use]
pub fn never_seen(question: &str) -> Text {
    (
        format!("NOT ASKED    {question}: stateless rules decide, no packet reaches Suricata"),
        format!("対象外    {question}: ステートレスルールが決め、Suricata には届きません"),
    )
        .into()
}

/// A question with two answers.
#[must_use]
pub fn differs(question: &str) -> Text {
    (format!("DIFFERS  {question}"), format!("不一致  {question}")).into()
}

/// From where to where.
#[must_use]
pub fn flow(src: &str, dst: &str, port: u16) -> Text {
    (
        format!("flow      {src} -> {dst} port {port}"),
        format!("フロー    {src} -> {dst} ポート {port}"),
    )
        .into()
}

/// What we say.
#[must_use]
pub fn ours(fate: &Text) -> Text {
    let say = |lang| fate.say(lang);
    (format!("ours      {}", say(Lang::English)), format!("Sekisho   {}", say(Lang::Japanese)))
        .into()
}

/// What the engine says.
#[must_use]
pub fn theirs(fate: &Text) -> Text {
    let say = |lang| fate.say(lang);
    (format!("Suricata  {}", say(Lang::English)), format!("Suricata  {}", say(Lang::Japanese)))
        .into()
}

/// A rule that only one of the two loads.
#[must_use]
pub fn refused(rule: &Text, reason: &str, understood: bool) -> Text {
    Text::made(|lang| {
        let rule = rule.say(lang);
        match (lang, understood) {
            (English, true) => {
                format!("Suricata does not load {rule}, although Sekisho does: {reason}")
            }
            (English, false) => {
                format!("Suricata does not load {rule}, and it is left out: {reason}")
            }
            (Japanese, true) => {
                format!("Sekisho が読み込む {rule} を Suricata は読み込みません: {reason}")
            }
            (Japanese, false) => {
                format!("Suricata は {rule} を読み込まないため、除外しました: {reason}")
            }
        }
    })
}

/// What became of a flow.
#[must_use]
pub fn fate(action: &str, by: Option<&Text>, at: Option<&Text>, dropped: &[Text]) -> Text {
    Text::made(|lang| {
        let (by, at) = (by.map(|by| by.say(lang)), at.map(|at| at.say(lang)));
        let first_and_last = dropped.first().zip(dropped.last());
        let ends = first_and_last.map(|(first, last)| (first.say(lang), last.say(lang)));
        let number = dropped.len();
        match lang {
            English => {
                let by = by.map(|by| format!(" by {by}")).unwrap_or_default();
                let at = at.map(|at| format!(", at {at}")).unwrap_or_default();
                let dropped = match (number, ends) {
                    (1, Some((one, _))) => format!("; drops {one}"),
                    (_, Some((first, last))) => {
                        format!("; drops {number} packets, {first} to {last}")
                    }
                    (_, None) => String::new(),
                };
                format!("{action}{by}{at}{dropped}")
            }
            Japanese => {
                let by = by.map(|by| format!("、決め手は {by}")).unwrap_or_default();
                let at = at.map(|at| format!("、{at} で")).unwrap_or_default();
                let dropped = match (number, ends) {
                    (1, Some((one, _))) => format!("。{one} をドロップ"),
                    (_, Some((first, last))) => {
                        format!("。{first} から {last} までの {number} パケットをドロップ")
                    }
                    (_, None) => String::new(),
                };
                format!("{action}{by}{at}{dropped}")
            }
        }
    })
}

/// Why the engine dropped a packet that no rule dropped.
#[must_use]
pub fn engine_dropped(reason: &str) -> Text {
    (
        format!("Suricata dropped a packet by itself: {reason}"),
        format!("Suricata がルールによらずパケットをドロップしました: {reason}"),
    )
        .into()
}

/// Where the first difference is.
#[must_use]
pub fn first_difference(packet: &Text, ours: bool) -> Text {
    Text::made(|lang| {
        let packet = packet.say(lang);
        match (lang, ours) {
            (English, true) => {
                format!("first difference: {packet}, which we drop and Suricata lets through")
            }
            (English, false) => {
                format!("first difference: {packet}, which we let through and Suricata drops")
            }
            (Japanese, true) => {
                format!("最初の違い: {packet}。Sekisho はドロップし、Suricata は通過させます")
            }
            (Japanese, false) => {
                format!("最初の違い: {packet}。Sekisho は通過させ、Suricata はドロップします")
            }
        }
    })
}

/// Rules that match for one of the two only.
#[must_use]
pub fn other_matches(packet: &Text, ours: &Text, theirs: &Text) -> Text {
    Text::made(|lang| {
        let packet = packet.say(lang);
        let side = |who: &str, rules: &Text| match rules.say(lang) {
            "" => String::new(),
            rules => format!("{who}: {rules}"),
        };
        match lang {
            English => format!(
                "other rules match on {packet}, which makes no difference here{}{}",
                side("; only ours", ours),
                side("; only Suricata's", theirs)
            ),
            Japanese => format!(
                "{packet} に一致するルールが異なりますが、結果は同じです{}{}",
                side("。Sekisho のみ", ours),
                side("。Suricata のみ", theirs)
            ),
        }
    })
}

/// How to get the engine.
#[must_use]
pub fn install() -> Text {
    (
        "install Suricata 7 (Debian: `apt install -t bookworm-backports suricata`, Ubuntu: `apt install suricata`, \
         macOS: `brew install suricata`), or name it with `--engine PATH`",
        "Suricata 7 をインストールしてください (Debian: `apt install -t bookworm-backports suricata`、Ubuntu: `apt install suricata`、\
         macOS: `brew install suricata`)。または `--engine PATH` で指定してください",
    )
        .into()
}

/// How to get the engine, to the workbench.
#[must_use]
pub fn install_here() -> Text {
    (
        "install Suricata 7 and the workbench asks it about every case, offline (Debian: `apt install -t bookworm-backports \
         suricata`, Ubuntu: `apt install suricata`, macOS: `brew install suricata`)",
        "Suricata 7 をインストールすると、すべてのケースをオフラインで検証します (Debian: `apt install -t bookworm-backports \
         suricata`、Ubuntu: `apt install suricata`、macOS: `brew install suricata`)",
    )
        .into()
}

/// What to do when the engine fails.
#[must_use]
pub fn failed_help() -> Text {
    (
        "run it by hand on what `sekisho verify --keep DIR` leaves",
        "`sekisho verify --keep DIR` が残すファイルで、手で実行してみてください",
    )
        .into()
}

/// What to do when the engine hangs.
#[must_use]
pub fn hung_help() -> Text {
    (
        "give it more with `sekisho verify --time-limit SECONDS`",
        "`sekisho verify --time-limit SECONDS` で時間を延ばしてください",
    )
        .into()
}

/// How to run the engine on what was kept.
#[must_use]
pub fn kept(folder: &str) -> Text {
    let command =
        "suricata -c suricata.yaml -S policy.rules -r capture.pcap --simulate-ips -k none -l .";
    (
        format!("kept in {folder}; to run it again there: {command}"),
        format!("{folder} に残しました。そこで再実行するには: {command}"),
    )
        .into()
}

/// `1 flow`, `2 flows`.
#[must_use]
pub fn count(number: usize, thing: &str) -> String {
    let s = if number == 1 { "" } else { "s" };
    format!("{number} {thing}{s}")
}

/// A case that cannot be asked.
#[must_use]
pub fn left_out(case: &str, why: &Text) -> Text {
    Text::made(|lang| match lang {
        English => format!("warning: case `{case}` is left out: {}", why.say(lang)),
        Japanese => format!("警告: ケース `{case}` を除外しました: {}", why.say(lang)),
    })
}

/// How many made-up policies there were.
#[must_use]
pub fn policies(number: u64, not_verifiable: u64) -> Text {
    (
        format!("{number} policies, {not_verifiable} of them not verifiable in strict order"),
        format!("ポリシー {number} 件、うち厳格な順序で検証できないもの {not_verifiable} 件"),
    )
        .into()
}

/// The engine could not be started.
#[must_use]
pub fn cannot_start(program: &str, reason: &str) -> Text {
    (
        format!("`{program}` cannot be started: {reason}"),
        format!("`{program}` を起動できません: {reason}"),
    )
        .into()
}

/// The engine took too long.
#[must_use]
pub fn too_slow(seconds: u64) -> Text {
    (
        format!("suricata did not finish within {seconds} seconds and was killed"),
        format!("suricata が {seconds} 秒で終わらなかったため、停止させました"),
    )
        .into()
}

/// Nobody wanted the engine's answer any more.
pub const STOPPED: Words = words("stopped", "中止しました");

/// A made-up policy whose answers differ.
#[must_use]
pub fn seed(number: u64, order: &str) -> Text {
    (format!("seed {number}, {order} order"), format!("シード {number}、ルール順序 {order}")).into()
}

/// A rule by its number.
#[must_use]
pub fn sid(number: u32) -> Text {
    Text::verbatim(&format!("sid {number}"))
}

/// The program does not answer as Suricata does.
#[must_use]
pub fn no_version(program: &str) -> Text {
    (
        format!("`{program}` does not say which version it is"),
        format!("`{program}` がバージョンを答えません"),
    )
        .into()
}

/// The engine was ended by a signal.
#[must_use]
pub fn crashed(signal: i32) -> Text {
    (
        format!("suricata crashed (signal {signal})"),
        format!("suricata が異常終了しました (シグナル {signal})"),
    )
        .into()
}

/// The engine ended with an error.
#[must_use]
pub fn ended(code: Option<i32>) -> Text {
    match code {
        Some(code) => (
            format!("suricata failed (exit code {code})"),
            format!("suricata が失敗しました (終了コード {code})"),
        )
            .into(),
        None => ("suricata failed", "suricata が失敗しました").into(),
    }
}

/// The engine did not read every packet; `None`: it does not say how many.
#[must_use]
pub fn read_less(read: Option<u64>, sent: u64) -> Text {
    let english = read.map_or_else(|| "none".to_owned(), |read| read.to_string());
    let japanese = read.map_or_else(|| "0".to_owned(), |read| read.to_string());
    (
        format!("suricata read {english} of {sent} packets of `capture.pcap`"),
        format!("suricata が読んだのは `capture.pcap` の {sent} パケット中 {japanese} 個です"),
    )
        .into()
}
