//! A canvas that plotters can draw on without touching the page's styles.
//!
//! Owns the one way from a drawing to pixels: density, clearing, measuring text, and the PNG of it. Must not
//! know what is drawn.

use std::cell::RefCell;
use std::collections::HashMap;

use charts::Drawn;
use leptos::prelude::{document, window};
use plotters::coord::Shift;
use plotters::drawing::{DrawingArea, IntoDrawingArea};
use plotters_backend::{
    BackendColor, BackendCoord, BackendStyle, BackendTextStyle, DrawingBackend, DrawingErrorKind,
};
use plotters_canvas::CanvasBackend;
use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use wasm_bindgen_futures::JsFuture;
pub use web_sys::HtmlCanvasElement;
use web_sys::{Blob, CanvasRenderingContext2d};

use super::paper::is_on_paper;

type Result<E> = std::result::Result<(), DrawingErrorKind<E>>;

/// The error of a canvas.
pub type CanvasError = <CanvasBackend as DrawingBackend>::ErrorType;

/// Plotters' canvas backend, but text is measured by the canvas itself: plotters' own way appends a styled
/// element to the page, which the security policy refuses, and forces a layout for each label.
pub struct Canvas {
    inner: CanvasBackend,
    context: CanvasRenderingContext2d,
}

thread_local! {
    /// Sizes of texts already measured, by font and text. Labels come back with every redraw.
    static MEASURED: RefCell<HashMap<(String, String), (u32, u32)>> = RefCell::default();
}

/// More texts than any page of charts has; beyond it the cache starts again.
const MEASURED_MAX: usize = 2_000;

impl Canvas {
    fn new(canvas: HtmlCanvasElement) -> Option<Canvas> {
        let context = context_of(&canvas)?;
        CanvasBackend::with_canvas_object(canvas).map(|inner| Canvas { inner, context })
    }

    fn measure(&self, font: &str, text: &str, height: u32) -> (u32, u32) {
        self.context.set_font(font);
        // A browser that cannot measure gets an estimate: labels may stand a little off, nothing else.
        let guess = f64::from(height) * 0.6 * text.chars().count() as f64;
        let width = self.context.measure_text(text).map_or(guess, |measured| measured.width());
        (width.ceil() as u32, height)
    }
}

impl DrawingBackend for Canvas {
    type ErrorType = CanvasError;

    fn get_size(&self) -> (u32, u32) {
        self.inner.get_size()
    }

    fn ensure_prepared(&mut self) -> Result<CanvasError> {
        self.inner.ensure_prepared()
    }

    fn present(&mut self) -> Result<CanvasError> {
        self.inner.present()
    }

    fn draw_pixel(&mut self, point: BackendCoord, color: BackendColor) -> Result<CanvasError> {
        self.inner.draw_pixel(point, color)
    }

    fn draw_line<S: BackendStyle>(
        &mut self,
        from: BackendCoord,
        to: BackendCoord,
        style: &S,
    ) -> Result<CanvasError> {
        self.inner.draw_line(from, to, style)
    }

    fn draw_rect<S: BackendStyle>(
        &mut self,
        upper_left: BackendCoord,
        bottom_right: BackendCoord,
        style: &S,
        fill: bool,
    ) -> Result<CanvasError> {
        self.inner.draw_rect(upper_left, bottom_right, style, fill)
    }

    fn draw_path<S: BackendStyle, I: IntoIterator<Item = BackendCoord>>(
        &mut self,
        path: I,
        style: &S,
    ) -> Result<CanvasError> {
        self.inner.draw_path(path, style)
    }

    fn draw_circle<S: BackendStyle>(
        &mut self,
        center: BackendCoord,
        radius: u32,
        style: &S,
        fill: bool,
    ) -> Result<CanvasError> {
        self.inner.draw_circle(center, radius, style, fill)
    }

    fn fill_polygon<S: BackendStyle, I: IntoIterator<Item = BackendCoord>>(
        &mut self,
        vert: I,
        style: &S,
    ) -> Result<CanvasError> {
        self.inner.fill_polygon(vert, style)
    }

    fn draw_text<S: BackendTextStyle>(
        &mut self,
        text: &str,
        style: &S,
        pos: BackendCoord,
    ) -> Result<CanvasError> {
        self.inner.draw_text(text, style, pos)
    }

    fn estimate_text_size<S: BackendTextStyle>(
        &self,
        text: &str,
        style: &S,
    ) -> std::result::Result<(u32, u32), DrawingErrorKind<CanvasError>> {
        let font = format!("{} {}px {}", style.style().as_str(), style.size(), style.family().as_str());
        let key = (font, text.to_owned());
        let known = MEASURED.with_borrow(|measured| measured.get(&key).copied());
        Ok(known.unwrap_or_else(|| {
            let size = self.measure(&key.0, text, style.size().ceil() as u32);
            MEASURED.with_borrow_mut(|measured| {
                if measured.len() >= MEASURED_MAX {
                    measured.clear();
                }
                measured.insert(key, size);
            });
            size
        }))
    }
}

fn context_of(canvas: &HtmlCanvasElement) -> Option<CanvasRenderingContext2d> {
    canvas.get_context("2d").ok()??.dyn_into().ok()
}

/// Dots of a printer in one CSS pixel: enough for crisp small text.
const ON_PAPER: f64 = 3.0;

/// Pixels of the screen in one CSS pixel, or dots while the page is printed.
pub fn density() -> f64 {
    let screen = window().device_pixel_ratio();
    if is_on_paper() { screen.max(ON_PAPER) } else { screen }
}

/// Inner size of an element in CSS pixels.
pub fn inner_size(element: &web_sys::Element) -> (f64, f64) {
    (f64::from(element.client_width()), f64::from(element.client_height()))
}

/// The element that a canvas fills.
pub fn box_of(canvas: &HtmlCanvasElement) -> Option<web_sys::Element> {
    canvas.parent_element()
}

/// Shows a canvas at the size at which one of its pixels is one of the screen: a box is often a fraction of a
/// pixel wider, and stretching to it would blur every edge.
pub fn show_at(canvas: &HtmlCanvasElement, (width, height): (f64, f64), scale: f64) {
    let style = canvas.style();
    for (name, length) in [("width", width), ("height", height)] {
        style.set_property(name, &format!("{}px", (length * scale).round() / scale)).ok();
    }
}

/// Clears a canvas, gives it so many CSS pixels at so many pixels each, and has it drawn on. Says whether it
/// was drawn.
pub fn paint(
    canvas: &HtmlCanvasElement,
    (width, height): (f64, f64),
    scale: f64,
    draw: impl FnOnce(&DrawingArea<Canvas, Shift>) -> Drawn<Canvas>,
) -> bool {
    let (wide, tall) = ((width * scale).round() as u32, (height * scale).round() as u32);
    if canvas.width() != wide {
        canvas.set_width(wide);
    }
    if canvas.height() != tall {
        canvas.set_height(tall);
    }
    let Some(backend) = Canvas::new(canvas.clone()) else { return false };
    backend.context.clear_rect(0.0, 0.0, f64::from(wide), f64::from(tall));
    let root = backend.into_drawing_area();
    draw(&root).and_then(|()| root.present()).is_ok()
}

/// Has a picture drawn on a canvas of its own and gives it as a PNG.
pub async fn png(
    size: (f64, f64),
    scale: f64,
    draw: impl FnOnce(&DrawingArea<Canvas, Shift>) -> Drawn<Canvas>,
) -> Option<Blob> {
    let canvas: HtmlCanvasElement = document().create_element("canvas").ok()?.dyn_into().ok()?;
    if !paint(&canvas, size, scale, draw) {
        return None;
    }
    let promise = js_sys::Promise::new(&mut |done, failed| {
        let taken = Closure::once_into_js(move |blob: wasm_bindgen::JsValue| {
            done.call1(&wasm_bindgen::JsValue::UNDEFINED, &blob).ok();
        });
        if canvas.to_blob(taken.unchecked_ref()).is_err() {
            failed.call0(&wasm_bindgen::JsValue::UNDEFINED).ok();
        }
    });
    JsFuture::from(promise).await.ok()?.dyn_into().ok()
}

/// Sends all further moves of a pointer to the element until it is let go, also from outside of it.
pub fn capture_pointer(canvas: &HtmlCanvasElement, pointer: i32) {
    // Refused when the pointer is gone already; the drag then ends at the edge.
    canvas.set_pointer_capture(pointer).ok();
}
