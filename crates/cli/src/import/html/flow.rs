//! Running text on its way into blocks: [`Flow`].
//!
//! White space is collapsed as browsers do it. Marks and links are kept open across blocks, because HTML may put a
//! paragraph into a link: each block gets its own piece of them.

use article::{Block, Inline, InlineImage, Mark, SafeUrl};

/// What stands around running text.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Wrap {
    Mark(Mark),
    Link {
        target: SafeUrl,
        title: Option<String>,
    },
    Abbreviation(String),
    Code,
}

/// Blocks, and the paragraph that is being written.
#[derive(Default)]
pub(super) struct Flow {
    pub(super) blocks: Vec<Block>,
    line: Vec<Inline>,
    /// What is open around the place that is written at, outermost first, with what stands in it.
    open: Vec<(Wrap, Vec<Inline>)>,
    /// A space here would not be seen: the line begins, or a space was written.
    has_word: bool,
    ends_with_space: bool,
    /// The item of a list whose text has not begun.
    pub(super) is_item_start: bool,
    pub(super) checked: Option<bool>,
}

impl Flow {
    /// One that stands in another: what is open there is open here.
    pub(super) fn within(outer: &Flow) -> Flow {
        let mut flow = Flow::default();
        flow.open.extend(
            outer
                .open
                .iter()
                .map(|(wrap, _)| (wrap.clone(), Vec::new())),
        );
        flow
    }

    /// Text, its white space collapsed.
    pub(super) fn text(&mut self, text: &str) {
        let mut collapsed = String::with_capacity(text.len());
        for c in text.chars() {
            if matches!(c, ' ' | '\t' | '\n' | '\r' | '\u{c}') {
                if self.has_word && !self.ends_with_space {
                    collapsed.push(' ');
                    self.ends_with_space = true;
                }
            } else if !c.is_control() {
                collapsed.push(c);
                self.has_word = true;
                self.ends_with_space = false;
            }
        }
        if collapsed.is_empty() {
            return;
        }
        self.is_item_start &= collapsed == " ";
        let is_code = self.has_open(&Wrap::Code);
        let piece = match is_code && collapsed != " " {
            true => Inline::Code(collapsed),
            false => Inline::Text(collapsed),
        };
        push(self.innermost(), piece);
    }

    /// A picture, or whatever else has no white space to collapse.
    pub(super) fn inline(&mut self, inline: Inline) {
        self.has_word = true;
        self.ends_with_space = false;
        self.is_item_start = false;
        push(self.innermost(), inline);
    }

    /// A line break; two in a row end the paragraph.
    pub(super) fn line_break(&mut self) {
        if !self.has_word {
            return;
        }
        if matches!(self.innermost().last(), Some(Inline::Break)) {
            self.end_paragraph();
            return;
        }
        trim_end(self.innermost());
        self.innermost().push(Inline::Break);
        self.ends_with_space = true;
    }

    pub(super) fn has_open(&self, wrap: &Wrap) -> bool {
        self.open.iter().any(|(open, _)| open == wrap)
    }

    pub(super) fn is_in_link(&self) -> bool {
        self.open
            .iter()
            .any(|(open, _)| matches!(open, Wrap::Link { .. }))
    }

    pub(super) fn open(&mut self, wrap: Wrap) {
        self.open.push((wrap, Vec::new()));
    }

    pub(super) fn close(&mut self) {
        if let Some((wrap, content)) = self.open.pop() {
            close_into(self.innermost(), wrap, content);
        }
    }

    /// Ends the paragraph, if one has begun.
    pub(super) fn end_paragraph(&mut self) {
        if let Some(content) = self.take_line() {
            self.blocks.push(paragraph(content));
        }
    }

    /// What was written since the last block.
    pub(super) fn take_line(&mut self) -> Option<Vec<Inline>> {
        let wraps: Vec<Wrap> = self.open.iter().map(|(wrap, _)| wrap.clone()).collect();
        while !self.open.is_empty() {
            self.close();
        }
        for wrap in wraps {
            self.open(wrap);
        }
        self.has_word = false;
        self.ends_with_space = false;
        let mut line = std::mem::take(&mut self.line);
        trim_end(&mut line);
        (!line.is_empty()).then_some(line)
    }

    /// A block behind what is there.
    pub(super) fn block(&mut self, block: Block) {
        self.end_paragraph();
        self.is_item_start = false;
        self.blocks.push(block);
    }

    /// The blocks, when all is written.
    pub(super) fn into_blocks(mut self) -> Vec<Block> {
        self.end_paragraph();
        self.blocks
    }

    fn innermost(&mut self) -> &mut Vec<Inline> {
        match self.open.last_mut() {
            Some((_, content)) => content,
            None => &mut self.line,
        }
    }
}

/// A paragraph, or a figure where a picture stands alone: its title is the caption then.
pub(super) fn paragraph(mut content: Vec<Inline>) -> Block {
    if let [Inline::Image(image)] = content.as_mut_slice() {
        return figure(image.clone());
    }
    Block::Paragraph(content)
}

/// A figure of a picture with nothing beside it.
pub(super) fn figure(mut image: InlineImage) -> Block {
    let caption = image.title.take().map(Inline::Text).into_iter().collect();
    Block::Figure {
        image,
        caption,
        credit: Vec::new(),
    }
}

/// Puts a piece behind others; what belongs together becomes one.
pub(super) fn push(list: &mut Vec<Inline>, piece: Inline) {
    match (list.last_mut(), piece) {
        (_, Inline::Text(text)) if text.is_empty() => {}
        (Some(Inline::Text(before)), Inline::Text(text)) => before.push_str(&text),
        (Some(Inline::Code(before)), Inline::Code(code)) => before.push_str(&code),
        (Some(Inline::Marked(mark, before)), Inline::Marked(other, content)) if *mark == other => {
            for piece in content {
                push(before, piece);
            }
        }
        (_, piece) => list.push(piece),
    }
}

/// Closes what stood around a text. White space and line breaks at its edges go outside: Markdown has no place for them
/// inside.
fn close_into(outer: &mut Vec<Inline>, wrap: Wrap, mut content: Vec<Inline>) {
    let mut before = Vec::new();
    let mut behind = Vec::new();
    while let Some(space) = take_edge(&mut content, true) {
        before.push(space);
    }
    while let Some(space) = take_edge(&mut content, false) {
        behind.insert(0, space);
    }
    for piece in before {
        push(outer, piece);
    }
    if !content.is_empty() {
        match wrap {
            Wrap::Mark(mark) => push(outer, Inline::Marked(mark, content)),
            Wrap::Link { target, title } => outer.push(Inline::Link {
                target,
                title,
                content,
            }),
            Wrap::Abbreviation(title) => outer.push(Inline::Abbreviation { title, content }),
            Wrap::Code => content.into_iter().for_each(|piece| push(outer, piece)),
        }
    }
    for piece in behind {
        push(outer, piece);
    }
}

/// Takes a space or a line break off one end.
fn take_edge(content: &mut Vec<Inline>, is_front: bool) -> Option<Inline> {
    let ix = if is_front {
        0
    } else {
        content.len().checked_sub(1)?
    };
    match content.get_mut(ix)? {
        Inline::Break => Some(content.remove(ix)),
        Inline::Text(text) | Inline::Code(text) => {
            let trimmed = match is_front {
                true => text.strip_prefix(' '),
                false => text.strip_suffix(' '),
            };
            let trimmed = trimmed?.to_string();
            *text = trimmed;
            if text.is_empty() {
                content.remove(ix);
            }
            Some(Inline::Text(" ".to_string()))
        }
        _ => None,
    }
}

/// Removes white space and line breaks from the end of running text.
fn trim_end(content: &mut Vec<Inline>) {
    while take_edge(content, false).is_some() {}
}
