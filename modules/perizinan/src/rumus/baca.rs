use praja_kernel::Decimal;

use super::{DALAM_MAKS, Fungsi, Isi, KUAT_BUKAN, KUAT_MINUS, Operator, PANJANG_MAKS, Pecahan, Salah, Simpul};

/// Reads a whole formula.
pub(super) fn read(text: &str) -> Result<Simpul, Salah> {
    let letters: Vec<char> = text.chars().collect();
    if letters.len() > PANJANG_MAKS {
        let pesan = format!("Rumus lebih panjang dari {PANJANG_MAKS} huruf.");
        return Err(Salah::new(PANJANG_MAKS, pesan, "Bagi menjadi beberapa komponen biaya."));
    }
    let tokens = split(&letters)?;
    let mut reader = Reader { tokens, at: 0, end: letters.len() + 1 };
    if reader.tokens.is_empty() {
        return Err(Salah::new(1, "Rumus masih kosong.", "Tulis misalnya luas * 2500."));
    }
    let akar = reader.expression(0, 0)?;
    match reader.peek() {
        None => columns(akar),
        Some((posisi, Token::Tutup)) => Err(Salah::new(*posisi, "Ada kurung tutup tanpa kurung buka.", "Hapus kurung ini.")),
        Some((posisi, token)) => {
            let saran = "Hubungkan dengan tanda hitung, dan, atau; isian bagian fungsi dipisah titik koma.";
            Err(Salah::new(*posisi, format!("{} tidak diharapkan di sini.", token.name()), saran))
        }
    }
}

#[derive(Debug, Clone, PartialEq)]
enum Token {
    Angka(Pecahan),
    Teks(String),
    Nama(String),
    Titik,
    Buka,
    Tutup,
    Pisah,
    Op(Operator),
}

impl Token {
    fn name(&self) -> String {
        match self {
            Self::Angka(angka) => format!("Angka {angka}"),
            Self::Teks(teks) => format!("Teks \"{}\"", teks.chars().take(30).collect::<String>()),
            Self::Nama(nama) => format!("\"{nama}\""),
            Self::Titik => "Titik".into(),
            Self::Buka => "Kurung buka".into(),
            Self::Tutup => "Kurung tutup".into(),
            Self::Pisah => "Titik koma".into(),
            Self::Op(operator) => format!("Tanda \"{}\"", operator.tanda()),
        }
    }
}

/// Cuts the letters into words, each with its place.
fn split(letters: &[char]) -> Result<Vec<(usize, Token)>, Salah> {
    let mut tokens = Vec::new();
    let mut at = 0;
    while let Some(letter) = letters.get(at) {
        let start = at;
        let next = letters.get(at + 1).copied();
        at += 1;
        let token = match letter {
            letter if letter.is_whitespace() => continue,
            '0'..='9' => {
                let rest = &letters[start..];
                // A comma before a space separates, wrongly, and is named as such.
                at = start + 1 + run(&letters[at..], |letter| letter.is_ascii_digit() || matches!(letter, ',' | '.'));
                at -= usize::from(rest.get(at - start - 1).is_some_and(|last| !last.is_ascii_digit()));
                Token::Angka(number(start + 1, &letters[start..at])?)
            }
            letter if letter.is_ascii_alphabetic() || *letter == '_' => {
                at = start + run(&letters[start..], |letter| letter.is_ascii_alphanumeric() || letter == '_');
                word(letters[start..at].iter().collect::<String>().to_ascii_lowercase())
            }
            '"' | '\u{201c}' | '\u{201d}' => {
                let (text, length) = quoted(start + 1, &letters[at..])?;
                at += length;
                Token::Teks(text)
            }
            '(' => Token::Buka,
            ')' => Token::Tutup,
            ';' => Token::Pisah,
            '.' => Token::Titik,
            '+' => Token::Op(Operator::Tambah),
            '-' | '\u{2212}' | '\u{2013}' => Token::Op(Operator::Kurangi),
            '*' | '\u{d7}' => Token::Op(Operator::Kali),
            '/' | '\u{f7}' => Token::Op(Operator::Bagi),
            '\u{2264}' => Token::Op(Operator::KurangSama),
            '\u{2265}' => Token::Op(Operator::LebihSama),
            '\u{2260}' => Token::Op(Operator::Beda),
            '<' | '>' | '=' => {
                let (operator, two) = match (letter, next) {
                    ('<', Some('=')) => (Operator::KurangSama, true),
                    ('<', Some('>')) => (Operator::Beda, true),
                    ('>', Some('=')) => (Operator::LebihSama, true),
                    ('<', _) => (Operator::Kurang, false),
                    ('>', _) => (Operator::Lebih, false),
                    _ => (Operator::Sama, false),
                };
                at += usize::from(two);
                Token::Op(operator)
            }
            ',' => {
                let saran = "Pisahkan isian fungsi dengan titik koma; koma hanya untuk desimal, misalnya 0,5.";
                return Err(Salah::new(at, "Koma tidak diharapkan di sini.", saran));
            }
            '\'' => return Err(Salah::new(at, "Teks diapit tanda petik ganda.", "Tulis misalnya \"permanen\".")),
            '!' => return Err(Salah::new(at, "Tanda \"!\" tidak dikenal.", "Tulis <> untuk tidak sama dengan, atau bukan.")),
            '&' | '|' => return Err(Salah::new(at, format!("Tanda \"{letter}\" tidak dikenal."), "Tulis dan atau atau.")),
            '%' => return Err(Salah::new(at, "Tanda persen tidak dikenal.", "Tulis 2 / 100 untuk dua persen.")),
            letter => {
                let saran = "Pakai angka, nama isian, teks dalam tanda petik ganda, dan tanda + - * / = <> < <= > >=.";
                return Err(Salah::new(at, format!("Tanda \"{letter}\" tidak dikenal."), saran));
            }
        };
        tokens.push((start + 1, token));
    }
    Ok(tokens)
}

fn run(letters: &[char], belongs: impl Fn(char) -> bool) -> usize {
    letters.iter().take_while(|letter| belongs(**letter)).count()
}

fn word(word: String) -> Token {
    match word.as_str() {
        "dan" => Token::Op(Operator::Dan),
        "atau" => Token::Op(Operator::Atau),
        _ => Token::Nama(word),
    }
}

/// `1250`, `0,5` or `0.5`. `1.500` is refused: some mean fifteen hundred, others one and a half.
fn number(posisi: usize, letters: &[char]) -> Result<Pecahan, Salah> {
    let text: String = letters.iter().collect();
    let wrong = |saran: &str| Err(Salah::new(posisi, format!("\"{text}\" bukan angka yang dapat dipahami."), saran));
    let Some((whole, fraction)) = text.split_once([',', '.']) else {
        return decimal(posisi, &text);
    };
    if fraction.is_empty() || fraction.contains([',', '.']) {
        return wrong("Tulis angka tanpa titik ribuan, misalnya 1500000, dan koma untuk desimal, misalnya 0,5.");
    }
    if text.contains('.') && fraction.len() == 3 && !whole.trim_start_matches('0').is_empty() {
        return wrong("Tulis angka tanpa titik ribuan, misalnya 1500; untuk desimal pakai koma, misalnya 1,500.");
    }
    decimal(posisi, &format!("{whole}.{fraction}"))
}

fn decimal(posisi: usize, text: &str) -> Result<Pecahan, Salah> {
    Decimal::from_str_exact(text)
        .ok()
        .and_then(Pecahan::decimal)
        .ok_or_else(|| Salah::new(posisi, "Angka terlalu panjang.", "Tulis paling banyak 28 angka."))
}

/// The text up to the closing quote and how many letters it took; two quotes are one within.
fn quoted(posisi: usize, letters: &[char]) -> Result<(String, usize), Salah> {
    let (mut text, mut at) = (String::new(), 0);
    while let Some(letter) = letters.get(at) {
        at += 1;
        if !matches!(letter, '"' | '\u{201c}' | '\u{201d}') {
            text.push(*letter);
        } else if *letter == '"' && letters.get(at) == Some(&'"') {
            text.push('"');
            at += 1;
        } else {
            return Ok((text, at));
        }
    }
    Err(Salah::new(posisi, "Teks ini tidak ditutup.", "Tambahkan tanda petik ganda di akhir teks."))
}

/// Columns stand in `jumlah` only, those of one table, and no `jumlah` within another.
fn columns(akar: Simpul) -> Result<Simpul, Salah> {
    let mut problem = None;
    check_columns(&akar, None, &mut problem);
    problem.map_or(Ok(akar), Err)
}

fn check_columns(simpul: &Simpul, of: Option<&str>, problem: &mut Option<Salah>) {
    let posisi = simpul.posisi;
    let mut say = |pesan: &str, saran: String| {
        problem.get_or_insert_with(|| Salah::new(posisi, pesan, saran));
    };
    match &simpul.isi {
        Isi::Kolom(tabel, kolom) if of.is_none() => {
            say("Kolom tabel hanya dapat dijumlahkan.", format!("Tulis jumlah({tabel}.{kolom})."));
        }
        Isi::Kolom(tabel, _) if of != Some(tabel) => {
            say("Satu jumlah hanya memuat kolom dari satu tabel.", "Tulis satu jumlah untuk setiap tabel.".into());
        }
        Isi::Panggil(Fungsi::Jumlah, _) if of.is_some() => {
            say("Jumlah di dalam jumlah tidak dapat dihitung.", "Keluarkan jumlah yang di dalam.".into());
        }
        Isi::Panggil(Fungsi::Jumlah, arguments) => {
            let mut tabel = None;
            arguments.iter().for_each(|one| {
                one.visit(&mut |simpul| {
                    if let Isi::Kolom(nama, _) = &simpul.isi {
                        tabel.get_or_insert(nama.as_str());
                    }
                });
            });
            match tabel {
                Some(_) => arguments.iter().for_each(|one| check_columns(one, tabel, problem)),
                None => say("Jumlah memerlukan kolom sebuah tabel.", "Tulis misalnya jumlah(kendaraan.banyaknya).".into()),
            }
        }
        Isi::Bukan(inner) | Isi::Minus(inner) => check_columns(inner, of, problem),
        Isi::Dua(_, left, right) => {
            check_columns(left, of, problem);
            check_columns(right, of, problem);
        }
        Isi::Panggil(_, arguments) => arguments.iter().for_each(|one| check_columns(one, of, problem)),
        Isi::Kolom(..) | Isi::Angka(_) | Isi::Teks(_) | Isi::Ya(_) | Isi::Nama(_) => {}
    }
}

struct Reader {
    tokens: Vec<(usize, Token)>,
    at: usize,
    end: usize,
}

impl Reader {
    fn peek(&self) -> Option<&(usize, Token)> {
        self.tokens.get(self.at)
    }

    fn take(&mut self) -> Option<(usize, Token)> {
        let taken = self.tokens.get(self.at).cloned();
        self.at += usize::from(taken.is_some());
        taken
    }

    /// The place of the next word, or the end.
    fn posisi(&self) -> usize {
        self.peek().map_or(self.end, |(posisi, _)| *posisi)
    }

    /// What binds more strongly than `least`.
    fn expression(&mut self, least: u8, nested: usize) -> Result<Simpul, Salah> {
        if nested > DALAM_MAKS {
            return Err(too_deep(self.posisi()));
        }
        let mut alone = matches!(self.peek(), Some((_, Token::Buka)));
        let mut left = self.operand(nested)?;
        while let Some((posisi, Token::Op(operator))) = self.peek() {
            let (posisi, operator) = (*posisi, *operator);
            let kuat = operator.kuat();
            if kuat <= least {
                break;
            }
            if kuat == 4 && !alone && matches!(&left.isi, Isi::Dua(before, ..) if before.kuat() == 4) {
                let saran = "Tulis dua perbandingan dengan dan, misalnya 10 < luas dan luas < 20.";
                return Err(Salah::new(posisi, "Perbandingan tidak dapat dirangkai.", saran));
            }
            self.at += 1;
            let right = self.expression(kuat, nested + 1)?;
            left = node(left.posisi, Isi::Dua(operator, Box::new(left), Box::new(right)))?;
            alone = false;
        }
        Ok(left)
    }

    fn operand(&mut self, nested: usize) -> Result<Simpul, Salah> {
        let posisi = self.posisi();
        let Some((_, token)) = self.take() else {
            return Err(Salah::new(posisi, "Rumus belum selesai.", "Lengkapi dengan angka, teks, atau nama isian."));
        };
        match token {
            Token::Angka(angka) => node(posisi, Isi::Angka(angka)),
            Token::Teks(teks) => node(posisi, Isi::Teks(teks)),
            Token::Op(Operator::Kurangi) => {
                let inner = self.expression(KUAT_MINUS - 1, nested + 1)?;
                node(posisi, Isi::Minus(Box::new(inner)))
            }
            Token::Buka => {
                let mut inner = self.expression(0, nested + 1)?;
                self.expect(Token::Tutup)?;
                inner.posisi = posisi;
                Ok(inner)
            }
            Token::Nama(nama) => self.named(posisi, nama, nested),
            token => {
                let saran = "Di sini diharapkan angka, teks, nama isian, fungsi, atau kurung buka.";
                Err(Salah::new(posisi, format!("{} tidak diharapkan di sini.", token.name()), saran))
            }
        }
    }

    fn named(&mut self, posisi: usize, nama: String, nested: usize) -> Result<Simpul, Salah> {
        match nama.as_str() {
            "ya" => return node(posisi, Isi::Ya(true)),
            "tidak" => return node(posisi, Isi::Ya(false)),
            "bukan" => {
                let inner = self.expression(KUAT_BUKAN - 1, nested + 1)?;
                return node(posisi, Isi::Bukan(Box::new(inner)));
            }
            _ => {}
        }
        match self.peek().map(|(_, token)| token.clone()) {
            Some(Token::Buka) => self.call(posisi, &nama, nested),
            Some(Token::Titik) => {
                self.at += 1;
                match self.take() {
                    Some((_, Token::Nama(kolom))) => node(posisi, Isi::Kolom(nama, kolom)),
                    _ => {
                        let saran = format!("Tulis nama kolom sesudah titik, misalnya jumlah({nama}.luas).");
                        Err(Salah::new(posisi, "Nama kolom belum ditulis.", saran))
                    }
                }
            }
            _ if Fungsi::ALL.iter().any(|one| one.as_str() == nama) => {
                let saran = format!("Tulis {}.", signature(&nama));
                Err(Salah::new(posisi, format!("\"{nama}\" adalah fungsi dan memerlukan kurung."), saran))
            }
            _ => node(posisi, Isi::Nama(nama)),
        }
    }

    fn call(&mut self, posisi: usize, nama: &str, nested: usize) -> Result<Simpul, Salah> {
        let Some(fungsi) = Fungsi::ALL.iter().copied().find(|one| one.as_str() == nama) else {
            let known: Vec<_> = Fungsi::ALL.iter().map(|one| one.as_str()).collect();
            let saran = format!("Fungsi yang ada: {}.", known.join(", "));
            return Err(Salah::new(posisi, format!("Fungsi \"{nama}\" tidak dikenal."), saran));
        };
        self.expect(Token::Buka)?;
        let mut arguments = Vec::new();
        if !matches!(self.peek(), Some((_, Token::Tutup))) {
            loop {
                arguments.push(self.expression(0, nested + 1)?);
                if !matches!(self.peek(), Some((_, Token::Pisah))) {
                    break;
                }
                self.at += 1;
            }
        }
        self.expect(Token::Tutup)?;
        let fits = match fungsi {
            Fungsi::Jika => arguments.len() == 3,
            Fungsi::Min | Fungsi::Maks => !arguments.is_empty(),
            Fungsi::Bulat | Fungsi::Naik | Fungsi::Turun | Fungsi::Jumlah | Fungsi::Banyak | Fungsi::Terisi => {
                arguments.len() == 1
            }
        };
        if !fits {
            let pesan = format!("Jumlah isian fungsi {nama} tidak sesuai.");
            return Err(Salah::new(posisi, pesan, format!("Tulis {}, dipisah titik koma.", signature(nama))));
        }
        node(posisi, Isi::Panggil(fungsi, arguments))
    }

    fn expect(&mut self, expected: Token) -> Result<(), Salah> {
        let posisi = self.posisi();
        match self.take() {
            Some((_, token)) if token == expected => Ok(()),
            Some((_, token)) => {
                let saran = "Periksa kurung; isian fungsi dipisah titik koma.";
                Err(Salah::new(posisi, format!("{} tidak diharapkan di sini.", token.name()), saran))
            }
            None => Err(Salah::new(posisi, "Kurung belum ditutup.", "Tambahkan kurung tutup.")),
        }
    }
}

fn signature(nama: &str) -> &'static str {
    Fungsi::ALL.iter().find(|one| one.as_str() == nama).map_or("", |one| one.label())
}

fn too_deep(posisi: usize) -> Salah {
    let pesan = format!("Rumus bersusun lebih dari {DALAM_MAKS} tingkat.");
    Salah::new(posisi, pesan, "Bagi menjadi beberapa komponen biaya.")
}

fn node(posisi: usize, isi: Isi) -> Result<Simpul, Salah> {
    let dalam = 1 + match &isi {
        Isi::Bukan(inner) | Isi::Minus(inner) => inner.dalam,
        Isi::Dua(_, left, right) => left.dalam.max(right.dalam),
        Isi::Panggil(_, arguments) => arguments.iter().map(|one| one.dalam).max().unwrap_or_default(),
        Isi::Angka(_) | Isi::Teks(_) | Isi::Ya(_) | Isi::Nama(_) | Isi::Kolom(..) => 0,
    };
    if dalam > DALAM_MAKS { Err(too_deep(posisi)) } else { Ok(Simpul { posisi, dalam, isi }) }
}
