//! HTML as a tree of elements: [`parse`], the parser of the HTML standard with its stack kept short.
//!
//! The standard lets elements stand in one another without end, and looks through all that are open at many tags: the
//! time grows with the square of the depth, and every walk over the tree runs out of stack. Browsers cut at 512 levels, and
//! [`Shallow`] cuts at fewer: it stands between the tokenizer and the tree builder, keeps its own list of what is open, and drops
//! the tags that would go deeper. Their text stays.

use html5ever::buffer_queue::BufferQueue;
use html5ever::tendril::StrTendril;
use html5ever::tokenizer::{
    Tag, TagKind, Token, TokenSink, TokenSinkResult, Tokenizer, TokenizerOpts,
};
use html5ever::tree_builder::{TreeBuilder, TreeBuilderOpts, TreeSink};
use html5ever::{LocalName, TokenizerResult};
use scraper::{Html, HtmlTreeSink};
use std::cell::RefCell;

/// Elements may stand this deep in one another.
const OPEN_MAX: usize = 128;

/// Elements such as `<b>` and `<font>` that are not closed are opened again in each paragraph that follows: so many may
/// be.
const FORMATTING_MAX: usize = 32;

type Builder = TreeBuilder<<HtmlTreeSink as TreeSink>::Handle, HtmlTreeSink>;

/// Reads a page or a fragment of one; it never fails.
pub(super) fn parse(html: &str) -> Html {
    let options = TreeBuilderOpts {
        // What stands in `<noscript>` is content for us.
        scripting_enabled: false,
        drop_doctype: true,
        ..TreeBuilderOpts::default()
    };
    let sink = Shallow {
        builder: TreeBuilder::new(HtmlTreeSink::new(Html::new_document()), options),
        open: RefCell::default(),
    };
    let tokenizer = Tokenizer::new(sink, TokenizerOpts::default());
    let input = BufferQueue::default();
    input.push_back(StrTendril::from(html));
    while !matches!(tokenizer.feed(&input), TokenizerResult::Done) {}
    tokenizer.end();
    tokenizer.sink.builder.sink.finish()
}

/// Drops tags that would go too deep.
struct Shallow {
    builder: Builder,
    open: RefCell<Open>,
}

impl TokenSink for Shallow {
    type Handle = <HtmlTreeSink as TreeSink>::Handle;

    fn process_token(&self, token: Token, line: u64) -> TokenSinkResult<Self::Handle> {
        if let Token::TagToken(tag) = &token
            && !self.open.borrow_mut().allows(tag)
        {
            return TokenSinkResult::Continue;
        }
        self.builder.process_token(token, line)
    }

    fn end(&self) {
        self.builder.end();
    }

    fn adjusted_current_node_present_but_not_in_html_namespace(&self) -> bool {
        self.builder
            .adjusted_current_node_present_but_not_in_html_namespace()
    }
}

/// The elements that are open, as far as the tags alone tell; never fewer than really are, but for those that cannot
/// stand in one another.
#[derive(Default)]
struct Open {
    names: Vec<LocalName>,
    n_formatting: usize,
    n_foreign: usize,
}

impl Open {
    fn allows(&mut self, tag: &Tag) -> bool {
        match tag.kind {
            TagKind::StartTag => self.start(tag),
            TagKind::EndTag => {
                self.close(&tag.name);
                true
            }
        }
    }

    fn start(&mut self, tag: &Tag) -> bool {
        let name = &*tag.name;
        // Each of these closes the one before it, or is nothing but itself.
        if matches!(
            name,
            "p" | "li"
                | "dd"
                | "dt"
                | "html"
                | "head"
                | "body"
                | "br"
                | "embed"
                | "hr"
                | "img"
                | "meta"
        ) {
            return true;
        }
        if self.n_foreign == 0 {
            if is_void(name) || is_raw_text(name) {
                return true;
            }
            self.close_implied(name);
        } else if tag.self_closing {
            return true;
        }
        if self.names.len() >= OPEN_MAX
            || is_formatting(name) && self.n_formatting >= FORMATTING_MAX
        {
            return false;
        }
        self.n_formatting += usize::from(is_formatting(name));
        self.n_foreign += usize::from(is_foreign(name));
        self.names.push(tag.name.clone());
        true
    }

    /// The tags that end by themselves where another of their kind begins.
    fn close_implied(&mut self, name: &str) {
        let ended: &[&str] = match name {
            "a" | "nobr" | "button" | "option" => &[name],
            "optgroup" => &["option", "optgroup"],
            "rt" | "rp" | "rb" | "rtc" => &["rt", "rp", "rb"],
            "td" | "th" => &["td", "th"],
            "tr" => &["td", "th", "tr"],
            "tbody" | "thead" | "tfoot" => &["td", "th", "tr", "tbody", "thead", "tfoot"],
            _ => return,
        };
        for name in ended {
            let table = self.names.iter().rposition(|open| &**open == "table");
            let from = table.unwrap_or(0);
            if let Some(ix) = self.names[from..].iter().position(|open| &**open == *name) {
                self.remove(from + ix);
            }
        }
    }

    fn close(&mut self, name: &str) {
        if let Some(ix) = self.names.iter().rposition(|open| &**open == name) {
            self.remove(ix);
        }
    }

    /// Closes an element and what is open in it, except for formatting elements: these are opened again behind it. Cells
    /// keep theirs to themselves.
    fn remove(&mut self, ix: usize) {
        let closed = self.names[ix].clone();
        if is_formatting(&closed) {
            self.names.remove(ix);
            self.n_formatting -= 1;
            return;
        }
        let keeps_formatting = !matches!(
            &*closed,
            "td" | "th" | "caption" | "object" | "applet" | "marquee" | "table" | "tr"
        );
        let inner = self.names.split_off(ix);
        for name in inner {
            if is_formatting(&name) && keeps_formatting {
                self.names.push(name);
            } else {
                self.n_formatting -= usize::from(is_formatting(&name));
                self.n_foreign -= usize::from(is_foreign(&name));
            }
        }
    }
}

fn is_void(name: &str) -> bool {
    matches!(
        name,
        "area"
            | "base"
            | "basefont"
            | "bgsound"
            | "col"
            | "frame"
            | "input"
            | "keygen"
            | "link"
            | "param"
            | "source"
            | "track"
            | "wbr"
            | "image"
    )
}

fn is_raw_text(name: &str) -> bool {
    matches!(
        name,
        "script"
            | "style"
            | "textarea"
            | "title"
            | "xmp"
            | "iframe"
            | "noembed"
            | "noframes"
            | "plaintext"
    )
}

fn is_formatting(name: &str) -> bool {
    matches!(
        name,
        "a" | "b"
            | "big"
            | "code"
            | "em"
            | "font"
            | "i"
            | "nobr"
            | "s"
            | "small"
            | "strike"
            | "strong"
            | "tt"
            | "u"
    )
}

fn is_foreign(name: &str) -> bool {
    matches!(name, "svg" | "math")
}
