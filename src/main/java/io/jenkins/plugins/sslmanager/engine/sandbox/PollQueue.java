package io.jenkins.plugins.sslmanager.engine.sandbox;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The notifications of an account, oldest first; only the oldest can be seen and confirmed. */
public final class PollQueue {

    /**
     * What PollInfo sees.
     *
     * @param waiting how many there are, the oldest included
     */
    public record Head(int waiting, Optional<Notification> oldest) {}

    private final Map<Long, Notification> queued = new BoundedMap<>();
    private final Map<Long, Notification> confirmed = new BoundedMap<>();

    void add(Notification notification) {
        queued.put(notification.id(), notification);
    }

    Head head() {
        return new Head(queued.size(), queued.values().stream().findFirst());
    }

    void confirm(long id) {
        Notification notification = queued.get(id);
        if (notification == null) {
            throw TaskRefused.unknownMessage(id);
        }
        if (queued.keySet().iterator().next() != id) {
            throw TaskRefused.notTheOldestMessage(id);
        }
        queued.remove(id);
        confirmed.put(id, notification);
    }

    List<Long> queuedIds() {
        return List.copyOf(queued.keySet());
    }

    List<Long> confirmedIds() {
        return List.copyOf(confirmed.keySet());
    }
}
