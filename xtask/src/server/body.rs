//! The bytes of an answer: all at once, one by one, or not all of them.

use std::future::Future;
use std::io;
use std::pin::Pin;
use std::task::{Context, Poll};

use bytes::Bytes;
use hyper::body::{Body, Frame, SizeHint};

/// The bytes of an answer, and how it ends after them.
pub struct Bytewise {
    bytes: Bytes,
    announced: u64,
    ending: Ending,
    trickle: Option<Trickle>,
}

#[derive(Clone, Copy)]
enum Ending {
    /// All bytes were sent.
    Whole,
    /// The connection breaks once what was sent is out: an error at once would take those bytes with it.
    FlushThenBreak,
    Break,
}

/// Bytes that go out one by one, each in a packet of its own, until they are used up; then none until it is let go.
struct Trickle {
    left: usize,
    is_out: bool,
    let_go: Pin<Box<dyn Future<Output = ()> + Send>>,
}

impl Bytewise {
    /// All of these.
    pub fn whole(bytes: Bytes) -> Bytewise {
        Bytewise {
            announced: bytes.len() as u64,
            bytes,
            ending: Ending::Whole,
            trickle: None,
        }
    }

    /// The first `n`, where all are announced; then the connection breaks.
    pub fn broken(bytes: &Bytes, n: usize) -> Bytewise {
        Bytewise {
            announced: bytes.len() as u64,
            bytes: bytes.slice(..n.min(bytes.len())),
            ending: Ending::FlushThenBreak,
            trickle: None,
        }
    }

    /// The first `n` one by one, and the rest when it is let go.
    pub fn trickling(
        bytes: Bytes,
        n: usize,
        let_go: impl Future<Output = ()> + Send + 'static,
    ) -> Bytewise {
        let trickle = Trickle {
            left: n.min(bytes.len()),
            is_out: true,
            let_go: Box::pin(let_go),
        };
        Bytewise {
            trickle: Some(trickle),
            ..Bytewise::whole(bytes)
        }
    }

    /// How many bytes go out.
    pub fn n_bytes(&self) -> u64 {
        self.bytes.len() as u64
    }
}

impl Body for Bytewise {
    type Data = Bytes;
    type Error = io::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, io::Error>>> {
        let mut n = self.bytes.len();
        if let Some(trickle) = &mut self.trickle {
            if !trickle.is_out {
                trickle.is_out = true;
                context.waker().wake_by_ref();
                return Poll::Pending;
            }
            if trickle.left > 0 {
                trickle.left -= 1;
                trickle.is_out = false;
                n = 1;
            } else if trickle.let_go.as_mut().poll(context).is_ready() {
                self.trickle = None;
            } else {
                return Poll::Pending;
            }
        }
        if n > 0 {
            return Poll::Ready(Some(Ok(Frame::data(self.bytes.split_to(n)))));
        }
        match self.ending {
            Ending::Whole => Poll::Ready(None),
            Ending::FlushThenBreak => {
                self.ending = Ending::Break;
                context.waker().wake_by_ref();
                Poll::Pending
            }
            Ending::Break => Poll::Ready(Some(Err(io::Error::other("broken on purpose")))),
        }
    }

    fn is_end_stream(&self) -> bool {
        matches!(self.ending, Ending::Whole) && self.bytes.is_empty()
    }

    fn size_hint(&self) -> SizeHint {
        // Of what is left, where nothing is left out.
        match self.ending {
            Ending::Whole => SizeHint::with_exact(self.bytes.len() as u64),
            _ => SizeHint::with_exact(self.announced),
        }
    }
}
