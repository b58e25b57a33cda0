use sekisho::net::Flow;
use serde_json::Value;
pub fn flow(_json: &Value) -> Result<Flow, String> {
    Err("not yet".to_owned())
}
