//! A static server that keeps nothing back and lets tests make it fail.
//!
//! [`Server::start`] binds a port and answers from a [`Site`]: a folder, and an overlay of files that exist only in
//! memory or elsewhere. Each request goes through
//! 1. the log, which tests read with [`Server::requests`],
//! 2. the faults, set with [`Server::set_fault`],
//! 3. the overlay, then the folder (`site`),
//! 4. the conditional headers (`answer`).
//!
//! It runs in a thread of its own, so that blocking and asynchronous callers use it alike, and stops when dropped.

mod answer;
mod fault;
mod site;

use std::convert::Infallible;
use std::net::{Ipv4Addr, SocketAddr};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread::JoinHandle;

use anyhow::{Context, Result};
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::TokioIo;
use tokio::net::TcpListener;
use tokio::sync::{oneshot, watch};

pub use fault::Fault;
pub use site::{Site, Source, read_unpacked};

/// One request that the server saw, and its answer's status.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Request {
    /// `GET`, `HEAD`, …
    pub method: String,
    /// The path, without the query, decoded: `articles.json`.
    pub path: String,
    /// The value of the `Host` header.
    pub host: String,
    /// The answer's status, or 0 while it is held back.
    pub status: u16,
}

/// A running server. Dropping it stops it.
pub struct Server {
    address: SocketAddr,
    shared: Arc<Shared>,
    stop: Option<oneshot::Sender<()>>,
    thread: Option<JoinHandle<()>>,
}

struct Shared {
    site: Mutex<Site>,
    faults: Mutex<Vec<(String, Fault)>>,
    /// Told of each change of the faults, so that answers that are held back can go on.
    faults_changed: watch::Sender<u64>,
    log: Mutex<Vec<Request>>,
}

impl Server {
    /// Serves a site on this port of the loopback address; 0 means any free one.
    pub fn start(site: Site, port: u16) -> Result<Server> {
        let listener = std::net::TcpListener::bind((Ipv4Addr::LOCALHOST, port))
            .with_context(|| format!("cannot listen on port {port}"))?;
        listener
            .set_nonblocking(true)
            .context("cannot set up the listener")?;
        let address = listener
            .local_addr()
            .context("the listener has no address")?;
        let shared = Arc::new(Shared {
            site: Mutex::new(site),
            faults: Mutex::new(Vec::new()),
            faults_changed: watch::Sender::new(0),
            log: Mutex::new(Vec::new()),
        });
        let (stop, stopped) = oneshot::channel();
        let serving = Arc::clone(&shared);
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build()
            .context("cannot start the server's runtime")?;
        let thread = std::thread::Builder::new()
            .name("server".to_owned())
            .spawn(move || {
                runtime.block_on(async {
                    tokio::select! {
                        () = accept(listener, serving) => {}
                        _ = stopped => {}
                    }
                });
            })
            .context("cannot start the server's thread")?;
        Ok(Server {
            address,
            shared,
            stop: Some(stop),
            thread: Some(thread),
        })
    }

    /// The port that was taken.
    #[must_use]
    pub fn port(&self) -> u16 {
        self.address.port()
    }

    /// The address of the front page, with a slash at its end.
    #[must_use]
    pub fn url(&self) -> String {
        format!("http://{}/", self.address)
    }

    /// Puts a file over the folder's: `articles.json`.
    pub fn put(&self, path: &str, source: Source) {
        lock(&self.shared.site).put(path, source);
    }

    /// Takes back what [`Server::put`] put there.
    pub fn remove(&self, path: &str) {
        lock(&self.shared.site).remove(path);
    }

    /// Makes a path fail from now on.
    pub fn set_fault(&self, path: &str, fault: Fault) {
        let mut faults = lock(&self.shared.faults);
        faults.retain(|(faulty, _)| faulty != path);
        faults.push((path.to_owned(), fault));
        drop(faults);
        self.shared.faults_changed.send_modify(|n| *n += 1);
    }

    /// Ends all faults; answers that were held back go out.
    pub fn clear_faults(&self) {
        lock(&self.shared.faults).clear();
        self.shared.faults_changed.send_modify(|n| *n += 1);
    }

    /// What was asked for so far, oldest first.
    #[must_use]
    pub fn requests(&self) -> Vec<Request> {
        lock(&self.shared.log).clone()
    }

    /// Forgets what was asked for so far.
    pub fn clear_requests(&self) {
        lock(&self.shared.log).clear();
    }

    /// Waits until the server stops, which it does only when the process ends.
    pub fn wait(mut self) {
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        if let Some(stop) = self.stop.take() {
            let _ = stop.send(());
        }
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

/// The data behind a lock is whole even after a panic elsewhere: each change is one step.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

async fn accept(listener: std::net::TcpListener, shared: Arc<Shared>) {
    let Ok(listener) = TcpListener::from_std(listener) else {
        return;
    };
    loop {
        // An error here concerns one connection (or none is to be had just now), not the listener.
        let Ok((stream, _)) = listener.accept().await else {
            tokio::task::yield_now().await;
            continue;
        };
        let shared = Arc::clone(&shared);
        tokio::spawn(async move {
            let service = service_fn(|request| {
                let shared = Arc::clone(&shared);
                async move { Ok::<_, Infallible>(answer::answer(&shared, &request).await) }
            });
            // A browser that hangs up early is no error of ours.
            let _ = http1::Builder::new()
                .serve_connection(TokioIo::new(stream), service)
                .await;
        });
    }
}

#[cfg(test)]
mod tests;
