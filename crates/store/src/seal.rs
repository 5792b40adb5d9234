//! Sealing a stream: XChaCha20-Poly1305 in the STREAM construction, so that a file of any size is encrypted and checked piece by
//! piece, and a cut or reordered file does not open.

use std::io::{self, Read, Write};

use aead_stream::{DecryptorBE32, EncryptorBE32};
use chacha20poly1305::{KeyInit, XChaCha20Poly1305};

const MAGIC: &[u8; 4] = b"PRJ1";
const NONCE: usize = 19;
const CHUNK: usize = 64 * 1024;
const TAG: usize = 16;

/// Seals or opens one piece after the other; `true` for the last. `None` where it does not open.
pub(crate) type Piece = Box<dyn FnMut(&[u8], bool) -> Option<Vec<u8>> + Send>;

/// Encrypts what is written to it; call [`SealWriter::finish`], or the file will not open.
pub(crate) struct SealWriter<W: Write> {
    inner: W,
    seal: Piece,
    pending: Vec<u8>,
}

impl<W: Write> SealWriter<W> {
    pub(crate) fn new(mut inner: W, key: &[u8; 32]) -> io::Result<Self> {
        let mut nonce = [0_u8; NONCE];
        getrandom::fill(&mut nonce).map_err(io::Error::other)?;
        inner.write_all(MAGIC)?;
        inner.write_all(&nonce)?;
        let mut seal = Some(EncryptorBE32::from_aead(XChaCha20Poly1305::new(key.into()), (&nonce).into()));
        let piece: Piece =
            Box::new(
                move |plain, last| {
                    if last { seal.take()?.encrypt_last(plain).ok() } else { seal.as_mut()?.encrypt_next(plain).ok() }
                },
            );
        Ok(Self::over(inner, piece))
    }

    /// Seals with what is given; the head of the file is already written.
    pub(crate) fn over(inner: W, seal: Piece) -> Self {
        Self { inner, seal, pending: Vec::with_capacity(CHUNK) }
    }

    pub(crate) fn finish(mut self) -> io::Result<W> {
        let last = (self.seal)(&self.pending, true).ok_or_else(|| io::Error::other("sealing failed"))?;
        self.inner.write_all(&last)?;
        Ok(self.inner)
    }
}

impl<W: Write> Write for SealWriter<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        // The last chunk must go through `finish`, so a full one is only sealed when more follows.
        if self.pending.len() == CHUNK {
            let chunk = (self.seal)(&self.pending, false).ok_or_else(|| io::Error::other("sealing failed"))?;
            self.inner.write_all(&chunk)?;
            self.pending.clear();
        }
        let taken = bytes.len().min(CHUNK - self.pending.len());
        self.pending.extend_from_slice(&bytes[..taken]);
        Ok(taken)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.inner.flush()
    }
}

/// Decrypts what is read from it; a wrong key, a changed or a cut file gives an error.
pub(crate) struct SealReader<R: Read> {
    inner: R,
    open: Option<Piece>,
    ahead: Vec<u8>,
    plain: Vec<u8>,
    at: usize,
}

impl<R: Read> SealReader<R> {
    pub(crate) fn new(mut inner: R, key: &[u8; 32]) -> io::Result<Self> {
        let mut head = [0_u8; 4 + NONCE];
        inner.read_exact(&mut head)?;
        if &head[..4] != MAGIC {
            return Err(io::Error::new(io::ErrorKind::InvalidData, "not a sealed file"));
        }
        let nonce: [u8; NONCE] = head[4..].try_into().map_err(io::Error::other)?;
        let mut open = Some(DecryptorBE32::from_aead(XChaCha20Poly1305::new(key.into()), (&nonce).into()));
        let piece: Piece =
            Box::new(
                move |sealed, last| {
                    if last { open.take()?.decrypt_last(sealed).ok() } else { open.as_mut()?.decrypt_next(sealed).ok() }
                },
            );
        Self::over(inner, piece)
    }

    /// Opens with what is given; the head of the file is already read.
    pub(crate) fn over(inner: R, open: Piece) -> io::Result<Self> {
        let mut reader = Self { inner, open: Some(open), ahead: Vec::new(), plain: Vec::new(), at: 0 };
        reader.ahead = reader.read_chunk()?;
        Ok(reader)
    }

    fn read_chunk(&mut self) -> io::Result<Vec<u8>> {
        let mut chunk = Vec::with_capacity(CHUNK + TAG);
        (&mut self.inner).take((CHUNK + TAG) as u64).read_to_end(&mut chunk)?;
        Ok(chunk)
    }

    fn refill(&mut self) -> io::Result<()> {
        let Some(mut open) = self.open.take() else { return Ok(()) };
        let chunk = std::mem::take(&mut self.ahead);
        self.ahead = self.read_chunk()?;
        let broken = || io::Error::new(io::ErrorKind::InvalidData, "the sealed file is damaged or the key is another");
        if self.ahead.is_empty() {
            self.plain = open(&chunk, true).ok_or_else(broken)?;
        } else {
            self.plain = open(&chunk, false).ok_or_else(broken)?;
            self.open = Some(open);
        }
        self.at = 0;
        Ok(())
    }
}

impl<R: Read> Read for SealReader<R> {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        while self.at == self.plain.len() && self.open.is_some() {
            self.refill()?;
        }
        let taken = out.len().min(self.plain.len() - self.at);
        out[..taken].copy_from_slice(&self.plain[self.at..self.at + taken]);
        self.at += taken;
        Ok(taken)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn seal(plain: &[u8], key: &[u8; 32]) -> Vec<u8> {
        let mut writer = SealWriter::new(Vec::new(), key).unwrap();
        writer.write_all(plain).unwrap();
        writer.finish().unwrap()
    }

    fn open(sealed: &[u8], key: &[u8; 32]) -> io::Result<Vec<u8>> {
        let mut plain = Vec::new();
        SealReader::new(sealed, key)?.read_to_end(&mut plain)?;
        Ok(plain)
    }

    #[test]
    fn what_was_sealed_opens_again_at_every_chunk_edge() {
        for size in [0, 1, CHUNK - 1, CHUNK, CHUNK + 1, 3 * CHUNK, 3 * CHUNK + 17] {
            let plain: Vec<u8> = (0..size).map(|i| (i % 251) as u8).collect();
            assert_eq!(open(&seal(&plain, &[7; 32]), &[7; 32]).unwrap(), plain, "{size}");
        }
    }

    #[test]
    fn a_flipped_cut_or_swapped_file_does_not_open() {
        let sealed = seal(&vec![1; 2 * CHUNK + 5], &[7; 32]);
        assert!(open(&sealed, &[8; 32]).is_err());
        let mut flipped = sealed.clone();
        flipped[CHUNK + 100] ^= 1;
        assert!(open(&flipped, &[7; 32]).is_err());
        let head = 4 + NONCE;
        assert!(open(&sealed[..head + CHUNK + TAG], &[7; 32]).is_err(), "cut at a chunk's edge");
        let mut swapped = sealed;
        let (first, second) = swapped[head..].split_at_mut(CHUNK + TAG);
        first.swap_with_slice(&mut second[..CHUNK + TAG]);
        assert!(open(&swapped, &[7; 32]).is_err());
    }

    proptest::proptest! {
        #![proptest_config(proptest::prelude::ProptestConfig { cases: 40, failure_persistence: None, ..Default::default() })]

        #[test]
        fn it_does_not_matter_in_which_pieces_a_file_is_written(
            pieces in proptest::collection::vec(0_usize..90_000, 0..6), cut in 0.0..1.0_f64, flip in 0.0..1.0_f64,
        ) {
            let mut writer = SealWriter::new(Vec::new(), &[7; 32]).unwrap();
            let mut plain = Vec::new();
            for (n, size) in pieces.iter().enumerate() {
                let piece = vec![n as u8; *size];
                writer.write_all(&piece).unwrap();
                plain.extend(piece);
            }
            let sealed = writer.finish().unwrap();
            proptest::prop_assert!(open(&sealed, &[7; 32]).unwrap() == plain);
            let at = |share: f64| (share * (sealed.len() - 1) as f64) as usize;
            proptest::prop_assert!(open(&sealed[..at(cut)], &[7; 32]).is_err(), "cut at {}", at(cut));
            let mut flipped = sealed.clone();
            flipped[at(flip)] ^= 1;
            proptest::prop_assert!(open(&flipped, &[7; 32]).is_err(), "flipped at {}", at(flip));
        }
    }
}
