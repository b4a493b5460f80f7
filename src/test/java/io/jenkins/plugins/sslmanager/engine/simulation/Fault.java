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
    DEAD_LOG("build's log refuses");

    private final String told;

    Fault(String told) {
        this.told = told;
    }

    @Override
    public String toString() {
        return told;
    }
}
