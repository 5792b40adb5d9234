//! Forms as a page shows them: read from its HTML, as a browser does.

/// How a field is filled in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    Hidden,
    Text,
    Number,
    Date,
    Email,
    Phone,
    Password,
    Area,
    /// One of a list, or any of a few.
    Choice,
    File,
}

/// Everything a form sends under one name.
#[derive(Debug, Clone)]
pub struct Field {
    pub name: String,
    pub kind: Kind,
    /// What stands in it; several where several may be ticked.
    pub values: Vec<String>,
    /// What may be chosen.
    pub options: Vec<String>,
    /// Where a picker asks for choices.
    pub lookup: Option<String>,
    /// Which files it takes.
    pub accept: String,
}

/// A form.
#[derive(Debug, Clone)]
pub struct Form {
    pub action: String,
    pub post: bool,
    pub multipart: bool,
    pub fields: Vec<Field>,
}

impl Form {
    /// The field of this name.
    pub fn field(&self, name: &str) -> Option<&Field> {
        self.fields.iter().find(|field| field.name == name)
    }

    /// The names of its fields, which tell two forms to the same address apart.
    pub fn shape(&self) -> String {
        let mut names: Vec<&str> = self.fields.iter().map(|field| field.name.as_str()).collect();
        names.sort_unstable();
        names.join(",")
    }
}

/// A tag with its attributes.
struct Tag {
    name: String,
    attributes: Vec<(String, String)>,
    end: usize,
}

impl Tag {
    fn get(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }

    fn owned(&self, name: &str) -> String {
        self.get(name).unwrap_or_default().to_owned()
    }
}

/// The tags of a page of ours: attributes stand in double quotes, and what is text is escaped.
fn tags(html: &str) -> Vec<Tag> {
    let mut all = Vec::new();
    for (at, _) in html.match_indices('<') {
        let Some(length) = html[at..].find('>') else { break };
        let inside = html[at + 1..at + length].trim_end_matches('/');
        let (name, mut rest) = inside.split_once(char::is_whitespace).unwrap_or((inside, ""));
        let mut attributes = Vec::new();
        loop {
            rest = rest.trim_start();
            let end = rest.find(|one: char| one == '=' || one.is_whitespace()).unwrap_or(rest.len());
            if end == 0 {
                break;
            }
            let key = rest[..end].to_owned();
            rest = &rest[end..];
            let mut value = String::new();
            if let Some(quoted) = rest.strip_prefix("=\"") {
                let close = quoted.find('"').unwrap_or(quoted.len());
                value = plain(&quoted[..close]);
                rest = quoted.get(close + 1..).unwrap_or_default();
            }
            attributes.push((key, value));
        }
        all.push(Tag { name: name.to_ascii_lowercase(), attributes, end: at + length + 1 });
    }
    all
}

/// Text as it was before it was escaped.
pub fn plain(text: &str) -> String {
    text.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"").replace("&#39;", "'").replace("&amp;", "&")
}

/// Every form of a page. A button that sends the form elsewhere makes it another form.
pub fn forms(html: &str) -> Vec<Form> {
    let tags = tags(html);
    let mut all: Vec<(String, Form)> = Vec::new();
    let mut elsewhere = Vec::new();
    let mut open = None;
    let mut lookup: Option<String> = None;
    for (at, tag) in tags.iter().enumerate() {
        match tag.name.as_str() {
            "form" => {
                let post = tag.get("method").is_some_and(|method| method.eq_ignore_ascii_case("post"));
                let multipart = tag.get("enctype") == Some("multipart/form-data");
                all.push((tag.owned("id"), Form { action: tag.owned("action"), post, multipart, fields: Vec::new() }));
                open = Some(all.len() - 1);
            }
            "/form" => open = None,
            _ => {}
        }
        if let Some(asked) = tag.get("data-pilih") {
            lookup = Some(asked.to_owned());
        }
        // A control may stand outside the form it belongs to.
        let owner = match tag.get("form") {
            Some(id) => all.iter().position(|(known, _)| known == id),
            None => open,
        };
        let Some(owner) = owner else { continue };
        let name = tag.owned("name");
        match tag.name.as_str() {
            "input" if !name.is_empty() => input(&mut all[owner].1, tag, name, &mut lookup),
            "select" if !name.is_empty() => select(&mut all[owner].1, name, &tags[at + 1..]),
            "textarea" if !name.is_empty() => {
                let text = html[tag.end..].split("</textarea>").next().unwrap_or_default();
                let text = plain(text.strip_prefix('\n').unwrap_or(text));
                add(&mut all[owner].1, name, Kind::Area, Some(text), None);
            }
            "button" => {
                if let Some(action) = tag.get("formaction") {
                    let plainly = tag.get("formenctype").is_some();
                    let value = (!name.is_empty()).then(|| (name.clone(), tag.owned("value")));
                    elsewhere.push((owner, action.to_owned(), plainly, value));
                // Pressed, it only takes typed words into their field and sends nothing: the tests of web and e-Office hold it.
                } else if !name.is_empty() && name != praja_web::picker::ADD {
                    add(&mut all[owner].1, name, Kind::Hidden, None, Some(tag.owned("value")));
                }
            }
            _ => {}
        }
    }
    let mut forms: Vec<Form> = all.into_iter().map(|(_, form)| form).collect();
    for (owner, action, plainly, value) in elsewhere {
        let mut form = Form { action, ..forms[owner].clone() };
        form.multipart &= !plainly;
        if let Some((name, value)) = value {
            add(&mut form, name, Kind::Hidden, Some(value), None);
        }
        forms.push(form);
    }
    forms
}

fn input(form: &mut Form, tag: &Tag, name: String, lookup: &mut Option<String>) {
    let value = tag.owned("value");
    let ticked = tag.get("checked").is_some();
    let kind = match tag.get("type").unwrap_or("text") {
        "hidden" => Kind::Hidden,
        "radio" | "checkbox" => {
            return add(form, name, Kind::Choice, ticked.then(|| value.clone()), Some(value));
        }
        "number" => Kind::Number,
        "date" => Kind::Date,
        "email" => Kind::Email,
        "tel" => Kind::Phone,
        "password" => Kind::Password,
        "file" => Kind::File,
        "submit" | "button" | "reset" => return,
        _ => Kind::Text,
    };
    let shown = (kind != Kind::File).then_some(value);
    add(form, name, kind, shown, None);
    if let Some(field) = form.fields.last_mut() {
        field.accept = tag.owned("accept");
        if kind == Kind::Text {
            field.lookup = lookup.take();
        }
    }
}

fn select(form: &mut Form, name: String, after: &[Tag]) {
    let options: Vec<&Tag> = after.iter().take_while(|tag| tag.name != "/select").filter(|tag| tag.name == "option").collect();
    let chosen = options.iter().find(|tag| tag.get("selected").is_some()).or(options.first()).map(|tag| tag.owned("value"));
    add(form, name.clone(), Kind::Choice, chosen, None);
    for option in options {
        add(form, name.clone(), Kind::Choice, None, Some(option.owned("value")));
    }
}

fn add(form: &mut Form, name: String, kind: Kind, value: Option<String>, option: Option<String>) {
    let at = form.fields.iter().position(|field| field.name == name).unwrap_or_else(|| {
        form.fields.push(Field { name, kind, values: Vec::new(), options: Vec::new(), lookup: None, accept: String::new() });
        form.fields.len() - 1
    });
    let field = &mut form.fields[at];
    field.values.extend(value);
    field.options.extend(option.filter(|option| !option.is_empty()));
}

/// The words of a page's elements whose class or id ends so: what a reader is told.
pub fn told(html: &str) -> Vec<String> {
    let marks = ["class=\"halangan-utama\"", "class=\"masalah\"", "id=\"ringkasan-masalah\"", "<h1"];
    let mut all = Vec::new();
    for mark in marks {
        for (at, _) in html.match_indices(mark) {
            let closing = if mark.starts_with("id=") {
                "</div>"
            } else if mark == "<h1" {
                "</h1>"
            } else {
                "</p>"
            };
            let inside = html[at..].split_once('>').map_or("", |(_, rest)| rest).split(closing).next().unwrap_or_default();
            let words = text(inside);
            if !words.is_empty() {
                all.push(words);
            }
        }
    }
    all
}

/// What of a piece of HTML is read.
pub fn text(html: &str) -> String {
    let mut out = String::new();
    let mut inside = false;
    for letter in html.chars() {
        match letter {
            '<' => inside = true,
            '>' => {
                inside = false;
                out.push(' ');
            }
            other if !inside => out.push(other),
            _ => {}
        }
    }
    plain(&out).split_whitespace().collect::<Vec<_>>().join(" ")
}

#[test]
fn a_form_is_read_as_a_browser_reads_it() {
    let html = "<h1>Catat <b>surat</b></h1><form action=\"/a\" method=\"post\" id=\"f\"><input type=\"hidden\" name=\"_csrf\" value=\"x&amp;y\">
        <div data-pilih=\"/pilih\"><input type=\"hidden\" name=\"opd\"><input type=\"hidden\" name=\"opd_label\"><input type=\"text\" name=\"opd_teks\" value=\"Dinas &quot;A&quot;\"></div>
        <select name=\"s\"><option value=\"\">Pilih</option><option value=\"1\" selected>Satu</option></select>
        <input type=\"radio\" name=\"r\" value=\"a\"><input type=\"radio\" name=\"r\" value=\"b\" checked>
        <textarea name=\"t\">\nisi\n</textarea><input type=\"file\" name=\"b\" accept=\".pdf\">
        <button type=\"submit\" name=\"aksi\" value=\"simpan\">Simpan</button>
        <button formaction=\"/draf\" name=\"_formulir\" value=\"/a\">Draf</button></form><input form=\"f\" name=\"luar\" type=\"checkbox\" value=\"ya\">";
    let all = forms(html);
    assert_eq!((all.len(), all[0].action.as_str(), all[1].action.as_str()), (2, "/a", "/draf"));
    let form = &all[0];
    let value = |name: &str| form.field(name).map(|field| field.values.concat());
    assert_eq!(value("_csrf").as_deref(), Some("x&y"));
    assert_eq!(value("opd_teks").as_deref(), Some("Dinas \"A\""));
    assert_eq!(form.field("opd_teks").and_then(|field| field.lookup.as_deref()), Some("/pilih"));
    assert_eq!((value("s").as_deref(), value("r").as_deref(), value("t").as_deref()), (Some("1"), Some("b"), Some("isi\n")));
    assert_eq!(form.field("aksi").map(|field| field.options.clone()), Some(vec!["simpan".to_owned()]));
    assert_eq!(form.field("luar").map(|field| (field.values.len(), field.options.clone())), Some((0, vec!["ya".to_owned()])));
    assert_eq!(all[1].field("_formulir").map(|field| field.values.concat()).as_deref(), Some("/a"));
    assert_eq!(told(html), ["Catat surat"]);
}
