package io.jenkins.plugins.sslmanager.engine.crash;

import io.jenkins.plugins.sslmanager.engine.Protocol;
import io.jenkins.plugins.sslmanager.engine.api.Task;
import io.jenkins.plugins.sslmanager.engine.inbox.Inbox;
import io.jenkins.plugins.sslmanager.engine.inbox.MessageStore;
import io.jenkins.plugins.sslmanager.engine.json.JsonApi;
import io.jenkins.plugins.sslmanager.engine.storage.SafeFiles;
import io.jenkins.plugins.sslmanager.engine.xml.XmlApi;
import java.util.List;

/**
 * Where the process dies: when a method is entered for the nth time, or when the service has done what a request asks and not
 * answered yet. The folder of messages is forced to disk once when it is opened. The first message is of an order that nobody waits for yet, the second that of the re-issue.
 */
enum CrashPoint {
    NOTHING_SAVED(KilledBuild.class.getName(), "save", 1),
    PREPARED_SAVED("prepareOrder", 1),
    ORDERING_NOT_SAVED(KilledBuild.class.getName(), "save", 2),
    ORDERING_SAVED_NOT_SENT("reissue", 1),
    ORDER_AT_THE_SERVICE(Task.REISSUE, 1),
    ORDER_ANSWERED_NOT_SAVED(KilledBuild.class.getName(), "save", 3),
    ORDER_SAVED_BEFORE_POLL("pollInfo", 1),

    POLLED_NOT_STORED(MessageStore.class.getName(), "add", 1),
    FILE_OPEN_AND_EMPTY("sun.nio.ch.FileChannelImpl", "write", 1),
    FILE_WRITTEN_NOT_FORCED("sun.nio.ch.FileChannelImpl", "force", 3),
    FILE_RENAMED(SafeFiles.class.getName(), "force", 3),
    STORED_NOT_CONFIRMED("pollConfirm", 1),
    CONFIRMED_AT_THE_SERVICE(Task.POLL_CONFIRM, 1),
    CONFIRMED_NOT_DELIVERED(Inbox.class.getName(), "deliver", 1),

    OWN_POLLED_NOT_STORED(MessageStore.class.getName(), "add", 2),
    OWN_STORED_NOT_CONFIRMED("pollConfirm", 2),
    OWN_CONFIRMED_AT_THE_SERVICE(Task.POLL_CONFIRM, 2),
    OWN_CONFIRMED_NOT_DELIVERED(Inbox.class.getName(), "deliver", 2),
    DELIVERED_NOT_SAVED(KilledBuild.class.getName(), "save", 4),
    NOTIFIED_SAVED("certificateInfo", 3),
    FETCHED_NOT_SAVED(KilledBuild.class.getName(), "save", 5),
    CHECKED_NOT_SAVED(KilledBuild.class.getName(), "save", 6),
    ALL_BUT_WRITTEN(KilledBuild.class.getName(), "write", 1),
    OTHER_NOT_TAKEN_UP(KilledBuild.class.getName(), "write", 2);

    private final Task request;
    private final String className;
    private final String method;
    private final int occurrence;

    CrashPoint(String className, String method, int occurrence) {
        request = null;
        this.className = className;
        this.method = method;
        this.occurrence = occurrence;
    }

    /** When a method of the protocol's client is entered. */
    CrashPoint(String method, int occurrence) {
        this(null, method, occurrence);
    }

    CrashPoint(Task request, int occurrence) {
        this.request = request;
        className = null;
        method = null;
        this.occurrence = occurrence;
    }

    /** Both where it is the protocol that has got as far as this, otherwise one of them by turns. */
    List<Protocol> protocols() {
        List<Protocol> all = List.of(Protocol.values());
        return isRequest() || className == null ? all : List.of(all.get(ordinal() % all.size()));
    }

    boolean isRequest() {
        return request != null;
    }

    /** The request that is done and not answered. */
    Task request() {
        return request;
    }

    /** The class that the method is in. */
    String className(Protocol protocol) {
        if (className != null) {
            return className;
        }
        return switch (protocol) {
            case JSON -> JsonApi.class.getName();
            case XML -> XmlApi.class.getName();
        };
    }

    String method() {
        return method;
    }

    int occurrence() {
        return occurrence;
    }
}
