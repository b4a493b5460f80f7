package io.jenkins.plugins.sslmanager.engine.simulation;

import io.jenkins.plugins.sslmanager.engine.api.Task;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The places between two effects where a controller can die. */
enum CrashPoint {
    BEFORE_POLL(Task.POLL_INFO, Moment.SENDING),
    POLL_ANSWERED(Task.POLL_INFO, Moment.ANSWERED),
    BEFORE_CONFIRM(Task.POLL_CONFIRM, Moment.SENDING),
    CONFIRMED(Task.POLL_CONFIRM, Moment.ACTED),
    CONFIRM_ANSWERED(Task.POLL_CONFIRM, Moment.ANSWERED),
    BEFORE_JOB_LOOK(Task.JOB_INFO, Moment.SENDING),
    JOB_LOOK_ANSWERED(Task.JOB_INFO, Moment.ANSWERED),
    BEFORE_CERTIFICATE_LOOK(Task.CERTIFICATE_INFO, Moment.SENDING),
    CERTIFICATE_LOOK_ANSWERED(Task.CERTIFICATE_INFO, Moment.ANSWERED),
    CERTIFICATES_LISTED(Task.CERTIFICATE_SEARCH, Moment.ANSWERED),
    BEFORE_ORDER_CHECK(Task.PREPARE_ORDER, Moment.SENDING),
    ORDER_CHECK_ANSWERED(Task.PREPARE_ORDER, Moment.ANSWERED),
    BEFORE_ORDER(Task.REISSUE, Moment.SENDING),
    ORDERED(Task.REISSUE, Moment.ACTED),
    ORDER_ANSWERED(Task.REISSUE, Moment.ANSWERED),
    BEFORE_JOB_SEARCH(Task.JOB_SEARCH, Moment.SENDING),
    JOBS_SEARCHED(Task.JOB_SEARCH, Moment.ANSWERED),
    JOB_HISTORY_SEARCHED(Task.JOB_HISTORY_SEARCH, Moment.ANSWERED),
    BEFORE_PART_FILE,
    PART_FILE_HALF_WRITTEN,
    PART_FILE_WRITTEN,
    FILE_ON_DISK,
    BEFORE_RENAME,
    RENAMED,
    DIRECTORY_ON_DISK,
    BEFORE_DELETION,
    DELETED,
    BEFORE_DELIVERY,
    DELIVERED,
    BEFORE_SAVE,
    SAVED,
    AT_ANY_TIME;

    /** Of a request's life. */
    enum Moment {
        SENDING,
        ACTED,
        ANSWERED
    }

    private static final Map<Task, Map<Moment, CrashPoint>> OF_TASKS = new EnumMap<>(Task.class);

    static {
        for (CrashPoint point : values()) {
            if (point.task != null) {
                OF_TASKS.computeIfAbsent(point.task, first -> new EnumMap<>(Moment.class))
                        .put(point.moment, point);
            }
        }
    }

    private final Task task;
    private final Moment moment;

    CrashPoint() {
        this(null, null);
    }

    CrashPoint(Task task, Moment moment) {
        this.task = task;
        this.moment = moment;
    }

    /** A renewal is an order like any other. */
    static Optional<CrashPoint> of(Task task, Moment moment) {
        Task one = task == Task.RENEW ? Task.REISSUE : task;
        return Optional.ofNullable(OF_TASKS.getOrDefault(one, Map.of()).get(moment));
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
