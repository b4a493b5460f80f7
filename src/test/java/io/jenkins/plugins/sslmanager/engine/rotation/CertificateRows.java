package io.jenkins.plugins.sslmanager.engine.rotation;

import io.jenkins.plugins.sslmanager.engine.api.Certificate;
import java.time.OffsetDateTime;

/** Rows of CertificateList. */
public final class CertificateRows {

    private CertificateRows() {}

    public static Certificate of(long id, OffsetDateTime end) {
        return of(id, "shop.example.com", end);
    }

    public static Certificate of(long id, String name, OffsetDateTime end) {
        return Certificate.row(id, name, null, end);
    }
}
