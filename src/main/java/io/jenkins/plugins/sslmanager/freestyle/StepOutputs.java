package io.jenkins.plugins.sslmanager.freestyle;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.EnvVars;
import hudson.model.EnvironmentContributingAction;
import hudson.model.InvisibleAction;
import hudson.model.Run;
import io.jenkins.plugins.sslmanager.engine.api.HarmlessText;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** What a step of a freestyle build has found out, for the steps after it; of several steps the last counts. */
final class StepOutputs extends InvisibleAction implements EnvironmentContributingAction {

    private final Map<String, String> variables;

    private StepOutputs(Map<String, String> variables) {
        this.variables = variables;
    }

    /**
     * @param result what the step has returned
     * @param log is told what the service has sent that no variable may hold
     */
    static StepOutputs of(Map<?, ?> result, Consumer<String> log) {
        Map<String, String> variables = new LinkedHashMap<>();
        for (Variable variable : Variable.values()) {
            String found = variable.findIn(result);
            String value = found == null ? variable.findIn(only(result)) : found;
            if (value == null) {
                continue;
            }
            if (variable.takes(value)) {
                variables.put(variable.name(), value);
            } else {
                log.accept(variable + " is not set, since the service has sent a value that a shell could act upon: "
                        + HarmlessText.quoted(value));
            }
        }
        return new StepOutputs(variables);
    }

    /** Where a step can rotate many certificates, and it was one, that one is told. */
    private static Map<?, ?> only(Map<?, ?> result) {
        return result.get("certificates") instanceof List<?> all
                        && all.size() == 1
                        && all.get(0) instanceof Map<?, ?> certificate
                ? certificate
                : Map.of();
    }

    @Override
    public void buildEnvironment(@NonNull Run<?, ?> run, @NonNull EnvVars env) {
        env.putAll(variables);
    }
}
