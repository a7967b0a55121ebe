//! What is sent, and what must come back.

use crate::workloads::request::{AllNaive, RECORDED, Serve};

/// Requests that are sent at once, with the answer to them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Batch {
    /// The requests.
    pub request: Vec<u8>,
    /// The responses, byte for byte.
    pub response: Vec<u8>,
    /// Where in it each response ends.
    pub ends: Vec<usize>,
}

/// Batches in turn, and a giant.
#[derive(Debug, Clone)]
pub struct Tape {
    batches: Vec<Batch>,
    giant: Batch,
}

impl Tape {
    /// The recorded requests, `depth` in a batch, in so many batches that each of them has each place
    /// in a batch.
    ///
    /// # Panics
    /// If `depth` is 0.
    pub fn new(depth: usize) -> Tape {
        let batches = (0..RECORDED.len())
            .map(|first| {
                let requests = RECORDED.iter().cycle().skip(first).take(depth);
                Batch::of(requests.map(|request| request.to_vec()))
            })
            .collect();
        Tape { batches, giant: Batch::of([giant_request()]) }
    }

    /// The batch with this number.
    pub fn batch(&self, number: u64) -> &Batch {
        &self.batches[(number % self.batches.len() as u64) as usize]
    }

    /// One request of about 640 KiB.
    pub fn giant(&self) -> &Batch {
        &self.giant
    }
}

impl Batch {
    fn of(requests: impl IntoIterator<Item = Vec<u8>>) -> Batch {
        let mut handler = AllNaive::default();
        let mut batch = Batch { request: Vec::new(), response: Vec::new(), ends: Vec::new() };
        for request in requests {
            let served = handler.serve(&request, &mut batch.response);
            served.expect("every request of the tape is understood");
            batch.request.extend(request);
            batch.ends.push(batch.response.len());
        }
        assert!(!batch.ends.is_empty(), "a batch has at least one request");
        batch
    }
}

/// Lines of a giant order.
const GIANT_ITEMS: usize = 16 * 1024;

fn giant_request() -> Vec<u8> {
    let mut body = String::from(r#"{"items":["#);
    for item in 0..GIANT_ITEMS {
        let comma = if item == 0 { "" } else { "," };
        body += &format!(r#"{comma}{{"sku":"A-{item:05}","quantity":{}}}"#, item % 7 + 1);
    }
    body += r#"],"note":"a whole season","express":false}"#;
    let head = format!(
        "POST /api/v1/orders HTTP/1.1\r\nHost: shop.example.com\r\nContent-Type: application/json\r\n\
         Content-Length: {}\r\n\r\n",
        body.len()
    );
    (head + &body).into_bytes()
}

#[cfg(test)]
mod tests {
    use super::Tape;

    #[test]
    fn batches_of_every_request_in_every_place() {
        for depth in [1, 4, 16] {
            let tape = Tape::new(depth);
            let mut firsts: Vec<&[u8]> =
                (0..6).map(|number| &tape.batch(number).request[..40]).collect();
            firsts.sort_unstable();
            firsts.dedup();
            assert!(firsts.len() >= 5, "two recorded requests begin alike");
            let batch = tape.batch(7);
            assert_eq!(batch, tape.batch(1));
            assert_eq!(batch.ends.len(), depth);
            assert_eq!(batch.ends.last(), Some(&batch.response.len()));
            assert!(batch.response.starts_with(b"HTTP/1.1 200 OK\r\n"));
        }
    }

    #[test]
    fn giant_is_one() {
        let tape = Tape::new(1);
        assert!(tape.giant().request.len() > 500_000, "{}", tape.giant().request.len());
        assert_eq!(tape.giant().ends.len(), 1);
    }
}
