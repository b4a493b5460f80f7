package io.jenkins.plugins.sslmanager.orders;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.Extension;
import hudson.ExtensionList;
import hudson.init.InitMilestone;
import hudson.model.Job;
import hudson.model.Run;
import io.jenkins.plugins.sslmanager.engine.orders.Holder;
import io.jenkins.plugins.sslmanager.engine.orders.Holders;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.logging.Level;
import java.util.logging.Logger;
import jenkins.model.Jenkins;

/**
 * Which steps work on orders at the moment, and whether the builds that they belong to still run.
 *
 * <p>A build is over only when its loaded Run says so, or when it has been gone in two looks: between a start and the moment
 * when Pipelines go on, and during a reload, much seems to be gone that is not.
 */
@Extension
public final class RunsAtWork implements Holders {

    private static final Logger LOGGER = Logger.getLogger(RunsAtWork.class.getName());

    /** What a step at work can be made to do by whoever finds its build over. */
    @FunctionalInterface
    public interface Abandon {
        void abandon();
    }

    private record Build(String job, String number) {

        static Build of(Holder holder) {
            return new Build(holder.job(), holder.build());
        }
    }

    private record AtWork(Run<?, ?> run, Abandon abandon) {}

    private final Map<Holder, AtWork> atWork = new ConcurrentHashMap<>();
    private final Set<Build> seenSinceStart = ConcurrentHashMap.newKeySet();
    private final Set<Holder> missingOnce = ConcurrentHashMap.newKeySet();

    public static RunsAtWork get() {
        return ExtensionList.lookupSingleton(RunsAtWork.class);
    }

    /** @param abandon ends the step's waits and requests, without a word to its build */
    public void begins(Holder holder, Run<?, ?> run, Abandon abandon) {
        seenSinceStart.add(Build.of(holder));
        atWork.put(holder, new AtWork(run, abandon));
    }

    public void ends(Holder holder) {
        atWork.remove(holder);
    }

    @Override
    public boolean isOver(Holder holder) {
        AtWork step = atWork.get(holder);
        if (step != null) {
            return !step.run().isBuilding();
        }
        Run<?, ?> run = find(Build.of(holder));
        if (run == null) {
            return isReady() && !missingOnce.add(holder);
        }
        missingOnce.remove(holder);
        // Other steps of this build have gone on since the start. This one has not, so it has ended.
        return !run.isBuilding() || seenSinceStart.contains(Build.of(holder));
    }

    /** Ends what belongs to builds that are over. Called every minute. */
    void abandonWhatIsOver() {
        atWork.forEach((holder, step) -> {
            if (!step.run().isBuilding()) {
                LOGGER.log(Level.INFO, () -> "Build " + holder + " is over; its step that waited is ended");
                atWork.remove(holder);
                step.abandon().abandon();
            }
        });
        seenSinceStart.removeIf(build -> {
            Run<?, ?> run = find(build);
            return run == null || !run.isBuilding();
        });
    }

    @CheckForNull
    private static Run<?, ?> find(Build build) {
        Job<?, ?> job = Jenkins.get().getItemByFullName(build.job(), Job.class);
        try {
            return job == null
                    ? null
                    : job.getBuildByNumber(Integer.parseInt(build.number().substring(1)));
        } catch (NumberFormatException e) {
            return null;
        }
    }

    /** Tells whether all jobs are loaded, so that what is missing is gone. */
    private static boolean isReady() {
        return Jenkins.get().getInitLevel() == InitMilestone.COMPLETED;
    }
}
