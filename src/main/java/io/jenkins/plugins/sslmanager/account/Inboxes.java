package io.jenkins.plugins.sslmanager.account;

import hudson.Extension;
import hudson.ExtensionList;
import hudson.Util;
import hudson.init.Terminator;
import io.jenkins.plugins.sslmanager.engine.inbox.Inbox;
import io.jenkins.plugins.sslmanager.engine.inbox.InboxSettings;
import io.jenkins.plugins.sslmanager.engine.inbox.MessageStore;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.logging.Logger;
import jenkins.model.Jenkins;

/** The notification inboxes of this controller, one for each user of an SSL Manager. */
@Extension
public final class Inboxes {

    private static final Logger LOGGER = Logger.getLogger(Inboxes.class.getName());

    private final ConcurrentMap<String, Inbox> inboxes = new ConcurrentHashMap<>();

    public static Inboxes get() {
        return ExtensionList.lookupSingleton(Inboxes.class);
    }

    /** How the client transaction ids of this Jenkins begin, by which it knows the notifications of its own orders. */
    public static String ownCtids() {
        return "jenkins-"
                + Util.getDigestOf(Jenkins.get().getLegacyInstanceId()).substring(0, 8) + "-";
    }

    /** @throws UncheckedIOException if the inbox's folder cannot be read */
    public Inbox of(AccountAccess access) {
        return inboxes.computeIfAbsent(access.identity(), identity -> open(access));
    }

    private static Inbox open(AccountAccess access) {
        Path directory = Jenkins.get()
                .getRootDir()
                .toPath()
                .resolve("ssl-manager")
                .resolve("inbox")
                .resolve(Util.getDigestOf(access.identity()));
        try {
            return new Inbox(
                    InboxSettings.standard(access.policy(), ownCtids()),
                    MessageStore.open(directory, LOGGER::warning),
                    Connections.get().pauses(),
                    line -> LOGGER.warning(() -> access.identity() + ": " + line));
        } catch (IOException e) {
            throw new UncheckedIOException("The notification inbox " + directory + " cannot be read", e);
        }
    }

    @Terminator
    public static void close() {
        get().inboxes.values().forEach(Inbox::close);
    }
}
