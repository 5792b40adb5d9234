use serde::{Deserialize, Serialize};

use super::Admin;

/// A firewall this machine has switched on, whose rules are changed by commands that can be taken back.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Firewall {
    /// Ubuntu's and Debian's simple one.
    Ufw,
    /// Red Hat's and SUSE's.
    Firewalld,
}

/// Opened ports.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rule {
    /// Where they were opened.
    pub alat: Firewall,
    /// The ports.
    pub porta: Vec<u16>,
}

impl Firewall {
    /// The one that is switched on; `None` when none is that we can speak with.
    pub fn find(system: &dyn Admin) -> Option<Self> {
        if system.has("ufw") && system.call("ufw", &["status"]).is_ok_and(|said| said.contains("Status: active")) {
            return Some(Self::Ufw);
        }
        (system.has("firewall-cmd") && system.call("firewall-cmd", &["--state"]).is_ok()).then_some(Self::Firewalld)
    }

    /// Commands for whoever keeps rules of nftables by hand, where those turn away what is not named: we write into nobody's own rules.
    /// Empty where no such firewall is on, or the ports are open.
    pub fn by_hand(system: &dyn Admin, ports: &[u16]) -> Vec<String> {
        if Self::find(system).is_some() || !system.has("nft") {
            return Vec::new();
        }
        let Ok(rules) = system.call("nft", &["list", "ruleset"]) else { return Vec::new() };
        let Some(door) = Door::closed(&rules) else { return Vec::new() };
        let missing = ports.iter().filter(|port| !door.lets_in(**port));
        missing.map(|port| format!("nft insert rule {} {} tcp dport {port} accept", door.table, door.chain)).collect()
    }
}

impl Rule {
    /// The commands that open the ports, as shown before and run after the yes.
    pub fn open(&self) -> Vec<Vec<String>> {
        self.commands(&["allow"], "--add-port")
    }

    /// The commands that close them.
    pub fn close(&self) -> Vec<Vec<String>> {
        self.commands(&["delete", "allow"], "--remove-port")
    }

    /// Are all open?
    pub fn is_open(&self, system: &dyn Admin) -> bool {
        self.held(system).porta == self.porta
    }

    /// Those of the ports that are open.
    pub fn held(&self, system: &dyn Admin) -> Self {
        let said = if self.alat == Firewall::Ufw { system.call("ufw", &["status"]).unwrap_or_default() } else { String::new() };
        let open = |port: &u16| {
            let port = format!("{port}/tcp");
            match self.alat {
                Firewall::Ufw => {
                    said.lines().any(|line| line.split_whitespace().next() == Some(port.as_str()) && line.contains("ALLOW"))
                }
                Firewall::Firewalld => system.call("firewall-cmd", &["--permanent", &format!("--query-port={port}")]).is_ok(),
            }
        };
        Self { alat: self.alat, porta: self.porta.iter().copied().filter(open).collect() }
    }

    /// This and what the other names of the same firewall, without those in `but`.
    pub(super) fn with(&self, other: Option<&Self>, but: &Self) -> Self {
        let noted = other.filter(|other| other.alat == self.alat).map(|other| other.porta.as_slice()).unwrap_or_default();
        let missing = self.porta.iter().filter(|port| !but.porta.contains(port) && !noted.contains(port));
        Self { alat: self.alat, porta: noted.iter().chain(missing).copied().collect() }
    }

    fn commands(&self, ufw: &[&str], firewalld: &str) -> Vec<Vec<String>> {
        let ports = self.porta.iter().map(|port| format!("{port}/tcp"));
        match self.alat {
            Firewall::Ufw => ports.map(|port| words(&[&["ufw"], ufw, &[&port]].concat())).collect(),
            Firewall::Firewalld => ports
                .map(|port| words(&["firewall-cmd", "--permanent", &format!("{firewalld}={port}")]))
                .chain((!self.porta.is_empty()).then(|| words(&["firewall-cmd", "--reload"])))
                .collect(),
        }
    }
}

/// The first chain of nftables that turns away what comes in without being named.
#[derive(Debug, Default)]
struct Door {
    table: String,
    chain: String,
    accepts: Vec<String>,
}

impl Door {
    fn closed(rules: &str) -> Option<Self> {
        let (mut door, mut incoming, mut shut) = (Self::default(), false, false);
        for line in rules.lines().map(str::trim) {
            let name = |rest: &str| rest.trim_end_matches('{').trim().to_owned();
            if let Some(rest) = line.strip_prefix("table ") {
                door.table = name(rest);
            } else if let Some(rest) = line.strip_prefix("chain ") {
                (door.chain, door.accepts, incoming, shut) = (name(rest), Vec::new(), false, false);
            } else if line.starts_with("type filter hook input ") {
                (incoming, shut) = (true, line.contains("policy drop"));
            } else if incoming && line == "}" {
                if shut {
                    return Some(door);
                }
                incoming = false;
            } else if incoming && line.contains("accept") {
                door.accepts.push(line.to_owned());
            } else if incoming {
                // A last rule without a condition turns away as a policy does.
                let bare =
                    line.strip_prefix("counter ").map_or(line, |rest| rest.rsplit_once("bytes ").map_or(rest, |(_, rest)| rest));
                let act = bare.trim_start_matches(|c: char| c.is_ascii_digit() || c == ' ');
                shut = shut || act == "drop" || act.starts_with("reject");
            }
        }
        None
    }

    fn lets_in(&self, port: u16) -> bool {
        let port = port.to_string();
        let names = |line: &String| {
            let after = line.split_once("dport ").map_or("", |(_, after)| after);
            after.split(|c: char| !c.is_ascii_digit()).any(|number| number == port)
        };
        self.accepts.iter().any(names)
    }
}

fn words(words: &[&str]) -> Vec<String> {
    words.iter().map(ToString::to_string).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn door(rules: &str) -> Option<(String, String, bool)> {
        Door::closed(rules).map(|door| (door.table.clone(), door.chain.clone(), door.lets_in(443)))
    }

    #[test]
    fn rules_that_turn_away_what_is_not_named_are_seen_and_so_is_a_port_they_let_in() {
        let chain = |head: &str, rules: &str| {
            format!(
                "table inet filter {{\n\tchain input {{\n\t\t{head}\n{rules}\t}}\n\n\tchain forward {{\n\t\ttype filter hook forward priority filter; policy drop;\n\t}}\n}}\n"
            )
        };
        let drop = "type filter hook input priority filter; policy drop;";
        let accept = "type filter hook input priority filter; policy accept;";
        let found = |open| Some(("inet filter".to_owned(), "input".to_owned(), open));
        for (rules, seen) in [
            (chain(drop, "\t\tct state established,related accept\n\t\ttcp dport 22 accept\n"), found(false)),
            (chain(drop, "\t\ttcp dport { 22, 80, 443 } accept\n"), found(true)),
            (chain(drop, "\t\ttcp dport 4430 accept\n\t\tip saddr 10.4.4.3 accept\n"), found(false)),
            (chain(accept, "\t\ttcp dport 22 accept\n\t\treject\n"), found(false)),
            (chain(accept, "\t\tcounter packets 12 bytes 720 drop\n"), found(false)),
            (chain(accept, "\t\ttcp dport 25 drop\n"), None),
            (String::new(), None),
        ] {
            assert_eq!(door(&rules), seen, "{rules}");
        }
    }

    #[test]
    fn what_was_open_before_is_not_ours_and_what_we_noted_stays_so() {
        let rule = |ports: &[u16]| Rule { alat: Firewall::Ufw, porta: ports.to_vec() };
        for (noted, open, ours) in [
            (None, &[][..], &[443, 80][..]),
            (None, &[80][..], &[443][..]),
            // Killed after the first port: it is open, and ours.
            (Some(rule(&[443, 80])), &[443][..], &[443, 80][..]),
            (Some(rule(&[443])), &[443, 80][..], &[443][..]),
        ] {
            assert_eq!(rule(&[443, 80]).with(noted.as_ref(), &rule(open)), rule(ours), "{noted:?} {open:?}");
        }
    }

    #[test]
    fn each_firewall_is_spoken_to_in_its_own_words() {
        let said = |rule: Vec<Vec<String>>| rule.iter().map(|words| words.join(" ")).collect::<Vec<_>>();
        let ufw = Rule { alat: Firewall::Ufw, porta: vec![443, 80] };
        assert_eq!(said(ufw.open()), ["ufw allow 443/tcp", "ufw allow 80/tcp"]);
        assert_eq!(said(ufw.close()), ["ufw delete allow 443/tcp", "ufw delete allow 80/tcp"]);
        let firewalld = Rule { alat: Firewall::Firewalld, porta: vec![443] };
        assert_eq!(said(firewalld.open()), ["firewall-cmd --permanent --add-port=443/tcp", "firewall-cmd --reload"]);
        assert!(said(Rule { porta: Vec::new(), ..firewalld }.close()).is_empty());
    }
}
