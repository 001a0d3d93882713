//! Saving the clicks in view as a file: which ones, how far it has come, and how large it will be.

use clicks::FailureKind;
use clicks::export::Order;
use clicks::query::RowsParams;
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::asked::Turn;
use super::{AppState, order};
use crate::platform::download;
use crate::platform::engine::ExportFormat;

/// A file being written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Saving {
    /// Clicks that are written, and bytes.
    pub written: (u64, u64),
}

/// Clicks that are written to see how large a file will be.
const TRIED: u32 = 200;

impl AppState {
    /// Saves the clicks in view with the columns in view, sorted as in view, defanged.
    pub fn save_clicks(self, format: ExportFormat) {
        let Some(data) = self.load.read_untracked().askable() else { return };
        // One at a time: there is one notice of how far it has come.
        if self.saving.read_untracked().is_some() {
            return;
        }
        let order = self.order_of(format, None);
        self.saving.set(Some(Saving { written: (0, 0) }));
        spawn_local(async move {
            let told = move |progress: clicks::import::Progress| {
                self.saving.try_set(Some(Saving { written: (progress.rows, progress.bytes) }));
            };
            match self.engine.save(data.token, &order, told).await {
                Ok((name, blob)) => {
                    download::save(&name, &blob);
                }
                Err(failure) if failure.kind == FailureKind::Cancelled => {}
                Err(failure) => self.failure.set(Some(failure)),
            }
            self.saving.try_set(None);
        });
    }

    /// Finds out about how many bytes such a file of so many clicks will have, from a part of it.
    pub fn size_of(self, format: ExportFormat, clicks: u64, turn: Turn, size: RwSignal<Option<u64>>) {
        let Some(data) = self.load.read_untracked().askable() else { return };
        let part = self.order_of(format, Some(TRIED));
        spawn_local(async move {
            let made = self.engine.export(data.token, &part).await;
            if let (Ok((_, blob)), true) = (made, turn.is_newest()) {
                let tried = clicks.clamp(1, u64::from(TRIED)) as f64;
                size.try_set(Some((blob.size() / tried * clicks as f64) as u64));
            }
        });
    }

    fn order_of(&self, format: ExportFormat, limit: Option<u32>) -> Order {
        let columns = untrack(|| self.visible_columns());
        let params = RowsParams {
            filter: self.filter.read_untracked().to_string(),
            columns: columns.iter().map(|c| c.name().to_owned()).collect(),
            order_by: order::names(&self.order.read_untracked()),
            limit,
            offset: 0,
        };
        Order { format: format.name().to_owned(), params, defang: true }
    }
}
