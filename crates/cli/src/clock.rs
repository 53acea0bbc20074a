//! The system's clock: [`today`].

use article::Date;
use std::time::SystemTime;

/// The day it is in UTC; `None` where the clock is set to before 1970.
pub fn today() -> Option<Date> {
    let since_1970 = SystemTime::now()
        .duration_since(SystemTime::UNIX_EPOCH)
        .ok()?;
    Date::of_day((since_1970.as_secs() / 86_400) as i64)
}
