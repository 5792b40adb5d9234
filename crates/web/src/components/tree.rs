use maud::{Markup, html};

use crate::{Icon, icon};

/// A node of a tree: an OPD with those below it, a post with its subordinates.
#[derive(Debug, Clone, Default)]
pub struct TreeNode {
    label: String,
    href: Option<String>,
    note: String,
    badge: Option<Markup>,
    present: bool,
    open: bool,
    children: Vec<Self>,
}

impl TreeNode {
    /// A node with nothing below it.
    pub fn new(label: impl Into<String>) -> Self {
        Self { label: label.into(), ..Self::default() }
    }

    /// Its name leads there.
    #[must_use]
    pub fn href(mut self, href: impl Into<String>) -> Self {
        self.href = Some(href.into());
        self
    }

    /// What is said behind its name: who holds the post, how many people.
    #[must_use]
    pub fn note(mut self, note: impl Into<String>) -> Self {
        self.note = note.into();
        self
    }

    /// A state behind its name.
    #[must_use]
    pub fn badge(mut self, badge: Markup) -> Self {
        self.badge = Some(badge);
        self
    }

    /// The one that the page is about.
    #[must_use]
    pub fn present(mut self) -> Self {
        self.present = true;
        self
    }

    /// What is below it is in view from the start.
    #[must_use]
    pub fn open(mut self, open: bool) -> Self {
        self.open = open;
        self
    }

    /// Puts a node below it.
    #[must_use]
    pub fn child(mut self, child: Self) -> Self {
        self.children.push(child);
        self
    }

    /// Puts nodes below it.
    #[must_use]
    pub fn children(mut self, children: impl IntoIterator<Item = Self>) -> Self {
        self.children.extend(children);
        self
    }

    /// A branch is open when it was asked to be, or when what the page is about lies in it.
    fn is_open(&self) -> bool {
        self.open || self.children.iter().any(|child| child.present || child.is_open())
    }
}

/// A tree whose branches fold without the script. `label` says what it shows.
pub fn tree(label: &str, roots: &[TreeNode]) -> Markup {
    html! { nav.pohon aria-label=(label) { (branch(roots)) } }
}

fn branch(nodes: &[TreeNode]) -> Markup {
    html! { ul { @for node in nodes { (leaf(node)) } } }
}

fn leaf(node: &TreeNode) -> Markup {
    let present = node.present.then_some("true");
    html! {
        li {
            p.pohon-baris {
                @match &node.href {
                    Some(href) => a href=(href) aria-current=[present] { (node.label) },
                    None => span aria-current=[present] { (node.label) },
                }
                @if let Some(badge) = &node.badge { " " (badge) }
                @if !node.note.is_empty() { " " span.redup { (node.note) } }
            }
            @if !node.children.is_empty() {
                details open[node.is_open()] {
                    summary { (icon(Icon::Right)) span.senyap { "Di bawah " (node.label) ": " (node.children.len()) } }
                    (branch(&node.children))
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn offices() -> TreeNode {
        let alak = TreeNode::new("UPTD Alak").href("/opd/3");
        TreeNode::new("Dinas Kesehatan")
            .href("/opd/1")
            .child(TreeNode::new("Sekretariat").child(alak.clone().present()))
            .child(alak)
    }

    #[test]
    fn the_branch_of_the_present_node_is_open_and_no_other() {
        let drawn = tree("OPD", &[offices(), TreeNode::new("Inspektorat").child(TreeNode::new("Irban I"))]).into_string();
        assert_eq!(drawn.matches("<details open>").count(), 2, "{drawn}");
        assert_eq!(drawn.matches("<details>").count(), 1);
        assert_eq!(drawn.matches("aria-current").count(), 1);
    }

    #[test]
    fn a_leaf_does_not_fold() {
        assert!(!tree("OPD", &[TreeNode::new("Inspektorat")]).into_string().contains("<details"));
    }
}
