//! The time of day, in the zone the project wants.

use std::time::Instant;

use chrono::{DateTime, FixedOffset, Local, Offset, Utc};

/// The zone called `text`: `utc`, `local` (`None` inside), or an offset like `+02:00`.
pub(super) fn zone(text: &str) -> Option<Option<FixedOffset>> {
    match text.to_lowercase().as_str() {
        "utc" => Some(Some(Utc.fix())),
        "local" => Some(None),
        offset => offset.parse().ok().map(Some),
    }
}

/// Measures how long something takes.
#[derive(Debug)]
pub struct Stopwatch(Option<Instant>);

impl Stopwatch {
    /// Begins. Where `LIMBECK_NOW` stops the clock nothing takes any time.
    pub fn start() -> Stopwatch {
        Stopwatch(stopped().is_none().then(Instant::now))
    }

    /// How long it has been.
    pub fn milliseconds(&self) -> u64 {
        let elapsed = self.0.map(|begin| begin.elapsed().as_millis()).unwrap_or_default();
        u64::try_from(elapsed).unwrap_or(u64::MAX)
    }
}

/// The time at which `LIMBECK_NOW` stops the clock.
fn stopped() -> Option<DateTime<FixedOffset>> {
    let text = std::env::var("LIMBECK_NOW").ok()?;
    DateTime::parse_from_rfc3339(&text).ok()
}

/// Now, to the second. The variable `LIMBECK_NOW` (RFC 3339) stops the clock, so that what is
/// written can be the same twice.
pub(super) fn now(zone_name: &str) -> DateTime<FixedOffset> {
    let now = match stopped() {
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
