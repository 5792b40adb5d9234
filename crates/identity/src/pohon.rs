//! Lists as trees.

use praja_kernel::Id;

/// Puts children under their parents, keeping the order among sisters. Gives each with its depth, from 0.
///
/// What has a parent that is not in the list stands at the top, and so does a ring, so that none is lost.
pub(crate) fn tree<T>(list: Vec<T>, id: impl Fn(&T) -> Id, parent: impl Fn(&T) -> Option<Id>) -> Vec<(usize, T)> {
    use std::collections::HashMap;
    let ids: Vec<Id> = list.iter().map(&id).collect();
    let at: HashMap<Id, usize> = ids.iter().enumerate().map(|(at, id)| (*id, at)).collect();
    let mut below: Vec<Vec<usize>> = vec![Vec::new(); list.len()];
    let mut tops = Vec::new();
    for (own, one) in list.iter().enumerate() {
        match parent(one).and_then(|above| at.get(&above)).filter(|above| **above != own) {
            Some(above) => below[*above].push(own),
            None => tops.push(own),
        }
    }
    let mut left: Vec<Option<T>> = list.into_iter().map(Some).collect();
    let mut out = Vec::with_capacity(left.len());
    // A ring has no top: what no top led to is walked afterwards.
    for start in tops.into_iter().chain(0..ids.len()) {
        let mut path = vec![(start, 0)];
        while let Some((own, depth)) = path.pop() {
            let Some(one) = left[own].take() else { continue };
            out.push((depth, one));
            path.extend(below[own].iter().rev().map(|child| (*child, depth + 1)));
        }
    }
    out
}
