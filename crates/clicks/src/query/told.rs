//! The cells of a click: those of its export, and what is concluded of it.

use std::rc::Rc;

use serde_json::Value;

use super::{Selection, values};
use crate::hindsight::Hindsight;
use crate::lens::Lens;
use crate::model::{Dataset, Field};

/// What the cells of conclusions are read from. Nothing is concluded before a cell needs it.
#[derive(Clone)]
pub struct Conclusions {
    lens: Rc<Lens>,
    hindsight: Rc<Hindsight>,
}

impl Conclusions {
    /// Those that a selection goes by.
    pub fn of(selection: &Selection) -> Conclusions {
        Conclusions { lens: selection.lens.clone(), hindsight: selection.hindsight.clone() }
    }

    /// The text of a cell; empty where there is none. Conclusions are told by their tokens, as filters take them.
    pub fn text(&self, data: &Dataset, row: usize, field: Field) -> String {
        match field {
            Field::Automation => self.lens.labels(data).class(row).token().to_owned(),
            Field::Attempt => self.hindsight.of(data).attempt(row).token().to_owned(),
            Field::Campaign => {
                let facts = self.hindsight.of(data);
                facts.campaigns().get(facts.campaign(data, row)).to_owned()
            }
            field => values::text(data, row, field),
        }
    }

    /// The same in the words of the page.
    pub fn words(&self, data: &Dataset, row: usize, field: Field) -> String {
        match field {
            Field::Automation => self.lens.labels(data).class(row).label().to_owned(),
            Field::Attempt => self.hindsight.of(data).attempt(row).label().to_owned(),
            Field::Action => data.kind_of(row).action.label().to_owned(),
            Field::Verdict => data.kind_of(row).verdict.label().to_owned(),
            field => self.text(data, row, field),
        }
    }

    /// The cell as JSON: text, or null where there is none.
    pub fn json(&self, data: &Dataset, row: usize, field: Field) -> Value {
        let text = self.text(data, row, field);
        if text.is_empty() { Value::Null } else { Value::String(text) }
    }
}
