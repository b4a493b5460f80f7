package io.jenkins.plugins.sslmanager.account.grants;

/** What a grant is for. Each allows what those before it allow. */
public enum Purpose {
    /** To get certificates and what the service says of them. */
    READ("get"),
    /** To have certificates re-issued as they are, within their paid term. */
    ORDER("order"),
    /** To renew certificates, which is billed. */
    RENEW("renew");

    private final String verb;

    Purpose(String verb) {
        this.verb = verb;
    }

    boolean includes(Purpose other) {
        return compareTo(other) >= 0;
    }

    /** For messages: what a build may not do. */
    public String verb() {
        return verb;
    }

    /** For people, in their language. */
    public String getDisplayName() {
        return switch (this) {
            case READ -> Messages.Purpose_read();
            case ORDER -> Messages.Purpose_order();
            case RENEW -> Messages.Purpose_renew();
        };
    }
}
