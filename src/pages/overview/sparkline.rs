//! A course over time, small enough to stand beside a number.

use leptos::prelude::*;

const WIDTH: f64 = 100.0;
const HEIGHT: f64 = 20.0;

/// The line. It says nothing that the chart over time does not say, so screen readers pass it by.
#[component]
pub fn Sparkline(
    /// Values, oldest first
    values: Signal<Vec<u64>>,
) -> impl IntoView {
    view! {
        <svg class="sparkline" viewBox=format!("0 0 {WIDTH} {HEIGHT}") preserveAspectRatio="none" aria-hidden="true">
            <polyline points=move || points(&values.read()) fill="none" vector-effect="non-scaling-stroke"/>
        </svg>
    }
}

/// Points of the line; at most one a unit of width, so that a long series stays a line.
fn points(values: &[u64]) -> String {
    let step = values.len().div_ceil(WIDTH as usize).max(1);
    let sums: Vec<u64> = values.chunks(step).map(|c| c.iter().sum()).collect();
    let highest = sums.iter().copied().max().unwrap_or_default();
    if sums.len() < 2 || highest == 0 {
        return format!("0,{y} {WIDTH},{y}", y = HEIGHT - 1.0);
    }
    let dx = WIDTH / (sums.len() - 1) as f64;
    let y = |v: u64| HEIGHT - 1.0 - v as f64 / highest as f64 * (HEIGHT - 2.0);
    let points: Vec<String> =
        sums.iter().enumerate().map(|(i, v)| format!("{:.1},{:.1}", i as f64 * dx, y(*v))).collect();
    points.join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn points_touch_top_and_bottom() {
        assert_eq!(points(&[0, 4]), "0.0,19.0 100.0,1.0");
        assert_eq!(points(&[]), "0,19 100,19");
        assert_eq!(points(&[7; 1000]).split(' ').count(), 100);
    }
}
