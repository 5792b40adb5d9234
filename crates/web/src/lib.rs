//! Page shell and design system: every screen of Praja is drawn with these components, on the server, from plain data.
//!
//! The crate has no tables and knows no person: who is signed in, what is in the inbox and which modules are on come in as a
//! [`Shell`]. Components return [`Markup`]; [`page`] and [`plain_page`] return whole documents. Nothing here writes inline styles
//! or scripts, because pages are served under `default-src 'self'`.

pub mod address;
pub mod assets;
pub mod charts;
pub mod color;
mod components;
pub mod crest;
pub mod errors;
pub mod export;
pub mod form;
pub mod frame;
pub mod gaya;
pub mod help;
mod icon;
pub mod lembar;
pub mod luring;
mod photos;
pub mod picker;
pub mod qr;
mod shell;
mod table;
mod tone;

pub use address::Address;
pub use components::{
    act::{Act, act_bar, confirm, decision, print_act},
    blocks::{EmptyState, Notice, Stat, breadcrumbs, detail, next_step, progress, section, stats, tabs},
    facts::Facts,
    history::{Entry, Station, stations, timeline},
    tree::{TreeNode, tree},
};
pub use form::{Field, Form, FormValues};
pub use icon::{Icon, icon};
pub use maud::{DOCTYPE, Markup, PreEscaped, Render, html};
pub use photos::{field_work, location, photos};
pub use shell::{Addresses, Crumb, Jabatan, Link, NavItem, PageHeader, Shell, Tema, UserBadge, page, plain_page};
pub use table::{ACT, Bulk, CHOSEN, Cell, Chip, Column, Filters, Pager, Row, SORT, SortState, Table, search_box};
pub use tone::{Tone, badge, badge_with};
