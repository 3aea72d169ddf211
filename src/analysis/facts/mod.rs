//! Facts of conversations, without words: values with the frames that show them, each decided in
//! one place. What is said of them is in `report/words`.

pub mod ack;
pub mod data;
pub mod http;
pub mod udp;
