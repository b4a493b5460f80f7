package io.jenkins.plugins.sslmanager.engine.crash;

import io.jenkins.plugins.sslmanager.engine.Protocol;
import io.jenkins.plugins.sslmanager.engine.json.JsonApi;
import io.jenkins.plugins.sslmanager.engine.orders.OrderBook;
import io.jenkins.plugins.sslmanager.engine.storage.SafeFiles;
import io.jenkins.plugins.sslmanager.engine.vault.Vault;
import io.jenkins.plugins.sslmanager.engine.xml.XmlApi;

/**
 * A method that is entered.
 *
 * @param className null for the client of the protocol
 * @param occurrence since the entry before it, or since the start
 */
record MethodEntry(String className, String method, int occurrence) {

    /** A file is there, and nothing in it. */
    static final MethodEntry FILL = new MethodEntry("sun.nio.ch.FileChannelImpl", "write", 1);

    /** A file is written, and not yet in its place. */
    static final MethodEntry RENAME = own(SafeFiles.class, "move", 1);

    /** A file was renamed or deleted, and a power cut could undo it. */
    static final MethodEntry BRING_TO_DISK = own(SafeFiles.class, "force", 1);

    static MethodEntry own(Class<?> type, String method, int occurrence) {
        return new MethodEntry(type.getName(), method, occurrence);
    }

    /** Of the protocol's client, for a request. */
    static MethodEntry client(String method, int occurrence) {
        return new MethodEntry(null, method, occurrence);
    }

    /** Of a class within the order book. */
    static MethodEntry orders(String type, String method, int occurrence) {
        return new MethodEntry(OrderBook.class.getPackageName() + "." + type, method, occurrence);
    }

    /** The nth record of an open order is about to be written. */
    static MethodEntry openRecord(int number) {
        return orders("OpenOrderFiles", "write", number);
    }

    /** The nth entry of the vault is about to be written. */
    static MethodEntry vaultEntry(int number) {
        return new MethodEntry(Vault.class.getPackageName() + ".VaultEntries", "write", number);
    }

    boolean isOfClient() {
        return className == null;
    }

    String className(Protocol protocol) {
        if (className != null) {
            return className;
        }
        return switch (protocol) {
            case JSON -> JsonApi.class.getName();
            case XML -> XmlApi.class.getName();
        };
    }
}
