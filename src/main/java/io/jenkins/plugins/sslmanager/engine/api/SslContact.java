package io.jenkins.plugins.sslmanager.engine.api;

import java.util.List;

/** A contact of a certificate (OpenAPI {@code SslContact}). */
public record SslContact(
        String fname,
        String lname,
        String phone,
        String fax,
        String email,
        String title,
        String organization,
        List<String> address,
        String pcode,
        String city,
        String country,
        String state,
        Long id) {

    /** Returns a contact in an order, where its id is enough. */
    public static SslContact reference(long id) {
        return new SslContact(null, null, null, null, null, null, null, null, null, null, null, null, id);
    }
}
