//! How many clicks have URLs that look odd, by what can be seen of them.
//!
//! Owns the question; what a sign is, [`clicks::link`] says.

use serde::{Deserialize, Serialize};

use clicks::Failure;
use clicks::link::Sign;
use clicks::model::ids::Id as _;
use clicks::query::{Ask, Cx};

/// Asks which signs the URLs of the clicks in view have.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct AskSigns {
    /// Canonical text of a filter.
    pub filter: String,
}

/// One sign.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct SignCount {
    /// Its name in filters.
    pub sign: String,
    /// What it is called on the page.
    pub label: String,
    /// What it means.
    pub why: String,
    /// Clicks.
    pub clicks: u64,
    /// Distinct URLs.
    pub urls: u64,
    /// Clicks that reached a page that is not safe, as is known today.
    pub reached: u64,
}

impl Ask for AskSigns {
    const NAME: &'static str = "signs";
    type Answer = Vec<SignCount>;

    fn answer(&self, cx: &mut Cx) -> Result<Vec<SignCount>, Failure> {
        let (_, selection) = cx.select(&self.filter)?;
        let data = cx.data();
        let (signs, facts) = (selection.hindsight.signs(data), selection.hindsight.of(data));
        let mut counts = [(0_u64, 0_u64, 0_u64); Sign::COUNT];
        let mut seen = vec![false; data.urls.len()];
        for row in selection.iter(data) {
            let url = data.url.at(row).raw() as usize;
            let Some(bits) = signs.get(url).copied().filter(|bits| *bits != 0) else { continue };
            let is_new = !std::mem::replace(&mut seen[url], true);
            let clicks = u64::from(data.weight_of(row));
            let reached = facts.has_reached_bad(data, row);
            for sign in Sign::of_bits(bits) {
                let count = &mut counts[sign as usize];
                count.0 += clicks;
                count.1 += u64::from(is_new);
                count.2 += clicks * u64::from(reached);
            }
        }
        let said = |(def, (clicks, urls, reached)): (clicks::link::SignDef, (u64, u64, u64))| SignCount {
            sign: def.token.to_owned(),
            label: def.label.to_owned(),
            why: def.why.to_owned(),
            clicks,
            urls,
            reached,
        };
        Ok(Sign::ALL.into_iter().zip(counts).map(said).filter(|sign| sign.clicks > 0).collect())
    }
}
