package io.jenkins.plugins.sslmanager.freestyle;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.EnvVars;
import hudson.Launcher;
import hudson.model.AbstractBuild;
import hudson.model.AbstractProject;
import hudson.model.BuildListener;
import hudson.model.Descriptor;
import hudson.tasks.BuildStepDescriptor;
import hudson.tasks.BuildStepMonitor;
import hudson.tasks.Builder;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import jenkins.model.Jenkins;
import org.jenkinsci.plugins.workflow.steps.Step;

/**
 * A step of the Pipeline as a build step of freestyle jobs: the step itself is the configuration, and does the work. Not a
 * {@link jenkins.tasks.SimpleBuildStep}, since Pipelines have the step already.
 */
public abstract class SslManagerBuilder extends Builder {

    private final Step step;

    SslManagerBuilder(Step step) {
        this.step = step;
    }

    /** As it is configured: with variables unreplaced. */
    public final Step getStep() {
        return step;
    }

    /** Holds the executor until the step has ended, and polls nothing meanwhile. */
    @Override
    public final boolean perform(AbstractBuild<?, ?> build, Launcher launcher, BuildListener listener)
            throws InterruptedException, IOException {
        EnvVars variables = build.getEnvironment(listener);
        // What an earlier step has found out goes before a parameter of the job that has the same name.
        build.getBuildVariables().forEach(variables::putIfAbsent);
        Step completed = new StepInputs(variables, getDescriptor().fromEarlierSteps(), listener).complete(step);
        Object result = new FreestyleStepContext(build, launcher, listener).run(completed);
        build.addAction(
                StepOutputs.of((Map<?, ?>) result, line -> listener.getLogger().println("[SSL Manager] " + line)));
        return true;
    }

    /** Builds of one job do not wait for each other. */
    @Override
    public final BuildStepMonitor getRequiredMonitorService() {
        return BuildStepMonitor.NONE;
    }

    @Override
    public final SslManagerBuilderDescriptor getDescriptor() {
        return (SslManagerBuilderDescriptor) super.getDescriptor();
    }

    public abstract static class SslManagerBuilderDescriptor extends BuildStepDescriptor<Builder> {

        private final Class<? extends Step> step;
        private final Supplier<String> displayName;
        private final List<Variable> fromEarlierSteps;

        /**
         * @param displayName the step's; not from its descriptor, since Jenkins asks before it has all descriptors
         * @param fromEarlierSteps where what is left empty in the form is taken from
         */
        SslManagerBuilderDescriptor(
                Class<? extends Step> step, Supplier<String> displayName, Variable... fromEarlierSteps) {
            this.step = step;
            this.displayName = displayName;
            this.fromEarlierSteps = List.of(fromEarlierSteps);
        }

        final List<Variable> fromEarlierSteps() {
            return fromEarlierSteps;
        }

        /** Of the step, for its form. */
        public final Descriptor<?> getStepDescriptor() {
            return Jenkins.get().getDescriptorOrDie(step);
        }

        @Override
        @SuppressWarnings("rawtypes") // as it is inherited
        public final boolean isApplicable(Class<? extends AbstractProject> jobType) {
            return true;
        }

        @NonNull
        @Override
        public final String getDisplayName() {
            return displayName.get();
        }
    }
}
