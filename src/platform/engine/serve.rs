//! What a message asks of the host, wherever that runs: one meaning for the worker and for the page.

use clicks::protocol::{Failure, Progress, Request, RowsParams};
use serde::Deserialize;

use super::host::Host;
use super::message::{Message, Received};
use super::reading::Input;

/// Does what a message asks; the answer still lacks the id of the question.
pub async fn serve(
    host: &Host,
    message: &Received,
    on_progress: impl Fn(&Progress),
) -> Result<Message, Failure> {
    let answer = Message::new("answer");
    match message.kind.as_str() {
        "ask" => {
            let request: Request = read(&message.body)?;
            Ok(answer.body(&text(&host.answer(&request).await)?))
        }
        "open" => {
            let inputs = message.files().into_iter().map(Input::file).collect();
            Ok(answer.body(&text(&host.open(inputs, on_progress).await?)?))
        }
        "sample" => Ok(answer.body(&text(&host.open(vec![Host::sample()], on_progress).await?)?)),
        "export" => {
            let ExportOrder { format, params, defang } = read(&message.body)?;
            let blob = host.export(&format, &params, defang).await?;
            Ok(answer.with("blob", &blob))
        }
        "cancel" => {
            host.cancel();
            Ok(answer.body("null"))
        }
        other => Err(not_understood(other)),
    }
}

/// What an export asks for.
#[derive(Deserialize)]
struct ExportOrder {
    format: String,
    params: RowsParams,
    defang: bool,
}

fn read<T: serde::de::DeserializeOwned>(body: &str) -> Result<T, Failure> {
    serde_json::from_str(body).map_err(|e| not_understood(&e.to_string()))
}

fn text<T: serde::Serialize>(answer: &T) -> Result<String, Failure> {
    serde_json::to_string(answer).map_err(|e| not_understood(&e.to_string()))
}

fn not_understood(what: &str) -> Failure {
    clicks::engine::bad_request(format!("The engine does not understand the question: {what}."))
}
