//! [`Window`]: which part of a long list is built.
//!
//! A list is cut into blocks of a fixed number of cards. Only the blocks near the part in view are in
//! the page; what is above and below is one empty element each, as high as the blocks it stands for.
//! The height of a block is estimated until it has been seen, and measured from then on.

use std::ops::Range;
use std::rc::Rc;

/// Cards in a block: fills whole rows in one, two, three or four columns.
pub const CARDS_PER_BLOCK: usize = 12;

/// A list of so few blocks is built whole, for printing and for finding in the page.
const SHORT: usize = 4;

/// The height of a card, in CSS pixels, until one has been measured.
const CARD_ESTIMATE: f64 = 180.0;

/// What of a list is in the page.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Window {
    n_cards: usize,
    /// By block; zero where it has not been measured.
    heights: Rc<Vec<f32>>,
    /// What a card is taken to be high where it was not measured: any block that was serves, since
    /// they differ by a few lines only.
    card_height: f64,
    /// The blocks that are built.
    pub blocks: Range<usize>,
    /// Those of them that are in view or about to be: what has to be fetched is fetched for these alone.
    pub near: Range<usize>,
}

impl Window {
    /// A window on the top of a list.
    pub fn new(n_cards: usize) -> Window {
        let n_blocks = n_cards.div_ceil(CARDS_PER_BLOCK);
        Window {
            n_cards,
            heights: Rc::new(vec![0.0; n_blocks]),
            card_height: CARD_ESTIMATE,
            blocks: 0..if n_blocks <= SHORT { n_blocks } else { 2 },
            near: 0..n_blocks.min(1),
        }
    }

    /// The positions of the cards of one block.
    pub fn cards(&self, block: usize) -> Range<usize> {
        let first = block * CARDS_PER_BLOCK;
        first..(first + CARDS_PER_BLOCK).min(self.n_cards)
    }

    /// Builds what is in view, and as much again above and below; `top` is how far the list's top is
    /// above the viewport's, both in CSS pixels.
    pub fn view(&mut self, top: f64, height: f64) {
        self.near = self.between(top - height / 2.0, top + 1.5 * height);
        self.blocks = match self.heights.len() <= SHORT {
            true => 0..self.heights.len(),
            false => self.between(top - height, top + 2.0 * height),
        };
    }

    /// The blocks that reach into a part of the list.
    fn between(&self, from: f64, to: f64) -> Range<usize> {
        let mut offset = 0.0;
        let mut blocks = self.heights.len()..0;
        for block in 0..self.heights.len() {
            let end = offset + self.height(block);
            if end >= from && offset <= to {
                blocks.start = blocks.start.min(block);
                blocks.end = block + 1;
            }
            offset = end;
        }
        if blocks.start < blocks.end {
            return blocks;
        }
        // Scrolled past an end: the nearest block stands ready.
        let last = self.heights.len().saturating_sub(1);
        let at = if to > 0.0 { last } else { 0 };
        at..(at + 1).min(self.heights.len())
    }

    /// Builds the surroundings of one card.
    pub fn reveal(&mut self, position: usize) {
        let last = self.heights.len();
        let block = (position / CARDS_PER_BLOCK).min(last.saturating_sub(1));
        if !self.blocks.contains(&block) {
            self.blocks = block.saturating_sub(1)..(block + 2).min(last);
        }
        if !self.near.contains(&block) {
            self.near = block..(block + 1).min(last);
        }
    }

    /// Builds the blocks of these cards and no others.
    pub fn show(&mut self, first: usize, n: usize) {
        let last = self.heights.len();
        let end = (first + n).div_ceil(CARDS_PER_BLOCK).min(last);
        self.blocks = (first / CARDS_PER_BLOCK).min(end)..end;
        self.near = self.blocks.clone();
    }

    /// Takes the measured heights of blocks; says whether one was new.
    pub fn measured(&mut self, heights: &[(usize, f64)]) -> bool {
        let differs = |&&(block, height): &&(usize, f64)| {
            (self.heights.get(block)).is_some_and(|old| (f64::from(*old) - height).abs() > 0.5)
        };
        let changed: Vec<_> = heights.iter().filter(differs).copied().collect();
        let known = Rc::make_mut(&mut self.heights);
        for (block, height) in &changed {
            known[*block] = *height as f32;
        }
        if let Some((block, height)) = changed.first() {
            self.card_height = height / self.cards(*block).len().max(1) as f64;
        }
        !changed.is_empty()
    }

    /// Forgets all measures, as when the page has got another width.
    pub fn forget(&mut self) {
        self.heights = Rc::new(vec![0.0; self.heights.len()]);
    }

    /// The height of what is not built above and below, in CSS pixels.
    pub fn spacers(&self) -> (f64, f64) {
        let sum = |blocks: Range<usize>| blocks.map(|block| self.height(block)).sum();
        (
            sum(0..self.blocks.start),
            sum(self.blocks.end..self.heights.len()),
        )
    }

    fn height(&self, block: usize) -> f64 {
        match self.heights[block] {
            height if height > 0.0 => f64::from(height),
            _ => self.card_height * self.cards(block).len() as f64,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(n_cards: usize, top: f64, height: f64, expect: Range<usize>) {
        let mut window = Window::new(n_cards);
        window.view(top, height);
        assert_eq!(
            window.blocks,
            expect,
            "{n_cards} cards seen from {top} to {}",
            top + height
        );
    }

    #[test]
    fn only_the_neighbourhood_is_built() {
        // A block is 12 × 180 = 2160 pixels high until one is measured.
        check(0, 0.0, 900.0, 0..0);
        check(1, 0.0, 900.0, 0..1);
        check(48, 0.0, 900.0, 0..4);
        check(49, 0.0, 900.0, 0..1);
        check(20_000, 0.0, 900.0, 0..1);
        check(20_000, 2000.0, 900.0, 0..2);
        check(20_000, 21_600.0, 900.0, 9..11);
        check(20_000, 1e9, 900.0, 1666..1667);
        check(20_000, -1e9, 900.0, 0..1);
    }

    #[test]
    fn less_is_near_than_is_built() {
        #[track_caller]
        fn check(n_cards: usize, top: f64, expect: Range<usize>) {
            let mut window = Window::new(n_cards);
            assert_eq!(window.near, 0..n_cards.min(1));
            window.view(top, 900.0);
            assert_eq!(window.near, expect, "{n_cards} cards from {top}");
        }
        check(0, 0.0, 0..0);
        check(48, 0.0, 0..1);
        check(48, 1000.0, 0..2);
        check(20_000, 21_600.0, 9..11);
        check(20_000, 22_100.0, 10..11);
        let mut window = Window::new(48);
        window.reveal(30);
        assert_eq!(window.near, 2..3);
    }

    #[test]
    fn built_and_not_built_add_up() {
        let mut window = Window::new(100_000);
        let total = |window: &Window| {
            let (above, below) = window.spacers();
            let built: f64 = window
                .blocks
                .clone()
                .map(|block| window.height(block))
                .sum();
            above + built + below
        };
        let before = total(&window);
        window.view(100_000.0, 1000.0);
        assert_eq!(total(&window), before);
        assert!(window.measured(&[(46, 3000.0)]));
        assert!(!window.measured(&[(46, 3000.2)]), "half a pixel is no news");
        assert!(
            !window.measured(&[(usize::MAX, 10.0)]),
            "a block that is not there"
        );
        let per_card = 3000.0 / CARDS_PER_BLOCK as f64;
        assert!((total(&window) - per_card * 100_000.0).abs() < 1.0);
    }

    #[test]
    fn a_card_far_down_is_revealed() {
        let mut window = Window::new(20_000);
        window.reveal(12_000);
        assert_eq!(window.blocks, 999..1002);
        window.reveal(usize::MAX);
        assert_eq!(window.blocks, 1665..1667);
        Window::new(0).reveal(3);
    }
}
