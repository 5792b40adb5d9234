use std::{
    cell::RefCell,
    collections::HashMap,
    pin::Pin,
    rc::Rc,
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
};

use actix_web::{
    App,
    dev::ServiceResponse,
    test::{TestRequest, call_service, init_service},
};
use praja_module::AppParts;

type Answer = Pin<Box<dyn Future<Output = ServiceResponse>>>;
type Call = Rc<dyn Fn(TestRequest) -> Answer>;

thread_local! {
    /// An application stays on the thread that made it; a kit may be lent to others.
    static MADE: RefCell<HashMap<u64, Call>> = RefCell::default();
}

static NEXT: AtomicU64 = AtomicU64::new(1);

/// The application that answers a regency's visitors, put together once, by the first visit: several hundred addresses are compiled
/// into it, which takes longer than any page.
///
/// It remembers nothing between two requests: all that lasts is in the regency.
#[derive(Debug)]
pub(crate) struct Application(u64);

impl Application {
    pub(crate) fn new() -> Self {
        Self(NEXT.fetch_add(1, Ordering::Relaxed))
    }

    /// Answers as the program does.
    pub(crate) async fn call(&self, parts: &Arc<AppParts>, request: TestRequest) -> ServiceResponse {
        let known = MADE.with_borrow(|made| made.get(&self.0).cloned());
        let call = match known {
            Some(call) => call,
            None => {
                let call = make(parts).await;
                MADE.with_borrow_mut(|made| made.insert(self.0, call.clone()));
                call
            }
        };
        call(request).await
    }
}

impl Drop for Application {
    fn drop(&mut self) {
        // It holds the regency: both go together. A thread that ends has none left.
        let gone = MADE.try_with(|made| made.borrow_mut().remove(&self.0));
        drop(gone);
    }
}

async fn make(parts: &Arc<AppParts>) -> Call {
    let parts = parts.clone();
    let service = Rc::new(init_service(App::new().configure(|config| praja_module::configure(&parts, config))).await);
    Rc::new(move |request| {
        let service = service.clone();
        Box::pin(async move { call_service(&*service, request.to_request()).await })
    })
}
