//! One form with one field after the other filled with what it should not be.

use praja_testkit::{Kit, Page, urlencode};

use super::{
    STRANGER,
    answer::{self, Asked, judge},
    form::forms,
    sitting::Sitting,
    tally::{Tally, Target},
    value::{Sent, hostile},
};
use crate::somebody::Somebody;

/// Sends a form so, in the regency as it is, or as it was when the form was still to be seen. An act that uses it up is taken back, so
/// that the next value meets it again; the first such act stays, for what others find to do with it. On PostgreSQL, where going back takes
/// seconds each time, a form that is used up is left as it is: what its fields do to a statement was tried until then.
pub async fn of_form<'a>(kit: &'a Kit, target: &Target<'a>, tally: &mut Tally<'a>) {
    let names = tally.new_fields(target.route, &target.form);
    // Who typed a password too long ago would be asked for it again, and who tried too often would have to wait.
    kit.clock.move_ms(61 * 60 * 1000);
    tally.world = None;
    let goes_back = kit.instance.db.path().is_some();
    let mut stays = None;
    let first = match Sitting::begin(kit, tally, target).await {
        Some(sitting) => sitting,
        None if !goes_back => return,
        None => {
            let now = tally.memory.remember();
            let Some(sitting) = Sitting::begin_again(kit, tally, target).await else {
                tally.lost.insert(target.route.path.to_owned());
                tally.memory.go_back(&now);
                return;
            };
            stays = Some(now);
            sitting
        }
    };
    let fresh = goes_back.then(|| tally.memory.remember());
    let mut sitting = first.clone();
    let today = kit.instance.today().to_string();
    let mut audits = count(kit);
    for name in &names {
        let Some(field) = sitting.form.field(name).cloned() else { continue };
        tally.fields += 1;
        let most = target.route.upload.map(|rule| rule.max_file);
        for (at, sent) in hostile(&field, most).into_iter().enumerate() {
            let filled = sitting.fill(&today, (at + tally.fields).is_multiple_of(2)).await;
            let asked = Asked::new(target.route, &sitting.form, &field, sent, filled, tally.requests);
            tally.requests += 1;
            let page = sitting.send(&asked, tally.requests).await;
            let now = count(kit);
            for complaint in judge(&asked, &page, now != audits) {
                tally.wrong(complaint, || {
                    format!("{} as {}, {} = {} → {}", sitting.page, sitting.who, field.name, asked.sent.word(), page.status)
                });
            }
            audits = now;
            if page.status == 200 {
                remember(&sitting, &sitting.page, &page, true, tally);
            }
            if page.status != 303 {
                continue;
            }
            tally.accepted += 1;
            tally.world = None;
            follow(&mut sitting, &page, &asked, tally).await;
            let next =
                if first.amid { sitting.again_here(tally, target).await } else { Sitting::begin(kit, tally, target).await };
            sitting = match next {
                Some(next) => next,
                None => {
                    tally.used_up.insert(target.route.path.to_owned());
                    let Some(fresh) = &fresh else { return };
                    stays = stays.or_else(|| Some(tally.memory.remember()));
                    tally.memory.go_back(fresh);
                    first.clone()
                }
            };
            tally.world = None;
            audits = count(kit);
        }
    }
    if let Some(stays) = stays {
        tally.memory.go_back(&stays);
    }
    tally.world = None;
}

/// Where an accepted form leads must be shown, with what was typed made harmless.
async fn follow<'a>(sitting: &mut Sitting<'a>, page: &Page, asked: &Asked, tally: &mut Tally<'a>) {
    let to = page.location.clone().unwrap_or_default();
    if !to.starts_with('/') || to.starts_with("//") {
        tally.wrong(format!("POST {} leads away", asked.route.path), || to.clone());
        return;
    }
    let next = sitting.one.visitor.get(&to).await;
    tally.requests += 1;
    if next.status >= 400 {
        tally.wrong(format!("POST {} leads to a page that is not there", asked.route.path), || {
            format!("{to} {} after {} = {}", next.status, asked.field.name, asked.sent.word())
        });
    }
    if let Some(mark) = answer::harm(&next) {
        tally.wrong(format!("after POST {} a page shows {mark} as it was typed", asked.route.path), || to.clone());
    }
    remember(sitting, &to, &next, sitting.one.name == STRANGER, tally);
}

/// The forms of a page that came after another. Where only this browser knows how it came there (`amid`), it stays there.
fn remember<'a>(sitting: &Sitting<'a>, path: &str, page: &Page, amid: bool, tally: &mut Tally<'a>) {
    for form in forms(&page.body) {
        let amid = amid.then(|| (sitting.one.clone(), form.clone()));
        tally.note(form, &sitting.one.name, path, amid);
    }
}

/// A question (search, filter) with one field after the other filled so; on any page it is asked from.
pub async fn of_question<'a>(kit: &'a Kit, target: &Target<'a>, tally: &mut Tally<'a>) {
    let Some(place) = target.places.first() else { return };
    let Some(mut one) = (if place.who == STRANGER { Some(Somebody::stranger(kit)) } else { Somebody::holding(kit, &place.who) })
    else {
        return;
    };
    let action = if target.form.action.is_empty() { &place.page } else { &target.form.action };
    let bare = action.split('?').next().unwrap_or_default().to_owned();
    for field in target.form.fields.clone() {
        tally.fields += 1;
        for sent in hostile(&field, None) {
            let mut pairs = Vec::new();
            for other in &target.form.fields {
                if other.name != field.name {
                    pairs.extend(other.values.iter().take(1).map(|value| (other.name.clone(), value.clone())));
                }
            }
            match &sent {
                Sent::Value(value) => pairs.push((field.name.clone(), value.clone())),
                Sent::Doubled(value) => pairs.extend([(field.name.clone(), "rapat".into()), (field.name.clone(), value.clone())]),
                Sent::Missing | Sent::File { .. } => {}
            }
            let borrowed: Vec<(&str, &str)> = pairs.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
            // Addresses end where a browser would cut them.
            let query = urlencode(&borrowed);
            let page = one.visitor.get(&format!("{bare}?{query}")).await;
            tally.requests += 1;
            if let Some(complaint) = answer::judge_question(target.route.path, &field, &sent, &page) {
                tally.wrong(complaint, || format!("{bare} as {}, {} = {} → {}", place.who, field.name, sent.word(), page.status));
            }
        }
    }
}

/// Rows of the audit trail.
fn count(kit: &Kit) -> i64 {
    kit.off(|instance| instance.db.read(|tx| tx.scalar("SELECT COUNT(*) FROM store_audit", &[]))).expect("the trail is counted")
}
