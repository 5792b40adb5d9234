// Pages whose state the demo does not have yet: each is tried by a test of its module, none was looked at in a browser by the scan. A line
// goes as soon as the preparation (prepare.mjs) brings its state about; the scan names those that are reached already.
export const WAITING = new Map([
  ['/desk/register/{id}/darurat', 'a register whose numbers SRIKANDI gives'],
  ['/desk/register/{id}/rekonsiliasi', 'numbers of a time of outage'],
  ['/desk/tanda-tangan/bsre', 'a regency that is not for training'],
  ['/v/otoritas.pem', 'a regency that signs with its own authority; no page'],
  ['/eoffice/kalender/{token}', 'an address of a calendar; no page'],
  ['/eoffice/arsip/penyusutan/susun/{jenis}/unduh', 'files past their time; no page'],
  ['/eoffice/arsip/penyusutan/{id}/musnahkan', 'a list whose destruction was decided'],
  ['/eoffice/naskah/{id}/amplop/{amplop}', 'a letter sent to another Praja'],
  ['/eoffice/naskah/{id}/amplop/{amplop}/berkas', 'a letter sent to another Praja; no page'],
  ['/eoffice/srikandi/profil/{id}', 'a saved profile of fields'],
  ['/eoffice/srikandi/paket/berkas', 'letters of a register of SRIKANDI; no page'],
  ['/eoffice/naskah/{id}/srikandi', 'a naskah that SRIKANDI numbers'],
  ['/eoffice/naskah/tanda-tangan/hasil', 'a regency that signs electronically'],
  ['/eoffice/naskah/{id}/tte', 'a regency that signs electronically'],
]);
