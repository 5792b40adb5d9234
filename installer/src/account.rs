use serde::Serialize;

/// One account of the demo regency, with its freshly drawn password.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(crate) struct DemoAccount {
    /// Name of the person.
    pub(crate) nama: String,
    /// Post the person holds.
    pub(crate) jabatan: String,
    /// Office of the post.
    pub(crate) opd: String,
    /// What is typed as account.
    pub(crate) akun: String,
    /// What is typed as password.
    pub(crate) sandi: String,
}

const HEAD: &str = "nama,jabatan,opd,akun,sandi";

/// The file `akun-demo.csv`.
pub(crate) fn write(accounts: &[DemoAccount]) -> String {
    let cell = |text: &str| {
        let text = text.replace(['\n', '\r'], " ");
        if text.contains([',', '"']) { format!("\"{}\"", text.replace('"', "\"\"")) } else { text }
    };
    let row = |account: &DemoAccount| {
        [&account.nama, &account.jabatan, &account.opd, &account.akun, &account.sandi].map(|text| cell(text)).join(",")
    };
    let rows: Vec<String> = accounts.iter().map(row).collect();
    format!("{HEAD}\n{}\n", rows.join("\n"))
}

/// Reads the file again; `None` when it is not such a file.
pub(crate) fn read(csv: &str) -> Option<Vec<DemoAccount>> {
    let mut lines = csv.lines();
    (lines.next()? == HEAD).then_some(())?;
    lines.filter(|line| !line.is_empty()).map(|line| <[String; 5]>::try_from(cells(line)).ok().map(account)).collect()
}

fn account([nama, jabatan, opd, akun, sandi]: [String; 5]) -> DemoAccount {
    DemoAccount { nama, jabatan, opd, akun, sandi }
}

fn cells(line: &str) -> Vec<String> {
    let mut cells = vec![String::new()];
    let mut quoted = false;
    let mut letters = line.chars().peekable();
    while let Some(letter) = letters.next() {
        let last = cells.last_mut().expect("there is always a cell");
        match letter {
            '"' if quoted && letters.peek() == Some(&'"') => {
                letters.next();
                last.push('"');
            }
            '"' => quoted = !quoted,
            ',' if !quoted => cells.push(String::new()),
            other => last.push(other),
        }
    }
    cells
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn accounts_come_back_as_they_were_written() {
        let one = |nama: &str| account([nama, "Kepala \"Dinas\"", "Dinas A, B", "kadis", "s-1"].map(ToOwned::to_owned));
        let accounts = vec![one("Siti Aminah, S.Sos., M.Si."), one("Budi")];
        assert_eq!(read(&write(&accounts)), Some(accounts));
        assert_eq!(read("lain\n"), None);
        assert_eq!(read("nama,jabatan,opd,akun,sandi\nsatu,dua\n"), None);
    }
}
