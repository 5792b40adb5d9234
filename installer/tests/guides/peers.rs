//! Servers that some guides need: PostgreSQL and a service that speaks S3, where the machine offers them.

use std::{
    io::{BufRead, BufReader},
    process::{Command, Stdio},
    sync::atomic::{AtomicU32, Ordering},
};

use crate::scene::Scene;

/// Stands in settings until the S3 service runs.
pub const NO_SERVICE_YET: &str = "https://127.0.0.1:1";

pub struct Peers {
    postgres: Option<String>,
    python: Option<String>,
    /// Database and user that the page makes for itself, with their server's URL as of now.
    names: Vec<String>,
    s3: String,
}

impl Peers {
    pub fn new() -> Self {
        let offered = |name| std::env::var(name).ok().filter(|value| !value.is_empty());
        let mut peers = Self {
            postgres: offered("PRAJA_TEST_POSTGRES"),
            python: offered("PRAJA_TEST_S3"),
            names: Vec::new(),
            s3: NO_SERVICE_YET.to_owned(),
        };
        peers.anew();
        peers
    }

    pub fn has_postgres(&self) -> bool {
        self.postgres.is_some()
    }

    pub fn has_s3(&self) -> bool {
        self.python.is_some()
    }

    /// A name that nobody used yet, for the next user and database.
    pub fn anew(&mut self) {
        static MADE: AtomicU32 = AtomicU32::new(0);
        self.names.push(format!("praja_panduan_{}_{}", std::process::id(), MADE.fetch_add(1, Ordering::Relaxed)));
    }

    pub fn s3(&self) -> &str {
        &self.s3
    }

    fn name(&self) -> &str {
        self.names.last().map_or("", String::as_str)
    }

    /// Puts what is known about the servers in the places that the table names.
    pub fn fill(&self, text: &str) -> String {
        let Some(admin) = &self.postgres else { return text.replace("{s3}", &self.s3) };
        let (user, host, port) = parts(admin);
        let url = admin.rsplit_once('/').map_or("", |(server, _)| server);
        // The database belongs to the user the guide makes.
        let own = url.replacen(&format!("{user}@"), &format!("{}@", self.name()), 1);
        let text = text.replace("{pg}", &format!("{own}/{}", self.name())).replace("{s3}", &self.s3);
        let text = text.replace("{nama}", self.name()).replace("{peladen}", &host);
        // The programs of PostgreSQL are told where the server is; the guide's reader sits on that machine.
        if ["createuser ", "createdb ", "pg_isready "].iter().any(|program| text.starts_with(program)) {
            return format!("PGHOST='{host}' PGPORT={port} PGUSER='{user}' {text}");
        }
        text
    }

    /// Makes user and database as the first commands of the page did.
    pub fn database(&mut self, scene: &mut Scene) -> Result<(), String> {
        self.anew();
        for command in ["createuser --no-password {nama}", "createdb --owner {nama} {nama}"] {
            scene.run(&self.fill(command), &[0])?;
        }
        Ok(())
    }

    /// Starts the service with the certificate that the guide made, and writes its access key.
    pub fn serve_s3(&mut self, scene: &mut Scene) {
        let Some(python) = &self.python else { return };
        let script = concat!(env!("CARGO_MANIFEST_DIR"), "/../scripts/s3/peer.py");
        let mut command = Command::new(python);
        command.arg(script).arg(scene.path("s3.pem")).arg(scene.path("s3.key")).stdin(Stdio::piped()).stdout(Stdio::piped());
        let mut child = command.spawn().unwrap();
        let mut line = String::new();
        BufReader::new(child.stdout.take().unwrap()).read_line(&mut line).unwrap();
        let words: Vec<&str> = line.split_whitespace().collect();
        let [port, id, secret, ..] = words[..] else { panic!("the service said: {line}") };
        self.s3 = format!("https://127.0.0.1:{port}");
        scene.add("praja-box/keys/s3.kunci", &format!("aws_access_key_id = {id}\naws_secret_access_key = {secret}\n"));
        scene.helpers.push(child);
    }
}

impl Drop for Peers {
    fn drop(&mut self) {
        let Some(admin) = &self.postgres else { return };
        let Ok(mut client) = postgres::Client::connect(admin, postgres::NoTls) else { return };
        for name in &self.names {
            let _ = client.batch_execute(&format!("DROP DATABASE IF EXISTS {name} WITH (FORCE)"));
            let _ = client.batch_execute(&format!("DROP ROLE IF EXISTS {name}"));
        }
    }
}

/// User, host (a folder for a socket) and port of a URL.
fn parts(url: &str) -> (String, String, String) {
    let place = url.split_once("://").map_or(url, |(_, rest)| rest).rsplit_once('/').map_or("", |(place, _)| place);
    let (user, server) = place.split_once('@').unwrap_or(("postgres", place));
    let (host, port) = server.rsplit_once(':').unwrap_or((server, "5432"));
    (user.to_owned(), host.replace("%2F", "/"), port.to_owned())
}
