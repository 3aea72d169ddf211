//! What is true or not of an end, a bit each: ends are many.

use super::End;

macro_rules! facts {
    ($($(#[$about:meta])* $name:ident, $set:ident = $bit:literal;)*) => {
        impl End {
            $($(#[$about])*
            #[inline]
            pub(in crate::analysis::lifecycle) const fn $name(&self) -> bool {
                self.facts & (1 << $bit) != 0
            }

            /// Notes that, or that it is not so.
            #[inline]
            pub(in crate::analysis::lifecycle) const fn $set(&mut self, so: bool) {
                self.facts = self.facts & !(1 << $bit) | (so as u16) << $bit;
            })*
        }
    };
}

facts! {
    /// It has sent a segment other than a RST.
    heard, set_heard = 0;
    /// The other end has sent it an acknowledgment.
    told, set_told = 1;
    /// It has sent a SYN without ACK.
    called, set_called = 2;
    /// It has sent a SYN-ACK.
    answered, set_answered = 3;
    /// Its SYN is acknowledged.
    syn_acked, set_syn_acked = 4;
    /// It is shown that it had not sent a FIN before its latest segment.
    open, set_open = 5;
    /// It has sent payload.
    sent_data, set_sent_data = 6;
    /// It has sent payload after the other end had sent its FIN.
    data_after_fin, set_data_after_fin = 7;
    /// A repeated SYN or SYN-ACK reached it; its next ACK answers that.
    owes_syn_ack, set_owes_syn_ack = 8;
    /// The window that it announced last is 0.
    shut, set_shut = 9;
    /// Its FIN has reached the other end with everything before it.
    fin_arrived, set_fin_arrived = 10;
    /// Its first captured FIN was acknowledged already: there was one before the capture.
    fin_known, set_fin_known = 11;
    /// It has sent payload from below its FIN after that: the capture's order is not the order of
    /// sending, or what was sent first is lost.
    data_below_fin, set_data_below_fin = 12;
    /// The other end has sent nothing since its FIN.
    fin_unheard, set_fin_unheard = 13;
}
