#!/bin/sh
# Pembuka Praja dari stik: memeriksa berkas, menyalin program bila perlu, lalu menjalankannya. Dijalankan dengan: sh mulai.sh [PERINTAH]
set -u
sini=$(cd "$(dirname "$0")" && pwd) || exit 1

# Utuh?
if command -v sha256sum >/dev/null 2>&1; then
    if ! (cd "$sini" && sha256sum --quiet -c SHA256SUMS >/dev/null 2>&1); then
        echo "Ada berkas yang berubah atau rusak di $sini:" >&2
        (cd "$sini" && LC_ALL=C sha256sum --quiet -c SHA256SUMS 2>/dev/null | sed 's/^/  /') >&2
        echo "Salin ulang folder ini dari sumbernya, lalu ulangi. Tidak ada yang dijalankan." >&2
        exit 30
    fi
else
    echo "sha256sum tidak ada; keutuhan berkas tidak diperiksa." >&2
fi

program=$sini/praja
"$program" --version >/dev/null 2>&1
kode=$?
if [ $kode -eq 126 ]; then
    # Stik dipasang dengan noexec, atau prosesornya lain: salinan di disk memberi tahu yang mana.
    tempat=${PRAJA_TEMPAT:-${HOME:-/tmp}}/praja-stik
    mkdir -p "$tempat" && cp "$sini/praja" "$tempat/praja.baru" && chmod 755 "$tempat/praja.baru" && mv "$tempat/praja.baru" "$tempat/praja" || {
        echo "Program tidak dapat disalin ke $tempat. Sebutkan folder lain yang dapat ditulis: PRAJA_TEMPAT=/folder sh mulai.sh" >&2
        exit 30
    }
    program=$tempat/praja
    "$program" --version >/dev/null 2>&1
    kode=$?
    [ $kode -ne 0 ] || echo "Dari $sini program tidak boleh dijalankan (noexec); disalin ke $program."
fi
if [ $kode -ne 0 ]; then
    echo "Program ini tidak dapat dijalankan di komputer ini (prosesor: $(uname -m)). Lihat \"Exec format error\" pada MULAI.txt." >&2
    exit 30
fi
[ $# -gt 0 ] || set -- assess --quick
# Bekerja di rumah pemakai: di stik tidak ada hak akses dan tidak ada jaminan tersimpan.
case $(pwd) in "$sini"*) cd "${PRAJA_TEMPAT:-${HOME:-/tmp}}" || exit 1;; esac
exec "$program" "$@"
