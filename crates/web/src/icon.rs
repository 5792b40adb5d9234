use std::{fmt::Write, sync::LazyLock};

use maud::PreEscaped;

use crate::assets;

/// Makes the list of icons once: the name we use, the drawing behind it.
macro_rules! icons {
    ($($(#[$doc:meta])* $name:ident => $source:ident,)*) => {
        /// A drawing that stands beside a word, never instead of one. Named for what it shows.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        pub enum Icon { $($(#[$doc])* $name,)* }

        impl Icon {
            /// Every icon, for the page of patterns and for tests.
            pub const ALL: &'static [Icon] = &[$(Icon::$name,)*];

            fn document(self) -> &'static str {
                match self { $(Icon::$name => z_icons::$source.svg_str(),)* }
            }
        }
    };
}

icons! {
    /// Start page.
    Home => HOUSE,
    /// The one inbox.
    Inbox => INBOX,
    /// Search.
    Search => SEARCH,
    /// Menu of modules.
    Menu => MENU,
    /// Close a panel.
    Close => X,
    /// A person.
    Person => USER,
    /// Several people.
    People => USERS,
    /// Leave: log out.
    LogOut => LOG_OUT,
    /// Enter: log in.
    LogIn => LOG_IN,
    /// A letter.
    Mail => MAIL,
    /// An opened letter.
    MailOpen => MAIL_OPEN,
    /// Sending a letter on.
    Send => SEND,
    /// Forwarding, disposisi.
    Forward => FORWARD,
    /// A document with text.
    Document => FILE_TEXT,
    /// A document that was checked.
    DocumentChecked => FILE_CHECK,
    /// A signature.
    Sign => SIGNATURE,
    /// A rubber stamp: licences and decrees.
    Stamp => STAMP,
    /// A file that hangs on something.
    Attachment => PAPERCLIP,
    /// A folder.
    Folder => FOLDER,
    /// An archive box.
    Archive => ARCHIVE,
    /// An office building: an OPD.
    Office => BUILDING,
    /// A seat of government.
    Government => LANDMARK,
    /// A calendar.
    Calendar => CALENDAR,
    /// A clock: waiting, time limits.
    Clock => CLOCK,
    /// What happened before.
    History => ROTATE_CCW_CLOCK,
    /// A bell: notices.
    Bell => BELL,
    /// A target: performance.
    Target => TARGET,
    /// A plan on a map.
    Plan => MAP,
    /// A place.
    Place => MAP_PIN,
    /// A bar chart.
    Chart => CHART_COLUMN,
    /// Rising.
    TrendUp => TRENDING_UP,
    /// Falling.
    TrendDown => TRENDING_DOWN,
    /// Money and budgets.
    Money => WALLET,
    /// Bank notes.
    Cash => BANKNOTE,
    /// A hand that gives: grants.
    Grant => HAND_COINS,
    /// A shop: trade.
    Shop => STORE,
    /// A tent: tourism.
    Tourism => TENT_TREE,
    /// A laptop: digital government.
    Digital => LAPTOP,
    /// A briefcase: staff.
    Work => BRIEFCASE,
    /// A shield: security, audit.
    Shield => SHIELD_CHECK,
    /// A key: rights.
    Key => KEY_ROUND,
    /// A lock: secret.
    Lock => LOCK,
    /// Settings.
    Settings => SETTINGS,
    /// A list of tasks.
    Tasks => LIST_CHECKS,
    /// A list.
    List => LIST,
    /// A saved view.
    Bookmark => BOOKMARK,
    /// Columns of a list.
    Columns => COLUMNS_3,
    /// Filter.
    Filter => LIST_FILTER,
    /// Add.
    Add => PLUS,
    /// Edit.
    Edit => PENCIL,
    /// Print.
    Print => PRINTER,
    /// Download.
    Download => DOWNLOAD,
    /// Upload.
    Upload => UPLOAD,
    /// A QR code.
    Qr => QR_CODE,
    /// Good: done, allowed.
    Good => CIRCLE_CHECK,
    /// A warning.
    Warn => TRIANGLE_ALERT,
    /// Bad: refused, failed, late.
    Bad => CIRCLE_X,
    /// Information.
    Info => INFO,
    /// Neutral: a plain state.
    Neutral => CIRCLE,
    /// Present step.
    Present => CIRCLE_DOT,
    /// A tick.
    Check => CHECK,
    /// Help.
    Help => CIRCLE_QUESTION_MARK,
    /// A book: guides, training.
    Book => BOOK_OPEN,
    /// A school: training.
    Training => GRADUATION_CAP,
    /// A comment.
    Comment => MESSAGE_SQUARE,
    /// A telephone.
    Phone => PHONE,
    /// Back, to the left.
    Left => CHEVRON_LEFT,
    /// Onwards, to the right.
    Right => CHEVRON_RIGHT,
    /// Opens downwards.
    Down => CHEVRON_DOWN,
    /// Sorted upwards.
    SortUp => ARROW_UP,
    /// Sorted downwards.
    SortDown => ARROW_DOWN,
    /// Can be sorted.
    Sortable => CHEVRONS_UP_DOWN,
    /// Fold the rail of modules.
    Fold => PANEL_LEFT,
    /// Light theme.
    Sun => SUN,
    /// Dark theme.
    Moon => MOON,
}

/// Name of the sheet that holds every drawing.
pub(crate) const SHEET: &str = "ikon.svg";

/// The sheet: one symbol per icon, named by its place. Sent once and kept for ever, so that a list of fifty rows does not repeat the
/// same paths a hundred times.
pub(crate) static DRAWINGS: LazyLock<String> = LazyLock::new(|| {
    let mut sheet = String::from("<svg xmlns=\"http://www.w3.org/2000/svg\">");
    for one in Icon::ALL {
        let document = one.document();
        let inner = document.split_once('>').map_or("", |(_, rest)| rest).trim_end().trim_end_matches("</svg>").trim();
        let _ = write!(sheet, "<symbol id=\"i{}\" viewBox=\"0 0 24 24\">{inner}</symbol>", *one as usize);
    }
    sheet.push_str("</svg>");
    sheet
});

/// What stands in a page for each icon.
static MARKS: LazyLock<Vec<String>> = LazyLock::new(|| {
    let sheet = assets::url(SHEET);
    let mark = |one: &Icon| {
        let place = *one as usize;
        format!("<svg class=\"ikon\" width=\"20\" height=\"20\" aria-hidden=\"true\"><use href=\"{sheet}#i{place}\"/></svg>")
    };
    Icon::ALL.iter().map(mark).collect()
});

/// Draws an icon in the colour of the text beside it. Screen readers pass over it: the word says it all.
pub fn icon(icon: Icon) -> PreEscaped<&'static str> {
    PreEscaped(&MARKS[icon as usize])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_icon_has_a_drawing_in_the_sheet_and_sets_no_style() {
        for one in Icon::ALL {
            let mark = icon(*one).0;
            let id = mark.split_once('#').and_then(|(_, rest)| rest.split('"').next()).unwrap();
            let symbol = DRAWINGS.split("<symbol ").find(|part| part.starts_with(&format!("id=\"{id}\""))).unwrap();
            assert!(symbol.contains("<path") || symbol.contains("<circle") || symbol.contains("<rect"), "{one:?}: {symbol}");
            assert!(!symbol.contains("style=") && !mark.contains("style="), "{one:?}");
        }
        let sheet = assets::find(&assets::url(SHEET)).unwrap();
        assert!(sheet.immutable && sheet.mime == "image/svg+xml");
    }
}
