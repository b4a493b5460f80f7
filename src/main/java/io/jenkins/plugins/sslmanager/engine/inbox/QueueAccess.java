package io.jenkins.plugins.sslmanager.engine.inbox;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.sslmanager.engine.failure.NotPermittedException;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.WeakHashMap;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * With whose access the queue is read: that of whoever waits, or else the account's own, or else that of who waited last.
 * Somebody may wait with the name of another user and any password. So an access counts as that user's when the service has
 * taken it, and one that the service refuses costs nobody else anything.
 */
final class QueueAccess {

    /** How many looks a message gets to come that was already known to be on its way. */
    private static final int LINGER = 5;

    /** A password is changed in two places, one after the other. */
    static final Duration SAT_OUT = Duration.ofHours(1);

    private static final Duration BETWEEN_TRIES = Duration.ofMinutes(1);

    private record Refusal(Instant since, Instant last) {}

    private final Waits waits;
    private final Consumer<String> report;
    private final Set<Object> proven = Collections.synchronizedSet(Collections.newSetFromMap(new WeakHashMap<>()));
    private final Map<Object, Refusal> refused = Collections.synchronizedMap(new WeakHashMap<>());
    private int lingering;
    private boolean tries;

    @CheckForNull
    private Supplier<Access> standing;

    @CheckForNull
    private volatile Object standsAs;

    @CheckForNull
    private Access last;

    /** @param report lines for the administrator */
    QueueAccess(Waits waits, Consumer<String> report) {
        this.waits = waits;
        this.report = report;
    }

    /** @param standing reads also while nobody waits; null for none */
    synchronized void stand(@CheckForNull Supplier<Access> standing) {
        this.standing = standing;
        standsAs = null;
    }

    synchronized boolean stands() {
        return standing != null;
    }

    /** Has what the service tells be told to this wait, if its access is known to be the user's. */
    boolean admit(Wait wait) {
        Access access = wait.access();
        if (access != null && proven.contains(access.signIn())) {
            wait.admit();
        }
        return wait.isAdmitted();
    }

    /** @return whether the queue can be read though this wait is over */
    synchronized boolean readAlsoWithout(Wait over) {
        Access access = over.access();
        if (access == null) {
            return false;
        }
        last = access;
        lingering = LINGER;
        return true;
    }

    /** @param signIn is known to be the user's */
    void trust(Object signIn) {
        proven.add(signIn);
    }

    /** The service has taken this access. */
    void accepted(Access by) {
        refused.remove(by.signIn());
        proven.add(by.signIn());
        waits.all().forEach(this::admit);
    }

    /**
     * The service has refused this access. Its waits end when that has lasted for an hour.
     *
     * @return whether it is the first time in a row
     */
    boolean refused(Access by, Throwable cause, Instant now) {
        proven.remove(by.signIn());
        waitsOf(by).forEach(Wait::dismiss);
        synchronized (this) {
            last = null;
        }
        Refusal before = refused.get(by.signIn());
        refused.put(by.signIn(), new Refusal(before == null ? now : before.since(), now));
        if (before != null && !now.isBefore(before.since().plus(SAT_OUT))) {
            waitsOf(by).forEach(wait -> wait.ended().completeExceptionally(cause));
        }
        return before == null;
    }

    List<Wait> waitsOf(Access access) {
        return waits.all().stream()
                .filter(wait -> isAlike(access, wait.access()))
                .toList();
    }

    private static boolean isAlike(Access access, @CheckForNull Access other) {
        return other != null && other.signIn() == access.signIn();
    }

    /** Whether somebody reads the queue whom the service takes. */
    boolean isReadByAnother(Access than) {
        Object account = standsAs;
        return account != null && account != than.signIn() && proven.contains(account)
                || waits.admitted().stream().anyMatch(wait -> !waitsOf(than).contains(wait));
    }

    /**
     * Waits that may no longer have their access end here; those that cannot have it for the moment end in an hour.
     *
     * @param unsettled whether a message of ours is at the head of the queue, though nobody waits for it any more
     * @param owed whether one is still to come, for which a few looks more are made
     */
    Optional<Access> next(Instant now, boolean unsettled, boolean owed) {
        Access known = null;
        Access untried = null;
        for (Wait wait : waits.all()) {
            Access access = accessOf(wait, now);
            if (access == null || isRefusedLately(access, now)) {
                continue;
            }
            if (admit(wait)) {
                known = known == null ? access : known;
            } else {
                untried = untried == null ? access : untried;
            }
        }
        // By turns, or those that are refused would keep the others from being told.
        tries = untried != null && !(tries && (known != null || stands()));
        if (tries) {
            return Optional.of(remember(untried));
        }
        if (known != null) {
            return Optional.of(remember(known));
        }
        Supplier<Access> always;
        synchronized (this) {
            always = standing;
            if (always == null) {
                last = unsettled || owed && lingering-- > 0 ? last : null;
                return Optional.ofNullable(last);
            }
        }
        Access account = always.get();
        standsAs = account.signIn();
        return Optional.of(account);
    }

    private synchronized Access remember(Access access) {
        last = access;
        lingering = LINGER;
        return access;
    }

    private boolean isRefusedLately(Access access, Instant now) {
        Refusal refusal = refused.get(access.signIn());
        return refusal != null && now.isBefore(refusal.last().plus(BETWEEN_TRIES));
    }

    @CheckForNull
    private Access accessOf(Wait wait, Instant now) {
        try {
            return wait.refreshAccess();
        } catch (NotPermittedException e) {
            wait.ended().completeExceptionally(e);
        } catch (RuntimeException e) {
            // The build's trouble alone: its credentials are gone, or it is.
            if (wait.isWithoutAccess(e, now, SAT_OUT)) {
                report.accept(OutageReporter.told(e));
            }
        }
        return null;
    }
}
