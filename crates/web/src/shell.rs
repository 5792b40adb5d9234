use maud::{DOCTYPE, Markup, Render, html};

use crate::{
    Icon, Notice, assets,
    color::Accent,
    components::blocks::{breadcrumbs, slip},
    help, icon, luring,
};

mod bars;

/// What surrounds every page: the regency, the modules, who is signed in. Filled from the request by whoever serves it.
#[derive(Debug, Clone, PartialEq)]
pub struct Shell {
    /// Full name of the regency, as "Kabupaten Contoh Raya".
    pub regency: String,
    /// Address of the crest picture.
    pub crest_url: String,
    /// Accent colour of the regency.
    pub accent: Accent,
    /// True for a training Instance: LATIHAN stands on every page, on paper too.
    pub contoh: bool,
    /// Theme the reader chose; nothing means "as the device says".
    pub tema: Option<Tema>,
    /// The modules that are on and may be used, in the order of the rail.
    pub nav: Vec<NavItem>,
    /// Who is signed in; nobody on public pages.
    pub user: Option<UserBadge>,
    /// Help for the page, for officers.
    pub help: &'static [String],
    /// True when a citizen is signed in, for whom the officers' rail and inbox mean nothing.
    pub citizen: bool,
    /// Tasks waiting in the inbox.
    pub inbox: u64,
    /// Notices not yet read.
    pub notices: u64,
    /// The mark under which a device keeps pages and unsent forms of whoever is signed in; officers have one.
    pub holder: Option<String>,
    /// Token for the forms of the shell (log out, change of jabatan).
    pub csrf: String,
    /// What was searched for, shown again in the search box.
    pub query: String,
    /// What just happened, shown once above the content.
    pub flash: Option<Notice>,
    /// What stands at the foot of a printed page: who printed it and when.
    pub printed: String,
    /// Where the doors of the shell lead.
    pub addresses: Addresses,
}

/// A theme chosen by the reader.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tema {
    /// Dark ink on light paper.
    Terang,
    /// Light ink on dark paper.
    Gelap,
}

/// A module (or a part of one) in the rail.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NavItem {
    /// Its name, one to three words.
    pub label: String,
    /// Where it leads.
    pub href: String,
    /// Its drawing.
    pub icon: Icon,
    /// True when the present page belongs to it.
    pub active: bool,
    /// The heading of its part of the rail; entries of one part stand together.
    pub group: Option<String>,
}

/// Who is signed in and on whose behalf.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct UserBadge {
    /// Name of the person.
    pub nama: String,
    /// The jabatan acted for, as "Kepala Dinas Kesehatan"; citizens have none.
    pub jabatan: Option<String>,
    /// All posts the person may act for. Shown as a switch when there is more than one.
    pub pilihan: Vec<Jabatan>,
}

/// A post the person may act for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Jabatan {
    /// What the switch form sends (the id of the penugasan), in the field `penugasan`.
    pub value: String,
    /// Name of the post and its OPD.
    pub label: String,
    /// True for the one acted for now.
    pub active: bool,
}

/// Where the doors of the shell lead.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Addresses {
    /// Start page.
    pub beranda: String,
    /// The inbox.
    pub kotak_masuk: String,
    /// Notices.
    pub kabar: String,
    /// Search page; receives `q`.
    pub cari: String,
    /// The person's own page.
    pub profil: String,
    /// POST: act for another jabatan; receives `penugasan`.
    pub bertindak: String,
    /// POST: log out.
    pub keluar: String,
    /// Log in.
    pub masuk: String,
}

impl Default for Addresses {
    fn default() -> Self {
        Self {
            beranda: "/".into(),
            kotak_masuk: "/kotak-masuk".into(),
            kabar: "/kabar".into(),
            cari: "/cari".into(),
            profil: "/profil".into(),
            bertindak: "/bertindak-sebagai".into(),
            keluar: "/keluar".into(),
            masuk: "/masuk".into(),
        }
    }
}

impl Shell {
    /// A shell for a regency with nobody signed in, the generic crest and the default accent.
    pub fn new(regency: impl Into<String>) -> Self {
        Self {
            regency: regency.into(),
            crest_url: assets::url("crest.svg"),
            accent: Accent::default(),
            contoh: false,
            tema: None,
            nav: Vec::new(),
            user: None,
            help: &[],
            citizen: false,
            inbox: 0,
            notices: 0,
            holder: None,
            csrf: String::new(),
            query: String::new(),
            flash: None,
            printed: String::new(),
            addresses: Addresses::default(),
        }
    }
}

/// A step on the way to the present page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Crumb {
    /// Name of that page.
    pub label: String,
    /// Its address.
    pub href: String,
}

/// A link with a word, and an icon before it where that helps.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Link {
    /// Verb with its object ("Daftarkan surat masuk"), or a name.
    pub label: String,
    /// Where it leads.
    pub href: String,
    /// Drawing before the word.
    pub icon: Option<Icon>,
}

impl Link {
    /// A link without an icon.
    pub fn new(label: impl Into<String>, href: impl Into<String>) -> Self {
        Self { label: label.into(), href: href.into(), icon: None }
    }

    /// The same with a drawing before the word.
    #[must_use]
    pub fn icon(mut self, icon: Icon) -> Self {
        self.icon = Some(icon);
        self
    }
}

/// What the page is, what it is for, and its one main act.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct PageHeader {
    /// What this is, in one line.
    pub title: String,
    /// What it is for, in one more line.
    pub purpose: Option<String>,
    /// The way here, from the module down; empty on the first level.
    pub crumbs: Vec<Crumb>,
    /// The main act of the page; a form page has its own button instead.
    pub action: Option<Link>,
    /// Without the script the page is asked for anew after so many seconds: something is being done.
    pub refresh: Option<u32>,
}

impl PageHeader {
    /// A header with a title only.
    pub fn new(title: impl Into<String>) -> Self {
        Self { title: title.into(), ..Self::default() }
    }

    /// Says in one line what the page is for.
    #[must_use]
    pub fn purpose(mut self, text: impl Into<String>) -> Self {
        self.purpose = Some(text.into());
        self
    }

    /// Something is being done: the page is asked for anew until it is not. With the script, an element with `data-segarkan` (its
    /// milliseconds) and an id is renewed in place instead.
    #[must_use]
    pub fn refresh(mut self, seconds: u32) -> Self {
        self.refresh = Some(seconds);
        self
    }

    /// Adds a step of the way here, from the outside in.
    #[must_use]
    pub fn crumb(mut self, label: impl Into<String>, href: impl Into<String>) -> Self {
        self.crumbs.push(Crumb { label: label.into(), href: href.into() });
        self
    }

    /// Gives the page its one main act; on a phone it stays in reach at the bottom.
    #[must_use]
    pub fn action(mut self, link: Link) -> Self {
        self.action = Some(link);
        self
    }
}

/// A whole working page: top bar, rail of modules, header, content; a bottom bar on phones. Whoever is not signed in has no modules: a
/// register or a table for everybody is as wide and has none of the bars.
pub fn page(shell: &Shell, header: &PageHeader, content: impl Render) -> String {
    if shell.user.is_none() {
        return public_page(shell, header, "umum lebar", content);
    }
    let class = if header.action.is_some() { "kerja ada-aksi" } else { "kerja" };
    let body = html! {
        (bars::top(shell))
        (bars::rail(shell))
        main #isi tabindex="-1" {
            (head_of_page(shell, header))
            div.isi { (content) (help::draw(shell.help)) }
        }
        (bars::bottom(shell))
    };
    document(shell, header, class, body)
}

/// A page in one column with larger type: log-in, public pages, messages to people who are not signed in.
pub fn plain_page(shell: &Shell, header: &PageHeader, content: impl Render) -> String {
    public_page(shell, header, "umum", content)
}

fn public_page(shell: &Shell, header: &PageHeader, class: &str, content: impl Render) -> String {
    let body = html! {
        (bars::public_top(shell))
        main #isi tabindex="-1" {
            (head_of_page(shell, header))
            div.isi { (content) (help::draw(shell.help)) }
        }
        footer.kaki { p { "Pemerintah " (shell.regency) } }
    };
    document(shell, header, class, body)
}

fn head_of_page(shell: &Shell, header: &PageHeader) -> Markup {
    html! {
        @if !header.crumbs.is_empty() { (breadcrumbs(&header.crumbs, &header.title)) }
        div.kepala {
            div.kepala-teks {
                h1 { (header.title) }
                @if let Some(purpose) = &header.purpose { p.guna { (purpose) } }
            }
            @if let Some(link) = &header.action {
                div.kepala-aksi {
                    a.tombol.utama href=(link.href) {
                        @if let Some(drawing) = link.icon { (icon(drawing)) }
                        span { (link.label) }
                    }
                }
            }
        }
        @if let Some(flash) = &shell.flash { (slip(flash)) }
    }
}

fn document(shell: &Shell, header: &PageHeader, class: &str, body: Markup) -> String {
    let title = &header.title;
    let tema = shell.tema.map(|tema| match tema {
        Tema::Terang => "terang",
        Tema::Gelap => "gelap",
    });
    let class = if shell.contoh { format!("{class} contoh") } else { class.to_owned() };
    html! {
        (DOCTYPE)
        html lang="id" data-tema=[tema] {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="color-scheme" content="light dark";
                title { @if shell.contoh { "LATIHAN · " } (title) " · " (shell.regency) }
                link rel="icon" type="image/svg+xml" href=(assets::url("favicon.svg"));
                link rel="stylesheet" href=(assets::url("praja.css"));
                @if shell.accent != Accent::default() { link rel="stylesheet" href=(assets::theme_url(&shell.accent)); }
                @if let Some(seconds) = header.refresh { noscript { meta http-equiv="refresh" content=(seconds); } }
                script src=(assets::url("praja.js")) defer {}
                @if shell.holder.is_some() {
                    link rel="manifest" href=(luring::MANIFEST) crossorigin="use-credentials";
                    link rel="apple-touch-icon" href=(assets::url("ikon-192.png"));
                    meta name="theme-color" content=(shell.accent.hex());
                    link rel="stylesheet" href=(assets::url("luring.css"));
                    script src=(assets::url("luring.js")) defer {}
                }
            }
            body class=(class) data-pemegang=[shell.holder.as_ref()] {
                a.lewati href="#isi" { "Langsung ke isi" }
                (body)
                @if !shell.printed.is_empty() { p.kaki-cetak { (shell.printed) } }
                @if shell.holder.is_some() { (luring::drawings()) }
                @if shell.contoh { div.cap-latihan aria-hidden="true" { "LATIHAN" } }
            }
        }
    }
    .into_string()
}
