-- Ways through the audit trail besides chain and object: by time, by actor, by act, newest first.
CREATE INDEX store_audit_pada ON store_audit (pada, rantai, urut);
CREATE INDEX store_audit_pelaku ON store_audit (pelaku, pada, rantai, urut);
CREATE INDEX store_audit_tindakan ON store_audit (tindakan, pada, rantai, urut);
