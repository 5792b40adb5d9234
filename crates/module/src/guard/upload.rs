//! Files in and out: straight between the line and the encrypted store, a piece at a time, never as plain text on disk.

use std::io::{self, Read};

use actix_multipart::{Field, Multipart};
use actix_web::{HttpRequest, HttpResponse, HttpResponseBuilder, web};
use bytes::Bytes;
use futures_util::{Stream, StreamExt, stream};
use praja_store::{Blob, Blobs, PutError};
use tokio::sync::mpsc;

use crate::{
    Ctx, Incoming, Input, NotKept, Problem, Route, Throttle, Unkept, Upload, UploadRule, Writer,
    input::{CSRF_FIELD, visible},
    token,
};

/// A typed value in a form with files is at most this long, in bytes.
const VALUE_LIMIT: usize = 64 * 1024;
/// A form with files has at most this many fields.
const MAX_FIELDS: usize = 200;
/// How many first bytes are kept for judging a file's type.
const HEAD: usize = 512;
/// So many bytes of files that are not stored are read all the same, so that the browser gets to its answer.
const THROWN_AWAY: u64 = 128 * 1024 * 1024;

pub(super) async fn read(
    incoming: &Incoming,
    route: Route,
    rule: UploadRule,
    csrf: &str,
    request: &HttpRequest,
    payload: web::Payload,
) -> Result<Input, Problem> {
    may_upload(incoming, route).await?;
    receive(incoming, rule, Some(csrf), request, payload).await
}

/// Reads fields and files. Without a proof to look for the sender has proven itself otherwise.
pub(super) async fn receive(
    incoming: &Incoming,
    rule: UploadRule,
    csrf: Option<&str>,
    request: &HttpRequest,
    payload: web::Payload,
) -> Result<Input, Problem> {
    let mut multipart = Multipart::new(request.headers(), payload);
    let mut input = Input::default();
    let mut proven = csrf.is_none();
    while let Some(field) = multipart.next().await {
        let mut field = field.map_err(|_| Problem::Unreadable("pengiriman berkas terputus"))?;
        let name = field.name().unwrap_or_default().to_owned();
        let file_name = field.content_disposition().and_then(|c| c.get_filename()).map(plain_name);
        match file_name {
            None => {
                let value = read_value(&mut field).await?;
                proven |= name == CSRF_FIELD && csrf.is_some_and(|csrf| token::same(&value, csrf));
                input.fields.push((name, value));
            }
            // Every form of ours puts the proof before the files.
            Some(_) if !proven => return Err(Problem::StaleForm),
            Some(file_name) => {
                if rule.told && input.files.len() == rule.max_files {
                    let size = throw_away(&mut field, 0).await?;
                    if !file_name.is_empty() || size > 0 {
                        input.unkept.push(Unkept { field: name, name: file_name, size, why: NotKept::Many });
                    }
                    continue;
                }
                match read_file(incoming, rule, field, name, file_name).await? {
                    Received::Stored(upload) => input.files.push(upload),
                    Received::Unkept(unkept) => input.unkept.push(unkept),
                    Received::Nothing => {}
                }
            }
        }
        if input.fields.len() > MAX_FIELDS || input.files.len() > rule.max_files || input.unkept.len() > MAX_FIELDS {
            return Err(Problem::Unreadable("formulir membawa terlalu banyak isian atau berkas"));
        }
    }
    if proven { Ok(input) } else { Err(Problem::StaleForm) }
}

/// Checks session and permission before a byte is stored; the guard checks again in the handler's own snapshot.
async fn may_upload(incoming: &Incoming, route: Route) -> Result<(), Problem> {
    let Some(sign_in) = incoming.instance.ports.sign_in.clone() else { return Ok(()) };
    let key = incoming.cookie(crate::incoming::SESSION_COOKIE).map(token::session_key);
    let instance = incoming.instance.clone();
    let who = web::block(move || match key {
        Some(key) => instance.db.read(|tx| sign_in.find(tx, &key, instance.now())),
        None => Ok(None),
    });
    let who = who.await.map_err(|_| Problem::Fault("the session check panicked".into()))??;
    super::admit(route.access, who.as_ref())?;
    if who.is_some() {
        return Ok(());
    }
    let ports = &incoming.instance.ports;
    let (throttle, name) = match ports.known_strangers.iter().find_map(|known| known(incoming)) {
        Some(name) => (&ports.known_files, name),
        None => (&ports.strangers_files, incoming.address.clone()),
    };
    let hasty = |throttle: &Throttle| !throttle.allows(&name, incoming.instance.now());
    if throttle.as_deref().is_some_and(hasty) { Err(Problem::TooOften) } else { Ok(()) }
}

async fn read_value(field: &mut Field) -> Result<String, Problem> {
    let mut bytes = Vec::new();
    while let Some(piece) = field.next().await {
        let piece = piece.map_err(|_| Problem::Unreadable("pengiriman formulir terputus"))?;
        bytes.extend_from_slice(&piece);
        if bytes.len() > VALUE_LIMIT {
            return Err(Problem::TooLarge { limit: VALUE_LIMIT as u64 });
        }
    }
    String::from_utf8(bytes).map(visible).map_err(|_| Problem::Unreadable("isi formulir bukan teks UTF-8"))
}

/// What became of one field for a file.
enum Received {
    Stored(Upload),
    Unkept(Unkept),
    /// The sender left it empty.
    Nothing,
}

/// Reads the rest of a file of which so many bytes were read and keeps nothing of it; gives the size of the whole.
async fn throw_away(field: &mut Field, read: u64) -> Result<u64, Problem> {
    let mut size = read;
    while let Some(piece) = field.next().await {
        let piece = piece.map_err(|_| Problem::Unreadable("pengiriman berkas terputus"))?;
        size += piece.len() as u64;
        if size > THROWN_AWAY {
            return Err(Problem::TooLarge { limit: THROWN_AWAY });
        }
    }
    Ok(size)
}

/// Feeds the file to a thread that encrypts and stores it.
async fn read_file(
    incoming: &Incoming,
    rule: UploadRule,
    mut field: Field,
    name: String,
    file_name: String,
) -> Result<Received, Problem> {
    let (sender, receiver) = mpsc::channel::<io::Result<Bytes>>(16);
    let blobs: Blobs = incoming.instance.blobs.clone();
    let storing = web::block(move || blobs.put(&mut Pieces { receiver, ahead: Bytes::new() }, rule.max_file));
    let mut head = Vec::new();
    let mut size = 0_u64;
    let mut ended = true;
    while let Some(piece) = field.next().await {
        let piece = piece.map_err(|_| io::Error::from(io::ErrorKind::ConnectionAborted));
        let cut = piece.is_err();
        if let Ok(piece) = &piece {
            size += piece.len() as u64;
            head.extend(piece.iter().take(HEAD.saturating_sub(head.len())));
        }
        // The storing side stops listening when the limit is passed.
        if sender.send(piece).await.is_err() || cut {
            ended = false;
            break;
        }
    }
    drop(sender);
    let stored = storing.await.map_err(|_| Problem::Fault("storing a file panicked".into()))?;
    if file_name.is_empty() && size == 0 {
        return Ok(Received::Nothing);
    }
    match stored {
        Ok(blob) => Ok(Received::Stored(Upload { field: name, name: file_name, head, blob })),
        Err(PutError::TooLarge { .. }) if rule.told => {
            let size = if ended { size } else { throw_away(&mut field, size).await? };
            Ok(Received::Unkept(Unkept { field: name, name: file_name, size, why: NotKept::Large }))
        }
        Err(PutError::TooLarge { limit }) => Err(Problem::TooLarge { limit }),
        Err(PutError::Cut(_)) => Err(Problem::Unreadable("pengiriman berkas terputus")),
        Err(PutError::Store(e)) => Err(Problem::Store(e)),
    }
}

/// The last part of a name, without folders or control letters, at most 120 letters.
pub(super) fn plain_name(name: &str) -> String {
    let last = name.rsplit(['/', '\\']).next().unwrap_or_default();
    visible(last.to_owned()).chars().filter(|c| !c.is_control()).take(120).collect()
}

struct Pieces {
    receiver: mpsc::Receiver<io::Result<Bytes>>,
    ahead: Bytes,
}

impl Read for Pieces {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        while self.ahead.is_empty() {
            match self.receiver.blocking_recv() {
                None => return Ok(0),
                Some(piece) => self.ahead = piece?,
            }
        }
        let taken = out.len().min(self.ahead.len());
        out[..taken].copy_from_slice(&self.ahead.split_to(taken));
        Ok(taken)
    }
}

/// Sends a stored file as it is decrypted. A damaged file ends the answer early, so that it is never taken for whole.
pub(super) async fn send_file(ctx: &Ctx, blob: Blob, mut out: HttpResponseBuilder) -> HttpResponse {
    let (sender, receiver) = mpsc::channel::<io::Result<Bytes>>(8);
    let blobs = ctx.instance().blobs.clone();
    let size = u64::try_from(blob.ukuran).unwrap_or(0);
    actix_web::rt::task::spawn_blocking(move || {
        let outcome = blobs.open(&blob).map_err(io::Error::other).and_then(|mut plain| {
            loop {
                let mut piece = vec![0_u8; 64 * 1024];
                let read = plain.read(&mut piece)?;
                piece.truncate(read);
                if read == 0 || sender.blocking_send(Ok(piece.into())).is_err() {
                    return Ok(());
                }
            }
        });
        if let Err(e) = outcome {
            tracing::error!(blob = blob.alamat, error = %e, "a stored file could not be read");
            drop(sender.blocking_send(Err(e)));
        }
    });
    out.no_chunking(size).streaming(pieces(receiver))
}

fn pieces(receiver: mpsc::Receiver<io::Result<Bytes>>) -> impl Stream<Item = io::Result<Bytes>> {
    stream::unfold(receiver, |mut receiver| async move { receiver.recv().await.map(|piece| (piece, receiver)) })
}

/// Sends what is written meanwhile. A reader who goes away ends the writing.
pub(super) fn send_written(write: Writer, mut out: HttpResponseBuilder) -> HttpResponse {
    let (sender, receiver) = mpsc::channel::<io::Result<Bytes>>(8);
    actix_web::rt::task::spawn_blocking(move || {
        let mut out = io::BufWriter::with_capacity(64 * 1024, Sending(sender.clone()));
        let outcome = write.run(&mut out).and_then(|()| io::Write::flush(&mut out));
        if let Err(e) = outcome {
            tracing::warn!(error = %e, "an answer was not written to its end");
            drop(sender.blocking_send(Err(e)));
        }
    });
    out.streaming(pieces(receiver))
}

/// A writer whose pieces are sent.
struct Sending(mpsc::Sender<io::Result<Bytes>>);

impl io::Write for Sending {
    fn write(&mut self, piece: &[u8]) -> io::Result<usize> {
        let gone = |_| io::Error::new(io::ErrorKind::BrokenPipe, "the reader went away");
        self.0.blocking_send(Ok(Bytes::copy_from_slice(piece))).map_err(gone)?;
        Ok(piece.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
