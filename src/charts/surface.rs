//! What every chart needs of its canvas: its size, its colours, and a redraw when either changes.

use std::rc::Rc;

use charts::{Drawn, Look};
use leptos::html;
use leptos::prelude::*;
use plotters::coord::Shift;
use plotters::drawing::DrawingArea;

use crate::platform::canvas::{Canvas, box_of, capture_pointer, density, inner_size, paint, show_at};
use crate::platform::colors::{look_of, on_theme_change};
use crate::platform::paper::is_on_paper;
use crate::platform::resize;

/// A canvas on the page.
#[derive(Clone, Copy)]
pub(super) struct Surface {
    /// The canvas.
    pub node: NodeRef<html::Canvas>,
    /// Its size in CSS pixels.
    pub size: RwSignal<(f64, f64)>,
    /// Colours in force, at the density of the screen.
    pub look: RwSignal<Look>,
    /// Draws at once.
    now: StoredValue<Option<Rc<dyn Fn()>>, LocalStorage>,
}

impl Surface {
    /// Watches the box around the canvas from when it is on the page until the component goes.
    pub(super) fn new() -> Surface {
        let surface = Surface {
            node: NodeRef::new(),
            size: RwSignal::new((0.0, 0.0)),
            look: RwSignal::new(Look::light()),
            now: StoredValue::new_local(None),
        };
        let watches = StoredValue::new_local(None);
        Effect::new(move || {
            let Some(canvas) = surface.node.get() else { return };
            let Some(around) = box_of(&canvas) else { return };
            let read = move || surface.read();
            let resized = resize::on_resize(&around, move |_| read());
            watches.set_value(Some((resized, on_theme_change(read))));
        });
        surface
    }

    /// Reads size and colours again; what has not changed wakes nobody.
    fn read(self) {
        let Some(canvas) = self.node.try_get_untracked().flatten() else { return };
        let Some(around) = box_of(&canvas) else { return };
        let size = inner_size(&around);
        let look = look_of(&canvas).at_scale(density());
        if self.size.get_untracked() != size {
            self.size.set(size);
        }
        if self.look.get_untracked() != look {
            self.look.set(look);
            // Firefox copies the page for paper before anything that waits for its turn.
            if let (true, Some(draw)) = (is_on_paper(), self.now.get_value()) {
                untrack(|| draw());
            }
        }
    }

    /// Size in pixels of the canvas: what a layout is made for.
    pub(super) fn pixels(self) -> (u32, u32) {
        let (width, height) = self.size.get();
        let scale = self.look.with(|look| look.scale);
        ((width * scale).round() as u32, (height * scale).round() as u32)
    }

    /// A place inside the canvas in CSS pixels, as pixels of the canvas.
    pub(super) fn to_pixels(self, (x, y): (i32, i32)) -> (i32, i32) {
        let scale = self.look.with_untracked(|look| look.scale);
        ((f64::from(x) * scale) as i32, (f64::from(y) * scale) as i32)
    }

    /// Pixels of the canvas as CSS pixels.
    pub(super) fn to_css(self, pixels: i32) -> f64 {
        f64::from(pixels) / self.look.with(|look| look.scale)
    }

    /// Draws now and whenever something that the drawing reads changes.
    pub(super) fn redraw(self, draw: impl Fn(&DrawingArea<Canvas, Shift>, &Look) -> Drawn<Canvas> + 'static) {
        let draw = Rc::new(move || {
            let Some(canvas) = self.node.get() else { return };
            let (size, look) = (self.size.get(), self.look.get());
            if size.0 < 1.0 || size.1 < 1.0 {
                return;
            }
            show_at(&canvas, size, look.scale);
            if !paint(&canvas, size, look.scale, |root| draw(root, &look)) {
                leptos::logging::warn!("a chart could not be drawn");
            }
        });
        self.now.set_value(Some(draw.clone()));
        Effect::new(move || draw());
    }

    /// Keeps the moves of a pointer while it is down.
    pub(super) fn capture(self, pointer: i32) {
        if let Some(canvas) = self.node.get_untracked() {
            capture_pointer(&canvas, pointer);
        }
    }
}
