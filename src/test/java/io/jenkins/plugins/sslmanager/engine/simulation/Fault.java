package io.jenkins.plugins.sslmanager.engine.simulation;

/** What can go wrong without a crash. */
enum Fault {
    NOT_SENT("not sent"),
    LOST_BEFORE_THE_SERVICE_ACTED("lost before the service acted"),
    LOST_AFTER_THE_SERVICE_ACTED("lost after the service acted"),
    TOO_MANY_REQUESTS("HTTP 429"),
    UNAVAILABLE("HTTP 503, not carried out"),
    UNAVAILABLE_AFTER_ALL("HTTP 503, carried out"),
    GARBAGE("unusable answer"),
    REPEATED("request carried out twice, second answer given"),
    OLDER_POLL("older poll answer given again"),
    LATE("slow request and answer"),
    DISK_FULL("disk refuses"),
    DEAD_LOG("build's log refuses"),
    PROOF_REFUSED("proof of control cannot be set"),
    DELIVERY_FAILED("delivery fails"),
    TARGET_EMPTIED("target emptied, as on an agent that is new each time"),
    ABORT("build aborted"),
    TERMINATION("build terminated or deleted, its steps live on for a while"),
    LOST_BUILD("build lost by a crash"),
    CLOCK_JUMP("clock jumps"),
    PASSWORD_CHANGED("password changed"),
    SEALING_KEY_AWAY("sealing key away"),
    RECORD_DAMAGED("record of the order book damaged"),
    MESSAGE_DAMAGED("message damaged on disk"),
    FOREIGN_REISSUE("foreign re-issue"),
    LATE_CERTIFICATE("certificate shown late"),
    LIST_REFUSED("list refused"),
    LIST_LATE("list late"),
    LIST_CUT("list cut"),
    LIST_WITHOUT_CTIDS("list without client transaction ids"),
    LIST_WITH_OTHER_CTIDS("list with other client transaction ids"),
    LIST_WITHOUT_CSRS("list without CSRs"),
    DOMAIN_JOB("job of a domain of the same name");

    private final String told;

    Fault(String told) {
        this.told = told;
    }

    @Override
    public String toString() {
        return told;
    }
}
