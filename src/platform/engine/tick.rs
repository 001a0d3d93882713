//! Time and turns, on the page and in a worker alike.

use js_sys::{Function, Promise, Reflect};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;

/// Milliseconds since some instant, with fractions.
pub fn now_ms() -> f64 {
    let clock = Reflect::get(&js_sys::global(), &"performance".into());
    let clock = clock.ok().and_then(|c| c.dyn_into::<web_sys::Performance>().ok());
    clock.map_or_else(js_sys::Date::now, |c| c.now())
}

/// Lets everything else have its turn.
pub async fn pause() {
    sleep(0).await;
}

/// Waits so many milliseconds.
pub async fn sleep(ms: i32) {
    let turn = Promise::new(&mut |resolve, _reject| {
        let later = Reflect::get(&js_sys::global(), &"setTimeout".into());
        match later.ok().and_then(|f| f.dyn_into::<Function>().ok()) {
            Some(later) => {
                later.call2(&JsValue::UNDEFINED, &resolve, &ms.into()).ok();
            }
            None => {
                resolve.call0(&JsValue::UNDEFINED).ok();
            }
        }
    });
    JsFuture::from(turn).await.ok();
}
