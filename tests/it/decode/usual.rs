//! The shorter way that usual frames take, held to the layers over every capture of the corpus.

use netlab::decode::Decoder;

use crate::support::sources;

#[test]
#[ignore = "needs ../shared"]
fn the_shorter_way_ends_at_the_packet_of_the_layers() {
    let captures = sources();
    let mut frames = 0;
    for (path, mut source) in captures {
        let (mut short, mut long) = (Decoder::new(), Decoder::new());
        while let Ok(Some(frame)) = source.next_frame() {
            // Also cut after every header that a snap length could end in.
            for kept in [frame.bytes.len(), 96, 60, 42, 34] {
                let mut cut = frame;
                cut.bytes = frame.bytes.get(..kept).unwrap_or(frame.bytes);
                let usual = short.decode(&cut);
                let layers = long.decode_part(&cut, None);
                assert_eq!(usual, layers, "{path}, frame {}, {kept} bytes", frame.no);
            }
            frames += 1;
        }
    }
    assert!(frames > 100_000, "only {frames} frames were compared");
}
