//! Everybody whom tests of the whole program send to its doors.

use std::collections::BTreeSet;

use praja_kernel::{Actor, Scope};
use praja_module::{Access, Module, Route, session_key};
use praja_store::StoreError;
use praja_testkit::{Kit, Visitor};

/// The modules besides identity and desk, which are always on.
pub fn modules() -> Vec<&'static Module> {
    praja_server::modules().into_iter().filter(|module| !matches!(module.id, "identity" | "desk")).collect()
}

/// A regency with its demo data.
pub fn kit() -> Kit {
    let modules = modules();
    let kit = Kit::new(&modules);
    modules.iter().for_each(|module| kit.load_demo(module.id));
    kit
}

/// Somebody with the scope that the guard gives them.
#[derive(Clone)]
pub struct Somebody<'a> {
    pub name: String,
    pub scope: Option<Scope>,
    pub cookie: Option<String>,
    pub visitor: Visitor<'a>,
}

impl<'a> Somebody<'a> {
    pub fn stranger(kit: &'a Kit) -> Self {
        Self { name: "a stranger".into(), scope: None, cookie: None, visitor: kit.stranger() }
    }

    pub fn signed_in(kit: &'a Kit, who: &str) -> Self {
        Self::holding(kit, who).unwrap_or_else(|| panic!("nobody is {who}"))
    }

    /// Somebody who stands for an account or a role; nobody where the fictional regency has given the role to nobody.
    pub fn holding(kit: &'a Kit, who: &str) -> Option<Self> {
        let (cookie, scope) = kit.off(|instance| {
            let cookie = match praja_identity::sessions::begin_for_rehearsal(instance, who) {
                Ok(cookie) => cookie,
                Err(StoreError::Missing) => return None,
                Err(e) => panic!("{who}: {e}"),
            };
            let port = instance.ports.sign_in.clone().expect("identity is on");
            let found = instance.db.read(|tx| port.find(tx, &session_key(&cookie), instance.now())).expect("the session is read");
            // Whose account was closed meanwhile has no session.
            found.map(|found| (cookie, found.scope))
        })?;
        let visitor = kit.stranger().with_cookie("praja_sesi", &cookie);
        Some(Self { name: who.into(), scope: Some(scope), cookie: Some(cookie), visitor })
    }

    pub fn is_citizen(&self) -> bool {
        self.scope.as_ref().is_some_and(|scope| matches!(scope.actor, Actor::Warga { .. } | Actor::Badan { .. }))
    }

    /// Does the contract let them through this door?
    pub fn may(&self, access: Access) -> bool {
        match (access, &self.scope) {
            (Access::Public, _) => true,
            (_, None) => false,
            (Access::Account, _) => true,
            (Access::Warga, _) => self.is_citizen(),
            (Access::SignedIn, _) => !self.is_citizen(),
            (Access::Needs(permission), Some(scope)) => scope.may(permission),
        }
    }

    /// What forms of this session carry.
    pub async fn proof(&mut self) -> Option<String> {
        let home = if self.is_citizen() { "/warga" } else { "/profil" };
        self.visitor.get(home).await.hidden("_csrf").map(str::to_owned)
    }
}

/// Every address of the program for people.
pub fn routes(kit: &Kit) -> Vec<&'static Route> {
    kit.parts.modules.iter().flat_map(|module| module.routes).collect()
}

/// One of each role that a module declares, and citizens.
pub fn everybody(kit: &Kit) -> Vec<Somebody<'_>> {
    let roles: BTreeSet<&str> = kit.parts.modules.iter().flat_map(|module| module.roles.iter()).map(|role| role.id).collect();
    let officers: Vec<_> = roles.into_iter().filter_map(|role| Somebody::holding(kit, role)).collect();
    assert!(officers.len() >= 6, "only {} roles have a holder", officers.len());
    let citizens = ["warga", "badan"].map(|who| Somebody::signed_in(kit, who));
    std::iter::once(Somebody::stranger(kit)).chain(citizens).chain(officers).collect()
}
