//! [`Link`]: a link to a route of the reader.

use yew::prelude::*;

use crate::state::{Addresses, Msg, Route};
use crate::web::event;

/// Where a link goes and what stands in it.
#[derive(Clone, PartialEq, Properties)]
pub struct LinkProps {
    /// The route it leads to.
    pub to: Route,
    /// Where routes have their addresses.
    pub addresses: Addresses,
    /// Where messages go.
    pub send: Callback<Msg>,
    /// What stands in it.
    pub children: Html,
    /// The class of the `<a>`.
    #[prop_or_default]
    pub class: Classes,
    /// The id of the `<a>`.
    #[prop_or_default]
    pub id: Option<AttrValue>,
    /// `rel` of the `<a>`.
    #[prop_or_default]
    pub rel: Option<AttrValue>,
    /// The position in a list, by which the focus finds it.
    #[prop_or_default]
    pub position: Option<usize>,
}

/// A link to a route. A plain click stays on the page; a click that asks for a new tab or window is the
/// browser's own, which is why there is a real address.
#[component]
pub fn Link(props: &LinkProps) -> Html {
    let (to, send) = (props.to.clone(), props.send.clone());
    let leads_away = props.addresses.leads_away(&to);
    let onclick = move |click: MouseEvent| {
        if !leads_away && event::is_plain_click(&click) {
            click.prevent_default();
            send.emit(Msg::Go(to.clone()));
        }
    };
    html! {
        <a
            href={props.addresses.href(&props.to)}
            class={props.class.clone()}
            id={props.id.clone()}
            rel={props.rel.clone()}
            data-op-position={props.position.map(|position| position.to_string())}
            {onclick}
        >
            { props.children.clone() }
        </a>
    }
}
