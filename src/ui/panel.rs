//! A titled box. No box inside a box.

use leptos::prelude::*;

/// The box.
#[component]
pub fn Panel(
    /// Heading
    title: &'static str,
    /// Test id
    #[prop(into)]
    testid: String,
    /// Class for its place in the grid; default none
    #[prop(optional)]
    place: &'static str,
    /// A line under the heading; default none
    #[prop(optional, into)]
    sub: Signal<String>,
    /// What stands at the right end of the heading; default nothing
    #[prop(optional, into)]
    tools: ViewFn,
    /// What is inside
    children: Children,
) -> impl IntoView {
    view! {
        <section class=format!("panel {place}") data-testid=testid aria-label=title>
            <div class="panel-head">
                <h2>{title}</h2>
                <div class="panel-tools">{move || tools.run()}</div>
            </div>
            {move || {
                let sub = sub.get();
                (!sub.is_empty()).then(|| view! { <p class="panel-sub">{sub}</p> })
            }}
            {children()}
        </section>
    }
}
