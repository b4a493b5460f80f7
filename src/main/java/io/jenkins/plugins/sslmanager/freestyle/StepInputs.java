package io.jenkins.plugins.sslmanager.freestyle;

import hudson.AbortException;
import hudson.EnvVars;
import hudson.Util;
import hudson.model.TaskListener;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jenkinsci.plugins.structs.describable.DescribableModel;
import org.jenkinsci.plugins.workflow.steps.Step;

/** The parameters of a step in one build: variables replaced, and what is left empty taken from earlier steps. */
final class StepInputs {

    /** The parameter that may have been given instead, and goes together with the variable's never. */
    private static final Map<Variable, String> INSTEAD = Map.of(
            Variable.SSL_CSR_FILE, "csr",
            Variable.SSL_CERTIFICATE_ID, "matching");

    /** A certificate is given to a step that takes one, and to a step that takes several. */
    private static final List<String> CERTIFICATE = List.of("certificate", "certificates");

    private final EnvVars variables;
    private final List<Variable> fromEarlierSteps;
    private final TaskListener listener;

    StepInputs(EnvVars variables, List<Variable> fromEarlierSteps, TaskListener listener) {
        this.variables = variables;
        this.fromEarlierSteps = fromEarlierSteps;
        this.listener = listener;
    }

    /** @throws AbortException if a variable has what cannot be, with a message for the user */
    Step complete(Step step) throws AbortException {
        return complete(step.getClass(), step);
    }

    private <S extends Step> S complete(Class<S> type, Step step) throws AbortException {
        DescribableModel<S> model = DescribableModel.of(type);
        Map<String, Object> arguments =
                new TreeMap<>(model.uninstantiate2(type.cast(step)).getArguments());
        arguments.replaceAll((parameter, value) ->
                value instanceof String text ? Util.fixEmptyAndTrim(variables.expand(text)) : value);
        for (Variable variable : fromEarlierSteps) {
            String value = Util.fixEmptyAndTrim(variables.get(variable.name()));
            String parameter = parameter(variable, model);
            if (value != null && isEmpty(variable, parameter, arguments)) {
                boolean number = model.getParameter(parameter).getErasedType() == long.class;
                arguments.put(parameter, number ? id(variable, value) : value);
                listener.getLogger().println("[SSL Manager] Taking " + parameter + " from " + variable + ": " + value);
            }
        }
        return model.instantiate(arguments, listener);
    }

    private static String parameter(Variable variable, DescribableModel<?> model) {
        return variable == Variable.SSL_CERTIFICATE_ID
                ? CERTIFICATE.stream()
                        .filter(name -> model.getParameter(name) != null)
                        .findFirst()
                        .orElseThrow()
                : variable.parameter();
    }

    private static boolean isEmpty(Variable variable, String parameter, Map<String, Object> arguments) {
        Object given = arguments.get(parameter);
        boolean isNone = given instanceof Number number ? number.longValue() == 0 : given == null;
        String instead = INSTEAD.get(variable);
        return isNone && (instead == null || arguments.get(instead) == null);
    }

    private static long id(Variable variable, String value) throws AbortException {
        try {
            return Long.parseLong(value);
        } catch (NumberFormatException e) {
            throw new AbortException("The variable " + variable + " is not an ID: " + value
                    + ". Set it to the number shown in SSL Manager");
        }
    }
}
