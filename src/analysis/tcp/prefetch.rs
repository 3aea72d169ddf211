//! What the look-ahead of [`crate::analysis::AHEAD`] reads of a connection, so that it is in the cache
//! when the next segments need it.

use super::Tcp;
use super::connection::Connection;
use super::flow::Flow;
use super::unacked::Unacked;

impl Tcp {
    /// Reads something of every part of a stream that a segment changes.
    pub(in crate::analysis) fn touch(&self, stream: u32) -> u64 {
        let place = usize::try_from(stream).unwrap_or(usize::MAX);
        self.connections.get(place).map_or(0, Connection::touch)
    }

    /// Reads something of the oldest and the newest segment that is not acknowledged, both ways.
    pub(in crate::analysis) fn touch_unacked(&self, stream: u32) -> u64 {
        self.unacked(stream).map(|it| self.pool.touch(it)).sum()
    }

    /// The same of the segments behind the oldest ones, which have to be here for that.
    pub(in crate::analysis) fn touch_second(&self, stream: u32) -> u64 {
        let lists = self.unacked(stream);
        lists.map(|it| self.pool.touch_second(it)).sum()
    }

    fn unacked(&self, stream: u32) -> impl Iterator<Item = &Unacked> {
        let place = usize::try_from(stream).unwrap_or(usize::MAX);
        let connection = self.connections.get(place).into_iter();
        let flows = connection.flat_map(Connection::flows);
        flows.map(|flow| &flow.unacked)
    }
}

impl Connection {
    /// Reads something of every part that a segment changes.
    fn touch(&self) -> u64 {
        let start = self.opened.0.cast_unsigned();
        let end = u64::from(self.multipath);
        self.flows()
            .fold(start ^ end, |all, flow| all ^ flow.touch())
    }
}

impl Flow {
    /// Reads something at both ends and in the middle.
    fn touch(&self) -> u64 {
        self.time.0.cast_unsigned() ^ u64::from(self.window) ^ u64::from(self.multipath)
    }
}
