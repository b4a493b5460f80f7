package io.jenkins.plugins.sslmanager.engine.api;

/**
 * A task of the service, printed with its name and its code, if it has one: {@code CertificateReissue (400102)}. The jobs of
 * certificates have tasks of their own over XML.
 */
public enum Task {
    PREPARE_ORDER("CertificatePrepareOrder", "400110"),
    REISSUE("CertificateReissue", "400102"),
    RENEW("CertificateRenew", "400106"),
    POLL_INFO("PollInfo", "0905"),
    POLL_CONFIRM("PollConfirm", "0906"),
    CERTIFICATE_INFO("CertificateInfo", "400104"),
    CERTIFICATE_SEARCH("CertificateList", "400105"),
    JOB_INFO("JobInfo", "300114"),
    JOB_HISTORY_INFO("JobHistoryInfo", "300134"),
    JOB_SEARCH("JobList", "300115"),
    JOB_HISTORY_SEARCH("JobHistoryList", "300135"),
    CERTIFICATE_JOB_INFO("JobInfo", "400114"),
    /** Its number is on no page; it follows from the others. */
    CERTIFICATE_JOB_HISTORY_INFO("JobHistoryInfo", "400134"),
    CERTIFICATE_JOB_SEARCH("JobList", "400115"),
    CERTIFICATE_JOB_HISTORY_SEARCH("JobHistoryList", "400135"),
    /** The connection test of the JSON API, {@code GET /hello}. */
    HELLO("Hello", "");

    private final String title;
    private final String code;

    Task(String title, String code) {
        this.title = title;
        this.code = code;
    }

    /** As in the OpenAPI document or, for the XML API, on its help pages; empty where they give none. */
    public String code() {
        return code;
    }

    /** Whether its address names a certificate, a job or a message, so that an unknown one is answered by HTTP 404. */
    public boolean hasId() {
        return switch (this) {
            case REISSUE,
                    RENEW,
                    POLL_CONFIRM,
                    CERTIFICATE_INFO,
                    JOB_INFO,
                    JOB_HISTORY_INFO,
                    CERTIFICATE_JOB_INFO,
                    CERTIFICATE_JOB_HISTORY_INFO -> true;
            default -> false;
        };
    }

    @Override
    public String toString() {
        return code.isEmpty() ? title : "%s (%s)".formatted(title, code);
    }
}
