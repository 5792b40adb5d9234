use serde::{Deserialize, Serialize};

use super::Admin;

/// A firewall this machine has switched on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Firewall {
    /// Ubuntu's and Debian's simple one.
    Ufw,
    /// Red Hat's and SUSE's.
    Firewalld,
}

/// An opened port.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rule {
    /// Where it was opened.
    pub alat: Firewall,
    /// The port.
    pub porta: u16,
}

impl Firewall {
    /// The one that is switched on; `None` when none is that we can speak with.
    pub fn find(system: &dyn Admin) -> Option<Self> {
        if system.has("ufw") && system.call("ufw", &["status"]).is_ok_and(|said| said.contains("Status: active")) {
            return Some(Self::Ufw);
        }
        (system.has("firewall-cmd") && system.call("firewall-cmd", &["--state"]).is_ok()).then_some(Self::Firewalld)
    }
}

impl Rule {
    /// The commands that open the port, as shown before and run after the yes.
    pub fn open(&self) -> Vec<Vec<String>> {
        self.commands("allow", "--add-port")
    }

    /// The commands that close it.
    pub fn close(&self) -> Vec<Vec<String>> {
        match self.alat {
            Firewall::Ufw => vec![words(&["ufw", "delete", "allow", &format!("{}/tcp", self.porta)])],
            Firewall::Firewalld => self.commands("", "--remove-port"),
        }
    }

    /// Is it open?
    pub fn is_open(&self, system: &dyn Admin) -> bool {
        let port = format!("{}/tcp", self.porta);
        match self.alat {
            Firewall::Ufw => system.call("ufw", &["status"]).is_ok_and(|said| {
                said.lines().any(|line| line.split_whitespace().next() == Some(port.as_str()) && line.contains("ALLOW"))
            }),
            Firewall::Firewalld => system.call("firewall-cmd", &["--permanent", &format!("--query-port={port}")]).is_ok(),
        }
    }

    fn commands(&self, ufw: &str, firewalld: &str) -> Vec<Vec<String>> {
        let port = format!("{}/tcp", self.porta);
        match self.alat {
            Firewall::Ufw => vec![words(&["ufw", ufw, &port])],
            Firewall::Firewalld => vec![
                words(&["firewall-cmd", "--permanent", &format!("{firewalld}={port}")]),
                words(&["firewall-cmd", "--reload"]),
            ],
        }
    }
}

fn words(words: &[&str]) -> Vec<String> {
    words.iter().map(ToString::to_string).collect()
}
