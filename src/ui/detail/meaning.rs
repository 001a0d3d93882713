//! What the click means: what came of it, what followed, its campaign, and what its URL shows without being opened.

use clicks::model::Field;
use clicks::query::Key;
use insights::{AskMeaning, Meaning};
use leptos::prelude::*;

use crate::state::asked::Newest;
use crate::state::{PageId, use_state};
use crate::ui::{LongUrl, Url, words};

/// The part of the detail.
#[component]
pub fn What(
    /// Row of the data
    row: u32,
) -> impl IntoView {
    let state = use_state();
    let answer = RwSignal::new(None::<Meaning>);
    let newest = Newest::default();
    if let Some(data) = state.load.read_untracked().askable() {
        newest.ask(state, data.token, &AskMeaning { row }, move |found| match found {
            Ok(found) => {
                answer.try_set(Some(found));
            }
            Err(failure) => state.failure.set(Some(failure)),
        });
    }
    move || answer.get().map(|meaning| view! { <Said meaning/> })
}

/// What there is to say.
#[component]
fn Said(
    /// Of the click
    meaning: Meaning,
) -> impl IntoView {
    let state = use_state();
    let Meaning { came_of_it, followed, campaign, url, new_here, .. } = meaning;
    let said = std::iter::once(came_of_it).filter(|text| !text.is_empty()).chain(followed);
    let said: Vec<String> = said.map(|text| words::defanged_inside(&text)).collect();
    let signs = url.signs.into_iter().map(|sign| {
        let only = sign.sign.clone();
        view! {
            <li>
                <button class="sign" type="button" title="Only clicks whose URL shows this" on:click=move |_| state.refine(|f| f.set(Key::Sign, &only))>
                    {sign.label}
                </button>
                <span class="detail-note">{sign.why}</span>
            </li>
        }
    });
    let layers = url.layers.into_iter().map(|layer| {
        view! { <li><span class="detail-note">{format!("Inside {}: ", layer.by)}</span><LongUrl value=layer.url field=Field::Url/></li> }
    });
    let campaign = (!campaign.is_empty()).then(|| {
        let name = campaign.original().to_owned();
        let open = move |_| {
            state.refine(|f| f.set(Key::Is(Field::Campaign), &name));
            state.go(PageId::CAMPAIGNS);
        };
        view! {
            <p>"Campaign " <button class="link" type="button" data-testid="detail-campaign" on:click=open><Url value=campaign field=Field::Host/></button></p>
        }
    });
    view! {
        <section class="meaning" data-testid="meaning" aria-label="What it means">
            {(!said.is_empty()).then(|| view! { <p class="meaning-said">{said.join("; ")}</p> })}
            {campaign}
            <ul class="meaning-signs">{signs.collect_view()}{layers.collect_view()}</ul>
            <p class="detail-note">{new_here}</p>
        </section>
    }
}
