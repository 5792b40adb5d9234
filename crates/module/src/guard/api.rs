//! The guard around operations for other programs: a token instead of a session, JSON instead of pages. Cookies do not count here, so that
//! no browser can be made to call.

use std::{io::Cursor, sync::Arc};

use actix_web::{HttpRequest, HttpResponse, HttpResponseBuilder, http::StatusCode, web};
use base64::{Engine, engine::general_purpose::STANDARD};
use praja_store::PutError;
use serde_json::Value;

use super::{disposition, incident_of, no_instance, read_body, upload};
use crate::{
    AppParts, Body, Ctx, Incoming, Input, Module, Outcome, Problem, Response, Throttle, Unkept, Upload, UploadRule, Usage,
    api::{Act, Body as Sent, Files, Kind, Operation, Refusal, Shape, told},
    input::{FORM_FIELD, visible},
    token,
};

/// How many first bytes are kept for judging a file's type.
const HEAD: usize = 512;
/// A token is shorter than this.
const LONGEST: usize = 200;

pub(crate) async fn answer(
    parts: Arc<AppParts>,
    module: &'static Module,
    operation: &'static Operation,
    request: HttpRequest,
    payload: web::Payload,
) -> HttpResponse {
    let Some(incoming) = Incoming::read(&request, &parts.instances, operation.path) else { return no_instance() };
    let incoming = Arc::new(incoming);
    let now = incoming.instance.now();
    let ctx = Ctx::new(incoming.clone(), parts, now);
    if !incoming.instance.has_module(module.id) {
        return finish(&ctx, Err(Problem::NotFound)).await;
    }
    let ctx = match enter(ctx.clone(), operation, &request).await {
        Ok(ctx) => ctx,
        Err(problem) => return finish(&ctx, Err(problem)).await,
    };
    let input = match &operation.body {
        Some(body) => match read(&incoming, body, &request, payload).await {
            Ok(input) => input,
            Err(problem) => return finish(&ctx, Err(problem)).await,
        },
        None => Input::default(),
    };
    let again = ctx.clone();
    let ran = web::block(move || {
        let outcome = match operation.act {
            Act::Get(act) => ctx.read(|tx| act(&ctx, tx)),
            Act::Post(act) => act(&ctx, &input),
        };
        let noted = note(&ctx, operation, &outcome);
        (ctx, noted.and(outcome))
    });
    let (ctx, outcome) = ran.await.unwrap_or_else(|_| (again, Err(Problem::Fault("the operation panicked".into()))));
    finish(&ctx, outcome).await
}

/// An address that no operation has.
pub(super) fn not_found() -> HttpResponse {
    let (status, body) = told(&Problem::NotFound, None);
    begun(status).content_type("application/json").body(body.to_string())
}

/// Whose token, may it, and not too often.
async fn enter(mut ctx: Ctx, operation: &'static Operation, request: &HttpRequest) -> Result<Ctx, Problem> {
    let token = bearer(request).ok_or_else(|| Problem::refused(Refusal::NoToken))?;
    let key = token::session_key(token);
    let instance = ctx.instance().clone();
    let found = web::block(move || match instance.ports.callers.clone() {
        Some(callers) => instance.db.read(|tx| callers.find(tx, &key, &instance)),
        None => Ok(None),
    });
    let found = found.await.map_err(|_| Problem::Fault("the token check panicked".into()))??;
    let who = found.as_ref().map_or_else(|| format!("alamat:{}", ctx.incoming().address), |caller| caller.token.to_string());
    let hasty = |throttle: &Throttle| !throttle.allows(&who, ctx.now());
    if ctx.instance().ports.calls.as_deref().is_some_and(hasty) {
        return Err(Problem::TooOften);
    }
    let caller = found.ok_or_else(|| Problem::refused(Refusal::BadToken))?;
    let allowed = caller.cakupan.iter().any(|nama| nama == operation.cakupan.nama);
    ctx.call_by(caller);
    if allowed {
        return Ok(ctx);
    }
    let refused = || Problem::refused(Refusal::Scope(operation.cakupan.nama));
    let noted = web::block(move || note(&ctx, operation, &Err(refused())));
    noted.await.map_err(|_| Problem::Fault("noting a use panicked".into()))??;
    Err(refused())
}

fn bearer(request: &HttpRequest) -> Option<&str> {
    let header = request.headers().get("authorization")?.to_str().ok()?;
    let (scheme, token) = header.split_once(' ')?;
    let token = token.trim();
    (scheme.eq_ignore_ascii_case("bearer") && !token.is_empty() && token.len() <= LONGEST).then_some(token)
}

/// Writes the use down. Of what is opened one by one, what was opened, too.
fn note(ctx: &Ctx, operation: &Operation, outcome: &Outcome) -> Result<(), Problem> {
    let (Some(callers), caller) = (ctx.instance().ports.callers.clone(), ctx.caller()?) else { return Ok(()) };
    let status = outcome.as_ref().map_or_else(|problem| told(problem, None).0, |response| response.status);
    let opened = (operation.traced && outcome.is_ok()).then(|| ctx.incoming().path.clone());
    let usage = Usage { operation: operation.id, status, opened, address: ctx.incoming().address.clone() };
    Ok(callers.note(ctx.instance(), caller, &usage)?)
}

/// Reads what was sent, in either form, into the fields and files that operations know from forms.
async fn read(incoming: &Incoming, body: &Sent, request: &HttpRequest, payload: web::Payload) -> Result<Input, Problem> {
    let header = |name: &str| request.headers().get(name).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let key = header("idempotency-key").trim().to_lowercase();
    if key.parse::<praja_kernel::Id>().is_err() {
        return Err(Problem::refused(Refusal::NoKey));
    }
    let (kind, files) = (header("content-type"), body.files);
    let mut input = if kind.starts_with("multipart/form-data") {
        let rule = match files {
            Some(files) => UploadRule { max_file: files.max_file, max_files: files.max_files, told: true },
            None => UploadRule { max_file: 0, max_files: 0, told: true },
        };
        upload::receive(incoming, rule, None, request, payload).await?
    } else if kind.split(';').next().is_some_and(|kind| kind.trim().eq_ignore_ascii_case("application/json")) {
        let limit = files.map_or(1 << 20, |files| files.limit());
        let bytes = read_body(payload, usize::try_from(limit).unwrap_or(usize::MAX)).await?;
        let (incoming, shape) = (incoming.clone(), body.shape);
        let parsed = web::block(move || from_json(&incoming, &bytes, (shape, files)));
        parsed.await.map_err(|_| Problem::Fault("reading JSON panicked".into()))??
    } else {
        return Err(Problem::refused(Refusal::Kind));
    };
    let known = |name: &str| body.shape.fields.iter().any(|field| field.name == name);
    if let Some((name, _)) = input.fields.iter().find(|(name, _)| !known(name)) {
        return Err(Problem::refused(Refusal::Unknown(name.clone())));
    }
    let own = |name: &str| files.is_some_and(|files| files.field == name);
    let sent = input.files.iter().map(|file| &file.field).chain(input.unkept.iter().map(|file| &file.field));
    if let Some(name) = sent.into_iter().find(|name| !own(name)) {
        return Err(Problem::refused(Refusal::Unknown(name.clone())));
    }
    input.fields.push((FORM_FIELD.to_owned(), key));
    Ok(input)
}

/// A flat object as fields; what stands under the name of the files as files. Blocks: files are stored.
fn from_json(incoming: &Incoming, bytes: &[u8], (shape, files): (&Shape, Option<Files>)) -> Result<Input, Problem> {
    let value: Value = serde_json::from_slice(bytes).map_err(|_| Problem::Unreadable("isi permintaan bukan JSON yang benar"))?;
    let Value::Object(object) = value else { return Err(Problem::Unreadable("isi permintaan bukan satu objek JSON")) };
    let mut input = Input::default();
    for (name, value) in object {
        let broken = |why| Problem::refused(Refusal::Broken(name.clone(), why));
        match (value, files.filter(|files| files.field == name)) {
            (Value::Null, _) => {}
            (Value::Array(all), Some(files)) => store(incoming, &mut input, files, &all)?,
            (_, Some(_)) => return Err(broken("harus berupa daftar berkas")),
            (Value::String(text), None) => input.fields.push((name, visible(text))),
            (Value::Bool(flag), None) => input.fields.push((name, flag.to_string())),
            (Value::Number(number), None) => input.fields.push((name, number.to_string())),
            (Value::Object(object), None) if is_object(shape, &name) => {
                input.fields.push((name, visible(Value::Object(object).to_string())));
            }
            (Value::Array(_) | Value::Object(_), None) => return Err(broken("harus berupa satu nilai")),
        }
    }
    Ok(input)
}

/// May an object stand in this field?
fn is_object(shape: &Shape, name: &str) -> bool {
    shape.fields.iter().any(|field| field.name == name && matches!(field.kind, Kind::Object))
}

fn store(incoming: &Incoming, input: &mut Input, files: Files, all: &[Value]) -> Result<(), Problem> {
    let broken = |why| Problem::refused(Refusal::Broken(files.field.to_owned(), why));
    for one in all {
        let text = |name: &str| one.get(name).and_then(Value::as_str);
        let (Some(name), Some(content)) = (text("nama"), text("isi")) else {
            return Err(broken("setiap berkas memuat nama dan isi"));
        };
        let name = upload::plain_name(name);
        let bytes = STANDARD.decode(content).map_err(|_| broken("isi berkas bukan base64"))?;
        let (field, size) = (files.field.to_owned(), bytes.len() as u64);
        if input.files.len() == files.max_files {
            input.unkept.push(Unkept { field, name, size, why: crate::NotKept::Many });
            continue;
        }
        let head = bytes[..bytes.len().min(HEAD)].to_vec();
        match incoming.instance.blobs.put(&mut Cursor::new(bytes), files.max_file) {
            Ok(blob) => input.files.push(Upload { field, name, head, blob }),
            Err(PutError::TooLarge { .. }) => input.unkept.push(Unkept { field, name, size, why: crate::NotKept::Large }),
            Err(PutError::Cut(_)) => return Err(Problem::Unreadable("pengiriman berkas terputus")),
            Err(PutError::Store(e)) => return Err(Problem::Store(e)),
        }
    }
    Ok(())
}

fn begun(status: u16) -> HttpResponseBuilder {
    let mut out = HttpResponse::build(StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR));
    out.insert_header(("cache-control", "no-store"));
    match status {
        401 => drop(out.insert_header(("www-authenticate", "Bearer realm=\"praja\""))),
        429 => drop(out.insert_header(("retry-after", "60"))),
        _ => {}
    }
    out
}

async fn finish(ctx: &Ctx, outcome: Outcome) -> HttpResponse {
    let response = match outcome {
        Ok(response) => response,
        Err(problem) => {
            let incident = problem.is_fault().then(|| incident_of(ctx, &problem));
            let (status, body) = told(&problem, incident.as_deref());
            return begun(status).content_type("application/json").body(body.to_string());
        }
    };
    let Response { status, body, .. } = response;
    let mut out = begun(status);
    match body {
        Body::Json(text) => out.content_type("application/json").body(text),
        Body::Bytes { bytes, mime, name } => {
            out.content_type(mime).insert_header(("content-disposition", disposition(&name, false))).body(bytes)
        }
        Body::Pdf { bytes, name } => {
            out.content_type("application/pdf").insert_header(("content-disposition", disposition(&name, false))).body(bytes)
        }
        Body::File { blob, mime, name, .. } => {
            out.content_type(mime.as_str()).insert_header(("content-disposition", disposition(&name, false)));
            upload::send_file(ctx, blob, out).await
        }
        Body::Stream { write, mime, name } => {
            out.content_type(mime).insert_header(("content-disposition", disposition(&name, false)));
            upload::send_written(write, out)
        }
        // No operation answers with a page; one that did would be a fault of ours.
        Body::Page(_) | Body::Packed(_) | Body::Redirect(_) | Body::Text(_) => {
            let (status, body) = told(&Problem::Fault("an operation answered with a page".into()), None);
            begun(status).content_type("application/json").body(body.to_string())
        }
    }
}
