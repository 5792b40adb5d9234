-- Of a naskah that is uploaded as PDF: where number, date and signature stand on it (JSON). The file is attached to eoffice_naskah/badan:<id>.
ALTER TABLE eoffice_naskah ADD COLUMN letak TEXT;
