package io.jenkins.plugins.sslmanager.engine.simulation;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.sslmanager.engine.api.ApiException;
import io.jenkins.plugins.sslmanager.engine.api.Job;
import io.jenkins.plugins.sslmanager.engine.api.JobStatus;
import io.jenkins.plugins.sslmanager.engine.api.ObjectJob;
import io.jenkins.plugins.sslmanager.engine.api.ResponseObject;
import io.jenkins.plugins.sslmanager.engine.api.Task;
import io.jenkins.plugins.sslmanager.engine.api.WorkflowEvent;
import io.jenkins.plugins.sslmanager.engine.async.VirtualTime;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** How the service shows jobs in one schedule: as they are, or in one of the ways that nothing rules out. */
final class ShownJobs {

    private static final List<Fault> OF_LISTS = List.copyOf(EnumSet.range(Fault.LIST_REFUSED, Fault.DOMAIN_JOB));
    private static final int FORBIDDEN = 403;
    private static final long DOMAIN_JOBS = 8_000_000;

    private final VirtualTime time;
    private final Tally tally;
    private final Faults faults;
    private final Set<Fault> ways = EnumSet.noneOf(Fault.class);
    private final boolean lasting;
    private final boolean singleJobsToo;
    private final Duration lateness;
    private final int longest;
    private final boolean domainJobHasEnded;

    ShownJobs(VirtualTime time, Dice dice, Tally tally, Faults faults) {
        this.time = time;
        this.tally = tally;
        this.faults = faults;
        if (dice.chance(0.5)) {
            for (int i = dice.between(1, 3); i > 0; i--) {
                ways.add(dice.of(OF_LISTS));
            }
        }
        lasting = dice.chance(0.5);
        singleJobsToo = dice.chance(0.3);
        lateness = dice.upTo(Duration.ofHours(5));
        longest = dice.between(0, 2);
        domainJobHasEnded = dice.chance(0.5);
    }

    private boolean shows(Fault way) {
        boolean shown = ways.contains(way) && (lasting || faults.goOn());
        if (shown) {
            tally.count(way);
        }
        return shown;
    }

    /** @throws ApiException where the account may not list jobs */
    List<ObjectJob> list(Task task, String name, List<ObjectJob> real) {
        if (shows(Fault.LIST_REFUSED)) {
            throw ApiException.refused(task, FORBIDDEN, "EF403", "not permitted", null, "Ask for the right.");
        }
        Instant newest = shows(Fault.LIST_LATE) ? time.instant().minus(lateness) : Instant.MAX;
        Stream<ObjectJob> rows = Stream.concat(
                shows(Fault.DOMAIN_JOB) && domainJobHasEnded == (task == Task.JOB_HISTORY_SEARCH)
                        ? Stream.of(domainJob(name))
                        : Stream.empty(),
                real.stream());
        return rows.filter(row -> row.job().created() == null
                        || !row.job().created().toInstant().isAfter(newest))
                .map(this::row)
                .limit(shows(Fault.LIST_CUT) ? longest : Long.MAX_VALUE)
                .toList();
    }

    private ObjectJob domainJob(String name) {
        Job job = new Job(
                VirtualTime.START.atOffset(ZoneOffset.UTC),
                null,
                null,
                null,
                domainJobHasEnded ? JobStatus.SUCCESS : JobStatus.RUNNING,
                null,
                null,
                List.of(),
                "domain",
                null,
                "update",
                DOMAIN_JOBS);
        return new ObjectJob(job, new ResponseObject("Domain", name, null, null), null, null, null);
    }

    /** The same job, asked for alone. */
    ObjectJob single(ObjectJob real) {
        return singleJobsToo ? row(real) : real;
    }

    private ObjectJob row(ObjectJob real) {
        Job job = real.job();
        List<WorkflowEvent> events = events(job);
        ResponseObject object = real.object();
        if (shows(Fault.LIST_WITHOUT_CSRS)) {
            object = new ResponseObject(object.type(), object.value(), object.summary(), null);
        }
        return new ObjectJob(
                new Job(
                        job.created(),
                        job.updated(),
                        job.owner(),
                        job.updater(),
                        job.status(),
                        job.subStatus(),
                        job.execution(),
                        events,
                        job.type(),
                        job.subType(),
                        job.action(),
                        job.id()),
                object,
                real.authentication(),
                real.dcvAuth(),
                real.notices());
    }

    @CheckForNull
    private List<WorkflowEvent> events(Job job) {
        if (shows(Fault.LIST_WITHOUT_CTIDS)) {
            return null;
        }
        return shows(Fault.LIST_WITH_OTHER_CTIDS)
                ? List.of(new WorkflowEvent(job.id(), "workflow-" + job.id()))
                : job.events();
    }

    /** A job that is about a domain, if this is one. */
    Optional<ObjectJob> domainJob(long id, boolean ended) {
        return id != DOMAIN_JOBS || ended != domainJobHasEnded ? Optional.empty() : Optional.of(domainJob("domain"));
    }
}
