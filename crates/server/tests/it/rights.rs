//! Every door, tried by everybody: strangers, citizens, bodies, and somebody of each role; and what belongs to one office, asked for by the
//! same role of another.

use std::collections::{BTreeMap, BTreeSet};

use actix_web::test::TestRequest;
use praja_module::{Access, Method, Route};
use praja_testkit::{Page, urlencode};

use crate::{
    regencies::filled,
    somebody::{Somebody, everybody, kit, routes},
};

/// An identity that nothing has.
const NOTHING: &str = "01935b6e-0000-7000-8000-000000000001";
/// Ends the sender's session, or the other sessions of the same person, who stands for another role here.
const LEAVES: [&str; 3] = ["/keluar", "/warga/tutup", "/profil/sesi/cabut-lain"];

#[actix_web::test]
async fn every_door_opens_to_whom_the_contract_says_and_to_nobody_else() {
    let kit = kit();
    let routes = routes(&kit);
    let mut wrong = Vec::new();
    let mut tried = 0_usize;
    for mut one in everybody(&kit) {
        let proof = if one.scope.is_some() { one.proof().await } else { None };
        assert!(one.scope.is_none() || proof.is_some(), "{} has a page of their own", one.name);
        for route in routes.iter().filter(|route| !LEAVES.contains(&route.path)) {
            let path = filled(route.path, NOTHING);
            let request = match route.method {
                Method::Get => TestRequest::get(),
                Method::Post => TestRequest::post()
                    .insert_header(("content-type", "application/x-www-form-urlencoded"))
                    .set_payload(urlencode(&[("_csrf", proof.as_deref().unwrap_or("x")), ("_kunci", NOTHING)])),
            };
            // Each door is tried by the same session, whatever the door before left in the browser.
            let mut visitor = match &one.cookie {
                Some(cookie) => kit.stranger().with_cookie("praja_sesi", cookie),
                None => kit.stranger(),
            };
            let Page { location, status, body, .. } = visitor.send(request.uri(&path)).await;
            tried += 1;
            let to_log_in = location.as_deref().is_some_and(|to| to == "/masuk" || to.starts_with("/masuk?"));
            let told = match (one.may(route.access), &one.scope) {
                _ if status >= 500 => Some("fails"),
                // Public forms of strangers carry no proof here: the guard sends them back.
                (true, None) if route.method == Method::Post && status == 403 => None,
                (true, Some(_)) if to_log_in && route.access != Access::Public => {
                    Some("sends somebody who is signed in to log in")
                }
                (true, _) if status == 403 && body.contains("Anda belum mempunyai hak") => Some("turns away who may enter"),
                (true, _) => None,
                (false, None) if to_log_in => None,
                (false, None) => Some("lets a stranger in"),
                // The front door leads citizens to their own page.
                (false, Some(_)) if route.path == "/" && location.as_deref() == Some("/warga") => None,
                (false, Some(_)) if status == 403 => None,
                (false, Some(_)) => Some("lets in who may not"),
            };
            if let Some(told) = told {
                wrong.push(format!("{:?} {path} {told}: {} ({})", route.method, one.name, status));
            }
        }
    }
    assert!(wrong.is_empty(), "{} of {tried}:\n{}", wrong.len(), wrong.join("\n"));
    assert!(tried > 500, "only {tried} doors were tried");
}

#[actix_web::test]
async fn an_address_asked_for_in_the_wrong_way_answers_with_a_page_of_ours() {
    let kit = kit();
    let routes = routes(&kit);
    let known = |path: &str, method: Method| routes.iter().any(|route| route.path == path && route.method == method);
    let mut tried = 0;
    for route in &routes {
        // An act loaded again as a page, and a page to which a form is sent.
        let (other, request) = match route.method {
            Method::Post => (Method::Get, TestRequest::get()),
            Method::Get => (Method::Post, TestRequest::post()),
        };
        if known(route.path, other) {
            continue;
        }
        let path = filled(route.path, NOTHING);
        let Page { status, body, .. } = kit.stranger().send(request.uri(&path)).await;
        tried += 1;
        assert!(status == 404 && body.contains("<main"), "{other:?} {path}: {status} {body}");
    }
    assert!(tried > 100, "only {tried}");
}

/// Addresses with a variable part that belong to no one office, with the reason.
const SHARED: [(&str, &str); 1] = [("/desk/instansi/{id}", "the directory of correspondents is one for the whole regency")];

/// Pages that are opened one after the other from the start page, and what they lead to.
async fn crawl(one: &mut Somebody<'_>, routes: &[&'static Route]) -> BTreeMap<&'static str, BTreeSet<String>> {
    let mut found: BTreeMap<&'static str, BTreeSet<String>> = BTreeMap::new();
    let starts = routes.iter().filter(|route| route.method == Method::Get && !route.path.contains('{'));
    let mut left: Vec<String> = starts.filter(|route| one.may(route.access)).map(|route| route.path.to_owned()).collect();
    let mut seen: BTreeSet<String> = left.iter().cloned().collect();
    while let Some(path) = left.pop() {
        let page = one.visitor.get(&path).await;
        for href in page.body.split("href=\"").skip(1).filter_map(|part| part.split('"').next()) {
            let plain = href.split(['?', '#']).next().unwrap_or_default();
            let Some(route) = routes.iter().find(|route| route.method == Method::Get && fits(route.path, plain)) else {
                continue;
            };
            if !route.path.contains('{') {
                continue;
            }
            let known = found.entry(route.path).or_default();
            // A few of each kind are enough, but all of them are remembered.
            if known.insert(plain.to_owned()) && known.len() <= 3 && seen.insert(plain.to_owned()) {
                left.push(plain.to_owned());
            }
        }
    }
    found
}

fn fits(pattern: &str, path: &str) -> bool {
    let (parts, pieces): (Vec<&str>, Vec<&str>) = (pattern.split('/').collect(), path.split('/').collect());
    let same = |(part, piece): (&&str, &&str)| part == piece || (part.starts_with('{') && piece.len() == 36);
    parts.len() == pieces.len() && parts.iter().zip(&pieces).all(same)
}

#[actix_web::test]
async fn what_belongs_to_one_office_is_not_found_by_the_same_role_of_another() {
    let kit = kit();
    let routes = routes(&kit);
    // What the first finds in the own office (the superadmin: everywhere) is not the second's.
    let pairs = [("tata-usaha", "tu.setda"), ("superadmin", "admin-opd"), ("kadis", "sekban")];
    let mut tried = BTreeMap::<&str, usize>::new();
    let mut wrong = Vec::new();
    for (here, there) in pairs {
        let (mut own, mut foreign) = (Somebody::signed_in(&kit, here), Somebody::signed_in(&kit, there));
        let (known, theirs) = (crawl(&mut own, &routes).await, crawl(&mut foreign, &routes).await);
        for (pattern, paths) in known {
            let route = routes.iter().find(|route| route.path == pattern && route.method == Method::Get).expect("crawled by it");
            if !foreign.may(route.access) || SHARED.iter().any(|(shared, _)| *shared == pattern) {
                continue;
            }
            let others = theirs.get(pattern);
            for path in paths.iter().filter(|path| !others.is_some_and(|others| others.contains(*path))).take(5) {
                let answer = foreign.visitor.get(path).await;
                *tried.entry(pattern).or_default() += 1;
                // 422 is a rule that says no to somebody within reach (one's own account, for example).
                if ![403, 404, 422].contains(&answer.status) {
                    wrong.push(format!("{path} of {here} is shown to {there} ({})", answer.status));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(tried.values().sum::<usize>() >= 10, "too little was compared: {tried:?}");
}
