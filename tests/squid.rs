//! Squid's access rules as a policy: the same requests through a real Squid on the loopback, and through what was imported.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test may fail anywhere")]

use std::fs;
use std::io::{Read as _, Write as _};
use std::net::{IpAddr, Ipv4Addr, SocketAddr, TcpListener, TcpStream};
use std::os::unix::fs::PermissionsExt as _;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use sekisho::analysis::evaluator;
use sekisho::compile::compile;
use sekisho::diagnostic::render;
use sekisho::eval::{Evaluator, Experience};
use sekisho::interop::{ImportFile, ImportReport, Imported, SquidOptions, import_squid};
use sekisho::messages::Lang;
use sekisho::net::Request;
use sekisho::policy::Document;
use sekisho::workbench::beside;

const HOSTS: [&str; 18] = [
    "api.bank.example",
    "www.bank.example",
    "files.bank.example",
    "x.files.bank.example",
    "updates.example",
    "old.updates.example",
    "mirror.example",
    "a.mirror.example",
    "vendor.example",
    "www.vendor.example",
    "cdn.vendor.example",
    "beta.vendor.example",
    "shop12.example",
    "shop.example",
    "a.market.example",
    "market.example",
    "intranet.example",
    "lab.example",
];

const CLIENTS: [&str; 8] = [
    "127.10.1.2",
    "127.11.0.1",
    "127.20.0.7",
    "127.21.0.1",
    "127.21.0.9",
    "127.21.0.10",
    "127.30.9.9",
    "127.40.0.1",
];

const URLS: [&str; 9] = [
    "https://HOST",
    "https://HOST:8443",
    "https://HOST:22",
    "http://HOST",
    "http://HOST/reports/2026",
    "http://HOST:8080/reports/2026",
    "http://HOST/report",
    "http://HOST:8081",
    "http://HOST:443",
];

/// Where a name is: the laboratory has a network of its own.
fn address(host: &str) -> IpAddr {
    match host {
        "lab.example" | "shop.example" => Ipv4Addr::new(127, 77, 0, 5).into(),
        _ => Ipv4Addr::new(127, 88, 0, 5).into(),
    }
}

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/squid")
}

fn imported(text: &str) -> (Imported, Vec<ImportFile>) {
    let options =
        SquidOptions { name: "egress".to_owned(), home_net: vec!["127.0.0.0/8".to_owned()] };
    import_squid(
        ImportFile::new(folder().join("squid.conf").display().to_string(), text.as_bytes()),
        &options,
        &mut beside(&folder()),
    )
}

fn evaluator_of(policy: &str) -> Evaluator {
    let document = Document::read(policy.to_owned()).unwrap_or_else(|e| panic!("{e:?}\n{policy}"));
    let compiled = compile(document.policy());
    let errors: Vec<_> = compiled.diagnostics.iter().filter(|d| d.is_error()).collect();
    assert!(errors.is_empty(), "{errors:?}\n{policy}");
    evaluator(&compiled)
}

/// What there is to say about an import, as people read it.
fn said(imported: &Imported, files: &[ImportFile]) -> String {
    let mut said = String::new();
    for problem in &imported.report.problems {
        let file = problem.file.and_then(|file| files.get(file));
        let (name, text) = file.map_or(("", ""), |file| (&file.name, &file.text));
        let name =
            Path::new(name).file_name().map_or_else(String::new, |n| n.to_string_lossy().into());
        said += &render(&problem.diagnostic, &name, text, Lang::English, false);
        said += "\n\n";
    }
    said + &format!(
        "{} of {}, {:?}\n",
        imported.report.imported, imported.report.rules, imported.report.more
    )
}

#[test]
fn configuration_becomes_a_policy_and_what_is_lost_is_listed() {
    let text = fs::read_to_string(folder().join("squid.conf")).unwrap();
    let (imported, files) = imported(&text);
    insta::assert_snapshot!("policy", imported.policy.as_deref().unwrap());
    insta::assert_snapshot!("report", said(&imported, &files));
}

/// A Squid of its own on the loopback, ended with the test.
struct Squid {
    child: Child,
    port: u16,
    folder: tempfile::TempDir,
}

impl Drop for Squid {
    fn drop(&mut self) {
        drop(self.child.kill());
        drop(self.child.wait());
    }
}

/// Whether Squid is here; where it is required and is not, the test fails.
#[allow(clippy::print_stdout, reason = "a test says what it skips")]
fn is_here() -> bool {
    let here = ["squid", "/usr/sbin/squid"]
        .iter()
        .any(|squid| Command::new(squid).arg("-v").output().is_ok());
    assert!(
        here || std::env::var_os("SEKISHO_REQUIRE_SQUID").is_none(),
        "squid is required here and is not installed"
    );
    if !here {
        println!("skipped: squid is not installed");
    }
    here
}

impl Squid {
    fn start(access: &str) -> Self {
        let folder = tempfile::tempdir().unwrap();
        // Squid works as a user of its own.
        fs::set_permissions(folder.path(), fs::Permissions::from_mode(0o777)).unwrap();
        let port = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
        let hosts: Vec<String> =
            HOSTS.iter().map(|host| format!("{} {host}\n", address(host))).collect();
        let at = |name: &str| folder.path().join(name).display().to_string();
        fs::write(at("hosts"), hosts.concat()).unwrap();
        let own = format!(
            "http_port 0.0.0.0:{port}\nhosts_file {}\npid_filename {}\ncache_log {}\naccess_log none\ncache deny all\n\
             coredump_dir {}\ndns_nameservers 127.0.0.1\nconnect_timeout 2 seconds\nconnect_retries 0\nshutdown_lifetime 0 seconds\nworkers 1\n",
            at("hosts"),
            at("pid"),
            at("cache.log"),
            folder.path().display(),
        );
        fs::write(at("squid.conf"), format!("{own}{access}")).unwrap();
        let squid = if Path::new("/usr/sbin/squid").exists() { "/usr/sbin/squid" } else { "squid" };
        let child = Command::new(squid)
            .args(["-N", "-f", &at("squid.conf")])
            .current_dir(self::folder())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let squid = Self { child, port, folder };
        let begun = Instant::now();
        while TcpStream::connect(("127.0.0.1", port)).is_err() {
            let log = fs::read_to_string(squid.folder.path().join("cache.log")).unwrap_or_default();
            assert!(begun.elapsed() < Duration::from_secs(30), "squid does not listen:\n{log}");
            std::thread::sleep(Duration::from_millis(50));
        }
        squid
    }

    /// Whether it lets `client` have `url`: it answers 403 where not, and an error of the connection, since nobody listens
    /// there, where it does.
    fn allows(&self, client: &str, url: &str) -> bool {
        let (scheme, rest) = url.split_once("://").unwrap();
        let (authority, _) = rest.split_once('/').unwrap_or((rest, ""));
        let head = match scheme {
            "https" => {
                let target = if authority.contains(':') {
                    authority.to_owned()
                } else {
                    format!("{authority}:443")
                };
                format!("CONNECT {target} HTTP/1.1\r\nHost: {target}\r\n\r\n")
            }
            _ => format!("GET {url} HTTP/1.1\r\nHost: {authority}\r\nConnection: close\r\n\r\n"),
        };
        // From another address of the loopback, as another client.
        let mut stream = connect_from(client.parse().unwrap(), self.port);
        stream.set_read_timeout(Some(Duration::from_secs(20))).unwrap();
        stream.write_all(head.as_bytes()).unwrap();
        let mut answer = [0; 64];
        let read = stream.read(&mut answer).unwrap();
        let answer = String::from_utf8_lossy(&answer[..read]).into_owned();
        let status = answer.split(' ').nth(1).unwrap_or_default();
        assert!(matches!(status, "403" | "200" | "502" | "503" | "504"), "{url}: {answer}");
        status != "403"
    }
}

fn connect_from(client: Ipv4Addr, port: u16) -> TcpStream {
    let socket = socket2::Socket::new(socket2::Domain::IPV4, socket2::Type::STREAM, None).unwrap();
    socket.bind(&SocketAddr::from((client, 0)).into()).unwrap();
    socket.connect(&SocketAddr::from(([127, 0, 0, 1], port)).into()).unwrap();
    socket.into()
}

/// Without the lines that the import lists as lost: both then mean the same.
fn without_losses(text: &str, report: &ImportReport) -> String {
    let lost = report.problems.iter().filter(|problem| problem.diagnostic.code == "squid-line");
    let lost: Vec<usize> =
        lost.map(|problem| problem.diagnostic.place.as_ref().unwrap().line).collect();
    assert_eq!(lost.len(), 2, "{report:?}");
    let lines = text.lines().enumerate().filter(|(at, _)| !lost.contains(&(at + 1)));
    lines.map(|(_, line)| format!("{line}\n")).collect()
}

#[test]
fn squid_and_the_imported_policy_agree_about_every_request() {
    if !is_here() {
        return;
    }
    let text = fs::read_to_string(folder().join("squid.conf")).unwrap();
    let (Imported { policy, report }, _) = imported(&text);
    let policy = policy.unwrap();
    let evaluator = evaluator_of(&policy);
    let squid = Squid::start(&without_losses(&text, &report));
    let (mut allowed, mut denied) = (0, 0);
    for host in HOSTS {
        for client in CLIENTS {
            for url in URLS {
                let url = url.replace("HOST", host);
                let request =
                    Request::parse(client, &url, Some(&address(host).to_string())).unwrap();
                let (verdict, experience) = evaluator.verdict(&request.flow(address(host)));
                let says = squid.allows(client, &url);
                // Squid looks at each request of a connection, a firewall at what it passes only once.
                let gets = matches!(experience, Experience::Works | Experience::HalfWorks);
                assert_eq!(gets, says, "{client} {url}: {verdict:?} {experience:?}\n{policy}");
                *(if says { &mut allowed } else { &mut denied }) += 1;
            }
        }
    }
    assert!(allowed > 100 && denied > 100, "{allowed} {denied}");
}

#[test]
fn networks_that_are_none_are_said_and_do_not_hide_what_is_assumed() {
    let of = |nets: &[&str]| {
        let home_net = nets.iter().map(|net| (*net).to_owned()).collect();
        let options = SquidOptions { home_net, ..SquidOptions::default() };
        let main = ImportFile::new("squid.conf", b"http_access deny all\n");
        let made = import_squid(main, &options, &mut beside(&folder())).0;
        let codes: Vec<_> = made.report.problems.iter().map(|p| p.diagnostic.code).collect();
        (codes, made.policy.unwrap())
    };
    let (codes, policy) = of(&["10.0.0.0/33", "[10.0.0.0/8]"]);
    assert_eq!(codes, ["bad-set", "bad-set", "squid-home-net"]);
    assert!(policy.contains("home_net: [10.0.0.0/8, 172.16.0.0/12, 192.168.0.0/16]\n"), "{policy}");
    let (codes, policy) = of(&["10.0.0.0/33", "192.0.2.0/24"]);
    assert_eq!(codes, ["bad-set"]);
    assert!(policy.contains("home_net: [192.0.2.0/24]\n"), "{policy}");
}

#[test]
fn list_of_clients_that_a_line_asks_twice_keeps_its_name() {
    let options = SquidOptions::default();
    let of = |line: &str| {
        let text = format!(
            "acl staff src 10.1.0.0/16\nacl some src 10.1.2.0/24\n{line}\nhttp_access deny all\n"
        );
        let main = ImportFile::new("squid.conf", text.as_bytes());
        import_squid(main, &options, &mut beside(&folder())).0.policy.unwrap()
    };
    let twice = of("http_access allow staff staff");
    assert!(twice.contains("from: staff,"), "{twice}");
    let both = of("http_access allow staff some");
    assert!(both.contains("from: [10.1.2.0/24],"), "{both}");
}

#[test]
fn folder_of_a_configuration_may_have_any_name() {
    let above = tempfile::tempdir().unwrap();
    let folder = above.path().join("d[1]*?");
    fs::create_dir(&folder).unwrap();
    for name in ["one.acl", "two.acl"] {
        fs::write(folder.join(name), format!("{name}.example\n")).unwrap();
    }
    let mut beside = beside(&folder);
    assert_eq!(beside("one.acl").unwrap().len(), 1);
    assert_eq!(beside("/etc/squid/two.acl").unwrap().len(), 1);
    assert_eq!(beside("*.acl").unwrap().len(), 2, "what is written is a pattern");
}

#[test]
fn broken_configurations_are_used_as_far_as_they_go() {
    let cases = [
        ("acl a src\nhttp_access allow a", 0, false),
        ("http_access\nhttp_access maybe all\nhttp_access allow nobody", 0, true),
        ("include squid.conf\nhttp_access deny all", 0, true),
        ("acl a dstdomain \"nowhere\"\nhttp_access allow !a\nhttp_access deny all", 0, true),
        (
            "acl a dstdomain *.x.example 10.0.0.1 ok.example\nacl a src 10.0.0.1\nhttp_access allow a",
            1,
            true,
        ),
        ("acl a port 99999 80-70 x 80\nhttp_access allow a", 1, true),
        ("acl \u{1b}[31m src 10.0.0.0/8\nhttp_access allow \u{1b}[31m\0", 0, true),
    ];
    for (text, rows, losses) in cases {
        let (imported, files) = imported(text);
        let policy = imported.policy.as_deref().unwrap_or_else(|| panic!("{text}"));
        let passes = Document::read(policy.to_owned()).unwrap();
        let rules = &passes.policy().rule_groups[0].rules;
        let on = rules.iter().filter(|rule| rule.enabled).count();
        assert_eq!(on, rows, "{text}\n{policy}\n{}", said(&imported, &files));
        assert_eq!(imported.report.has_losses(), losses, "{text}");
    }
    assert!(imported("acl a src 10.0.0.0/8\n").0.policy.is_none());
}

/// What the policy that is made of a configuration, which says nothing of where clients are, does with requests.
fn gets(text: &str, requests: &[(&str, &str)]) -> Vec<bool> {
    let main = ImportFile::new("squid.conf", text.as_bytes());
    let made = import_squid(main, &SquidOptions::default(), &mut beside(&folder())).0;
    let evaluator = evaluator_of(&made.policy.unwrap_or_else(|| panic!("{text}")));
    let gets = |(client, url): &(&str, &str)| {
        let request = Request::parse(client, url, Some("198.51.100.7")).unwrap();
        let experience = evaluator.verdict(&request.flow(request.dst.unwrap())).1;
        matches!(experience, Experience::Works | Experience::HalfWorks)
    };
    requests.iter().map(gets).collect()
}

#[test]
fn what_is_not_said_is_not_taken_for_less() {
    let site = "https://a.example";
    // Clients are not only where a line denies them.
    let guests = "acl guests src 192.168.5.0/24\nhttp_access deny guests\nhttp_access allow all";
    assert_eq!(gets(guests, &[("10.1.1.1", site), ("192.168.5.9", site)]), [true, false]);
    let staff = "acl staff src 10.0.0.0/8\nhttp_access deny !staff\nhttp_access allow all";
    assert_eq!(gets(staff, &[("10.1.1.1", site), ("192.168.5.9", site)]), [true, false]);
    // Networks of both families load.
    let local = "http_access deny to_localhost\nhttp_access allow all";
    assert_eq!(gets(local, &[("10.1.1.1", site)]), [true]);
    // An address of one's own beside that of the proxy is one of a client.
    let own = "acl localhost src 10.0.0.5\nhttp_access deny localhost\nhttp_access allow all";
    assert_eq!(gets(own, &[("10.0.0.5", site), ("10.0.0.6", site)]), [false, true]);
    // A URL is one of port 80.
    let url = "acl u url_regex ^http://a\\.example/x\nacl p port 8080\nhttp_access allow u p\nhttp_access deny all";
    assert_eq!(gets(url, &[("10.1.1.1", "http://a.example/x")]), [false]);
    // A deny that lost one of its names is lost, and stands there switched off.
    let broken = "acl n dstdomain 10.0.0.1 bad.example\nhttp_access deny n\nhttp_access allow all";
    let (made, files) = imported(broken);
    assert!(made.policy.unwrap().contains("enabled: false"), "{}", files[0].text);
    assert!(made.report.has_losses() && made.report.imported == 1);
    // What an unknown condition guards is not used.
    let open = "if ${process_number} = 1\nhttp_access allow all\nendif\nhttp_access deny all";
    assert_eq!(gets(open, &[("10.1.1.1", site)]), [false]);
    assert!(imported(open).0.report.has_losses());
}

mod fuzz {
    use proptest::prelude::*;

    use super::*;

    fn piece() -> impl Strategy<Value = String> {
        prop_oneof![
            proptest::sample::select(vec![
                "acl ",
                "http_access ",
                "allow ",
                "deny ",
                "a ",
                "!a ",
                "b ",
                "!b ",
                "all ",
                "!all ",
                "src ",
                "dst ",
                "dstdomain ",
                "port ",
                "url_regex ",
                "dstdom_regex ",
                "method ",
                "-i ",
                "\n",
                "\\\n",
                "#",
                "\"",
                "10.0.0.0/8 ",
                ".x.example ",
                "y.x.example ",
                "443 ",
                "CONNECT ",
                "include ",
                "squid.conf ",
                "\"shared-names\" ",
            ])
            .prop_map(str::to_owned),
            any::<String>(),
        ]
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn any_text_becomes_a_policy_that_loads_or_nothing(pieces in proptest::collection::vec(piece(), 0..60)) {
            let text = pieces.concat();
            if let Some(policy) = imported(&text).0.policy {
                prop_assert!(Document::read(policy.clone()).is_ok(), "{text:?}\n{policy}");
            }
        }
    }
}
