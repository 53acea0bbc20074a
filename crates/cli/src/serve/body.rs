//! What is sent: [`Body`], bytes at hand, part of a file, or events as they happen.

use bytes::Bytes;
use hyper::body::{Body as HttpBody, Frame, SizeHint};
use std::fs::File;
use std::io::{self, Read};
use std::pin::Pin;
use std::task::{Context, Poll};
use tokio::sync::{mpsc, watch};

/// So much of a file is in memory at a time.
const STEP: u64 = 1 << 18;

/// The body of an answer.
pub(super) enum Body {
    Bytes(Bytes),
    /// So many bytes from where the file stands.
    File(File, u64),
    Events(mpsc::Receiver<Bytes>),
}

impl Body {
    pub(super) fn empty() -> Body {
        Body::Bytes(Bytes::new())
    }

    /// An event (HTML §9.2) for each change from now on.
    pub(super) fn of_changes(mut changes: watch::Receiver<u64>) -> Body {
        let (send, receive) = mpsc::channel(1);
        tokio::spawn(async move {
            let mut event = Bytes::from_static(b"retry: 500\n: watching\n\n");
            loop {
                if send.send(event).await.is_err() {
                    return;
                }
                tokio::select! {
                    changed = changes.changed() => if changed.is_err() {
                        return;
                    },
                    () = send.closed() => return,
                }
                event = Bytes::from_static(b"event: change\ndata: again\n\n");
            }
        });
        Body::Events(receive)
    }
}

impl HttpBody for Body {
    type Data = Bytes;
    type Error = io::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, io::Error>>> {
        match &mut *self {
            Body::Bytes(bytes) => {
                let bytes = std::mem::take(bytes);
                Poll::Ready((!bytes.is_empty()).then(|| Ok(Frame::data(bytes))))
            }
            Body::File(_, 0) => Poll::Ready(None),
            Body::File(file, n_left) => {
                let mut bytes = Vec::new();
                // A file of this machine: it is there at once.
                match file.take(STEP.min(*n_left)).read_to_end(&mut bytes) {
                    Ok(0) => Poll::Ready(Some(Err(io::Error::from(io::ErrorKind::UnexpectedEof)))),
                    Ok(n_read) => {
                        *n_left -= n_read as u64;
                        Poll::Ready(Some(Ok(Frame::data(bytes.into()))))
                    }
                    Err(error) => Poll::Ready(Some(Err(error))),
                }
            }
            Body::Events(events) => events
                .poll_recv(context)
                .map(|event| event.map(|event| Ok(Frame::data(event)))),
        }
    }

    fn is_end_stream(&self) -> bool {
        match self {
            Body::Bytes(bytes) => bytes.is_empty(),
            Body::File(_, n_left) => *n_left == 0,
            Body::Events(_) => false,
        }
    }

    fn size_hint(&self) -> SizeHint {
        match self {
            Body::Bytes(bytes) => SizeHint::with_exact(bytes.len() as u64),
            Body::File(_, n_left) => SizeHint::with_exact(*n_left),
            Body::Events(_) => SizeHint::default(),
        }
    }
}
