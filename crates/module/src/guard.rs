//! The guard around every route: finds the Instance, who asks and what they may, and only then lets the handler run.

use std::sync::Arc;

use actix_web::{HttpRequest, HttpResponse, http::StatusCode, web};
use bytes::Bytes;
use futures_util::StreamExt;
use praja_store::Tx;

use crate::{
    Access, AppParts, Body, Ctx, Handler, Incoming, Input, Module, Offline, Outcome, Problem, Response, Route, SignedIn,
    Throttle,
    incoming::SESSION_COOKIE,
    input::{CSRF_FIELD, HOLDER_FIELD},
    response::{NOTICE_COOKIE, encode},
    token,
};

pub(crate) mod api;
mod prove;
mod upload;

const SIGN_OUT: &str = "/keluar";
/// Tells the worker on the device for whom a page was drawn; "-" for nobody.
const HOLDER_HEADER: &str = "x-praja-pemegang";
/// Tells it that the page may be kept.
const KEEP_HEADER: &str = "x-praja-simpan";
/// Where the password is typed again before a dangerous page opens.
const PROVE: &str = "/buktikan";

/// A form without files is at most this large, in bytes.
const FORM_LIMIT: usize = 1 << 20;

pub(crate) async fn answer(
    parts: Arc<AppParts>,
    module: &'static Module,
    route: Route,
    request: HttpRequest,
    payload: web::Payload,
) -> HttpResponse {
    let Some(incoming) = Incoming::read(&request, &parts.instances, route.path) else { return no_instance() };
    let incoming = Arc::new(incoming);
    let now = incoming.instance.now();
    let ctx = Ctx::new(incoming.clone(), parts.clone(), now);
    if !incoming.instance.has_module(module.id) {
        return finish(ctx, Err(Problem::NotFound)).await;
    }
    // A stranger at a guarded door is turned away without asking the database.
    if route.access != Access::Public && incoming.cookie(SESSION_COOKIE).is_none() {
        return finish(ctx, Err(Problem::SignInFirst)).await;
    }
    let (ctx, outcome) = match route.handler {
        Handler::Get(handler) => {
            let again = ctx.clone();
            let ran = web::block(move || {
                let read = incoming.instance.db.read(|tx| {
                    let mut ctx = ctx.clone();
                    // The outcome is no database error: a refusal shown must not look like a failed read.
                    let entered = enter(&mut ctx, tx, route.access, false).and_then(|()| prove::page(&ctx, route));
                    let outcome = entered.and_then(|()| handler(&ctx, tx)).map(|page| page.kept_by(route));
                    Ok::<_, Problem>((ctx, outcome))
                });
                let (ctx, outcome) = read.unwrap_or_else(|problem| (ctx.clone(), Err(problem)));
                (ctx, if incoming.gzip { outcome.map(Response::packed) } else { outcome })
            });
            ran.await.unwrap_or_else(|_| (again, Err(Problem::Fault("the handler panicked".into()))))
        }
        Handler::Post(handler) => {
            let input = match read_input(&incoming, &ctx, route, &request, payload).await {
                Ok(input) => input,
                Err(problem) => return finish(ctx, Err(problem)).await,
            };
            let again = ctx.clone();
            let ran = web::block(move || {
                let entered = incoming.instance.db.read(|tx| {
                    let mut ctx = ctx.clone();
                    let entered = enter(&mut ctx, tx, route.access, true);
                    Ok::<_, Problem>((ctx, entered))
                });
                match entered {
                    Ok((ctx, Ok(()))) => {
                        let input = written_here(&ctx, &input).and_then(|()| prove::act(&ctx, route, input));
                        let outcome = input.and_then(|input| handler(&ctx, &input));
                        (ctx, outcome)
                    }
                    Ok((ctx, Err(problem))) => (ctx, Err(problem)),
                    Err(problem) => (ctx, Err(problem)),
                }
            });
            ran.await.unwrap_or_else(|_| (again, Err(Problem::Fault("the handler panicked".into()))))
        }
        Handler::Receive(handler) => {
            let hasty = |throttle: &Throttle| !throttle.allows(&incoming.address, now);
            if incoming.instance.ports.machines.as_deref().is_some_and(hasty) {
                return finish(ctx, Err(Problem::TooOften)).await;
            }
            let limit = route.upload.map_or(FORM_LIMIT, |rule| usize::try_from(rule.max_file).unwrap_or(FORM_LIMIT));
            let bytes = match read_body(payload, limit).await {
                Ok(bytes) => bytes,
                Err(problem) => return finish(ctx, Err(problem)).await,
            };
            let again = ctx.clone();
            let ran = web::block(move || {
                let outcome = handler(&ctx, &bytes);
                (ctx, outcome)
            });
            ran.await.unwrap_or_else(|_| (again, Err(Problem::Fault("the handler panicked".into()))))
        }
    };
    finish(ctx, outcome).await
}

pub(crate) async fn not_found(parts: Arc<AppParts>, request: HttpRequest) -> HttpResponse {
    let Some(incoming) = Incoming::read(&request, &parts.instances, "") else { return no_instance() };
    let now = incoming.instance.now();
    // The document is opened by people, too.
    if incoming.path.starts_with(crate::api::ROOT) && incoming.path != crate::api::DOCUMENT {
        return api::not_found();
    }
    finish(Ctx::new(Arc::new(incoming), parts, now), Err(Problem::NotFound)).await
}

/// Who asks, may they, and how much waits for them: in the same snapshot as the page.
fn enter(ctx: &mut Ctx, tx: &mut Tx<'_>, access: Access, writes: bool) -> Result<(), Problem> {
    let ports = &ctx.instance().ports.clone();
    if let (Some(sign_in), Some(key)) = (&ports.sign_in, ctx.session_key()) {
        ctx.sign_in(sign_in.find(tx, &key, ctx.now())?);
    }
    admit(access, ctx.who())?;
    if writes && ctx.who().is_some_and(|who| who.tamu.is_some()) && !is_open_to_guests(access, &ctx.incoming().path) {
        return Err(Problem::ReadsOnly);
    }
    let path = ctx.incoming().path.as_str();
    let is_way_out = |who: &SignedIn| [who.home(), "/profil/sandi", SIGN_OUT].contains(&path);
    if access != Access::Public && ctx.who().is_some_and(|who| who.must_change_password && !is_way_out(who)) {
        return Err(Problem::ChangePasswordFirst);
    }
    if let (Some(who), Some(count)) = (ctx.who(), ports.waiting) {
        ctx.waiting = Some(count(tx, &who.scope)?);
    }
    Ok(())
}

/// What somebody from outside may send: what the role itself names, what is about the own account, and the way out.
fn is_open_to_guests(access: Access, path: &str) -> bool {
    match access {
        Access::Needs(_) | Access::Account => true,
        Access::Public => [SIGN_OUT, "/masuk", "/lupa-sandi"].iter().any(|way| path.starts_with(way)),
        Access::SignedIn | Access::Warga => false,
    }
}

/// A form that says for whom it was drawn is taken from nobody else: it may have waited on a device for hours.
fn written_here(ctx: &Ctx, input: &Input) -> Result<(), Problem> {
    match (input.text(HOLDER_FIELD), ctx.holder()) {
        ("", _) => Ok(()),
        (written, Some(now)) if token::same(written, &now) => Ok(()),
        _ => Err(Problem::OtherHolder),
    }
}

/// Does this kind of access let them in?
fn admit(access: Access, who: Option<&SignedIn>) -> Result<(), Problem> {
    if access == Access::Public {
        return Ok(());
    }
    let who = who.ok_or(Problem::SignInFirst)?;
    match access {
        Access::Warga if !who.is_citizen() => Err(Problem::CitizensOnly),
        Access::SignedIn | Access::Needs(_) if who.is_citizen() => Err(Problem::OfficersOnly),
        Access::Needs(permission) if !who.scope.may(permission) => Err(Problem::Forbidden(permission)),
        _ => Ok(()),
    }
}

async fn read_input(
    incoming: &Incoming,
    ctx: &Ctx,
    route: Route,
    request: &HttpRequest,
    payload: web::Payload,
) -> Result<Input, Problem> {
    if incoming.foreign {
        return Err(Problem::StaleForm);
    }
    let content = request.headers().get("content-type").and_then(|value| value.to_str().ok()).unwrap_or_default();
    let right = ctx.csrf();
    if content.starts_with("multipart/form-data") {
        let rule = route.upload.ok_or(Problem::Unreadable("formulir ini tidak menerima berkas"))?;
        // Strangers' bytes are not worth disk: who is not signed in is stopped before the first file.
        return upload::read(incoming, route, rule, &right, request, payload).await;
    }
    // What waited on a device brings its pictures as text: a form that may wait and may carry files is as large as one file.
    let limit = match (route.offline, route.upload) {
        (Offline::Wait, Some(rule)) if ctx.who().is_some() => usize::try_from(rule.max_file).unwrap_or(FORM_LIMIT),
        _ => FORM_LIMIT,
    };
    let bytes = read_body(payload, limit).await?;
    let text = std::str::from_utf8(&bytes).map_err(|_| Problem::Unreadable("isi formulir bukan teks UTF-8"))?;
    let input = Input::from_urlencoded(text);
    if token::same(input.raw(CSRF_FIELD), &right) { Ok(input) } else { Err(Problem::StaleForm) }
}

async fn read_body(mut payload: web::Payload, limit: usize) -> Result<Vec<u8>, Problem> {
    let mut bytes = Vec::new();
    while let Some(piece) = payload.next().await {
        let piece: Bytes = piece.map_err(|_| Problem::Unreadable("pengiriman terputus"))?;
        if bytes.len() + piece.len() > limit {
            return Err(Problem::TooLarge { limit: limit as u64 });
        }
        bytes.extend_from_slice(&piece);
    }
    Ok(bytes)
}

/// Turns the outcome into an answer; problems become pages, faults get an incident code.
async fn finish(ctx: Ctx, outcome: Outcome) -> HttpResponse {
    if let Some(who) = ctx.who().filter(|who| who.touch)
        && let (Some(sign_in), Some(key)) = (ctx.instance().ports.sign_in.clone(), ctx.session_key())
    {
        tracing::trace!(session = %who.session, "session used");
        let instance = ctx.instance().clone();
        // Not waited for: nobody's page is late because a time stamp is written.
        actix_web::rt::spawn(web::block(move || sign_in.touch(&instance, &key)));
    }
    match outcome {
        Ok(response) => send(&ctx, response).await,
        Err(Problem::SignInFirst) => {
            let back = ctx.incoming().back_to.as_deref().filter(|path| *path != "/");
            let to = back.map_or_else(|| "/masuk".to_owned(), |path| format!("/masuk?ke={}", encode(path)));
            send(&ctx, Response::redirect(to)).await
        }
        Err(Problem::ChangePasswordFirst) => {
            let home = ctx.who().map_or("/masuk", SignedIn::home);
            send(&ctx, Response::redirect(home)).await
        }
        Err(Problem::ProveFirst) => {
            let back = ctx.incoming().back_to.as_deref().unwrap_or("/");
            send(&ctx, Response::redirect(format!("{PROVE}?ke={}", encode(back)))).await
        }
        // The front door leads everybody to the own start page.
        Err(Problem::OfficersOnly) if ctx.incoming().path == "/" => send(&ctx, Response::redirect("/warga")).await,
        Err(problem) => {
            let incident = problem.is_fault().then(|| incident_of(&ctx, &problem));
            let status = problem.status();
            let html = ctx.parts().pages.problem(&ctx, &problem, incident.as_deref());
            let mut response = Response::page(html);
            response.status = status;
            send(&ctx, response).await
        }
    }
}

fn incident_of(ctx: &Ctx, problem: &Problem) -> String {
    let code = ctx.form_id().word()[20..].to_uppercase();
    let path = &ctx.incoming().path;
    tracing::error!(incident = code, path, problem = ?problem, "an incident was shown");
    code
}

async fn send(ctx: &Ctx, response: Response) -> HttpResponse {
    let status = StatusCode::from_u16(response.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    let mut out = HttpResponse::build(status);
    out.insert_header(("cache-control", "no-store"));
    if let (Some(cookie), true) = (ctx.guest_set_cookie(), response.is_page()) {
        out.append_header(("set-cookie", cookie));
    }
    if response.is_page() {
        if let Some(holder) = ctx.holder().or_else(|| (ctx.is_nobody() || ctx.who().is_some()).then(|| "-".to_owned())) {
            out.insert_header((HOLDER_HEADER, holder));
        }
        // What just happened is said once; a kept page would say it again.
        if response.keep && response.status == 200 && ctx.notice().is_none() {
            out.insert_header((KEEP_HEADER, "ya"));
        }
    }
    let leaves_notice = response.cookies.iter().any(|cookie| cookie.starts_with(NOTICE_COOKIE));
    if ctx.notice().is_some() && !leaves_notice && response.is_page() {
        out.append_header(("set-cookie", format!("{NOTICE_COOKIE}=; Path=/; HttpOnly; SameSite=Lax; Max-Age=0")));
    }
    for cookie in response.cookies {
        out.append_header(("set-cookie", cookie));
    }
    match response.body {
        Body::Page(html) => out.content_type("text/html; charset=utf-8").body(html),
        // A script that followed the redirect itself would use up the notice that waits for the reader.
        Body::Redirect(to) if ctx.incoming().by_script => {
            out.status(StatusCode::OK).content_type("application/json").body(serde_json::json!({ "ke": to }).to_string())
        }
        Body::Packed(bytes) => out
            .content_type("text/html; charset=utf-8")
            .insert_header(("content-encoding", "gzip"))
            .insert_header(("vary", "accept-encoding"))
            .body(bytes),
        Body::Redirect(to) => out.insert_header(("location", to)).finish(),
        Body::Json(text) => out.content_type("application/json").body(text),
        Body::Text(text) => out.content_type("text/plain; charset=utf-8").body(text),
        Body::Bytes { bytes, mime, name } => {
            out.content_type(mime).insert_header(("content-disposition", disposition(&name, false))).body(bytes)
        }
        Body::Pdf { bytes, name } => {
            out.insert_header(("content-security-policy", PDF_CSP));
            out.content_type("application/pdf").insert_header(("content-disposition", disposition(&name, true))).body(bytes)
        }
        Body::Stream { write, mime, name } => {
            out.content_type(mime).insert_header(("content-disposition", disposition(&name, false)));
            upload::send_written(write, out)
        }
        Body::File { blob, mime, name, inline } => {
            out.content_type(mime.as_str()).insert_header(("content-disposition", disposition(&name, inline)));
            // Somebody's file must never run as a page of ours.
            let csp = if mime == "application/pdf" { PDF_CSP } else { "default-src 'none'; sandbox" };
            out.insert_header(("content-security-policy", csp));
            upload::send_file(ctx, blob, out).await
        }
    }
}

/// Browsers show no PDF inside a sandbox, and a PDF runs nothing of ours.
const PDF_CSP: &str = "default-src 'none'; object-src 'self'; style-src 'unsafe-inline'";

fn disposition(name: &str, inline: bool) -> String {
    let plain: String = name.chars().map(|c| if c.is_ascii_alphanumeric() || "._- ".contains(c) { c } else { '_' }).collect();
    let how = if inline { "inline" } else { "attachment" };
    format!("{how}; filename=\"{plain}\"; filename*=UTF-8''{}", encode(name))
}

fn no_instance() -> HttpResponse {
    HttpResponse::MisdirectedRequest()
        .content_type("text/plain; charset=utf-8")
        .body("Alamat ini tidak dilayani di sini. Periksa kembali alamat yang diketik.\n")
}
