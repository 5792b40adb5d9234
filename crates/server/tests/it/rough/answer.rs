//! What an answer must be like, whatever was sent.

use praja_module::Route;
use praja_testkit::{Page, urlencode};

use super::{
    form::{Field, Form, Kind, forms, told},
    form_key,
    value::{MARKS, Sent},
};

/// Acts that put a refusal on record, each with the reason.
const RECORDS_REFUSALS: [(&str, &str); 3] = [
    ("/buktikan", "a password that does not fit"),
    ("/masuk", "a password that does not fit"),
    ("/profil/sandi", "a password that does not fit"),
];
/// Acts that show their outcome at once instead of leading to it, each with the reason.
const SHOWS_AT_ONCE: [(&str, &str); 16] = [
    ("/desk/lampiran/{id}", "that a restricted file was opened is on record"),
    ("/eoffice/surat-masuk/{id}/buka", "that a secret letter was opened is on record"),
    ("/identity/akun/buka", "the first password is kept nowhere, so it is shown now or never"),
    ("/identity/akun/slip", "the same"),
    ("/identity/akun/{id}/slip", "the same"),
    ("/identity/token/baru", "a token stands on no other page"),
    ("/identity/webhook/baru", "the same of the secret of its signatures"),
    ("/identity/audit/rantai/{rantai}/unduh", "that it was taken along is on record"),
    ("/pengaduan", "the code to follow it by is kept nowhere"),
    ("/desk/pengaduan/baru", "the same"),
    ("/desk/pengaduan/{id}/pelapor", "that a reporter's identity was opened is on record"),
    ("/desk/data-pribadi/baru", "the code to follow it by is kept nowhere"),
    ("/desk/data-pribadi/{id}/nik", "that a NIK was opened is on record"),
    ("/perizinan/izin/nik", "the same"),
    ("/perizinan/izin/{id}/berkas/{berkas}", "that a paper about somebody was opened is on record"),
    ("/identity/warga/baru", "the code of the slip is kept nowhere, so it is shown now or never"),
];

/// Words of another language, none of which is Indonesian too.
const FOREIGN: [&str; 24] = [
    "the",
    "not",
    "is",
    "are",
    "must",
    "invalid",
    "error",
    "required",
    "unknown",
    "missing",
    "failed",
    "cannot",
    "null",
    "none",
    "expected",
    "found",
    "request",
    "server",
    "value",
    "field",
    "too",
    "please",
    "character",
    "string",
];

/// What is sent: a form with one field changed.
pub struct Asked {
    pub route: &'static Route,
    pub field: Field,
    pub sent: Sent,
    /// Everything that travels, in order.
    pub pairs: Vec<(String, String)>,
    shown: Form,
}

impl Asked {
    pub fn new(
        route: &'static Route,
        form: &Form,
        field: &Field,
        sent: Sent,
        filled: Vec<(String, String)>,
        number: usize,
    ) -> Self {
        let mut pairs = filled;
        for (name, value) in &mut pairs {
            // Each sending is a form of its own; the same key twice would only be answered as before.
            if name == "_kunci" {
                *value = form_key(number);
            }
        }
        let at = pairs.iter().position(|(name, _)| *name == field.name).unwrap_or(pairs.len());
        match &sent {
            Sent::Value(value) => {
                pairs.retain(|(name, _)| *name != field.name);
                pairs.insert(at.min(pairs.len()), (field.name.clone(), value.clone()));
            }
            Sent::Missing => pairs.retain(|(name, _)| *name != field.name),
            Sent::Doubled(value) => pairs.push((field.name.clone(), value.clone())),
            Sent::File { .. } => {}
        }
        Self { route, field: field.clone(), sent, pairs, shown: form.clone() }
    }

    /// The body of the request with its type.
    pub fn body(&self, multipart: bool) -> (String, Vec<u8>) {
        if !multipart {
            let pairs: Vec<(&str, &str)> = self.pairs.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
            return ("application/x-www-form-urlencoded".into(), urlencode(&pairs).into_bytes());
        }
        let boundary = "batas-kasar-praja";
        let mut body = Vec::new();
        for (name, value) in &self.pairs {
            body.extend(format!("--{boundary}\r\ncontent-disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n").bytes());
        }
        if let Sent::File { name, content } = &self.sent {
            // As browsers write what would end the header.
            let name = name.replace('"', "%22").replace('\n', "%0A").replace('\r', "%0D");
            let head =
                format!("--{boundary}\r\ncontent-disposition: form-data; name=\"{}\"; filename=\"{name}\"\r\n", self.field.name);
            body.extend(head.bytes().chain("content-type: application/pdf\r\n\r\n".bytes()));
            body.extend(content.iter().copied().chain("\r\n".bytes()));
        }
        body.extend(format!("--{boundary}--\r\n").bytes());
        (format!("multipart/form-data; boundary={boundary}"), body)
    }

    /// What a person typed: the fields in view with something in them.
    fn typed(&self) -> impl Iterator<Item = (&str, &str)> {
        self.shown.fields.iter().filter(|field| is_typed(field.kind)).filter_map(|field| {
            let mut values = self.pairs.iter().filter(|(name, _)| *name == field.name);
            let (first, second) = (values.next()?, values.next());
            (second.is_none() && !squeezed(&first.1).is_empty()).then_some((field.name.as_str(), first.1.as_str()))
        })
    }
}

fn is_typed(kind: Kind) -> bool {
    matches!(kind, Kind::Text | Kind::Number | Kind::Date | Kind::Email | Kind::Phone | Kind::Area)
}

/// Without what nobody sees: signs of control are taken away on the way in, line ends are written anew.
fn squeezed(text: &str) -> String {
    let unseen = |letter: &char| "\u{200b}\u{2060}\u{feff}\u{202a}\u{202b}\u{202c}\u{202d}\u{202e}".contains(*letter);
    text.chars().filter(|letter| !letter.is_control() && !letter.is_whitespace() && !unseen(letter)).collect()
}

/// What a page shows as it was typed although it would run.
pub fn harm(page: &Page) -> Option<&'static str> {
    let is_html = page.header("content-type").is_some_and(|kind| kind.starts_with("text/html"));
    MARKS.into_iter().find(|mark| is_html && page.says(mark))
}

/// What is wrong with an answer, each in words that are the same for every value of the same field.
pub fn judge(asked: &Asked, page: &Page, written: bool) -> Vec<String> {
    let path = asked.route.path;
    let mut wrong = Vec::new();
    let field = &asked.field.name;
    let mut add = |what: String| wrong.push(format!("POST {path}, {field}: {what}"));
    let chosen = matches!(asked.field.kind, Kind::Hidden | Kind::Choice | Kind::File) || field == "_kunci";
    if let Some(mark) = harm(page) {
        add(format!("shows {mark} as it was typed"));
    }
    match page.status {
        303 => return wrong,
        200 => {
            if written && !SHOWS_AT_ONCE.iter().any(|(known, _)| *known == path) {
                add("writes and shows at once".into());
            }
            return wrong;
        }
        422 => {}
        404 if chosen => {}
        // No browser sends such a value: whoever made it up is told that the form is not ours, or not of today.
        400 | 403 if asked.field.kind == Kind::Hidden => {}
        409 if field.starts_with("versi") => {}
        // Written as somebody else: such a form is told and not done.
        409 if field == praja_module::HOLDER_FIELD => {}
        // Taken before under this key with other words in it: told, and what was taken stays.
        409 if field == "_kunci" => {}
        413 if asked.field.kind == Kind::File => {}
        400 if matches!(&asked.sent, Sent::File { name, .. } if name.chars().any(char::is_control)) => {}
        other => add(format!("answers {other}")),
    }
    if written && !RECORDS_REFUSALS.iter().any(|(known, _)| *known == path) {
        add(format!("writes although it answers {}", page.status));
    }
    language(asked, page, &mut add);
    if page.status == 422 && asked.field.kind != Kind::Hidden {
        kept(asked, page, &mut add);
    }
    wrong
}

fn language(asked: &Asked, page: &Page, add: &mut impl FnMut(String)) {
    let told = told(&page.body);
    if told.is_empty() {
        add(format!("says nothing with {}", page.status));
    }
    let typed: Vec<&str> = asked.pairs.iter().map(|(_, value)| value.trim()).filter(|value| value.len() > 2).collect();
    for words in told {
        // What was typed may be said back in any language.
        let own = typed.iter().fold(words.clone(), |words, typed| words.replace(typed, " "));
        let mut each = own.split(|letter: char| !letter.is_alphanumeric()).map(str::to_lowercase);
        if let Some(foreign) = each.find(|word| FOREIGN.contains(&word.as_str())) {
            let short: String = words.chars().take(160).collect();
            add(format!("speaks of \"{foreign}\": {short}"));
        }
    }
}

/// The form comes back with everything that was typed, and says which field is meant.
fn kept(asked: &Asked, page: &Page, add: &mut impl FnMut(String)) {
    let typed: Vec<(&str, &str)> = asked.typed().collect();
    if typed.is_empty() {
        return;
    }
    let names = |form: &Form| typed.iter().filter(|(name, _)| form.field(name).is_some()).count();
    // Several forms of a page may ask for a reason: the one that was sent has all its other fields, too.
    let same = |form: &Form| asked.shown.fields.iter().filter(|field| form.field(&field.name).is_some()).count();
    let all = forms(&page.body);
    let closest = all.iter().filter(|form| form.post).max_by_key(|form| (names(form), same(form)));
    let Some(again) = closest.filter(|form| names(form) > 0) else {
        let said = told(&page.body).join(" / ");
        add(format!("the form does not come back: {}", said.chars().take(160).collect::<String>()));
        return;
    };
    for (name, value) in &typed {
        let back = again.field(name).map(|field| field.values.concat()).unwrap_or_default();
        if squeezed(&back) != squeezed(value) {
            add(format!("{name} comes back changed"));
        }
    }
    let named = page.body.contains("-masalah\"") || page.body.contains("id=\"ringkasan-masalah\"");
    if !named {
        add("no field is named".into());
    }
}

/// What is wrong with the answer to a question.
pub fn judge_question(path: &str, field: &Field, sent: &Sent, page: &Page) -> Option<String> {
    let chosen = matches!(field.kind, Kind::Hidden | Kind::Choice) && !matches!(sent, Sent::Missing);
    let fine = match page.status {
        200 | 303 => true,
        422 => !told(&page.body).is_empty(),
        404 => chosen,
        _ => false,
    };
    let what = match harm(page) {
        Some(mark) => format!("shows {mark} as it was typed"),
        None if fine => return None,
        None => format!("answers {}", page.status),
    };
    Some(format!("GET {path}, {}: {what}", field.name))
}
