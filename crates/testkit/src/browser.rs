use std::{
    collections::BTreeMap,
    net::{IpAddr, SocketAddr},
};

use actix_web::{
    http::header,
    test::{TestRequest, read_body},
};

use crate::Kit;

/// Somebody in front of a browser: keeps cookies, sends forms as a browser would.
#[derive(Clone)]
pub struct Visitor<'a> {
    kit: &'a Kit,
    host: String,
    address: Option<IpAddr>,
    cookies: BTreeMap<String, String>,
}

/// What came back.
#[derive(Debug, Clone)]
pub struct Page {
    /// HTTP status.
    pub status: u16,
    /// The text.
    pub body: String,
    /// The same as bytes: files.
    pub bytes: Vec<u8>,
    /// Where it sends the browser.
    pub location: Option<String>,
    /// All headers, in lower case.
    pub headers: Vec<(String, String)>,
}

impl Page {
    /// The value of a hidden field.
    pub fn hidden(&self, name: &str) -> Option<&str> {
        let start = self.body.find(&format!("name=\"{name}\" value=\""))?;
        let value = &self.body[start..].split_once("value=\"")?.1;
        value.split_once('"').map(|(value, _)| value)
    }

    /// The values that the first form with one of these fields holds as it stands: what a browser would send if nobody changed anything.
    pub fn held(&self, names: &[&str]) -> Vec<(String, String)> {
        let part = |text: &str, name: &str| -> Option<String> {
            let value = text.split_once(&format!("{name}=\""))?.1.split('"').next()?.to_owned();
            Some(value.replace("&amp;", "&").replace("&quot;", "\""))
        };
        let main = self.body.split_once("<main").map_or("", |(_, rest)| rest);
        let has = |form: &&str| names.iter().any(|name| form.contains(&format!("name=\"{name}\"")));
        let form = main.split("<form").find(has).unwrap_or_default();
        let form = form.split("</form>").next().unwrap_or_default();
        let mut all = Vec::new();
        for select in form.split("<select").skip(1) {
            let select = select.split("</select>").next().unwrap_or_default();
            let chosen =
                select.split("<option").skip(1).find(|one| one.split('>').next().is_some_and(|tag| tag.contains(" selected")));
            let value = chosen.and_then(|one| part(one, "value")).unwrap_or_default();
            all.extend(part(select, "name").map(|name| (name, value)));
        }
        for input in form.split("<input").skip(1) {
            let tag = input.split('>').next().unwrap_or_default();
            let (Some(name), kind) = (part(tag, " name"), part(tag, "type").unwrap_or_default()) else { continue };
            let sends = if kind == "radio" || kind == "checkbox" { tag.contains(" checked") } else { !name.starts_with('_') };
            if sends {
                all.push((name, part(tag, " value").unwrap_or_default()));
            }
        }
        all
    }

    /// Does the text hold this?
    pub fn says(&self, words: &str) -> bool {
        self.body.contains(words)
    }

    /// A header's value.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }
}

impl<'a> Visitor<'a> {
    pub(crate) fn new(kit: &'a Kit, session: Option<String>) -> Self {
        let mut cookies = BTreeMap::new();
        cookies.extend(session.map(|value| ("praja_sesi".to_owned(), value)));
        Self { kit, host: "127.0.0.1".into(), address: None, cookies }
    }

    /// Goes by another host name.
    pub fn host(mut self, host: &str) -> Self {
        host.clone_into(&mut self.host);
        self
    }

    /// Comes from this network address.
    pub fn at(mut self, address: IpAddr) -> Self {
        self.address = Some(address);
        self
    }

    /// Sets a cookie.
    pub fn with_cookie(mut self, name: &str, value: &str) -> Self {
        self.cookies.insert(name.into(), value.into());
        self
    }

    /// Opens a page.
    pub async fn get(&mut self, path: &str) -> Page {
        self.send(TestRequest::get().uri(path)).await
    }

    /// Opens `form`, then sends its hidden fields with `fields` to `path`.
    pub async fn fill(&mut self, form: &str, path: &str, fields: &[(&str, &str)]) -> Page {
        let page = self.get(form).await;
        let mut all = Vec::new();
        for name in ["_csrf", "_kunci"] {
            all.extend(page.hidden(name).map(|value| (name.to_owned(), value.to_owned())));
        }
        all.extend(fields.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())));
        let all: Vec<(&str, &str)> = all.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
        self.post(path, &all).await
    }

    /// Sends exactly these fields.
    pub async fn post(&mut self, path: &str, fields: &[(&str, &str)]) -> Page {
        let body = urlencode(fields);
        let request = TestRequest::post().uri(path).insert_header(("content-type", "application/x-www-form-urlencoded"));
        self.send(request.set_payload(body)).await
    }

    /// Opens `form`, then sends its hidden fields, `fields` and `files` (field, file name, content) to `path`.
    pub async fn upload(&mut self, form: &str, path: &str, fields: &[(&str, &str)], files: &[(&str, &str, &[u8])]) -> Page {
        let page = self.get(form).await;
        let hidden = ["_csrf", "_kunci"].into_iter().filter_map(|name| page.hidden(name).map(|value| (name, value)));
        let boundary = "batas-uji-praja";
        let mut body = Vec::new();
        for (name, value) in hidden.chain(fields.iter().copied()) {
            body.extend(format!("--{boundary}\r\ncontent-disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n").bytes());
        }
        for (name, file, content) in files {
            let head = format!("--{boundary}\r\ncontent-disposition: form-data; name=\"{name}\"; filename=\"{file}\"\r\n");
            body.extend(head.bytes().chain("content-type: application/octet-stream\r\n\r\n".bytes()));
            body.extend(content.iter().copied().chain("\r\n".bytes()));
        }
        body.extend(format!("--{boundary}--\r\n").bytes());
        let kind = format!("multipart/form-data; boundary={boundary}");
        self.send(TestRequest::post().uri(path).insert_header(("content-type", kind)).set_payload(body)).await
    }

    /// Sends a request with this visitor's cookies and keeps those that come back.
    pub async fn send(&mut self, request: TestRequest) -> Page {
        let cookies = self.cookies.iter().map(|(name, value)| format!("{name}={value}")).collect::<Vec<_>>().join("; ");
        let request = request.insert_header(("host", self.host.as_str()));
        let request = match self.address {
            Some(address) => request.peer_addr(SocketAddr::new(address, 4000)),
            None => request,
        };
        let request = if cookies.is_empty() { request } else { request.insert_header(("cookie", cookies)) };
        let response = self.kit.application.call(&self.kit.parts, request).await;
        let status = response.status().as_u16();
        let location = response.headers().get(header::LOCATION).and_then(|to| to.to_str().ok()).map(ToOwned::to_owned);
        let headers: Vec<(String, String)> = response
            .headers()
            .iter()
            .map(|(name, value)| (name.as_str().to_owned(), value.to_str().unwrap_or_default().to_owned()))
            .collect();
        for (_, cookie) in headers.iter().filter(|(name, _)| name == "set-cookie") {
            let (pair, rest) = cookie.split_once(';').unwrap_or((cookie, ""));
            let Some((name, value)) = pair.split_once('=') else { continue };
            if rest.contains("Max-Age=0") {
                self.cookies.remove(name);
            } else {
                self.cookies.insert(name.to_owned(), value.to_owned());
            }
        }
        let bytes = read_body(response).await.to_vec();
        let body = String::from_utf8_lossy(&bytes).into_owned();
        Page { status, body, bytes, location, headers }
    }
}

/// Fields as a browser sends them.
pub fn urlencode(fields: &[(&str, &str)]) -> String {
    let encode = |text: &str| {
        text.bytes().fold(String::new(), |mut out, byte| {
            match byte {
                b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'_' | b'.' => out.push(char::from(byte)),
                b' ' => out.push('+'),
                other => out.push_str(&format!("%{other:02X}")),
            }
            out
        })
    };
    fields.iter().map(|(name, value)| format!("{}={}", encode(name), encode(value))).collect::<Vec<_>>().join("&")
}
