//! Listening and accepting: [`Server`], in a thread of its own, which ends when it is dropped.

use super::answer;
use anyhow::{Context, Result};
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::TokioIo;
use std::convert::Infallible;
use std::net::{Ipv4Addr, SocketAddr};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::thread::JoinHandle;
use tokio::net::TcpListener;
use tokio::sync::{oneshot, watch};

/// A running server.
#[derive(Debug)]
pub struct Server {
    address: SocketAddr,
    shared: Arc<Shared>,
    stop: Option<oneshot::Sender<()>>,
    thread: Option<JoinHandle<()>>,
}

/// What every request needs.
#[derive(Debug)]
pub(super) struct Shared {
    pub(super) folder: PathBuf,
    /// How often the site was built again; there is none where nobody watches.
    pub(super) changes: Option<watch::Sender<u64>>,
}

impl Server {
    /// Serves a folder on a port of the loopback address; 0 means any free one. With `is_watching`, pages get a script
    /// that loads them again after [`Server::changed`].
    pub fn start(folder: &Path, port: u16, is_watching: bool) -> Result<Server> {
        let listener = std::net::TcpListener::bind((Ipv4Addr::LOCALHOST, port))
            .with_context(|| format!("port {port} cannot be had"))?;
        listener
            .set_nonblocking(true)
            .context("the listener cannot be set up")?;
        let address = listener
            .local_addr()
            .context("the listener has no address")?;
        let shared = Arc::new(Shared {
            folder: folder.to_path_buf(),
            changes: is_watching.then(|| watch::Sender::new(0)),
        });
        let (stop, stopped) = oneshot::channel();
        let serving = Arc::clone(&shared);
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build()
            .context("the server's runtime cannot be started")?;
        let serve = move || {
            runtime.block_on(async {
                tokio::select! {
                    () = accept(listener, serving) => {}
                    _ = stopped => {}
                }
            });
        };
        let thread = std::thread::Builder::new()
            .name("server".to_string())
            .spawn(serve)
            .context("the server's thread cannot be started")?;
        Ok(Server {
            address,
            shared,
            stop: Some(stop),
            thread: Some(thread),
        })
    }

    /// The port that was taken.
    pub fn port(&self) -> u16 {
        self.address.port()
    }

    /// The address of the front page.
    pub fn url(&self) -> String {
        format!("http://localhost:{}/", self.port())
    }

    /// Tells the pages that are open that the site was built again.
    pub fn changed(&self) {
        if let Some(changes) = &self.shared.changes {
            changes.send_modify(|n| *n += 1);
        }
    }

    /// Waits until the server ends, which it does only with the process.
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

async fn accept(listener: std::net::TcpListener, shared: Arc<Shared>) {
    let Ok(listener) = TcpListener::from_std(listener) else {
        return;
    };
    loop {
        // An error here is one of a single connection, or no connection is to be had just now.
        let Ok((stream, _)) = listener.accept().await else {
            tokio::task::yield_now().await;
            continue;
        };
        let shared = Arc::clone(&shared);
        tokio::spawn(async move {
            let service = service_fn(|request| {
                let answer = answer::answer(&shared, &request);
                async move { Ok::<_, Infallible>(answer) }
            });
            // A browser that hangs up early is no error of ours.
            let _ = http1::Builder::new()
                .serve_connection(TokioIo::new(stream), service)
                .await;
        });
    }
}
