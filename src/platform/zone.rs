//! Time zones as the browser knows them.

use std::cell::RefCell;

use js_sys::{Array, Date, Function, Intl, Object, Reflect};
use wasm_bindgen::{JsCast, JsValue};

thread_local! {
    /// The formatter that was used last, by zone: making one takes longer than a page of rows.
    static FORMATTER: RefCell<Option<(String, Intl::DateTimeFormat)>> = const { RefCell::new(None) };
}

/// The zone of this browser, an IANA name.
pub fn of_browser() -> String {
    let options = Intl::DateTimeFormat::new(&Array::new(), &Object::new()).resolved_options();
    Reflect::get(&options, &"timeZone".into())
        .ok()
        .and_then(|z| z.as_string())
        .unwrap_or_else(|| "UTC".to_owned())
}

/// Whether the browser knows this zone.
pub fn is_known(zone: &str) -> bool {
    formatter(zone).is_some()
}

/// The zones that the browser has a name for; empty in a browser that does not list them.
pub fn names() -> Vec<String> {
    let list = || -> Option<Array> {
        let intl = Reflect::get(&js_sys::global(), &"Intl".into()).ok()?;
        let list = Reflect::get(&intl, &"supportedValuesOf".into()).ok()?.dyn_into::<Function>().ok()?;
        list.call1(&intl, &"timeZone".into()).ok()?.dyn_into().ok()
    };
    list().map_or_else(Vec::new, |list| list.iter().filter_map(|name| name.as_string()).collect())
}

/// The furthest instant from 1970 that browsers have a date for.
const LAST_MS: f64 = 8.64e15;

/// `2026-11-21 10:42:07` in the zone; UTC when the zone is not known. Empty for what is no date.
pub fn date_time(unix_ms: f64, zone: &str) -> String {
    // Browsers throw, and that would go through the program.
    if unix_ms.is_nan() || unix_ms.abs() > LAST_MS {
        return String::new();
    }
    if !zone.eq_ignore_ascii_case("utc") {
        let cached = FORMATTER.with_borrow(|f| f.as_ref().filter(|(z, _)| z == zone).map(|(_, f)| f.clone()));
        if let Some(format) = cached.or_else(|| formatter(zone)) {
            let text = format.format().call1(&JsValue::UNDEFINED, &JsValue::from_f64(unix_ms));
            FORMATTER.set(Some((zone.to_owned(), format)));
            if let Some(text) = text.ok().and_then(|t| t.as_string()) {
                return text;
            }
        }
    }
    let iso = String::from(Date::new(&JsValue::from_f64(unix_ms)).to_iso_string());
    iso.chars().take(19).map(|c| if c == 'T' { ' ' } else { c }).collect()
}

/// Unix milliseconds of a time as the engine writes it, ISO 8601; not a number when it is none. One without a zone
/// is of a place that nobody knows and counts as UTC, as in every question: never as the zone of the browser.
pub fn unix_ms(iso: &str) -> f64 {
    if iso.contains('T') && !iso.ends_with('Z') { Date::parse(&format!("{iso}Z")) } else { Date::parse(iso) }
}

/// Today in the zone of the browser, for file names: `2026-11-21`.
pub fn today() -> String {
    date_time(Date::now(), &of_browser()).chars().take(10).collect()
}

/// Swedish dates are ISO dates. A zone that the browser does not know throws, hence the detour.
fn formatter(zone: &str) -> Option<Intl::DateTimeFormat> {
    let options = Object::new();
    let wanted = [
        ("timeZone", zone),
        ("year", "numeric"),
        ("month", "2-digit"),
        ("day", "2-digit"),
        ("hour", "2-digit"),
        ("minute", "2-digit"),
        ("second", "2-digit"),
        ("hourCycle", "h23"),
    ];
    for (name, value) in wanted {
        Reflect::set(&options, &name.into(), &value.into()).ok()?;
    }
    let intl = Reflect::get(&js_sys::global(), &"Intl".into()).ok()?;
    let class = Reflect::get(&intl, &"DateTimeFormat".into()).ok()?.dyn_into::<Function>().ok()?;
    Reflect::construct(&class, &Array::of2(&"sv-SE".into(), &options)).ok()?.dyn_into().ok()
}
