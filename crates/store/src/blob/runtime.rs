//! A small runtime of its own for the object store's client, so that blocking callers wait for it wherever they run.

use std::{sync::Arc, time::Duration};

use crate::{Result, StoreError};

/// How long the client tries a request again.
pub(super) const RETRY: Duration = Duration::from_secs(15);
/// How long a caller waits for one piece of work at most.
const PATIENCE: Duration = Duration::from_secs(120);

/// The runtime; ends with the last handle to the files, on whichever thread that is.
#[derive(Debug)]
pub(super) struct Own(Option<tokio::runtime::Runtime>);

impl Own {
    pub(super) fn begin() -> Result<Arc<Self>> {
        let mut builder = tokio::runtime::Builder::new_multi_thread();
        let made = builder.worker_threads(1).thread_name("praja-s3").enable_all().build();
        made.map(|runtime| Arc::new(Self(Some(runtime)))).map_err(|e| StoreError::Unavailable(e.to_string()))
    }

    /// Runs to its end what the client does. To be called on a thread that is no runtime's.
    pub(super) fn run<T>(&self, work: impl Future<Output = object_store::Result<T>>) -> object_store::Result<T> {
        let Some(runtime) = &self.0 else { return Err(late("the runtime has ended".into())) };
        runtime.block_on(async {
            let done = tokio::time::timeout(PATIENCE, work).await;
            done.unwrap_or_else(|e| Err(late(e.into())))
        })
    }
}

fn late(source: Box<dyn std::error::Error + Send + Sync>) -> object_store::Error {
    object_store::Error::Generic { store: "S3", source }
}

impl Drop for Own {
    fn drop(&mut self) {
        // Waiting for its threads is forbidden on an async thread; nothing of ours is under way any more.
        if let Some(runtime) = self.0.take() {
            runtime.shutdown_background();
        }
    }
}
