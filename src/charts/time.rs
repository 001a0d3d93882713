//! Clicks over time on the page: hover a bar, click it, drag over several, or walk them with the arrow keys.

use charts::words::{Note, bucket_note, range_note, time_sentence};
use charts::{TimeChartLayout, TimeView, peak, time_chart};
use clicks::query::TimeSeries;
use leptos::ev::{KeyboardEvent, PointerEvent};
use leptos::prelude::*;

use super::surface::Surface;
use super::tip::{Placed, Tip};

/// Stacked bars by action.
#[component]
pub fn TimeChart(
    /// What is shown
    #[prop(into)]
    series: Signal<TimeSeries>,
    /// Name of the zone that the days are in
    #[prop(into)]
    zone: Signal<String>,
    /// Takes the picked range: Unix milliseconds UTC, the end not included
    on_pick: Callback<(i64, i64)>,
) -> impl IntoView {
    let surface = Surface::new();
    let layout = Memo::new(move |_| {
        surface.look.with(|look| series.with(|series| TimeChartLayout::new(series, surface.pixels(), look)))
    });
    let marks = Marks { surface, layout, marked: RwSignal::new(None), from: RwSignal::new(None) };
    // Other data has other bars: a mark would point at something nobody chose.
    Effect::new(move || {
        series.track();
        marks.clear();
    });
    surface.redraw(move |root, look| {
        let view = TimeView { marked: marks.marked.get(), brush: marks.range(), marker: series.with(peak) };
        series.with(|series| time_chart(root, series, look, &view))
    });
    let pick = move || {
        let Some((first, last)) = marks.range().or_else(|| marks.marked.get_untracked().map(|i| (i, i)))
        else {
            return;
        };
        marks.from.set(None);
        let bounds = series.with_untracked(|s| Some((*s.bounds.get(first)?, *s.bounds.get(last + 1)?)));
        if let Some(bounds) = bounds {
            on_pick.run(bounds);
        }
    };
    let placed = Signal::derive(move || {
        let bucket = marks.marked.get()?;
        let note = series.with(|series| match marks.range() {
            Some((first, last)) if first < last => range_note(series, first, last),
            _ => bucket_note(series, bucket),
        });
        marks.place(bucket, note)
    });
    view! {
        <div class="time-chart">
            <canvas
                node_ref=surface.node
                data-testid="chart-time"
                role="img"
                tabindex="0"
                aria-label=move || series.with(|series| time_sentence(series, &zone.read()))
                on:pointermove=move |event| marks.pointer_moved(&event)
                on:pointerdown=move |event| marks.pointer_down(&event)
                on:pointerup=move |_| if marks.from.get_untracked().is_some() { pick() }
                on:pointercancel=move |_| marks.clear()
                on:pointerleave=move |_| if marks.from.get_untracked().is_none() { marks.marked.set(None) }
                on:blur=move |_| marks.clear()
                on:keydown=move |event| if marks.key_picks(&event) { pick() }
            ></canvas>
            <Tip placed/>
        </div>
    }
}

/// Which bars are marked.
#[derive(Clone, Copy)]
struct Marks {
    surface: Surface,
    layout: Memo<TimeChartLayout>,
    /// Under the pointer, or where the keyboard is.
    marked: RwSignal<Option<usize>>,
    /// Where a range was begun; it ends at the marked bar.
    from: RwSignal<Option<usize>>,
}

impl Marks {
    fn clear(self) {
        self.marked.set(None);
        self.from.set(None);
    }

    /// First and last bar of the range being picked.
    fn range(self) -> Option<(usize, usize)> {
        let (from, to) = (self.from.get()?, self.marked.get()?);
        Some((from.min(to), from.max(to)))
    }

    fn place(self, bucket: usize, note: Note) -> Option<Placed> {
        self.layout.with(|layout| {
            let bar = layout.bars.get(bucket)?;
            let to_left = bar.left > (layout.plot.left + layout.plot.right) / 2;
            let edge = if to_left { bar.left } else { bar.right };
            Some(Placed {
                note,
                x: self.surface.to_css(edge),
                y: self.surface.to_css(layout.plot.top),
                to_left,
            })
        })
    }

    fn pointer_moved(self, event: &PointerEvent) {
        let (x, y) = self.surface.to_pixels((event.offset_x(), event.offset_y()));
        let dragging = self.from.get_untracked().is_some();
        let bucket = self.layout.with_untracked(|layout| {
            if dragging { layout.nearest_bucket(x) } else { layout.bucket_at(x, y) }
        });
        if self.marked.get_untracked() != bucket {
            self.marked.set(bucket);
        }
    }

    fn pointer_down(self, event: &PointerEvent) {
        if event.button() != 0 {
            return;
        }
        self.pointer_moved(event);
        let bucket = self.marked.get_untracked();
        if bucket.is_some() {
            self.surface.capture(event.pointer_id());
            self.from.set(bucket);
        }
    }

    /// Moves the mark by key; says whether the key picks what is marked.
    fn key_picks(self, event: &KeyboardEvent) -> bool {
        let Some(last) = self.layout.with_untracked(|layout| layout.bars.len().checked_sub(1)) else {
            return false;
        };
        let at = self.marked.get_untracked();
        let next = match event.key().as_str() {
            "ArrowLeft" => at.map_or(last, |at| at.saturating_sub(1)),
            "ArrowRight" => at.map_or(0, |at| (at + 1).min(last)),
            "Home" => 0,
            "End" => last,
            "Enter" | " " => {
                event.prevent_default();
                return at.is_some();
            }
            "Escape" if at.is_some() => {
                event.stop_propagation();
                self.clear();
                return false;
            }
            _ => return false,
        };
        event.prevent_default();
        // As in a text: with Shift the range grows from where it was begun.
        if !event.shift_key() {
            self.from.set(None);
        } else if self.from.get_untracked().is_none() {
            self.from.set(at);
        }
        self.marked.set(Some(next));
        false
    }
}
