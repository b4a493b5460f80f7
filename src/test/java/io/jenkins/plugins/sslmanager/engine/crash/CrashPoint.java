package io.jenkins.plugins.sslmanager.engine.crash;

import io.jenkins.plugins.sslmanager.engine.inbox.Inbox;
import io.jenkins.plugins.sslmanager.engine.inbox.MessageStore;
import io.jenkins.plugins.sslmanager.engine.json.JsonApi;

/**
 * Where the process dies: when a method is entered for the nth time, or when the service has done what a request asks and not
 * answered yet. The first message is of an order that nobody waits for yet, the second that of the re-issue.
 */
enum CrashPoint {
    NOTHING_SAVED(KilledBuild.class.getName(), "save", 1),
    PREPARED_SAVED(JsonApi.class.getName(), "prepareOrder", 1),
    ORDERING_NOT_SAVED(KilledBuild.class.getName(), "save", 2),
    ORDERING_SAVED_NOT_SENT(JsonApi.class.getName(), "reissue", 1),
    ORDER_AT_THE_SERVICE("PUT /v1/certificate/", 1),
    ORDER_ANSWERED_NOT_SAVED(KilledBuild.class.getName(), "save", 3),
    ORDER_SAVED_BEFORE_POLL(JsonApi.class.getName(), "pollInfo", 1),

    POLLED_NOT_STORED(MessageStore.class.getName(), "add", 1),
    FILE_OPEN_AND_EMPTY("sun.nio.ch.FileChannelImpl", "write", 1),
    FILE_WRITTEN_NOT_FORCED("sun.nio.ch.FileChannelImpl", "force", 1),
    FILE_RENAMED(MessageStore.class.getName(), "forceDirectory", 1),
    STORED_NOT_CONFIRMED(JsonApi.class.getName(), "pollConfirm", 1),
    CONFIRMED_AT_THE_SERVICE("PUT /v1/poll/", 1),
    CONFIRMED_NOT_DELIVERED(Inbox.class.getName(), "deliver", 1),

    OWN_POLLED_NOT_STORED(MessageStore.class.getName(), "add", 2),
    OWN_STORED_NOT_CONFIRMED(JsonApi.class.getName(), "pollConfirm", 2),
    OWN_CONFIRMED_AT_THE_SERVICE("PUT /v1/poll/", 2),
    OWN_CONFIRMED_NOT_DELIVERED(Inbox.class.getName(), "deliver", 2),
    DELIVERED_NOT_SAVED(KilledBuild.class.getName(), "save", 4),
    NOTIFIED_SAVED(JsonApi.class.getName(), "certificateInfo", 3),
    FETCHED_NOT_SAVED(KilledBuild.class.getName(), "save", 5),
    CHECKED_NOT_SAVED(KilledBuild.class.getName(), "save", 6),
    ALL_BUT_WRITTEN(KilledBuild.class.getName(), "write", 1),
    OTHER_NOT_TAKEN_UP(KilledBuild.class.getName(), "write", 2);

    private final String place;
    private final String method;
    private final int occurrence;

    CrashPoint(String className, String method, int occurrence) {
        place = className;
        this.method = method;
        this.occurrence = occurrence;
    }

    CrashPoint(String request, int occurrence) {
        this(request, "", occurrence);
    }

    boolean isRequest() {
        return method.isEmpty();
    }

    /** How method and path of the request begin, or the class. */
    String place() {
        return place;
    }

    String method() {
        return method;
    }

    int occurrence() {
        return occurrence;
    }
}
