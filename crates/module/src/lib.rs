//! What a module declares, the guard around every route, and the Instance that holds everything one regency needs.

pub mod api;
mod app;
mod backups;
mod contract;
mod ctx;
pub mod documents;
pub mod events;
mod guard;
mod incoming;
mod input;
mod instance;
mod pack;
mod paket;
mod ports;
mod response;
pub mod signing;
mod throttle;
mod token;
pub mod training;

pub use app::{AppParts, configure, listeners};
pub use backups::{BackupCopy, BackupDrill, BackupFinding, BackupPlace, BackupPlan, BackupView, Backups, Standing};
pub use contract::{
    Access, Demo, Get, Handler, JobKind, Menu, MenuGroup, Method, Module, Offline, Post, Receive, Role, Route, Tile, TileValue,
    UploadRule,
};
pub use ctx::Ctx;
pub use incoming::{Incoming, RealAddress};
pub use input::{HOLDER_FIELD, Input, NotKept, Unkept, Upload};
pub use instance::{Instance, Instances, Jenis, SystemClock, SystemIds, Wilayah};
pub use paket::{Hias, Lambang, Lampiran, LiburDaerah, Paket, PaketError, PaketOpd, Struktur};
pub use ports::{
    Aids, Caller, Callers, Contact, Kept, KnownStranger, Message, MessageKind, Messenger, OfflinePages, Outgoing, Outside, Pages,
    Ports, Proof, SignIn, SignInNote, SignedIn, Usage, Waiting,
};
pub use response::{Body, Outcome, Problem, Response, Undo, Writer};
pub use throttle::Throttle;
pub use token::{cookie_value, seal, session_key, unseal};
