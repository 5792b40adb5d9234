//! The OpenAPI 3.1 document, made from the operations of the modules that are on.

use std::collections::BTreeMap;

use serde_json::{Map, Value, json};

use super::{Answer, Body, Field, GALAT, Kind, Operation, PER_MINUTE, Shape, parts_of};
use crate::{Ctx, Method};

/// What every operation may answer besides.
pub const fn usual_errors() -> &'static [(u16, &'static str)] {
    &[
        (401, "Token tidak ada, tidak dikenal, sudah dicabut, atau sudah lewat masa berlakunya"),
        (403, "Token tidak mempunyai cakupan yang diperlukan"),
        (429, "Permintaan terlalu sering; kepala Retry-After menyebut detik tunggunya"),
        (500, "Gangguan di pihak Praja; laporkan kode insidennya"),
        (503, "Sedang tidak dapat melayani; ulangi beberapa saat lagi"),
    ]
}

/// Everything that may be wrong with a call of this operation.
pub fn errors_of(operation: &Operation) -> Vec<(u16, &'static str)> {
    let mut all = usual_errors().to_vec();
    if parts_of(operation.path).next().is_some() {
        all.push((404, "Yang diminta tidak ada, atau bukan untuk token ini"));
    }
    if !operation.query.is_empty() || operation.body.is_some() {
        all.push((422, "Ada isian yang perlu diperbaiki"));
    }
    if operation.body.is_some() {
        all.push((400, "Isi permintaan tidak dapat dibaca"));
        all.push((409, "Idempotency-Key sudah dipakai untuk isi yang berbeda, atau data baru saja diubah pihak lain"));
        all.push((413, "Isi permintaan melebihi batas"));
        all.push((415, "Jenis isi tidak diterima"));
    }
    all.sort_unstable_by_key(|(status, _)| *status);
    all
}

/// The document of the modules that are on here.
pub fn document(ctx: &Ctx) -> Value {
    let instance = ctx.instance();
    let mut shapes: BTreeMap<&'static str, &'static Shape> = BTreeMap::new();
    gather(&GALAT, &mut shapes);
    let (mut paths, mut tags): (Map<String, Value>, Vec<Value>) = (Map::new(), Vec::new());
    for module in ctx.parts().modules.iter().filter(|module| instance.has_module(module.id) && !module.api.is_empty()) {
        tags.push(json!({ "name": module.id, "description": module.title }));
        for operation in module.api {
            for shape in shapes_of(operation) {
                gather(shape, &mut shapes);
            }
            let method = if operation.method() == Method::Get { "get" } else { "post" };
            let entry = paths.entry(operation.path).or_insert_with(|| json!({}));
            entry[method] = described(operation, module.id);
        }
    }
    let schemas: Map<String, Value> = shapes.into_iter().map(|(name, shape)| (name.to_owned(), schema(shape, false))).collect();
    json!({
        "openapi": "3.1.0",
        "info": {
            "title": format!("API Praja {}", instance.wilayah.nama),
            "version": "1",
            "description": format!(
                "Untuk aplikasi lain milik daerah. Setiap permintaan membawa token dari OPD yang suratnya dibaca atau dicatat; \
                 paling banyak {PER_MINUTE} permintaan setiap menit untuk satu token. Waktu ditulis dengan zonanya. Isian \
                 yang tidak dikenal ditolak; jawaban dapat mendapat isian baru."
            ),
        },
        "servers": [{ "url": instance.url_publik }],
        "security": [{ "token": [] }],
        "tags": tags,
        "paths": paths,
        "components": {
            "securitySchemes": { "token": { "type": "http", "scheme": "bearer", "description": "Token yang dibuat OPD pada halaman Aplikasi terhubung." } },
            "schemas": schemas,
        },
    })
}

fn shapes_of(operation: &Operation) -> Vec<&'static Shape> {
    match operation.answer {
        Answer::Found(shape) | Answer::Made(shape) => vec![shape],
        Answer::File(_) => Vec::new(),
    }
}

/// A shape and those within it.
fn gather(shape: &'static Shape, all: &mut BTreeMap<&'static str, &'static Shape>) {
    if all.insert(shape.name, shape).is_some() {
        return;
    }
    for field in shape.fields {
        if let Kind::One(inner) | Kind::Many(inner) = field.kind {
            gather(inner, all);
        }
    }
}

fn described(operation: &Operation, module: &str) -> Value {
    let mut parameters: Vec<Value> = parts_of(operation.path)
        .map(|name| json!({ "name": name, "in": "path", "required": true, "schema": part(name) }))
        .collect();
    parameters.extend(operation.query.iter().map(|field| {
        json!({ "name": field.name, "in": "query", "required": field.must, "description": field.about, "schema": kind(field.kind) })
    }));
    if operation.body.is_some() {
        parameters.push(json!({
            "name": "Idempotency-Key", "in": "header", "required": true,
            "description": "UUID milik satu isi. Permintaan yang diulang dengan UUID yang sama mendapat jawaban yang sama selama tujuh hari.",
            "schema": { "type": "string", "format": "uuid" },
        }));
    }
    let mut responses = Map::new();
    responses.insert(operation.answer.status().to_string(), answered(&operation.answer));
    for (status, words) in errors_of(operation) {
        let content = json!({ "application/json": { "schema": { "$ref": "#/components/schemas/Galat" } } });
        responses.insert(status.to_string(), json!({ "description": words, "content": content }));
    }
    let mut all = json!({
        "operationId": operation.id,
        "tags": [module],
        "summary": operation.title,
        "description": format!("{} Cakupan token: {}.", operation.about, operation.cakupan.nama).trim(),
        "parameters": parameters,
        "responses": responses,
    });
    if let Some(body) = &operation.body {
        all["requestBody"] = sent(body);
    }
    let [sent, answered] = operation.examples.map(|text| serde_json::from_str::<Value>(text).ok());
    if let Some(example) = sent {
        all["requestBody"]["content"]["application/json"]["example"] = example;
    }
    if let Some(example) = answered {
        all["responses"][operation.answer.status().to_string()]["content"]["application/json"]["example"] = example;
    }
    all
}

/// The variable part of an address: things are named by their identity, but types by their code and applications by their number.
fn part(name: &str) -> Value {
    match name {
        "kode" | "nomor" => json!({ "type": "string" }),
        _ => json!({ "type": "string", "format": "uuid" }),
    }
}

fn answered(answer: &Answer) -> Value {
    match answer {
        Answer::Found(shape) | Answer::Made(shape) => {
            let words = if answer.status() == 201 { "Sudah dicatat" } else { "Berhasil" };
            json!({ "description": words, "content": { "application/json": { "schema": to(shape) } } })
        }
        Answer::File(kinds) => {
            let content: Map<String, Value> = kinds.iter().map(|mime| ((*mime).to_owned(), json!({}))).collect();
            json!({ "description": "Berkasnya", "content": content })
        }
    }
}

/// The body in both forms it may be sent in.
fn sent(body: &Body) -> Value {
    let (mut as_json, mut as_form) = (schema(body.shape, true), schema(body.shape, true));
    if let Some(files) = &body.files {
        let words = format!(
            "Paling banyak {} berkas, masing-masing paling besar {} MiB. Jenisnya diperiksa dari isinya.",
            files.max_files,
            files.max_file >> 20
        );
        as_json["properties"][files.field] = json!({
            "type": "array", "maxItems": files.max_files, "description": words,
            "items": {
                "type": "object", "additionalProperties": false, "required": ["nama", "isi"],
                "properties": {
                    "nama": { "type": "string", "description": "Nama berkas, misalnya surat.pdf." },
                    "isi": { "type": "string", "contentEncoding": "base64", "description": "Isi berkas dalam base64." },
                },
            },
        });
        as_form["properties"][files.field] = json!({ "type": "array", "maxItems": files.max_files, "description": words, "items": { "type": "string", "format": "binary" } });
    }
    json!({
        "required": true,
        "content": { "application/json": { "schema": as_json }, "multipart/form-data": { "schema": as_form } },
    })
}

fn to(shape: &Shape) -> Value {
    json!({ "$ref": format!("#/components/schemas/{}", shape.name) })
}

/// A shape as a schema. What is sent may leave fields out; what is answered has them all, some of them null.
fn schema(shape: &Shape, sent: bool) -> Value {
    let property = |field: &Field| {
        let mut one = kind(field.kind);
        one["description"] = json!(field.about);
        if !sent && !field.must {
            one = nullable(one);
        }
        (field.name.to_owned(), one)
    };
    let properties: Map<String, Value> = shape.fields.iter().map(property).collect();
    let required: Vec<&str> = shape.fields.iter().filter(|field| !sent || field.must).map(|field| field.name).collect();
    json!({ "type": "object", "additionalProperties": !sent, "required": required, "properties": properties })
}

fn nullable(mut one: Value) -> Value {
    if let Some(Value::Array(words)) = one.get_mut("enum") {
        words.push(Value::Null);
    }
    match one.get("type").cloned() {
        Some(plain) => {
            one["type"] = json!([plain, "null"]);
            one
        }
        None => {
            let words = one["description"].clone();
            json!({ "description": words, "oneOf": [{ "$ref": one["$ref"] }, { "type": "null" }] })
        }
    }
}

fn kind(kind: Kind) -> Value {
    match kind {
        Kind::Text(0) => json!({ "type": "string" }),
        Kind::Text(most) => json!({ "type": "string", "maxLength": most }),
        Kind::Id => json!({ "type": "string", "format": "uuid" }),
        Kind::Date => json!({ "type": "string", "format": "date" }),
        Kind::Moment => json!({ "type": "string", "format": "date-time" }),
        Kind::Uri => json!({ "type": "string", "format": "uri" }),
        Kind::Number => json!({ "type": "integer" }),
        Kind::Flag => json!({ "type": "boolean" }),
        Kind::Words(words) => json!({ "type": "string", "enum": words() }),
        Kind::Texts => json!({ "type": "array", "items": { "type": "string" } }),
        Kind::Object => json!({ "type": "object", "additionalProperties": true }),
        Kind::One(shape) => to(shape),
        Kind::Many(shape) => json!({ "type": "array", "items": to(shape) }),
    }
}
