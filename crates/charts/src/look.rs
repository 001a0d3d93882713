//! Colours and sizes of the drawings, as plain values.

use clicks::model::Action;
use plotters::style::RGBColor;
use plotters::style::text_anchor::{HPos, Pos, VPos};
use plotters::style::{Color, FontStyle, IntoFont, TextStyle};

/// What the page's fonts are called; the drawings use no others.
const FAMILY: &str = "system-ui, 'Segoe UI', sans-serif";

/// The SVG backend of plotters writes a font of size `n` as `n / 1.24`, the canvas as `n`. Sizes for the
/// SVG are multiplied by it, so that both look the same.
const SVG_TEXT: f64 = 1.24;

/// Colours and sizes. The page reads the colours from its stylesheet; [`Look::light`] and [`Look::dark`] are
/// the same values for where there is none.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Look {
    /// Text.
    pub ink: RGBColor,
    /// Text of the second rank: legend.
    pub ink2: RGBColor,
    /// Text of the third rank: axes, captions.
    pub ink3: RGBColor,
    /// Grid lines, and the band behind a marked bar.
    pub line: RGBColor,
    /// Background.
    pub panel: RGBColor,
    /// Action Allowed.
    pub allowed: RGBColor,
    /// Action Blocked.
    pub blocked: RGBColor,
    /// Action `UserOverride`.
    pub override_: RGBColor,
    /// Action None: error and waiting pages.
    pub pending: RGBColor,
    /// Action Unknown.
    pub unknown: RGBColor,
    /// Clicks that reached a page that is not safe.
    pub reached: RGBColor,
    /// Text of a finding.
    pub bad: RGBColor,
    /// Shades of the heatmap, from none to most.
    pub heat: [RGBColor; 7],
    /// Size of the axis labels in CSS pixels.
    pub font_px: f64,
    /// Pixels of the backend in one CSS pixel: 2 on a high-density screen, 1 in an SVG.
    pub scale: f64,
    /// What the backend makes of a font size, see [`Look::for_svg`].
    text: f64,
}

const fn rgb(hex: u32) -> RGBColor {
    RGBColor((hex >> 16) as u8, (hex >> 8) as u8, hex as u8)
}

impl Look {
    /// The light theme.
    pub const fn light() -> Look {
        Look {
            ink: rgb(0x14_1a24),
            ink2: rgb(0x4a_5567),
            ink3: rgb(0x62_6e80),
            line: rgb(0xe1_e5eb),
            panel: rgb(0xff_ffff),
            allowed: rgb(0x7d_94bf),
            blocked: rgb(0x2b_8a83),
            override_: rgb(0xd3_7d00),
            pending: rgb(0x8a_63cc),
            unknown: rgb(0x4a_505a),
            reached: rgb(0xbf_3a10),
            bad: rgb(0xb9_3b0a),
            heat: [
                rgb(0xf0_f3f8),
                rgb(0x74_93cb),
                rgb(0x5f_84c4),
                rgb(0x47_70b6),
                rgb(0x34_5da6),
                rgb(0x23_4a8f),
                rgb(0x12_336e),
            ],
            font_px: 11.0,
            scale: 1.0,
            text: 1.0,
        }
    }

    /// The dark theme.
    pub const fn dark() -> Look {
        Look {
            ink: rgb(0xe8_ecf2),
            ink2: rgb(0xad_b7c6),
            ink3: rgb(0x8b_97a8),
            line: rgb(0x26_2e39),
            panel: rgb(0x16_1b22),
            allowed: rgb(0x5a_709c),
            blocked: rgb(0x3a_a197),
            override_: rgb(0xf0_b44c),
            pending: rgb(0x9f_86d8),
            unknown: rgb(0xbc_c2cb),
            reached: rgb(0xec_5f31),
            bad: rgb(0xff_8f63),
            heat: [
                rgb(0x1c_232d),
                rgb(0x49_67a2),
                rgb(0x56_79b8),
                rgb(0x66_8ed2),
                rgb(0x7f_a6e4),
                rgb(0x9d_bdf2),
                rgb(0xc9_dcff),
            ],
            ..Look::light()
        }
    }

    /// Reads a colour as a stylesheet writes it (`#abc`, `#aabbcc`, with or without alpha) or as a browser
    /// answers it (`rgb(1, 2, 3)`, `rgba(1 2 3 / 50%)`, `color(srgb 0.1 0.2 0.3)`). Alpha is ignored.
    pub fn color_from_css(text: &str) -> Option<RGBColor> {
        let text = text.trim();
        if let Some(hex) = text.strip_prefix('#') {
            let wide = |at: usize| u8::from_str_radix(hex.get(at * 2..at * 2 + 2)?, 16).ok();
            let narrow = |at: usize| u8::from_str_radix(hex.get(at..at + 1)?, 16).ok().map(|n| n * 17);
            return match hex.len() {
                6 | 8 => Some(RGBColor(wide(0)?, wide(1)?, wide(2)?)),
                3 | 4 => Some(RGBColor(narrow(0)?, narrow(1)?, narrow(2)?)),
                _ => None,
            };
        }
        let (name, rest) = text.split_once('(')?;
        let (rest, of) = match (name, rest.trim_start().strip_prefix("srgb ")) {
            ("rgb" | "rgba", None) => (rest, 1.0),
            ("color", Some(rest)) => (rest, 255.0),
            _ => return None,
        };
        let mut parts = rest
            .split([',', ' ', '/', ')'])
            .filter(|part| !part.is_empty())
            .map(|part| part.parse::<f64>().ok().map(|n| (n * of).round().clamp(0.0, 255.0) as u8));
        Some(RGBColor(parts.next()??, parts.next()??, parts.next()??))
    }

    /// The same look on a backend with so many pixels to a CSS pixel. Nothing below a quarter or above eight
    /// is taken: a page zoomed to its limits stays within that.
    pub fn at_scale(self, scale: f64) -> Look {
        Look { scale: if scale.is_finite() { scale.clamp(0.25, 8.0) } else { 1.0 }, ..self }
    }

    /// The same look for plotters' SVG backend.
    pub const fn for_svg(self) -> Look {
        Look { scale: 1.0, text: SVG_TEXT, ..self }
    }

    /// Colour of an action, wherever it is shown.
    pub const fn action(&self, action: Action) -> RGBColor {
        match action {
            Action::Allowed => self.allowed,
            Action::Blocked => self.blocked,
            Action::UserOverride => self.override_,
            Action::None => self.pending,
            Action::Unknown => self.unknown,
        }
    }

    /// CSS pixels as pixels of the backend, never less than one.
    pub(crate) fn px(&self, css: f64) -> i32 {
        ((css * self.scale).round() as i32).max(1)
    }

    /// Width that a label is given, in pixels of the backend: an estimate that is rather too large, so that
    /// labels never touch.
    pub(crate) fn text_width(&self, text: &str) -> i32 {
        self.px(text.chars().count() as f64 * self.font_px * 0.6)
    }

    /// Text in a colour, anchored where `h` and `v` say; `relative` is its size against the axis labels.
    pub(crate) fn text_style(
        &self,
        color: RGBColor,
        relative: f64,
        bold: bool,
        h: HPos,
        v: VPos,
    ) -> TextStyle<'static> {
        let size = self.font_px * relative * self.scale * self.text;
        let font = (FAMILY, size).into_font();
        let font = if bold { font.style(FontStyle::Bold) } else { font };
        TextStyle { font, color: color.to_backend_color(), pos: Pos::new(h, v) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn colours_are_read_as_written_and_as_answered() {
        for (text, expected) in [
            (" #141a24", Some(RGBColor(0x14, 0x1a, 0x24))),
            ("#fff", Some(RGBColor(255, 255, 255))),
            ("#2b8a83cc", Some(RGBColor(0x2b, 0x8a, 0x83))),
            ("rgb(20, 26, 36)", Some(RGBColor(20, 26, 36))),
            ("rgba(20 26 36 / 0.5)", Some(RGBColor(20, 26, 36))),
            ("color(srgb 1 0.5 0)", Some(RGBColor(255, 128, 0))),
            ("light-dark(#fff, #000)", None),
            ("", None),
            ("#ä12", None),
            ("rgb()", None),
        ] {
            assert_eq!(Look::color_from_css(text), expected, "{text}");
        }
    }

    /// The stylesheet that the page reads its colours from.
    const TOKENS: &str = include_str!("../../../style/tokens.css");

    fn looks() -> [(Look, &'static str); 2] {
        [(Look::light(), "light"), (Look::dark(), "dark")]
    }

    #[test]
    fn colours_are_those_of_the_stylesheet() {
        for (at, (look, theme)) in looks().into_iter().enumerate() {
            let named = [
                ("ink", look.ink),
                ("ink2", look.ink2),
                ("ink3", look.ink3),
                ("line", look.line),
                ("panel", look.panel),
                ("allowed", look.allowed),
                ("blocked", look.blocked),
                ("override", look.override_),
                ("pending", look.pending),
                ("unknown", look.unknown),
                ("reached", look.reached),
                ("bad", look.bad),
            ];
            let heat = look.heat.iter().enumerate().map(|(step, shade)| (format!("h{step}"), *shade));
            for (name, color) in named.map(|(n, c)| (n.to_owned(), c)).into_iter().chain(heat) {
                let (_, rest) = TOKENS.split_once(&format!("--{name}: light-dark(")).expect("a token");
                let (pair, _) = rest.split_once(')').expect("a pair");
                let written = pair.split(',').nth(at).and_then(Look::color_from_css);
                assert_eq!(written, Some(color), "{theme} {name}");
            }
        }
    }

    /// The ratio of WCAG 2, by the relative luminance of sRGB.
    fn contrast(a: RGBColor, b: RGBColor) -> f64 {
        let luminance = |RGBColor(r, g, b): RGBColor| {
            let [r, g, b] = [r, g, b].map(|c| match f64::from(c) / 255.0 {
                c if c <= 0.040_45 => c / 12.92,
                c => ((c + 0.055) / 1.055).powf(2.4),
            });
            0.2126 * r + 0.7152 * g + 0.0722 * b + 0.05
        };
        let (a, b) = (luminance(a), luminance(b));
        a.max(b) / a.min(b)
    }

    #[test]
    fn graphics_on_the_panel_have_three_to_one() {
        for (look, theme) in looks() {
            let actions = Action::ALL.map(|action| look.action(action));
            // The first shade is no click: it carries no meaning that its number does not.
            for color in actions.iter().chain([&look.reached, &look.bad]).chain(&look.heat[1..]) {
                let ratio = contrast(*color, look.panel);
                assert!(ratio >= 3.0, "{theme} {color:?}: {ratio:.2}");
            }
        }
    }

    #[test]
    fn a_scale_that_is_no_number_is_one() {
        assert_eq!(Look::light().at_scale(f64::NAN).scale, 1.0);
        assert_eq!(Look::light().at_scale(0.0).scale, 0.25);
    }
}
