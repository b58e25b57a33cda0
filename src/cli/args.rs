use std::net::IpAddr;
use std::path::PathBuf;

use clap::{Args as ClapArgs, CommandFactory, Parser, Subcommand, ValueEnum};
use clap_complete::Shell;

use crate::interop::RulesOptions;
use crate::messages::Lang;
use crate::net::RuleOrder;

/// A workbench for egress policies of AWS Network Firewall and Suricata: who may reach which site,
/// in which order the rules are asked, and why a request was let through or dropped.
///
/// Without a command it opens FILE, or a built-in sample, in the terminal.
#[derive(Debug, Parser)]
#[command(name = "sekisho", version, override_usage = USAGE, after_help = EXIT_CODES)]
pub struct Args {
    /// The policy to open (`-`: standard input); a built-in sample when none is given
    pub file: Option<PathBuf>,
    /// What a `.rules` file cannot say
    #[command(flatten)]
    pub rules: RulesArgs,
    /// The language of what people read; else that of the locale
    #[arg(long, global = true, value_name = "LANG", help_heading = "Everywhere")]
    pub lang: Option<LangArg>,
    /// The file of settings; else `config.toml` in the folder that the system has for settings
    #[arg(long, global = true, value_name = "FILE", help_heading = "Everywhere")]
    pub config: Option<PathBuf>,
    /// A headless command
    #[command(subcommand)]
    pub command: Option<Command>,
}

const USAGE: &str = "sekisho [OPTIONS] [FILE]\n       sekisho <COMMAND>";

impl Args {
    /// Reads the arguments of the process.
    ///
    /// # Errors
    /// Wrong usage, or the help or version that was asked for.
    pub fn read() -> Result<Self, clap::Error> {
        let args = Self::try_parse()?;
        // Of what belongs to the workbench only the language means something to a command.
        if args.command.is_some() && (args.file.is_some() || args.rules != RulesArgs::default()) {
            let says = "a file to open, or options for it, cannot stand before a command";
            return Err(Self::command().error(clap::error::ErrorKind::ArgumentConflict, says));
        }
        Ok(args)
    }
}

const EXIT_CODES: &str = "Exit codes: 0 fine, 1 could not run or wrong usage, 2 findings, failed cases \
                          or a verdict other than --expect, 3 invalid input";

/// A headless command.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Ask what becomes of one request, and why
    Try(TryArgs),
    /// Run the cases of policies
    Test(TestArgs),
    /// Print every problem of a policy
    Check(CheckArgs),
    /// Print what a source can reach, who can reach a server, or a request that reaches a rule
    Access(AccessArgs),
    /// Print which flows get another verdict in one policy than in another
    Impact(ImpactArgs),
    /// Print the Suricata rules a policy becomes
    Compile(CompileArgs),
    /// Write a small policy with comments, to begin with
    New(NewArgs),
    /// Make a policy of what AWS, CloudFormation, Terraform or Suricata have
    Import(ImportArgs),
    /// Write the policy as AWS, CloudFormation or Terraform take it
    Export(ExportArgs),
    /// Ask an installed Suricata for a second opinion
    Verify(VerifyArgs),
    /// Compare with verdicts recorded from the real engine
    Conformance(ConformanceArgs),
    /// Hold logs of what was asked against a policy: what would become of every request
    Replay(ReplayArgs),
    /// Print a rule group that would let through what the default action blocks in logs, to be reviewed
    Suggest(SuggestArgs),
    /// Explain a finding by its code, a rule, the keywords that are evaluated, or the exit codes
    Explain(ExplainArgs),
    /// Learn how the engine decides, from lessons that it decides itself
    Learn(LearnArgs),
    /// Print every key of the workbench
    Keys,
    /// Print what lets a shell complete commands and options
    Completions {
        /// The shell
        shell: Shell,
    },
    /// Print the manual page
    Man,
}

/// A language the program speaks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum LangArg {
    /// English
    En,
    /// Japanese
    Ja,
}

impl From<LangArg> for Lang {
    fn from(arg: LangArg) -> Self {
        match arg {
            LangArg::En => Self::English,
            LangArg::Ja => Self::Japanese,
        }
    }
}

/// How results are printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, ValueEnum)]
pub enum Format {
    /// For people.
    #[default]
    Text,
    /// For programs.
    Json,
}

/// How the problems of policies are printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, ValueEnum)]
pub enum CheckFormat {
    /// For people: each with its lines
    #[default]
    Text,
    /// For programs
    Json,
    /// SARIF 2.1.0, for code review
    Sarif,
    /// Annotations of a GitHub workflow
    Github,
}

/// A verdict that can be expected.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Expected {
    /// It gets through.
    Pass,
    /// It is dropped in silence.
    Drop,
    /// It is answered with a reset.
    Reject,
}

/// What a `.rules` file cannot say; a policy file says it itself.
#[derive(Debug, Clone, Default, PartialEq, Eq, ClapArgs)]
#[command(next_help_heading = "For .rules files")]
pub struct RulesArgs {
    /// In which order the rules are asked
    #[arg(long, value_enum)]
    pub rule_order: Option<OrderArg>,
    /// A stateful default action, as AWS names it (may be repeated)
    #[arg(long, value_name = "NAME")]
    pub default_action: Vec<String>,
    /// The inside networks, $HOME_NET (CIDRs with commas; may be repeated)
    #[arg(long, value_name = "CIDR", value_delimiter = ',')]
    pub home_net: Vec<String>,
    /// An address or port variable (may be repeated)
    #[arg(long, value_name = "NAME=VALUE", value_parser = variable)]
    pub var: Vec<(String, String)>,
}

/// The two rule orders as arguments.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum OrderArg {
    /// Groups by priority, rules from top to bottom
    Strict,
    /// pass, drop, reject, alert
    Action,
}

fn variable(text: &str) -> Result<(String, String), String> {
    match text.split_once('=') {
        Some((name, value)) if !name.is_empty() && !value.is_empty() => {
            Ok((name.trim_start_matches('$').to_owned(), value.to_owned()))
        }
        _ => Err("write NAME=VALUE, as in DNS=10.0.0.53".to_owned()),
    }
}

impl RulesArgs {
    /// The same for the reader of `.rules` files.
    #[must_use]
    pub fn options(&self) -> RulesOptions {
        RulesOptions {
            rule_order: match self.rule_order {
                Some(OrderArg::Action) => RuleOrder::Action,
                Some(OrderArg::Strict) | None => RuleOrder::Strict,
            },
            default_actions: self.default_action.clone(),
            home_net: self.home_net.clone(),
            vars: self.var.clone(),
        }
    }
}

/// Arguments of `sekisho try`.
#[derive(Debug, ClapArgs)]
pub struct TryArgs {
    /// The policy (`-`: standard input)
    pub file: PathBuf,
    /// Who asks: an address, a network, or one of the policy's sources
    #[arg(long, value_name = "WHO", required_unless_present = "log")]
    pub from: Option<String>,
    /// What is asked for: https://host/path, http://, tcp://host:port, udp://, icmp://, dns://, quic://
    #[arg(required_unless_present = "log")]
    pub url: Option<String>,
    /// The server's address; without it every class of addresses is tried
    #[arg(long, value_name = "IP")]
    pub dst: Option<IpAddr>,
    /// Take the request from a line of the firewall's alert log, or Suricata's EVE (`-`: standard input), and compare
    #[arg(long, value_name = "FILE", conflicts_with_all = ["from", "url", "dst"])]
    pub log: Option<PathBuf>,
    /// Exit with 2 unless this is the verdict, and say what would give it
    #[arg(long, value_enum)]
    pub expect: Option<Expected>,
    /// Show how the file would differ with one of the edits offered, by its number
    #[arg(long, value_name = "N", conflicts_with_all = ["why", "format"])]
    pub apply: Option<usize>,
    /// Write that edit to the file
    #[arg(long, requires = "apply")]
    pub write: bool,
    /// Say why this rule, by name or number, did or did not decide
    #[arg(long, value_name = "RULE")]
    pub why: Option<String>,
    /// What else to say about the request
    #[command(flatten)]
    pub also: AlsoArgs,
    /// How to print
    #[arg(long, value_enum, default_value_t)]
    pub format: Format,
    /// What a `.rules` file cannot say
    #[command(flatten)]
    pub rules: RulesArgs,
}

/// What else `sekisho try` can say about a request.
#[derive(Debug, Clone, Default, ClapArgs)]
pub struct AlsoArgs {
    /// Show every row, not only the closest
    #[arg(long)]
    pub all: bool,
    /// Show the same request as other clients send it
    #[arg(long)]
    pub variants: bool,
    /// Show strict and action order side by side
    #[arg(long)]
    pub orders: bool,
    /// Show what to look at outside the policy when the request is blocked all the same
    #[arg(long)]
    pub elsewhere: bool,
}

/// How cases are printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, ValueEnum)]
pub enum TestFormat {
    /// For people
    #[default]
    Text,
    /// For programs
    Json,
    /// JUnit XML, for build servers
    Junit,
}

/// Arguments of `sekisho test`.
#[derive(Debug, ClapArgs)]
pub struct TestArgs {
    /// The policies (`-`: standard input)
    #[arg(required = true)]
    pub files: Vec<PathBuf>,
    /// Say which rules no case exercises, each with a request that would
    #[arg(long)]
    pub coverage: bool,
    /// How to print
    #[arg(long, value_enum, default_value_t)]
    pub format: TestFormat,
    /// What a `.rules` file cannot say
    #[command(flatten)]
    pub rules: RulesArgs,
}

/// Arguments of `sekisho access`.
#[derive(Debug, ClapArgs)]
#[command(group = clap::ArgGroup::new("question").required(true).args(["from", "to", "rule"]))]
pub struct AccessArgs {
    /// The policy (`-`: standard input)
    pub file: PathBuf,
    /// What can it reach: an address, a network, or one of the policy's sources
    #[arg(long, value_name = "WHO")]
    pub from: Option<String>,
    /// Who can reach it: a name, a name with all below it (`.example.com`), an address or a network
    #[arg(long, value_name = "WHOM")]
    pub to: Option<String>,
    /// Which request reaches this rule, by name or number
    #[arg(long, value_name = "RULE")]
    pub rule: Option<String>,
    /// How to print
    #[arg(long, value_enum, default_value_t)]
    pub format: Format,
    /// What a `.rules` file cannot say
    #[command(flatten)]
    pub rules: RulesArgs,
}

/// Arguments of `sekisho impact`.
#[derive(Debug, ClapArgs)]
pub struct ImpactArgs {
    /// The policy as it was: a file, or one of a git revision such as HEAD~1:policy.yaml (`-`: standard input)
    pub old: PathBuf,
    /// The policy as it is (`-`: standard input)
    pub new: PathBuf,
    /// Exit with 2 unless nothing changes
    #[arg(long)]
    pub exit_code: bool,
    /// How to print
    #[arg(long, value_enum, default_value_t)]
    pub format: Format,
    /// What a `.rules` file cannot say
    #[command(flatten)]
    pub rules: RulesArgs,
}

/// How a replay is printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, ValueEnum)]
pub enum ReplayFormat {
    /// For people
    #[default]
    Text,
    /// For programs: the sums, and the most frequent of everything
    Json,
    /// Every distinct request on a line
    Csv,
}

/// Arguments of `sekisho replay`.
#[derive(Debug, ClapArgs)]
pub struct ReplayArgs {
    /// The policy (`-`: standard input)
    #[arg(required_unless_present = "merge")]
    pub file: Option<PathBuf>,
    /// The logs: AWS Network Firewall's, Suricata's EVE, Squid's, or CSV of source and URL; also .gz and .zst (`-`: standard input)
    #[arg(required_unless_present = "merge", value_name = "LOG")]
    pub logs: Vec<PathBuf>,
    /// Compare with this policy too
    #[arg(long, value_name = "OLD")]
    pub against: Option<PathBuf>,
    /// Write what was counted to a file that `--merge` takes (`-`: standard output), instead of a report
    #[arg(long, value_name = "OUT", conflicts_with_all = ["format", "exit_code"])]
    pub partial: Option<PathBuf>,
    /// Join what `--partial` wrote for parts of the logs
    #[arg(long, value_name = "PART", num_args = 1.., conflicts_with_all = ["file", "logs", "against"])]
    pub merge: Vec<PathBuf>,
    /// Exit with 2 when a request becomes something else than in the log, or with --against than in OLD
    #[arg(long)]
    pub exit_code: bool,
    /// How many threads read; else one for each processor
    #[arg(long, value_name = "NUMBER", value_parser = clap::value_parser!(u8).range(1..=64))]
    pub threads: Option<u8>,
    /// How many of each list are printed
    #[arg(long, value_name = "NUMBER", default_value_t = 10)]
    pub top: usize,
    /// How to print
    #[arg(long, value_enum, default_value_t)]
    pub format: ReplayFormat,
    /// What a `.rules` file cannot say
    #[command(flatten)]
    pub rules: RulesArgs,
}

/// Arguments of `sekisho suggest`.
#[derive(Debug, ClapArgs)]
pub struct SuggestArgs {
    /// The policy (`-`: standard input); it is not written to
    pub file: PathBuf,
    /// The logs, as `sekisho replay` takes them
    #[arg(required = true, value_name = "LOG")]
    pub logs: Vec<PathBuf>,
    /// How many threads read; else one for each processor
    #[arg(long, value_name = "NUMBER", value_parser = clap::value_parser!(u8).range(1..=64))]
    pub threads: Option<u8>,
    /// What a `.rules` file cannot say
    #[command(flatten)]
    pub rules: RulesArgs,
}

/// Arguments of `sekisho explain`.
#[derive(Debug, ClapArgs)]
pub struct ExplainArgs {
    /// The code of a finding, `findings`, `rule`, `keywords` or `exit-codes`
    pub topic: String,
    /// The rule to explain, in quotes
    #[arg(allow_hyphen_values = true)]
    pub text: Option<String>,
}

/// Arguments of `sekisho learn`.
#[derive(Debug, ClapArgs)]
pub struct LearnArgs {
    /// Print the lessons, one a line, and which are done
    #[arg(long, conflicts_with_all = ["check", "export"])]
    pub list: bool,
    /// Check lessons of your own: a folder of folders with lesson.yaml and policy.yaml
    #[arg(long, value_name = "DIR", conflicts_with = "export")]
    pub check: Option<PathBuf>,
    /// Write the lessons as a handout in Markdown, with the answers at its end
    #[arg(long, value_name = "DIR")]
    pub export: Option<PathBuf>,
    /// Print so many questions of the quiz, the answers at the end
    #[arg(long, value_name = "NUMBER", conflicts_with_all = ["list", "check", "export"])]
    pub quiz: Option<u64>,
    /// Where the quiz begins: the same seed gives a class the same questions
    #[arg(long, value_name = "NUMBER", default_value_t = 1)]
    pub seed: u64,
    /// How hard the questions are, from 1 to 3
    #[arg(long, value_name = "LEVEL", default_value_t = 1, value_parser = clap::value_parser!(u8).range(1..=3))]
    pub difficulty: u8,
    /// Write over a handout that is there
    #[arg(long, requires = "export")]
    pub force: bool,
}

impl LearnArgs {
    /// Whether lessons are to be done on the screen.
    #[must_use]
    pub const fn on_screen(&self) -> bool {
        !self.list && self.check.is_none() && self.export.is_none() && self.quiz.is_none()
    }
}

/// Arguments of `sekisho check`.
#[derive(Debug, ClapArgs)]
pub struct CheckArgs {
    /// The policies (`-`: standard input)
    #[arg(required = true)]
    pub files: Vec<PathBuf>,
    /// How to print
    #[arg(long, value_enum, default_value_t)]
    pub format: CheckFormat,
    /// Tell too which rows overlap and act differently, so that their order decides
    #[arg(long)]
    pub overlaps: bool,
    /// What a `.rules` file cannot say
    #[command(flatten)]
    pub rules: RulesArgs,
}

/// Arguments of `sekisho compile`.
#[derive(Debug, ClapArgs)]
pub struct CompileArgs {
    /// The policy (`-`: standard input)
    pub file: PathBuf,
    /// What a `.rules` file cannot say
    #[command(flatten)]
    pub rules: RulesArgs,
}

/// A policy to begin with.
#[derive(Debug, ClapArgs)]
pub struct NewArgs {
    /// The file, which is not there yet
    pub file: PathBuf,
}

/// Arguments of `sekisho import`.
#[derive(Debug, ClapArgs)]
pub struct ImportArgs {
    /// Files or folders: answers and requests of AWS Network Firewall, CloudFormation templates, Terraform and `.rules` files; or one configuration of Squid (`-`: standard input)
    #[arg(required = true, value_name = "PATH")]
    pub files: Vec<PathBuf>,
    /// Where to write the policy; without it, to standard output
    #[arg(short, long, value_name = "FILE")]
    pub out: Option<PathBuf>,
    /// Write over a file that is there
    #[arg(long, requires = "out")]
    pub force: bool,
    /// Which firewall policy to take, by name, where there are several
    #[arg(long, value_name = "NAME")]
    pub policy: Option<String>,
    /// A parameter of a template, or a variable of Terraform (may be repeated)
    #[arg(long, value_name = "NAME=VALUE", value_parser = variable)]
    pub set: Vec<(String, String)>,
    /// Make a row and a list of each domain list, not the rules that AWS makes of it
    #[arg(long)]
    pub lists_as_rows: bool,
    /// Make a domain list of this name: the files have names one a line, as hosts files do, or in a column
    #[arg(long, value_name = "NAME", conflicts_with_all = ["policy", "set", "lists_as_rows"])]
    pub list: Option<String>,
    /// Put the list into this policy, which keeps everything else as it is
    #[arg(long, value_name = "POLICY", requires = "list", conflicts_with = "out")]
    pub into: Option<PathBuf>,
    /// How to print what was taken over and what was not
    #[arg(long, value_enum, default_value_t)]
    pub format: Format,
    /// What a `.rules` file cannot say
    #[command(flatten)]
    pub rules: RulesArgs,
}

/// What a policy is exported to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum ExportFormat {
    /// Requests to the API of AWS Network Firewall, one a file
    Aws,
    /// A CloudFormation template, YAML
    Cloudformation,
    /// A CloudFormation template, JSON
    CloudformationJson,
    /// Resources for Terraform
    Terraform,
    /// Rules for Suricata
    Rules,
}

/// Arguments of `sekisho export`.
#[derive(Debug, ClapArgs)]
pub struct ExportArgs {
    /// The policy (`-`: standard input)
    pub file: PathBuf,
    /// What to write
    #[arg(long, value_enum)]
    pub to: ExportFormat,
    /// Where to write it: a folder for requests, else a file; without it, to standard output
    #[arg(long, value_name = "PATH")]
    pub out: Option<PathBuf>,
    /// Write over files that are there
    #[arg(long, requires = "out")]
    pub force: bool,
    /// For requests: what is deployed, as `describe-rule-group` and `describe-firewall-policy` print it (files or folders)
    #[arg(long, value_name = "PATH")]
    pub current: Vec<PathBuf>,
    /// For requests: the region of the rule groups
    #[arg(long, value_name = "REGION")]
    pub region: Option<String>,
    /// For requests: the account of the rule groups
    #[arg(long, value_name = "NUMBER")]
    pub account: Option<String>,
    /// For requests: the firewall whose alert log is switched on
    #[arg(long, value_name = "ARN", requires = "log_group")]
    pub firewall: Option<String>,
    /// For requests: the CloudWatch log group it goes to
    #[arg(long, value_name = "NAME", requires = "firewall")]
    pub log_group: Option<String>,
    /// What a `.rules` file cannot say
    #[command(flatten)]
    pub rules: RulesArgs,
}

/// Arguments of `sekisho verify`.
#[derive(Debug, ClapArgs)]
pub struct VerifyArgs {
    /// The policy whose cases are asked (`-`: standard input)
    #[arg(required_unless_present = "random_policies", conflicts_with = "random_policies")]
    pub file: Option<PathBuf>,
    /// Ask so many random requests near the edges of the rules instead of the cases
    #[arg(long, value_name = "NUMBER")]
    pub random: Option<usize>,
    /// Make up so many policies and ask random requests of each
    #[arg(long, value_name = "NUMBER")]
    pub random_policies: Option<u64>,
    /// Where random requests and policies begin: the same seed gives the same ones
    #[arg(long, value_name = "NUMBER", default_value_t = 1)]
    pub seed: u64,
    /// Compare too which rules match where it makes no difference (strict order only)
    #[arg(long)]
    pub every_match: bool,
    /// Leave capture, rules, configuration and the engine's events in a folder
    #[arg(long, value_name = "DIR", conflicts_with = "random_policies")]
    pub keep: Option<PathBuf>,
    /// The engine to ask, if it is not the `suricata` of the search path
    #[arg(long, value_name = "PATH")]
    pub engine: Option<PathBuf>,
    /// How long the engine may run before it is killed
    #[arg(long, value_name = "SECONDS")]
    pub time_limit: Option<u64>,
    /// How to print
    #[arg(long, value_enum, default_value_t)]
    pub format: Format,
    /// What a `.rules` file cannot say
    #[command(flatten)]
    pub rules: RulesArgs,
}

/// Arguments of `sekisho conformance`.
#[derive(Debug, ClapArgs)]
pub struct ConformanceArgs {
    /// The recordings, a policy or a rule a line (`-`: standard input)
    #[arg(required = true, value_name = "FILE.jsonl")]
    pub files: Vec<PathBuf>,
    /// Name the flows that cannot be told, and because of which rules
    #[arg(long)]
    pub open: bool,
    /// How to print
    #[arg(long, value_enum, default_value_t)]
    pub format: Format,
}
