package io.jenkins.plugins.sslmanager.freestyle;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.EnvVars;
import hudson.model.EnvironmentContributingAction;
import hudson.model.InvisibleAction;
import hudson.model.Run;
import java.util.LinkedHashMap;
import java.util.Map;

/** What a step of a freestyle build has found out, for the steps after it; of several steps the last counts. */
final class StepOutputs extends InvisibleAction implements EnvironmentContributingAction {

    private final Map<String, String> variables;

    private StepOutputs(Map<String, String> variables) {
        this.variables = variables;
    }

    /** @param result what the step has returned */
    static StepOutputs of(Map<?, ?> result) {
        Map<String, String> variables = new LinkedHashMap<>();
        for (Variable variable : Variable.values()) {
            String value = variable.findIn(result);
            if (value != null) {
                variables.put(variable.name(), value);
            }
        }
        return new StepOutputs(variables);
    }

    @Override
    public void buildEnvironment(@NonNull Run<?, ?> run, @NonNull EnvVars env) {
        env.putAll(variables);
    }
}
