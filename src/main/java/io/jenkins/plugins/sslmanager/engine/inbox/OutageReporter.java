package io.jenkins.plugins.sslmanager.engine.inbox;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.sslmanager.engine.api.ApiException;
import io.jenkins.plugins.sslmanager.engine.failure.ExpectedFailure;
import java.time.Instant;
import java.util.Collection;
import java.util.function.Consumer;

/** What keeps the inbox from reading its queue: told once when it begins and once when it is over, however often it is met. */
final class OutageReporter {

    private final Waits waits;
    private final Consumer<String> report;

    @CheckForNull
    private volatile Outage lasting;

    OutageReporter(Waits waits, Consumer<String> report) {
        this.waits = waits;
        this.report = report;
    }

    /** Null if there is none. */
    @CheckForNull
    Outage lasting() {
        return lasting;
    }

    /** @param concerned who is told when it begins */
    void met(Throwable cause, Instant now, Collection<Wait> concerned) {
        Outage before = lasting;
        String what = told(cause);
        lasting = before == null
                ? new Outage(what, now, now, isRefusal(cause))
                : before.again(what, now, isRefusal(cause));
        if (before == null) {
            concerned.forEach(this::tell);
            report.accept(what);
        }
    }

    private static boolean isRefusal(Throwable cause) {
        return cause instanceof IllegalArgumentException
                || cause instanceof ApiException refusal && !refusal.isPassing();
    }

    void isOver() {
        if (lasting != null) {
            lasting = null;
            waits.admitted().forEach(wait -> wait.tell("The service answers again."));
            report.accept("The notification queue can be read again");
        }
    }

    /** Whoever begins to wait while it lasts. */
    void tell(Wait wait) {
        Outage met = lasting;
        if (met != null) {
            wait.tell(met.what() + " Waiting until it works again.");
        }
    }

    /** The message of a failure that nobody foresaw says little without its kind. */
    static String told(Throwable cause) {
        return ExpectedFailure.isExpected(cause) ? String.valueOf(cause.getMessage()) : cause.toString();
    }
}
