//! [`Adopted`]: the body of an article that stood on the page before the reader did.

use web_sys::Node;
use yew::virtual_dom::VNode;

/// The body of an article that was made ahead of time. The reader puts it where it would draw its own, node for node, so
/// that nothing of it changes: not the text, not a translation of it, not a selection in it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Adopted(Option<(String, Node)>);

impl Adopted {
    /// The body of the article with this id.
    pub fn new(id: String, body: Node) -> Adopted {
        Adopted(Some((id, body)))
    }

    /// The body of an article, where it is this one's.
    pub fn body(&self, id: &str) -> Option<VNode> {
        let (own, body) = self.0.as_ref()?;
        (own == id).then(|| VNode::VRef(body.clone()))
    }
}
