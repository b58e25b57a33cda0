use super::*;
use crate::net::{IpSet, PortSet, Request, parse_cidr, wire};

fn set(text: &str) -> Option<IpSet> {
    Some(text.split(' ').map(|cidr| parse_cidr(cidr).unwrap()).collect())
}

fn ports(low: u16, high: u16) -> Option<PortSet> {
    Some(PortSet::from_ranges(vec![(low, high)]))
}

fn tcp(flags: u8) -> Header {
    Header {
        src: "10.1.2.3".parse().unwrap(),
        dst: "203.0.113.5".parse().unwrap(),
        protocol: 6,
        ports: Some((40_000, 443)),
        flags: Some(flags),
    }
}

fn asked(rule: &StatelessRule, packet: &Header) -> bool {
    matches(rule, packet)
}

fn rules(rules: Vec<StatelessRule>) -> StatelessRules {
    StatelessRules { rules, ..StatelessRules::default() }
}

fn test(flags: u8, masks: u8) -> StatelessRule {
    StatelessRule {
        protocols: vec![6],
        tcp_flags: vec![FlagTest { flags, masks }],
        action: StatelessAction::Drop,
        ..StatelessRule::default()
    }
}

#[test]
fn rule_without_conditions_matches_everything() {
    let rule = StatelessRule::default();
    let ping = Header { protocol: 1, ports: None, flags: None, ..tcp(0) };
    assert!(asked(&rule, &tcp(2)) && asked(&rule, &ping));
}

#[test]
fn each_condition_must_hold() {
    let full = StatelessRule {
        sources: set("10.1.0.0/16 10.9.0.0/16"),
        destinations: set("203.0.113.0/24"),
        protocols: vec![17, 6],
        source_ports: ports(1024, 65_535),
        destination_ports: ports(440, 443),
        ..StatelessRule::default()
    };
    assert!(asked(&full, &tcp(2)));
    let elsewhere = |change: fn(&mut Header)| {
        let mut packet = tcp(2);
        change(&mut packet);
        packet
    };
    for packet in [
        elsewhere(|p| p.src = "10.2.0.1".parse().unwrap()),
        elsewhere(|p| p.dst = "203.0.114.0".parse().unwrap()),
        elsewhere(|p| p.protocol = 132),
        elsewhere(|p| p.ports = Some((1023, 443))),
        elsewhere(|p| p.ports = Some((1024, 444))),
        tcp(2).answered(18),
    ] {
        assert!(!asked(&full, &packet), "{packet:?}");
    }
}

#[test]
fn networks_of_one_family_hold_no_address_of_the_other() {
    let v6 = Header {
        src: "2001:db8::1".parse().unwrap(),
        dst: "2001:db8:ffff::1".parse().unwrap(),
        ..tcp(2)
    };
    let of = |cidr| StatelessRule { sources: set(cidr), ..StatelessRule::default() };
    assert!(asked(&of("2001:db8::/48"), &v6) && !asked(&of("0.0.0.0/0"), &v6));
    assert!(!asked(&of("::/0"), &tcp(2)) && asked(&of("::/0"), &v6));
}

#[test]
fn of_the_masked_flags_exactly_those_wanted_are_set() {
    const SYN: u8 = 2;
    const ACK: u8 = 16;
    let first = test(SYN, SYN | ACK);
    assert!(asked(&first, &tcp(SYN)) && asked(&first, &tcp(SYN | 1)));
    assert!(!asked(&first, &tcp(SYN | ACK)) && !asked(&first, &tcp(ACK)));
    let alone = test(SYN, 255);
    assert!(asked(&alone, &tcp(SYN)) && !asked(&alone, &tcp(SYN | 64)));
    let none = test(0, SYN | ACK);
    assert!(asked(&none, &tcp(1)) && !asked(&none, &tcp(ACK)));
}

#[test]
fn one_of_several_flag_tests_is_enough() {
    let mut either = test(2, 2);
    either.tcp_flags.push(FlagTest { flags: 1, masks: 1 });
    assert!(asked(&either, &tcp(2)) && asked(&either, &tcp(17)) && !asked(&either, &tcp(16)));
}

#[test]
fn first_rule_that_matches_decides_or_else_the_default() {
    let step = |rules: &StatelessRules, packet| stateless_step(rules, &packet);
    let pass = StatelessRule { protocols: vec![17], action: StatelessAction::Pass, ..test(0, 0) };
    let pass = StatelessRule { tcp_flags: Vec::new(), ..pass };
    let all = rules(vec![pass, test(2, 18), test(2, 2)]);
    let found = step(&all, tcp(2));
    assert_eq!((found.action, found.by), (StatelessAction::Drop, Some(1)));
    assert_eq!(step(&all, tcp(18)).by, Some(2));
    assert_eq!(step(&all, tcp(16)), StatelessStep::default());
}

#[test]
fn packets_of_a_flow_have_the_headers_of_their_direction() {
    let request = Request::parse("10.1.2.3", "https://a.example", Some("203.0.113.5")).unwrap();
    let flow = request.flow("203.0.113.5".parse().unwrap());
    let packets = wire(&flow);
    assert_eq!(Header::of(&flow, &packets[0]), tcp(2));
    assert_eq!(Header::of(&flow, &packets[1]), tcp(2).answered(18));
    for (from, to, number) in [("10.1.2.3", "203.0.113.5", 1), ("2001:db8::1", "2001:db8::2", 58)] {
        let request = Request::parse(from, "icmp://a.example", Some(to)).unwrap();
        let flow = request.flow(to.parse().unwrap());
        let header = Header::of(&flow, &wire(&flow)[0]);
        assert_eq!((header.protocol, header.ports, header.flags), (number, None, None));
    }
}

#[test]
fn answer_that_hangs_on_flags_clients_set_differently_is_not_certain() {
    // PSH, ECN in the handshake; what looks at neither is certain.
    assert!(!is_certain(&rules(vec![test(8, 8)]), &tcp(24)));
    assert!(!is_certain(&rules(vec![test(2, 255)]), &tcp(2)));
    assert!(!is_certain(&rules(vec![test(18, 64 | 18)]), &tcp(18)));
    assert!(is_certain(&rules(vec![test(2, 18)]), &tcp(2)));
    assert!(is_certain(&rules(vec![test(16, 16)]), &tcp(24)));
    assert!(!is_certain(&rules(vec![test(8, 8)]), &tcp(16)));
}
