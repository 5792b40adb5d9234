//! Rough handling: every form of every page, every field of it, filled with what nobody should be able to do harm with.
//!
//! Nothing fails, nothing is lost that was typed, nobody is told something in another language, and what is refused wrote nothing.

mod answer;
pub mod form;
mod sitting;
mod stage;
mod tally;
mod trial;
mod value;
mod without;

use std::{
    collections::{BTreeMap, BTreeSet},
    time::Instant,
};

use praja_kernel::Id;
use praja_module::{Method, Route};
use praja_testkit::{Kit, Memory, Page};

use crate::somebody::{Somebody, everybody, kit, routes};
use form::forms;
use tally::Tally;
use without::{MOMENTARY, WITHOUT_FORM};

/// Who sees most of what others wrote.
const SEES_MUCH: [&str; 6] = ["superadmin", "tata-usaha", "kadis", "auditor", "warga", "badan"];
/// After so many rounds nothing new is to be done with what the rounds before took in.
const ROUNDS: usize = 2;
/// Names a part of an address: only forms that are sent there are tried, after one of them was mended.
const ONLY: &str = "PRAJA_KASAR";
/// Who has no account.
const STRANGER: &str = "a stranger";
/// The page of all patterns: what its forms show is not for sending.
const PATTERNS: &str = "/gaya";

#[actix_web::test]
async fn no_form_can_be_broken_by_what_is_put_into_its_fields() {
    let began = Instant::now();
    let kit = kit();
    // With citizens and bodies in every state.
    kit.load_demo("identity");
    let shown = stage::set(&kit).await;
    let mut tally = Tally::new(routes(&kit), Memory::of(&kit));
    for (who, path) in shown {
        let mut one = Somebody::signed_in(&kit, who);
        let page = one.visitor.get(&path).await;
        look(&one, &path, &page, &mut tally);
    }
    walk(everybody(&kit), &handed(&kit), &mut tally).await;
    let walked = began.elapsed();
    let only = std::env::var(ONLY).ok();
    for _ in 0..ROUNDS {
        while let Some(target) = tally.next() {
            if only.as_ref().is_some_and(|only| !target.route.path.contains(only.as_str())) {
                continue;
            }
            let begun = Instant::now();
            if target.form.post {
                trial::of_form(&kit, &target, &mut tally).await;
            } else {
                trial::of_question(&kit, &target, &mut tally).await;
            }
            *tally.took.entry(target.route.path).or_default() += begun.elapsed();
        }
        // What was taken in is shown on other pages, and there is more to do with it.
        let others = SEES_MUCH.iter().filter_map(|who| Somebody::holding(&kit, who)).collect();
        walk(others, &[], &mut tally).await;
    }
    let sent = |path: &str| tally.targets.iter().any(|target| target.form.post && target.tried && target.route.path == path);
    let acts = || tally.routes.iter().filter(|route| route.method == Method::Post).map(|route| route.path);
    let unreached: BTreeSet<&str> = acts().filter(|path| !sent(path)).collect();
    println!(
        "{} pages (the first walk took {walked:.1?}), {} routes, {} forms, {} fields, {} requests, {} accepted; {:.1?}",
        tally.pages,
        tally.routes.len(),
        tally.targets.len(),
        tally.fields,
        tally.requests,
        tally.accepted,
        began.elapsed()
    );
    let mut took: Vec<_> = tally.took.iter().collect();
    took.sort_by_key(|(_, took)| std::cmp::Reverse(**took));
    println!("longest: {:.0?}", &took[..took.len().min(20)]);
    println!("{} forms used up and tried on in the regency as it was before: {:?}", tally.used_up.len(), tally.used_up);
    println!("{} acts without a form: {unreached:?}", unreached.len());
    let wrong: Vec<String> =
        tally.wrong.iter().map(|(what, (example, times))| format!("{what} ({times} times)\n    {example}")).collect();
    assert!(wrong.is_empty(), "{} kinds of defects:\n{}", wrong.len(), wrong.join("\n"));
    let lost: Vec<_> = tally.lost.iter().filter(|path| !MOMENTARY.iter().any(|(known, _)| known == path)).collect();
    assert!(lost.is_empty(), "forms that were seen and not tried to their end: {lost:#?}");
    if only.is_some() {
        return;
    }
    let unknown: Vec<_> = unreached.iter().filter(|path| !WITHOUT_FORM.iter().any(|(known, ..)| known == *path)).collect();
    assert!(unknown.is_empty(), "no form sends {unknown:?}");
    let gone: Vec<_> = WITHOUT_FORM.iter().filter(|(path, ..)| !acts().any(|known| known == *path)).collect();
    assert!(gone.is_empty(), "no such act: {gone:?}");
    let gone: Vec<_> = MOMENTARY.iter().filter(|(path, _)| !acts().any(|known| known == *path)).collect();
    assert!(gone.is_empty(), "no such act: {gone:?}");
}

/// Pages to which somebody is led by a link outside the program.
fn handed(kit: &Kit) -> Vec<String> {
    let link = kit.off(praja_identity::administrator_link).expect("a link is made");
    let path = link.split_once("://").and_then(|(_, rest)| rest.find('/').map(|at| rest[at..].to_owned()));
    path.into_iter().collect()
}

/// Everybody opens every page they may, and some of each kind that lies behind a link; every form seen is remembered.
async fn walk<'a>(everybody: Vec<Somebody<'a>>, handed: &[String], tally: &mut Tally<'a>) {
    let routes = tally.routes.clone();
    let mut opened: BTreeMap<&'static str, usize> = BTreeMap::new();
    for mut one in everybody {
        let pages = routes.iter().filter(|route| route.method == Method::Get && !route.path.contains('{'));
        let mut left: Vec<String> = pages.filter(|route| one.may(route.access)).map(|route| route.path.to_owned()).collect();
        left.extend(handed.iter().filter(|_| one.name == STRANGER).cloned());
        let mut seen: BTreeMap<&'static str, BTreeSet<String>> = BTreeMap::new();
        while let Some(path) = left.pop() {
            let page = one.visitor.get(&path).await;
            tally.pages += 1;
            look(&one, &path, &page, tally);
            for href in page.body.split("href=\"").skip(1).filter_map(|part| part.split('"').next()).map(form::plain) {
                let bare = href.split(['?', '#']).next().unwrap_or_default();
                let Some(route) = route_of(&routes, bare, false) else { continue };
                if !route.path.contains('{') && bare == href {
                    continue;
                }
                let known = seen.entry(route.path).or_default();
                let times = opened.entry(route.path).or_default();
                // Some of each kind for everybody, and one more once many have looked.
                let most = if *times < 40 { 3 } else { 2 };
                if known.len() < most && known.insert(href.clone()) {
                    *times += 1;
                    left.push(href);
                }
            }
        }
    }
}

/// What a page shows: that it is there, that nothing in it would run, and its forms.
fn look<'a>(one: &Somebody<'a>, path: &str, page: &Page, tally: &mut Tally<'a>) {
    if page.status >= 500 {
        tally.wrong(format!("GET {path} fails"), || format!("{} as {}", page.status, one.name));
    }
    if let Some(mark) = answer::harm(page) {
        tally.wrong(format!("GET {path} shows {mark} as it was typed"), || one.name.clone());
    }
    for form in forms(&page.body).into_iter().filter(|_| path != PATTERNS) {
        tally.note(form, &one.name, path, None);
    }
}

pub fn route_of(routes: &[&'static Route], action: &str, post: bool) -> Option<&'static Route> {
    let bare = action.split(['?', '#']).next().unwrap_or_default();
    let method = if post { Method::Post } else { Method::Get };
    let of_method = || routes.iter().filter(|route| route.method == method);
    of_method().find(|route| route.path == bare).or_else(|| of_method().find(|route| matches(route.path, bare))).copied()
}

/// Does an address belong to a pattern, whatever its variable parts are?
fn matches(pattern: &str, path: &str) -> bool {
    let (parts, pieces): (Vec<&str>, Vec<&str>) = (pattern.split('/').collect(), path.split('/').collect());
    parts.len() == pieces.len()
        && parts.iter().zip(&pieces).all(|(part, piece)| part == piece || (part.starts_with('{') && !piece.is_empty()))
}

/// A fresh identity for a form, the same in every run.
fn form_key(number: usize) -> String {
    let mut random = [7_u8; 10];
    random[2..].copy_from_slice(&(number as u64).to_be_bytes());
    Id::v7(1_795_312_800_000, random).to_string()
}
