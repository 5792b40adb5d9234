//! Which steps of an exercise are done, from what somebody did since it began.

use std::collections::BTreeMap;

use praja_kernel::{Date, Moment};
use praja_module::training::{Evidence, Scenario};

/// An act of the audit trail, as far as an exercise asks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Act {
    pub(super) pada: Moment,
    pub(super) tindakan: String,
    pub(super) nilai: BTreeMap<String, String>,
}

/// What stands for the words in braces.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Words {
    pub(super) hari_ini: Date,
    pub(super) kemarin: Date,
    pub(super) kode: String,
}

impl Words {
    /// The text with its words in braces replaced; dates as machines write them.
    pub(super) fn fill(&self, text: &str) -> String {
        text.replace("{hari_ini}", &self.hari_ini.to_string())
            .replace("{kemarin}", &self.kemarin.to_string())
            .replace("{kode}", &self.kode)
    }
}

/// When each of the first steps was done; as many as were done. `acts` are in the order of time. Steps are done in order, and one act proves
/// one step: an exercise that asks for the same act twice wants it twice.
pub(super) fn done(scenario: &Scenario, words: &Words, acts: &[Act]) -> Vec<Moment> {
    let mut acts = acts.iter();
    let proof = |evidence: &Evidence, acts: &mut std::slice::Iter<'_, Act>| {
        acts.find(|act| {
            act.tindakan == evidence.tindakan
                && evidence
                    .nilai
                    .iter()
                    .all(|(field, value)| act.nilai.get(field).is_some_and(|noted| *noted == words.fill(value)))
        })
        .map(|act| act.pada)
    };
    scenario.langkah.iter().map_while(|step| proof(&step.bukti, &mut acts)).collect()
}
