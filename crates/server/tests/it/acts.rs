//! What officers read in the audit trail is Indonesian: every act that the program writes down has a sentence.

use std::collections::BTreeSet;

use praja_module::Ports;

use crate::{
    source,
    tree::{packages, read},
};

/// English words that stand in the names of acts and in no sentence.
const ENGLISH: [&str; 24] = [
    "account",
    "accounts",
    "address",
    "admin",
    "anchor",
    "audit-check",
    "check",
    "code",
    "codes",
    "consent",
    "demo",
    "for",
    "link",
    "notice",
    "notices",
    "out",
    "password",
    "people",
    "recovery",
    "second",
    "session",
    "sessions",
    "step",
    "value",
];

/// Names that are no acts, with what they are.
const OTHERWISE: [(&str, &str); 2] =
    [("eoffice.surat-masuk", "a group of numbers"), ("eoffice.surat-masuk-tercatat", "an event, told in the past")];

/// Does a text look like the name of an act?
fn is_act(text: &str) -> bool {
    let Some((owner, act)) = text.split_once('.') else { return false };
    let plain = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_lowercase());
    matches!(owner, "identity" | "desk" | "eoffice" | "perizinan" | "store") && act.contains('-') && act.split('-').all(plain)
}

/// What the modules declare under such names: permissions, roles and jobs are no acts.
fn declared() -> BTreeSet<String> {
    let mut names = BTreeSet::new();
    for module in praja_server::modules() {
        names.extend(module.permissions.iter().map(|(permission, _)| permission.name().to_owned()));
        names.extend(module.roles.iter().map(|role| role.id.to_owned()));
        names.extend(module.jobs.iter().map(|job| job.kind.to_owned()));
        names.extend(module.api.iter().map(|operation| operation.cakupan.nama.to_owned()));
        names.extend(module.listens.iter().map(|event| (*event).to_owned()));
    }
    names
}

#[test]
fn every_act_on_record_reads_as_an_indonesian_sentence() {
    let mut ports = Ports::default();
    praja_server::modules().iter().filter_map(|module| module.provide).for_each(|provide| provide(&mut ports));
    let words = ports.act_words.expect("the desk knows the words");
    let declared = declared();
    let (mut acts, mut wrong) = (BTreeSet::new(), Vec::new());
    for package in packages().iter().filter(|one| one.folder != "crates/testkit") {
        for path in package.sources() {
            let source = source::parse(&read(&path));
            for literal in source.literals.iter().filter(|literal| is_act(&literal.text) && !declared.contains(&literal.text)) {
                let before = source.code[..literal.at].trim_end();
                // Who the program itself is, and what is no act.
                if before.ends_with("system(") || OTHERWISE.iter().any(|(name, _)| *name == literal.text) {
                    continue;
                }
                acts.insert(literal.text.clone());
                let sentence = words(&literal.text);
                let verb = literal.text.split(['.', '-']).nth(1).unwrap_or_default();
                let english = sentence.split(' ').any(|word| ENGLISH.contains(&word));
                if sentence.split(' ').next() == Some(verb) || english {
                    wrong.push(format!("{}:{}: {} is {sentence:?}", path.display(), literal.line, literal.text));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
    assert!(acts.len() > 120, "only {} acts were found", acts.len());
}
