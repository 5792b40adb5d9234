use super::{About, Check};
use crate::{
    Finding,
    Severity::{Info, Peringatan, WajibDisetujui},
    Survey,
    checks::{PRAJA, number},
};

pub(super) const CHECKS: &[Check] = &[
    link,
    speed,
    faults,
    mtu,
    gateway,
    address,
    name_servers,
    host_name,
    wanted_name,
    web,
    database,
    proxy,
    ipv6,
    firewall,
    ssh,
    backlog,
];

fn link(survey: &Survey) -> Finding {
    let about = About { id: "tautan", group: "Jaringan", title: "Sambungan jaringan", threshold: "tersambung", source: PRAJA };
    let up: Vec<&str> = survey.network.links.iter().filter(|link| link.up).map(|link| link.name.as_str()).collect();
    about.when(
        up.is_empty(),
        Peringatan,
        if up.is_empty() { "tidak tersambung".to_owned() } else { up.join(", ") },
        "Tidak ada kartu jaringan yang tersambung; hanya mesin ini sendiri yang dapat membuka Praja.",
        &["Pasang kabel jaringan, lalu ulangi penilaian."],
    )
}

fn speed(survey: &Survey) -> Finding {
    let about = About {
        id: "kecepatan-tautan",
        group: "Jaringan",
        title: "Kecepatan kartu jaringan",
        threshold: "sedikitnya 100 Mbit/detik",
        source: PRAJA,
    };
    let fastest = survey.network.links.iter().filter(|link| link.up).filter_map(|link| link.mbit_s).max();
    let Some(fastest) = fastest else { return about.unknown() };
    about.when(
        fastest < 100,
        Peringatan,
        format!("{} Mbit/detik", number(fastest)),
        "Pindaian beberapa pegawai sekaligus memenuhi sambungan itu.",
        &["Periksa kabel dan sakelar jaringan; sambungan yang turun menjadi 10 Mbit biasanya kabel yang rusak."],
    )
}

fn faults(survey: &Survey) -> Finding {
    let about = About {
        id: "galat-tautan",
        group: "Jaringan",
        title: "Paket yang rusak",
        threshold: "paling banyak 1.000 tiap sejuta",
        source: "kelaziman jaringan kabel",
    };
    let worst = survey.network.links.iter().map(|link| link.faults_ppm).max().unwrap_or(0);
    about.when(
        worst > 1_000,
        Peringatan,
        format!("{} tiap sejuta", number(worst)),
        "Halaman kadang terhenti tanpa sebab yang terlihat.",
        &["Ganti kabel atau porta sakelarnya."],
    )
}

fn mtu(survey: &Survey) -> Finding {
    let about = About {
        id: "mtu",
        group: "Jaringan",
        title: "Ukuran paket terbesar",
        threshold: "sedikitnya 1.280 byte",
        source: "RFC 8200",
    };
    let least = survey.network.links.iter().filter(|link| link.up).filter_map(|link| link.mtu).min();
    let Some(least) = least else { return about.unknown() };
    about.when(
        least < 1_280,
        Peringatan,
        format!("{} byte", number(least)),
        "Unggahan dapat macet di tengah jalan.",
        &["Kembalikan MTU kartu jaringan ke 1500, atau sebanyak yang diizinkan VPN Anda."],
    )
}

fn gateway(survey: &Survey) -> Finding {
    let about = About {
        id: "gerbang",
        group: "Jaringan",
        title: "Jalan keluar jaringan",
        threshold: "ada, atau memang tertutup",
        source: PRAJA,
    };
    let there = survey.network.gateway;
    about.when(
        !there,
        Peringatan,
        if there { "ada" } else { "tidak ada" },
        "Praja bekerja tanpa internet; hanya kantor di jaringan yang sama yang dapat membukanya, dan surel tidak terkirim.",
        &["Bila kantor lain harus membuka Praja, setel gerbang jaringan mesin ini."],
    )
}

fn address(survey: &Survey) -> Finding {
    let about = About { id: "alamat", group: "Jaringan", title: "Alamat IPv4", threshold: "ada", source: PRAJA };
    let addresses = &survey.network.addresses;
    about.when(
        addresses.is_empty(),
        Peringatan,
        if addresses.is_empty() { "tidak ada".to_owned() } else { addresses.join(", ") },
        "Mesin ini tidak mempunyai alamat yang dapat dituju pegawai.",
        &["Minta alamat tetap kepada pengelola jaringan."],
    )
}

fn name_servers(survey: &Survey) -> Finding {
    let about = About { id: "dns", group: "Jaringan", title: "Peladen nama (DNS)", threshold: "ada", source: PRAJA };
    let servers = &survey.network.name_servers;
    about.when(
        servers.is_empty(),
        Peringatan,
        if servers.is_empty() { "tidak ada".to_owned() } else { servers.join(", ") },
        "Surel, gerbang pesan, dan sertifikat dari luar tidak dapat dicapai.",
        &["Tulis peladen nama di /etc/resolv.conf."],
    )
}

fn host_name(survey: &Survey) -> Finding {
    let about = About {
        id: "nama-mesin",
        group: "Jaringan",
        title: "Nama mesin",
        threshold: "bukan localhost",
        source: "nama pengirim surel dan catatan sistem",
    };
    let name = &survey.network.host_name;
    about.when(
        name.is_empty() || name.starts_with("localhost"),
        Peringatan,
        if name.is_empty() { "kosong" } else { name.as_str() },
        "Catatan beberapa mesin tidak dapat dibedakan.",
        &["Beri nama: sudo hostnamectl set-hostname praja"],
    )
}

fn wanted_name(survey: &Survey) -> Finding {
    let about = About {
        id: "nama-alamat",
        group: "Jaringan",
        title: "Nama untuk membuka Praja",
        threshold: "menunjuk ke mesin ini",
        source: "sertifikat HTTPS diberikan kepada nama",
    };
    let Some(name) = survey.needs.name.as_deref() else {
        return about.when(
            true,
            Peringatan,
            "belum ditentukan",
            "Tanpa nama, sertifikat HTTPS yang dikenal ponsel tidak dapat diperoleh.",
            &["Minta subdomain, misalnya praja.kabupaten.go.id, lalu ulangi dengan --nama praja.kabupaten.go.id"],
        );
    };
    let (points, own) = (&survey.network.name_points_to, &survey.network.addresses);
    let ours = points.iter().any(|one| own.contains(one) || one.starts_with("127."));
    let value =
        if points.is_empty() { format!("{name} tidak dikenal") } else { format!("{name} menunjuk {}", points.join(", ")) };
    about.when(
        !ours,
        Peringatan,
        value,
        "Nama itu belum menunjuk ke alamat mesin ini; di belakang NAT atau proksi itu boleh jadi benar.",
        &["Mintakan catatan A untuk nama itu kepada pengelola DNS."],
    )
}

fn web(survey: &Survey) -> Finding {
    let about = About {
        id: "peladen-web",
        group: "Jaringan",
        title: "Peladen web yang sudah ada",
        threshold: "porta 80 dan 443 bebas, atau Praja di belakangnya",
        source: PRAJA,
    };
    let network = &survey.network;
    let taken: Vec<String> =
        [80_u16, 443].iter().filter(|port| network.listening.contains(port)).map(|port| format!("porta {port}")).collect();
    let who = network.web_server.as_deref().unwrap_or("program lain");
    about.when(
        !taken.is_empty(),
        Peringatan,
        if taken.is_empty() { "porta 80 dan 443 bebas".to_owned() } else { format!("{} dipakai {who}", taken.join(" dan ")) },
        "Situs yang sudah ada tetap berjalan; Praja dipasang di belakangnya.",
        &["Pilih cara TLS \"di belakang nginx atau apache\" saat memasang."],
    )
}

fn database(survey: &Survey) -> Finding {
    let about = About {
        id: "basis-data",
        group: "Jaringan",
        title: "Basis data yang sudah ada",
        threshold: "tidak diperlukan",
        source: "Praja membawa basis datanya sendiri",
    };
    let found: Vec<&str> = [(5432_u16, "PostgreSQL"), (3306, "MySQL atau MariaDB"), (1433, "SQL Server")]
        .iter()
        .filter(|(port, _)| survey.network.listening.contains(port))
        .map(|(_, name)| *name)
        .collect();
    about.when(
        !found.is_empty(),
        Peringatan,
        if found.is_empty() { "tidak ada yang terbuka".to_owned() } else { found.join(", ") },
        "Basis data itu terbuka bagi mesin lain di jaringan.",
        &["Batasi ke mesin ini saja (listen 127.0.0.1), kecuali memang dipakai bersama."],
    )
}

fn proxy(survey: &Survey) -> Finding {
    let about = About { id: "proksi", group: "Jaringan", title: "Proksi", threshold: "tidak diperlukan", source: PRAJA };
    match &survey.network.proxy {
        // The address of a proxy may carry a password: it is not shown.
        Some(_) => about.found(Info, "disetel; Praja tidak memakainya"),
        None => about.found(Info, "tidak ada"),
    }
}

fn ipv6(survey: &Survey) -> Finding {
    let about = About { id: "ipv6", group: "Jaringan", title: "IPv6", threshold: "tidak diperlukan", source: PRAJA };
    about.found(Info, if survey.network.ipv6 { "menyala" } else { "padam" })
}

fn firewall(survey: &Survey) -> Finding {
    let about = About {
        id: "firewall",
        group: "Jaringan",
        title: "Firewall",
        threshold: "menyala",
        source: "kelaziman pengelolaan peladen",
    };
    let firewall = survey.network.firewall.as_deref();
    about.when(
        firewall.is_none(),
        Peringatan,
        firewall.unwrap_or("tidak terlihat"),
        "Setiap layanan pada mesin ini dapat dicapai siapa pun di jaringan.",
        &["Nyalakan: sudo apt install ufw && sudo ufw allow OpenSSH && sudo ufw enable"],
    )
}

fn ssh(survey: &Survey) -> Finding {
    let about = About {
        id: "ssh",
        group: "Jaringan",
        title: "Masuk lewat SSH",
        threshold: "dengan kunci, tanpa sandi",
        source: "kelaziman pengelolaan peladen",
    };
    let Some(password) = survey.network.ssh_password else { return about.found(Info, "tidak ada peladen SSH") };
    about.when(
        password,
        Peringatan,
        if password { "sandi diterima" } else { "hanya kunci" },
        "Sandi mesin dapat ditebak dari jaringan, hari demi hari.",
        &["Pasang kunci, lalu tulis PasswordAuthentication no di /etc/ssh/sshd_config."],
    )
}

fn backlog(survey: &Survey) -> Finding {
    let about = About {
        id: "antrean-sambungan",
        group: "Jaringan",
        title: "Antrean sambungan",
        threshold: "sedikitnya 1.024",
        source: "net.core.somaxconn",
    };
    let Some(backlog) = survey.network.backlog else { return about.unknown() };
    about.when(
        backlog < 1_024,
        if backlog < 128 { WajibDisetujui } else { Peringatan },
        number(backlog),
        "Pada pukul delapan pagi sambungan dapat ditolak sebelum sempat dilayani.",
        &["Naikkan: sudo sysctl -w net.core.somaxconn=4096"],
    )
}
