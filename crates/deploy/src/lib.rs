//! Installing as a value: facts are measured, findings judged, a plan of steps shown and run under a journal.
//!
//! Facts → [`assess`] → [`Finding`]s → [`recommend`]; facts and answers → [`plan`] → [`run`] with a [`Journal`] → done.
//! Nothing here knows a module by name: modules and the catalogue are handed in.

mod again;
mod answers;
mod capacity;
mod catalogue;
mod checks;
mod doctor;
mod facts;
mod files;
mod finding;
mod host;
mod install;
mod journal;
mod lines;
mod lock;
mod machine;
mod near;
mod obstacle;
mod plan;
mod recommend;
mod settings;
mod sites;
mod step;
mod survey;
mod templates;
mod uninstall;

pub use again::{Again, DEFAULT_PORT, DEFAULT_ROOT, SERVICE_ROOT, try_command, typed};
pub use answers::{
    Answers, Asked, Cadangan, Given, Jenis, NO_PLACE, TlsAnswer, Wilayah, WrongAnswer, YaTidak, answers_schema, check_url,
    read_given,
};
pub use capacity::{Capacity, capacity};
pub use catalogue::{Bentuk, Catalogue, Sistem};
pub use checks::{assess, blocked, number};
pub use doctor::{Care, Copies, Data, Health, Service, examine};
pub use facts::{Facts, Folder, Fsync, Memory, Port, Space, Target, Version, measure};
pub use files::{Files, LocalFiles};
pub use finding::{Finding, Severity, worst};
pub use host::{FileSystem, Host};
pub use install::{
    Admin, Firewall, Layout, Lent, LocalAdmin, Making, Manifest, Rule, held_release, install_plan, refuse_no_service,
    refuse_other_release,
};
pub use journal::{Event, Journal};
pub use lines::{FrontPapers, FrontServer, LineKind, losses, snippet};
pub use lock::Lock;
pub use machine::Machine;
pub use near::{distance, nearest};
pub use obstacle::Obstacle;
pub use plan::{
    FOLDERS, answers_text, is_installed, mark_installed, outer_ports, plain_door, plan, saved_answers, settings_text,
};
pub use recommend::{Cluster, Profil, Recommendation, Stage, Suggestion, decide, recommend};
pub use settings::{Settings, overlay_of, read_settings, root_of, settings_reason};
pub use sites::{
    Address, COLUMNS, Dark, Diary, EXAMPLE, Line, Lines, Office, RowProblem, Seen, Site, Span, Told, Way, dark, join,
    measure_lines, office_findings, read_sites,
};
pub use step::{Outcome, Progress, Start, Step, run};
pub use survey::{
    Advice, Disk, Link, MemoryUse, Needs, Network, Part, Processor, Survey, System, advice, has_word_processor, judge, survey,
};
pub use templates::Templates;
pub use uninstall::Removal;
