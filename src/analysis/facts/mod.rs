//! Facts about exchanges: values with frames, decided here once, without words. What is said of
//! them is in `report/words`.

pub mod http;
pub mod udp;
