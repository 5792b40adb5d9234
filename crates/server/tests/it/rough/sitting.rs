//! Somebody at a form, who fills it in and sends it.

use std::ptr;

use actix_web::test::TestRequest;
use praja_testkit::{Kit, Page};

use super::{
    STRANGER,
    answer::Asked,
    form::{Field, Form, Kind, forms},
    route_of,
    tally::{Place, Tally, Target},
    value::likely,
};
use crate::somebody::Somebody;

/// Somebody at a form, afresh: signed in a moment ago, with the form as it is now.
#[derive(Clone)]
pub struct Sitting<'a> {
    pub one: Somebody<'a>,
    pub form: Form,
    pub who: String,
    pub page: String,
    /// Only this browser knows how it came here: what was sent cannot be sent again.
    pub amid: bool,
}

impl<'a> Sitting<'a> {
    /// The form as it is now, wherever it is still to be seen.
    pub async fn begin(kit: &'a Kit, tally: &Tally<'a>, target: &Target<'a>) -> Option<Self> {
        for place in target.places.iter().filter(|place| place.amid.is_none()) {
            let found = Self::at(kit, tally, target, place).await;
            if found.is_some() {
                return found;
            }
        }
        None
    }

    /// The form in the regency as it was when it was seen, to which everything goes back.
    pub async fn begin_again(kit: &'a Kit, tally: &Tally<'a>, target: &Target<'a>) -> Option<Self> {
        for place in &target.places {
            let Some(world) = &place.world else { continue };
            tally.memory.go_back(world);
            let found = match &place.amid {
                Some((one, form)) => Some(Self {
                    one: one.clone(),
                    form: form.clone(),
                    who: place.who.clone(),
                    page: place.page.clone(),
                    amid: true,
                }),
                None => Self::at(kit, tally, target, place).await,
            };
            if found.is_some() {
                return found;
            }
        }
        None
    }

    /// The form in the same browser, which alone knows how it came there, where it is still to be seen.
    pub async fn again_here(&self, tally: &Tally<'a>, target: &Target<'a>) -> Option<Self> {
        let mut one = self.one.clone();
        let form = shown(&mut one, &self.page, tally, target).await?;
        Some(Self { one, form, ..self.clone() })
    }

    async fn at(kit: &'a Kit, tally: &Tally<'a>, target: &Target<'a>, place: &Place<'a>) -> Option<Self> {
        let mut one = if place.who == STRANGER { Somebody::stranger(kit) } else { Somebody::holding(kit, &place.who)? };
        let form = shown(&mut one, &place.page, tally, target).await?;
        Some(Self { one, form, who: place.who.clone(), page: place.page.clone(), amid: false })
    }

    /// Everything the form would send: what stands in it, and what somebody would type into what is empty.
    pub async fn fill(&mut self, today: &str, whole: bool) -> Vec<(String, String)> {
        let mut all = Vec::new();
        for field in self.form.fields.iter().filter(|field| field.kind != Kind::File) {
            let shown: Vec<&String> = field.values.iter().filter(|value| !value.is_empty()).collect();
            let button = field.kind == Kind::Hidden && field.values.is_empty();
            if !shown.is_empty() {
                all.extend(shown.into_iter().map(|value| (field.name.clone(), value.clone())));
            } else if button || (whole && field.kind != Kind::Hidden && field.lookup.is_none()) {
                all.extend(likely(field, today).map(|value| (field.name.clone(), value)));
            } else if let (true, Some(lookup)) = (whole, &field.lookup) {
                picked(&mut self.one, field, lookup, &mut all).await;
            } else if field.kind != Kind::Choice {
                all.push((field.name.clone(), String::new()));
            }
        }
        all
    }

    /// Sends what was asked, from an address of its own: nobody has to wait because somebody else tried too often.
    pub async fn send(&mut self, asked: &Asked, number: usize) -> Page {
        let number = u32::try_from(number).unwrap_or_default().to_be_bytes();
        let action = if self.form.action.is_empty() { &self.page } else { &self.form.action };
        let (kind, body) = asked.body(self.form.multipart);
        let request = TestRequest::post()
            .uri(action)
            .peer_addr(([10, number[1], number[2], number[3]], 4000).into())
            .insert_header(("content-type", kind))
            .set_payload(body);
        self.one.visitor.send(request).await
    }
}

/// The form as a page shows it now: of the same shape, or with more fields, which an answer brought along.
async fn shown<'a>(one: &mut Somebody<'a>, path: &str, tally: &Tally<'a>, target: &Target<'a>) -> Option<Form> {
    let page = one.visitor.get(path).await;
    let shape = target.form.shape();
    let sent_there = |form: &Form| {
        let action = if form.action.is_empty() { path } else { &form.action };
        route_of(&tally.routes, action, form.post).is_some_and(|route| ptr::eq(route, target.route))
    };
    let all: Vec<Form> = forms(&page.body).into_iter().filter(sent_there).collect();
    let same = all.iter().find(|form| form.shape() == shape);
    let more = || all.iter().find(|form| target.form.fields.iter().all(|field| form.field(&field.name).is_some()));
    same.or_else(more).cloned()
}

/// Takes the first choice of a picker, as its script would.
async fn picked(one: &mut Somebody<'_>, field: &Field, lookup: &str, all: &mut Vec<(String, String)>) {
    let base = field.name.trim_end_matches("_teks").to_owned();
    let separator = if lookup.contains('?') { '&' } else { '?' };
    let answer = one.visitor.get(&format!("{lookup}{separator}q=a")).await;
    let choices: serde_json::Value = serde_json::from_str(&answer.body).unwrap_or_default();
    let first = &choices["pilihan"][0];
    let text = |key: &str| first[key].as_str().unwrap_or_default().to_owned();
    all.retain(|(name, _)| *name != base && *name != format!("{base}_label"));
    all.extend([(base.clone(), text("nilai")), (format!("{base}_label"), text("label")), (field.name.clone(), text("label"))]);
}
