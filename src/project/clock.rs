//! The time of day, in the zone the project wants.

use chrono::{DateTime, FixedOffset, Local, Offset, Utc};

/// The zone called `text`: `utc`, `local` (`None` inside), or an offset like `+02:00`.
pub(super) fn zone(text: &str) -> Option<Option<FixedOffset>> {
    match text.to_lowercase().as_str() {
        "utc" => Some(Some(Utc.fix())),
        "local" => Some(None),
        offset => offset.parse().ok().map(Some),
    }
}

/// Now, to the second. The variable `LIMBECK_NOW` (RFC 3339) stops the clock, so that what is
/// written can be the same twice.
pub(super) fn now(zone_name: &str) -> DateTime<FixedOffset> {
    let stopped = std::env::var("LIMBECK_NOW").ok();
    let now = match stopped.and_then(|text| DateTime::parse_from_rfc3339(&text).ok()) {
        Some(stopped) => stopped,
        None => Utc::now().fixed_offset(),
    };
    let zoned = match zone(zone_name) {
        Some(Some(offset)) => now.with_timezone(&offset),
        Some(None) => now.with_timezone(&Local).fixed_offset(),
        None => now,
    };
    use chrono::SubsecRound;
    zoned.trunc_subsecs(0)
}
