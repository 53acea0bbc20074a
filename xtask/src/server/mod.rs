//! A static server that keeps nothing back and lets tests make it fail.
//!
//! [`Server::start`] binds a port and answers from a [`Site`]: a folder, and an overlay of files that exist only in
//! memory or elsewhere. Each request goes through
//! 1. the log, which tests read with [`Server::requests`],
//! 2. the faults, set with [`Server::set_fault`],
//! 3. the overlay, then the folder (`site`),
//! 4. the conditional headers (`answer`), and those that [`Server::put_headers`] puts.
//!
//! It runs in a thread of its own, so that blocking and asynchronous callers use it alike, and stops when dropped.
//! [`Server::stop`] really stops it, as far as a browser can tell: nobody listens, and all connections are gone;
//! [`Server::start_again`] has it listen on the same port.

mod answer;
mod body;
mod fault;
mod site;

use std::convert::Infallible;
use std::net::{Ipv4Addr, SocketAddr};
use std::ops::RangeBounds;
use std::path::Path;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread::JoinHandle;

use anyhow::{Context, Result};
use hyper::header::{HeaderName, HeaderValue};
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::TokioIo;
use tokio::net::TcpListener;
use tokio::sync::{oneshot, watch};

pub use fault::Fault;
use fault::Faults;
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
    /// The value of the `Range` header, `bytes=0-99`; empty where there is none.
    pub range: String,
    /// The answer's status, or 0 while it is held back.
    pub status: u16,
    /// The bytes of the answer, without its headers.
    pub n_bytes: u64,
}

/// A running server. Dropping it stops it.
pub struct Server {
    address: SocketAddr,
    shared: Arc<Shared>,
    thread: Mutex<Option<JoinHandle<()>>>,
}

type Headers = Vec<(HeaderName, HeaderValue)>;

struct Shared {
    site: Mutex<Site>,
    faults: Mutex<Faults>,
    /// Told of each change of the faults, so that answers that are held back can go on.
    faults_changed: watch::Sender<u64>,
    headers: Mutex<Vec<(String, Headers)>>,
    log: Mutex<Vec<Request>>,
    /// Stops the thread that serves; none where it is stopped.
    running: Mutex<Option<oneshot::Sender<()>>>,
}

impl Shared {
    fn stop(&self) {
        if let Some(running) = lock(&self.running).take() {
            let _ = running.send(());
        }
    }
}

impl Server {
    /// Serves a site on this port of the loopback address; 0 means any free one.
    pub fn start(site: Site, port: u16) -> Result<Server> {
        let listener = listen(port)?;
        let address = listener
            .local_addr()
            .context("the listener has no address")?;
        let shared = Arc::new(Shared {
            site: Mutex::new(site),
            faults: Mutex::new(Faults::default()),
            faults_changed: watch::Sender::new(0),
            headers: Mutex::new(Vec::new()),
            log: Mutex::new(Vec::new()),
            running: Mutex::new(None),
        });
        let thread = serve(listener, &shared)?;
        Ok(Server {
            address,
            shared,
            thread: Mutex::new(Some(thread)),
        })
    }

    /// Stops listening and breaks all connections, whatever goes on in them.
    pub fn stop(&self) {
        self.shared.stop();
        if let Some(thread) = lock(&self.thread).take() {
            let _ = thread.join();
        }
    }

    /// Whether it listens. [`Fault::Stopped`] ends that too.
    #[must_use]
    pub fn is_running(&self) -> bool {
        lock(&self.shared.running).is_some()
    }

    /// Listens on the same port again, with the same files, faults and log.
    pub fn start_again(&self) -> Result<()> {
        if self.is_running() {
            return Ok(());
        }
        // It may be on its way out.
        self.stop();
        let thread = serve(listen(self.port())?, &self.shared)?;
        *lock(&self.thread) = Some(thread);
        Ok(())
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

    /// Serves a folder's files below a path that ends with a slash, in place of what was served there: another deploy is one step. None takes
    /// it away.
    pub fn put_folder(&self, below: &str, folder: Option<&Path>) {
        lock(&self.shared.site).put_folder(below, folder);
    }

    /// Takes back what [`Server::put`] put there.
    pub fn remove(&self, path: &str) {
        lock(&self.shared.site).remove(path);
    }

    /// Gives the answers of a path these headers, in place of those of the same name; one that is empty is taken away. A path
    /// that ends with `*` means all that begin so: of several that fit, each is obeyed, in the order in which they were put.
    pub fn put_headers(&self, path: &str, headers: &[(&str, &str)]) -> Result<()> {
        let mut read = Headers::new();
        for (name, value) in headers {
            let name: HeaderName = name
                .parse()
                .with_context(|| format!("`{name}` is no name of a header"))?;
            let value = HeaderValue::from_str(value)
                .with_context(|| format!("`{value}` is no value of a header"))?;
            read.push((name, value));
        }
        let mut all = lock(&self.shared.headers);
        all.retain(|(of, _)| of != path);
        all.push((path.to_owned(), read));
        Ok(())
    }

    /// Makes a path fail from now on; one that ends with `*` means all that begin so. Of several faults that fit, the one that was set
    /// last holds.
    pub fn set_fault(&self, path: &str, fault: Fault) {
        self.set_fault_of(path, .., fault);
    }

    /// Makes some of the requests of a path fail, counted from now: `3..=3` is the third one, `3..` that and all after it.
    pub fn set_fault_of(&self, path: &str, turns: impl RangeBounds<u64>, fault: Fault) {
        lock(&self.shared.faults).set(path, turns, fault);
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
    pub fn wait(self) {
        if let Some(thread) = lock(&self.thread).take() {
            let _ = thread.join();
        }
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.stop();
    }
}

/// Takes a port of the loopback address.
fn listen(port: u16) -> Result<std::net::TcpListener> {
    let listener = std::net::TcpListener::bind((Ipv4Addr::LOCALHOST, port))
        .with_context(|| format!("cannot listen on port {port}"))?;
    listener
        .set_nonblocking(true)
        .context("cannot set up the listener")?;
    Ok(listener)
}

/// Serves in a thread of its own, until it is stopped: all connections end with it.
fn serve(listener: std::net::TcpListener, shared: &Arc<Shared>) -> Result<JoinHandle<()>> {
    let (stop, stopped) = oneshot::channel();
    let serving = Arc::clone(shared);
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .context("cannot start the server's runtime")?;
    *lock(&shared.running) = Some(stop);
    let run = move || {
        runtime.block_on(async {
            tokio::select! {
                () = accept(listener, serving) => {}
                _ = stopped => {}
            }
        });
    };
    let thread = std::thread::Builder::new().name("server".to_owned());
    thread
        .spawn(run)
        .context("cannot start the server's thread")
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
