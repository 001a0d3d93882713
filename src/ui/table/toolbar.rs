//! What can be done with the table as a whole.

use clicks::export::Order;
use clicks::query::RowsParams;
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::TableState;
use super::columns_menu::ColumnsMenu;
use super::pages::PAGE;
use crate::platform::download;
use crate::platform::engine::ExportFormat;
use crate::state::order;
use crate::ui::later::NOT_YET;
use crate::ui::words;

/// Heading, columns, exports.
#[component]
pub fn Toolbar(
    /// Signals of the table
    table: TableState,
) -> impl IntoView {
    let busy = RwSignal::new(false);
    let total = Memo::new(move |_| table.pages.read().total);
    let count = move || {
        if table.pages.read().is_known() {
            format!("{} in view", words::number(total.get()))
        } else {
            NOT_YET.to_owned()
        }
    };
    let printed = move || match total.get() {
        all if all > u64::from(PAGE) => {
            let all = words::counted(all, "click", "clicks");
            format!("first {PAGE} of {all}, in the order in view; the CSV export has them all")
        }
        all => format!("all {}", words::counted(all, "click", "clicks")),
    };
    let export = move |format: ExportFormat| {
        let Some(data) = table.app.load.read_untracked().askable() else { return };
        busy.set(true);
        spawn_local(async move {
            let order = Order { format: format.name().to_owned(), params: params(table), defang: true };
            match table.app.engine.export(data.token, &order).await {
                Ok((name, blob)) => {
                    download::save(&name, &blob);
                }
                Err(failure) => table.app.failure.set(Some(failure)),
            }
            busy.try_set(false);
        });
    };
    let formats = [("export-csv", "CSV", ExportFormat::Csv), ("export-json", "JSON", ExportFormat::Json)];
    let buttons = formats.map(|(testid, label, format)| {
        view! {
            <button
                class="link"
                type="button"
                title="Save the clicks in view, with the columns in view, defanged"
                data-testid=testid
                disabled=move || busy.get()
                on:click=move |_| export(format)
            >
                {label}
            </button>
        }
    });
    view! {
        <div class="panel-head click_table-tools">
            <h2>"Clicks"</h2>
            <span class="click_table-count">{count}</span>
            <span class="click_table-printed">{printed}</span>
            <div class="panel-tools">
                <ColumnsMenu table/>
                {buttons}
            </div>
        </div>
    }
}

/// All rows in view, with the columns in view, sorted as in view.
fn params(table: TableState) -> RowsParams {
    RowsParams {
        filter: table.app.filter.read_untracked().to_string(),
        columns: table.columns.read_untracked().iter().map(|c| c.name().to_owned()).collect(),
        order_by: order::names(&table.app.order.read_untracked()),
        limit: None,
        offset: 0,
    }
}
