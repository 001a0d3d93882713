//! The heatmap on the page: hover an hour, click it, or walk the week with the arrow keys.

use charts::words::{cell_note, heatmap_sentence};
use charts::{HeatmapLayout, heatmap};
use clicks::query::Heatmap;
use leptos::ev::{KeyboardEvent, PointerEvent};
use leptos::prelude::*;

use super::surface::Surface;
use super::tip::{Placed, Tip};

/// Clicks by weekday and hour.
#[component]
pub fn HeatmapChart(
    /// What is shown
    #[prop(into)]
    map: Signal<Heatmap>,
    /// Name of the zone that the hours are in
    #[prop(into, default = Signal::stored("UTC".to_owned()))]
    zone: Signal<String>,
    /// Takes the picked weekday (0 = Sunday) and hour
    on_pick: Callback<(u8, u8)>,
) -> impl IntoView {
    let surface = Surface::new();
    let layout = Memo::new(move |_| {
        surface.look.with(|look| map.with(|map| HeatmapLayout::new(map, surface.pixels(), look)))
    });
    let marked = RwSignal::new(None::<(u8, u8)>);
    surface.redraw(move |root, look| map.with(|map| heatmap(root, map, look, marked.get())));
    let pick = move || {
        if let Some(cell) = marked.get_untracked() {
            on_pick.run(cell);
        }
    };
    let moved = move |event: PointerEvent| {
        let (x, y) = surface.to_pixels((event.offset_x(), event.offset_y()));
        let at = layout.with_untracked(|layout| layout.cell_at(x, y).map(|cell| (cell.weekday, cell.hour)));
        if marked.get_untracked() != at {
            marked.set(at);
        }
    };
    let placed = Signal::derive(move || {
        let (weekday, hour) = marked.get()?;
        layout.with(|layout| {
            let cell = layout.cells.iter().find(|cell| (cell.weekday, cell.hour) == (weekday, hour))?;
            let to_left = hour >= 12;
            Some(Placed {
                note: map.with(|map| cell_note(map, weekday, hour)),
                x: surface.to_css(if to_left { cell.area.left } else { cell.area.right }),
                y: surface.to_css(cell.area.bottom),
                to_left,
            })
        })
    });
    view! {
        <div class="heatmap-chart">
            <canvas
                node_ref=surface.node
                data-testid="chart-heatmap"
                role="img"
                tabindex="0"
                aria-label=move || map.with(|map| heatmap_sentence(map, &zone.read()))
                on:pointermove=moved
                on:pointerdown=moved
                on:click=move |_| pick()
                on:pointerleave=move |_| marked.set(None)
                on:blur=move |_| marked.set(None)
                on:keydown=move |event| if key_picks(marked, &event) { pick() }
            ></canvas>
            <Tip placed/>
        </div>
    }
}

/// Moves the mark by key; says whether the key picks what is marked. Rows run from Monday.
fn key_picks(marked: RwSignal<Option<(u8, u8)>>, event: &KeyboardEvent) -> bool {
    let at = marked.get_untracked();
    let (weekday, hour) = at.unwrap_or((1, 0));
    let next = match event.key().as_str() {
        // The first arrow only shows where one is.
        "ArrowLeft" | "ArrowRight" | "ArrowUp" | "ArrowDown" if at.is_none() => (weekday, hour),
        "ArrowLeft" => (weekday, hour.saturating_sub(1)),
        "ArrowRight" => (weekday, (hour + 1).min(23)),
        "ArrowUp" if weekday != 1 => ((weekday + 6) % 7, hour),
        "ArrowDown" if weekday != 0 => ((weekday + 1) % 7, hour),
        "ArrowUp" | "ArrowDown" => (weekday, hour),
        "Home" => (weekday, 0),
        "End" => (weekday, 23),
        "Enter" | " " => {
            event.prevent_default();
            return at.is_some();
        }
        "Escape" if at.is_some() => {
            event.stop_propagation();
            marked.set(None);
            return false;
        }
        _ => return false,
    };
    event.prevent_default();
    marked.set(Some(next));
    false
}
