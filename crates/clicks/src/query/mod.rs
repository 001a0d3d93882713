//! Which clicks, and how many: filter, selection, aggregation, order; and the questions about them.
//!
//! Owns every number. A question stands beside the computation of its answer: an [`Ask`], which gets what it
//! needs from [`Cx`]. Must not know how files are read, nor how an answer is shown.

mod aggregate;
mod coverage;
mod cx;
mod dashboard;
mod detail;
mod filter;
mod find;
mod hours;
mod lens;
mod measure;
mod not_taken;
mod notes;
mod order;
mod ranking;
mod report;
mod rows;
mod selection;
mod suggest;
mod tally;
mod timeline;
mod told;
mod top;
mod trust;
pub mod values;
mod wording;
mod zone;

pub use aggregate::{AskQuery, QueryParams, Table};
pub use coverage::{Coverage, CoverageLine};
pub use cx::{Around, Ask, Cx};
pub use dashboard::{AskDashboard, Dashboard, Facet, FacetValue, Heatmap, LeftOut, Totals, totals_of};
pub use detail::{AskDetail, Detail, DetailField, FieldState, Hop, Pivot, WhoClicked};
pub use filter::{Chip, Filter, Key, Term, Whom, action_of, length_of_range};
pub use hours::Hours;
pub use lens::{AskLens, LensAnswer, SharedAddress};
pub use not_taken::{AskNotTaken, NotTaken, NotTakenRow};
pub use order::{OrderBy, Ranks, page};
pub use ranking::{RankEntry, Ranking};
pub use report::{AskReport, Report};
pub use rows::{AskRows, RowsAnswer, RowsParams, columns_of, rows_of};
pub use selection::Selection;
pub use suggest::{AskSuggest, Suggested};
pub use timeline::{Bucket, TimeSeries};
pub use told::Conclusions;
pub use top::{AskTopUrls, AskTopUsers};
pub use trust::{AskTrust, Trust};
pub use wording::{MOST_WORDINGS, Wording};
pub use zone::{Zone, ZoneSource};
