package io.jenkins.plugins.sslmanager.engine.crash;

import static io.jenkins.plugins.sslmanager.engine.crash.MethodEntry.BRING_TO_DISK;
import static io.jenkins.plugins.sslmanager.engine.crash.MethodEntry.FILL;
import static io.jenkins.plugins.sslmanager.engine.crash.MethodEntry.RENAME;
import static io.jenkins.plugins.sslmanager.engine.crash.MethodEntry.client;
import static io.jenkins.plugins.sslmanager.engine.crash.MethodEntry.openRecord;
import static io.jenkins.plugins.sslmanager.engine.crash.MethodEntry.orders;
import static io.jenkins.plugins.sslmanager.engine.crash.MethodEntry.own;
import static io.jenkins.plugins.sslmanager.engine.crash.MethodEntry.vaultEntry;

import io.jenkins.plugins.sslmanager.engine.Protocol;
import io.jenkins.plugins.sslmanager.engine.api.Task;
import io.jenkins.plugins.sslmanager.engine.inbox.Inbox;
import io.jenkins.plugins.sslmanager.engine.inbox.MessageStore;
import io.jenkins.plugins.sslmanager.engine.terminal.SealingKeyFile;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * Where the process dies: when a method is entered for the nth time, or when the service has done what a request asks and not
 * answered yet. Records of open orders are written as prepared, with the offered proof, before the order is sent, with its job, and
 * as issued, in this order; then the vault keeps the certificate, before it is delivered. The first message is of an order that nobody waits for yet, the second that of the re-issue.
 */
enum CrashPoint {
    SEALING_KEY_NOT_RENAMED(own(SealingKeyFile.class, "create", 1), RENAME),
    SEALING_KEY_WITHOUT_CHECK_VALUE(own(SealingKeyFile.class, "create", 1), RENAME, RENAME),

    PREPARED_NOT_WRITTEN(openRecord(1)),
    PREPARED_OPEN_AND_EMPTY(openRecord(1), FILL),
    PREPARED_NOT_RENAMED(openRecord(1), RENAME),
    PREPARED_RENAMED(openRecord(1), RENAME, BRING_TO_DISK),
    PREPARED_NOT_TOLD(own(KilledBuild.class, "follows", 1)),
    PREPARED_NOT_OFFERED(client("prepareOrder", 1)),
    OFFERED_NOT_RENAMED(openRecord(2), RENAME),
    OFFERED_NOT_PROVEN(own(KilledBuild.class, "prove", 1)),

    ORDERING_NOT_WRITTEN(openRecord(3)),
    ORDERING_OPEN_AND_EMPTY(openRecord(3), FILL),
    ORDERING_NOT_RENAMED(openRecord(3), RENAME),
    ORDERING_RENAMED(openRecord(3), RENAME, BRING_TO_DISK),
    ORDERING_NOT_SENT(client("reissue", 1)),
    ORDER_AT_THE_SERVICE(Task.REISSUE, 1),

    RENEWAL_NOT_SENT(client("renew", 1)),
    RENEWAL_AT_THE_SERVICE(Task.RENEW, 1),

    ORDERED_NOT_WRITTEN(openRecord(4)),
    ORDERED_OPEN_AND_EMPTY(openRecord(4), FILL),
    ORDERED_NOT_RENAMED(openRecord(4), RENAME),
    ORDERED_RENAMED(openRecord(4), RENAME, BRING_TO_DISK),
    ORDERED_NOT_POLLED(client("pollInfo", 1)),

    POLLED_NOT_STORED(own(MessageStore.class, "add", 1)),
    MESSAGE_OPEN_AND_EMPTY(own(MessageStore.class, "add", 1), FILL),
    MESSAGE_NOT_RENAMED(own(MessageStore.class, "add", 1), RENAME),
    MESSAGE_RENAMED(own(MessageStore.class, "add", 1), RENAME, BRING_TO_DISK),
    STORED_NOT_CONFIRMED(client("pollConfirm", 1)),
    CONFIRMED_AT_THE_SERVICE(Task.POLL_CONFIRM, 1),
    CONFIRMED_NOT_DELIVERED(own(Inbox.class, "deliver", 1)),

    OWN_POLLED_NOT_STORED(own(MessageStore.class, "add", 2)),
    OWN_STORED_NOT_CONFIRMED(client("pollConfirm", 2)),
    OWN_CONFIRMED_AT_THE_SERVICE(Task.POLL_CONFIRM, 2),
    OWN_CONFIRMED_NOT_DELIVERED(own(Inbox.class, "deliver", 2)),
    NOTIFIED_NOT_LOOKED(own(Inbox.class, "deliver", 2), client("certificateInfo", 1)),

    NUMBER_NOT_WRITTEN(orders("CertificateNumbers", "record", 1)),
    NUMBER_NOT_RENAMED(orders("CertificateNumbers", "record", 1), RENAME),
    NUMBER_RENAMED(orders("CertificateNumbers", "record", 1), RENAME, BRING_TO_DISK),
    ISSUED_NOT_WRITTEN(openRecord(5)),
    ISSUED_OPEN_AND_EMPTY(openRecord(5), FILL),
    ISSUED_NOT_RENAMED(openRecord(5), RENAME),
    ISSUED_RENAMED(openRecord(5), RENAME, BRING_TO_DISK),

    KEPT_NOT_WRITTEN(vaultEntry(1)),
    KEPT_OPEN_AND_EMPTY(vaultEntry(1), FILL),
    KEPT_NOT_RENAMED(vaultEntry(1), RENAME),
    KEPT_RENAMED(vaultEntry(1), RENAME, BRING_TO_DISK),

    NOTHING_DELIVERED(own(KilledBuild.class, "deliver", 1)),
    KEY_NOT_RENAMED(own(KilledBuild.class, "deliver", 1), RENAME),
    KEY_DELIVERED_ALONE(own(KilledBuild.class, "deliver", 1), RENAME, RENAME),

    DELIVERED_NOT_WRITTEN(orders("EndedOrders", "add", 1)),
    DELIVERED_OPEN_AND_EMPTY(orders("EndedOrders", "add", 1), FILL),
    DELIVERED_NOT_RENAMED(orders("EndedOrders", "add", 1), RENAME),
    DELIVERED_RENAMED(orders("EndedOrders", "add", 1), RENAME, BRING_TO_DISK),
    DELIVERED_AND_STILL_OPEN(orders("OpenOrderFiles", "delete", 1)),
    DELIVERED_AND_NO_LONGER_OPEN(orders("OpenOrderFiles", "delete", 1), BRING_TO_DISK),
    ALL_BUT_TOLD(own(KilledBuild.class, "write", 1)),
    OTHER_NOT_TAKEN_UP(own(KilledBuild.class, "write", 2));

    private final Task request;
    private final int occurrence;
    private final List<MethodEntry> entries;

    CrashPoint(Task request, int occurrence) {
        this.request = request;
        this.occurrence = occurrence;
        entries = List.of();
    }

    /** @param entries one after the other */
    CrashPoint(MethodEntry... entries) {
        request = null;
        occurrence = 0;
        this.entries = List.of(entries);
    }

    /** Those that a re-issue comes to. */
    static Set<CrashPoint> ofReissues() {
        return EnumSet.complementOf(EnumSet.of(RENEWAL_NOT_SENT, RENEWAL_AT_THE_SERVICE));
    }

    /** Those that a renewal comes to until it is ordered; from then on there is no difference. */
    static Set<CrashPoint> ofRenewals() {
        EnumSet<CrashPoint> points = EnumSet.range(PREPARED_NOT_WRITTEN, ORDERED_NOT_POLLED);
        points.removeAll(EnumSet.of(ORDERING_NOT_SENT, ORDER_AT_THE_SERVICE));
        return points;
    }

    /** Both where it is the protocol that has got as far as this, otherwise one of them by turns. */
    List<Protocol> protocols() {
        List<Protocol> all = List.of(Protocol.values());
        return isRequest() || entries.stream().anyMatch(MethodEntry::isOfClient)
                ? all
                : List.of(all.get(ordinal() % all.size()));
    }

    boolean isRequest() {
        return request != null;
    }

    /** The request that is done and not answered; null where a method is entered. */
    Task request() {
        return request;
    }

    /** How often it has been asked until then. */
    int occurrence() {
        return occurrence;
    }

    /** Whether the book says from here on that the order may have been sent, and it was not. */
    boolean leavesDoubt() {
        return this == ORDERING_RENAMED || this == ORDERING_NOT_SENT || this == RENEWAL_NOT_SENT;
    }

    /** The methods that are entered one after the other. */
    List<MethodEntry> entries() {
        return entries;
    }
}
