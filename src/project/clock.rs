//! The time of day, in the zone the project wants.

use std::env;
use std::time::Instant;

use chrono::{DateTime, FixedOffset, Local, SubsecRound, Utc};
use chrono_tz::Tz;

/// A variable that stops the clock, so that what is written can be the same twice.
const STOPPED: &str = "LIMBECK_NOW";

/// Whose clock is meant.
#[derive(Clone, Copy, Debug)]
pub(super) enum Zone {
    /// That of this machine.
    Local,
    /// So far from UTC.
    Offset(FixedOffset),
    /// A place of the IANA time zone database, with its summers.
    Place(Tz),
}

/// The variable that stops the clock holds something else.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the variable `{STOPPED}` is no date and time: `{text}`")]
pub struct ClockError {
    /// What it holds.
    pub text: String,
}

impl ClockError {
    /// What to do about it.
    pub fn hint(&self) -> Option<String> {
        Some("write RFC 3339, as in `2026-11-20T10:14:03Z`, or unset it".to_owned())
    }
}

/// Measures how long something takes.
#[derive(Debug)]
pub struct Stopwatch(Option<Instant>);

impl Stopwatch {
    /// Begins. Where the clock is stopped nothing takes any time.
    pub fn start() -> Stopwatch {
        let is_stopped = stopped().is_ok_and(|it| it.is_some());
        Stopwatch((!is_stopped).then(Instant::now))
    }

    /// How long it has been.
    pub fn milliseconds(&self) -> u64 {
        let elapsed = self.0.map(|begin| begin.elapsed().as_millis()).unwrap_or_default();
        u64::try_from(elapsed).unwrap_or(u64::MAX)
    }
}

/// The zone called `text`: `utc`, `local`, an offset like `+02:00`, or a place like
/// `Europe/Berlin`.
pub(super) fn zone(text: &str) -> Option<Zone> {
    if text.eq_ignore_ascii_case("local") {
        return Some(Zone::Local);
    }
    match text.parse() {
        Ok(offset) => Some(Zone::Offset(offset)),
        Err(_) => Tz::from_str_insensitive(text).ok().map(Zone::Place),
    }
}

/// The names of the places, for one that is mistyped.
pub(super) fn places() -> impl Iterator<Item = &'static str> {
    chrono_tz::TZ_VARIANTS.iter().map(|it| it.name())
}

/// The time at which the clock is stopped, if it is.
///
/// # Errors
/// When the variable that stops it holds no time.
pub(super) fn stopped() -> Result<Option<DateTime<FixedOffset>>, ClockError> {
    match env::var(STOPPED) {
        Ok(text) => match DateTime::parse_from_rfc3339(&text) {
            Ok(time) => Ok(Some(time)),
            Err(_) => Err(ClockError { text }),
        },
        Err(_) => Ok(None),
    }
}

/// Now, to the second, in the zone of that name.
pub(super) fn now(zone_name: &str) -> DateTime<FixedOffset> {
    // What is wrong with it was said when the project was opened.
    let now = stopped().ok().flatten().unwrap_or_else(|| Utc::now().fixed_offset());
    let zoned = match zone(zone_name) {
        Some(Zone::Offset(offset)) => now.with_timezone(&offset),
        Some(Zone::Local) => now.with_timezone(&Local).fixed_offset(),
        Some(Zone::Place(place)) => now.with_timezone(&place).fixed_offset(),
        None => now,
    };
    zoned.trunc_subsecs(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn zones() {
        let at: DateTime<Utc> = "2026-07-01T12:00:00Z".parse().unwrap();
        for (text, expected) in [
            ("utc", "2026-07-01T12:00:00+00:00"),
            ("UTC", "2026-07-01T12:00:00+00:00"),
            ("+02:00", "2026-07-01T14:00:00+02:00"),
            ("-0330", "2026-07-01T08:30:00-03:30"),
            ("Europe/Berlin", "2026-07-01T14:00:00+02:00"),
            ("america/new_york", "2026-07-01T08:00:00-04:00"),
            ("Mars", "none"),
            ("", "none"),
        ] {
            let found = match zone(text) {
                Some(Zone::Offset(offset)) => at.with_timezone(&offset).to_rfc3339(),
                Some(Zone::Place(place)) => at.with_timezone(&place).to_rfc3339(),
                Some(Zone::Local) => "local".to_owned(),
                None => "none".to_owned(),
            };
            assert_eq!(found, expected, "{text}");
        }
        assert!(matches!(zone("Local"), Some(Zone::Local)));
    }
}
