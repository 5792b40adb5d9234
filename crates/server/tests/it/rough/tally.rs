//! What was seen, what was done, and what was wrong with it.

use std::{
    collections::{BTreeMap, BTreeSet},
    rc::Rc,
    time::Duration,
};

use praja_module::Route;
use praja_testkit::{Memory, Remembered};

use super::{form::Form, route_of};
use crate::somebody::Somebody;

/// Where a form was seen: by whom, on which page.
#[derive(Clone)]
pub struct Place<'a> {
    pub who: String,
    pub page: String,
    /// Somebody in the middle of something that only this browser remembers, with the form as it was shown.
    pub amid: Option<(Somebody<'a>, Form)>,
    /// How the regency was when it was seen.
    pub world: Option<Rc<Remembered>>,
}

/// A form with everywhere it was seen.
#[derive(Clone)]
pub struct Target<'a> {
    pub route: &'static Route,
    pub form: Form,
    pub places: Vec<Place<'a>>,
    pub tried: bool,
}

/// What was done, and what was wrong with it.
pub struct Tally<'a> {
    pub routes: Vec<&'static Route>,
    pub memory: Memory<'a>,
    /// How the regency is now, as long as nobody has changed it.
    pub world: Option<Rc<Remembered>>,
    pub pages: usize,
    pub fields: usize,
    pub requests: usize,
    pub accepted: usize,
    pub targets: Vec<Target<'a>>,
    /// Fields that were tried, by address: the same name sent to the same address is read by the same lines, whatever stands beside it.
    known: BTreeSet<(&'static str, String)>,
    /// How long each address took.
    pub took: BTreeMap<&'static str, Duration>,
    /// Forms that an act used up: tried on in the regency as it was before.
    pub used_up: BTreeSet<String>,
    /// Forms that were seen and never came back.
    pub lost: BTreeSet<String>,
    /// What is wrong, with the first example and how often.
    pub wrong: BTreeMap<String, (String, usize)>,
}

impl<'a> Tally<'a> {
    pub fn new(routes: Vec<&'static Route>, memory: Memory<'a>) -> Self {
        Self {
            routes,
            memory,
            world: None,
            pages: 0,
            fields: 0,
            requests: 0,
            accepted: 0,
            targets: Vec::new(),
            known: BTreeSet::new(),
            took: BTreeMap::new(),
            used_up: BTreeSet::new(),
            lost: BTreeSet::new(),
            wrong: BTreeMap::new(),
        }
    }

    pub fn wrong(&mut self, what: String, example: impl FnOnce() -> String) {
        self.wrong.entry(what).or_insert_with(|| (example(), 0)).1 += 1;
    }

    /// Fields of a form that nothing was put into yet at its address; of a form that has none, its first: it is sent all the same, for what
    /// it leads to.
    pub fn new_fields(&mut self, route: &'static Route, form: &Form) -> Vec<String> {
        let names = || form.fields.iter().map(|field| field.name.clone()).filter(|name| name != "_csrf");
        let new: Vec<String> = names().filter(|name| self.known.insert((route.path, name.clone()))).collect();
        if new.is_empty() { names().take(1).collect() } else { new }
    }

    /// Remembers a form of a page.
    pub fn note(&mut self, form: Form, who: &str, page: &str, amid: Option<(Somebody<'a>, Form)>) {
        let action = if form.action.is_empty() { page } else { &form.action };
        let Some(route) = route_of(&self.routes, action, form.post) else { return };
        let shape = form.shape();
        let known = self.targets.iter().position(|known| std::ptr::eq(known.route, route) && known.form.shape() == shape);
        if known.is_some_and(|at| self.targets[at].tried || self.targets[at].places.len() >= 8) {
            return;
        }
        let place = |world| Place { who: who.to_owned(), page: page.to_owned(), amid, world };
        match known {
            Some(at) => {
                let place = place(self.world.clone());
                self.targets[at].places.push(place);
            }
            None => {
                let world = self.world.get_or_insert_with(|| Rc::new(self.memory.remember())).clone();
                self.targets.push(Target { route, form, places: vec![place(Some(world))], tried: false });
            }
        }
    }

    /// The next form nobody has tried. What ends sessions, closes or abolishes things comes last: little is left to try afterwards.
    pub fn next(&mut self) -> Option<Target<'a>> {
        let open = self.targets.iter().enumerate().filter(|(_, target)| !target.tried);
        let next = open.min_by_key(|(_, target)| (is_final(target.route.path), target.route.path)).map(|(at, _)| at)?;
        self.targets[next].tried = true;
        let target = self.targets[next].clone();
        // What was remembered for it is not needed any more.
        self.targets[next].places.iter_mut().for_each(|place| (place.world, place.amid) = (None, None));
        Some(target)
    }
}

fn is_final(path: &str) -> bool {
    const WORDS: [&str; 18] = [
        "hapus",
        "tutup",
        "berhenti",
        "gabung",
        "nonaktif",
        "keluar",
        "akhiri",
        "cabut",
        "matikan",
        "batal",
        "sandi",
        "ganti-nama",
        "selesai",
        "buang",
        "pindah",
        "slip",
        "bertindak",
        "blokir",
    ];
    WORDS.iter().any(|word| path.contains(word))
}
